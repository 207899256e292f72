"""What survives of a small change after many steps: products of Jacobians, measured.

Row vectors, as everywhere: a small change of h_{t-1} is a row, and the Jacobian of the
step stands at its right. After t steps the change is dh_0 J_1 J_2 … J_t.

Sources
-------
.. [1] Y. Bengio, P. Simard, P. Frasconi (1994), Learning long-term dependencies with
       gradient descent is difficult, IEEE Transactions on Neural Networks 5(2).
.. [2] R. Pascanu, T. Mikolov, Y. Bengio (2013), On the difficulty of training recurrent
       neural networks, ICML, equations 5 and 11.
"""

import numpy as np

from lstm_helpers import init, validate
from lstm_helpers.cells import sigmoid


def rnn_jacobian(h_t, W_h):
    """Return ∂h_t/∂h_{t-1} of a plain RNN, W_h diag(1 - h_t²) [2]_.

    Parameters
    ----------
    h_t : ndarray, (H,)
        The state *after* the step.
    W_h : ndarray, (H, H)

    Returns
    -------
    ndarray, (H, H)
        Entry [i, j] is the slope of h_t[j] with respect to h_{t-1}[i].
    """
    sizes = {}
    validate.shape("h_t", h_t, "H", sizes)
    validate.shape("W_h", W_h, "H H", sizes)
    return W_h * (1 - h_t**2)


def of_rnn(rng, draws=200, T=100, H=32, D=3, radius=0.9, size=1.0):
    """Follow every small change of h_0 through untrained plain RNNs.

    Parameters
    ----------
    rng : numpy.random.Generator
    draws : int
        Networks, each with weights and inputs of its own.
    T, H, D : int
        Steps, hidden and input size.
    radius : float
        Every W_h is a random rotation times this; no eigenvalue is larger or smaller.
    size : float
        What the normal inputs are multiplied by.

    Returns
    -------
    ndarray, (draws, T + 1)
        The norm of ∂h_t/∂h_0, root mean square over all directions of h_0: 1 at first.
    """
    draws, T, H, D = _sizes(rng, draws, T, H, D)
    radius = validate.real("radius", radius, low=0)
    size = validate.real("size", size)
    W_h = radius * np.stack([init.orthogonal(rng, H) for _ in range(draws)])
    W_x = np.stack([init.xavier(rng, D, H) for _ in range(draws)])
    xs = size * rng.normal(size=(draws, T, D))
    return follow_rnn(xs, W_x, W_h)


def follow_rnn(xs, W_x, W_h):
    """Follow every small change of h_0 = 0 through given plain RNNs, one a sequence.

    Parameters
    ----------
    xs : ndarray, (draws, T, D)
    W_x, W_h : ndarray, (draws, D, H), (draws, H, H)

    Returns
    -------
    ndarray, (draws, T + 1)
        As `of_rnn`.
    """
    sizes = {}
    for name, value, spec in (("xs", xs, "K T D"), ("W_x", W_x, "K D H"),
                              ("W_h", W_h, "K H H")):
        validate.shape(name, value, spec, sizes)
    draws, T, H = len(xs), xs.shape[1], W_h.shape[-1]
    h_t = np.zeros((draws, 1, H))
    dh = np.tile(np.eye(H), (draws, 1, 1))  # ∂h_t/∂h_0, (draws, H, H)
    norms = [_norm(dh)]
    for t in range(T):
        h_t = np.tanh(xs[:, t, None] @ W_x + h_t @ W_h)
        dh = dh @ W_h * (1 - h_t**2)
        norms.append(_norm(dh))
    return np.stack(norms, axis=1)


def of_lstm(rng, draws=200, T=100, H=32, D=3, bias=1.0, size=1.0, which="h"):
    """Follow every small change of h_0, or of c_0, through untrained LSTMs.

    Parameters
    ----------
    rng, draws, T, H, D, size
        As in `of_rnn`.
    bias : float or ndarray, (4H,) or (draws, 4H)
        A number is the forget bias, the others 0; an array holds all four blocks.
    which : {"h", "c"}
        Return the norm of ∂h_t/∂h_0 or of ∂c_t/∂c_0.

    Returns
    -------
    ndarray, (draws, T + 1)
    """
    draws, T, H, D = _sizes(rng, draws, T, H, D)
    size = validate.real("size", size)
    validate.one_of("which", which, ("h", "c"))
    params = [init.lstm_params(rng, D, H) for _ in range(draws)]
    W_x, W_h = (np.stack([p[name] for p in params]) for name in ("W_x", "W_h"))
    b = _biases(bias, draws, H)
    xs = size * rng.normal(size=(draws, T, D))
    return follow_lstm(xs, W_x, W_h, b, which)


def follow_lstm(xs, W_x, W_h, b, which="h"):
    """Follow every small change of h_0 or c_0, both 0, through given LSTMs.

    Parameters
    ----------
    xs : ndarray, (draws, T, D)
    W_x, W_h, b : ndarray, (draws, D, 4H), (draws, H, 4H), (draws, 4H)
    which : {"h", "c"}

    Returns
    -------
    ndarray, (draws, T + 1)
        As `of_lstm`.
    """
    sizes = {}
    for name, value, spec in (("xs", xs, "K T D"), ("W_x", W_x, "K D 4H"),
                              ("W_h", W_h, "K H 4H"), ("b", b, "K 4H")):
        validate.shape(name, value, spec, sizes)
    validate.one_of("which", which, ("h", "c"))
    draws, T, H = len(xs), xs.shape[1], W_h.shape[1]
    same, none = np.tile(np.eye(H), (draws, 1, 1)), np.zeros((draws, H, H))
    h_t = c_t = np.zeros((draws, 1, H))
    dh, dc = (same, none) if which == "h" else (none, same)
    norms = [np.ones(draws)]
    for t in range(T):
        h_t, c_t, dh, dc = _lstm_step(xs[:, t, None], h_t, c_t, dh, dc, W_x, W_h,
                                      b[:, None])
        norms.append(_norm(dh if which == "h" else dc))
    return np.stack(norms, axis=1)


def _lstm_step(x_t, h_prev, c_prev, dh, dc, W_x, W_h, b):
    """Take a step, and carry the change of every direction through it."""
    a_i, a_f, a_g, a_o = np.split(x_t @ W_x + h_prev @ W_h + b, 4, axis=-1)
    da_i, da_f, da_g, da_o = np.split(dh @ W_h, 4, axis=-1)
    i_t, f_t, g_t, o_t = sigmoid(a_i), sigmoid(a_f), np.tanh(a_g), sigmoid(a_o)
    c_t = f_t * c_prev + i_t * g_t
    dc = (f_t * dc + f_t * (1 - f_t) * da_f * c_prev + i_t * (1 - i_t) * da_i * g_t
          + i_t * (1 - g_t**2) * da_g)
    squashed = np.tanh(c_t)
    dh = o_t * (1 - o_t) * da_o * squashed + o_t * (1 - squashed**2) * dc
    return o_t * squashed, c_t, dh, dc


def _sizes(rng, draws, T, H, D):
    validate.generator("rng", rng)
    return [validate.count(name, value)
            for name, value in dict(draws=draws, T=T, H=H, D=D).items()]


def _biases(bias, draws, H):
    """Return the biases of all networks, (draws, 4H)."""
    if np.ndim(bias) == 0:
        b = np.zeros((draws, 4 * H))
        b[:, H : 2 * H] = validate.real("bias", bias)
        return b
    validate.array("bias", bias)
    if bias.shape not in ((4 * H,), (draws, 4 * H)):
        raise ValueError(f"bias must be a number or have shape ({4 * H},) or "
                         f"({draws}, {4 * H}), got {bias.shape}")
    return np.broadcast_to(bias, (draws, 4 * H))


def _norm(jacobians):
    """Return the root mean square over directions, (draws,)."""
    return np.sqrt((jacobians**2).sum(axis=(1, 2)) / jacobians.shape[-1])

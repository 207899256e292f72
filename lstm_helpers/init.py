"""Starting values: Xavier, orthogonal, the forget bias, chrono.

Sources
-------
.. [1] X. Glorot, Y. Bengio (2010), Understanding the difficulty of training deep
       feedforward neural networks, AISTATS, equation 12 and section 4.2.1.
.. [2] A. Saxe, J. McClelland, S. Ganguli (2014), Exact solutions to the nonlinear
       dynamics of learning in deep linear neural networks, ICLR.
.. [3] R. Jozefowicz, W. Zaremba, I. Sutskever (2015), An empirical exploration of
       recurrent network architectures, ICML: a forget bias of 1.
.. [4] C. Tallec, Y. Ollivier (2018), Can recurrent neural networks warp time?, ICLR,
       equation 16.
"""

import numpy as np

from lstm_helpers import validate


def xavier(rng, fan_in, fan_out):
    """Draw normal weights of variance 2 / (fan_in + fan_out).

    Parameters
    ----------
    rng : numpy.random.Generator
    fan_in, fan_out : int
        Number of values that enter and leave *one* gate, not the fused four.

    Returns
    -------
    ndarray, (fan_in, fan_out), float64

    Notes
    -----
    Equation 12 of [1]_.
    """
    validate.generator("rng", rng)
    fan_in = validate.count("fan_in", fan_in)
    fan_out = validate.count("fan_out", fan_out)
    return rng.normal(0, np.sqrt(2 / (fan_in + fan_out)), (fan_in, fan_out))


def orthogonal(rng, size):
    """Draw a random rotation: all singular values are 1, lengths are kept [2]_.

    Returns
    -------
    ndarray, (size, size), float64
    """
    validate.generator("rng", rng)
    size = validate.count("size", size)
    q, r = np.linalg.qr(rng.normal(size=(size, size)))
    return q * np.sign(np.diag(r))  # without the signs the draw is not uniform


def with_radius(W_h, radius):
    """Scale a square matrix to a spectral radius, its largest eigenvalue in size.

    Parameters
    ----------
    W_h : ndarray, (H, H)
    radius : float
        From 0 up.

    Returns
    -------
    ndarray, (H, H), float64
    """
    validate.shape("W_h", W_h, "H H", {})
    radius = validate.real("radius", radius, low=0)
    largest = np.abs(np.linalg.eigvals(W_h)).max()
    if largest == 0:
        raise ValueError("W_h must have an eigenvalue other than 0, got none")
    return W_h * (radius / largest)


def rnn_params(rng, D, H):
    """Draw the parameters of a plain RNN: Xavier, orthogonal, zero bias.

    Returns
    -------
    dict
        ``W_x`` (D, H), ``W_h`` (H, H), ``b`` (H,), float64; pass as ``**params``.
    """
    D, H = validate.count("D", D), validate.count("H", H)
    return {"W_x": xavier(rng, D, H), "W_h": orthogonal(rng, H), "b": np.zeros(H)}


def lstm_params(rng, D, H, forget_bias=1.0):
    """Draw the parameters of an LSTM: Xavier, orthogonal, a bias on the forget gate.

    Parameters
    ----------
    rng : numpy.random.Generator
    D, H : int
        Input and hidden size.
    forget_bias : float
        1 lets σ(1) = .73 of the cell state through at the start [3]_.

    Returns
    -------
    dict
        ``W_x`` (D, 4H), ``W_h`` (H, 4H), ``b`` (4H,), float64, blocks i, f, g, o.
    """
    forget_bias = validate.real("forget_bias", forget_bias)
    D, H = validate.count("D", D), validate.count("H", H)
    b = np.zeros(4 * H)
    b[H : 2 * H] = forget_bias
    return {
        "W_x": np.concatenate([xavier(rng, D, H) for _ in range(4)], axis=1),
        "W_h": np.concatenate([orthogonal(rng, H) for _ in range(4)], axis=1),
        "b": b,
    }


def column_draw(seed, D, H, forget_bias=1.0):
    """Draw an LSTM as texts with column vectors do, and return it in the row form.

    Four matrices W_f, W_i, W_c, W_o, in this order, of ``randn(H, H + D)`` times
    √(2 / (H + D)) after ``np.random.seed(seed)``; each acts on the column [h, x].

    Parameters
    ----------
    seed : int
    D, H : int
        Input and hidden size.
    forget_bias : float

    Returns
    -------
    dict
        ``W_x`` (D, 4H), ``W_h`` (H, 4H), ``b`` (4H,), float64, blocks i, f, g, o.
    """
    D, H = validate.count("D", D), validate.count("H", H)
    forget_bias = validate.real("forget_bias", forget_bias)
    randn = np.random.RandomState(validate.count("seed", seed, least=0)).randn
    drawn = {gate: randn(H, H + D) * np.sqrt(2 / (H + D)) for gate in "figo"}
    rows = np.concatenate([drawn[gate] for gate in "ifgo"]).T  # (H + D, 4H)
    b = np.zeros(4 * H)
    b[H : 2 * H] = forget_bias
    return {"W_x": rows[H:].copy(), "W_h": rows[:H].copy(), "b": b}


def gru_params(rng, D, H):
    """Draw the parameters of a GRU: Xavier, orthogonal, zero biases.

    Returns
    -------
    dict
        ``W_x`` (D, 3H), ``W_h`` (H, 3H), ``b`` (3H,), ``b_n`` (H,), float64, blocks
        r, z, n.
    """
    D, H = validate.count("D", D), validate.count("H", H)
    return {
        "W_x": np.concatenate([xavier(rng, D, H) for _ in range(3)], axis=1),
        "W_h": np.concatenate([orthogonal(rng, H) for _ in range(3)], axis=1),
        "b": np.zeros(3 * H),
        "b_n": np.zeros(H),
    }


def chrono_bias(rng, H, T_max):
    """Draw LSTM biases for memories of up to `T_max` steps.

    b_f = log u, u uniform from 1 to T_max - 1, and b_i = -b_f (equation 16 of [4]_).

    Returns
    -------
    ndarray, (4H,), float64
        Blocks i, f, g, o; the last two are zero.
    """
    validate.generator("rng", rng)
    H = validate.count("H", H)
    T_max = validate.count("T_max", T_max, least=3)
    b_f = np.log(rng.uniform(1, T_max - 1, H))
    return np.concatenate([-b_f, b_f, np.zeros(2 * H)])


def keras_params(rng, D, H, O, K=None):
    """Draw starting weights of an LSTM and its Dense layers as Keras does.

    Glorot's uniform numbers, ±√(6 / (fan_in + fan_out)), where Keras takes all four
    gates for one matrix of 4H outputs; rows of one orthogonal matrix (H, 4H); a forget
    bias of 1, all other biases 0. `lstm_params` draws each gate on its own.

    Parameters
    ----------
    rng : numpy.random.Generator
    D, H, O : int
        Input, hidden and output size.
    K : int, optional
        Units of a Dense layer between.

    Returns
    -------
    dict of str to ndarray
        float64; assign with ``model.params.update(...)``.

    Notes
    -----
    The distribution of ``keras.layers.LSTM`` and ``Dense`` as they come, not their
    draws: Keras has another random generator. X. Glorot, Y. Bengio (2010), AISTATS,
    equation 16.
    """
    validate.generator("rng", rng)

    def glorot(fan_in, fan_out):
        limit = np.sqrt(6 / (fan_in + fan_out))
        return rng.uniform(-limit, limit, (fan_in, fan_out))

    D, H, O = (validate.count(k, v) for k, v in dict(D=D, H=H, O=O).items())
    q, r = np.linalg.qr(rng.normal(size=(4 * H, H)))
    params = {"W_x": glorot(D, 4 * H), "W_h": (q * np.sign(np.diag(r))).T,
              "b": np.repeat([0.0, 1.0, 0.0, 0.0], H)}
    if K is not None:
        params |= {"W_1": glorot(H, validate.count("K", K)), "b_1": np.zeros(K)}
    return params | {"W_y": glorot(K or H, O), "b_y": np.zeros(O)}

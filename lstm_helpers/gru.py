"""The gated recurrent unit: one step, its backward, and whole sequences.

Written to be read, as `cells` and `bptt` are. The blocks stand in the order r, z, n.

Sources
-------
.. [1] K. Cho and others (2014), Learning phrase representations using RNN
       encoder-decoder for statistical machine translation, EMNLP, equations 5 to 8.
.. [2] J. Chung, C. Gulcehre, K. Cho, Y. Bengio (2014), Empirical evaluation of gated
       recurrent neural networks on sequence modeling, NIPS workshop.
"""

from typing import NamedTuple

import numpy as np

from lstm_helpers.cells import sigmoid
from lstm_helpers.validate import shapes


class GRUCache(NamedTuple):
    """What one GRU step remembers for its backward; the gates can be read by name."""

    x_t: np.ndarray
    h_prev: np.ndarray
    r_t: np.ndarray
    z_t: np.ndarray
    n_t: np.ndarray
    m_t: np.ndarray
    W_x: np.ndarray
    W_h: np.ndarray


class GRUGrads(NamedTuple):
    """The gradient of the loss by each input of one GRU step, shapes as the inputs."""

    dx_t: np.ndarray
    dh_prev: np.ndarray
    dW_x: np.ndarray
    dW_h: np.ndarray
    db: np.ndarray
    db_n: np.ndarray


@shapes(x_t="N D", h_prev="N H", W_x="D 3H", W_h="H 3H", b="3H", b_n="H")
def gru_step(x_t, h_prev, W_x, W_h, b, b_n):
    """Take one step of a GRU whose reset gate stands behind the product.

    r_t = σ(x_t W_xr + h_{t-1} W_hr + b_r);  z_t alike;
    n_t = tanh(x_t W_xn + b_xn + r_t ⊙ (h_{t-1} W_hn + b_n));
    h_t = (1 - z_t) ⊙ n_t + z_t ⊙ h_{t-1}.

    Parameters
    ----------
    x_t : ndarray, (N, D)
        The input of this step, one row per example.
    h_prev : ndarray, (N, H)
        The hidden state of the step before; a GRU has no other.
    W_x : ndarray, (D, 3H)
        Blocks r, z, n side by side.
    W_h : ndarray, (H, 3H)
    b : ndarray, (3H,)
    b_n : ndarray, (H,)
        A second bias of the candidate, which the reset gate scales with the old state.

    Returns
    -------
    h_t : ndarray, (N, H)
        The new hidden state.
    cache : GRUCache
        Holds the gates by name and what `gru_step_backward` needs.

    Raises
    ------
    TypeError, ValueError
        If an argument is no array of real, finite numbers of the shape above.

    Notes
    -----
    Equations 5 to 8 of [1]_, but the reset gate multiplies h_{t-1} W_hn and not
    h_{t-1}: the form in which Keras and PyTorch compute it. They keep second biases
    for r and z too, which only add to the first: 3H(D + H + 2) numbers, not
    3H(D + H + 1) + H.
    """
    a_x = x_t @ W_x + b  # (N, 3H)
    a_xr, a_xz, a_xn = np.split(a_x, 3, axis=1)
    a_hr, a_hz, a_hn = np.split(h_prev @ W_h, 3, axis=1)
    r_t = sigmoid(a_xr + a_hr)
    z_t = sigmoid(a_xz + a_hz)
    m_t = a_hn + b_n  # what the candidate may remember
    n_t = np.tanh(a_xn + r_t * m_t)
    h_t = (1 - z_t) * n_t + z_t * h_prev
    return h_t, GRUCache(x_t, h_prev, r_t, z_t, n_t, m_t, W_x, W_h)


@shapes(cache=GRUCache, dh_t="N H")
def gru_step_backward(dh_t, cache):
    """Send the error back through one GRU step.

    Parameters
    ----------
    dh_t : ndarray, (N, H)
        ∂L/∂h_t, all of it: from this step's own output and from step t + 1.
    cache : GRUCache
        From `gru_step`.

    Returns
    -------
    GRUGrads
        ``dx_t`` (N, D), ``dh_prev`` (N, H), ``dW_x`` (D, 3H), ``dW_h`` (H, 3H),
        ``db`` (3H,), ``db_n`` (H,).

    Notes
    -----
    The chain rule on each line of `gru_step`, last line first.
    """
    x_t, h_prev, r_t, z_t, n_t, m_t, W_x, W_h = cache
    dn_t = dh_t * (1 - z_t)
    dz_t = dh_t * (h_prev - n_t)
    da_n = dn_t * (1 - n_t**2)
    dr_t = da_n * m_t
    dm_t = da_n * r_t
    da_z = dz_t * z_t * (1 - z_t)  # σ' is σ(1 - σ)
    da_r = dr_t * r_t * (1 - r_t)
    da_x = np.concatenate([da_r, da_z, da_n], axis=1)  # (N, 3H)
    da_h = np.concatenate([da_r, da_z, dm_t], axis=1)  # (N, 3H)
    dW_x = x_t.T @ da_x  # (D, 3H)
    dW_h = h_prev.T @ da_h  # (H, 3H)
    db = da_x.sum(axis=0)  # (3H,)
    db_n = dm_t.sum(axis=0)  # (H,)
    dx_t = da_x @ W_x.T  # (N, D)
    dh_prev = da_h @ W_h.T + dh_t * z_t  # (N, H)
    return GRUGrads(dx_t, dh_prev, dW_x, dW_h, db, db_n)


@shapes(xs="N T D", h_init="N H", W_x="D 3H", W_h="H 3H", b="3H", b_n="H")
def gru_forward(xs, h_init, W_x, W_h, b, b_n):
    """Run a GRU over a batch of sequences.

    Parameters
    ----------
    xs : ndarray, (N, T, D)
    h_init : ndarray, (N, H)
        The state before the first step.
    W_x, W_h, b, b_n : ndarray, (D, 3H), (H, 3H), (3H,), (H,)

    Returns
    -------
    hs : ndarray, (N, T, H)
    caches : list of T GRUCache
        For `gru_backward`.
    """
    h_t, hs, caches = h_init, [], []
    for t in range(xs.shape[1]):
        h_t, cache = gru_step.unchecked(xs[:, t], h_t, W_x, W_h, b, b_n)
        hs.append(h_t)
        caches.append(cache)
    return np.stack(hs, axis=1), caches


@shapes(caches=[GRUCache], dhs="N T H")
def gru_backward(dhs, caches):
    """Send the errors of all steps back to the first.

    Parameters
    ----------
    dhs : ndarray, (N, T, H)
        ∂L/∂h_t as far as step t's own output is concerned, nothing from step t + 1.
    caches : list of T GRUCache

    Returns
    -------
    dict
        ``dxs`` (N, T, D), ``dW_x``, ``dW_h``, ``db``, ``db_n``, ``dh_init`` (N, H).
    """
    T = len(caches)
    dxs = [None] * T
    dW_x = dW_h = db = db_n = 0
    dh_next = np.zeros_like(dhs[:, 0])
    for t in reversed(range(T)):
        grads = gru_step_backward.unchecked(dhs[:, t] + dh_next, caches[t])
        dxs[t] = grads.dx_t
        dW_x = dW_x + grads.dW_x
        dW_h = dW_h + grads.dW_h
        db = db + grads.db
        db_n = db_n + grads.db_n
        dh_next = grads.dh_prev
    dxs = np.stack(dxs, axis=1)
    return dict(dxs=dxs, dW_x=dW_x, dW_h=dW_h, db=db, db_n=db_n, dh_init=dh_next)

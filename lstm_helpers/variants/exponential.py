"""The sLSTM of xLSTM: an input gate without a ceiling, and a state that keeps count.

Sources
-------
.. [1] M. Beck and others (2024), xLSTM: extended long short-term memory, NeurIPS,
       equations 8 to 17.
"""

from typing import NamedTuple

import numpy as np

from lstm_helpers.cells import sigmoid
from lstm_helpers.validate import shapes


class ExpCache(NamedTuple):
    """What one step remembers for its backward; `i_t` and `f_t` after scaling."""

    x_t: np.ndarray
    h_prev: np.ndarray
    c_prev: np.ndarray
    n_prev: np.ndarray
    i_t: np.ndarray
    f_t: np.ndarray
    g_t: np.ndarray
    o_t: np.ndarray
    c_t: np.ndarray
    n_t: np.ndarray
    m_t: np.ndarray
    forget: np.ndarray
    W_x: np.ndarray
    W_h: np.ndarray


class ExpGrads(NamedTuple):
    """The gradient of the loss by each input of one step, shapes as the inputs."""

    dx_t: np.ndarray
    dh_prev: np.ndarray
    dc_prev: np.ndarray
    dn_prev: np.ndarray
    dW_x: np.ndarray
    dW_h: np.ndarray
    db: np.ndarray


@shapes(x_t="N D", h_prev="N H", c_prev="N H", n_prev="N H", m_prev="N H", W_x="D 4H",
        W_h="H 4H", b="4H")
def exp_step(x_t, h_prev, c_prev, n_prev, m_prev, W_x, W_h, b):
    """Take one step of an sLSTM.

    i_t = e^a_i;  f_t = σ(a_f);  g_t = tanh a_g;  o_t = σ(a_o);
    c_t = f_t ⊙ c_{t-1} + i_t ⊙ g_t;  n_t = f_t ⊙ n_{t-1} + i_t;  h_t = o_t ⊙ c_t / n_t.

    Parameters
    ----------
    x_t, h_prev : ndarray, (N, D), (N, H)
    c_prev, n_prev : ndarray, (N, H)
        The state and its norm, both over e^m_prev.
    m_prev : ndarray, (N, H)
        The logarithm of the scale of c and n: no number in the computer grows large.
    W_x, W_h, b : ndarray, (D, 4H), (H, 4H), (4H,)
        Blocks i, f, g, o.

    Returns
    -------
    h_t : ndarray, (N, H)
    cache : ExpCache
        Holds ``c_t``, ``n_t``, ``m_t`` for the next step.

    Raises
    ------
    TypeError, ValueError
        If an argument is no array of real, finite numbers of the shape above.

    Notes
    -----
    Equations 8 to 17 of [1]_. Divided by the same e^m, c_t / n_t stays what it is: the
    scale changes no output, and so no gradient flows through it.
    """
    a_t = x_t @ W_x + h_prev @ W_h + b  # (N, 4H)
    a_i, a_f, a_g, a_o = np.split(a_t, 4, axis=1)
    forget = sigmoid(a_f)
    log_f = -np.logaddexp(0, -a_f) + m_prev
    m_t = np.maximum(log_f, a_i)
    i_t = np.exp(a_i - m_t)  # at most 1
    f_t = np.exp(log_f - m_t)  # at most 1
    g_t = np.tanh(a_g)
    o_t = sigmoid(a_o)
    c_t = f_t * c_prev + i_t * g_t
    n_t = f_t * n_prev + i_t
    h_t = o_t * c_t / n_t
    return h_t, ExpCache(x_t, h_prev, c_prev, n_prev, i_t, f_t, g_t, o_t, c_t, n_t, m_t,
                         forget, W_x, W_h)


@shapes(cache=ExpCache, dh_t="N H", dc_next="N H", dn_next="N H")
def exp_step_backward(dh_t, dc_next, dn_next, cache):
    """Send the error back through one step of `exp_step`.

    Parameters
    ----------
    dh_t, dc_next, dn_next : ndarray, (N, H)
        What reaches h_t, and c_t and n_t (scaled) from step t + 1.
    cache : ExpCache

    Returns
    -------
    ExpGrads
        As `cells.LSTMGrads`, and ``dn_prev`` (N, H).
    """
    (x_t, h_prev, c_prev, n_prev, i_t, f_t, g_t, o_t, c_t, n_t, _, forget, W_x,
     W_h) = cache
    dc_t = dc_next + dh_t * o_t / n_t
    dn_t = dn_next - dh_t * o_t * c_t / n_t**2
    da_i = (dc_t * g_t + dn_t) * i_t  # e^a is its own derivative
    da_f = (dc_t * c_prev + dn_t * n_prev) * f_t * (1 - forget)
    da_g = dc_t * i_t * (1 - g_t**2)
    da_o = dh_t * c_t / n_t * o_t * (1 - o_t)
    da_t = np.concatenate([da_i, da_f, da_g, da_o], axis=1)  # (N, 4H)
    return ExpGrads(da_t @ W_x.T, da_t @ W_h.T, dc_t * f_t, dn_t * f_t, x_t.T @ da_t,
                    h_prev.T @ da_t, da_t.sum(axis=0))


@shapes(xs="N T D", h_init="N H", W_x="D 4H", W_h="H 4H", b="4H")
def exp_forward(xs, h_init, W_x, W_h, b):
    """Run an sLSTM over a batch of sequences, from an empty state.

    Returns
    -------
    hs : ndarray, (N, T, H)
    caches : list of T ExpCache
    """
    h_t, hs, caches = h_init, [], []
    c_t, n_t, m_t = (np.zeros_like(h_init) for _ in range(3))
    for t in range(xs.shape[1]):
        h_t, cache = exp_step.unchecked(xs[:, t], h_t, c_t, n_t, m_t, W_x, W_h, b)
        c_t, n_t, m_t = cache.c_t, cache.n_t, cache.m_t
        hs.append(h_t)
        caches.append(cache)
    return np.stack(hs, axis=1), caches


@shapes(caches=[ExpCache], dhs="N T H")
def exp_backward(dhs, caches):
    """Send the errors of all steps back to the first.

    Returns
    -------
    dict
        ``dxs`` (N, T, D), ``dW_x``, ``dW_h``, ``db``, ``dh_init`` (N, H).
    """
    dxs = [None] * len(caches)
    dW_x = dW_h = db = 0
    dh_next = dc_next = dn_next = np.zeros_like(dhs[:, 0])
    for t in reversed(range(len(caches))):
        grads = exp_step_backward.unchecked(dhs[:, t] + dh_next, dc_next, dn_next,
                                            caches[t])
        dxs[t] = grads.dx_t
        dW_x, dW_h, db = dW_x + grads.dW_x, dW_h + grads.dW_h, db + grads.db
        dh_next, dc_next, dn_next = grads.dh_prev, grads.dc_prev, grads.dn_prev
    return dict(dxs=np.stack(dxs, axis=1), dW_x=dW_x, dW_h=dW_h, db=db, dh_init=dh_next)

"""Three changes of the LSTM's gates: peepholes, coupled gates, no forget gate.

Written to be read, as `cells` is: a step, and its backward directly below. What a
variant changes is marked at the line; all else is `cells.lstm_step`.

Sources
-------
.. [1] F. Gers, J. Schmidhuber (2000), Recurrent nets that time and count, IJCNN:
       peepholes.
.. [2] A. Graves (2013), Generating sequences with recurrent neural networks,
       arXiv:1308.0850, equations 7 to 11: peepholes as diagonal weights.
.. [3] K. Greff and others (2017), LSTM: a search space odyssey, IEEE Transactions on
       Neural Networks and Learning Systems 28(10), 2222-2232: coupled gates.
.. [4] S. Hochreiter, J. Schmidhuber (1997), Long short-term memory, Neural Computation
       9(8), 1735-1780.
"""

from typing import NamedTuple

import numpy as np

from lstm_helpers.cells import sigmoid
from lstm_helpers.validate import shapes


class PeepholeCache(NamedTuple):
    """What one step remembers for its backward; the gates can be read by name."""

    x_t: np.ndarray
    h_prev: np.ndarray
    c_prev: np.ndarray
    i_t: np.ndarray
    f_t: np.ndarray
    g_t: np.ndarray
    o_t: np.ndarray
    c_t: np.ndarray
    W_x: np.ndarray
    W_h: np.ndarray
    p: np.ndarray


class PeepholeGrads(NamedTuple):
    """The gradient of the loss by each input of one step, shapes as the inputs."""

    dx_t: np.ndarray
    dh_prev: np.ndarray
    dc_prev: np.ndarray
    dW_x: np.ndarray
    dW_h: np.ndarray
    db: np.ndarray
    dp: np.ndarray


@shapes(x_t="N D", h_prev="N H", c_prev="N H", W_x="D 4H", W_h="H 4H", b="4H", p="3H")
def peephole_step(x_t, h_prev, c_prev, W_x, W_h, b, p):
    """Take one step of an LSTM whose gates see the cell state [1]_.

    i_t = σ(a_i + p_i ⊙ c_{t-1});  f_t = σ(a_f + p_f ⊙ c_{t-1});  g_t = tanh a_g;
    c_t = f_t ⊙ c_{t-1} + i_t ⊙ g_t;  o_t = σ(a_o + p_o ⊙ c_t);  h_t = o_t ⊙ tanh c_t.

    Parameters
    ----------
    x_t, h_prev, c_prev : ndarray, (N, D), (N, H), (N, H)
    W_x, W_h, b : ndarray, (D, 4H), (H, 4H), (4H,)
        Blocks i, f, g, o.
    p : ndarray, (3H,)
        Blocks i, f, o: one number a unit and gate, so each unit sees its own c only.

    Returns
    -------
    h_t, c_t : ndarray, (N, H)
    cache : PeepholeCache

    Raises
    ------
    TypeError, ValueError
        If an argument is no array of real, finite numbers of the shape above.

    Notes
    -----
    Equations 7 to 11 of [2]_. The output gate comes last, so it sees the new c_t.
    """
    a_t = x_t @ W_x + h_prev @ W_h + b  # (N, 4H)
    a_i, a_f, a_g, a_o = np.split(a_t, 4, axis=1)  # (N, H) each
    p_i, p_f, p_o = np.split(p, 3)
    i_t = sigmoid(a_i + p_i * c_prev)  # changed
    f_t = sigmoid(a_f + p_f * c_prev)  # changed
    g_t = np.tanh(a_g)
    c_t = f_t * c_prev + i_t * g_t
    o_t = sigmoid(a_o + p_o * c_t)  # changed: c_t, not c_prev
    h_t = o_t * np.tanh(c_t)
    return h_t, c_t, PeepholeCache(x_t, h_prev, c_prev, i_t, f_t, g_t, o_t, c_t, W_x,
                                   W_h, p)


@shapes(cache=PeepholeCache, dh_t="N H", dc_next="N H")
def peephole_step_backward(dh_t, dc_next, cache):
    """Send the error back through one step with peepholes.

    Parameters
    ----------
    dh_t, dc_next : ndarray, (N, H)
        As in `cells.lstm_step_backward`.
    cache : PeepholeCache

    Returns
    -------
    PeepholeGrads
        As `cells.LSTMGrads`, and ``dp`` (3H,).

    Notes
    -----
    c_t reaches the loss on one way more, through o_t; c_{t-1} on two, through i_t, f_t.
    """
    x_t, h_prev, c_prev, i_t, f_t, g_t, o_t, c_t, W_x, W_h, p = cache
    p_i, p_f, p_o = np.split(p, 3)
    tanh_c = np.tanh(c_t)
    da_o = dh_t * tanh_c * o_t * (1 - o_t)
    dc_t = dc_next + dh_t * o_t * (1 - tanh_c**2) + da_o * p_o  # changed
    da_i = dc_t * g_t * i_t * (1 - i_t)
    da_f = dc_t * c_prev * f_t * (1 - f_t)
    da_g = dc_t * i_t * (1 - g_t**2)
    dc_prev = dc_t * f_t + da_i * p_i + da_f * p_f  # changed
    dp = np.concatenate([(da_i * c_prev).sum(axis=0), (da_f * c_prev).sum(axis=0),
                         (da_o * c_t).sum(axis=0)])  # (3H,)
    da_t = np.concatenate([da_i, da_f, da_g, da_o], axis=1)  # (N, 4H)
    return PeepholeGrads(da_t @ W_x.T, da_t @ W_h.T, dc_prev, x_t.T @ da_t,
                         h_prev.T @ da_t, da_t.sum(axis=0), dp)


class ThreeCache(NamedTuple):
    """What a step with three blocks remembers; the first gate is f, or i where f = 1.

    Named ``f_t`` in the coupled cell and ``i_t`` in that of 1997.
    """

    x_t: np.ndarray
    h_prev: np.ndarray
    c_prev: np.ndarray
    gate: np.ndarray
    g_t: np.ndarray
    o_t: np.ndarray
    c_t: np.ndarray
    W_x: np.ndarray
    W_h: np.ndarray


class ThreeGrads(NamedTuple):
    """The gradient of the loss by each input of one step, shapes as the inputs."""

    dx_t: np.ndarray
    dh_prev: np.ndarray
    dc_prev: np.ndarray
    dW_x: np.ndarray
    dW_h: np.ndarray
    db: np.ndarray


def _grads(da_t, dc_prev, cache):
    """Return what follows from da_t, (N, 3H), in both cells below."""
    return ThreeGrads(da_t @ cache.W_x.T, da_t @ cache.W_h.T, dc_prev,
                      cache.x_t.T @ da_t, cache.h_prev.T @ da_t, da_t.sum(axis=0))


@shapes(x_t="N D", h_prev="N H", c_prev="N H", W_x="D 3H", W_h="H 3H", b="3H")
def coupled_step(x_t, h_prev, c_prev, W_x, W_h, b):
    """Take one step of an LSTM that writes as much as it forgets: i_t = 1 - f_t [3]_.

    c_t = f_t ⊙ c_{t-1} + (1 - f_t) ⊙ g_t;  h_t = o_t ⊙ tanh c_t.

    Parameters
    ----------
    x_t, h_prev, c_prev : ndarray, (N, D), (N, H), (N, H)
    W_x, W_h, b : ndarray, (D, 3H), (H, 3H), (3H,)
        Blocks f, g, o.

    Returns
    -------
    h_t, c_t : ndarray, (N, H)
    cache : ThreeCache

    Raises
    ------
    TypeError, ValueError
        If an argument is no array of real, finite numbers of the shape above.
    """
    a_f, a_g, a_o = np.split(x_t @ W_x + h_prev @ W_h + b, 3, axis=1)
    f_t = sigmoid(a_f)
    g_t = np.tanh(a_g)
    o_t = sigmoid(a_o)
    c_t = f_t * c_prev + (1 - f_t) * g_t  # changed
    h_t = o_t * np.tanh(c_t)
    return h_t, c_t, ThreeCache(x_t, h_prev, c_prev, f_t, g_t, o_t, c_t, W_x, W_h)


@shapes(cache=ThreeCache, dh_t="N H", dc_next="N H")
def coupled_step_backward(dh_t, dc_next, cache):
    """Send the error back through one step of `coupled_step`.

    Returns
    -------
    ThreeGrads
        ``dx_t`` (N, D), ``dh_prev``, ``dc_prev`` (N, H), ``dW_x`` (D, 3H), ``dW_h``
        (H, 3H), ``db`` (3H,).
    """
    _, _, c_prev, f_t, g_t, o_t, c_t, _, _ = cache
    tanh_c = np.tanh(c_t)
    dc_t = dc_next + dh_t * o_t * (1 - tanh_c**2)
    df_t = dc_t * (c_prev - g_t)  # changed: f_t stands in two places
    dg_t = dc_t * (1 - f_t)
    da_t = np.concatenate([df_t * f_t * (1 - f_t), dg_t * (1 - g_t**2),
                           dh_t * tanh_c * o_t * (1 - o_t)], axis=1)  # (N, 3H)
    return _grads(da_t, dc_t * f_t, cache)


@shapes(x_t="N D", h_prev="N H", c_prev="N H", W_x="D 3H", W_h="H 3H", b="3H")
def first_step(x_t, h_prev, c_prev, W_x, W_h, b):
    """Take one step of the cell of 1997, which forgets nothing: f_t = 1 [4]_.

    c_t = c_{t-1} + i_t ⊙ g_t;  h_t = o_t ⊙ tanh c_t.

    Parameters
    ----------
    x_t, h_prev, c_prev : ndarray, (N, D), (N, H), (N, H)
    W_x, W_h, b : ndarray, (D, 3H), (H, 3H), (3H,)
        Blocks i, g, o.

    Returns
    -------
    h_t, c_t : ndarray, (N, H)
    cache : ThreeCache

    Raises
    ------
    TypeError, ValueError
        If an argument is no array of real, finite numbers of the shape above.

    Notes
    -----
    With tanh where [4]_ scaled its squashing functions otherwise; and the backward
    below sends the error everywhere, where theirs was cut off at the gates.
    """
    a_i, a_g, a_o = np.split(x_t @ W_x + h_prev @ W_h + b, 3, axis=1)
    i_t = sigmoid(a_i)
    g_t = np.tanh(a_g)
    o_t = sigmoid(a_o)
    c_t = c_prev + i_t * g_t  # changed
    h_t = o_t * np.tanh(c_t)
    return h_t, c_t, ThreeCache(x_t, h_prev, c_prev, i_t, g_t, o_t, c_t, W_x, W_h)


@shapes(cache=ThreeCache, dh_t="N H", dc_next="N H")
def first_step_backward(dh_t, dc_next, cache):
    """Send the error back through one step of `first_step`.

    Returns
    -------
    ThreeGrads
        As `coupled_step_backward`.
    """
    _, _, _, i_t, g_t, o_t, c_t, _, _ = cache
    tanh_c = np.tanh(c_t)
    dc_t = dc_next + dh_t * o_t * (1 - tanh_c**2)
    da_t = np.concatenate([dc_t * g_t * i_t * (1 - i_t), dc_t * i_t * (1 - g_t**2),
                           dh_t * tanh_c * o_t * (1 - o_t)], axis=1)  # (N, 3H)
    return _grads(da_t, dc_t, cache)  # changed: nothing multiplies the belt

"""One step of a recurrent cell, and its backward directly below.

This is the readable truth of the series: it reads like the equations, without tricks.
Rows are examples, so x_t is (N, D) and an equation and its code have the same order.
The four gate blocks of an LSTM stand in the order i, f, g, o in every matrix.

Sources
-------
.. [1] I. Goodfellow, Y. Bengio, A. Courville (2016), Deep Learning, MIT Press,
       chapter 10.
.. [2] S. Hochreiter, J. Schmidhuber (1997), Long short-term memory,
       Neural Computation 9(8), 1735-1780.
.. [3] F. Gers, J. Schmidhuber, F. Cummins (2000), Learning to forget: continual
       prediction with LSTM, Neural Computation 12(10), 2451-2471.
"""

from typing import NamedTuple

import numpy as np

from lstm_helpers.validate import numbers, shapes


def sigmoid(a):
    """Squash to the open interval from 0 to 1: σ(a) = 1 / (1 + e^-a).

    Written as ½ + ½ tanh(a/2), which is the same function and cannot overflow.

    Parameters
    ----------
    a : ndarray or float
        Pre-activations, any shape.

    Returns
    -------
    ndarray or float
        Same shape as `a`.

    Raises
    ------
    TypeError
        If `a` holds no numbers.
    """
    numbers("a", a)
    return 0.5 + 0.5 * np.tanh(0.5 * a)


class RNNCache(NamedTuple):
    """What one RNN step remembers for its backward."""

    x_t: np.ndarray
    h_prev: np.ndarray
    h_t: np.ndarray
    W_x: np.ndarray
    W_h: np.ndarray


class RNNGrads(NamedTuple):
    """The gradient of the loss by each input of one RNN step, shapes as the inputs."""

    dx_t: np.ndarray
    dh_prev: np.ndarray
    dW_x: np.ndarray
    dW_h: np.ndarray
    db: np.ndarray


@shapes(x_t="N D", h_prev="N H", W_x="D H", W_h="H H", b="H")
def rnn_step(x_t, h_prev, W_x, W_h, b):
    """Take one step of a plain RNN: h_t = tanh(x_t W_x + h_{t-1} W_h + b).

    Parameters
    ----------
    x_t : ndarray, (N, D)
        The input of this step, one row per example.
    h_prev : ndarray, (N, H)
        The hidden state of the step before.
    W_x : ndarray, (D, H)
    W_h : ndarray, (H, H)
    b : ndarray, (H,)

    Returns
    -------
    h_t : ndarray, (N, H)
        The new hidden state, every entry between -1 and 1.
    cache : RNNCache
        For `rnn_step_backward`.

    Raises
    ------
    TypeError, ValueError
        If an argument is no array of real, finite numbers of the shape above.

    Notes
    -----
    Equations 10.8 and 10.9 of [1]_, written with rows.
    """
    a_t = x_t @ W_x + h_prev @ W_h + b  # (N, H)
    h_t = np.tanh(a_t)
    return h_t, RNNCache(x_t, h_prev, h_t, W_x, W_h)


@shapes(cache=RNNCache, dh_t="N H")
def rnn_step_backward(dh_t, cache):
    """Send the error back through one RNN step.

    Parameters
    ----------
    dh_t : ndarray, (N, H)
        ∂L/∂h_t, all of it: from this step's own output and from step t + 1.
    cache : RNNCache
        From `rnn_step`.

    Returns
    -------
    RNNGrads
        ``dx_t`` (N, D), ``dh_prev`` (N, H), ``dW_x`` (D, H), ``dW_h`` (H, H),
        ``db`` (H,).

    Notes
    -----
    Equations 10.21 and 10.24 to 10.28 of [1]_, one step at a time.
    """
    x_t, h_prev, h_t, W_x, W_h = cache
    da_t = dh_t * (1 - h_t**2)  # tanh' is 1 - tanh²
    dW_x = x_t.T @ da_t  # (D, H)
    dW_h = h_prev.T @ da_t  # (H, H)
    db = da_t.sum(axis=0)  # (H,)
    dx_t = da_t @ W_x.T  # (N, D)
    dh_prev = da_t @ W_h.T  # (N, H)
    return RNNGrads(dx_t, dh_prev, dW_x, dW_h, db)


class LSTMCache(NamedTuple):
    """What one LSTM step remembers for its backward; the gates can be read by name."""

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


class LSTMGrads(NamedTuple):
    """The gradient of the loss by each input of one LSTM step, shapes as the inputs."""

    dx_t: np.ndarray
    dh_prev: np.ndarray
    dc_prev: np.ndarray
    dW_x: np.ndarray
    dW_h: np.ndarray
    db: np.ndarray


@shapes(x_t="N D", h_prev="N H", c_prev="N H", W_x="D 4H", W_h="H 4H", b="4H")
def lstm_step(x_t, h_prev, c_prev, W_x, W_h, b):
    """Take one step of an LSTM with forget gate.

    a_t = x_t W_x + h_{t-1} W_h + b, cut into four blocks;
    c_t = f_t ⊙ c_{t-1} + i_t ⊙ g_t;  h_t = o_t ⊙ tanh c_t.

    Parameters
    ----------
    x_t : ndarray, (N, D)
        The input of this step, one row per example.
    h_prev, c_prev : ndarray, (N, H)
        Hidden state and cell state of the step before.
    W_x : ndarray, (D, 4H)
        Blocks i, f, g, o side by side.
    W_h : ndarray, (H, 4H)
    b : ndarray, (4H,)

    Returns
    -------
    h_t, c_t : ndarray, (N, H)
        The new hidden and cell state.
    cache : LSTMCache
        Holds the gates by name (``cache.f_t``) and what `lstm_step_backward` needs.

    Raises
    ------
    TypeError, ValueError
        If an argument is no array of real, finite numbers of the shape above.

    Notes
    -----
    The cell of [2]_ with the forget gate of [3]_; equations 10.40 to 10.44 of [1]_,
    with tanh in the candidate as is usual today.
    """
    a_t = x_t @ W_x + h_prev @ W_h + b  # (N, 4H)
    a_i, a_f, a_g, a_o = np.split(a_t, 4, axis=1)  # (N, H) each
    i_t = sigmoid(a_i)
    f_t = sigmoid(a_f)
    g_t = np.tanh(a_g)
    o_t = sigmoid(a_o)
    c_t = f_t * c_prev + i_t * g_t
    h_t = o_t * np.tanh(c_t)
    return h_t, c_t, LSTMCache(x_t, h_prev, c_prev, i_t, f_t, g_t, o_t, c_t, W_x, W_h)


@shapes(cache=LSTMCache, dh_t="N H", dc_next="N H")
def lstm_step_backward(dh_t, dc_next, cache):
    """Send the error back through one LSTM step.

    Parameters
    ----------
    dh_t : ndarray, (N, H)
        ∂L/∂h_t, all of it: from this step's own output and from step t + 1.
    dc_next : ndarray, (N, H)
        What reaches c_t from step t + 1 along the belt; zero at the last step.
    cache : LSTMCache
        From `lstm_step`.

    Returns
    -------
    LSTMGrads
        ``dx_t`` (N, D), ``dh_prev`` and ``dc_prev`` (N, H), ``dW_x`` (D, 4H),
        ``dW_h`` (H, 4H), ``db`` (4H,).

    Notes
    -----
    The chain rule on each line of `lstm_step`, last line first. No truncation: [2]_ cut
    the error off at the gates, here it flows everywhere.
    """
    x_t, h_prev, c_prev, i_t, f_t, g_t, o_t, c_t, W_x, W_h = cache
    tanh_c = np.tanh(c_t)
    do_t = dh_t * tanh_c
    dc_t = dc_next + dh_t * o_t * (1 - tanh_c**2)
    df_t = dc_t * c_prev
    di_t = dc_t * g_t
    dg_t = dc_t * i_t
    dc_prev = dc_t * f_t
    da_i = di_t * i_t * (1 - i_t)  # σ' is σ(1 - σ)
    da_f = df_t * f_t * (1 - f_t)
    da_g = dg_t * (1 - g_t**2)
    da_o = do_t * o_t * (1 - o_t)
    da_t = np.concatenate([da_i, da_f, da_g, da_o], axis=1)  # (N, 4H)
    dW_x = x_t.T @ da_t  # (D, 4H)
    dW_h = h_prev.T @ da_t  # (H, 4H)
    db = da_t.sum(axis=0)  # (4H,)
    dx_t = da_t @ W_x.T  # (N, D)
    dh_prev = da_t @ W_h.T  # (N, H)
    return LSTMGrads(dx_t, dh_prev, dc_prev, dW_x, dW_h, db)

"""An LSTM with layer normalisation: every sum is put to mean 0 and spread 1.

Sources
-------
.. [1] J. Ba, J. Kiros, G. Hinton (2016), Layer normalization, arXiv:1607.06450,
       equations 3 and 4; for the LSTM equations 20 to 22 of the supplement.
"""

from typing import NamedTuple

import numpy as np

from lstm_helpers.cells import sigmoid
from lstm_helpers.validate import shapes

EPS = 1e-5  # keeps the quotient finite


def layer_norm(a):
    """Put each row to mean 0 and spread 1 over its last axis [1]_.

    Parameters
    ----------
    a : ndarray, (N, K)

    Returns
    -------
    u : ndarray, (N, K)
        (a - mean) / s.
    s : ndarray, (N, 1)
        √(variance + ε), which the backward needs.
    """
    middle = a - a.mean(axis=1, keepdims=True)
    s = np.sqrt((middle**2).mean(axis=1, keepdims=True) + EPS)
    return middle / s, s


def layer_norm_backward(du, u, s):
    """Return ∂L/∂a: mean and spread hang on every entry of a row, so all of them meet.

    Parameters
    ----------
    du, u : ndarray, (N, K)
    s : ndarray, (N, 1)

    Returns
    -------
    ndarray, (N, K)
    """
    shift = du.mean(axis=1, keepdims=True)
    stretch = (du * u).mean(axis=1, keepdims=True)
    return (du - shift - u * stretch) / s


class NormedCache(NamedTuple):
    """What one step remembers for its backward; the gates can be read by name."""

    x_t: np.ndarray
    h_prev: np.ndarray
    c_prev: np.ndarray
    i_t: np.ndarray
    f_t: np.ndarray
    g_t: np.ndarray
    o_t: np.ndarray
    c_t: np.ndarray
    of_a: tuple
    of_c: tuple
    W_x: np.ndarray
    W_h: np.ndarray
    gain: np.ndarray
    gain_c: np.ndarray
    b_c: np.ndarray


class NormedGrads(NamedTuple):
    """The gradient of the loss by each input of one step, shapes as the inputs."""

    dx_t: np.ndarray
    dh_prev: np.ndarray
    dc_prev: np.ndarray
    dW_x: np.ndarray
    dW_h: np.ndarray
    db: np.ndarray
    dgain: np.ndarray
    dgain_c: np.ndarray
    db_c: np.ndarray


@shapes(x_t="N D", h_prev="N H", c_prev="N H", W_x="D 4H", W_h="H 4H", b="4H",
        gain="4H", gain_c="H", b_c="H")
def normed_step(x_t, h_prev, c_prev, W_x, W_h, b, gain, gain_c, b_c):
    """Take one step of an LSTM with layer normalisation.

    a_t = gain ⊙ LN(x_t W_x + h_{t-1} W_h) + b, cut into i, f, g, o;
    c_t = f_t ⊙ c_{t-1} + i_t ⊙ g_t;  h_t = o_t ⊙ tanh(gain_c ⊙ LN(c_t) + b_c).

    Parameters
    ----------
    x_t, h_prev, c_prev : ndarray, (N, D), (N, H), (N, H)
    W_x, W_h, b : ndarray, (D, 4H), (H, 4H), (4H,)
        Blocks i, f, g, o.
    gain : ndarray, (4H,)
    gain_c, b_c : ndarray, (H,)

    Returns
    -------
    h_t, c_t : ndarray, (N, H)
        c_t is handed on as it is; only what is shown is normalised.
    cache : NormedCache

    Raises
    ------
    TypeError, ValueError
        If an argument is no array of real, finite numbers of the shape above.

    Notes
    -----
    Equations 20 to 22 of [1]_, but with one LN on the sum, as in its equations 3 and 4,
    instead of one each for x_t W_x and h_{t-1} W_h.
    """
    u, s = layer_norm(x_t @ W_x + h_prev @ W_h)  # (N, 4H), (N, 1)
    a_i, a_f, a_g, a_o = np.split(gain * u + b, 4, axis=1)
    i_t = sigmoid(a_i)
    f_t = sigmoid(a_f)
    g_t = np.tanh(a_g)
    o_t = sigmoid(a_o)
    c_t = f_t * c_prev + i_t * g_t
    u_c, s_c = layer_norm(c_t)
    h_t = o_t * np.tanh(gain_c * u_c + b_c)
    return h_t, c_t, NormedCache(x_t, h_prev, c_prev, i_t, f_t, g_t, o_t, c_t, (u, s),
                                 (u_c, s_c), W_x, W_h, gain, gain_c, b_c)


@shapes(cache=NormedCache, dh_t="N H", dc_next="N H")
def normed_step_backward(dh_t, dc_next, cache):
    """Send the error back through one step of `normed_step`.

    Returns
    -------
    NormedGrads
        As `cells.LSTMGrads`, and ``dgain`` (4H,), ``dgain_c`` and ``db_c`` (H,).
    """
    (x_t, h_prev, c_prev, i_t, f_t, g_t, o_t, _, (u, s), (u_c, s_c), W_x, W_h, gain,
     gain_c, b_c) = cache
    shown = np.tanh(gain_c * u_c + b_c)
    dshown = dh_t * o_t * (1 - shown**2)
    dc_t = dc_next + layer_norm_backward(dshown * gain_c, u_c, s_c)
    da_i = dc_t * g_t * i_t * (1 - i_t)
    da_f = dc_t * c_prev * f_t * (1 - f_t)
    da_g = dc_t * i_t * (1 - g_t**2)
    da_o = dh_t * shown * o_t * (1 - o_t)
    da_t = np.concatenate([da_i, da_f, da_g, da_o], axis=1)  # (N, 4H)
    dsum = layer_norm_backward(da_t * gain, u, s)  # (N, 4H)
    return NormedGrads(dsum @ W_x.T, dsum @ W_h.T, dc_t * f_t, x_t.T @ dsum,
                       h_prev.T @ dsum, da_t.sum(axis=0), (da_t * u).sum(axis=0),
                       (dshown * u_c).sum(axis=0), dshown.sum(axis=0))

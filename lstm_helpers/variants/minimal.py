"""minLSTM: gates that see the input only, so that all steps can be taken at once.

Sources
-------
.. [1] L. Feng and others (2024), Were RNNs all we needed?, arXiv:2410.01201, section
       3.2: minLSTM.
.. [2] G. Blelloch (1990), Prefix sums and their applications, Carnegie Mellon
       University, CMU-CS-90-190, section 1.4: recurrences as scans.
"""

from typing import NamedTuple

import numpy as np

from lstm_helpers.bptt import over_time
from lstm_helpers.cells import sigmoid
from lstm_helpers.validate import shapes


class MinCache(NamedTuple):
    """What one step remembers for its backward; `keep_t` is f / (i + f)."""

    x_t: np.ndarray
    h_prev: np.ndarray
    i_t: np.ndarray
    f_t: np.ndarray
    g_t: np.ndarray
    keep_t: np.ndarray
    W_x: np.ndarray


class MinGrads(NamedTuple):
    """The gradient of the loss by each input of one step, shapes as the inputs."""

    dx_t: np.ndarray
    dh_prev: np.ndarray
    dW_x: np.ndarray
    db: np.ndarray


@shapes(x_t="N D", h_prev="N H", W_x="D 3H", b="3H")
def min_step(x_t, h_prev, W_x, b):
    """Take one step of a minLSTM.

    i_t = σ(x_t W_xi + b_i);  f_t = σ(x_t W_xf + b_f);  g_t = x_t W_xg + b_g;
    keep_t = f_t / (i_t + f_t);  h_t = keep_t ⊙ h_{t-1} + (1 - keep_t) ⊙ g_t.

    Parameters
    ----------
    x_t, h_prev : ndarray, (N, D), (N, H)
    W_x, b : ndarray, (D, 3H), (3H,)
        Blocks i, f, g. There is no W_h: no gate sees the past.

    Returns
    -------
    h_t : ndarray, (N, H)
    cache : MinCache

    Raises
    ------
    TypeError, ValueError
        If an argument is no array of real, finite numbers of the shape above.

    Notes
    -----
    Section 3.2 of [1]_, with the two gates divided by their sum.
    """
    a_i, a_f, g_t = np.split(x_t @ W_x + b, 3, axis=1)  # no tanh on g
    i_t = sigmoid(a_i)
    f_t = sigmoid(a_f)
    keep_t = f_t / (i_t + f_t)
    h_t = keep_t * h_prev + (1 - keep_t) * g_t
    return h_t, MinCache(x_t, h_prev, i_t, f_t, g_t, keep_t, W_x)


@shapes(cache=MinCache, dh_t="N H")
def min_step_backward(dh_t, cache):
    """Send the error back through one step of `min_step`.

    Returns
    -------
    MinGrads
        ``dx_t`` (N, D), ``dh_prev`` (N, H), ``dW_x`` (D, 3H), ``db`` (3H,).
    """
    x_t, h_prev, i_t, f_t, g_t, keep_t, W_x = cache
    dkeep = dh_t * (h_prev - g_t)
    slope = dkeep * keep_t * (1 - keep_t)  # keep is σ(log f - log i)
    da_t = np.concatenate([-slope * (1 - i_t), slope * (1 - f_t),
                           dh_t * (1 - keep_t)], axis=1)  # (N, 3H)
    return MinGrads(da_t @ W_x.T, dh_t * keep_t, x_t.T @ da_t, da_t.sum(axis=0))


min_forward, min_backward = over_time(min_step.unchecked, min_step_backward.unchecked)


@shapes(keep="N T H", add="N T H", h_init="N H")
def scan(keep, add, h_init):
    """Solve h_t = keep_t ⊙ h_{t-1} + add_t for all t at once, in log₂ T passes.

    Two steps in a row are one step: (k₁, a₁) then (k₂, a₂) is (k₁ k₂, k₂ a₁ + a₂). So
    a pass joins every step with the one before it, the next with the one two before,
    then four, eight, …, until each has met the beginning [2]_.

    Parameters
    ----------
    keep, add : ndarray, (N, T, H)
    h_init : ndarray, (N, H)

    Returns
    -------
    ndarray, (N, T, H)

    Raises
    ------
    TypeError, ValueError
        If an argument is no array of real, finite numbers of the shape above.
    """
    keep, add = keep.copy(), add.copy()
    add[:, 0] += keep[:, 0] * h_init
    reach = 1
    while reach < keep.shape[1]:
        add[:, reach:] += keep[:, reach:] * add[:, :-reach]  # the right side is read
        keep[:, reach:] = keep[:, reach:] * keep[:, :-reach]  # before it is written
        reach *= 2
    return add


@shapes(xs="N T D", h_init="N H", W_x="D 3H", b="3H")
def min_scan(xs, h_init, W_x, b):
    """Run a minLSTM over whole sequences without a loop over time.

    Parameters
    ----------
    xs : ndarray, (N, T, D)
    h_init : ndarray, (N, H)
    W_x, b : ndarray, (D, 3H), (3H,)

    Returns
    -------
    hs : ndarray, (N, T, H)
        What `min_step` returns step by step.
    """
    a_i, a_f, gs = np.split(xs @ W_x + b, 3, axis=2)  # (N, T, H) each
    i, f = sigmoid(a_i), sigmoid(a_f)
    keep = f / (i + f)
    return scan.unchecked(keep, (1 - keep) * gs, h_init)

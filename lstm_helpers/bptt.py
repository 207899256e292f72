"""Whole sequences, forward and back through time: a loop around a step of `cells`.

Written to be read, like the steps themselves. The gradient of an array is called d and
the array's name, so that `gradcheck.check_gradients` knows what belongs together.

Sources
-------
.. [1] P. Werbos (1990), Backpropagation through time: what it does and how to do it,
       Proceedings of the IEEE 78(10), 1550-1560.
.. [2] A. Graves, J. Schmidhuber (2005), Framewise phoneme classification with
       bidirectional LSTM and other neural network architectures, Neural Networks
       18(5-6), 602-610: the full gradient of an LSTM.
"""

import inspect

import numpy as np

from lstm_helpers import cells, validate
from lstm_helpers.validate import shapes


@shapes(xs="N T D", h_init="N H", W_x="D H", W_h="H H", b="H")
def rnn_forward(xs, h_init, W_x, W_h, b):
    """Run a plain RNN over a batch of sequences.

    Parameters
    ----------
    xs : ndarray, (N, T, D)
    h_init : ndarray, (N, H)
        The state before the first step.
    W_x, W_h, b : ndarray, (D, H), (H, H), (H,)

    Returns
    -------
    hs : ndarray, (N, T, H)
    caches : list of T RNNCache
        For `rnn_backward`.
    """
    h_t, hs, caches = h_init, [], []
    for t in range(xs.shape[1]):
        h_t, cache = cells.rnn_step.unchecked(xs[:, t], h_t, W_x, W_h, b)
        hs.append(h_t)
        caches.append(cache)
    return np.stack(hs, axis=1), caches


@shapes(caches=[cells.RNNCache], dhs="N T H", step=callable)
def rnn_backward(dhs, caches, step=cells.rnn_step_backward):
    """Send the errors of all steps back to the first [1]_.

    Parameters
    ----------
    dhs : ndarray, (N, T, H)
        ∂L/∂h_t as far as step t's own output is concerned, nothing from step t + 1.
    caches : list of T RNNCache
    step : callable
        The backward of one step; another one may be tried.

    Returns
    -------
    dict
        ``dxs`` (N, T, D), ``dW_x``, ``dW_h``, ``db``, ``dh_init`` (N, H).
    """
    T = len(caches)
    step = getattr(step, "unchecked", step)  # what it is given was checked above
    dxs = [None] * T
    dW_x = dW_h = db = 0
    dh_next = np.zeros_like(dhs[:, 0])
    for t in reversed(range(T)):
        dh_t = dhs[:, t] + dh_next
        grads = step(dh_t, caches[t])
        dxs[t] = grads.dx_t
        dW_x = dW_x + grads.dW_x
        dW_h = dW_h + grads.dW_h
        db = db + grads.db
        dh_next = grads.dh_prev
    dxs = np.stack(dxs, axis=1)
    return dict(dxs=dxs, dW_x=dW_x, dW_h=dW_h, db=db, dh_init=dh_next)


@shapes(xs="N T D", h_init="N H", c_init="N H", W_x="D 4H", W_h="H 4H", b="4H")
def lstm_forward(xs, h_init, c_init, W_x, W_h, b):
    """Run an LSTM over a batch of sequences.

    Parameters
    ----------
    xs : ndarray, (N, T, D)
    h_init, c_init : ndarray, (N, H)
        The states before the first step.
    W_x, W_h, b : ndarray, (D, 4H), (H, 4H), (4H,)
        Blocks i, f, g, o.

    Returns
    -------
    hs : ndarray, (N, T, H)
    caches : list of T LSTMCache
        For `lstm_backward`; ``caches[t].c_t`` is the cell state.
    """
    h_t, c_t, hs, caches = h_init, c_init, [], []
    for t in range(xs.shape[1]):
        h_t, c_t, cache = cells.lstm_step.unchecked(xs[:, t], h_t, c_t, W_x, W_h, b)
        hs.append(h_t)
        caches.append(cache)
    return np.stack(hs, axis=1), caches


@shapes(caches=[cells.LSTMCache], dhs="N T H", step=callable)
def lstm_backward(dhs, caches, step=cells.lstm_step_backward):
    """Send the errors of all steps back to the first, along h and along c [2]_.

    Parameters
    ----------
    dhs : ndarray, (N, T, H)
        ∂L/∂h_t as far as step t's own output is concerned, nothing from step t + 1.
    caches : list of T LSTMCache
    step : callable
        The backward of one step; another one may be tried.

    Returns
    -------
    dict
        ``dxs`` (N, T, D), ``dW_x``, ``dW_h``, ``db``, ``dh_init``, ``dc_init`` (N, H).
    """
    T = len(caches)
    step = getattr(step, "unchecked", step)  # what it is given was checked above
    dxs = [None] * T
    dW_x = dW_h = db = 0
    dh_next = np.zeros_like(dhs[:, 0])
    dc_next = np.zeros_like(dhs[:, 0])
    for t in reversed(range(T)):
        dh_t = dhs[:, t] + dh_next
        grads = step(dh_t, dc_next, caches[t])
        dxs[t] = grads.dx_t
        dW_x = dW_x + grads.dW_x
        dW_h = dW_h + grads.dW_h
        db = db + grads.db
        dh_next = grads.dh_prev
        dc_next = grads.dc_prev
    dxs = np.stack(dxs, axis=1)
    return dict(dxs=dxs, dW_x=dW_x, dW_h=dW_h, db=db, dh_init=dh_next, dc_init=dc_next)


def over_time(step, step_backward):
    """Make whole sequences of a step and its backward, for a cell of your own.

    Parameters
    ----------
    step : callable
        ``step(x_t, h_prev, **params)`` returns ``h_t, cache``; with a cell state,
        ``step(x_t, h_prev, c_prev, **params)`` returns ``h_t, c_t, cache``.
    step_backward : callable
        ``step_backward(dh_t, cache)`` or ``step_backward(dh_t, dc_next, cache)``
        returns a NamedTuple or a dict of ``dx_t``, ``dh_prev``, ``dc_prev`` if there is
        a cell state, and the gradient of each parameter under ``d`` and its name. What
        else it holds, such as ``da_t``, is left aside.

    Returns
    -------
    forward, backward : callable
        In the manner of `lstm_forward` and `lstm_backward`.
    """
    validate.function("step", step)
    validate.function("step_backward", step_backward)
    takes = inspect.signature(step).parameters
    has_c = "c_prev" in takes
    open_ended = any(p.kind is p.VAR_KEYWORD for p in takes.values())

    def forward(xs, h_init, **params):
        h_t, hs, caches = h_init, [], []
        for t in range(xs.shape[1]):
            h_t, cache = step(xs[:, t], h_t, **params)
            hs.append(h_t)
            caches.append(cache)
        return np.stack(hs, axis=1), caches

    def forward_with_c(xs, h_init, c_init, **params):
        h_t, c_t, hs, caches = h_init, c_init, [], []
        for t in range(xs.shape[1]):
            h_t, c_t, cache = step(xs[:, t], h_t, c_t, **params)
            hs.append(h_t)
            caches.append(cache)
        return np.stack(hs, axis=1), caches

    def backward(dhs, caches):
        dxs, total = [None] * len(caches), {}
        dh_next = np.zeros_like(dhs[:, 0])
        dc_next = np.zeros_like(dhs[:, 0])
        for t in reversed(range(len(caches))):
            above = (dhs[:, t] + dh_next, dc_next) if has_c else (dhs[:, t] + dh_next,)
            grads = step_backward(*above, caches[t])
            grads = dict(grads) if isinstance(grads, dict) else grads._asdict()
            dxs[t] = grads.pop("dx_t")
            dh_next = grads.pop("dh_prev")
            if has_c:
                dc_next = grads.pop("dc_prev")
            for name, gradient in grads.items():
                if open_ended or name.removeprefix("d") in takes:
                    total[name] = total.get(name, 0) + gradient
        ends = dict(dxs=np.stack(dxs, axis=1), dh_init=dh_next)
        return total | ends | (dict(dc_init=dc_next) if has_c else {})

    return forward_with_c if has_c else forward, backward

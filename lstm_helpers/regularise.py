"""Against learning by heart: dropout, recurrent dropout, L2, and the best epoch.

Sources
-------
.. [1] N. Srivastava and others (2014), Dropout: a simple way to prevent neural networks
       from overfitting, Journal of Machine Learning Research 15, 1929-1958.
.. [2] Y. Gal, Z. Ghahramani (2016), A theoretically grounded application of dropout in
       recurrent neural networks, NeurIPS, section 4: one mask a sequence.
.. [3] A. Krogh, J. Hertz (1992), A simple weight decay can improve generalization,
       NeurIPS.
"""

from typing import NamedTuple

import numpy as np

from lstm_helpers import init, validate
from lstm_helpers.cells import lstm_step, lstm_step_backward
from lstm_helpers.model import Recurrent
from lstm_helpers.train import Adam, Update, full_speed, one_epoch


class Dropout:
    """An LSTM layer that leaves out inputs and old states while it is trained.

    Hand ``dropout.cell`` to `Recurrent` with the readable engine. While ``on``, every
    run draws one mask a sequence for x and one for h, kept for all its steps [2]_, and
    what stays is divided by 1 - rate [1]_. While off, it is the plain LSTM.

    Parameters
    ----------
    inputs, states : float
        Rates: the chance of an input, and of a unit of the old state, to be left out.
    rng : numpy.random.Generator or int
        Draws the masks.

    Attributes
    ----------
    on : bool
        False to begin with; `fit` turns it on while it learns.
    cell : tuple
        forward, backward, params: what `Recurrent` takes.

    Raises
    ------
    TypeError, ValueError
        If a rate is no number from 0 to 0.95.
    """

    def __init__(self, inputs=0.0, states=0.0, rng=0):
        self.inputs = validate.real("inputs", inputs, 0, 0.95)
        self.states = validate.real("states", states, 0, 0.95)
        self.rng, self.on = validate.seed("rng", rng), False
        self.cell = (self.forward, self.backward, init.lstm_params)

    def mask(self, shape, rate, dtype):
        """Draw zeros with chance `rate`; the rest 1 / (1 - rate)."""
        if not self.on or rate == 0:
            return np.ones(shape, dtype)
        return ((self.rng.random(shape) >= rate) / (1 - rate)).astype(dtype)

    def forward(self, xs, h_init, c_init, W_x, W_h, b):
        """Run the layer; the masks are kept for `backward`."""
        N, T, D = xs.shape
        self.mask_x = self.mask((N, D), self.inputs, xs.dtype)
        self.mask_h = self.mask(h_init.shape, self.states, xs.dtype)
        h_t, c_t, hs, caches = h_init, c_init, [], []
        for t in range(T):
            h_t, c_t, cache = lstm_step.unchecked(
                xs[:, t] * self.mask_x, h_t * self.mask_h, c_t, W_x, W_h, b)
            hs.append(h_t)
            caches.append(cache)
        return np.stack(hs, axis=1), caches

    def backward(self, dhs, caches):
        """Send the errors back through the masks of the last `forward`."""
        dxs, total = [None] * len(caches), {"dW_x": 0, "dW_h": 0, "db": 0}
        dh_next = dc_next = np.zeros_like(dhs[:, 0])
        for t in reversed(range(len(caches))):
            grads = lstm_step_backward.unchecked(dhs[:, t] + dh_next, dc_next,
                                                 caches[t])
            dxs[t] = grads.dx_t * self.mask_x
            dh_next, dc_next = grads.dh_prev * self.mask_h, grads.dc_prev
            for name in total:
                total[name] = total[name] + getattr(grads, name)
        return total | dict(dxs=np.stack(dxs, axis=1), dh_init=dh_next,
                            dc_init=dc_next)


class Decayed:
    """An update with L2: the loss gains l2 · Σ w² of the weights [3]_.

    Parameters
    ----------
    update : Update
    l2 : float
        From 0 up.
    weights : ndarray of bool, (P,)
        Which entries of the flat vector are weights; biases are left alone.
    """

    def __init__(self, update, l2, weights):
        self.update, self.l2 = update, validate.real("l2", l2, 0)
        self.weights = weights

    def __call__(self, flat, grad):
        """Add 2 l2 w to the gradient, then step."""
        grad += 2 * self.l2 * flat * self.weights
        return self.update(flat, grad)


def weights_of(model):
    """Return which entries of a model's flat vector are weights, not biases: (P,)."""
    found = np.zeros(model.engine.size, model.dtype)
    for name, view in model.engine.views(found).items():
        view[...] = name.startswith("W")
    return found


class Curves(NamedTuple):
    """Losses after every epoch, without dropout; `best` is the parameters then."""

    train: np.ndarray
    val: np.ndarray
    best: np.ndarray


def fit(model, train, val, epochs=50, lr=0.01, batch_size=32, dropout=None, l2=0.0,
        rng=0):
    """Train, and measure training and validation loss alike: with dropout off.

    Parameters
    ----------
    model : Recurrent
        Changed in place; it ends with the parameters of the last epoch.
    train, val : (xs, ys) or (xs, ys, mask)
    epochs : int
    lr : float
        Rate of Adam.
    batch_size : int
    dropout : Dropout, optional
        The one whose cell the model has.
    l2 : float
    rng : numpy.random.Generator or int
        Shuffles.

    Returns
    -------
    Curves

    Raises
    ------
    TypeError, ValueError
        If `dropout` is not the model's, or an argument does not fit.
    """
    if not isinstance(model, Recurrent):
        raise TypeError(f"model must be a Recurrent, got {type(model).__name__}")
    if dropout is not None and getattr(dropout, "cell", None) is not model.cell:
        raise ValueError("dropout must be the one whose cell the model has: "
                         "Recurrent(dropout.cell, engine=\"readable\")")
    rng = validate.seed("rng", rng)
    xs, ys, mask = (*train, None)[:3]
    update = Decayed(Update(Adam(lr), clip_norm=1.0), l2, weights_of(model))
    curves, best, lowest = [], model.engine.flat.copy(), np.inf
    with full_speed():
        for _ in range(validate.count("epochs", epochs)):
            if dropout is not None:
                dropout.on = True
            one_epoch(model, xs, ys, update, batch_size, rng, mask)
            if dropout is not None:
                dropout.on = False
            curves.append([model.loss(*train), model.loss(*val)])
            if curves[-1][1] < lowest:
                best[:], lowest = model.engine.flat, curves[-1][1]
    return Curves(*np.array(curves).T, best)

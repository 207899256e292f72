"""A recurrent layer under two Dense layers, for notebook 09: trained like any model."""

import numpy as np

from lstm_helpers import init, validate
from lstm_helpers.model import Params, Recurrent


class TwoDense(Recurrent):
    """A recurrent layer, then z = h W_1 + b_1, then y = z W_y + b_y; both are linear.

    Parameters
    ----------
    cell : {"lstm", "rnn"}
    D, H, K, O : int
        Input size, hidden size, units of the first Dense layer, output size.
    rng : numpy.random.Generator or int
        Draws the starting values.
    **options
        ``every_step``, ``forget_bias``, ``dtype``, as in `Recurrent`.

    Attributes
    ----------
    params : mapping
        ``W_x``, ``W_h``, ``b`` as in `Recurrent`; ``W_1`` (H, K), ``b_1`` (K,),
        ``W_y`` (K, O), ``b_y`` (O,).

    Raises
    ------
    TypeError, ValueError
        As in `Recurrent`.
    """

    def __init__(self, cell="lstm", D=1, H=16, K=10, O=1,  # noqa: E741
                 rng=0, **options):
        rng = np.random.default_rng(rng)
        super().__init__(cell, D, H, validate.count("K", K), rng=rng, **options)
        self.engine = TwoDenseEngine(self.engine, validate.count("O", O))
        self.params = Params(self.engine.params)
        self.params["W_y"] = init.xavier(rng, K, O)

    def summary(self):
        """Print the names and shapes of the parameters, and their number."""
        print(f"{self.params}\nTotal {self.engine.flat.size}")

    def save(self, path):
        """Not written: `model.load` knows one Dense layer only."""
        raise NotImplementedError("save keeps models with one Dense layer only; keep "
                                  "the arrays: np.savez(path, **model.params)")


class TwoDenseEngine:
    """Add an output layer on an engine, whose head becomes the first Dense layer."""

    def __init__(self, below, O):  # noqa: E741
        self.below, self.O = below, O
        self.cell, self.D, self.H = below.cell, below.D, below.H
        self.every_step, self.dtype = below.every_step, below.dtype
        self.units, self.states = below.units, below.states
        self.last_state = below.last_state
        self.size = below.size + (below.O + 1) * O
        self.place(*np.zeros((2, self.size), self.dtype))

    def views(self, flat):
        """Name the parts of a vector (P,): the engine's own, its head as W_1, b_1."""
        new = {"W_y": "W_1", "b_y": "b_1"}
        below = self.below.views(flat[: self.below.size])
        top = flat[self.below.size :].reshape(self.below.O + 1, self.O)
        return {new.get(name, name): z for name, z in below.items()} | {
            "W_y": top[:-1], "b_y": top[-1]}

    def place(self, flat, grad):
        """Keep parameters and gradients in two vectors (P,) from now on."""
        for kept, given in ((self.below.flat, flat), (self.below.grad, grad)):
            given[: self.below.size] = kept
        self.below.place(flat[: self.below.size], grad[: self.below.size])
        self.flat, self.grad = flat, grad
        self.params, self.grads = self.views(flat), self.views(grad)

    def forward(self, xs, h_init=None, c_init=None):
        """Run both; return predictions."""
        self.z = self.below.forward(xs, h_init, c_init)
        return self.z @ self.params["W_y"] + self.params["b_y"]

    def backward_from(self, dy, dxs=False):
        """Send any loss's error back through the last `forward`; fill `grad`."""
        rows = np.asarray(dy, self.dtype).reshape(-1, self.O)
        self.grads["W_y"][:] = self.z.reshape(len(rows), -1).T @ rows
        self.grads["b_y"][:] = rows.sum(axis=0)
        dz = (rows @ self.params["W_y"].T).reshape(self.z.shape)
        return self.below.backward_from(dz, dxs)

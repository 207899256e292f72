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
    """Add an output layer on an `Engine`, whose own head becomes the first Dense layer.

    The engine below computes a squared error against targets. To hand it a gradient dz
    instead, it is given the targets for which the gradient of its error is dz.
    """

    def __init__(self, below, O):  # noqa: E741
        self.below, self.O = below, O
        self.cell, self.D, self.H = below.cell, below.D, below.H
        self.every_step, self.dtype = below.every_step, below.dtype
        self.states, self.last_state = below.states, below.last_state
        self.size = below.flat.size
        top = np.zeros(O * (below.O + 1), self.dtype)
        self.flat = np.concatenate([below.flat, top])
        self.grad = np.zeros_like(self.flat)
        self.params, self.grads = self.views(self.flat), self.views(self.grad)

    def views(self, flat):
        """Name the parts of a flat vector, wherever the engine below keeps its own."""
        where = self.below.flat
        start = where.__array_interface__["data"][0]
        named = {}
        for name, array in self.below.params.items():
            offset = array.__array_interface__["data"][0] - start
            name = {"W_y": "W_1", "b_y": "b_1"}.get(name, name)
            named[name] = np.ndarray(array.shape, self.dtype, flat, offset,
                                     array.strides)
        top = flat[self.size :].reshape(self.below.O + 1, self.O)
        return named | {"W_y": top[:-1], "b_y": top[-1]}

    def forward(self, xs, h_init=None, c_init=None):
        """Run both; return predictions."""
        self.below.flat[:] = self.flat[: self.size]
        self.z = self.below.forward(xs, h_init, c_init)
        self.y = self.z @ self.params["W_y"] + self.params["b_y"]
        return self.y

    def backward(self, ys):
        """Return the mean squared error of the last `forward`; fill `grad`."""
        error = self.y - np.asarray(ys, self.dtype)
        dy = error * (2 / error.size)
        rows = dy.reshape(-1, self.O)
        dz = dy @ self.params["W_y"].T
        self.grads["W_y"][:] = self.z.reshape(len(rows), -1).T @ rows
        self.grads["b_y"][:] = rows.sum(axis=0)
        self.below.backward(self.z - dz * (self.z.size / 2))
        self.grad[: self.size] = self.below.grad
        return float(np.mean(error**2))

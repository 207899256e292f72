"""Whole layers as one reads them: `bptt`'s loops behind the interface of `fast`.

Slower, and open: a new cell trains on the day its step and backward are written.
`Recurrent(..., engine="readable")` uses it; the tests hold the fast engine to it.
"""

import inspect

import numpy as np

from lstm_helpers import bptt, gru, init

CELLS = {
    "lstm": (bptt.lstm_forward, bptt.lstm_backward, init.lstm_params),
    "gru": (gru.gru_forward, gru.gru_backward, init.gru_params),
    "rnn": (bptt.rnn_forward, bptt.rnn_backward, init.rnn_params),
}
GATES = {"lstm": "ifgo", "gru": "rzn", "rnn": ""}


class Engine:
    """A recurrent layer under a dense head, or without one: as `fast.engine.Engine`.

    Parameters
    ----------
    cell : str or (forward, backward, params)
        "lstm", "gru", "rnn", or a new cell: ``forward(xs, h_init, **params)`` returns
        hs and caches, ``backward(dhs, caches)`` a dict of ``dxs`` and of the gradients
        ``dW_x``, … ; ``params(rng, D, H)`` draws a dict of starting values. A cell
        with a cell state takes ``c_init`` after ``h_init``. `bptt.over_time` makes the
        first two of a step and its backward.
    D, H, O, every_step, dtype
        As there.
    """

    def __init__(self, cell, D, H, O, every_step, dtype):
        self.cell, self.D, self.H, self.O = cell, D, H, O
        self.every_step, self.dtype = every_step, np.dtype(dtype)
        self.units, self.outputs = H, O or H
        self.run, self.back, draw = CELLS[cell] if isinstance(cell, str) else cell
        self.has_c = "c_init" in inspect.signature(self.run).parameters
        drawn = draw(np.random.default_rng(0), D, H)
        self.shapes = {name: z.shape for name, z in drawn.items()}
        if O is not None:
            self.shapes |= {"W_y": (H, O), "b_y": (O,)}
        self.size = sum(int(np.prod(shape)) for shape in self.shapes.values())
        self.place(*np.zeros((2, self.size), self.dtype))

    def views(self, flat):
        """Name the parts of a vector (P,): a dict of views, without copies."""
        ends = np.cumsum([int(np.prod(shape)) for shape in self.shapes.values()])
        parts = np.split(flat, ends[:-1])
        return {name: part.reshape(shape) for (name, shape), part
                in zip(self.shapes.items(), parts, strict=True)}

    def place(self, flat, grad):
        """Keep parameters and gradients in two vectors (P,) from now on."""
        self.flat, self.grad = flat, grad
        self.params, self.grads = self.views(flat), self.views(grad)

    def forward(self, xs, h_init=None, c_init=None):
        """Return predictions (N, T, O) or (N, O)."""
        zero = np.zeros((len(xs), self.H), self.dtype)
        states = [zero if h_init is None else h_init]
        if self.has_c:
            states.append(zero if c_init is None else c_init)
        states = [z.astype(self.dtype) for z in states]
        layer = {k: z for k, z in self.params.items() if k not in ("W_y", "b_y")}
        self.hs, self.caches = self.run(xs.astype(self.dtype), *states, **layer)
        self.top = self.hs if self.every_step else self.hs[:, -1]
        if self.O is None:
            return self.top.copy()
        return self.top @ self.params["W_y"] + self.params["b_y"]

    def states(self):
        """Return hs, cs (or None) and a dict of the gates, each (N, T, H)."""
        def over_time(name):
            return np.stack([getattr(cache, name) for cache in self.caches], axis=1)

        fields = getattr(self.caches[0], "_fields", ())
        own = [k[0] for k in fields if len(k) == 3 and k.endswith("_t")
               and k[0] not in "xhc"]
        gates = GATES[self.cell] if isinstance(self.cell, str) else own
        cs = over_time("c_t") if "c_t" in fields else None
        return self.hs.copy(), cs, {k: over_time(f"{k}_t") for k in gates}

    def last_state(self):
        """Return h_T and c_T (N, H); c_T is None where there is none."""
        hs, cs, _ = self.states()
        return hs[:, -1], None if cs is None else cs[:, -1]

    def backward_from(self, dy, dxs=False):
        """Send any loss's error back through the last `forward`; fill `grad`.

        Parameters
        ----------
        dy : ndarray
            ∂L/∂y, of the shape of y.
        dxs : bool
            Whether ∂L/∂xs is wanted too.

        Returns
        -------
        ndarray, (N, T, D), or None
        """
        dy = np.asarray(dy, self.dtype)
        if self.O is None:
            d_top = dy
        else:
            rows = dy.reshape(-1, self.O)
            self.grads["W_y"][...] = self.top.reshape(-1, self.H).T @ rows
            self.grads["b_y"][...] = rows.sum(axis=0)
            d_top = dy @ self.params["W_y"].T
        dhs = np.zeros_like(self.hs)
        dhs[:, slice(None) if self.every_step else -1] = d_top
        grads = self.back(dhs, self.caches)
        for name, gradient in self.grads.items():
            if name not in ("W_y", "b_y"):
                gradient[...] = grads[f"d{name}"]
        return grads["dxs"] if dxs else None

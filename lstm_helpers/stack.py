"""Which engine computes a model; layers on one another, in one or two directions.

Sources
-------
.. [1] M. Schuster, K. Paliwal (1997), Bidirectional recurrent neural networks, IEEE
       Transactions on Signal Processing 45(11), 2673-2681.
.. [2] A. Graves, A. Mohamed, G. Hinton (2013), Speech recognition with deep recurrent
       neural networks, ICASSP: several layers.
"""

from collections.abc import Mapping

import numpy as np

from lstm_helpers import init, readable, validate
from lstm_helpers.fast import engine as fast

CELLS = ("lstm", "gru", "rnn")
ENGINES = {"fast": fast.Engine, "readable": readable.Engine}


class Params(Mapping):
    """Parameters by name; assigning copies the numbers in and checks the shape."""

    def __init__(self, arrays):
        self._arrays = arrays

    def __getitem__(self, name):
        return self._arrays[name]

    def __iter__(self):
        return iter(self._arrays)

    def __len__(self):
        return len(self._arrays)

    def __setitem__(self, name, value):
        validate.one_of("name", name, tuple(self._arrays))
        validate.array(name, value)
        if value.shape != self[name].shape:
            raise ValueError(
                f"{name} must have shape {self[name].shape}, got {value.shape}"
            )
        self[name][...] = value

    def update(self, values):
        """Copy in several parameters: ``model.params.update(other.params)``."""
        for name, value in validate.mapping("values", values).items():
            self[name] = value

    def __repr__(self):
        return "\n".join(f"{name:4} {z.shape}" for name, z in self.items())


class Dense:
    """y = h W + b, with the interface of an engine as far as a stack needs it."""

    def __init__(self, W, b, inputs, outputs, dtype):
        self.names, self.shape, self.dtype = (W, b), (inputs, outputs), np.dtype(dtype)
        self.outputs, self.size = outputs, (inputs + 1) * outputs
        self.place(*np.zeros((2, self.size), dtype))

    def views(self, flat):
        """Name the parts of a vector (P,): a dict of views, without copies."""
        rows = flat.reshape(-1, self.outputs)
        return dict(zip(self.names, (rows[:-1], rows[-1]), strict=True))

    def place(self, flat, grad):
        """Keep parameters and gradients in two vectors (P,) from now on."""
        self.flat, self.grad = flat, grad
        self.params, self.grads = self.views(flat), self.views(grad)

    def forward(self, h):
        """Return y for h, (N, T, H) or (N, H)."""
        self.h = h
        W, b = self.params.values()
        return h @ W + b

    def backward_from(self, dy):
        """Return ∂L/∂h; fill `grad`."""
        rows = np.asarray(dy, self.dtype).reshape(-1, self.outputs)
        dW, db = self.grads.values()
        dW[:] = self.h.reshape(len(rows), -1).T @ rows
        db[:] = rows.sum(axis=0)
        return (rows @ next(iter(self.params.values())).T).reshape(self.h.shape)


class Stack:
    """Recurrent layers on one another under dense ones, behind an engine's interface.

    A layer reads what the one below it says at every step [2]_. In two directions [1]_
    it has a second half that reads from the end, and says both side by side.

    Parameters
    ----------
    kind : class
        The engine of each layer: `fast.engine.Engine` or `readable.Engine`.
    cell, D, H, O, every_step, dtype
        As there; H is the size of one layer in one direction.
    layers : int
    both_ways : bool
    dense : int or None
        Units of a dense layer below the output layer.

    Notes
    -----
    States lie side by side in the last axis, (N, ``units``): the layers from below, of
    each the way forward, then the way back. Parameters are named as in one layer, with
    ``_l2``, ``_l3``, … behind the name in higher layers and ``_rev`` on the way back;
    the dense layer below the output is ``W_1``, ``b_1``.
    """

    def __init__(self, kind, cell, D, H, O, every_step, dtype,
                 layers=1, both_ways=False, dense=None):
        self.cell, self.D, self.H, self.O = cell, D, H, O
        self.every_step, self.dtype = every_step, np.dtype(dtype)
        self.layers, self.both_ways, self.dense = layers, both_ways, dense
        self.levels, self.parts, self.heads = [], [], []
        widths = [w for w in (dense, O) if w]
        heads = list(zip([("W_1", "b_1"), ("W_y", "b_y")][-len(widths):], widths,
                         strict=True))
        inputs = D
        for k in range(layers):
            top, suffix = k == layers - 1, f"_l{k + 1}" if k else ""
            every = every_step or not top
            # the head of a layer is part of its engine: so it costs next to nothing
            head, width = heads.pop(0) if top and not both_ways else ((), None)
            ways = ("", "_rev") if both_ways else ("",)
            level = [kind(cell, inputs, H, width, every, dtype) for _ in ways]
            renamed = dict(zip(("W_y", "b_y"), head, strict=False))
            self.parts += [(e, suffix + way, renamed) for e, way
                           in zip(level, ways, strict=True)]
            self.levels.append(level)
            inputs = width or H * len(ways)
        for names, width in heads:
            self.heads.append(Dense(*names, inputs, width, dtype))
            self.parts.append((self.heads[-1], "", {name: name for name in names}))
            inputs = width
        self.units, self.outputs = H * sum(map(len, self.levels)), O
        self.has_c = self.levels[0][0].has_c
        self.size = sum(part.size for part, *_ in self.parts)
        self.place(*np.zeros((2, self.size), self.dtype))

    def views(self, flat):
        """Name the parts of a vector (P,): a dict of views, without copies."""
        named, at = {}, 0
        for part, suffix, renamed in self.parts:
            for name, z in part.views(flat[at : at + part.size]).items():
                named[renamed.get(name, name + suffix)] = z
            at += part.size
        return named

    def place(self, flat, grad):
        """Keep parameters and gradients in two vectors (P,) from now on."""
        at = 0
        for part, *_ in self.parts:
            part.place(flat[at : at + part.size], grad[at : at + part.size])
            at += part.size
        self.flat, self.grad = flat, grad
        self.params, self.grads = self.views(flat), self.views(grad)

    def forward(self, xs, h_init=None, c_init=None):
        """Return predictions (N, T, O) or (N, O); states are (N, units)."""
        h, at = xs, 0
        for level in self.levels:
            said = []
            for way, e in enumerate(level):
                own = [None if z is None else z[:, at : at + self.H]
                       for z in (h_init, c_init)]
                y = e.forward(h[:, ::-1] if way else h, *own)
                said.append(y[:, ::-1] if way and e.every_step else y)
                at += self.H
            h = np.concatenate(said, axis=-1) if len(said) > 1 else said[0]
        for head in self.heads:
            h = head.forward(h)
        return h

    def states(self):
        """Return hs, cs (or None) and a dict of the gates, each (N, T, units)."""
        seen = [e.states() if not way else backwards(*e.states())
                for level in self.levels for way, e in enumerate(level)]
        hs, cs, gates = zip(*seen, strict=True)
        def side_by_side(arrays):
            return np.concatenate(list(arrays), axis=-1)

        return (side_by_side(hs), None if cs[0] is None else side_by_side(cs),
                {k: side_by_side(z[k] for z in gates) for k in gates[0]})

    def last_state(self):
        """Return each layer's state at the end of its way: h and c (or None)."""
        seen = [e.last_state() for level in self.levels for e in level]
        return [None if z[0] is None else np.concatenate(z, axis=-1)
                for z in zip(*seen, strict=True)]

    def backward_from(self, dy, dxs=False):
        """Send any loss's error back through the last `forward`; fill `grad`.

        Returns
        -------
        ndarray, (N, T, D), or None
            ∂L/∂xs, if asked for with `dxs`.
        """
        for head in reversed(self.heads):
            dy = head.backward_from(dy)
        for k, level in reversed(list(enumerate(self.levels))):
            wanted, dh = dxs or k > 0, dy
            for way, e in enumerate(level):
                own = dh if len(level) == 1 else np.split(dh, 2, axis=-1)[way]
                own = own[:, ::-1] if way and e.every_step else own
                back = e.backward_from(own, wanted)
                if wanted:
                    dy = dy + back[:, ::-1] if way else back
        return dy if dxs else None


def backwards(hs, cs, gates):
    """Turn round the time of what a layer held that read from the end."""
    return (hs[:, ::-1], None if cs is None else cs[:, ::-1],
            {k: z[:, ::-1] for k, z in gates.items()})


def build(engine, cell, D, H, O, every_step, dtype,
          layers=1, both_ways=False, dense=None):
    """Return the engine of one layer, or a `Stack` where more is asked for."""
    validate.count("layers", layers)
    if dense is not None:
        validate.count("dense", dense)
    kind, sizes = ENGINES[engine], (cell, D, H, O, every_step, dtype)
    if layers == 1 and not both_ways and dense is None:
        return kind(*sizes)
    return Stack(kind, *sizes, layers, both_ways, dense)


def starting_values(cell, engine, forget_bias=1.0):
    """Return ``draw(rng, D, H)`` of a cell's parameters; check cell and engine."""
    validate.one_of("engine", engine, tuple(ENGINES))
    forget_bias = validate.real("forget_bias", forget_bias)
    if isinstance(cell, tuple):
        if len(cell) != 3 or not all(map(callable, cell)):
            raise TypeError("cell must be a name, or (forward, backward, params), "
                            f"three functions, got {cell!r}")
        if engine != "readable":
            raise ValueError('engine must be "readable" for a cell of your own, '
                             f"got {engine!r}")
        return cell[2]
    validate.one_of("cell", cell, CELLS)
    if cell == "lstm":
        return lambda rng, D, H: init.lstm_params(rng, D, H, forget_bias)
    return {"rnn": init.rnn_params, "gru": init.gru_params}[cell]


def draw_all(rng, draw, engine):
    """Draw starting values for an engine or a stack, from the lowest layer up."""
    if not isinstance(engine, Stack):
        return draw(rng, engine.D, engine.H) | {
            "W_y": init.xavier(rng, engine.H, engine.O)}
    values = {}
    for part, suffix, renamed in engine.parts:
        if isinstance(part, Dense):
            values[part.names[0]] = init.xavier(rng, *part.shape)
            continue
        values |= {k + suffix: z for k, z in draw(rng, part.D, part.H).items()}
        if renamed:
            values[renamed["W_y"]] = init.xavier(rng, part.H, part.O)
    return values


def layers_of(engine):
    """List each layer of a model: what it is, the shape it says, its parameters."""
    time = "T, " if engine.every_step else ""
    dense = [pair for pair in (("W_1", "b_1"), ("W_y", "b_y"))
             if pair[0] in engine.params]
    own = [name for name in engine.params if name not in sum(dense, ())]
    layers = getattr(engine, "layers", 1)
    size = engine.H * (1 + getattr(engine, "both_ways", False))
    kind = engine.cell.upper() if isinstance(engine.cell, str) else "Own cell"
    rows, each = [], len(own) // layers
    for k in range(layers):
        axes = time if k == layers - 1 else "T, "
        rows.append((kind, f"(N, {axes}{size})", own[k * each : (k + 1) * each]))
    return rows + [("Dense", f"(N, {time}{engine.params[W].shape[1]})", (W, b))
                   for W, b in dense]

"""A recurrent layer under a dense head: predict, gradients, table, save and load."""

from typing import NamedTuple

import numpy as np

from lstm_helpers import losses, saving, stack, validate

CELLS = stack.CELLS
Params = stack.Params
FORMAT = saving.FORMAT
MEMORY = 2**25  # bytes a prediction may take at a time, about


class States(NamedTuple):
    """What the layer held at every step; `cs` is None but in an LSTM."""

    hs: np.ndarray
    cs: np.ndarray
    gates: dict


class Recurrent:
    """An RNN, LSTM or GRU layer, and y = h W_y + b_y on its last or on every h_t.

    Parameters
    ----------
    cell : {"lstm", "gru", "rnn"} or (forward, backward, params)
        The triple is a new cell, as `readable.Engine` describes it.
    D, H, O : int
        Input, hidden and output size.
    every_step : bool
        False: one output a sequence, from the last h_t. True: one a step.
    rng : numpy.random.Generator or int
        Draws the starting values, in the manner of `init`.
    forget_bias : float
        Starting bias of an LSTM's forget gate.
    dtype : {numpy.float32, numpy.float64}
        float32 trains faster, float64 checks gradients.
    loss : {"mse", "softmax", "logistic"} or an object like those in `losses`
        What training lowers. The outputs of the last two are scores.
    engine : {"fast", "readable"}
        The same numbers twice; a new cell needs the readable one.
    layers : int
        Recurrent layers of size H on one another; a higher one reads the h_t below.
    both_ways : bool
        Every layer reads a second time from the end, and says both side by side.
    dense : int, optional
        Units of a linear Dense layer below the output layer.

    Attributes
    ----------
    params : mapping
        ``W_x`` (D, 4H), ``W_h`` (H, 4H), ``b`` (4H,) in blocks i, f, g, o (an RNN has
        one block; a GRU three, r, z, n, and ``b_n`` (H,)), ``W_y`` (H, O), ``b_y``
        (O,). Change them in place or assign: ``model.params["b_y"] = np.zeros(1)``
        copies the numbers in. For the names in more layers see `stack.Stack`.
    engine
        What computes: ``forward``, ``backward_from``, ``flat``, ``grad``, …
    loss_function
        ``loss_function(y, ys, mask)`` returns the loss and ∂L/∂y.

    Raises
    ------
    TypeError, ValueError
        If a size is no whole number from 1 up, or `cell` or `dtype` is unknown.
    """

    def __init__(self, cell="lstm", D=1, H=16, O=1,
                 every_step=False, rng=0, forget_bias=1.0, dtype=np.float32,
                 loss="mse", engine="fast", layers=1, both_ways=False, dense=None):
        draw = stack.starting_values(cell, engine, forget_bias)
        sizes = [validate.count(k, v) for k, v in dict(D=D, H=H, O=O).items()]
        validate.float_type("dtype", dtype)
        flags = [validate.flag(k, v) for k, v
                 in dict(every_step=every_step, both_ways=both_ways).items()]
        self.loss_function = losses.named(loss)
        self.engine = stack.build(engine, cell, *sizes, flags[0], dtype, layers,
                                  flags[1], dense)
        self.params = Params(self.engine.params)
        self.params.update(
            stack.draw_all(validate.seed("rng", rng), draw, self.engine))

    cell = property(lambda self: self.engine.cell)
    D = property(lambda self: self.engine.D)
    H = property(lambda self: self.engine.H)
    O = property(lambda self: self.engine.O)
    every_step = property(lambda self: self.engine.every_step)
    dtype = property(lambda self: self.engine.dtype)
    layers = property(lambda self: getattr(self.engine, "layers", 1))
    both_ways = property(lambda self: getattr(self.engine, "both_ways", False))
    dense = property(lambda self: getattr(self.engine, "dense", None))

    def check(self, xs, ys=None, h_init=None, c_init=None, mask=None, needs_ys=False):
        """Raise a TypeError or ValueError that names the argument that does not fit."""
        validate.array("xs", xs)
        hint = ""
        if xs.ndim == 2:
            one_feature = self.D == 1 and xs.shape[1] != 1
            hint = ": add the feature axis with xs[..., None]" if one_feature else (
                ": add the batch axis with xs[None]" if xs.shape[1] == self.D else "")
        if xs.ndim != 3 or xs.shape[2] != self.D:
            raise ValueError(
                f"xs must have shape (N, T, {self.D}), got {xs.shape}{hint}"
            )
        N, T, _ = xs.shape
        if c_init is not None and not self.engine.has_c:
            kind = {"rnn": "an RNN", "gru": "a GRU"}.get(self.cell, "this cell")
            raise ValueError(f"c_init must be None for {kind}: it has no cell state")
        y_shape = (N, T, self.O) if self.every_step else (N, self.O)
        if ys is not None or needs_ys:
            self.loss_function.check("ys", ys, y_shape)
        for name, value in dict(h_init=h_init, c_init=c_init).items():
            if value is not None:
                validate.array(name, value)
                wanted = (N, self.engine.units)
                if value.shape != wanted:
                    raise ValueError(f"{name} must have shape {wanted}, "
                                     f"got {value.shape}")
        if mask is not None:
            validate.mask("mask", mask, y_shape[:-1])

    def predict(self, xs, h_init=None, c_init=None):
        """Return the outputs for `xs`.

        Parameters
        ----------
        xs : ndarray, (N, T, D)
        h_init, c_init : ndarray, (N, H), optional
            The states to start from; zero if left out.

        Returns
        -------
        ndarray, (N, T, O) if `every_step`, else (N, O)

        Raises
        ------
        TypeError, ValueError
            If an argument is no finite array of the shape above.
        """
        self.check(xs, h_init=h_init, c_init=c_init)
        return np.concatenate([self.engine.forward(*part).copy()
                               for part in self._chunks(xs, h_init, c_init)])

    def states(self, xs, h_init=None, c_init=None):
        """Return what the layer held at every step, for plots.

        Returns
        -------
        States
            ``hs``, ``cs`` (N, T, H); ``gates``, a dict of i, f, g, o (in a GRU r, z, n;
            in an RNN none), each (N, T, H).
        """
        self.check(xs, h_init=h_init, c_init=c_init)
        self.engine.forward(xs, h_init, c_init)
        return States(*self.engine.states())

    def loss_and_grads(self, xs, ys, h_init=None, c_init=None, mask=None, dxs=False):
        """Return the loss over all outputs, and its gradients.

        Parameters
        ----------
        xs : ndarray, (N, T, D)
        ys : ndarray, (N, T, O) if `every_step`, else (N, O)
            For softmax without the last axis: whole numbers, the classes.
        h_init, c_init : ndarray, (N, H), optional
        mask : ndarray of bool, (N, T) if `every_step`, else (N,), optional
            Which outputs count; all if left out.
        dxs : bool
            Whether the gradient of `xs` is wanted too: ``grads["xs"]``.

        Returns
        -------
        loss : float
        grads : dict
            Names and shapes of `params`.
        """
        dxs = validate.flag("dxs", dxs)
        self.check(xs, ys, h_init, c_init, mask, needs_ys=True)
        y = self.engine.forward(xs, h_init, c_init)
        loss, dy = self.loss_function.both(y, ys, mask)
        of_xs = self.engine.backward_from(dy, dxs)
        grads = {name: z.copy() for name, z in self.engine.grads.items()}
        return loss, grads | ({"xs": of_xs} if dxs else {})

    def loss(self, xs, ys, mask=None):
        """Return the loss over all outputs, or over those where `mask` is True."""
        self.check(xs, ys, mask=mask, needs_ys=True)
        return self.loss_function.value(self.predict(xs), ys, mask)

    def free_run(self, xs, steps, h_init=None, c_init=None):
        """Read `xs`, then feed every prediction back in, carrying the state.

        Parameters
        ----------
        xs : ndarray, (N, T, D)
            The warm-up.
        steps : int
            How many values to predict; the first follows the last of `xs`.

        Returns
        -------
        ndarray, (N, steps, O)

        Raises
        ------
        ValueError
            If O is not D: then a prediction cannot be an input.
        """
        self.check(xs, h_init=h_init, c_init=c_init)
        if self.both_ways:
            raise ValueError("free_run needs both_ways=False: a network that reads "
                             "from the end needs the end")
        if self.O != self.D:
            raise ValueError(f"free_run needs O = D, got O = {self.O}, D = {self.D}")
        ys = np.empty((len(xs), validate.count("steps", steps), self.O), self.dtype)
        for k in range(ys.shape[1]):
            y = self.engine.forward(xs, h_init, c_init)
            ys[:, k] = y[:, -1] if self.every_step else y
            h_init, c_init = self.engine.last_state()
            xs = ys[:, k : k + 1]
        return ys

    def advance(self, xs, h_init=None, c_init=None):
        """Read `xs` on from a state; return the outputs and the state it ends in.

        Parameters
        ----------
        xs : ndarray, (N, T, D)
        h_init, c_init : ndarray, (N, units), optional

        Returns
        -------
        y : ndarray
            As `predict`.
        h, c : ndarray, (N, units)
            What the next call starts from; c is None without a cell state.
        """
        self.check(xs, h_init=h_init, c_init=c_init)
        if self.both_ways:
            raise ValueError("advance needs both_ways=False: the way back begins at "
                             "the end, so no state can be carried on")
        y = self.engine.forward(xs, h_init, c_init).copy()
        return y, *self.engine.last_state()

    def summary(self):
        """Print the layers with their output shapes and parameter counts."""
        rows = stack.layers_of(self.engine)
        print(f"{'Layer':8} {'Output':14} {'Parameters':>10}   Shapes")
        for layer, output, names in rows:
            count = sum(self.params[k].size for k in names)
            shapes = ", ".join(f"{k} {self.params[k].shape}" for k in names)
            print(f"{layer:8} {output:14} {count:10,}   {shapes}")
        print(f"{'Total':8} {'':14} {self.engine.flat.size:10,}")

    def save(self, path):
        """Write settings and parameters to one npz file of plain arrays.

        Raises
        ------
        ValueError
            If cell or loss are your own: a file holds names and numbers, no code.
        """
        loss = getattr(self.loss_function, "name", "")
        if not isinstance(self.cell, str) or loss not in losses.LOSSES:
            raise ValueError("save knows the cells and losses of the series; of your "
                             "own keep the arrays: np.savez(path, **model.params)")
        validate.path("path", path)
        with open(path, "wb") as file:  # a name without .npz stays as it is
            np.savez(file, format=FORMAT, cell=self.cell, every_step=self.every_step,
                     layers=self.layers, both_ways=self.both_ways,
                     dense=self.dense or 0, loss=loss, **self.params)

    def _chunks(self, *arrays):
        """Cut arrays (None stays None) into runs of rows that fit into MEMORY."""
        numbers = 10 * self.engine.units * arrays[0].shape[1]  # kept for a row
        rows = max(1, MEMORY // (numbers * self.dtype.itemsize))
        for k in range(0, len(arrays[0]), rows):
            yield [None if z is None else z[k : k + rows] for z in arrays]


def load(path):
    """Read a model that `Recurrent.save` wrote.

    Parameters
    ----------
    path : str or pathlib.Path

    Returns
    -------
    Recurrent

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ValueError
        If the file is no saved model, is damaged, or its arrays do not fit together.
    """
    validate.path("path", path)
    settings, params = saving.read(path)
    try:
        model = Recurrent(**settings)
        model.params.update({name: params[name] for name in model.params})
    except (TypeError, ValueError, KeyError) as error:
        raise ValueError(f"{path} does not fit together: {error}") from error
    return model

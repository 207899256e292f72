"""A network that forecasts a series in its own unit; it can be saved, loaded and used.

It scales by mean and spread of the training part, learns the value itself or only its
change since the last reading, and keeps the parameters of the best epoch by the
validation part.
"""

import numpy as np

from lstm_helpers import validate
from lstm_helpers.forecast.windows import Parts, Scale, scale_of
from lstm_helpers.model import Recurrent, load
from lstm_helpers.train import Adam, fit

KINDS = ("mlp", "rnn", "gru", "lstm")
UPDATES = 1000  # about as many steps of Adam for any length of series


class Network:
    """A recurrent network, or a window MLP, with all that a forecast needs.

    Parameters
    ----------
    kind : {"mlp", "rnn", "gru", "lstm"}
        The window MLP is an RNN that takes a single step, the whole window its input:
        y = tanh(x W_x + b) W_y + b_y.
    H : int
        Hidden units.
    change : bool
        Whether it learns by how much the series changes until the target, instead of
        the target itself.
    epochs : int, optional
        Left out, as many as make about 1,000 updates, from 10 to 60.
    lr : float
        Rate of Adam at the start; it falls to 0 on a cosine.
    seed : int
        Draws weights and batches.
    dtype : {numpy.float32, numpy.float64}
        float32 is more than twice as fast; float64 ends in the same figures on every
        machine.

    Attributes
    ----------
    scale : Scale
        Of the training part; set by `fit`, as is all below.
    unit : float
        What the network's output of 1 means, in standard units.
    model : Recurrent
    low, high : float
        Quantiles of the residuals on the validation part; see `band`.
    """

    def __init__(self, kind="lstm", H=16, change=True, epochs=None, lr=0.01, seed=0,
                 dtype=np.float32):
        self.kind = validate.one_of("kind", kind, KINDS)
        self.H, self.change = validate.count("H", H), validate.flag("change", change)
        self.epochs = epochs if epochs is None else validate.count("epochs", epochs)
        self.lr = validate.real("lr", lr, 1e-9, 10)
        self.seed = validate.count("seed", seed, least=0)
        self.dtype = validate.float_type("dtype", dtype)
        self.model = self.history = self.scale = None
        self.unit, self.T, self.low, self.high = 1.0, 0, np.nan, np.nan

    def fit(self, parts, progress=True):
        """Learn from the training part, watched by the validation part.

        Parameters
        ----------
        parts : Parts
            The test part is not looked at.
        progress : bool

        Returns
        -------
        Network
            This object.
        """
        if not isinstance(parts, Parts):
            raise TypeError(f"parts must be a Parts, as split returns it, got "
                            f"{type(parts).__name__}")
        train, val = parts.train, parts.val
        self.T = train.xs.shape[1]
        self.scale = scale_of(train.xs[:, -1])
        targets = self._targets(train)
        self.unit = float(targets.std()) if self.change else 1.0
        self.unit = self.unit or 1.0
        N = len(train.xs)
        size = 32 if N < 4096 else 64
        epochs = self.epochs or int(np.clip(round(UPDATES * size / N), 10, 60))
        D = self.T if self.kind == "mlp" else 1
        cell = "rnn" if self.kind == "mlp" else self.kind
        self.model = Recurrent(cell, D=D, H=self.H, rng=self.seed,
                               dtype=self.dtype)
        self.history = fit(
            self.model, self._inputs(train.xs), targets / self.unit, epochs, size,
            Adam(self.lr), "cosine", clip_norm=1.0, rng=self.seed, progress=progress,
            validation=(self._inputs(val.xs), self._targets(val) / self.unit),
            keep_best=True)
        self.low, self.high = band(val.ys - self.predict(val.xs))
        return self

    def predict(self, xs):
        """Return the forecast for each window, in the unit of the series.

        Parameters
        ----------
        xs : ndarray, (N, T, 1)
            Readings in the unit of the series, without a gap.

        Returns
        -------
        ndarray, (N, 1)

        Raises
        ------
        RuntimeError
            If it was neither fitted nor loaded.
        TypeError, ValueError
            If `xs` is no finite array of that shape.
        """
        if self.model is None:
            raise RuntimeError("call fit(parts) before predict(xs)")
        validate.shape("xs", xs, "N T 1", {"T": self.T})
        z = self.model.predict(self._inputs(xs)).astype(np.float64) * self.unit
        if self.change:
            z = z + self.scale.into(xs[:, -1])
        return self.scale.back(z)

    def _inputs(self, xs):
        z = self.scale.into(xs)
        return z.transpose(0, 2, 1) if self.kind == "mlp" else z

    def _targets(self, part):
        z = self.scale.into(part.ys)
        return z - self.scale.into(part.xs[:, -1]) if self.change else z

    def save(self, path):
        """Write everything a forecast needs to one npz file of plain arrays."""
        if self.model is None:
            raise RuntimeError("call fit(parts) before save(path)")
        self.model.save(path)
        with np.load(path, allow_pickle=False) as file:
            content = dict(file)
        with open(path, "wb") as file:
            np.savez(file, **content, forecast=np.array(
                [*self.scale, self.unit, self.low, self.high]),
                kind=self.kind, change=self.change, window=self.T)


def load_network(path):
    """Read what `Network.save` wrote.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ValueError
        If it is no saved network of this kind, or is damaged.
    """
    model = load(path)
    with np.load(path, allow_pickle=False) as file:
        if "forecast" not in file.files:
            raise ValueError(f"{path} holds a model without its scale: save it with "
                             "network.save(path)")
        numbers = file["forecast"]
        made = Network(str(file["kind"]), model.H, bool(file["change"]))
        made.T = int(file["window"])
    mean, std, made.unit, made.low, made.high = map(float, numbers)
    made.scale, made.model = Scale(mean, std), model
    return made


def band(residuals, share=0.8):
    """Return the quantiles between which the middle `share` of residuals lies.

    Parameters
    ----------
    residuals : ndarray
        Truth minus forecast, on a part that was not trained on.
    share : float
        From 0 to 1.

    Returns
    -------
    low, high : float
        Add them to a forecast to have its interval.
    """
    validate.array("residuals", residuals)
    rest = (1 - validate.real("share", share, 0, 1)) / 2
    low, high = np.quantile(residuals, [rest, 1 - rest])
    return float(low), float(high)


def coverage(ys, forecast, low, high):
    """Return the share of the truth that lay between forecast + low and + high."""
    validate.array("ys", ys)
    validate.array("forecast", forecast)
    if ys.shape != forecast.shape:
        raise ValueError(f"forecast must have shape {ys.shape}, got {forecast.shape}")
    low = validate.real("low", low)
    high = validate.real("high", high, low=low)
    return float(np.mean((ys >= forecast + low) & (ys <= forecast + high)))

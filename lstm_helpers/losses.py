"""What a prediction costs: a number, and ∂L/∂y for the way back. No layer is known.

``loss(y, ys)`` returns both; ``loss.value(y, ys)`` the number alone. With a `mask` only
the places where it is True count, so padded steps cost nothing and teach nothing. A
loss of your own is a class on `Loss` that says `check`, `cost` and `both`.

Sources
-------
.. [1] I. Goodfellow, Y. Bengio, A. Courville (2016), Deep Learning, MIT Press,
       sections 5.5 and 6.2.2: losses as negative log-likelihoods.
"""

import numpy as np

from lstm_helpers import validate


def softmax(y):
    """Turn scores into probabilities along the last axis: e^y / Σ e^y.

    The largest score is taken off first, which changes nothing and cannot overflow.

    Parameters
    ----------
    y : ndarray, (..., O)

    Returns
    -------
    ndarray, (..., O)
        Positive, of sum 1.
    """
    validate.array("y", y)
    e = np.exp(y - y.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


class Loss:
    """What all losses share: the arguments are checked here, and computed below."""

    name = ""

    def __call__(self, y, ys, mask=None):
        """Return the loss and ∂L/∂y.

        Parameters
        ----------
        y : ndarray, (N, T, O) or (N, O)
            Predictions; scores in the two losses of probabilities.
        ys : ndarray
            Targets, shaped as `y`; for classes without the last axis.
        mask : ndarray of bool, (N, T) or (N,), optional
            Which of them count.

        Returns
        -------
        value : float
        dy : ndarray, shaped as `y`

        Raises
        ------
        TypeError, ValueError
            If an argument does not fit; it names which, and what was wanted.
        """
        self._check_all(y, ys, mask)
        return self.both(y, ys, mask)

    def value(self, y, ys, mask=None):
        """Return the loss alone, summed in float64; arguments as above."""
        self._check_all(y, ys, mask)
        costs = self.cost(y, ys)
        return float(np.mean(costs if mask is None else costs[mask], dtype=np.float64))

    def _check_all(self, y, ys, mask):
        validate.array("y", y)
        if y.ndim < 2:
            raise ValueError("y must have shape (N, O) or (N, T, O), "
                             f"got {y.shape}")
        self.check("ys", ys, y.shape)
        if mask is not None:
            validate.mask("mask", mask, y.shape[:-1])

    def check(self, name, ys, shape):
        """Raise an error that names the targets if they do not fit predictions."""
        validate.array(name, ys)
        if ys.shape != shape:
            axis = ys.ndim == len(shape) - 1 and shape[-1] == 1
            hint = f": add the last axis with {name}[..., None]" if axis else ""
            raise ValueError(f"{name} must have shape {shape}, got {ys.shape}{hint}")

    def targets(self, ys, dtype):
        """Return targets as training wants them."""
        return ys.astype(dtype)

    def cost(self, y, ys):
        """Return what each output costs, in float64."""
        raise NotImplementedError("a loss says what each output costs")

    def both(self, y, ys, mask=None, out=None):
        """Return the loss and ∂L/∂y without checks; `out` may be `y` itself."""
        raise NotImplementedError("a loss says its value and ∂L/∂y")


class MeanSquaredError(Loss):
    """L = mean of (y - ŷ)², over every output that counts.

    Targets have the shape of the predictions. A linear head goes below.
    """

    name = "mse"

    def cost(self, y, ys):
        """Return (y - ŷ)²."""
        return (y - ys) ** 2

    def both(self, y, ys, mask=None, out=None):
        """Return the loss and ∂L/∂y = 2 (y - ŷ) / count, unchecked."""
        dy = np.subtract(y, ys, np.empty_like(y) if out is None else out)
        count = dy.size
        if mask is not None:
            dy *= mask[..., None]
            count = max(1, np.count_nonzero(mask)) * y.shape[-1]
        flat = dy.ravel(order="K")  # a view, in whatever order the numbers lie
        value = float(np.vdot(flat, flat)) / count
        flat *= y.dtype.type(2 / count)
        return value, dy


class SoftmaxCrossEntropy(Loss):
    """L = mean of -log softmax(y)[class], over every prediction that counts.

    Targets are whole numbers 0 … O - 1, one for each prediction, without the last axis.
    The predictions y are scores, not probabilities: `softmax` makes them so. Written
    as log Σ e^(y - max y) + max y - y[class], which cannot overflow (section 6.2.2.3
    of [1]_).
    """

    name = "softmax"

    def check(self, name, ys, shape):
        """Raise an error that names the targets if they do not fit predictions."""
        validate.array(name, ys)
        if ys.dtype.kind not in "iu":
            raise TypeError(f"{name} must hold whole numbers, the classes, "
                            f"got dtype {ys.dtype}")
        if ys.shape != shape[:-1]:
            hint = ""
            if ys.shape == shape:
                hint = f": one-hot rows become classes with {name}.argmax(axis=-1)"
            raise ValueError(f"{name} must have shape {shape[:-1]}, got {ys.shape}"
                             f"{hint}")
        if ys.min() < 0 or ys.max() >= shape[-1]:
            bad = ys.min() if ys.min() < 0 else ys.max()
            raise ValueError(f"{name} must be classes from 0 to {shape[-1] - 1}, "
                             f"got {bad}")

    def targets(self, ys, dtype):
        """Return targets as training wants them."""
        return ys.astype(np.intp)

    def cost(self, y, ys):
        """Return -log softmax(y)[class], one number for each prediction."""
        y = y.astype(np.float64)
        y -= y.max(axis=-1, keepdims=True)
        costs = np.log(np.exp(y).sum(axis=-1))
        return costs - np.take_along_axis(y, ys[..., None], -1)[..., 0]

    def both(self, y, ys, mask=None, out=None):
        """Return the loss and ∂L/∂y = (softmax(y) - one-hot) / count, unchecked."""
        at = ys[..., None]
        dy = np.subtract(y, y.max(axis=-1, keepdims=True),
                         np.empty_like(y) if out is None else out)
        scores = np.take_along_axis(dy, at, -1)
        np.exp(dy, dy)
        total = dy.sum(axis=-1, keepdims=True)
        costs = np.log(total) - scores
        dy /= total
        np.put_along_axis(dy, at, np.take_along_axis(dy, at, -1) - 1, -1)
        count = costs.size
        if mask is not None:
            dy *= mask[..., None]
            costs = costs[mask]
            count = max(1, costs.size)
        dy *= y.dtype.type(1 / count)
        return float(np.sum(costs, dtype=np.float64)) / count, dy


class Logistic(Loss):
    """L = mean of -ŷ log σ(y) - (1 - ŷ) log(1 - σ(y)), over every output that counts.

    Targets ŷ have the shape of the predictions and lie from 0 to 1. The predictions y
    are scores: `cells.sigmoid` makes probabilities of them. Written as max(y, 0) - ŷ y
    + log(1 + e^-abs(y)), which cannot overflow (section 6.2.2.2 of [1]_).
    """

    name = "logistic"

    def check(self, name, ys, shape):
        """Raise an error that names the targets if they do not fit predictions."""
        super().check(name, ys, shape)
        if ys.min() < 0 or ys.max() > 1:
            bad = ys.min() if ys.min() < 0 else ys.max()
            raise ValueError(f"{name} must be from 0 to 1, got {bad}")

    def cost(self, y, ys):
        """Return max(y, 0) - ŷ y + log(1 + e^-abs(y))."""
        y = y.astype(np.float64)
        return np.maximum(y, 0) - ys * y + np.log1p(np.exp(-np.abs(y)))

    def both(self, y, ys, mask=None, out=None):
        """Return the loss and ∂L/∂y = (σ(y) - ŷ) / count, unchecked."""
        costs = self.cost(y, ys)
        dy = np.multiply(y, y.dtype.type(0.5), np.empty_like(y) if out is None else out)
        np.tanh(dy, dy)
        dy += 1
        dy *= y.dtype.type(0.5)  # σ(y)
        np.subtract(dy, ys, dy)
        count = dy.size
        if mask is not None:
            dy *= mask[..., None]
            costs = costs[mask]
            count = max(1, costs.size)
        dy *= y.dtype.type(1 / count)
        return float(np.sum(costs, dtype=np.float64)) / count, dy


LOSSES = {kind.name: kind for kind in (MeanSquaredError, SoftmaxCrossEntropy, Logistic)}


def named(loss):
    """Return a loss by its name, or the object itself if it is one."""
    if isinstance(loss, str):
        return LOSSES[validate.one_of("loss", loss, tuple(LOSSES))]()
    if not isinstance(loss, Loss):
        raise TypeError(f"loss must be one of {', '.join(LOSSES)}, or an object of a "
                        f"class on losses.Loss, got {loss!r}")
    return loss

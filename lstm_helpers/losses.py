"""What a prediction costs: a number, and ∂L/∂y for the way back. No layer is known.

``loss(y, ys)`` returns both; ``loss.value(y, ys)`` the number alone. With a `mask` only
the places where it is True count, so padded steps cost nothing and teach nothing.

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
    e = np.exp(y - y.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


class MeanSquaredError:
    """L = mean of (y - ŷ)², over every output that counts.

    Targets have the shape of the predictions. A linear head goes below.
    """

    name = "mse"

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

    def value(self, y, ys, mask=None):
        """Return the loss alone, summed in float64."""
        squares = (y - ys) ** 2
        return float(np.mean(squares if mask is None else squares[mask],
                             dtype=np.float64))

    def __call__(self, y, ys, mask=None, out=None):
        """Return the loss and ∂L/∂y.

        Parameters
        ----------
        y, ys : ndarray, (N, T, O) or (N, O)
            Predictions and targets.
        mask : ndarray of bool, (N, T) or (N,), optional
        out : ndarray, optional
            Where ∂L/∂y goes, `y` itself if it is no longer needed.

        Returns
        -------
        value : float
        dy : ndarray, shaped as `y`
        """
        dy = np.subtract(y, ys, np.empty_like(y) if out is None else out)
        count = dy.size
        if mask is not None:
            dy *= mask[..., None]
            count = max(1, np.count_nonzero(mask)) * y.shape[-1]
        flat = dy.ravel(order="K")  # a view, in whatever order the numbers lie
        value = float(np.vdot(flat, flat)) / count
        flat *= y.dtype.type(2 / count)
        return value, dy


class SoftmaxCrossEntropy:
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

    def value(self, y, ys, mask=None):
        """Return the loss alone, in float64."""
        y = y.astype(np.float64)
        y -= y.max(axis=-1, keepdims=True)
        costs = np.log(np.exp(y).sum(axis=-1))
        costs -= np.take_along_axis(y, ys[..., None], -1)[..., 0]
        return float(np.mean(costs if mask is None else costs[mask]))

    def __call__(self, y, ys, mask=None, out=None):
        """Return the loss and ∂L/∂y = (softmax(y) - one-hot) / count.

        Parameters
        ----------
        y : ndarray, (N, T, O) or (N, O)
            Scores.
        ys : ndarray of int, (N, T) or (N,)
        mask : ndarray of bool, (N, T) or (N,), optional
        out : ndarray, optional
            Where ∂L/∂y goes, `y` itself if it is no longer needed.

        Returns
        -------
        value : float
        dy : ndarray, shaped as `y`
        """
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


class Logistic:
    """L = mean of -ŷ log σ(y) - (1 - ŷ) log(1 - σ(y)), over every output that counts.

    Targets ŷ have the shape of the predictions and lie from 0 to 1. The predictions y
    are scores: `cells.sigmoid` makes probabilities of them. Written as max(y, 0) - ŷ y
    + log(1 + e^-|y|), which cannot overflow (section 6.2.2.2 of [1]_).
    """

    name = "logistic"

    def check(self, name, ys, shape):
        """Raise an error that names the targets if they do not fit predictions."""
        MeanSquaredError.check(self, name, ys, shape)
        if ys.min() < 0 or ys.max() > 1:
            bad = ys.min() if ys.min() < 0 else ys.max()
            raise ValueError(f"{name} must be from 0 to 1, got {bad}")

    def targets(self, ys, dtype):
        """Return targets as training wants them."""
        return ys.astype(dtype)

    def value(self, y, ys, mask=None):
        """Return the loss alone, in float64."""
        costs = self._costs(y.astype(np.float64), ys)
        return float(np.mean(costs if mask is None else costs[mask]))

    def __call__(self, y, ys, mask=None, out=None):
        """Return the loss and ∂L/∂y = (σ(y) - ŷ) / count.

        Parameters
        ----------
        y, ys : ndarray, (N, T, O) or (N, O)
            Scores and targets.
        mask : ndarray of bool, (N, T) or (N,), optional
        out : ndarray, optional
            Where ∂L/∂y goes, `y` itself if it is no longer needed.

        Returns
        -------
        value : float
        dy : ndarray, shaped as `y`
        """
        costs = self._costs(y, ys)
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

    @staticmethod
    def _costs(y, ys):
        return np.maximum(y, 0) - ys * y + np.log1p(np.exp(-np.abs(y)))


LOSSES = {kind.name: kind for kind in (MeanSquaredError, SoftmaxCrossEntropy, Logistic)}


def named(loss):
    """Return a loss by its name, or the object itself if it is one."""
    if isinstance(loss, str):
        return LOSSES[validate.one_of("loss", loss, tuple(LOSSES))]()
    missing = [k for k in ("check", "targets", "value") if not hasattr(loss, k)]
    if isinstance(loss, type) or missing or not callable(loss):
        raise TypeError(f"loss must be one of {', '.join(LOSSES)}, or an object "
                        f"like those in losses, got {loss!r}")
    return loss

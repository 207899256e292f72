"""Hold a gradient against centred differences; say which is wrong, where, how much.

(L(z + ε) - L(z - ε)) / 2ε differs from ∂L/∂z by a multiple of ε², so an error of
1e-9 is a proof in all but name. A falling loss is none.

Use random *non-zero* biases and states and T ≥ 4: with T = 1 a forgotten ``dh_next``
passes, with zero biases a shared bias does.
"""

from typing import NamedTuple

import numpy as np

from lstm_helpers import validate


class Row(NamedTuple):
    """One array of the check: its relative error, and the entry that is off most."""

    name: str
    error: float
    index: tuple
    yours: float
    numeric: float


class Report(NamedTuple):
    """The outcome of `check_gradients`; prints as a table."""

    rows: tuple
    tol: float

    @property
    def error(self):
        """The largest relative error of all arrays."""
        return max(row.error for row in self.rows)

    @property
    def ok(self):
        """Whether every array is within the tolerance."""
        return not self.wrong

    @property
    def wrong(self):
        """The names of the arrays that are not."""
        return [row.name for row in self.rows if not row.error <= self.tol]

    def __str__(self):
        lines = []
        for row in self.rows:
            if row.error <= self.tol:
                lines.append(f"{row.name:8} right  relative error below {self.tol:.0e}")
                continue
            at = ", ".join(str(k) for k in row.index)
            lines.append(
                f"{row.name:8} WRONG  relative error {row.error:.1g}, worst at [{at}]: "
                f"yours {row.yours:.4f}, numeric {row.numeric:.4f}"
            )
        return "\n".join(lines)


def numeric_gradient(loss, arrays, name, eps=1e-5):
    """Differentiate `loss` by every entry of one array, with centred differences.

    Parameters
    ----------
    loss : callable
        ``loss(**arrays)`` returns a number.
    arrays : dict of str to ndarray
        The arguments, float64. Left as they were.
    name : str
        Which of them to differentiate by.
    eps : float
        Half the distance of the two evaluations.

    Returns
    -------
    ndarray
        ∂L/∂arrays[name], same shape.
    """
    validate.function("loss", loss)
    validate.mapping("arrays", arrays)
    validate.one_of("name", name, tuple(arrays))
    moved = dict(arrays)
    moved[name] = z = exact(name, arrays[name]).copy()
    if validate.real("eps", eps, 0) == 0:
        raise ValueError("eps must be above 0, got 0")
    gradient = np.empty_like(z)
    for k in np.ndindex(z.shape):
        middle = z[k]
        z[k] = middle + eps
        above = loss(**moved)
        z[k] = middle - eps
        below = loss(**moved)
        z[k] = middle
        gradient[k] = (above - below) / (2 * eps)
    return gradient


def exact(name, value):
    """Return `value` if it is a finite array of float64."""
    if validate.array(name, value).dtype != np.float64:
        raise TypeError(
            f"{name} must be float64, got {value.dtype}: float32 is too coarse"
        )
    return value


def check_gradients(loss, arrays, grads, tol=1e-8, eps=1e-5):
    """Compare gradients with centred differences.

    Parameters
    ----------
    loss : callable
        ``loss(**arrays)`` returns a number.
    arrays : dict of str to ndarray
        All arguments of `loss`, float64.
    grads : dict of str to ndarray
        The gradients to be judged, under the names of the arrays, with or without a d
        in front: the gradient of W_x is ``grads["W_x"]`` or ``grads["dW_x"]``.
    tol : float
        Largest relative error that passes; the error of an array is its largest
        difference over its largest entry.
    eps : float
        As in `numeric_gradient`.

    Returns
    -------
    Report
        ``report.ok``, ``report.error``, ``report.wrong``, ``print(report)``.

    Raises
    ------
    TypeError, ValueError
        If an array is not finite float64, or a gradient has a name or shape of its own.
    """
    validate.function("loss", loss)
    if not validate.mapping("grads", grads):
        raise ValueError("grads must hold at least one gradient, got none")
    validate.real("tol", tol, 0)
    for name, z in validate.mapping("arrays", arrays).items():
        exact(name, z)
    measured = {}
    for name, yours in grads.items():
        of = name if name in arrays else name.removeprefix("d")
        if of not in arrays:
            raise ValueError(
                f"grads must name arrays ({', '.join(arrays)}), got {name!r}"
            )
        validate.numbers(f"grads[{name!r}]", yours)
        if np.shape(yours) != arrays[of].shape:
            raise ValueError(
                f"grads[{name!r}] must have the shape of {of}, {arrays[of].shape}, "
                f"got {np.shape(yours)}"
            )
        measured[name] = numeric_gradient(loss, arrays, of, eps)
    return compare(grads, measured, tol)


def compare(grads, measured, tol=1e-8):
    """Hold gradients against others that are trusted, under the same names.

    Parameters
    ----------
    grads, measured : dict of str to ndarray
    tol : float
        As in `check_gradients`.

    Returns
    -------
    Report
    """
    validate.real("tol", tol, 0)
    validate.mapping("measured", measured)
    rows = []
    for name, yours in validate.mapping("grads", grads).items():
        if name not in measured:
            raise ValueError(f"measured must hold {name}, got {', '.join(measured)}")
        numeric = validate.numbers(f"measured[{name!r}]", measured[name])
        validate.numbers(f"grads[{name!r}]", yours)
        if np.shape(yours) != np.shape(numeric):
            raise ValueError(f"grads[{name!r}] must have the shape of measured, "
                             f"{np.shape(numeric)}, got {np.shape(yours)}")
        off = np.abs(yours - numeric)
        scale = max(np.abs(yours).max(), np.abs(numeric).max())
        worst = np.unravel_index(np.argmax(off), off.shape)
        error = float(off[worst] / scale) if scale != 0 else 0.0
        rows.append(Row(name, error, tuple(int(k) for k in worst),
                        float(yours[worst]), float(numeric[worst])))
    return Report(tuple(rows), tol)

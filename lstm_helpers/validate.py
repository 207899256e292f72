"""Check arguments; say in one sentence which is wrong, what came and what was wanted.

The sizes are the letters of the series: N batch, T time, D input, H hidden, O output.
"""

import functools
import inspect
import re

import numpy as np


def array(name, value):
    """Return `value` if it is a finite, non-empty, real array.

    Parameters
    ----------
    name : str
        The argument's name, for the message.
    value : ndarray
        What the caller passed.

    Returns
    -------
    ndarray
        `value` itself, never a repaired copy.

    Raises
    ------
    TypeError
        If it is no NumPy array, or does not hold real numbers.
    ValueError
        If it is empty or holds NaN or infinity.
    """
    if isinstance(value, tuple):
        raise TypeError(
            f"{name} must be a NumPy array, got a tuple of {len(value)}: did a "
            "function return several values? Take one, such as result[0]"
        )
    if not isinstance(value, np.ndarray):
        raise TypeError(
            f"{name} must be a NumPy array, got {type(value).__name__}: "
            f"wrap it, {name} = np.array(...)"
        )
    if value.dtype.kind not in "iuf":
        raise TypeError(f"{name} must hold real numbers, got dtype {value.dtype}")
    if value.size == 0:
        raise ValueError(f"{name} must not be empty, got shape {value.shape}")
    if not np.isfinite(value).all():
        where = tuple(int(k) for k in np.argwhere(~np.isfinite(value))[0])
        raise ValueError(
            f"{name} must be finite, got {value[where]} at {list(where)}"
        )
    return value


def mask(name, value, shape):
    """Return `value` if it is an array of bool of this shape, True somewhere."""
    if not isinstance(value, np.ndarray) or value.dtype != bool:
        kind = f"dtype {value.dtype}" if isinstance(value, np.ndarray) else (
            type(value).__name__)
        raise TypeError(f"{name} must be a NumPy array of bool, got {kind}")
    if value.shape != shape:
        raise ValueError(f"{name} must have shape {shape}, got {value.shape}")
    if not value.any():
        raise ValueError(f"{name} must be True somewhere, got False everywhere")
    return value


def count(name, value, least=1):
    """Return `value` if it is a whole number of at least `least`."""
    whole = isinstance(value, int | np.integer) and not isinstance(value, bool)
    if not whole:
        raise TypeError(f"{name} must be a whole number, got {value!r}")
    if value < least:
        raise ValueError(f"{name} must be at least {least}, got {value}")
    return int(value)


def real(name, value, low=-np.inf, high=np.inf):
    """Return `value` if it is a finite real number from `low` to `high`."""
    number = isinstance(value, int | float | np.integer | np.floating)
    if not number or isinstance(value, bool):
        raise TypeError(f"{name} must be a number, got {type(value).__name__}")
    if not np.isfinite(value) or not low <= value <= high:
        raise ValueError(f"{name} must be from {low} to {high}, got {value}")
    return float(value)


def one_of(name, value, choices):
    """Return `value` if it is one of `choices`."""
    if not isinstance(value, str) or value not in choices:
        raise ValueError(f"{name} must be one of {', '.join(choices)}, got {value!r}")
    return value


def shape(name, value, spec, sizes):
    """Check one array against a shape such as "N 4H" and learn the sizes from it.

    Parameters
    ----------
    name : str
        The argument's name, for the message.
    value : ndarray
        What the caller passed.
    spec : str
        One letter or number an axis, a factor in front where there is one: "D 4H".
    sizes : dict of str to int
        The sizes known so far; letters met first here are added to it.

    Raises
    ------
    TypeError, ValueError
        As `array`; and ValueError if the shape does not fit.
    """
    array(name, value)
    axes = [re.fullmatch(r"(\d*)([A-Z]?)", axis).groups() for axis in spec.split()]
    fits = value.ndim == len(axes)
    if fits:
        for size, (factor, letter) in zip(value.shape, axes, strict=True):
            times = int(factor or 1)
            if letter and letter not in sizes and size % times == 0:
                sizes[letter] = size // times
            fits = fits and size == times * (sizes.get(letter, 0) if letter else 1)
    if fits:
        return
    letters = ", ".join(spec.split()) + ("," if len(axes) == 1 else "")
    used = dict.fromkeys(letter for _, letter in axes)
    known = [f"{k} = {sizes[k]}" for k in used if k in sizes]
    message = f"{name} must have shape ({letters})"
    message += f" with {', '.join(known)}" if known else ""
    message += f", got {value.shape}"
    if value.ndim == len(axes) - 1 and spec.startswith("N"):
        message += f": add a batch axis with {name}[None]"
    raise ValueError(message)


def shapes(**specs):
    """Decorate a function so that the named arguments are checked by `shape`.

    ``@shapes(x_t="N D", W_x="D 4H")`` binds N, D and H from the first array that shows
    them, in the order written, and holds every later one against them.
    An argument that is None is left to the function.
    """

    def decorate(function):
        names = list(inspect.signature(function).parameters)

        @functools.wraps(function)
        def checked(*args, **kwargs):
            given = dict(zip(names, args, strict=False)) | kwargs
            sizes = {}
            for name, spec in specs.items():
                if given.get(name) is not None:
                    shape(name, given[name], spec, sizes)
            return function(*args, **kwargs)

        return checked

    return decorate

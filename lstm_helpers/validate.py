"""Check arguments; say in one sentence which is wrong, what came and what was wanted.

The sizes are the letters of the series: N batch, T time, D input, H hidden, O output.
"""

import functools
import inspect
import os
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


def numbers(name, value):
    """Return `value` if it is a real number or an array of them, of any shape."""
    kind = getattr(value, "dtype", None)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    if kind is None or not hasattr(kind, "kind") or kind.kind not in "iuf":
        got = type(value).__name__ if kind is None else f"dtype {kind}"
        raise TypeError(f"{name} must be a number or an array of them, got {got}")
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


def flag(name, value):
    """Return `value` if it is True or False."""
    if not isinstance(value, bool | np.bool_):
        raise TypeError(f"{name} must be True or False, got {value!r}")
    return bool(value)


def path(name, value):
    """Return `value` if it names a file."""
    if not isinstance(value, str | os.PathLike):
        raise TypeError(f"{name} must be a text or a Path, got {type(value).__name__}")
    return value


def text(name, value):
    """Return `value` if it is a text."""
    if not isinstance(value, str):
        raise TypeError(f"{name} must be a text, got {type(value).__name__}")
    return value


def function(name, value):
    """Return `value` if it can be called."""
    if not callable(value):
        raise TypeError(f"{name} must be a function, got {type(value).__name__}")
    return value


def mapping(name, value):
    """Return `value` if it maps names to something, as a dict does."""
    if not hasattr(value, "items") or not hasattr(value, "keys"):
        raise TypeError(f"{name} must map names to arrays, got {type(value).__name__}")
    return value


def generator(name, value):
    """Return `value` if it is a random generator."""
    if not isinstance(value, np.random.Generator):
        raise TypeError(
            f"{name} must be a numpy.random.Generator, got {type(value).__name__}: "
            f"make one with {name} = np.random.default_rng(0)"
        )
    return value


def seed(name, value):
    """Return a random generator: `value` itself, or one that starts from a number."""
    if isinstance(value, np.random.Generator):
        return value
    whole = isinstance(value, int | np.integer) and not isinstance(value, bool)
    if not whole or value < 0:
        kind = ValueError if whole else TypeError
        raise kind(f"{name} must be a numpy.random.Generator or a whole number from 0 "
                   f"up, got {value!r}")
    return np.random.default_rng(value)


def float_type(name, value):
    """Return `value` if it is float32 or float64."""
    if not isinstance(value, type | np.dtype | str) or value not in (
            np.float32, np.float64, float, "float32", "float64"):
        raise ValueError(f"{name} must be float32 or float64, got {value!r}")
    return value


def cache(name, value, kind):
    """Return `value` if it is a tuple of as many parts as a step's cache has."""
    if not isinstance(value, tuple) or len(value) != len(kind._fields):
        raise TypeError(f"{name} must be a {kind.__name__}, as the step returns it, "
                        f"got {type(value).__name__}")
    return value


def caches(name, value, kind):
    """Return `value` if it is a list of caches."""
    if not isinstance(value, list | tuple) or isinstance(value, kind) or not value:
        what = "an empty one" if isinstance(value, list) else type(value).__name__
        raise TypeError(f"{name} must be a list of {kind.__name__}, one for each step, "
                        f"got {what}")
    cache(f"{name}[0]", value[0], kind)
    return value


def shapes(**specs):
    """Decorate a function so that the named arguments are checked by `shape`.

    ``@shapes(x_t="N D", W_x="D 4H")`` binds N, D and H from the first array that shows
    them, in the order written, and holds every later one against them. An argument
    whose default is None may be None. Besides shapes there are a cache's class, a list
    that holds it (for a list of T caches), and `callable`.

    The function itself, for loops whose arguments are known to fit, is kept as
    ``.unchecked``.
    """

    def decorate(function):
        parameters = inspect.signature(function).parameters
        names = list(parameters)
        optional = {k for k, z in parameters.items() if z.default is None}
        given_anyway = {k: z.default for k, z in parameters.items()
                        if k in specs and z.default is not inspect.Parameter.empty}

        @functools.wraps(function)
        def checked(*args, **kwargs):
            given = given_anyway | dict(zip(names, args, strict=False)) | kwargs
            sizes = {}
            for name, spec in specs.items():
                if name in given and not (given[name] is None and name in optional):
                    fits(name, given[name], spec, sizes)
            return function(*args, **kwargs)

        checked.unchecked = function
        return checked

    return decorate


def fits(name, value, spec, sizes):
    """Check one argument of a function that `shapes` decorates."""
    if isinstance(spec, str):
        shape(name, value, spec, sizes)
    elif spec is callable:
        function(name, value)
    elif isinstance(spec, list):
        caches(name, value, *spec)
        sizes["T"] = len(value)
        sizes |= dict(zip("NH", np.shape(value[0][1]), strict=False))  # of h_prev
    else:
        cache(name, value, spec)
        sizes |= dict(zip("NH", np.shape(value[1]), strict=False))  # of h_prev

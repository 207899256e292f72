"""Read an answer in the form that is wanted, or say in one sentence how it differs."""

import re
from decimal import Decimal
from numbers import Complex, Integral, Real

import numpy as np


class Unfinished(Exception):
    """The answer, or a part of it, is still `...`."""


class Description(dict):
    """A dict made of an answer: unlike a learner's, with nothing more in it."""


class WrongForm(Exception):
    """The answer has another type or shape; the message is for the learner."""


def sentence(text):
    """Begin with a capital letter and end with a full stop, where there is no other."""
    text = str(text)
    return text[0].upper() + text[1:] + ("" if text[-1] in ".?!" else ".")


def article(value):
    """Name the type of an answer as one would say it."""
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}"
    if callable(value):
        return "a function"
    if isinstance(value, list | tuple):
        n = len(value)
        return f"a {type(value).__name__} of {n} value{'' if n == 1 else 's'}"
    names = {str: "a string", bool: "True or False", np.bool_: "True or False",
             type(None): "None"}
    if type(value) in names:
        return names[type(value)]
    for kind, name in ((Integral, "a whole number"), (Real, "a number"),
                       (Complex, "a complex number")):
        if isinstance(value, kind):
            return name
    name = type(value).__name__
    return f"{'an' if name[0] in 'aeioAEIO' else 'a'} {name}"


def numbers(value, name):
    """Return a plain float64 copy of an array-like of real numbers."""
    try:
        plain = np.array(value, subok=False)
    except Exception:
        if isinstance(value, tuple):
            raise WrongForm(f"{name} must be one array; {article(value)} "
                            "came") from None
        raise WrongForm(f"{name} cannot be read as an array of numbers: "
                        "do its rows differ in length?") from None
    if plain.dtype.kind == "c":
        raise WrongForm(f"{name} must hold real numbers; complex ones came. Their size "
                        "is `np.abs`, their real part `.real`")
    if plain.dtype.kind == "O" and any(part is ... for part in plain.flat):
        raise Unfinished(f"a part of {name} is still `...`")
    if plain.dtype.kind == "O" and plain.size and all(
            isinstance(part, Real | Decimal) and not isinstance(part, bool | np.bool_)
            for part in plain.flat):
        plain = plain.astype(np.float64)  # fractions and decimals
    if plain.dtype.kind not in "iuf":
        held = {"U": "text", "S": "bytes", "b": "truth values"}
        inside = f" with {held.get(plain.dtype.kind, 'other things')} in it"
        raise WrongForm(f"{name} must hold real numbers; {article(value)}"
                        f"{inside if plain.ndim else ''} came")
    return plain.astype(np.float64)


def wrong_shape(name, came, wanted):
    """Say how one shape differs from another, with the likely reason."""
    if came == ():
        return f"{name} is a single number; an array of shape {wanted} was wanted"
    text = f"{name} has shape {came}; wanted was {wanted}"
    if came == wanted[::-1]:
        return text + ". It is transposed: its axes have changed places"
    if came == wanted[1:]:
        return text + f". Its first axis, of length {wanted[0]}, is missing"
    if wanted == tuple(n for n in came if n != 1):
        return text + ". An axis of length 1 is too many"
    if came == tuple(n for n in wanted if n != 1):
        return text + (". An axis of length 1 is missing: `[..., None]` adds it at "
                       "the end")
    if sorted(came) == sorted(wanted):
        return text + ". The axes are there, in another order"
    return text


def read(value, wanted, name="your answer", names=()):
    """Flatten an answer into labelled parts, each a float64 array or a string.

    Parameters
    ----------
    value : object
        What the learner handed in.
    wanted : object
        An answer of the right form.
    name : str
        What to call the value in a message.
    names : sequence of str
        What to call the parts of a tuple.

    Returns
    -------
    list of (str, ndarray or str)

    Raises
    ------
    Unfinished, WrongForm
    """
    if value is ...:
        raise Unfinished(f"{name} is still `...`")
    if value is None:
        raise WrongForm(f"{name} is None: is a `return` or an assignment missing?")
    if isinstance(wanted, str):
        if not isinstance(value, str):
            raise WrongForm(f"{name} must be a letter or word in quotes; "
                            f"{article(value)} came")
        return [(name, word(value, wanted))]
    if isinstance(wanted, tuple | list):
        return read_tuple(value, wanted, name, names)
    if isinstance(wanted, dict):
        return read_dict(value, wanted, name)
    if callable(value):
        raise WrongForm(f"{name} is a function; what it returns was wanted: call it")
    if isinstance(wanted, bool | np.bool_):
        if not isinstance(value, bool | np.bool_):
            raise WrongForm(f"{name} must be True or False; {article(value)} came")
        return [(name, str(value))]
    if isinstance(value, str):
        try:
            float(value)
        except ValueError:
            raise WrongForm(f"{name} must be a number such as 0.35 or 12; text came: "
                            "leave out the quotes, or work it out") from None
        raise WrongForm(f"{name} must be a number; a string came: leave out the quotes")
    if isinstance(value, bool | np.bool_):
        raise WrongForm(f"{name} must be a number; True or False came")
    plain = numbers(value, name)
    shape = np.shape(wanted)
    if plain.shape != shape:
        if shape == ():
            raise WrongForm(f"{name} must be one number; {article(value)} came")
        if isinstance(value, tuple):
            raise WrongForm(f"{name} must be one array; {article(value)} came")
        raise WrongForm(wrong_shape(name, plain.shape, shape))
    return [(name, plain)]


def word(value, wanted):
    """Read a letter or word: "b)" is b, and "c -> f -> d" is cfd."""
    said = str(value).strip().strip("().:").lower()
    return re.sub(r"[\W_]+", "", said) if wanted.isalpha() else said


def read_tuple(value, wanted, name, names):
    """Read several values, each in the form of its counterpart."""
    if not names:
        names = [f"value {k + 1}" for k in range(len(wanted))]
    if isinstance(value, np.ndarray) and value.ndim and len(wanted) == len(value):
        value = list(value)
    if not isinstance(value, tuple | list) or len(value) != len(wanted):
        raise WrongForm(f"{name} must be {len(wanted)} values ({', '.join(names)}); "
                        f"{article(value)} came")
    shapes = [np.shape(part) if isinstance(part, np.ndarray) else None
              for part in value]
    theirs = [np.shape(part) for part in wanted]
    if None not in shapes and shapes != theirs and sorted(shapes) == sorted(theirs):
        raise WrongForm(f"{name} holds arrays of the right shapes, but in another "
                        f"order; wanted is {', '.join(names)}")
    parts = []
    for part, counterpart, label in zip(value, wanted, names, strict=True):
        parts += read(part, counterpart, label)
    return parts


def read_dict(value, wanted, name):
    """Read a dict, each entry in the form of its counterpart."""
    if not isinstance(value, dict):
        raise WrongForm(f"{name} must be a dict; {article(value)} came")
    missing = [f"`{key}`" for key in wanted if key not in value]
    if missing:
        raise WrongForm(f"{name} has no entry {', '.join(missing)}; it has "
                        + (", ".join(f"`{key}`" for key in value) or "none at all"))
    spare = [f"`{key}`" for key in value if key not in wanted]
    if spare and isinstance(wanted, Description):
        raise WrongForm(f"{name} holds more than was wanted: {', '.join(spare)}")
    parts = []
    for key, counterpart in wanted.items():
        parts += read(value[key], counterpart, f"`{key}`")
    return parts


def close(a, b, rtol, atol):
    """Whether two lists of labelled parts agree within a tolerance."""
    if len(a) != len(b):
        return False
    for (_, x), (_, y) in zip(a, b, strict=True):
        if isinstance(x, str) or isinstance(y, str):
            if not (isinstance(x, str) and isinstance(y, str) and x == y):
                return False
        elif x.shape != y.shape or not np.allclose(x, y, rtol, atol, equal_nan=True):
            return False
    return True

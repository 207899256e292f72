"""Find a small input on which an answer and the solution differ, ready to paste."""

import contextlib
import time

import numpy as np

from lstm_helpers.exercises.engine import form, run, source

SECONDS = 1.0  # for the whole search
WIDTH = 76


def differ(exercise, answer, args):
    """Return both results where the solution has one and the answer another."""
    (right,) = run.call_all(exercise.solution, [args], 0.5, exercise.alarm)[:1]
    (mine,) = run.call_all(answer, [args], 0.5, exercise.alarm)[:1]
    if right.error or isinstance(mine.error, run.TooLong):
        return None
    if mine.error:
        return mine, right
    try:
        wanted = form.read(right.value, right.value)
        if not all(isinstance(part, str) or np.isfinite(part).all()
                   for _, part in wanted):
            return None
        yours = form.read(mine.value, right.value)
    except Exception:
        return mine, right
    return None if form.close(yours, wanted, exercise.rtol, exercise.atol) else (
        mine, right)


def smaller(args):
    """Yield arguments with shorter axes: all axes of one length together."""
    lengths = sorted({n for arg in args if isinstance(arg, np.ndarray)
                      for n in arg.shape if n > 1}, reverse=True)
    for length in lengths:
        for short in dict.fromkeys((1, 2, length // 2, length - 1)):
            if 0 < short < length:
                yield tuple(cut(arg, length, short) for arg in args)
    for k, arg in enumerate(args):
        if type(arg) is int and arg > 1:
            for less in dict.fromkeys((1, 2, arg // 2, arg - 1)):
                if less < arg:
                    yield (*args[:k], less, *args[k + 1:])


def cut(arg, length, short):
    """Cut every axis of a length."""
    if not isinstance(arg, np.ndarray):
        return arg
    return arg[tuple(slice(short if n == length else n) for n in arg.shape)].copy()


def simpler(args):
    """Yield arguments with simpler numbers: whole, or with one digit."""
    for k, arg in enumerate(args):
        if isinstance(arg, np.ndarray) and arg.dtype.kind == "f":
            for new in (np.zeros_like(arg), np.ones_like(arg), np.round(arg),
                        np.round(arg, 1)):
                if len(literal(new)) < len(literal(arg)):
                    yield (*args[:k], new, *args[k + 1:])
        elif type(arg) is float and arg != round(arg, 1):
            yield (*args[:k], round(arg, 1), *args[k + 1:])


def smallest(exercise, answer, probes):
    """Return code that shows the difference on a small input, or the empty string.

    Parameters
    ----------
    exercise : Exercise
        One whose answer is a function of arrays and numbers.
    answer : callable
    probes : list of tuple

    Returns
    -------
    str
        Two calls as one types them, each with its result as a comment.
    """
    until = time.perf_counter() + SECONDS
    plain = np.ndarray | int | float
    for args in probes:
        if not args or not all(isinstance(arg, plain) for arg in args):
            return ""
        both = differ(exercise, answer, args)
        if both:
            break
    else:
        return ""
    for step in (smaller, simpler):
        going = True
        while going and time.perf_counter() < until:
            going = False
            for less in step(args):
                found = differ(exercise, answer, less)
                if found and bool(found[0].error) == bool(both[0].error):
                    args, both, going = less, found, True
                    break
    bare = source.plain(answer)
    name = bare.__name__ if bare and bare.__name__.isidentifier() else "your_function"
    call = f"{name}({', '.join(literal(arg) for arg in args)})"
    return f"{call}\n# yours: {result(both[0])}\n# right: {result(both[1])}"


def literal(value):
    """Write a value as one types it."""
    if not isinstance(value, np.ndarray):
        return f"{value:.6g}" if isinstance(value, float) else repr(value)
    text = np.array2string(value, separator=", ", precision=4, threshold=10_000,
                           max_line_width=10_000, floatmode="maxprec")
    return f"np.array({' '.join(text.split())})".replace("[ ", "[")


def result(outcome):
    """Write what came of a call in one line."""
    if outcome.error:
        return type(outcome.error).__name__
    value = outcome.value
    if isinstance(value, np.ndarray | list | float | int | np.generic):
        with contextlib.suppress(TypeError, ValueError):
            value = np.asarray(value, dtype=float)
    text = literal(value).removeprefix("np.array(").removesuffix(")") if isinstance(
        value, np.ndarray) else " ".join(str(value).split())
    return text if len(text) <= WIDTH else text[:WIDTH] + " …"

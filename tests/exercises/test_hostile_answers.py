"""Thousands of answers no teacher has seen: no traceback, no false accept.

Each of the four tests draws as many as the environment variable HOSTILE says.
"""

import os

import numpy as np
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from lstm_helpers.exercises import catalogue
from lstm_helpers.exercises.engine.judge import Verdict, judge

ALL = [e for nb in catalogue.notebooks() for e in catalogue.exercises_of(nb)]
FUNCTIONS = [e for e in ALL if e.wants_function]
VALUES = [e for e in ALL if not e.wants_function]
OUTCOMES = {"not attempted", "too slow", "right", "mistake", "raised", "wrong form",
            "not finite", "differs", "changed its input", "unsteady"}
QUIET = settings(max_examples=int(os.environ.get("HOSTILE", "300")), deadline=None,
                 suppress_health_check=list(HealthCheck),
                 # Explaining traces every line; in CPython 3.11 a trace may never end
                 # where a time limit has just struck.
                 phases=[z for z in Phase if z is not Phase.explain])


class Hostile:
    """Raises whatever one does with it."""

    def refuse(self, *args, **kwargs):
        raise RuntimeError("hostile")

    __array__ = __eq__ = __len__ = __iter__ = __repr__ = __str__ = refuse
    __float__ = __bool__ = __getitem__ = __deepcopy__ = __add__ = refuse
    __hash__ = None


class HostileError(Exception):
    def __str__(self):
        raise ValueError("no message for you")


class Liar(np.ndarray):
    """An array that equals everything."""

    def __array_ufunc__(self, *args, **kwargs):
        return np.bool_(True)


numbers = st.one_of(
    st.integers(), st.floats(allow_nan=True, allow_infinity=True), st.booleans(),
    st.complex_numbers(), st.sampled_from([np.float32(1), np.int8(3), np.bool_(True)]),
)
arrays = hnp.arrays(
    dtype=st.one_of(hnp.floating_dtypes(), hnp.integer_dtypes(), hnp.boolean_dtypes(),
                    hnp.complex_number_dtypes(), hnp.unicode_string_dtypes()),
    shape=hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=5),
)
plain = st.one_of(
    st.none(), st.text(), st.binary(), numbers, arrays, st.just(...),
    st.builds(Hostile), st.just(np.zeros((2, 5)).view(Liar)), st.just(object),
    st.just(range(3)), st.just(iter([1])), st.just(np.array([None, "x"], dtype=object)),
)
values = st.recursive(
    plain,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.tuples(inner, inner),
        st.dictionaries(st.text(max_size=3), inner, max_size=3), st.sets(st.integers()),
    ),
    max_leaves=6,
)
ERRORS = [ValueError, TypeError, KeyError, HostileError, RecursionError, MemoryError,
          SystemExit, GeneratorExit, StopIteration, AssertionError, OSError]


def is_right(exercise, answer):
    """Decide on a value without the engine."""
    wanted = exercise.solution
    if isinstance(wanted, str):
        return isinstance(answer, str) and answer.strip().lower() == wanted
    if isinstance(answer, bool | np.bool_ | str | bytes):
        return False
    try:
        mine = np.array(answer, dtype=float, subok=False)
        theirs = np.array(wanted, dtype=float)
    except Exception:
        return True  # of another kind than numbers: not decided here
    return mine.shape == theirs.shape and np.allclose(
        mine, theirs, exercise.rtol, exercise.atol
    )


def holds_nothing_of_ours(verdict):
    text = " ".join(verdict.lines)
    return verdict.outcome in OUTCOMES and text and "Traceback" not in text


@QUIET
@given(st.sampled_from(VALUES), values)
def test_values(exercise, answer):
    verdict = judge(exercise, answer)
    assert isinstance(verdict, Verdict) and holds_nothing_of_ours(verdict)
    if verdict.outcome == "right":
        assert is_right(exercise, answer)


@QUIET
@given(st.sampled_from(FUNCTIONS), values)
def test_something_that_is_no_function(exercise, answer):
    verdict = judge(exercise, answer, limit=5)
    assert holds_nothing_of_ours(verdict)
    assert verdict.outcome != "right"


@QUIET
@given(st.sampled_from(FUNCTIONS), values, st.sampled_from([None, *ERRORS]),
       st.booleans(), st.booleans())
def test_functions_that_return_anything(exercise, value, error, mutates, prints):
    def answer(*args):
        if prints:
            print("x" * 10_000)
        for arg in args:
            if mutates and isinstance(arg, np.ndarray):
                arg[...] = 7
        if error is not None:
            raise error("on purpose")
        return value

    verdict = judge(exercise, answer, limit=5)
    assert holds_nothing_of_ours(verdict)
    assert verdict.outcome != "right"


def spoilt(value, how, rng):
    """Return a right answer with one thing wrong."""
    if isinstance(value, dict):
        key = sorted(value)[int(rng.integers(len(value)))]
        rest = {k: v for k, v in value.items() if k != key}
        return rest if how == "short" else rest | {key: spoilt(value[key], how, rng)}
    if isinstance(value, tuple | list):
        k = int(rng.integers(len(value)))
        if how == "short":
            return value[:-1]
        return (*value[:k], spoilt(value[k], how, rng), *value[k + 1:])
    if isinstance(value, str):
        return value + "x"
    array = np.array(value, dtype=float)
    where = tuple(int(rng.integers(n)) for n in array.shape)
    if how == "entry":
        array[where] += 0.01 + abs(array[where])
    elif how == "nan":
        array[where] = np.nan
    elif how == "axis":
        return array[None]
    elif how == "short":
        return array.ravel()[:-1]
    elif how == "text":
        return str(array)
    elif how == "object":
        boxed = array.astype(object)
        boxed[where] = None
        return boxed
    return array


@QUIET
@given(st.sampled_from(FUNCTIONS), st.integers(0, 2**32),
       st.sampled_from(["entry", "nan", "axis", "short", "text", "object"]))
def test_a_right_answer_with_one_thing_wrong(exercise, seed, how):
    def answer(*args):
        return spoilt(exercise.solution(*args), how, np.random.default_rng(seed))

    verdict = judge(exercise, answer, limit=5)
    assert holds_nothing_of_ours(verdict)
    if exercise.describe and not exercise.needs and verdict.outcome == "right":
        # Many weights do such a job: what is spoilt may still do it.
        args = exercise.probes(np.random.default_rng(0))[0]
        assert exercise.describe(answer(*args)) == exercise.describe(
            exercise.solution(*args))
        return
    assert verdict.outcome != "right", how

"""Wrong answers that were once praised, right ones once refused, words once false."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from lstm_helpers.exercises import catalogue
from lstm_helpers.exercises.engine import form, words
from lstm_helpers.exercises.engine.exercise import Exercise
from lstm_helpers.exercises.engine.judge import judge


def small(solution, probes=None, **more):
    return Exercise(
        id="99.1", title="T", task="t", minutes=1, kind="implement", hints=("a", "b"),
        solution=solution, explanation="Because.", mistakes=(),
        probes=probes, **more)


def said(exercise, answer):
    return " ".join(judge(exercise, answer).lines)


def clipped(right, low, high):
    def answer(*args):
        value = right(*args)
        if isinstance(value, dict):
            return {key: np.clip(part, low, high) for key, part in value.items()}
        return np.clip(value, low, high)

    return answer


def loop_over_three(xs):
    out = xs.copy()
    for k in range(3):
        out[:, :, k] -= xs[:, :, k].mean()
    return out


def overflows_behind_asarray(a):
    return 1 / (1 + np.exp(-np.asarray(a)))


def overflows_in_float16(a):
    return 1 / (1 + np.exp(-np.clip(a, -30, 30)))


def clips_the_forecast(predict, window, low, high):
    y = low + predict((window - low) / (high - low)) * (high - low)
    return np.clip(y, low, high)


@pytest.mark.parametrize("id, answer", [
    ("00.6", loop_over_three),
    ("04.7", overflows_behind_asarray), ("04.7", overflows_in_float16),
    ("05.5", clipped(catalogue.find("05.5").solution, -30, 30)),
    ("05.7", clipped(catalogue.find("05.7").solution, -30, 30)),
    ("05.8", clipped(catalogue.find("05.8").solution, -30, 30)),
    ("09.10", clips_the_forecast),
])
def test_it_is_no_longer_praised(id, answer):
    assert judge(catalogue.find(id), answer).outcome != "right"


def test_models_are_praised_for_what_was_checked_only():
    keras = pytest.importorskip("keras", reason="KERAS IS NOT INSTALLED")

    def model(*layers):
        return keras.Sequential([keras.layers.Input((3, 1)), *layers])

    LSTM, Dense = keras.layers.LSTM, keras.layers.Dense
    for id in ("09.4", "09.5"):
        more = [Dense(4)] if id == "09.5" else []
        for lstm, dense in ((LSTM(10, use_bias=False), Dense(1)),
                            (LSTM(10), Dense(1, use_bias=False)),
                            (LSTM(10, activation="relu"), Dense(1))):
            net = model(lstm, *more, dense)
            assert judge(catalogue.find(id), net).outcome == "differs"
        assert "not how the model is compiled" in catalogue.find(id).explanation
    parts = model(LSTM(5), Dense(8), keras.layers.Activation("relu"), Dense(1))
    assert judge(catalogue.find("09.5"), parts).outcome == "right"
    net = model(LSTM(5), Dense(1))
    net.compile(keras.optimizers.Adam(0.01))
    assert "without a loss" in said(catalogue.find("09.6"), net)


@pytest.mark.parametrize("solution, answer", [
    (0.5, Fraction(1, 2)), (0.5, Decimal("0.5")), ((2, 0.25), (2, Fraction(1, 4))),
    ("cfd", "c -> f -> d"), ("cfd", "C, F, D."), ("b", "b)"),
    ({"a": 1.0}, {"a": 1.0, "note": "mine"}),
])
def test_it_is_no_longer_refused(solution, answer):
    assert judge(small(solution), answer).outcome == "right"


def test_true_false_and_objects_are_still_no_numbers():
    for answer in ([True, False], [None, 1.0], [np.True_, Fraction(1, 2)]):
        assert judge(small((1.0, 0.5)), answer).outcome == "wrong form"
        assert judge(small(np.array([1.0, 0.5])), answer).outcome == "wrong form"


def test_an_argument_that_is_doubled_counts_as_used():
    exercise = small(lambda z: z / np.linalg.norm(z),
                     lambda rng: [(rng.normal(size=4),)])
    assert "the same whatever" not in said(exercise, lambda z: z / np.abs(z).max())
    assert "the same whatever `z` is" in said(exercise, lambda z: np.ones(4))


def test_a_random_answer_is_called_twice():
    exercise = small(lambda z: z, lambda rng: [(rng.normal(size=4),)])
    rng = np.random.default_rng(0)
    verdict = judge(exercise, lambda z: z + rng.normal(size=4))
    assert verdict.outcome == "unsteady" and "Called twice" in verdict.lines[0]
    seen = []

    def gathers(z):
        seen.append(1)
        return z if len(seen) == 1 else z + 1

    assert judge(exercise, gathers).outcome == "unsteady"

    def tires(z):
        seen.append(1)
        if len(seen) > 3:
            raise ValueError
        return z

    assert judge(exercise, tires).outcome == "unsteady"
    assert judge(exercise, lambda z: z).outcome == "right"


def test_all_that_is_wrong_is_named():
    exercise = small(lambda a: (a, 2 * a, 3 * a), lambda rng: [(np.arange(1.0, 5),)],
                     returns=("h_t", "c_t", "y"))
    assert "`c_t`, `y`: not right." in said(exercise, lambda a: (a, a * a, 4 - a))


def test_no_batch_axis_is_supposed():
    text = form.wrong_shape("`W`", (3,), (2, 3))
    assert text.endswith("Its first axis, of length 2, is missing")


def test_a_pair_is_not_taken_for_a_list_of_two():
    error = ValueError("inhomogeneous shape")
    exercise = small(lambda z: z, lambda rng: [(1.0,)])

    def cause(line):
        return words.cause_of(exercise, error, str(error), line)

    assert "eigvals" in cause("line 2: `w = np.array(np.linalg.eig(W))`")
    assert "`[a, b]` is a list" in cause("line 2: `return x @ [a, b]`")
    assert cause("line 2: `return np.array(rows)`") == ""


def test_a_count_is_in_no_unit():
    assert "per cent" not in said(small(50, rtol=0), 5000)
    assert "per cent" in said(small(0.35, rtol=0), 35)

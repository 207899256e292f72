"""Answers that are described before they are compared: Keras models in notebook 09."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from lstm_helpers.exercises import catalogue
from lstm_helpers.exercises.engine.judge import judge

UNITS, DENSE, RATE = (catalogue.find(f"09.{k}") for k in (4, 5, 6))


@pytest.fixture
def keras():
    return pytest.importorskip("keras", reason=(
        "KERAS IS NOT INSTALLED: answers that are Keras models are NOT tested"
    ))


def test_nothing_is_imported_before_a_model_comes():
    code = """
import sys
from lstm_helpers.exercises.catalogue import exercises_of
from lstm_helpers.exercises.engine.judge import judge
for exercise in exercises_of("09"):
    if exercise.needs:
        for answer in (..., lambda: ..., lambda: None, lambda: 10, lambda: 1 / 0):
            judge(exercise, answer)
assert not {"keras", "jax", "torch", "tensorflow"} & set(sys.modules)
"""
    root = Path(__file__).parents[2]
    subprocess.run([sys.executable, "-c", code], check=True, cwd=root)


def test_without_keras_a_stub_stays_open_and_an_answer_is_told(monkeypatch):
    found = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec",
                        lambda name: None if name == "keras" else found(name))
    assert judge(UNITS, lambda: ...).outcome == "not attempted"
    verdict = judge(UNITS, lambda: None.Sequential())
    assert verdict.outcome == "not possible here"
    assert verdict.lines[0].startswith("This exercise needs `keras`, which is not")


@pytest.mark.parametrize(
    "answer, outcome, words",
    [
        (lambda: None, "wrong form", "`return model` missing"),
        (lambda: 10, "wrong form", "must be a Keras model, got int"),
        (lambda: [], "wrong form", "must be a Keras model, got list"),
        (lambda: ..., "not attempted", "still `...`"),
        (lambda units: units, "wrong form", "the check passes no argument"),
        (lambda: undefined, "raised", "NameError"),  # noqa: F821
        (10, "wrong form", "Pass the function itself"),
    ],
)
def test_what_is_no_model(keras, answer, outcome, words):
    verdict = judge(UNITS, answer)
    assert verdict.outcome == outcome
    assert words in " ".join(verdict.lines), verdict.lines


def test_an_endless_build_is_interrupted():
    def build():
        while True:
            pass

    assert judge(UNITS, build, limit=0.3).outcome == "too slow"


def said(exercise, build):
    return " ".join(judge(exercise, build).lines).replace("`", "")


def test_unlisted_mistakes_name_what_differs(keras):
    def model(*layers, size=(3, 1)):
        return lambda: keras.Sequential([keras.layers.Input(size), *layers])

    LSTM, Dense = keras.layers.LSTM, keras.layers.Dense
    assert "units: yours is 12" in said(UNITS, model(LSTM(12), Dense(1)))
    assert "yours is 'gru, dense'" in said(UNITS, model(keras.layers.GRU(10), Dense(1)))
    verdict = judge(UNITS, model(LSTM(10), Dense(7)))  # ten answers or seven: the same
    assert verdict.outcome == "mistake" and "ten answers" in verdict.lines[0]
    assert judge(UNITS, model(LSTM(10), Dense(1))()).outcome == "right"  # the model
    assert judge(UNITS, model(LSTM(5), Dense(1))()).outcome == "mistake"
    unbuilt = said(UNITS, lambda: keras.Sequential([LSTM(10), Dense(1)]))
    assert "Model must know the shape of its input" in unbuilt
    dropped = model(LSTM(10), keras.layers.Dropout(0.1), Dense(1))
    assert "yours is 'lstm, dropout, dense'" in said(DENSE, dropped)

    def at_rate(rate):
        def build():
            net = model(LSTM(3), Dense(1))()
            net.compile(keras.optimizers.Adam(rate), loss="mae")
            return net

        return build

    assert judge(RATE, at_rate(0.01)).outcome == "right"
    assert "yours is 0.02" in said(RATE, at_rate(0.02))

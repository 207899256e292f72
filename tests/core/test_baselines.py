"""Baselines, held against what theory says of them."""

import numpy as np
import pytest

from lstm_helpers import baselines, tasks


def test_persistence_repeats_and_does_not_share_memory():
    xs = np.random.default_rng(0).normal(size=(4, 5, 2))
    ys = baselines.persistence(xs)
    assert np.array_equal(ys, xs) and not np.shares_memory(ys, xs)


@pytest.mark.parametrize("frequency", [0.1, 0.03, 0.45])
def test_two_lag_rule_is_exact_from_the_second_step(frequency):
    rng = np.random.default_rng(1)
    xs, ys, phases = tasks.sine(rng, 50, 25, frequency)
    error = baselines.two_lag_rule(xs, frequency) - ys
    assert np.abs(error[:, 1:]).max() < 1e-13
    # What is left at the first step is the floor of the drawn phases.
    floor = np.sin(2 * np.pi * frequency) ** 2 * np.mean(np.cos(phases) ** 2) / 25
    assert np.isclose(np.mean(error**2), floor, rtol=1e-10)


def test_persistence_on_the_sine_is_as_computed_by_hand():
    xs, ys, _ = tasks.sine(np.random.default_rng(2), 20_000, 25)
    mse = np.mean((baselines.persistence(xs) - ys) ** 2)
    assert np.isclose(mse, 1 - np.cos(0.2 * np.pi), rtol=0.01)  # .191


@pytest.mark.parametrize("seed", range(3))
def test_autoregression_finds_the_weights_of_a_linear_rule(seed):
    rng = np.random.default_rng(seed)
    W, b = rng.normal(size=(8, 3)), rng.normal(size=3)
    xs = 50 + rng.normal(size=(40, 4, 2))
    ys = xs.reshape(40, 8) @ W + b
    model = baselines.LinearAutoregression().fit(xs, ys)
    assert np.allclose(model.W, W, atol=1e-9) and np.allclose(model.b, b, atol=1e-7)
    assert np.allclose(model.predict(xs[:2]), ys[:2], atol=1e-9)


def test_autoregression_is_the_best_linear_rule_on_noise():
    rng = np.random.default_rng(3)
    xs, ys = rng.normal(size=(30, 4, 1)), rng.normal(size=(30, 1))
    model = baselines.LinearAutoregression().fit(xs, ys)
    error = model.predict(xs) - ys
    # Least squares leaves an error that no input explains.
    assert np.abs(xs.reshape(30, 4).T @ error).max() < 1e-12
    assert abs(error.sum()) < 1e-12


def test_autoregression_rediscovers_the_two_lag_rule():
    xs, ys, _ = tasks.sine(np.random.default_rng(4), 100, 2)
    model = baselines.LinearAutoregression().fit(xs, ys[:, -1])
    assert np.allclose(model.W[:, 0], [-1, 2 * np.cos(0.2 * np.pi)])


@pytest.mark.parametrize(
    "call, error, words",
    [
        (lambda: baselines.persistence(np.ones((3, 4))), ValueError, "(N, T, D)"),
        (lambda: baselines.persistence([[[1.0]]]), TypeError, "NumPy array"),
        (lambda: baselines.two_lag_rule(np.ones((1, 3, 1)), 0.7), ValueError,
         "frequency"),
        (lambda: baselines.two_lag_rule(np.full((1, 3, 1), np.nan), 0.1), ValueError,
         "finite"),
        (lambda: baselines.LinearAutoregression().predict(np.ones((1, 3, 1))),
         RuntimeError, "call fit"),
        (lambda: baselines.LinearAutoregression().fit(
            np.ones((5, 3, 1)), np.ones((4, 1))), ValueError, "N = 5"),
        (lambda: baselines.LinearAutoregression().fit(
            np.ones((5, 3, 1)), np.ones((5, 1))).predict(np.ones((1, 4, 1))),
         ValueError, "T = 3"),
    ],
)
def test_bad_input_is_named(call, error, words):
    with pytest.raises(error) as raised:
        call()
    assert words in str(raised.value)

"""What notebook 08 claims of a sine: the floor, who reaches it, and what removes it."""

import numpy as np
import pytest

from lstm_helpers import baselines, tasks, train
from lstm_helpers.exercises.catalogue import find
from lstm_helpers.model import Recurrent

floor_of_draw = find("08.8").solution
OMEGA, T = 2 * np.pi * 0.1, 25


def fitted(cell, xs, ys, seed):
    model = Recurrent(cell, H=16, every_step=True, rng=seed)
    train.fit(model, xs, ys, epochs={"rnn": 300, "lstm": 100}[cell], batch_size=50,
              optimizer=train.Adam(0.08), schedule="cosine", clip_norm=0.2, rng=seed,
              progress=False)
    return model


@pytest.mark.parametrize("frequency", [0.1, 0.03, 0.23, 0.4])
def test_the_floor_of_a_draw_is_what_the_exact_rule_leaves(frequency):
    xs, ys, phases = tasks.sine(np.random.default_rng(0), 40, 9, frequency)
    left = np.mean((baselines.two_lag_rule(xs, frequency) - ys) ** 2)
    assert np.isclose(left, floor_of_draw(phases, frequency, 9), rtol=1e-9)
    wrong = floor_of_draw(phases + np.pi / 2, frequency, 9)  # sin² of the phases
    assert not np.isclose(left, wrong, rtol=1e-3)


def test_the_expected_floor_is_the_mean_over_all_phases():
    phases = np.linspace(0, 2 * np.pi, 360, endpoint=False)
    expected = np.sin(OMEGA) ** 2 / (2 * T)
    assert np.isclose(floor_of_draw(phases, 0.1, T), expected, rtol=1e-12)
    assert np.isclose(find("08.7").solution, expected, atol=5e-7)


def test_no_function_of_the_first_value_does_better():
    # The best forecast from x_0 is the mean of x_1 given x_0: estimated in narrow bins.
    xs, ys, phases = tasks.sine(np.random.default_rng(1), 200_000, 1)
    order = np.argsort(xs[:, 0, 0])
    groups = ys[order, 0, 0].reshape(400, 500)  # 500 waves of nearly equal x_0
    best = np.mean((groups - groups.mean(axis=1, keepdims=True)) ** 2) * 500 / 499
    assert np.isclose(best, floor_of_draw(phases, 0.1, 1), rtol=0.005)
    assert np.allclose(groups.mean(axis=1), np.cos(OMEGA) * np.sort(
        xs[:, 0, 0]).reshape(400, 500).mean(axis=1), atol=0.1)


@pytest.mark.parametrize("cell", ["rnn", "lstm"])
@pytest.mark.parametrize("seed", [3, 4])
def test_both_cells_reach_the_floor(cell, seed):
    xs, ys, phases = tasks.sine(np.random.default_rng(0))
    model = fitted(cell, xs, ys, seed)
    assert abs(model.loss(xs, ys) / floor_of_draw(phases, 0.1, T) - 1) < 0.01
    assert np.mean((model.predict(xs)[:, 2:] - ys[:, 2:]) ** 2) <= 1e-5
    # One sine was learned, its height included: a run returns to it.
    for height in (0.5, 2):
        run = model.free_run(height * xs[:20], 120)[:, -20:]
        assert np.isclose(np.sqrt(2 * np.mean(run**2)), 1, atol=0.05)


def test_without_the_doubt_about_the_direction_there_is_no_floor():
    phases = np.random.default_rng(2).uniform(-np.pi / 2, np.pi / 2, 500)
    waves = np.sin(OMEGA * np.arange(T + 1) + phases[:, None])[..., None]
    xs, ys = waves[:, :-1], waves[:, 1:]
    assert np.isclose(np.mean(np.cos(phases) ** 2), 0.5, atol=0.05)  # as for all phases
    assert fitted("rnn", xs, ys, 0).loss(xs, ys) < floor_of_draw(phases, 0.1, T) / 50

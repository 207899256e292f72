"""The rungs: each against numbers made in another way."""

import dataclasses

import numpy as np
import pytest

from lstm_helpers import forecast
from lstm_helpers.forecast import ladder


def wave(n=600, period=20, noise=0.0, **more):
    t = np.arange(n)
    values = 10 + np.sin(2 * np.pi * t / period)
    values += noise * np.random.default_rng(0).normal(size=n)
    return forecast.Series("wave", values, ahead=3, window=8, season=period, **more)


def parts_of(series):
    return forecast.split(forecast.cut(series), series.ahead, len(series))


def test_seasonal_naive_is_exact_on_a_season_and_steps_back_over_a_gap():
    series = wave()
    test = parts_of(series).test
    np.testing.assert_allclose(forecast.seasonal_naive(series, test.at), test.ys,
                               atol=1e-9)
    values = series.values.copy()
    first = int(test.at[0]) + 3 - 20
    values[first] = np.nan
    holed = dataclasses.replace(series, values=values)
    np.testing.assert_allclose(forecast.seasonal_naive(holed, test.at[:1]),
                               values[first - 20], atol=1e-9)
    with pytest.raises(ValueError, match="no reading a whole number of seasons"):
        forecast.seasonal_naive(series, np.array([2]))


def test_simple_rungs_against_plain_numpy():
    series = wave(noise=0.3)
    parts = parts_of(series)
    made = ladder.simple(series, parts)
    assert list(made) == ["persistence", "mean", "seasonal naive", "AR", "AR on roots"]
    ones = np.ones((len(parts.train.ys), 1))
    rows = np.hstack([parts.train.xs[..., 0], ones])
    weights = np.linalg.solve(rows.T @ rows, rows.T @ parts.train.ys)
    there = np.hstack([parts.test.xs[..., 0], np.ones((len(parts.test.ys), 1))])
    np.testing.assert_allclose(made["AR"](parts.test), there @ weights, rtol=1e-6)
    rows[:, :-1] **= 0.5
    weights = np.linalg.solve(rows.T @ rows, rows.T @ parts.train.ys**0.5)
    there[:, :-1] **= 0.5
    np.testing.assert_allclose(made["AR on roots"](parts.test), (there @ weights) ** 2,
                               rtol=1e-6)
    assert "AR on roots" not in ladder.simple(
        *(lambda s: (s, parts_of(s)))(dataclasses.replace(
            series, values=series.values - 10)))


def test_nearest_finds_the_most_similar_window():
    parts = parts_of(wave(noise=0.3))
    a, b = parts.train.xs[..., 0], parts.test.xs[..., 0]
    at = ((b[:, None] - a[None]) ** 2).sum(axis=2).argmin(axis=1)
    np.testing.assert_array_equal(forecast.nearest(parts.train, parts.test),
                                  parts.train.ys[at])


def test_a_perfect_forecast_has_skill_one_and_persistence_none():
    assert forecast.skill(0.0, 2.0) == 1 and forecast.skill(2.0, 2.0) == 0
    assert forecast.rmse(np.array([[1.0], [3.0]]), np.array([[1.0], [1.0]])) == 2**0.5


def test_the_interval_covers_what_it_says_where_nothing_changes():
    rng = np.random.default_rng(1)
    low, high = forecast.band(rng.normal(size=200_000), 0.8)
    assert abs(low + 1.2816) < 0.03 and abs(high - 1.2816) < 0.03
    ys = rng.normal(size=(20_000, 1))
    assert abs(forecast.coverage(ys, np.zeros_like(ys), low, high) - 0.8) < 0.01
    assert forecast.coverage(3 * ys, np.zeros_like(ys), low, high) < 0.4


def test_blocks_won_counts_blocks():
    series = wave(block=50)
    parts = parts_of(series)
    good = parts.test.ys + 0.1
    mixed = good.copy()
    mixed[parts.test.at < 500] -= 0.09
    won, blocks = forecast.blocks_won(series, parts, mixed, good)
    assert (won, blocks) == (2, 4)  # 420-450, 450-500 of 420-600


def test_a_network_learns_a_wave_and_the_ladder_says_so():
    series = wave(noise=0.05)
    verdict = forecast.evaluate(series, seeds=(0, 1), kinds=("window MLP", "RNN"),
                                show=False, progress=False)
    rungs = {rung.name: rung for rung in verdict.rungs}
    assert rungs["RNN"].error < 0.2 * rungs["persistence"].error
    assert len(rungs["RNN"].test) == 2
    assert "To beat: AR" in verdict.words
    assert all(name in verdict.table for name in rungs)


def test_no_bet_on_a_random_walk():
    walk = forecast.Series("walk", np.cumsum(np.random.default_rng(3).normal(size=800)))
    verdict = forecast.evaluate(walk, seeds=(0, 1), kinds=("RNN",), show=False,
                                progress=False)
    assert "To beat: persistence" in verdict.words or "To beat: AR" in verdict.words
    assert "beats it with every seed" not in verdict.words


def test_evaluate_prints_table_picture_and_verdict(capsys):
    verdict = forecast.evaluate(wave(noise=0.3), seeds=(0,), kinds=("window MLP",),
                                progress=False, epochs=2)
    said = capsys.readouterr().out
    assert verdict.table in said and verdict.words in said


def test_evaluate_refuses_what_says_nothing():
    with pytest.raises(TypeError, match="series must be a Series"):
        forecast.evaluate(np.arange(100.0))
    with pytest.raises(ValueError, match="too few rows for a verdict"):
        forecast.evaluate(wave(120), show=False)


def test_walk_forward_tests_on_stretches_that_follow_one_another():
    ladders = forecast.walk_forward(wave(noise=0.1), folds=3, kinds=(), progress=False)
    sizes = [len(rungs[0].forecasts[0]) for rungs in ladders]
    assert sizes == [90, 90, 87]  # 15 % each; the last targets are beyond the end


def test_a_saved_network_forecasts_the_same(tmp_path):
    series = wave(noise=0.1)
    parts = parts_of(series)
    for kind, change in (("mlp", True), ("lstm", False), ("gru", True)):
        net = forecast.Network(kind, H=4, change=change, epochs=2).fit(parts, False)
        path = tmp_path / f"{kind}.npz"
        net.save(path)
        back = forecast.load_network(path)
        np.testing.assert_array_equal(back.predict(parts.test.xs),
                                      net.predict(parts.test.xs))
        assert (back.low, back.high, back.T) == (net.low, net.high, 8)
    net.model.save(path)
    with pytest.raises(ValueError, match="without its scale"):
        forecast.load_network(path)
    with pytest.raises(RuntimeError, match="call fit"):
        forecast.Network().predict(parts.test.xs)
    with pytest.raises(ValueError, match=r"xs must have shape \(N, T, 1\)"):
        net.predict(parts.test.xs[:, 1:])
    with pytest.raises(TypeError, match="parts must be"):
        net.fit(parts.test)


def test_the_window_mlp_is_one_step_of_an_rnn():
    parts = parts_of(wave(noise=0.1))
    net = forecast.Network("mlp", H=5, change=False, epochs=3,
                           dtype=np.float64).fit(parts, False)
    p = net.model.params
    z = net.scale.into(parts.test.xs[..., 0])
    by_hand = np.tanh(z @ p["W_x"] + p["b"]) @ p["W_y"] + p["b_y"]
    np.testing.assert_allclose(net.predict(parts.test.xs), net.scale.back(by_hand),
                               rtol=1e-12)

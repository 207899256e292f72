"""Windows cross no gap, parts follow one another, and a planted leak shows."""

import dataclasses

import numpy as np
import pytest

from lstm_helpers import forecast
from lstm_helpers.baselines import LinearAutoregression
from lstm_helpers.forecast import ladder
from lstm_helpers.forecast.windows import Parts, Windows


def joined(*parts):
    return Windows(*map(np.concatenate, zip(*parts, strict=True)))


def test_no_window_crosses_a_gap_or_a_piece():
    values = np.arange(40.0)
    values[[7, 25]] = np.nan
    piece = (np.arange(40) >= 15).astype(int)
    series = forecast.Series("a", values, ahead=3, window=4, piece=piece)
    cut = forecast.cut(series)
    for x, y, at in zip(cut.xs[..., 0], cut.ys[:, 0], cut.at, strict=True):
        np.testing.assert_array_equal(x, np.arange(at - 3, at + 1))
        assert y == at + 3
        stretch = slice(at - 3, at + 4)
        assert np.isfinite(values[stretch]).all()
        assert len(set(piece[stretch])) == 1
    # By counting: stretches of 7 values among 7, 7, 10 and 14 in a row.
    assert len(cut.at) == 1 + 1 + 4 + 8


def test_parts_follow_one_another_and_what_is_learned_is_known():
    series = forecast.sunspots()
    parts = forecast.split(forecast.cut(series), series.ahead, len(series))
    assert parts.train.at.max() + series.ahead == parts.val.at.min() == 520
    assert parts.val.at.max() + series.ahead == parts.test.at.min() == 728
    forecast.no_leak(parts, series.ahead)


def test_scale_comes_from_the_training_part_alone():
    series = forecast.sunspots()
    spoilt = series.values.copy()
    spoilt[521:] *= 100
    nets = [forecast.Network("rnn", H=4, epochs=1).fit(
        forecast.split(forecast.cut(s), s.ahead, len(s)), progress=False)
        for s in (series, dataclasses.replace(series, values=spoilt))]
    assert nets[0].scale == nets[1].scale
    np.testing.assert_array_equal(nets[0].model.params["W_h"],
                                  nets[1].model.params["W_h"])


def test_a_leak_from_test_to_train_makes_the_score_jump_and_is_refused():
    series = forecast.sunspots()
    parts = forecast.split(forecast.cut(series), series.ahead, len(series))
    test = parts.test
    leaked = parts._replace(train=joined(parts.train, test))

    def by_heart(known):
        return forecast.rmse(test.ys, forecast.nearest(known, test))

    def linear(known):
        fitted = LinearAutoregression().fit(known.xs, known.ys)
        return forecast.rmse(test.ys, fitted.predict(test.xs))

    bar = forecast.rmse(test.ys, test.xs[:, -1])
    assert by_heart(parts.train) > bar  # honest: worse than persistence
    assert by_heart(leaked.train) == 0  # with the leak: perfect
    assert linear(leaked.train) < 0.9 * linear(parts.train)
    with pytest.raises(ValueError, match="that is a leak"):
        forecast.no_leak(leaked, series.ahead)
    with pytest.raises(ValueError, match="that is a leak"):
        ladder.climb(series, leaked, seeds=(0,), progress=False)


def test_a_shuffled_split_makes_the_score_jump_and_is_refused():
    series = forecast.sunspots()
    cut = forecast.cut(series)
    honest = forecast.split(cut, series.ahead, len(series))
    order = np.random.default_rng(0).permutation(len(cut.at))
    shuffled = Parts(*(Windows(*(z[some] for z in cut))
                       for some in np.split(order, [469, 673])))
    errors = [forecast.rmse(p.test.ys, forecast.nearest(p.train, p.test))
              / forecast.rmse(p.test.ys, p.test.xs[:, -1]) for p in (honest, shuffled)]
    assert errors[0] > 1 and errors[1] < 0.85
    with pytest.raises(ValueError, match="that is a leak"):
        forecast.no_leak(shuffled, series.ahead)


def test_overlapping_targets_are_a_leak():
    series = forecast.sunspots()
    cut = forecast.cut(series)
    parts = forecast.split(cut, series.ahead, len(series))
    careless = parts._replace(val=Windows(*(
        z[(cut.at >= 520) & (cut.at < 728)] for z in cut)))
    with pytest.raises(ValueError, match="targets up to value 731"):
        forecast.no_leak(careless, series.ahead)


def test_bad_arguments_are_named():
    series = forecast.Series("a", np.arange(20.0), window=4)
    with pytest.raises(ValueError, match="need 25 values, got 20"):
        forecast.cut(dataclasses.replace(series, window=24))
    holes = np.where(np.arange(20) % 3 == 0, np.nan, 1.0)
    with pytest.raises(ValueError, match="without a gap"):
        forecast.cut(dataclasses.replace(series, values=holes))
    cut = forecast.cut(series)
    with pytest.raises(ValueError, match="leave a test part"):
        forecast.split(cut, 1, 20, 0.7, 0.3)
    with pytest.raises(ValueError, match="train part has no window"):
        forecast.split(cut, 1, 20, 0.1, 0.3)
    with pytest.raises(ValueError, match="values must vary"):
        forecast.scale_of(np.ones(5))

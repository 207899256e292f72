"""The explorer that moves a forecast: what is late by a day is found at one day."""

import numpy as np
import pytest

from lstm_helpers import widgets
from lstm_helpers.widgets.lag_detector import EARLY, LATE, at_shift
from lstm_helpers.widgets.svg import number


def walk(n=150):
    return 500 + np.cumsum(np.random.default_rng(0).normal(size=n))


def test_a_copy_of_yesterday_fits_perfectly_one_day_back():
    truth = walk()
    late = np.concatenate([truth[:1], truth[:-1]])
    found = {k: at_shift(truth, late, k) for k in range(EARLY, LATE + 1)}
    assert found[1] == (0.0, pytest.approx(1.0))
    for k in set(found) - {1}:
        assert found[k][0] > 0.5 and abs(found[k][1]) < 0.35


def test_every_shift_is_judged_on_the_same_days():
    truth = walk()
    for k in (-4, 0, 3, 8):
        moved = np.roll(truth, k) if k else truth
        error, together = at_shift(truth, moved, k)
        assert error == pytest.approx(0) and together == pytest.approx(1)


def test_it_says_what_it_draws_and_shows_only_what_was_passed():
    truth = walk()
    explorer = widgets.lag_detector(truth, truth + 3.0)
    assert explorer.shift.value == 0 and len(explorer.passed()) == 1
    assert "Forecast as made: error 3.0 $" in explorer.words.value
    before = explorer.picture.value.count("<circle")
    explorer.shift.value = 2
    error, together = at_shift(truth, truth + 3.0, 2)
    assert f"2 days back: error {number(error, 1)} $" in explorer.words.value
    assert f"changes {number(together, 2)}" in explorer.words.value
    assert explorer.picture.value.count("<circle") == before + 4  # 1 and 2, two charts
    explorer.shift.value = -1
    assert "1 day forward" in explorer.words.value


def test_bad_input_is_named():
    with pytest.raises(ValueError, match="at least 70 days, got 30"):
        widgets.lag_detector(np.arange(30.0), np.arange(30.0))
    with pytest.raises(ValueError, match="forecast must have shape"):
        widgets.lag_detector(walk(), walk(100))

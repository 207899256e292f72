"""Pictures of notebook 11: each test names a fact of the picture."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from lstm_helpers.figures import nb11


@pytest.fixture(autouse=True)
def _close():
    yield
    plt.close("all")


def test_overlay_holds_both_lines_unmoved():
    truth, forecast = np.arange(5.0), np.arange(5.0) + 0.5
    ax = nb11.overlay(truth, forecast)
    for line, values in zip(ax.lines, (truth, forecast), strict=True):
        np.testing.assert_array_equal(line.get_data(), (np.arange(5), values))
    assert ax.lines[0].get_linestyle() != ax.lines[1].get_linestyle()


def test_a_day_without_a_reading_is_a_broken_line_over_24_hours():
    days = np.full((2, 288), 100.0)
    days[1, 50:60] = np.nan
    ax = nb11.days(days)
    hours, values = ax.lines[1].get_data()
    assert hours[-1] == pytest.approx(24 - 5 / 60)
    assert np.isnan(values[50:60]).all() and np.isfinite(values[:50]).all()


def test_the_ladder_has_a_row_for_each_and_a_dot_for_each_seed():
    errors = {"persistence": [4.0], "mean": [99.0], "LSTM": [2.0, 3.0]}
    ax = nb11.ladder(errors, best=4.0, unit="$", widest=5.0)
    assert [t.get_text() for t in ax.get_yticklabels()] == list(errors)
    dots = {line.get_ydata()[0]: line for line in ax.lines[:3]}
    np.testing.assert_array_equal(dots[2].get_xdata(), [2.0, 3.0])
    assert dots[1].get_marker() == ">" and ax.texts[0].get_text() == "99"
    assert ax.lines[3].get_xdata()[0] == 4.0  # the dotted line
    assert "($)" in ax.get_xlabel()


def test_the_band_lies_around_the_forecast_and_breaks_at_a_gap():
    hours = np.array([0, 1, 2, 6, 7, 8]) / 12
    forecast = np.arange(6.0)
    ax = nb11.band(forecast + 1, forecast, -2.0, 3.0, hours=hours)
    assert len(ax.collections) == 2 and len(ax.lines) == 4  # two pieces
    corners = ax.collections[0].get_paths()[0].vertices
    assert corners[:, 1].min() == -2 and corners[:, 1].max() == 2 + 3


def test_alt_texts_name_what_is_to_be_seen():
    assert {"overlay", "days", "ladder", "band", "verdict"} <= set(nb11.ALT)
    assert all(len(text) > 60 for text in nb11.ALT.values())

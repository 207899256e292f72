"""The four series: what is in the files, and what happens where one is missing."""

import re
from pathlib import Path

import numpy as np
import pytest

from lstm_helpers import forecast
from lstm_helpers.forecast import series as rooms


def test_no_reading_is_nan_and_each_day_is_a_piece():
    glucose = forecast.glucose()
    assert len(glucose) == 60 * 288 and glucose.missing == 1122
    assert np.nanmin(glucose.values) == 40
    assert len(set(glucose.piece)) == 60


def test_sunspots_by_month_and_by_quarter():
    months, quarters = forecast.sunspots(monthly=True), forecast.sunspots()
    assert (len(months), len(quarters)) == (3120, 1040)
    np.testing.assert_allclose(quarters.values[1], months.values[3:6].mean())
    np.testing.assert_allclose(months.values[:3], [58.0, 62.6, 70.0])  # 1749


def test_mackey_glass_obeys_its_equation():
    x = forecast.mackey_glass(n=4000, every=1, dt=0.1).values
    fine = forecast.mackey_glass(n=4000, every=1, dt=0.05).values
    assert np.abs(x - fine)[:100].max() < 1e-3  # chaos parts them later
    slope = (x[2:] - x[:-2]) / 2
    then = x[:-2][: len(slope) - 16]  # x(t - 17) for t = 17 + 1 ...
    now, there = x[17:-1], slope[16:]
    rule = 0.2 * then / (1 + then**10) - 0.1 * now
    k = min(len(rule), len(there))
    assert np.abs(rule[:k] - there[:k]).max() < 5e-3
    assert 0.2 < x.min() < 0.6 and 1.1 < x.max() < 1.5


def test_a_missing_sample_file_is_said_and_the_stand_in_is_labelled(
        monkeypatch, capsys):
    from matplotlib import cbook

    def gone(name):
        raise FileNotFoundError(name)

    monkeypatch.setattr(cbook, "get_sample_data", gone)
    stock = forecast.stock()
    said = capsys.readouterr().out
    assert "goog.npz is missing" in said and "SYNTHETIC" in said
    assert stock.synthetic and stock.name == "SYNTHETIC walk" and len(stock) == 1047


def test_bad_values_are_named():
    with pytest.raises(TypeError, match="values must be a NumPy array"):
        forecast.Series("a", [1.0, 2.0])
    with pytest.raises(ValueError, match="got inf at 1"):
        forecast.Series("a", np.array([1.0, np.inf]))
    with pytest.raises(ValueError, match="ahead must be at least 1"):
        forecast.Series("a", np.ones(3), ahead=0)
    with pytest.raises(ValueError, match="piece must have shape"):
        forecast.Series("a", np.ones(3), piece=np.ones(2))


def test_files_are_small_and_their_licence_stands_beside_them():
    data = Path(rooms.DATA)
    readme = (data / "README.md").read_text(encoding="utf-8")
    size = 0
    for name in ("glucose_60_days.csv", "sunspots_monthly.csv", "real_series.json"):
        size += (data / name).stat().st_size
        assert name in readme
    assert size <= 300_000
    assert re.search(r"glucose.*License: Public Domain", readme)
    assert re.search(r"sunspots.*This data is public domain", readme)
    assert not list(data.glob("*goog*"))

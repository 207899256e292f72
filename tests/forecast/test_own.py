"""Your own series: each broken file has its message, and nothing is repaired."""

import numpy as np
import pytest

from lstm_helpers import forecast

DAYS = np.arange("2024-01-01", "2024-05-01", dtype="datetime64[D]").astype(str)


def rows(n=80):
    return [f"{day},{10 + np.sin(k):.2f}" for k, day in enumerate(DAYS[:n])]


def write(path, lines, header="date,value"):
    path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    return path


def test_a_good_file_is_read_as_it_stands(tmp_path):
    series = forecast.read_csv(write(tmp_path / "mine.csv", rows()), ahead=2, window=7)
    assert (series.name, series.step, series.missing) == ("mine", "day", 0)
    np.testing.assert_allclose(series.values, np.round(10 + np.sin(np.arange(80)), 2))
    assert len(forecast.cut(series).at) == 80 - 7 - 2 + 1


def change(k, line):
    def broken(lines):
        return lines[:k] + ([] if line is None else [line]) + lines[k + 1:]
    return broken


BROKEN = {
    "missing column": (lambda z: z, "date,price",
                       "no column 'value'; it has 'date', 'price'"),
    "semicolons": (lambda z: [r.replace(",", ";") for r in z], "date;value",
                   "divided by ';'; pass delimiter=';'"),
    "gap": (change(5, None), "date,value",
            "line 7: from 2024-01-05 to 2024-01-07 there is 1 missing"),
    "empty value": (change(5, "2024-01-06,"), "date,value",
                    "line 7: the value is empty"),
    "text": (change(5, "2024-01-06,n/a"), "date,value", "line 7: 'n/a' is no number$"),
    "not finite": (change(5, "2024-01-06,nan"), "date,value",
                   "line 7: 'nan' is no reading"),
    "decimal comma": (change(5, '2024-01-06,"3,5"'), "date,value",
                      "line 7: '3,5' is no number: a decimal comma"),
    "too many cells": (change(5, "2024-01-06,3,5"), "date,value",
                       "line 7: 3 cells, and the header has 2: is it a number with a"),
    "few rows": (lambda z: z[:30], "date,value", "30 rows, and at least 60"),
    "out of order": (change(5, "2023-12-06,3.5"), "date,value",
                     "line 7: 2023-12-06 comes after 2024-01-05, back in time"),
    "twice": (change(5, "2024-01-05,3.5"), "date,value",
              "line 7: 2024-01-05 stands there twice .line 6 has it too"),
    "strange date": (change(5, "6 January,3.5"), "date,value",
                     "line 7: '6 January' is no date"),
    "constant": (lambda z: [r.partition(",")[0] + ",7" for r in z], "date,value",
                 "all values are 7"),
    "no header": (lambda z: z[1:], "2024-01-01,10.0", "no column 'date'"),
    "half a step": (change(5, "2024-01-06 07:00,3.5"), "date,value",
                    "is no whole number of steps; most steps are day"),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_file_is_named_and_not_repaired(tmp_path, fault):
    spoil, header, message = BROKEN[fault]
    path = write(tmp_path / "mine.csv", spoil(rows()), header)
    before = path.read_bytes()
    with pytest.raises(ValueError, match=message):
        forecast.read_csv(path)
    assert path.read_bytes() == before


def test_files_that_are_no_text(tmp_path):
    path = tmp_path / "mine.csv"
    with pytest.raises(FileNotFoundError):
        forecast.read_csv(path)
    path.write_bytes(b"")
    with pytest.raises(ValueError, match=r"mine\.csv is empty"):
        forecast.read_csv(path)
    path.write_bytes("date,value\n2024-01-01,5 °C\n".encode("latin-1"))
    with pytest.raises(ValueError, match="not in UTF-8"):
        forecast.read_csv(path)
    with pytest.raises(TypeError, match="path must be"):
        forecast.read_csv(5)


def test_a_hole_is_kept_only_if_you_say_so_and_no_window_crosses_it(tmp_path):
    lines = change(40, None)(rows())
    lines[60] = lines[60].partition(",")[0] + ","
    path = write(tmp_path / "mine.csv", lines)
    series = forecast.read_csv(path, gaps="keep", window=5)
    assert len(series) == 80 and series.missing == 2
    for end in forecast.cut(series).at:
        assert np.isfinite(series.values[end - 4 : end + 2]).all()
    with pytest.raises(ValueError, match="value is empty"):
        forecast.read_csv(path, gaps="close")


def test_trading_days_follow_one_another_if_you_say_so(tmp_path):
    weekdays = [r for r in rows(120) if np.is_busday(r[:10])]
    path = write(tmp_path / "mine.csv", weekdays)
    with pytest.raises(ValueError, match=r'there are 2 missing .*gaps="close"'):
        forecast.read_csv(path)
    assert len(forecast.read_csv(path, gaps="close")) == len(weekdays)


@pytest.mark.parametrize("times, step", [
    ([str(1700 + k) for k in range(70)], "year"),
    ([f"{1990 + k // 12}-{k % 12 + 1:02}" for k in range(70)], "month"),
    ([str(np.datetime64(f"{1990 + (k + 1) // 12}-{(k + 1) % 12 + 1:02}", "D") - 1)
      for k in range(70)], "month"),
    ([f"{np.datetime64('2024-03-30T20:00') + np.timedelta64(5 * k, 'm')}"
      for k in range(70)], "5 min"),
    ([f"2024-03-{1 + k // 24:02} {k % 24:02}:00+01:00" for k in range(70)], "hour"),
])
def test_what_one_step_is(tmp_path, times, step):
    path = write(tmp_path / "m.csv", [f"{t},{k % 7}" for k, t in enumerate(times)])
    series = forecast.read_csv(path)
    assert (series.step, series.missing, len(series)) == (step, 0, 70)

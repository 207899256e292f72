"""Read a series of your own: a CSV file of date and value.

Nothing is silently repaired. A hole in the dates, an empty value, a text where a number
belongs, rows out of order: each is an error that names the line and says what to do.
What only you can decide, you say: ``gaps="keep"`` or ``gaps="close"``.
"""

import csv
import io
import math
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from lstm_helpers import validate
from lstm_helpers.forecast.series import Series

LEAST = 60  # rows
GAPS = ("refuse", "keep", "close")


def read_csv(path, date="date", value="value", gaps="refuse", ahead=1, window=None,
             season=0, block=0, delimiter=",", unit=""):
    """Read a series from a CSV file with a header line, one row for each time.

    Parameters
    ----------
    path : str or pathlib.Path
        In UTF-8.
    date, value : str
        Names of the two columns; others are not read.
    gaps : {"refuse", "keep", "close"}
        A time that is missing, or has no value: an error; or a hole which no window
        crosses; or the rows follow one another as they stand (trading days).
    ahead, window, season, block : int
        As in `Series`; left out, the window holds a fifteenth of the rows, from 4 to
        24.
    delimiter : str
        What stands between two columns.
    unit : str
        Of the values.

    Returns
    -------
    Series

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    TypeError, ValueError
        If an argument does not fit, or the file cannot be read as it is; the message
        names the line and what was wanted.

    Notes
    -----
    Dates are written as 2026, 2026-03, 2026-03-01 or 2026-03-01 14:05; numbers with a
    point.
    """
    validate.path("path", path)
    validate.one_of("gaps", gaps, GAPS)
    name = Path(path).name
    rows = read_rows(path, name, date, value, delimiter)
    times, values, lines = [], [], []
    for line, when, what in rows:
        times.append(time_of(when, f"{name}, line {line}"))
        values.append(number_of(what, f"{name}, line {line}", gaps))
        lines.append(line)
        if len(times) > 1:
            in_order(times, rows, len(times) - 1, name)
    if len(times) < LEAST:
        raise ValueError(f"{name} has {len(times)} rows, and at least {LEAST} are "
                         "wanted: too few to train, to stop and to test on")
    step, values = on_a_grid(times, values, rows, name, gaps)
    known = values[np.isfinite(values)]
    if len(known) < LEAST:
        raise ValueError(f"{name} has {len(known)} values, and at least {LEAST} are "
                         "wanted")
    if np.ptp(known) == 0:
        raise ValueError(f"{name}: all values are {known[0]:g}: there is nothing to "
                         "forecast")
    window = window or int(np.clip(len(values) // 15, 4, 24))
    return Series(Path(path).stem, values, unit, step, ahead=ahead, window=window,
                  season=season, block=block)


def read_rows(path, name, date, value, delimiter):
    """Return (line, date, value) of every row, as texts."""
    try:
        text = Path(path).read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"{name} is not in UTF-8 (byte {error.start} is "
                         f"{error.object[error.start]:#x}): save it as \"CSV UTF-8\""
                         ) from None
    if not text.strip():
        raise ValueError(f"{name} is empty")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    header = [cell.strip() for cell in next(reader)]
    for column in (date, value):
        if header.count(column) == 1:
            continue
        if header.count(column) > 1:
            raise ValueError(f"{name} has {header.count(column)} columns named "
                             f"{column!r}: rename one")
        other = next((d for d in ";\t|," if d != delimiter and d in header[0]), None)
        hint = (f": the columns seem to be divided by {other!r}; pass "
                f"delimiter={other!r}") if len(header) == 1 and other else (
            f"; it has {', '.join(map(repr, header))}. Name yours: date=..., value=...")
        raise ValueError(f"{name} has no column {column!r}{hint}")
    where, what = header.index(date), header.index(value)
    rows = []
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue  # an empty line, such as the last
        if len(cells) != len(header):
            hint = ""
            if delimiter == "," and len(cells) == len(header) + 1:
                hint = ": is it a number with a decimal comma? Write 3.5, not 3,5"
            raise ValueError(f"{name}, line {reader.line_num}: {len(cells)} cells, and "
                             f"the header has {len(header)}{hint}")
        rows.append((reader.line_num, cells[where].strip(), cells[what].strip()))
    return rows


def time_of(text, place):
    """Return a date as a datetime."""
    form = {4: "%Y", 7: "%Y-%m"}.get(len(text))
    try:
        if form:
            return datetime.strptime(text, form)
        time = datetime.fromisoformat(text)
        return time.astimezone(UTC).replace(tzinfo=None) if time.tzinfo else time
    except ValueError:
        raise ValueError(f"{place}: {text!r} is no date this loader reads: write 2026, "
                         "2026-03, 2026-03-01 or 2026-03-01 14:05") from None


def number_of(text, place, gaps):
    """Return a value as a float; NaN for an empty one where gaps may be."""
    if text == "":
        if gaps == "keep":
            return math.nan
        raise ValueError(f"{place}: the value is empty. If there was no reading, pass "
                         "gaps=\"keep\": no window will cross the place; or take the "
                         "row out")
    try:
        number = float(text)
    except ValueError:
        hint = ""
        if "," in text:
            hint = ": a decimal comma? Write 3.5, not 3,5, and no comma in thousands"
        raise ValueError(f"{place}: {text!r} is no number{hint}") from None
    if not math.isfinite(number):
        raise ValueError(f"{place}: {text!r} is no reading. Leave the cell empty and "
                         "pass gaps=\"keep\"")
    return number


def in_order(times, rows, k, name):
    """Raise a ValueError unless row k comes after the one before it."""
    if times[k] > times[k - 1]:
        return
    line, when, _ = rows[k]
    if times[k] == times[k - 1]:
        raise ValueError(f"{name}, line {line}: {when} stands there twice (line "
                         f"{rows[k - 1][0]} has it too): which value holds?")
    raise ValueError(f"{name}, line {line}: {when} comes after {rows[k - 1][1]}, "
                     "back in time: sort the rows by date")


def months_of(times):
    """Return the times as whole months, or None if they are no row of months.

    They are one if all stand on the same day of their months, or all on the last.
    """
    last = all((t + timedelta(days=1)).day == 1 for t in times)
    days = {(0 if last else t.day, t.hour, t.minute, t.second) for t in times}
    if len(days) > 1:
        return None
    return [12 * t.year + t.month for t in times]


def on_a_grid(times, values, rows, name, gaps):
    """Return what one step is, and the values at equal steps."""
    values = np.array(values, float)
    if gaps == "close":
        return "row", values
    months = months_of(times)
    monthly = months is not None and min(np.diff(months)) >= 1
    if monthly:
        ticks = months
    else:
        start = times[0]
        ticks = [round((t - start).total_seconds()) for t in times]
    gap = np.diff(ticks)
    sizes, counts = np.unique(gap, return_counts=True)
    step = int(sizes[counts.argmax()])
    for k in np.flatnonzero(gap != step):
        line, when, _ = rows[k + 1]
        between = f"{name}, line {line}: from {rows[k][1]} to {when}"
        usual = words_of(step, monthly)
        if gap[k] % step:
            raise ValueError(f"{between} is no whole number of steps; most steps are "
                             f"{usual}. If rows simply follow one another, pass "
                             "gaps=\"close\"")
        if gaps == "refuse":
            missing = int(gap[k]) // step - 1
            raise ValueError(
                f"{between} there {'are' if missing > 1 else 'is'} {missing} missing "
                f"(most steps are {usual}). Pass gaps=\"keep\" and no window will "
                "cross the hole, or gaps=\"close\" if rows simply follow one another")
    places = np.concatenate([[0], np.cumsum(gap // step)]).astype(int)
    if places[-1] > 50 * len(values):
        raise ValueError(f"{name}: the holes are more than 50 times as long as the "
                         "rows: is a date mistyped?")
    filled = np.full(places[-1] + 1, np.nan)
    filled[places] = values
    return words_of(step, monthly), filled


def words_of(step, monthly):
    """Return a step of so many months or seconds in words."""
    if monthly:
        years = step % 12 == 0
        count, unit = (step // 12, "year") if years else (step, "month")
    else:
        sizes = (("day", 86400), ("hour", 3600), ("min", 60), ("second", 1))
        unit, size = next((u, s) for u, s in sizes if step % s == 0)
        count = step // size
    return unit if count == 1 else f"{count} {unit}"


"""From a row of values to windows and targets, without a look at the future.

Three rules. A window and its target lie in one unbroken piece: no gap is crossed. Parts
follow one another in time, and what is learned from lies before the first forecast that
is judged. Mean and spread for scaling come from the training part alone.
"""

from typing import NamedTuple

import numpy as np

from lstm_helpers import validate


class Windows(NamedTuple):
    """Windows of a series: `at` is where each one ends, counted in the series."""

    xs: np.ndarray  # (N, T, 1)
    ys: np.ndarray  # (N, 1)
    at: np.ndarray  # (N,)


class Parts(NamedTuple):
    """The three parts of a series, in time's order."""

    train: Windows
    val: Windows
    test: Windows


class Scale(NamedTuple):
    """Mean and standard deviation of the training part, in the unit of the series."""

    mean: float
    std: float

    def into(self, values):
        """Return values in standard units: (x - mean) / std."""
        return (values - self.mean) / self.std

    def back(self, z):
        """Return standard units as values: z · std + mean."""
        return z * self.std + self.mean


def cut(series):
    """Return every window of a series together with the value to be forecast.

    Parameters
    ----------
    series : Series
        With `window` = T and `ahead`.

    Returns
    -------
    Windows
        ``xs`` (N, T, 1), ``ys`` (N, 1), ``at`` (N,): window k ends with the value
        ``at[k]``, and ``ys[k]`` is the value ``at[k] + ahead``.

    Raises
    ------
    ValueError
        If no window fits.
    """
    values, T, ahead = series.values, series.window, series.ahead
    length = T + ahead
    if len(values) < length:
        raise ValueError(f"a window of {T} values and a target {ahead} ahead need "
                         f"{length} values, got {len(values)}")
    whole = np.isfinite(np.lib.stride_tricks.sliding_window_view(values, length))
    same = series.piece[length - 1:] == series.piece[: len(values) - length + 1]
    at = T - 1 + np.flatnonzero(whole.all(axis=1) & same)
    if len(at) == 0:
        raise ValueError(f"no {length} values in a row without a gap: shorten the "
                         "window")
    xs = values[at[:, None] + np.arange(1 - T, 1)]
    return Windows(xs[..., None], values[at + ahead][:, None], at)


def split(windows, ahead, n, train=0.5, val=0.2):
    """Part windows in time: first to train on, then to validate, last to test.

    A window belongs to a part by its last value. Between two parts `ahead` steps are
    left out: at the moment of the first forecast of a part the targets of the part
    before are all known.

    Parameters
    ----------
    windows : Windows
    ahead : int
        Steps from the last value of a window to its target.
    n : int
        Length of the series.
    train, val : float
        Shares of the series; what is left is the test part.

    Returns
    -------
    Parts

    Raises
    ------
    ValueError
        If a share is not between 0 and 1, or a part has no window.
    """
    train, val = (validate.real(k, z, 0.01, 0.98)
                  for k, z in dict(train=train, val=val).items())
    if train + val > 0.99:
        raise ValueError(f"train and val must leave a test part, got {train} + {val}")
    first = round(n * train)
    return parts(windows, ahead, first, round(n * (train + val)), n)


def parts(windows, ahead, first, second, end, start=0):
    """Part windows at two places of the series, up to `end`; the rest is as `split`."""
    validate.count("ahead", ahead)
    made = Parts(*(Windows(*(z[here] for z in windows)) for here in (
        (windows.at >= start) & (windows.at + ahead <= first),
        (windows.at >= first) & (windows.at + ahead <= second),
        (windows.at >= second) & (windows.at < end))))
    for name, part in zip(Parts._fields, made, strict=True):
        if len(part.at) == 0:
            raise ValueError(f"the {name} part has no window: the series is too short "
                             "or has too many gaps for this window")
    return made


def no_leak(parts, ahead):
    """Raise a ValueError if a target is learned from that a later part forecasts.

    Parameters
    ----------
    parts : Parts
    ahead : int
    """
    for early, late in (("train", "val"), ("train", "test"), ("val", "test")):
        known = int(getattr(parts, early).at.max()) + ahead
        first = int(getattr(parts, late).at.min())
        if known > first:
            raise ValueError(
                f"the {early} part holds targets up to value {known}, and the {late} "
                f"part begins to forecast at value {first}: that is a leak")


def scale_of(values):
    """Return mean and standard deviation of what is there; NaN is left out.

    Raises
    ------
    ValueError
        If the values do not vary.
    """
    if not isinstance(values, np.ndarray) or values.dtype.kind not in "iuf":
        got = getattr(values, "dtype", type(values).__name__)
        raise TypeError(f"values must be an array of real numbers, got {got}")
    if np.isnan(values).all():
        raise ValueError(f"values must hold a reading, got {values.size} without one")
    mean, std = float(np.nanmean(values)), float(np.nanstd(values))
    if not std > 1e-12 * max(1.0, abs(mean)):
        raise ValueError(f"values must vary, got {mean:g} throughout the training part")
    return Scale(mean, std)

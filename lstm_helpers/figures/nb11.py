"""Pictures of notebook 11: an overlay, gaps, a ladder, intervals, errors day by day."""

import itertools

import numpy as np

from lstm_helpers import validate
from lstm_helpers.figures.style import COLOURS, axes

ALT = {
    "overlay": "Two hundred trading days of a stock's price between 330 and 750 "
    "dollars, solid grey, and the network's forecast of each day, dashed red. But for "
    "the first days the two lines lie almost on one another in every rise and fall.",
    "days": "Two days of a glucose sensor, 0 to 24 hours. Each line rises and falls "
    "several times; the second is broken where the sensor gave no reading.",
    "ladder": "One row for each forecaster, a mark at its error on the test part. "
    "Persistence stands far right at about 24 mg/dL, both linear forecasts near 20; of "
    "the networks, sixteen dots each, the LSTM's lie lowest, left of the dotted line.",
    "band": "Glucose over one test day: truth solid, the forecast made 30 minutes "
    "before dashed, and a pale band around it. The truth leaves the band where it "
    "turns quickly.",
    "verdict": "One row for each forecaster with a dot for every seed at its error on "
    "the test part; a dotted line marks the best of those that are no network.",
}
SHADE = "#CFE4F3"


def overlay(truth, forecast, ax=None, unit="$", xlabel="trading day of the test part"):
    """Draw truth and forecast over one another.

    Parameters
    ----------
    truth, forecast : ndarray, (N,)
    ax : Axes, optional
    unit, xlabel : str

    Returns
    -------
    Axes
    """
    ax = axes(ax)
    validate.array("truth", truth)
    validate.array("forecast", forecast)
    ax.plot(truth, "-", color=COLOURS["truth"], lw=2.2, label="truth")
    ax.plot(forecast, "--", color=COLOURS["wrong"], lw=1.3, label="forecast")
    ax.legend(loc="best")
    ax.set(xlabel=xlabel, ylabel=f"price ({unit})")
    return ax


def days(values, ax=None, names=None, unit="mg/dL"):
    """Draw days over their hours; a line breaks where there is no reading.

    Parameters
    ----------
    values : ndarray, (days, readings)
        NaN where there is none.
    ax : Axes, optional
    names : sequence of str, optional
    unit : str

    Returns
    -------
    Axes
    """
    ax = axes(ax)
    hours = np.arange(values.shape[1]) * 24 / values.shape[1]
    styles = ((COLOURS["h"], "-"), (COLOURS["i"], "--"), (COLOURS["wrong"], "-."))
    for k, day in enumerate(values):
        colour, line = styles[k % 3]
        ax.plot(hours, day, line, color=colour, lw=1.6,
                label=names[k] if names else f"day {k + 1}")
    ax.legend(loc="best")
    ax.set(xlabel="hour of the day", ylabel=f"glucose ({unit})", xlim=(0, 24),
           xticks=range(0, 25, 4))
    return ax


def ladder(errors, best=None, ax=None, unit="", widest=None):
    """Draw the errors of every forecaster, one row each, one dot a seed.

    Parameters
    ----------
    errors : dict of str to sequence of float
        Name → errors on the test part, in the order of the ladder.
    best : float, optional
        Error of the best that is no network; a dotted line.
    ax : Axes, optional
    unit : str
    widest : float, optional
        Errors above are drawn as an arrow at the edge, with their value.

    Returns
    -------
    Axes
    """
    ax = axes(ax)
    names = list(errors)
    widest = widest or 1.02 * max(max(z) for z in errors.values())
    for row, name in enumerate(names):
        values = np.array(errors[name], float)
        if values.min() > widest:
            ax.plot([widest], [row], ">", color=COLOURS["truth"], ms=7, clip_on=False)
            ax.annotate(f"{values.mean():.3g}", (widest, row), xytext=(-9, 0),
                        ha="right", va="center", textcoords="offset points",
                        color="#555555")
            continue
        network = len(values) > 1
        ax.plot(values, np.full(len(values), row), "o" if network else "s",
                color=COLOURS["i"] if network else COLOURS["h"], ms=6, alpha=0.8,
                clip_on=False)
    if best is not None:
        ax.axvline(best, color=COLOURS["truth"], lw=1.2, ls=":")
    ax.set_yticks(range(len(names)), names)
    ax.set(ylim=(len(names) - 0.5, -0.5), xlim=(None, widest),
           xlabel="root mean squared error on the test part"
           + (f" ({unit})" if unit else ""))
    return ax


def band(truth, forecast, low, high, ax=None, hours=None, unit="mg/dL"):
    """Draw truth, forecast and the interval around it.

    Parameters
    ----------
    truth, forecast : ndarray, (N,)
    low, high : float
        The interval reaches from forecast + low to forecast + high.
    ax : Axes, optional
    hours : ndarray, (N,), optional
        Steps without a reading between them break the lines.
    unit : str

    Returns
    -------
    Axes
    """
    ax = axes(ax)
    hours = np.arange(len(truth)) if hours is None else hours
    wide = 1.5 * np.median(np.diff(hours))
    cuts = [0, *(1 + np.flatnonzero(np.diff(hours) > wide)), len(hours)]
    for k, (a, b) in enumerate(itertools.pairwise(cuts)):
        here = slice(a, b)
        ax.fill_between(hours[here], forecast[here] + low, forecast[here] + high,
                        color=SHADE, lw=0, label=None if k else "80 % interval")
        ax.plot(hours[here], truth[here], "-", color=COLOURS["h"], lw=1.6,
                label=None if k else "truth")
        ax.plot(hours[here], forecast[here], "--", color=COLOURS["wrong"], lw=1.3,
                label=None if k else "forecast, 30 min before")
    ax.legend(loc="best")
    ax.set(xlabel="hour of the day", ylabel=f"glucose ({unit})")
    return ax

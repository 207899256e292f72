"""How late is a forecast? Move it along the days and read error and correlation."""

import numpy as np

from lstm_helpers import validate
from lstm_helpers.figures.style import COLOURS
from lstm_helpers.widgets import core, svg
from lstm_helpers.widgets.core import row, slider
from lstm_helpers.widgets.svg import number, tag, text

EARLY, LATE = -4, 8  # days the slider goes
SHOWN = 70  # days in the picture


def at_shift(truth, forecast, shift):
    """Return error and correlation of a forecast moved back by `shift` days.

    All shifts are judged on the same days, so that their numbers can be compared.

    Parameters
    ----------
    truth, forecast : ndarray, (N,)
    shift : int
        From -4 to 8.

    Returns
    -------
    error : float
        Root mean squared.
    together : float
        Correlation of the changes from one day to the next.
    """
    days = np.arange(-EARLY + 1, len(truth) - LATE)
    y, f = truth[days], forecast[days + shift]
    change = truth[days] - truth[days - 1], (forecast[days + shift]
                                             - forecast[days + shift - 1])
    return (float(np.sqrt(np.mean((y - f) ** 2))),
            float(np.corrcoef(*change)[0, 1]))


class LagDetector(core.Explorer):
    """A truth, a forecast that can be moved, and the numbers of every shift so far."""

    def __init__(self, truth, forecast, unit="$"):
        sizes = {}
        validate.shape("truth", truth, "N", sizes)
        validate.shape("forecast", forecast, "N", sizes)
        if len(truth) < SHOWN:
            raise ValueError(f"truth must have at least {SHOWN} days, got {len(truth)}")
        self.truth, self.forecast, self.unit = truth, forecast, unit
        highest = max(at_shift(truth, forecast, k)[0] for k in range(EARLY, LATE + 1))
        self.top = float(f"{1.1 * highest:.1g}") or 1.0
        self.top += self.top * (self.top < highest)
        self.shift = slider("days back", 0, EARLY, LATE, 1, COLOURS["wrong"])
        super().__init__([row(self.shift)])

    def draw(self):
        """Draw the moved forecast over the truth; below, all shifts on the way."""
        shift = self.shift.value
        error, together = self.passed()[shift]
        begin = len(self.truth) - LATE - SHOWN
        days = np.arange(begin, begin + SHOWN)
        y, f = self.truth[days], self.forecast[days + shift]
        both = np.concatenate([self.truth[days], self.forecast[
            begin + EARLY : begin + SHOWN + LATE]])
        low, high = 10 * np.floor(both.min() / 10), 10 * np.ceil(both.max() / 10)
        middle = (low + high) / 2
        above = svg.Chart(60, 34, 620, 150, (0, SHOWN - 1), (low, high))
        parts = [above.axes({k: k for k in range(0, SHOWN, 10)},
                            {z: f"{z:.0f}" for z in (low, middle, high)}, "day",
                            f"price ({self.unit})"),
                 above.line(range(SHOWN), y, COLOURS["truth"], "-", 3),
                 above.line(range(SHOWN), f, COLOURS["wrong"], "--", 1.8),
                 text(402, 20, "truth: grey", fill="#555555", anchor="end"),
                 text(680, 20, f"forecast, {where(shift)}: red, dashed",
                      fill=COLOURS["wrong"], anchor="end")]
        parts += self.below(60, "error", f"error ({self.unit})", 0)
        parts += self.below(410, "correlation", "correlation of daily changes", 1)
        words = (f"Forecast {where(shift)}: error {number(error, 1)} {self.unit}, "
                 f"correlation of the daily changes {number(together, 2)}.")
        return svg.picture(710, 400, f"A forecast and the truth. {words}",
                           *parts), words

    def passed(self):
        """Return error and correlation of each shift from 0 to the present one."""
        low, high = sorted([0, self.shift.value])
        return {k: at_shift(self.truth, self.forecast, k) for k in range(low, high + 1)}

    def below(self, left, name, label, which):
        """Draw one number of every shift passed, the present one large."""
        ylim, ticks = (-0.2, 1), {0: "0", 0.5: "0.5", 1: "1"}
        if which == 0:
            ylim, ticks = (0, self.top), {z: f"{z:g}" for z in (0, self.top / 2,
                                                                self.top)}
        chart = svg.Chart(left, 256, 270, 90, (EARLY - 0.5, LATE + 0.5), ylim)
        parts = [chart.axes({k: svg.number(k, 0) for k in range(EARLY, LATE + 1, 2)},
                            ticks, "days moved back", label)]
        for shift, values in self.passed().items():
            now = shift == self.shift.value
            parts.append(tag("circle", cx=chart.x(shift), cy=chart.y(values[which]),
                             r=6 if now else 3.5,
                             fill=COLOURS["wrong"] if now else COLOURS["truth"]))
        return parts


def where(shift):
    """Return a shift in words."""
    if shift == 0:
        return "as made"
    days = "day" if abs(shift) == 1 else "days"
    return f"{abs(shift)} {days} {'back' if shift > 0 else 'forward'}"


def lag_detector(truth, forecast, unit="$"):
    """Show a forecast that can be moved along the days until it fits best.

    Parameters
    ----------
    truth, forecast : ndarray, (N,)
        Day by day, N at least 70: ``forecast[t]`` was made for ``truth[t]``.
    unit : str

    Returns
    -------
    LagDetector

    Raises
    ------
    TypeError, ValueError
        If they are no finite arrays of one length.
    """
    return LagDetector(truth, forecast, unit)

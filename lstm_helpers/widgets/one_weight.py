"""One weight: a line through points, and the loss that a slider lowers by hand."""

import numpy as np

from lstm_helpers import validate
from lstm_helpers.figures.style import COLOURS
from lstm_helpers.widgets import core, svg
from lstm_helpers.widgets.core import row, slider
from lstm_helpers.widgets.svg import tag, text, wire

LOW, HIGH, START = 0.0, 5.0, 1.0  # of the weight
KM = np.array([1.0, 2.0, 3.0, 4.0])  # four rides in a taxi, made up
FARE = np.array([3.1, 4.6, 8.2, 9.7])  # in euro


class OneWeight(core.Explorer):
    """A weight w, the guesses w · x it makes, and how wrong they are on average."""

    def __init__(self, xs, ys, labels):
        self.xs, self.ys, self.labels = xs, ys, labels
        self.w = slider("weight w", START, LOW, HIGH, 0.02, COLOURS["wrong"],
                        readout_format=".2f")
        super().__init__([row(self.w)], lines=1)

    @property
    def loss(self):
        """The mean squared distance between guesses and values."""
        return float(np.mean((self.w.value * self.xs - self.ys) ** 2))

    def draw(self):
        """Draw points, line and distances at the left, the loss as a bar at the right.

        Returns
        -------
        picture, words : str
        """
        w, xs, ys = self.w.value, self.xs, self.ys
        right, top = 1.15 * xs.max(), 1.25 * ys.max()
        chart = svg.Chart(60, 34, 380, 170, (0, right), (0, top))
        ticks = range(0, int(top) + 1, max(1, int(top) // 4))
        parts = [chart.axes({float(f"{x:g}"): f"{x:g}" for x in xs},
                            {k: k for k in ticks}, *self.labels)]
        end = min(right, top / w) if w > 0 else right
        parts.append(chart.line((0, end), (0, w * end), COLOURS["wrong"]))
        for x, y in zip(xs, ys, strict=True):
            guess = min(w * x, top)
            parts += [wire([(chart.x(x), chart.y(y)), (chart.x(x), chart.y(guess))],
                           svg.QUIET, ":"),
                      tag("circle", cx=chart.x(x), cy=chart.y(y), r=5, fill=svg.INK)]
        parts.append(text(chart.x(right) - 4, chart.top + 8, f"guess = {w:.2f} · x",
                          anchor="end", fill=COLOURS["wrong"]))
        most = float(np.mean((START * xs - ys) ** 2))
        height = 150 * min(self.loss / most, 1.1)
        parts += [tag("rect", x=540, y=204 - height, width=60, height=height,
                      fill=COLOURS["wrong"], fill_opacity=0.75),
                  wire([(520, 204), (620, 204)], svg.QUIET, width=1),
                  text(570, 204 - height - 12, f"loss {self.loss:.2f}",
                       anchor="middle"),
                  text(570, 222, "how wrong, on average", anchor="middle")]
        told = f"With w = {w:.2f} the loss is {self.loss:.2f}."
        picture = svg.picture(700, 250, f"Points, a line through zero, and the "
                              f"distances between them. {told}", *parts)
        return picture, told


def one_weight(xs=KM, ys=FARE, labels=("kilometres", "fare in euro")):
    """Lower the loss of ``guess = w · x`` by hand, with a slider for the weight.

    Parameters
    ----------
    xs, ys : ndarray, (N,)
        Positive numbers: what is known, and what is to be guessed.
    labels : (str, str)
        What they are, with units.

    Returns
    -------
    OneWeight
    """
    for name, value in ("xs", xs), ("ys", ys):
        if validate.array(name, value).ndim != 1 or value.min() <= 0:
            raise ValueError(f"{name} must be positive numbers in a row, got {value}")
    if len(xs) != len(ys):
        raise ValueError(f"ys must have one value for each of the {len(xs)} xs, "
                         f"got {len(ys)}")
    return OneWeight(xs, ys, labels)

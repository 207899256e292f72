"""The gap between training and new names, against size and dropout: stored runs."""

import numpy as np

from lstm_helpers import by_heart
from lstm_helpers.figures.style import COLOURS
from lstm_helpers.widgets import core, svg
from lstm_helpers.widgets.core import choice, row, slider

LOW, HIGH = 0.5, 5.5  # bits
EPOCHS = np.arange(1, by_heart.EPOCHS + 1)


class ByHeart(core.Explorer):
    """A size and a rate of recurrent dropout; both curves, and the gap at the end."""

    def __init__(self):
        self.size = choice("units", [str(H) for H in by_heart.SIZES], "64")
        self.rate = slider("dropout", 0.0, 0.0, 0.7, 0.1, COLOURS["wrong"])
        super().__init__([row(self.size, self.rate)], lines=3)

    def curves(self):
        """Return the mean training and validation curve in bits, (40,) each."""
        found = by_heart.of(H=int(self.size.value), states=round(self.rate.value, 1))
        return by_heart.mean(found, "train"), by_heart.mean(found, "val")

    def draw(self):
        """Draw both curves, the best epoch, and the gap as a bar at the end."""
        train, val = self.curves()
        H, rate = self.size.value, self.rate.value
        chart = svg.Chart(66, 34, 480, 210, (1, by_heart.EPOCHS), (LOW, HIGH))
        parts = [chart.axes({k: k for k in (1, 10, 20, 30, 40)},
                            {k: k for k in range(1, 6)}, "epoch", "bits a letter"),
                 chart.line(EPOCHS, train, COLOURS["h"], "-", 2.2),
                 chart.line(EPOCHS, val, COLOURS["wrong"], ":", 2.6)]
        best = int(val.argmin())
        parts.append(svg.tag("circle", cx=float(chart.x(EPOCHS[best])),
                             cy=float(chart.y(val[best])), r=5, fill=COLOURS["wrong"]))
        right = chart.x(by_heart.EPOCHS)
        top, bottom = chart.y(val[-1]), chart.y(train[-1])
        parts += [svg.wire([(right + 8, top), (right + 8, bottom)], COLOURS["c"],
                           width=5),
                  svg.text(right + 18, (top + bottom) / 2,
                           f"gap {val[-1] - train[-1]:.2f} bits"),
                  svg.text(chart.x(24), chart.y(val[23]) - 20, "new names",
                           fill=COLOURS["wrong"], anchor="middle"),
                  svg.text(chart.x(24), chart.y(train[23]) + 20, "the 400 it learns",
                           anchor="middle")]
        words = (f"{H} units, dropout {svg.number(rate, 1)}: after 40 epochs "
                 f"{train[-1]:.2f} bits on the 400 names, {val[-1]:.2f} on new ones. "
                 f"Lowest on new ones: {val[best]:.2f}, after epoch {EPOCHS[best]}.")
        return svg.picture(700, 296, f"Learned by heart. {words}", *parts), words


def learned_by_heart():
    """Show training and validation curves for a size and a rate of dropout.

    Returns
    -------
    ByHeart
    """
    return ByHeart()

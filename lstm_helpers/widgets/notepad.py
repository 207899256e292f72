"""The notepad: what is left of a line after n steps, if each keeps the share f."""

import numpy as np

from lstm_helpers.figures.style import COLOURS
from lstm_helpers.widgets import core, svg
from lstm_helpers.widgets.core import row, slider
from lstm_helpers.widgets.svg import tag, text, wire

STEPS = 50
LINES = ("the villain limps", "breakfast was late", "it rains")


class Notepad(core.Explorer):
    """A forget gate, a number of steps, and a page that fades."""

    def __init__(self):
        self.f = slider("forget gate f", 0.9, 0.0, 1.0, 0.01, COLOURS["f"])
        self.n = slider("steps n", 10, 0, STEPS, 1)
        super().__init__([row(self.f, self.n)])

    def draw(self):
        """Draw the page at the left and f to the power of n at the right."""
        f, n = self.f.value, self.n.value
        left = f**n
        parts = [tag("rect", x=14, y=16, width=200, height=206, rx=4, fill="#FFFDF2",
                     stroke="#BBBBBB")]
        for y in (62, 86, 110, 158, 182, 206):
            parts.append(wire([(24, y), (204, y)], "#D8D8D8", width=1))
        parts += [text(24, 32, "page 0, as it was written", font_size=11,
                       fill=svg.QUIET),
                  text(24, 130, f"page {n}, what is left of it", font_size=11,
                       fill=svg.QUIET)]
        for k, line in enumerate(LINES):
            parts.append(text(30, 53 + 24 * k, line, font_style="italic"))
            parts.append(text(30, 149 + 24 * k, line, font_style="italic",
                              fill_opacity=f"{left:.3f}"))
        chart = svg.Chart(276, 36, 390, 160, (0, STEPS), (0, 1))
        parts.append(chart.axes({k: k for k in range(0, STEPS + 1, 10)},
                                {0: "0", 0.5: "½", 1: "1"}, "steps n",
                                "what is left, f to the power of n"))
        steps = np.arange(STEPS + 1)
        parts.append(chart.line(steps, f**steps.astype(float), COLOURS["c"], width=3))
        x, y = chart.x(n), chart.y(left)
        parts += [wire([(x, chart.top + chart.height), (x, y)], svg.INK, ":"),
                  tag("circle", cx=x, cy=y, r=5.5, fill=COLOURS["f"])]
        told = f"With f = {f:.2f}, {100 * left:.1f} % is left after {n} steps."
        if f == 0:
            half = "Everything is gone after one step."
        elif f == 1:
            half = "Nothing is ever lost."
        else:
            half = f"Half is gone after {np.log(0.5) / np.log(f):.1f} steps."
        picture = svg.picture(700, 240, f"A page of notes that fades. {told}", *parts)
        return picture, f"{told} {half}"


def notepad():
    """Show what a forget gate leaves of a line on a page.

    Returns
    -------
    Notepad
    """
    return Notepad()

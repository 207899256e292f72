"""The notepad: three notes, each with a forgetting of its own, after n pages."""

import numpy as np

from lstm_helpers.figures.style import COLOURS
from lstm_helpers.widgets import core, svg
from lstm_helpers.widgets.core import row, slider
from lstm_helpers.widgets.svg import tag, text, wire

STEPS = 70
NOTES = (("the villain limps", "limp", 0.999, "-"),
         ("a window was open", "window", 0.9, "--"),
         ("toast for breakfast", "toast", 0.5, ":"))


class Notepad(core.Explorer):
    """A forget gate for each note, a number of pages, and a page that fades."""

    def __init__(self):
        self.shares = [slider(f"f of the {name}", f, 0.0, 1.0, 0.001, COLOURS["f"],
                              readout_format=".3f") for _, name, f, _ in NOTES]
        self.n = slider("pages n", 10, 0, STEPS, 1)
        super().__init__([row(*self.shares, self.n, columns=2)], lines=3)

    def draw(self):
        """Draw the page at the left and f to the power of n at the right.

        Returns
        -------
        picture, words : str
        """
        n = self.n.value
        parts = [tag("rect", x=14, y=16, width=200, height=206, rx=4, fill="#FFFDF2",
                     stroke="#BBBBBB"),
                 text(24, 32, "as it was written", font_size=11, fill=svg.QUIET),
                 text(24, 130, f"{n} pages later", font_size=11, fill=svg.QUIET)]
        for y in (62, 86, 110, 158, 182, 206):
            parts.append(wire([(24, y), (204, y)], "#D8D8D8", width=1))
        chart = svg.Chart(260, 36, 350, 160, (0, STEPS), (0, 1))
        parts.append(chart.axes({k: k for k in range(0, STEPS + 1, 10)},
                                {0: "0", 0.5: "½", 1: "1"}, "pages n",
                                "what is left, f to the power of n"))
        parts.append(wire([(chart.x(n), chart.top), (chart.x(n), chart.top + 160)],
                          svg.QUIET, ":"))
        steps, told = np.arange(STEPS + 1), []
        for k, (words, name, _, style) in enumerate(NOTES):
            f = self.shares[k].value
            left = f**n
            parts += [text(30, 53 + 24 * k, words, font_style="italic"),
                      text(30, 149 + 24 * k, words, font_style="italic",
                           fill_opacity=f"{left:.3f}"),
                      chart.line(steps, f**steps.astype(float), COLOURS["c"], style),
                      tag("circle", cx=chart.x(n), cy=chart.y(left), r=5.0,
                          fill=COLOURS["f"]),
                      text(618, 60 + 24 * k, f"{name} {100 * left:.1f} %")]
            told.append(f"{words.capitalize()}: f = {f:.3f}, {100 * left:.1f} % is "
                        f"left, {half_life(f)}.")
        alone = " ".join(told)
        picture = svg.picture(720, 240, f"Three notes, and what is left of each after "
                              f"{n} pages. {alone}", *parts)
        return picture, "<br>".join(told)


def half_life(f):
    """Say after how many pages half is gone, for a share f that is kept a page."""
    if f == 0:
        return "all is gone after one page"
    if f == 1:
        return "nothing is ever lost"
    return f"half is gone after {np.log(0.5) / np.log(f):.1f} pages"


def notepad():
    """Show what three forget gates leave of three lines on a page.

    Returns
    -------
    Notepad
    """
    return Notepad()

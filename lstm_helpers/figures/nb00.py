"""Pictures of the start page: a story, what a notepad keeps, the past, the road."""

import matplotlib.pyplot as plt
import numpy as np

from lstm_helpers import validate
from lstm_helpers.figures.road import PICTURES, TILES, road
from lstm_helpers.figures.style import COLOURS, axes

__all__ = ["ALT", "HISTORY", "PICTURES", "TILES", "continued", "downhill",
           "remaining", "road", "story", "timeline"]

# What a reader may note in a detective story: page, share kept a page, words.
NOTES = {
    "the villain limps": (2, 1.0),
    "a window was open": (5, 0.9),
    "toast for breakfast": (3, 0.5),
}

# Year, who, and what the cell of that year does to the state on its way.
HISTORY = (
    (1990, "Elman", "recurrent network: a\nmatrix, tanh, each step"),
    (1997, "Hochreiter, Schmidhuber", "LSTM: a belt that\nonly adds; gates i and o"),
    (2000, "Gers, Schmidhuber,\nCummins", "the forget gate:\na share is kept"),
    (2014, "Cho and others", "GRU: z is kept,\n1 − z is filled up"),
)
ALT = {
    "weight": "The loss over the weight w, a bowl with its bottom at 2.52, where the "
    "loss is 0.27. Dots on it, the steps of training, come down from w = 1 and lie "
    "closer and closer together at the bottom.",
    "curve": "Two panels. In both, a curve that repeats every 20 steps is known up "
    "to step 140 and goes on thin. Above, before training, the network's dashed "
    "continuation is nearly flat; below, after training, it follows the curve.",
    "story": "Three rows of bars over twelve pages. The villain limps: noted on page "
    "2, all bars equally high. A window was open: noted on page 5, bars slowly "
    "shrink. Toast for breakfast: noted on page 3, half as high each page, all but "
    "gone by page 8.",
    "remaining": "Four curves over 80 steps, all from 1. For f = 1 nothing is lost. "
    "For f = 0.99 half is left after 69 steps. For f = 0.9 half is gone after 7 "
    "steps, for f = 0.5 after one.",
    "timeline": "The cells of four years. 1990 Elman: the state passes a box, matrix "
    "and tanh. 1997 Hochreiter and Schmidhuber: a thick belt with a plus sign and no "
    "times sign; i times g comes in, a gate o shows it. 2000 Gers, Schmidhuber and "
    "Cummins: the same belt, now with a times sign for the forget gate f. 2014 Cho "
    "and others, GRU: a belt with times z, and one minus z times n comes in.",
    "road": "Fourteen tiles in reading order. 00 start here, 01 RNN equation, 02 the "
    "gates, 03 counting to 384, 04 watching gates; 05 errors go back, 06 what "
    "survives, 07 remembering, 08 a sine wave, 09 next number; and with dashed "
    "frames 10 text, 11 real data, 12 variants, 13 make something.",
}


def downhill(loss, steps, ax=None):
    """Draw the loss over one weight, and the weights that training went through.

    Parameters
    ----------
    loss : callable
        ``loss(w)`` returns a number.
    steps : sequence of float
        The weight before training and after each step.
    ax : Axes, optional

    Returns
    -------
    Axes
    """
    ax = axes(ax)
    ws = np.linspace(0, 5, 101)
    ax.plot(ws, [loss(w) for w in ws], color="#111111")
    ax.plot(steps, [loss(w) for w in steps], "o", color=COLOURS["wrong"])
    ax.annotate("start", (steps[0], loss(steps[0])), xytext=(8, 6),
                textcoords="offset points", color=COLOURS["wrong"])
    ax.set(xlabel="weight w", ylabel="loss", ylim=(0, None))
    return ax


def continued(curve, known, before, after):
    """Draw a curve, and how a network continues it before and after training.

    Parameters
    ----------
    curve : ndarray, (T,)
    known : int
        How many values the network was shown.
    before, after : ndarray, (steps,)
        What the network makes of the rest.

    Returns
    -------
    Figure
    """
    fig, panels = plt.subplots(2, 1, figsize=(8, 3.6), sharex=True)
    late = max(0, known - 60)
    rest = np.arange(known, known + len(after))
    for ax, words, guess in zip(panels, ("before training", "after training"),
                                (before, after), strict=True):
        ax.plot(np.arange(late, known), curve[late:known], color="#111111")
        ax.plot(rest, curve[rest], color="#767676", lw=1)
        ax.plot(rest, guess, "--", color=COLOURS["wrong"])
        ax.axvline(known - 0.5, color="#767676", lw=0.8)
        ax.set(ylabel="value", ylim=(-1.5, 1.5))
        ax.set_title(words)
    panels[0].text(known - 2, 1.15, "known", ha="right", fontsize=9)
    panels[0].text(known + 1, 1.15, "thin: how it goes on   dashed: the network",
                   fontsize=9)
    panels[1].set_xlabel("step")
    return fig


def story(notes=None, pages=12, ax=None):
    """Draw how much of each note is left, page by page.

    Parameters
    ----------
    notes : dict of str to (int, float), optional
        What was noted: on which page, and which share is kept at every page turned.
    pages : int
    ax : Axes, optional

    Returns
    -------
    Axes
    """
    notes = NOTES if notes is None else notes
    pages = validate.count("pages", pages, least=2)
    ax = axes(ax)
    for row, (words, (first, keep)) in enumerate(notes.items()):
        base = -row
        left = keep ** np.arange(pages - first + 1)
        ax.bar(np.arange(first, pages + 1), 0.72 * left, width=0.7, bottom=base,
               color=COLOURS["c"], edgecolor="#333333", lw=0.6)
        ax.axhline(base, color="#333333", lw=0.8)
        share = "all" if keep == 1 else f"{keep:g}"
        ax.text(0.2, base + 0.3, f"{words}\nkeep {share}", ha="right", va="center")
    ax.set(xlim=(0.4, pages + 0.6), ylim=(0.85 - len(notes), 0.85), yticks=[],
           xlabel="page", xticks=range(1, pages + 1))
    ax.spines["left"].set_visible(False)
    ax.spines["bottom"].set_visible(False)
    ax.grid(visible=False)
    return ax


def remaining(shares=(1.0, 0.99, 0.9, 0.5), steps=80, ax=None):
    """Draw what is left of a 1 after every step, for several forget gates.

    Parameters
    ----------
    shares : sequence of float, 0 to 1
        The forget gate: the share that is kept at each step.
    steps : int
    ax : Axes, optional

    Returns
    -------
    Axes
    """
    steps = validate.count("steps", steps)
    ax = axes(ax)
    styles = ("-", "-.", "--", ":")
    n = np.arange(steps + 1)
    for k, f in enumerate(shares):
        if not 0 <= f <= 1:
            raise ValueError(f"shares must lie between 0 and 1, got {f}")
        left = float(f) ** n
        ax.plot(n, left, styles[k % 4], color=COLOURS["f"])
        at, place = steps, (6, 0)
        if left[-1] < 0.1:  # near zero the names would cover each other
            at = int(np.argmax(left < 0.4))
            place = (6, 6)
        ax.annotate(f"f = {f:g}", (at, left[at]), xytext=place, va="center",
                    textcoords="offset points", annotation_clip=False)
    ax.axhline(0.5, color="#767676", lw=0.8)
    ax.annotate("half", (0.6 * steps, 0.5), xytext=(0, -3), textcoords="offset points",
                va="top", color="#595959")
    ax.set(xlabel="n (steps)", ylabel="share left", ylim=(-0.03, 1.06))
    return ax


def timeline(ax=None):
    """Draw the cell of each year of `HISTORY`: what the state meets on its way.

    Returns
    -------
    Axes
    """
    ax = axes(ax)
    ax.axis("off")
    ax.set(xlim=(0, 4), ylim=(-1.45, 1.25))
    for k, (year, who, what) in enumerate(HISTORY):
        ax.text(k + 0.5, 1.2, str(year), ha="center", va="top", fontsize=12,
                weight="bold")
        ax.text(k + 0.5, 0.98, who, ha="center", va="top", fontsize=8.5,
                color="#595959")
        ax.text(k + 0.5, -1.0, what, ha="center", va="top", fontsize=8.5)
        CELLS[year](ax, k)
    return ax


def _sign(ax, x, y, letter, colour="#333333", **box):
    """Write a sign on a white disc, or in a box."""
    style = dict(boxstyle="circle,pad=0.2", fc="white", ec=colour, lw=1.3) | box
    ax.text(x, y, letter, ha="center", va="center", fontsize=10, color=colour,
            bbox=style, zorder=3)


def _enters(ax, x, low, high, words, colour):
    """Draw an arrow that comes up from below, with words under it."""
    ax.annotate("", (x, high), (x, low), arrowprops=dict(arrowstyle="-|>",
                                                         color=colour, lw=1.3))
    ax.text(x, low - 0.04, words, ha="center", va="top", fontsize=9.5, color=colour)


def _belt(ax, k, words):
    """Draw the thick line along which the state goes, and its name."""
    ax.annotate("", (k + 0.93, 0.25), (k + 0.07, 0.25), arrowprops=dict(
        arrowstyle="-|>", color=COLOURS["c"], lw=4))
    ax.text(k + 0.08, 0.38, words, fontsize=9.5, color="#333333")


def elman(ax, k):
    """The state passes a matrix and tanh at every step."""
    ax.annotate("", (k + 0.93, 0.25), (k + 0.07, 0.25), arrowprops=dict(
        arrowstyle="-|>", color="#333333", lw=1.5))
    ax.text(k + 0.08, 0.38, "h", fontsize=9.5)
    _sign(ax, k + 0.5, 0.25, "W, tanh", boxstyle="square,pad=0.4")
    _enters(ax, k + 0.5, -0.45, 0.08, "x", "#333333")


def _noted_and_shown(ax, k, plus):
    """What the belts of 1997 and 2000 share: i g comes in, o shows."""
    _sign(ax, k + plus, 0.25, "+")
    _enters(ax, k + plus, -0.45, 0.1, "i · g", COLOURS["i"])
    ax.annotate("", (k + 0.84, -0.45), (k + 0.84, 0.22), arrowprops=dict(
        arrowstyle="-|>", color=COLOURS["o"], lw=1.3))
    ax.text(k + 0.84, -0.49, "o", ha="center", va="top", fontsize=9.5,
            color=COLOURS["o"])


def belt_of_1997(ax, k):
    """A plus and no times: what is on the belt stays."""
    _belt(ax, k, "c")
    _noted_and_shown(ax, k, 0.45)


def belt_of_2000(ax, k):
    """The forget gate: a times before the plus."""
    _belt(ax, k, "c")
    _sign(ax, k + 0.3, 0.25, "×", COLOURS["f"])
    _enters(ax, k + 0.3, -0.45, 0.1, "f", COLOURS["f"])
    _noted_and_shown(ax, k, 0.58)


def gru(ax, k):
    """One gate for both: times z, and one minus z times n comes in."""
    _belt(ax, k, "h")
    _sign(ax, k + 0.3, 0.25, "×", COLOURS["f"])
    _enters(ax, k + 0.3, -0.45, 0.1, "z", COLOURS["f"])
    _sign(ax, k + 0.65, 0.25, "+")
    _enters(ax, k + 0.65, -0.45, 0.1, "(1 − z) · n", COLOURS["i"])


CELLS = {1990: elman, 1997: belt_of_1997, 2000: belt_of_2000, 2014: gru}

"""Pictures of the start page: a story, what a notepad keeps, the past, the road."""

import numpy as np
from matplotlib.patches import FancyBboxPatch, Rectangle

from lstm_helpers import validate
from lstm_helpers.figures.style import COLOURS, axes

# What a reader may note in a detective story: page, share kept a page, words.
NOTES = {
    "the villain limps": (2, 1.0),
    "a window was open": (5, 0.9),
    "toast for breakfast": (3, 0.5),
}

# Year, who, what, and whether it is drawn strong: the steps of the cell itself.
HISTORY = (
    (1990, "Elman", "the simple\nrecurrent network", False),
    (1997, "Hochreiter &\nSchmidhuber", "LSTM: cell, input gate,\noutput gate; no "
     "forget gate", True),
    (2000, "Gers, Schmidhuber\n& Cummins", "the forget gate", True),
    (2000, "Gers &\nSchmidhuber", "peepholes: gates\nsee the cell", True),
    (2014, "Cho and others", "GRU: two gates,\nno separate cell", True),
    (2015, "Jozefowicz,\nZaremba & Sutskever", "forget bias of 1:\na start that "
     "remembers", True),
    (2017, "Vaswani and others", "the transformer:\nattention alone", False),
)
# Where each event of HISTORY stands: (x of its text, level above or below the line).
PLACES = ((0.2, 1), (2.1, -1), (3.9, 1), (5.7, -1), (7.4, 1), (9.2, -1), (10.9, 1))


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


def remaining(shares=(1.0, 0.99, 0.9, 0.5), steps=40, ax=None):
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
    ax.annotate("half", (steps, 0.5), xytext=(-2, 2), textcoords="offset points",
                ha="right", color="#595959")
    ax.set(xlabel="n (steps)", ylabel="share left", ylim=(-0.03, 1.06))
    return ax


def timeline(ax=None):
    """Draw the history of the cell: what was added when, and by whom.

    Returns
    -------
    Axes
    """
    ax = axes(ax)
    ax.axis("off")
    ax.set(xlim=(-0.75, 11.8), ylim=(-2.3, 2.3))
    ax.annotate("", (11.75, 0), (-0.7, 0),
                arrowprops=dict(arrowstyle="-|>", color="#333333", lw=1.5))
    for (year, who, what, strong), (x, level) in zip(HISTORY, PLACES, strict=True):
        colour = COLOURS["f"] if what == "the forget gate" else "#333333"
        ax.plot([x, x], [0, 0.55 * level], color=colour, lw=1.2)
        ax.plot(x, 0, "o", ms=9 if strong else 6, mec=colour,
                mfc=colour if strong else "white")
        ax.text(x, -0.24 * level, str(year), ha="center", fontsize=10,
                va="top" if level > 0 else "bottom", weight="bold")
        side = "bottom" if level > 0 else "top"
        ax.text(x, 0.66 * level, what, ha="center", va=side, fontsize=9, color=colour,
                weight="bold" if strong else "normal")
        deep = 0.66 + 0.47 * (1 + what.count("\n"))
        ax.text(x, deep * level, who, ha="center", va=side, fontsize=9,
                color="#595959")
    return ax


def road(tiles=None, ax=None):
    """Draw the series as tiles with a small picture each, in the order of reading.

    Parameters
    ----------
    tiles : dict of str to str, optional
        Number of a notebook and two or three words; the drawing knows the number.
    ax : Axes, optional

    Returns
    -------
    Axes
    """
    tiles = TILES if tiles is None else tiles
    ax = axes(ax)
    ax.axis("off")
    ax.set(xlim=(-0.05, 10.05), ylim=(-0.15, 5.75), aspect="equal")
    for k, (number, words) in enumerate(tiles.items()):
        x, y = 2 * (k % 5), 4 - 2 * (k // 5)
        beyond = number >= "10"
        ax.add_patch(FancyBboxPatch(
            (x + 0.1, y + 0.1), 1.72, 1.5, lw=1.4, facecolor="white",
            boxstyle="round,pad=0,rounding_size=0.12", ls="--" if beyond else "-",
            edgecolor="#767676" if beyond else "#333333"))
        ax.text(x + 0.2, y + 1.36, number, weight="bold", fontsize=9, va="center")
        ax.text(x + 0.96, y + 0.16, words, ha="center", va="bottom", fontsize=8.5)
        picture = ax.inset_axes([x + 0.46, y + 0.54, 1.2, 0.66],
                                transform=ax.transData)
        picture.axis("off")
        PICTURES.get(number, lambda inset: None)(picture)
        if k % 5 < 4 and not beyond:
            ax.annotate("", (x + 2.1, y + 0.85), (x + 1.84, y + 0.85),
                        arrowprops=dict(arrowstyle="-|>", color="#333333", lw=1.2))
    return ax


TILES = {
    "00": "start here", "01": "RNN equation", "02": "the gates",
    "03": "counting to 384", "04": "watching gates", "05": "errors go back",
    "06": "what survives", "07": "remembering", "08": "a sine wave",
    "09": "next number", "10": "text", "11": "real data", "12": "variants",
    "13": "make something",
}


def words_in(ax, text, size=12):
    """Write in the middle of a small picture."""
    ax.text(0.5, 0.5, text, ha="center", va="center", fontsize=size,
            transform=ax.transAxes)


def notepad(ax):
    """Three lines of a page, each fainter than the one before."""
    for k, shade in enumerate(("#111111", "#888888", "#D0D0D0")):
        ax.plot([0, 1], [-k, -k], color=shade, lw=3)
    ax.set(xlim=(-0.5, 1.5), ylim=(-2.6, 0.6))


def loop(ax):
    """A box whose output returns to it."""
    ax.add_patch(Rectangle((0.3, 0.1), 0.5, 0.5, fill=False, lw=1.5))
    ax.annotate("", (0.62, 0.62), (0.84, 0.35), arrowprops=dict(
        arrowstyle="-|>", connectionstyle="arc3,rad=1.1", lw=1.5))
    ax.set(xlim=(0, 1.3), ylim=(0, 1))


def gates(ax):
    """Four blocks in the colours of i, f, g, o."""
    for k, gate in enumerate("ifgo"):
        ax.add_patch(Rectangle((k, 0), 0.8, 0.8, fill=False, lw=2, ec=COLOURS[gate]))
        ax.text(k + 0.4, 0.38, gate, ha="center", va="center", fontsize=9)
    ax.set(xlim=(-0.3, 4.1), ylim=(-0.5, 1.3))


def blocks(ax):
    """The matrix of 384, 12 by 32, in four colours."""
    for k, gate in enumerate("ifgo"):
        ax.add_patch(Rectangle((8 * k, 0), 8, 12, color=COLOURS[gate], alpha=0.6))
    ax.hlines(range(1, 12), 0, 32, color="white", lw=0.4)
    ax.vlines(range(1, 32), 0, 12, color="white", lw=0.4)
    ax.set(xlim=(-1, 33), ylim=(-2, 14))


def heatmap(ax):
    """Gates over time."""
    t, unit = np.meshgrid(np.arange(16), np.arange(5))
    ax.imshow(0.5 + 0.5 * np.sin(0.7 * t + 1.9 * unit), vmin=0, vmax=1)


def backwards(ax):
    """Steps forward, and dashed arrows back."""
    for k in range(3):
        ax.annotate("", (k + 1, 0.3), (k, 0.3), arrowprops=dict(arrowstyle="-|>"))
        ax.annotate("", (k, -0.3), (k + 1, -0.3),
                    arrowprops=dict(arrowstyle="-|>", ls="--", color=COLOURS["wrong"]))
    ax.set(xlim=(-0.2, 3.2), ylim=(-1, 1))


def fading(ax):
    """Two lines on a log axis, one falling faster."""
    ax.plot([0, 1], [0, -3], "--", color="#767676")
    ax.plot([0, 1], [0, -0.8], color="#111111")
    ax.set(xlim=(-0.1, 1.1), ylim=(-3.4, 0.4))


def adding(ax):
    """A long sequence with two marks."""
    ax.plot(np.arange(24), np.zeros(24), "|", color="#888888", ms=7)
    ax.plot([3, 15], [0, 0], "v", color=COLOURS["wrong"], ms=7)
    ax.set_ylim(-1, 1)


def sine(ax):
    """A sine and what continues it."""
    t = np.linspace(0, 3 * np.pi, 90)
    ax.plot(t[:60], np.sin(t[:60]), color="#111111")
    ax.plot(t[60:], np.sin(t[60:]), ":", color="#111111")
    ax.set_ylim(-1.5, 1.5)


def next_number(ax):
    """27 28 29 and a question."""
    words_in(ax, "27 28 29 ?", 9.5)


def letters(ax):
    """A word to be continued."""
    words_in(ax, "reme_", 11)


def price(ax):
    """A walk and itself, a day late."""
    walk = np.cumsum(np.random.default_rng(5).normal(size=26))
    ax.plot(walk[1:], color="#111111")
    ax.plot(walk[:-1], "--", color=COLOURS["wrong"], lw=1.2)


def stacked(ax):
    """Two boxes on top of each other, and one with an arrow back."""
    for x, y in ((0, 0), (0, 0.55), (0.9, 0.27)):
        ax.add_patch(Rectangle((x, y), 0.6, 0.4, fill=False, lw=1.4))
    ax.set(xlim=(-0.3, 1.8), ylim=(-0.2, 1.15))


def tune(ax):
    """Five notes."""
    heights = (0, 2, 1, 3, 2)
    ax.hlines(range(-1, 4), -0.6, 4.6, color="#BBBBBB", lw=0.7)
    ax.plot(range(5), heights, "o", color="#111111", ms=5)
    ax.vlines(np.arange(5) + 0.13, heights, np.add(heights, 2.2), color="#111111",
              lw=1.1)
    ax.set_ylim(-2, 6)


PICTURES = {
    "00": notepad, "01": loop, "02": gates, "03": blocks, "04": heatmap,
    "05": backwards, "06": fading, "07": adding, "08": sine, "09": next_number,
    "10": letters, "11": price, "12": stacked, "13": tune,
}


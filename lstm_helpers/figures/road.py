"""The road through the series: a tile and a small picture for every notebook."""

import numpy as np
from matplotlib.patches import FancyBboxPatch, Rectangle

from lstm_helpers.figures.style import COLOURS, axes


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


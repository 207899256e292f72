"""Pictures of notebook 13: notes, what they cost, where attention looks."""

import matplotlib.pyplot as plt
import numpy as np

from lstm_helpers import validate
from lstm_helpers.figures.style import COLOURS, axes

ALT = {
    "notes": "Notes as bars: height is pitch, length is time; thin lines part the "
    "bars of the tune.",
    "composed": "A tune as notes. Steps with a dot lie in a stretch of eight that "
    "stands in a tune learned from; the others do not.",
    "apart": "Bits a step for rhythm and for pitch, a dot a split, counting beside the "
    "LSTM, each pair joined. For rhythm every line falls; for pitch they cross.",
    "attention": "Weights over the steps of one sequence, for two networks. Dotted "
    "lines stand at the two marks, and the highest weights stand there too.",
}
NAMES = ("G,", "A,", "B,", "C", "D", "E", "F", "G", "A", "B", "c", "d", "e", "f", "g")
ROW = {name: k for k, name in enumerate(NAMES)}


def notes(steps, ax=None, bar=8, mark=None, title=""):
    """Draw a tune in steps of an eighth: height is pitch, length is time.

    Parameters
    ----------
    steps : list of str
        A name where a note begins, a dash while it lasts.
    ax : Axes, optional
    bar : int
        Steps between two lines.
    mark : ndarray of bool, (len(steps),), optional
        Steps to draw in another colour, with a dot.
    title : str

    Returns
    -------
    Axes
    """
    ax = axes(ax)
    bar = validate.count("bar", bar)
    at, used = None, set()
    for t, step in enumerate(steps):
        if step in ROW:
            at = ROW[step]
            used.add(at)
        if at is None:
            continue
        marked = mark is not None and mark[t]
        begins = step in ROW
        ax.add_patch(plt.Rectangle(
            (t + 0.2 * begins, at - 0.35), 1 - 0.2 * begins, 0.7, lw=0,
            color=COLOURS["wrong"] if marked else "#555555"))
        if marked:
            ax.plot(t + 0.6, at, "o", color="white", ms=2.5)
    for t in range(0, len(steps) + 1, bar):
        ax.axvline(t, color="#BBBBBB", lw=0.8, zorder=0)
    low, high = min(used, default=3), max(used, default=10)
    ax.set(xlim=(0, len(steps)), ylim=(low - 0.7, high + 0.7), title=title,
           xlabel="t (eighth)", ylabel="note")
    ax.set_yticks(range(low, high + 1), NAMES[low : high + 1])
    ax.grid(visible=False)
    return ax


def apart(table, axs=None):
    """Draw bits a step of two models, a dot a split, one panel a part of the cost.

    Parameters
    ----------
    table : dict of str to ndarray, (splits, 2)
        Model → its bits for rhythm and for pitch; two models.
    axs : two Axes, optional

    Returns
    -------
    ndarray of Axes
    """
    axs = plt.subplots(1, 2, figsize=(7.4, 3.2))[1] if axs is None else axs
    names = list(table)
    for k, (ax, title) in enumerate(zip(axs, ("rhythm", "pitch"), strict=True)):
        rows = np.stack([table[name][:, k] for name in names])
        ax.plot(rows, color="#BBBBBB", lw=1, zorder=0)
        for j, (row, dot) in enumerate(zip(rows, "so", strict=True)):
            colour = (COLOURS["truth"], COLOURS["i"])[j]
            ax.plot([j] * len(row), row, dot, color=colour, ms=6)
            ax.annotate(f"{row.mean():.2f}", (j, 1), xycoords=("data", "axes fraction"),
                        ha="center", va="bottom", color=colour)
        ax.set_xticks(range(2), names)
        ax.set(xlim=(-0.4, 1.4), ylabel="bits a step, unheard tunes" if k == 0 else "",
               xlabel=title)
    return axs


def attention(weights, marks, axs=None):
    """Draw how much weight each step of one sequence gets, and where the marks were.

    Parameters
    ----------
    weights : dict of str to ndarray, (L,)
        Label → weights of sum 1; one panel each.
    marks : sequence of int
    axs : sequence of Axes, optional

    Returns
    -------
    ndarray of Axes
    """
    if axs is None:
        axs = plt.subplots(len(weights), 1, figsize=(7.4, 1 + 1.4 * len(weights)),
                           sharex=True)[1]
    axs = np.atleast_1d(axs)
    for ax, (label, a) in zip(axs, weights.items(), strict=True):
        validate.array(label, a)
        ax.vlines(np.arange(len(a)), 0, a, color=COLOURS["h"], lw=2.5)
        for t in marks:
            ax.axvline(t, color=COLOURS["x"], lw=1.5, ls=":")
        ax.set(title=f"{label}: {a[list(marks)].sum():.2f} of the weight on the marks",
               ylabel="weight", ylim=(0, 1.1 * a.max()))
    axs[-1].set(xlabel="t (step)")
    return axs

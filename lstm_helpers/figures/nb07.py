"""Pictures of notebook 07: a sequence with marks, learning, the belt, long memory."""

import numpy as np

from lstm_helpers import validate
from lstm_helpers.figures.style import COLOURS, axes

ALT = {
    "sequence": "About fifty values between -1 and 1 as thin grey stems; two of them, "
    "both in the first half, are thick, blue and labelled mark.",
    "learning": "Root mean squared error against sequences seen. The curve of forget "
    "bias 1 stays at the dotted line of who always answers one half; the curve of the "
    "open gates leaves it and falls close to zero.",
    "belt": "Cell states of eight units over about 105 steps. One drawn thick jumps at "
    "the two dotted lines of the marks and is nearly level between and after them; the "
    "others are thin and grey, and some jump too.",
    "long memory": "Sequences until the rule was met against T, both axes logarithmic. "
    "The three points of 1997 rise from 74,000 to 853,000; ours lie between 6,000 and "
    "70,000 from T = 100 up to 20,000.",
}
# Colour is never the only sign: the k-th curve has a line style of its own.
STYLES = ((COLOURS["h"], "-"), (COLOURS["wrong"], "--"), (COLOURS["i"], "-."),
          (COLOURS["truth"], ":"))


def sequence(xs, ax=None):
    """Draw the values of one sequence; the marked ones stand out.

    Parameters
    ----------
    xs : ndarray, (L, 2)
        Value and marker.
    ax : Axes, optional

    Returns
    -------
    Axes
    """
    ax = axes(ax)
    validate.shape("xs", xs, "L 2", {})
    steps = np.arange(len(xs))
    marked = xs[:, 1] == 1
    for where, colour, size in ((~marked, "#BBBBBB", 4), (marked, COLOURS["x"], 9)):
        ax.vlines(steps[where], 0, xs[where, 0], color=colour, lw=1.5)
        ax.plot(steps[where], xs[where, 0], "o", color=colour, ms=size)
    for t in steps[marked]:
        ax.annotate("mark", (t, xs[t, 0]), ha="center", textcoords="offset points",
                    xytext=(0, 8 if xs[t, 0] > 0 else -16))
    ax.axhline(0, color="#999999", lw=0.8)
    ax.set(xlabel="t (step)", ylabel="value", ylim=(-1.35, 1.35))
    return ax


def learning(curves, batch, plateau, ax=None, smooth=20):
    """Draw the running error of networks over the sequences they have seen.

    Parameters
    ----------
    curves : dict of str to ndarray, (updates,)
        Mean squared errors, one an update.
    batch : int
        Sequences an update.
    plateau : float
        Root mean squared error of who always answers the mean.
    ax : Axes, optional
    smooth : int
        Updates to average over.

    Returns
    -------
    Axes
    """
    ax = axes(ax)
    for k, (label, losses) in enumerate(curves.items()):
        colour, line = STYLES[k % 4]
        window = np.ones(smooth) / smooth
        running = np.sqrt(np.convolve(validate.array(label, losses), window, "valid"))
        seen = batch * (smooth + np.arange(len(running)))
        ax.plot(seen, running, line, color=colour, lw=1.8)
        ax.annotate(label, (seen[-1], running[-1]), xytext=(6, 0), va="center",
                    textcoords="offset points", color=colour, annotation_clip=False)
    ax.axhline(plateau, color=COLOURS["truth"], lw=1, ls=(0, (1, 2)))
    ax.annotate("who always answers ½", (0, plateau), xytext=(2, 4),
                textcoords="offset points", color="#555555")
    ax.set(xlabel="sequences seen", ylabel="root mean squared error",
           ylim=(0, 1.25 * plateau))
    return ax


def belt(cs, marks, ax=None):
    """Draw the cell state of every unit, and where the marks were.

    Parameters
    ----------
    cs : ndarray, (L, H)
    marks : sequence of int
    ax : Axes, optional

    Returns
    -------
    Axes
    """
    ax = axes(ax)
    moves = np.abs(np.diff(cs, axis=0))[np.array(marks) - 1].sum(axis=0)
    best = int(moves.argmax())
    for k in range(cs.shape[1]):
        ax.plot(cs[:, k], color=COLOURS["c"] if k == best else "#BBBBBB",
                lw=3 if k == best else 1)
    for t in marks:
        ax.axvline(t, color=COLOURS["x"], lw=1.5, ls=":")
        ax.annotate("mark", (t, 1), xycoords=("data", "axes fraction"), ha="center",
                    xytext=(0, 3), textcoords="offset points")
    ax.annotate(f"unit {best}", (len(cs) - 1, cs[-1, best]), xytext=(6, 0),
                textcoords="offset points", va="center", annotation_clip=False)
    ax.set(xlabel="t (step)", ylabel="cell state c")
    return ax


def long_memory(series, ax=None):
    """Draw how many sequences it took against how long the memory was, log on log.

    Parameters
    ----------
    series : dict of str to dict
        Label → {T: list of counts}; each run is a dot, the means are joined.
    ax : Axes, optional

    Returns
    -------
    Axes
    """
    ax = axes(ax)
    for k, (label, runs) in enumerate(series.items()):
        colour, line = STYLES[k % 4]
        ts = sorted(runs)
        means = [np.mean(runs[T]) for T in ts]
        ax.loglog(ts, means, line, color=colour, lw=1.5, marker="so^D"[k % 4], ms=6)
        for T in ts:
            ax.plot([T] * len(runs[T]), runs[T], ".", color=colour, ms=4, alpha=0.6)
        ax.annotate(label, (ts[-1], means[-1]), xytext=(8, 0), va="center",
                    textcoords="offset points", color=colour, annotation_clip=False)
    ax.set(xlabel="T, least length of a sequence (steps)",
           ylabel="sequences until the rule was met")
    return ax

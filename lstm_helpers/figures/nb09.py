"""Pictures for notebook 09: what a network answers, and what the answer should be."""

import numpy as np

from lstm_helpers import validate
from lstm_helpers.figures.style import COLOURS, axes

RIGHT = dict(color=COLOURS["truth"], lw=1.2, ls="--", zorder=1)
ALT = {
    "losses": "The loss falls slowly in an almost straight line from about 330 to "
    "about 290, far above a dashed line at 61 and another at 1.",
    "approach": "Answers to 27, 28, 29 on a log axis of updates. With all three "
    "repairs they reach 28 or 29 after 100 updates. As given they stay below 1 until "
    "100 and pass 25 only near 10,000 updates.",
    "cures": "Thirteen rows of ten dots. As given, 10 units, another Dense and a "
    "scaled input lie near 0 to 4, Adam 0.01 near 6, Adam 0.1 in the twenties; a "
    "scaled target spreads from 2 to 21, the difference and every row with all three "
    "lies near 30.",
    "reach": "Answers against the number that should come, 3 to 103. All lie on the "
    "diagonal up to 29. Beyond, all three repairs stay flat near 30, scaling both "
    "bends towards 65, the difference follows.",
}
STYLES = [(COLOURS["f"], "o", "-"), (COLOURS["i"], "s", "-."), (COLOURS["g"], "^", ":"),
          (COLOURS["h"], "D", "--")]


def losses(series, ax=None, levels=None, ylabel="mean squared error"):
    """Draw losses against the number of updates, and named levels to compare with.

    Parameters
    ----------
    series : dict of str to ndarray, (updates,)
        Label and losses; the label is written at the end of the line.
    ax : Axes, optional
    levels : dict of str to float, optional
        Losses of simple rules: a dashed line each, named on it.
    ylabel : str

    Returns
    -------
    Axes
    """
    ax = axes(ax)
    for (label, values), (colour, _, line) in zip(series.items(), STYLES, strict=False):
        validate.array(label, values)
        updates = np.arange(1, len(values) + 1)
        ax.plot(updates, values, line, color=colour)
        ax.annotate(label, (updates[-1], values[-1]), xytext=(6, 0), color=colour,
                    textcoords="offset points", va="center", annotation_clip=False)
    for label, level in (levels or {}).items():
        ax.axhline(level, **RIGHT)
        ax.annotate(label, (1, level), xytext=(2, 4), textcoords="offset points",
                    color="#595959")
    ax.set(xlabel="update", ylabel=ylabel)
    ax.set_ylim(bottom=0)
    return ax


def approach(series, ax=None, right=30):
    """Draw how answers near the right one as the updates go on; one line a seed.

    Parameters
    ----------
    series : dict of str to (ndarray, ndarray), shapes (K,) and (seeds, K)
        Label; after how many updates the networks were asked; their answers.
    ax : Axes, optional
    right : float
        The answer wanted.

    Returns
    -------
    Axes
    """
    ax = axes(ax)
    for (label, (updates, answers)), style in zip(series.items(), STYLES, strict=False):
        colour, marker, line = style
        for answer in validate.array(label, answers):
            ax.semilogx(updates, answer, line, color=colour, marker=marker,
                        markersize=3.5, lw=1.2)
        mean = answers.mean(axis=0)
        half = np.argmin(np.abs(mean - right / 2))  # half way up there is room
        ax.annotate(label, (updates[half], mean[half]), xytext=(-14, 4), ha="right",
                    textcoords="offset points", va="center", color=colour)
    ax.axhline(right, **RIGHT)
    ax.annotate(f"right: {right:g}", (0.02, right), xytext=(0, 4), color="#595959",
                xycoords=("axes fraction", "data"), textcoords="offset points")
    ax.set(xlabel="updates (log axis)", ylabel="answer")
    return ax


def cures(answers, ax=None, right=30):
    """Draw one row a model and one dot a seed, against the right answer.

    Parameters
    ----------
    answers : dict of str to ndarray, (seeds,)
        Label and answers. The bar is the mean.
    ax : Axes, optional
    right : float
        The answer wanted.

    Returns
    -------
    Axes
    """
    ax = axes(ax)
    for row, (label, values) in enumerate(answers.items()):
        values = validate.array(label, np.asarray(values))
        spread = np.linspace(-0.22, 0.22, len(values))
        ax.plot(values, row + spread, "o", color=COLOURS["i"], markersize=3.5)
        ax.plot([values.mean()] * 2, [row - 0.36, row + 0.36], color=COLOURS["f"], lw=2)
        ax.annotate(f"{values.mean():.2f}", (1.01, row), va="center",
                    xycoords=("axes fraction", "data"))
    ax.axvline(right, **RIGHT)
    ax.annotate(f"right: {right:g}", (right, -0.75), xytext=(-4, 0), ha="right",
                textcoords="offset points", va="center", color="#595959")
    ax.annotate("mean", (1.01, -0.75), xycoords=("axes fraction", "data"), va="center",
                color=COLOURS["f"])
    ax.set(yticks=range(len(answers)), yticklabels=list(answers), xlabel="answer",
           ylim=(len(answers) - 0.4, -1.2))
    ax.grid(axis="y", visible=False)
    return ax


def reach(wanted, series, ax=None, seen=(3, 29)):
    """Draw answers against the numbers that should come, far beyond those seen.

    Parameters
    ----------
    wanted : ndarray, (K,)
        The right answers.
    series : dict of str to ndarray, (seeds, K)
        Label and answers, one line a seed.
    ax : Axes, optional
    seen : (float, float)
        The range of the training, shaded.

    Returns
    -------
    Axes
    """
    ax = axes(ax)
    ax.axvspan(*seen, color="#EEEEEE", zorder=0)
    ax.plot(wanted, wanted, **RIGHT)
    at = wanted[len(wanted) * 3 // 5]
    ax.annotate("right", (at, at), xytext=(-8, 6), ha="right",
                textcoords="offset points", color="#595959")
    for (label, answers), (colour, _, line) in zip(series.items(), STYLES,
                                                   strict=False):
        for answer in validate.array(label, answers):
            ax.plot(wanted, answer, line, color=colour, lw=1.2)
        ax.annotate(label, (wanted[-1], answers[:, -1].mean()), xytext=(6, 0),
                    textcoords="offset points", va="center", color=colour,
                    annotation_clip=False)
    ax.text(np.mean(seen), 0.97, "seen", transform=ax.get_xaxis_transform(),
            ha="center", va="top", color="#595959")
    ax.set(xlabel="number that should come", ylabel="answer")
    return ax

"""Pictures of a cell over time: heatmaps of gates and states, correlations, bounds."""

import matplotlib.pyplot as plt
import numpy as np

from lstm_helpers import validate
from lstm_helpers.figures.common import SIGNED, heatmap, waves
from lstm_helpers.figures.style import COLOURS, NAMES, axes

__all__ = ["SIGNED", "before_and_after", "belt_bounds", "cell_over_time",
           "correlation_table", "heatmap", "strip", "tidy", "waves"]


def cell_over_time(record, axs=None):
    """Draw the heatmaps of three gates, the candidate and both states.

    Parameters
    ----------
    record : dict of str to ndarray, (T, H)
        Under i, f, o, g, c and h.
    axs : array of Axes, (2, 3), optional

    Returns
    -------
    array of Axes
        Above f, i, o; below g, c, h. The belt c has its own limit, all else its bound.
    """
    if axs is None:
        axs = plt.subplots(2, 3, figsize=(9, 4.2), sharex=True, sharey=True)[1]
    room = float(np.ceil(np.abs(record["c"]).max()))
    limits = {"g": 1, "c": room, "h": 1}
    for ax, name in zip(np.ravel(axs), "fiogch", strict=True):
        heatmap(record[name], ax, NAMES[name], limits.get(name))
    tidy(axs)
    return axs


def tidy(axs):
    """Leave axis names only on the left and at the bottom of a grid of heatmaps."""
    for ax in np.ravel(axs[:-1]):
        ax.set_xlabel("")
    for ax in np.ravel(axs[:, 1:]):
        ax.set_ylabel("")


def before_and_after(before, after, axs=None):
    """Draw gates and hidden state of one cell, before training beside after it.

    Parameters
    ----------
    before, after : dict of str to ndarray, (T, H)
        Under f, i, o and h.
    axs : array of Axes, (4, 2), optional

    Returns
    -------
    array of Axes
    """
    if axs is None:
        axs = plt.subplots(4, 2, figsize=(8.5, 7), sharex=True, sharey=True)[1]
    for column, record, when in zip(axs.T, (before, after), ("untrained", "trained"),
                                    strict=True):
        for ax, name in zip(column, "fioh", strict=True):
            heatmap(record[name], ax, f"{NAMES[name]}, {when}",
                    1 if name == "h" else None)
            ax.title.set_fontsize(10)
    tidy(axs)
    return axs


def correlation_table(matrix, inputs, ax=None):
    """Draw correlations of units with inputs as a table of coloured numbers.

    Parameters
    ----------
    matrix : ndarray, (H, D)
        From -1 to 1; the strongest is framed.
    inputs : sequence of str
        What to call the D columns.
    ax : Axes, optional

    Returns
    -------
    Axes
    """
    ax = axes(ax)
    H, D = matrix.shape
    ax.imshow(matrix.T, vmin=-1, vmax=1, cmap=SIGNED)
    strongest = np.unravel_index(np.abs(matrix).argmax(), matrix.shape)
    for unit in range(H):
        for k in range(D):
            value = matrix[unit, k]
            ax.text(unit, k, f"{value:.2f}".replace("0.", ".").replace("-", "−"),
                    ha="center", va="center", fontsize=9,
                    color="white" if abs(value) > 0.6 else "black")
    ax.add_patch(plt.Rectangle((strongest[0] - 0.5, strongest[1] - 0.5), 1, 1, lw=3,
                               fill=False, edgecolor=COLOURS["c"]))
    ax.set(xticks=range(H), yticks=range(D), yticklabels=inputs, xlabel="unit")
    ax.grid(visible=False)
    return ax


def strip(groups, ax=None, marked=None, xlabel=""):
    """Draw each group of numbers as dots on a line of its own, with its median.

    Parameters
    ----------
    groups : dict of str to ndarray
    ax : Axes, optional
    marked : dict of str to float, optional
        One number of a group to be shown with a cross.
    xlabel : str

    Returns
    -------
    Axes
    """
    ax = axes(ax)
    for k, (label, values) in enumerate(groups.items()):
        values = validate.array(label, np.asarray(values))
        ax.plot(values, np.full(len(values), k), "o", color=COLOURS["x"], alpha=0.6,
                markersize=6)
        ax.plot(np.median(values), k, "|", color="black", markersize=22,
                markeredgewidth=2, label="median" if k == 0 else None)
        if label in (marked or {}):
            ax.plot(marked[label], k, "X", color=COLOURS["f"], markersize=9,
                    label="seed 42" if k == 0 else None)
    ax.set(yticks=range(len(groups)), yticklabels=groups, xlabel=xlabel,
           ylim=(len(groups) - 0.5, -0.5))
    ax.legend(loc="lower left", fontsize=9, markerscale=0.6)
    return ax


def belt_bounds(series, ax=None):
    """Draw how |c| grows over the steps, under its bound |c| ≤ number of steps.

    Parameters
    ----------
    series : dict of str to ndarray, (T,)
        Label and largest |c| after each step.
    ax : Axes, optional

    Returns
    -------
    Axes
    """
    ax = axes(ax)
    T = max(len(values) for values in series.values())
    steps = np.arange(1, T + 1)
    ax.plot(steps, steps, color=COLOURS["truth"], lw=7, alpha=0.35)
    ax.annotate("bound: number of steps ", (0.6 * T, 0.6 * T), xytext=(-6, 4),
                textcoords="offset points", ha="right", color=COLOURS["truth"])
    for k, (label, values) in enumerate(series.items()):
        ax.plot(steps[: len(values)], values, ("-", ":", "-.")[k % 3],
                color=COLOURS["c"], lw=2.6)
        ax.annotate(label, (len(values), values[-1]), xytext=(6, 0),
                    textcoords="offset points", va="center", annotation_clip=False)
    ax.set(xlabel="steps taken", ylabel="largest |c|")
    return ax

"""Pictures of a cell over time: heatmaps of gates and states, correlations, bounds."""

import matplotlib.pyplot as plt
import numpy as np

from lstm_helpers import validate
from lstm_helpers.figures.common import SIGNED, heatmap, waves
from lstm_helpers.figures.gates_over_time import (
    by_phase,
    cell_over_time,
    side_by_side,
    tidy,
    with_waves,
)
from lstm_helpers.figures.style import COLOURS, axes

__all__ = ["ALT", "SIGNED", "belt_bounds", "by_phase", "cell_over_time",
           "correlation_table", "forecasts", "heatmap", "learning", "phases",
           "side_by_side", "strip", "tidy", "waves", "with_waves"]
ALT = {
    "waves": "Three smooth waves over 50 steps: sin t and cos t swing twice between -1 "
    "and 1, half the sine of 2t four times between -0.5 and 0.5.",
    "before": "Three panels, one a wave. The network's forecast, dashed, has little to "
    "do with what came, a thick grey curve.",
    "learning": "The loss falls from 0.4 to below 0.001 in 300 epochs. It crosses the "
    "line of persistence, 0.033, after about fifteen.",
    "after": "Three panels, one a wave. The forecast, a black line, lies on what came "
    "but for the first few steps.",
    "blind": "Two columns, cell A and cell B: three waves, and below them heatmaps of "
    "forget, input and output gate and hidden state of eight units over 50 steps. Both "
    "columns show stripes with the rhythm of the waves.",
    "cell": "Above, the waves; below, six heatmaps of eight units over 50 steps. The "
    "forget gate is mostly bright, input and output gate are around one half; "
    "candidate, cell state and hidden state are red and blue. The stripes slant: each "
    "unit comes a little after the one above it.",
    "bounds": "Largest |c| against the number of steps taken. The cell of seed 42 "
    "stays below 2, the one with wide weights moves up and down below 15, the one with "
    "all gates open follows the bound, a straight line up to 50.",
    "table": "A table of 24 correlations, three inputs by eight units; the strongest "
    "is framed.",
    "strip": "Thirty dots in each of five rows: the strongest correlation of untrained "
    "cells. With the three waves nearly all lie between 0.9 and 1, seed 42, a cross, "
    "near their upper end. With sines of other frequencies most lie between 0.7 and "
    "0.9, with noise between 0.5 and 0.85.",
    "phases": "Over the phase from 0 to 180 degrees, |cos φ| falls from 1 to 0 and "
    "rises again, |sin φ| does the opposite; the larger of both never lies below 0.71. "
    "The eight units of seed 42 are dots on this curve or below it.",
}


def learning(losses, bars, ax=None):
    """Draw a loss over the epochs, and simple rules as lines across.

    Parameters
    ----------
    losses : dict of str to ndarray, (epochs,)
    bars : dict of str to float
        The error of each rule.
    ax : Axes, optional

    Returns
    -------
    Axes
    """
    ax = axes(ax)
    for k, (label, values) in enumerate(losses.items()):
        ax.semilogy(np.arange(1, len(values) + 1), validate.array(label, values),
                    ("-", "--", "-.")[k % 3], color=COLOURS["h"], label=label)
    for k, (label, value) in enumerate(bars.items()):
        ax.axhline(value, ls=(":", "-.")[k % 2], color=COLOURS["truth"])
        ax.annotate(label, (0.99, value), xycoords=("axes fraction", "data"),
                    xytext=(0, 3), textcoords="offset points", ha="right",
                    color=COLOURS["truth"])
    ax.set(xlabel="epoch", ylabel="mean squared error")
    return ax


def forecasts(truth, said, names, axs=None):
    """Draw what a network says of each input beside what came.

    Parameters
    ----------
    truth : ndarray, (T, D)
    said : dict of str to ndarray, (T, D)
        Label and forecasts.
    names : sequence of str
    axs : array of Axes, (D,), optional

    Returns
    -------
    array of Axes
    """
    if axs is None:
        axs = plt.subplots(1, truth.shape[1], figsize=(9, 2.6), sharey=True)[1]
    for k, (ax, name) in enumerate(zip(axs, names, strict=True)):
        ax.plot(truth[:, k], color=COLOURS["truth"], lw=6, alpha=0.4, label="came")
        for mark, colour, (label, values) in zip(
                ("--", "-"), (COLOURS["wrong"], COLOURS["h"]), said.items(),
                strict=False):
            ax.plot(values[:, k], mark, color=colour, label=label)
        ax.set(title=name, xlabel="t (step)")
    axs[-1].legend(fontsize=8, loc="lower right", bbox_to_anchor=(1, 1), ncols=3)
    return axs


def phases(angles, strongest, ax=None):
    """Draw how strongly a turned wave follows sin t, cos t and the better of them.

    Parameters
    ----------
    angles : ndarray, (H,)
        Each unit's phase against cos t, in radians.
    strongest : ndarray, (H,)
        Its strongest correlation with either.
    ax : Axes, optional

    Returns
    -------
    Axes
    """
    ax = axes(ax)
    turn = np.linspace(0, 180, 361)
    cos, sin = (np.abs(f(np.radians(turn))) for f in (np.cos, np.sin))
    ax.plot(turn, np.maximum(cos, sin), color="#CCCCCC", lw=7,
            label="the better of both")
    ax.plot(turn, cos, "--", color=COLOURS["x"], label="with cos t: |cos φ|")
    ax.plot(turn, sin, "-.", color=COLOURS["h"], label="with sin t: |sin φ|")
    places = np.degrees(validate.array("angles", angles)) % 180
    ax.plot(places, strongest, "o", color=COLOURS["i"], label="the eight units")
    for k, (x, y) in enumerate(zip(places, strongest, strict=True)):
        ax.annotate(str(k), (x, y), xytext=(0, -14), textcoords="offset points",
                    ha="center", fontsize=9, color=COLOURS["i"])
    ax.set(xlabel="phase φ of the unit, in degrees", ylabel="|correlation|",
           xlim=(0, 180), ylim=(0, 1.05), xticks=range(0, 181, 45))
    ax.legend(fontsize=8, loc="lower left", bbox_to_anchor=(0, 1), ncols=4)
    return ax


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
            ax.text(unit, k, f"{value:.2f}".replace("-", "−"),
                    ha="center", va="center", fontsize=8.5,
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
        aside = 0.13 * np.array([-1, 0, 1])[np.arange(len(values)) % 3]
        ax.plot(values, k + aside, "o", color=COLOURS["x"], alpha=0.6, markersize=5)
        ax.plot(np.median(values), k, "|", color="black", markersize=22,
                markeredgewidth=2)
        if label in (marked or {}):
            ax.plot(marked[label], k, "X", color=COLOURS["f"], markersize=9)
            ax.annotate("seed 42", (marked[label], k), xytext=(0, 9), ha="center",
                        textcoords="offset points", fontsize=9, color=COLOURS["f"])
    ax.set(yticks=range(len(groups)), yticklabels=groups, xlabel=xlabel,
           ylim=(len(groups) - 0.5, -0.6))
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

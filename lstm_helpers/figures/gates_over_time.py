"""Heatmaps of a cell over time: gates and states, with what came in above them."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.cm import ScalarMappable

from lstm_helpers.figures.common import heatmap
from lstm_helpers.figures.style import COLOURS, NAMES


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


def with_waves(record, xs, names, axs=None):
    """Draw a cell's six heatmaps, and above each column what came in.

    Parameters
    ----------
    record : dict of str to ndarray, (T, H)
        Under i, f, o, g, c and h; units are drawn in the order of `by_phase`.
    xs : ndarray, (T, D)
    names : sequence of str
        What to call the D inputs.
    axs : array of Axes, (3, 3), optional

    Returns
    -------
    array of Axes
    """
    if axs is None:
        axs = plt.subplots(3, 3, figsize=(8.6, 5.1), sharex=True,
                           height_ratios=(0.7, 1, 1))[1]
    order = by_phase(record["h"], xs)
    inputs_above(axs[0], xs, names)
    cell_over_time({name: values[:, order] for name, values in record.items()},
                   axs[1:])
    for ax in axs[1:].ravel():
        ax.set_yticks(range(len(order)), order)
    return axs


def by_phase(hs, xs):
    """Return the units in the order in which they follow the first input, (H,)."""
    hs, wave = hs - hs.mean(axis=0), xs[:, 0] - xs[:, 0].mean()
    quarter = np.gradient(wave)
    return np.argsort(np.arctan2(hs.T @ quarter / np.linalg.norm(quarter),
                                 hs.T @ wave / np.linalg.norm(wave)))


def inputs_above(axs, xs, names):
    """Draw the inputs over each column, with room for the colour bars below."""
    for ax in axs:
        for k, name in enumerate(names):
            ax.plot(xs[:, k], ("-", "--", "-.")[k % 3], lw=1.3, label=name,
                    color=(COLOURS["h"], COLOURS["x"], COLOURS["truth"])[k % 3])
        ax.set(yticks=(-1, 0, 1))
        ax.tick_params(labelsize=8)
        bar = ax.figure.colorbar(ScalarMappable(), ax=ax, pad=0.02)
        bar.ax.set_visible(False)  # only so that the time axes are as wide as below
    axs[-1].legend(fontsize=7, loc="lower right", bbox_to_anchor=(1, 1), ncols=3,
                   handlelength=1.8, columnspacing=0.8, borderpad=0.2)


def side_by_side(left, right, xs, names, axs=None):
    """Draw gates and hidden state of two cells in two columns, A and B.

    Parameters
    ----------
    left, right : dict of str to ndarray, (T, H)
        Under f, i, o and h.
    xs : ndarray, (T, D)
        What both were fed with.
    names : sequence of str
        What to call the D inputs.
    axs : array of Axes, (5, 2), optional

    Returns
    -------
    array of Axes
    """
    if axs is None:
        axs = plt.subplots(5, 2, figsize=(8.5, 7.4), sharex=True)[1]
    inputs_above(axs[0], xs, names)
    for column, record, name in zip(axs.T, (left, right), "AB", strict=True):
        column[0].set_title(f"cell {name}")
        order = by_phase(record["h"], xs)
        for ax, letter in zip(column[1:], "fioh", strict=True):
            heatmap(record[letter][:, order], ax, "", 1 if letter == "h" else None)
            ax.set_yticks([])
    tidy(axs)
    for ax, letter in zip(axs[1:, 0], "fioh", strict=True):
        ax.set_ylabel(NAMES[letter], fontsize=9)
    return axs

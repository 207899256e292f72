"""Pictures that several notebooks share: lines, waves, heatmaps."""

import numpy as np

from lstm_helpers import validate
from lstm_helpers.figures.style import COLOURS, axes

SIGNED = "RdBu_r"  # red above zero, blue below, white at zero


def lines(series, ax=None, xlabel="t (step)", ylabel="value"):
    """Draw named series over time, each with its name at its end.

    Parameters
    ----------
    series : dict of str to ndarray, (T,)
        A name that begins with a letter of `COLOURS` and "_" takes that colour.
    ax : Axes, optional
    xlabel, ylabel : str

    Returns
    -------
    Axes
    """
    ax = axes(ax)
    styles = ("-", "--", "-.", ":")
    for k, (label, values) in enumerate(series.items()):
        known = {"color": COLOURS[label[0]]} if label[1:2] == "_" else {}
        dots = {"marker": ".", "ms": 7} if len(values) <= 30 else {}
        ax.plot(validate.array(label, values), styles[k % 4], **known, **dots)
        ax.annotate(label, (len(values) - 1, values[-1]), xytext=(6, 0),
                    textcoords="offset points", va="center", annotation_clip=False)
    ax.xaxis.get_major_locator().set_params(integer=True)
    ax.set(xlabel=xlabel, ylabel=ylabel)
    return ax


def waves(series, ax=None):
    """Draw inputs over time, each with its name above its highest point.

    Parameters
    ----------
    series : dict of str to ndarray, (T,)
    ax : Axes, optional

    Returns
    -------
    Axes
    """
    ax = axes(ax)
    colours = (COLOURS["h"], COLOURS["x"], COLOURS["truth"])
    for k, (label, values) in enumerate(series.items()):
        ax.plot(validate.array(label, values), ("-", "--", "-.")[k % 3],
                color=colours[k % 3])
        middle = range(len(values) // 5, len(values) - 3)  # not at the edge
        peak = max(middle, key=lambda t: values[t])
        ax.annotate(label, (peak, values[peak]), xytext=(0, 4), ha="center",
                    textcoords="offset points")
    ax.margins(y=0.15)
    ax.set(xlabel="t (step)", ylabel="input")
    return ax


def heatmap(values, ax=None, title="", limit=None):
    """Draw one quantity of every unit over time: units downwards, time to the right.

    Parameters
    ----------
    values : ndarray, (T, H)
    ax : Axes, optional
    title : str
    limit : float, optional
        Signed values, coloured from -limit to limit with white at 0. Left out, the
        values are a gate's and coloured from 0 to 1.

    Returns
    -------
    Axes
    """
    ax = axes(ax)
    validate.shape("values", values, "T H", {})
    low, cmap = (0, "viridis") if limit is None else (-limit, SIGNED)
    high = 1 if limit is None else validate.real("limit", limit, 0)
    image = ax.imshow(values.T, vmin=low, vmax=high, cmap=cmap)
    ticks = [low, (low + high) / 2, high]
    bar = ax.figure.colorbar(image, ax=ax, ticks=ticks, pad=0.02, format="%.2g")
    bar.outline.set_visible(False)
    bar.ax.tick_params(labelsize=8, length=2)
    ax.set(title=title, xlabel="t (step)", ylabel="unit")
    ax.set_yticks(range(0, values.shape[1], max(1, values.shape[1] // 8)))
    ax.tick_params(labelsize=8)
    ax.grid(visible=False)
    return ax


def influence(series, ax=None, controls=(), colours=None):
    """Draw which share of a change is left, step by step, on a log axis.

    Parameters
    ----------
    series : dict of str to ndarray, (T,) or (draws, T)
        Of several draws the median is drawn, and a band that holds nine of ten.
    ax : Axes, optional
    controls : sequence of str
        What is there to be compared with: drawn thick and in a colour of its own.
    colours : dict of str to str, optional

    Returns
    -------
    Axes
    """
    ax = axes(ax)
    ends = []
    for k, (label, sizes) in enumerate(series.items()):
        sizes = np.atleast_2d(validate.array(label, sizes))
        low, middle, high = np.quantile(sizes, [0.05, 0.5, 0.95], axis=0)
        colour = (colours or {}).get(label, COLOURS["h"])
        colour = COLOURS["wrong"] if label in controls else colour
        steps = np.flatnonzero(middle > 0)  # a log axis has no place for zero
        ax.plot(steps, middle[steps], ("-", "--", "-.", ":")[k % 4], color=colour,
                lw=2.6 if label in controls else 1.6)
        if len(sizes) > 1:
            ax.fill_between(steps, low[steps], high[steps], color=colour, alpha=0.15,
                            lw=0)
        ends.append([np.log10(middle[steps[-1]]), steps[-1], label, colour])
    ax.set_yscale("log")
    ax.axhline(1, color="#BBBBBB", lw=0.8, zorder=0)
    low, high = np.log10(ax.get_ylim())
    room = (high - low) / 14
    place = -np.inf
    for end, at, label, colour in sorted(ends):
        place = max(end, place + room)
        ax.annotate(label, (at, 10**place), xytext=(6, 0), color=colour, va="center",
                    textcoords="offset points", annotation_clip=False)
    ax.xaxis.get_major_locator().set_params(integer=True)
    ax.set(xlabel="t (step)", ylabel="share of the change left in h")
    return ax


def dial(series, ax=None, title=""):
    """Draw what becomes of a few numbers that were set at step 0.

    Parameters
    ----------
    series : dict of float to ndarray, (T,)
        What was set, and what is held after each step.
    ax : Axes, optional
    title : str

    Returns
    -------
    Axes
    """
    ax = axes(ax)
    for k, (value, held) in enumerate(series.items()):
        colour = (COLOURS["h"], COLOURS["truth"], COLOURS["x"])[k % 3]
        ax.plot(held, ("-", "--", "-.")[k % 3], color=colour)
        ax.plot(0, value, "o", color=colour, ms=6, clip_on=False)
    ax.set(title=title, xlabel="t (step)", ylabel="held", ylim=(-0.05, 1.05))
    return ax

"""Pictures of training and of what came of it. Functions take and return an Axes."""

import numpy as np
from matplotlib.ticker import NullFormatter, StrMethodFormatter

from lstm_helpers import validate
from lstm_helpers.figures.common import heatmap, waves
from lstm_helpers.figures.style import COLOURS, axes

__all__ = ["by_frequency", "error_by_step", "free_run", "heatmap", "loss_curves",
           "orbits", "prediction", "ring", "waves"]

# Colour is never the only sign: the k-th series has a line and a marker of its own.
STYLES = ((COLOURS["h"], "-", "o"), (COLOURS["wrong"], "--", "s"),
          (COLOURS["truth"], "-.", "^"), (COLOURS["truth"], ":", "D"))


def _styled(series):
    """Yield label, values, colour, line and marker of each series."""
    for k, (label, values) in enumerate(series.items()):
        yield label, validate.array(label, values), *STYLES[k % len(STYLES)]


def _label_ends(ax, ends, gap=0.07):
    """Write names right of a log axis at the height of their values, none on another.

    Parameters
    ----------
    ax : Axes
        With its final limits.
    ends : list of (str, float, str)
        Label, value and colour.
    gap : float
        Least distance of two labels, in heights of the Axes.
    """
    low, high = np.log(ax.get_ylim())
    places = []
    for label, value, colour in sorted(ends, key=lambda end: end[1]):
        height = (np.log(value) - low) / (high - low)
        if places:
            height = max(height, places[-1] + gap)
        places.append(height)
        ax.annotate(label, (1, height), xycoords="axes fraction", xytext=(5, 0),
                    textcoords="offset points", va="center", color=colour,
                    annotation_clip=False)


def loss_curves(curves, levels=None, ax=None):
    """Draw losses on log axes, and what they are to be held against.

    Parameters
    ----------
    curves : dict of str to ndarray, (epochs,)
    levels : dict of str to float, optional
        Baselines and floors: lines with their name at the right end.
    ax : Axes, optional

    Returns
    -------
    Axes
    """
    ax = axes(ax)
    for label, losses, colour, line, _ in _styled(curves):
        epochs = np.arange(1, len(losses) + 1)
        ax.loglog(epochs, losses, line, color=colour, lw=1.5, label=label)
    for level in (levels or {}).values():
        ax.axhline(level, color=COLOURS["truth"], lw=1, ls=(0, (1, 2)), zorder=1)
    ax.legend(loc="best", frameon=True, edgecolor="none", framealpha=1)
    ax.xaxis.set_major_formatter(StrMethodFormatter("{x:.0f}"))
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_minor_formatter(NullFormatter())
    ax.set(xlabel="epoch", ylabel="loss (mean squared error)")
    _label_ends(ax, [(name, z, "#555555") for name, z in (levels or {}).items()])
    return ax


def prediction(truth, series, ax=None, first=0):
    """Draw what came, and what each model had said would come.

    Parameters
    ----------
    truth : ndarray, (T,)
    series : dict of str to ndarray
        Forecasts of the last values of `truth`: the first ones may have none.
    ax : Axes, optional
    first : int
        Which step the first value belongs to.

    Returns
    -------
    Axes
    """
    ax = axes(ax)
    ts = first + np.arange(len(validate.array("truth", truth)))
    ax.plot(ts, truth, color=COLOURS["truth"], lw=4, alpha=0.45, label="truth")
    for label, values, colour, line, marker in _styled(series):
        ax.plot(ts[-len(values):], values, line, color=colour, marker=marker, lw=1,
                markersize=4.5, mfc="white", label=label)
    ax.legend(loc="upper left", bbox_to_anchor=(1, 1))
    ax.set(xlabel="t (step the forecast is for)", ylabel="value", ylim=(-1.35, 1.35))
    return ax


def error_by_step(series, ax=None):
    """Draw a squared error step by step on a log axis; zeros are left out.

    Parameters
    ----------
    series : dict of str to ndarray, (T,)
    ax : Axes, optional

    Returns
    -------
    Axes
    """
    ax = axes(ax)
    ends = []
    for label, errors, colour, line, marker in _styled(series):
        shown = np.where(errors > 0, errors, np.nan)
        ax.semilogy(shown, line, marker=marker, color=colour, lw=1.2, markersize=4)
        ends.append((label, shown[-1], colour))
    ax.xaxis.get_major_locator().set_params(integer=True)
    ax.set(xlabel="t (step at which the forecast is made)",
           ylabel="mean squared error")
    _label_ends(ax, ends)
    return ax


def ring(frequency, x_0=0.5, ax=None):
    """Draw all waves at the first step: what is seen against what comes next.

    Parameters
    ----------
    frequency : float
        Cycles per step, from 0 to ½.
    x_0 : float
        The value at which the two possible continuations are marked.
    ax : Axes, optional

    Returns
    -------
    Axes
    """
    ax = axes(ax)
    omega = 2 * np.pi * validate.real("frequency", frequency, 0, 0.5)
    x_0 = validate.real("x_0", x_0, -1, 1)
    phases = np.linspace(0, 2 * np.pi, 361)
    ax.plot(np.sin(phases), np.sin(phases + omega), color=COLOURS["truth"], lw=3,
            alpha=0.6)
    line = np.array([-1.0, 1.0])
    ax.plot(line, np.cos(omega) * line, color=COLOURS["h"], lw=1.4)
    best, gap = np.cos(omega) * x_0, np.sin(omega) * np.sqrt(1 - x_0**2)
    ax.plot([x_0, x_0], [best - gap, best + gap], ":", color=COLOURS["wrong"], lw=1.6)
    ax.plot(x_0, best, "o", color=COLOURS["h"])
    for sign, word, ha in ((1, "on its way up", "right"),
                           (-1, "on its way down", "left")):
        ax.plot(x_0, best + sign * gap, "s", color=COLOURS["wrong"])
        ax.annotate(word, (x_0, best + sign * gap), xytext=(-8 * sign, 8 * sign),
                    textcoords="offset points", ha=ha, va="center")
        ax.annotate("d", (x_0, best + sign * gap / 2), xytext=(6, 0),
                    textcoords="offset points", va="center", style="italic",
                    color=COLOURS["wrong"])
    ax.annotate("best guess, cos ω · x_0", (x_0, best), xytext=(1.12, best - 0.35),
                va="center", arrowprops=dict(arrowstyle="-", lw=0.8),
                annotation_clip=False)
    ax.set(xlabel="x_0 (seen)", ylabel="x_1 (wanted)", aspect="equal",
           xlim=(-1.15, 1.15), ylim=(-1.3, 1.3))
    return ax


def orbits(hs, ax=None, label_steps=2, names=()):
    """Draw the path of the hidden state, from h = 0, in its two widest directions.

    Parameters
    ----------
    hs : ndarray, (N, T, H)
        Of up to 4 sequences. The directions are those of their states from step 2 on.
    ax : Axes, optional
    label_steps : int
        How many of the first states carry their name.
    names : sequence of str
        What each sequence is called, for the legend.

    Returns
    -------
    Axes
    """
    ax = axes(ax)
    H = validate.array("hs", hs).shape[2]
    settled = hs[:, 2:].reshape(-1, H)
    middle = settled.mean(axis=0)
    widest = np.linalg.svd(settled - middle, full_matrices=False)[2][:2]
    start = -middle @ widest.T
    paths = (hs - middle) @ widest.T  # (N, T, 2)
    ax.plot(*start, "s", color=COLOURS["truth"], zorder=4)
    ax.annotate("start, h = 0", start, xytext=(7, -7), textcoords="offset points",
                color="#555555", va="top")
    names = [*names, *("_" for _ in paths)]  # without a name, not in the legend
    for path, name, (colour, line, marker) in zip(paths, names, STYLES, strict=False):
        ax.plot(*np.vstack([start, path]).T, line, color=colour, lw=0.9)
        ax.plot(*path.T, marker, color=colour, markersize=3.5, mfc="white", label=name)
        for t in range(label_steps):
            outward = path[t] / (np.linalg.norm(path[t]) or 1)
            ax.annotate(f"$h_{t}$", path[t], xytext=-12 * outward, fontsize=10,
                        textcoords="offset points", color=colour, ha="center",
                        va="center")
    if ax.get_legend_handles_labels()[1]:
        ax.legend(loc="center", bbox_to_anchor=(0.62, 0.3))
    ax.set(xlabel="widest direction", ylabel="second", aspect="equal")
    return ax


def free_run(truth, series, warm_up, ax=None):
    """Draw a warm-up, and runs that go on from it alone.

    Parameters
    ----------
    truth : ndarray, (T,)
    series : dict of str to ndarray, (T - warm_up,)
    warm_up : int
        How many true values were read.
    ax : Axes, optional

    Returns
    -------
    Axes
    """
    ax = axes(ax)
    warm_up = validate.count("warm_up", warm_up)
    ax.plot(validate.array("truth", truth), color=COLOURS["truth"], lw=4, alpha=0.4,
            label="truth")
    for label, values, colour, line, _ in _styled(series):
        ts = warm_up + np.arange(len(values))
        ax.plot(ts, values, line, color=colour, lw=1.3, label=label)
    ax.axvspan(0, warm_up - 1, color="#EEEEEE", zorder=0)
    ax.text((warm_up - 1) / 2, ax.get_ylim()[1], "reads the truth", ha="center",
            va="bottom", fontsize=9)
    ax.legend(loc="upper left", bbox_to_anchor=(1, 1))
    ax.set(xlabel="t (step)", ylabel="value")
    ax.margins(x=0.01)
    return ax


def by_frequency(frequencies, series, trained, ax=None):
    """Draw errors over the frequency of the waves, on a log axis.

    Parameters
    ----------
    frequencies : ndarray, (K,)
    series : dict of str to ndarray, (K,)
    trained : tuple of float
        The range of frequencies that one of the models was trained on.
    ax : Axes, optional

    Returns
    -------
    Axes
    """
    ax = axes(ax)
    frequencies = validate.array("frequencies", frequencies)
    ax.axvspan(*trained, color="#EEEEEE", zorder=0)
    ends = []
    for label, errors, colour, line, marker in _styled(series):
        ax.semilogy(frequencies, errors, line, marker=marker, color=colour, lw=1.3,
                    markersize=4)
        ends.append((label, errors[-1], colour))
    ax.yaxis.set_minor_formatter(NullFormatter())
    ax.set(xlabel="frequency (cycles per step)", ylabel="mean squared error")
    _label_ends(ax, ends)
    return ax

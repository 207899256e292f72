"""Pictures of training and of what came of it. Functions take and return an Axes."""

import numpy as np
from matplotlib.ticker import NullFormatter

from lstm_helpers import validate
from lstm_helpers.figures.common import heatmap, waves
from lstm_helpers.figures.style import COLOURS, axes
from lstm_helpers.figures.swing import parting, ring

__all__ = ["by_frequency", "error_by_step", "free_run", "heatmap", "loss_curves",
           "orbits", "parting", "prediction", "ring", "slips", "waves"]

ALT = {
    "waves": "Three sine waves over 25 steps, each two and a half cycles long, which "
    "begin at different heights.",
    "rates": "Losses of three learning rates over 60 epochs. With 0.3 the loss begins "
    "far above persistence and is below it only after some 40 epochs. With 0.001 and "
    "0.03 it falls near 0.01 within ten; 0.03 lies lowest.",
    "prediction": "One wave from its first value on, and the forecasts of LSTM and "
    "RNN for the others. The first forecast misses the wave widely, the second "
    "hardly, and from the third on no difference can be seen.",
    "by step": "Bars over 25 steps. Persistence errs by 0.2 at every step. LSTM and "
    "RNN have one bar of almost that height at step 0 and none that can be seen later.",
    "parting": "Two waves that both begin at 0.5. One rises to 0.91, the other falls "
    "to -0.1 at the next step, and from there on they run apart and cross again.",
    "ring": "A slanted ellipse of all pairs of x_0 and x_1. At x_0 = 0.5 it is met "
    "twice, above on the way up and below on the way down. The line of best guesses, "
    "cos ω times x_0, runs through the middle.",
    "curves": "Losses from 0 to 0.03 over 100 epochs. Your loop runs flat at 0.012 "
    "for its last fifteen epochs. RNN and LSTM jump about at first, fall below it and "
    "run along the line of the floor at 0.0071.",
    "inside": "Left, 16 units over 25 steps, red and blue in stripes that repeat "
    "every 10 steps. Right, two paths that share their start and h_0, part at h_1 in "
    "opposite directions, and from there on run round one ring.",
    "free run": "A wave of 125 steps. After 25 true values LSTM and RNN go on alone "
    "for 100 steps; both stay on the wave as far as the eye can tell.",
    "slips": "Two panels, 200 thin lines each, over 10,000 steps. Left the lines fan "
    "out to less than a step ahead or behind, and run level from some 5,000 steps on. "
    "Right they climb to three steps ahead, drawn together at every whole step.",
    "by frequency": "Error over the frequency of the test waves. The RNN trained on "
    "0.1 touches the two-lag rule at 0.1 and rises steeply on both sides. The one "
    "trained on 0.05 to 0.2 runs close above the rule from 0.1 to 0.2 and leaves it "
    "below and beyond. Persistence lies above both from 0.05 on.",
}
# Colour is never the only sign: the k-th series has a line and a marker of its own.
STYLES = ((COLOURS["h"], "-", "o"), (COLOURS["wrong"], "--", "s"),
          (COLOURS["truth"], "-.", "^"), (COLOURS["truth"], ":", "D"))


def _styled(series):
    """Yield label, values, colour, line and marker of each series."""
    for k, (label, values) in enumerate(series.items()):
        yield label, validate.array(label, values), *STYLES[k % len(STYLES)]


def _label_ends(ax, ends, gap=0.07):
    """Write names right of an axis at the height of their values, none on another.

    Parameters
    ----------
    ax : Axes
        With its final limits.
    ends : list of (str, float, str)
        Label, value and colour.
    gap : float
        Least distance of two labels, in heights of the Axes.
    """
    scale = ax.yaxis.get_transform().transform
    low, high = scale(np.array(ax.get_ylim()))
    places = []
    for label, value, colour in sorted(ends, key=lambda end: end[1]):
        height = (scale(np.array([value]))[0] - low) / (high - low)
        if places:
            height = max(height, places[-1] + gap)
        places.append(height)
        ax.annotate(label, (1, height), xycoords="axes fraction", xytext=(5, 0),
                    textcoords="offset points", va="center", color=colour,
                    annotation_clip=False)


def loss_curves(curves, levels=None, ax=None, top=0.03):
    """Draw losses from 0 up, and what they are to be held against.

    Parameters
    ----------
    curves : dict of str to ndarray, (epochs,)
    levels : dict of str to float, optional
        Baselines and floors: lines with their name at the right end.
    ax : Axes, optional
    top : float
        Where the axis ends; on a plain axis the first epochs would hide the rest.

    Returns
    -------
    Axes
    """
    ax = axes(ax)
    for label, losses, colour, line, _ in _styled(curves):
        epochs = np.arange(1, len(losses) + 1)
        ax.plot(epochs, losses, line, color=colour, lw=1.5, label=label)
    for level in (levels or {}).values():
        ax.axhline(level, color=COLOURS["truth"], lw=1, ls=(0, (1, 2)), zorder=1)
    ax.legend(loc="best", frameon=True, edgecolor="none", framealpha=1)
    ax.set(xlabel="epoch", ylabel="loss (mean squared error)",
           ylim=(0, validate.real("top", top, 0)))
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
                markersize=8 if marker == "o" else 4, mfc="white", label=label)
    ax.legend(loc="upper left", bbox_to_anchor=(1, 1))
    ax.set(xlabel="t (step the forecast is for)", ylabel="value", ylim=(-1.35, 1.35))
    return ax


def error_by_step(series, ax=None):
    """Draw a squared error step by step, as bars from 0 up.

    Parameters
    ----------
    series : dict of str to ndarray, (T,)
    ax : Axes, optional

    Returns
    -------
    Axes
    """
    ax = axes(ax)
    width = 0.8 / len(series)
    for k, (label, errors, colour, _, _) in enumerate(_styled(series)):
        left = np.arange(len(errors)) - 0.4 + width * k
        ax.bar(left, errors, width, align="edge", color=colour, label=label,
               hatch=("", "///", "")[k % 3], edgecolor="white", lw=0)
    ax.legend(loc="upper left", bbox_to_anchor=(1, 1))
    ax.xaxis.get_major_locator().set_params(integer=True)
    ax.set(xlabel="t (step at which the forecast is made)",
           ylabel="mean squared error")
    return ax


def slips(values, ax=None, every=10):
    """Draw by how many steps many runs are ahead of their waves, and where they rest.

    Parameters
    ----------
    values : ndarray, (N, K)
        Row n: one run.
    ax : Axes, optional
    every : int
        Steps from one value to the next.

    Returns
    -------
    Axes
    """
    ax = axes(ax)
    validate.array("values", values)
    ts = every * np.arange(1, values.shape[1] + 1)
    ax.plot(ts, values.T, color=COLOURS["h"], lw=0.6, alpha=0.25)
    ax.axhline(0, color=COLOURS["truth"], lw=1, ls="--")
    ax.set(xlabel="steps alone", ylabel="steps ahead of the wave")
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

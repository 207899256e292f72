"""Pictures of numbers. Functions take and return an Axes; only `show` displays.

One table of colours for the whole series: a gate has the same colour in every figure,
diagram and widget (Okabe and Ito's colours, told apart by colour-blind readers too).
"""

import base64
import io
import sys
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

from lstm_helpers import validate

COLOURS = {
    "i": "#0072B2",
    "f": "#D55E00",
    "g": "#009E73",
    "o": "#CC79A7",
    "c": "#E69F00",
    "h": "#000000",
    "x": "#56B4E9",
    "truth": "#767676",
    "wrong": "#A84300",
}
# Colour is never the only sign: each gate has its own line style as well.
LINES = {"i": "-", "f": "--", "g": "-.", "o": ":", "c": "-", "h": "-", "x": "-"}
NAMES = {"i": "input gate i", "f": "forget gate f", "g": "candidate g",
         "o": "output gate o", "c": "cell state c", "h": "hidden state h"}


def use_style():
    """Give every figure that follows the look of the series."""
    plt.style.use(Path(__file__).with_name("style.mplstyle"))


def show(ax, alt):
    """Display the figure of `ax` with a text for those who cannot see it, and close it.

    Parameters
    ----------
    ax : Axes, Figure or array of Axes
    alt : str
        What the picture shows, in a sentence or two.
    """
    if not isinstance(alt, str) or len(alt) < 20:
        raise ValueError(f"alt must say in a sentence what is to be seen, got {alt!r}")
    figure = np.ravel(ax)[0]
    figure = figure if hasattr(figure, "savefig") else figure.figure
    ipython = sys.modules.get("IPython")
    if ipython is None or ipython.get_ipython() is None:
        plt.show()
        return
    png = io.BytesIO()
    figure.savefig(png, format="png", metadata={"Software": None})
    plt.close(figure)
    ipython.display.display(
        {"image/png": base64.b64encode(png.getvalue()).decode(), "text/plain": alt},
        metadata={"image/png": {"alt": alt}},
        raw=True,
    )


def axes(ax=None):
    """Return `ax`, or a new Axes where there is none."""
    return plt.subplots()[1] if ax is None else ax


def influence(series, ax=None, xlabel="steps after the change"):
    """Draw how large a change still is, step by step, on a log axis.

    Parameters
    ----------
    series : dict of str to ndarray, (T,)
        Label and sizes; zeros are left out, a log axis has no place for them.
    ax : Axes, optional
    xlabel : str

    Returns
    -------
    Axes
    """
    ax = axes(ax)
    markers = "osD^v"
    for k, (label, sizes) in enumerate(series.items()):
        sizes = np.where(validate.array(label, sizes) > 0, sizes, np.nan)
        ax.semilogy(sizes, marker=markers[k % 5], markersize=3.5, label=label)
        ax.annotate(label, (len(sizes) - 1, sizes[-1]), xytext=(8, 0),
                    textcoords="offset points", va="center", annotation_clip=False)
    ax.xaxis.get_major_locator().set_params(integer=True)
    ax.set(xlabel=xlabel, ylabel="size of the change in h")
    return ax


def squashers(ax=None):
    """Draw σ and tanh, the two functions inside an LSTM.

    Returns
    -------
    Axes
    """
    from lstm_helpers.cells import sigmoid

    ax = axes(ax)
    a = np.linspace(-6, 6, 241)
    ax.plot(a, sigmoid(a))
    ax.plot(a, np.tanh(a), "--")
    for level in (-1, 0, 1):
        ax.axhline(level, color="#999999", lw=0.8, zorder=0)
    ax.text(-5.9, 0.12, "σ: how much? 0 to 1")
    ax.text(-3.1, -0.72, "tanh: which value?\n−1 to 1", ha="right", va="bottom")
    ax.set(xlabel="pre-activation a", ylabel="output", yticks=[-1, -0.5, 0, 0.5, 1])
    return ax


def bars(values, ax=None, labels=None, ylim=(-1, 1)):
    """Draw named numbers as bars with their value written at the end.

    Parameters
    ----------
    values : dict of str to float
        A key that is a letter of `COLOURS` gives the bar that colour.
    ax : Axes, optional
    labels : dict of str to str, optional
        What to write below a bar instead of its key.
    ylim : tuple of float

    Returns
    -------
    Axes
    """
    ax = axes(ax)
    names = [(labels or {}).get(key, key) for key in values]
    heights = list(values.values())
    ax.bar(names, heights, width=0.6,
           color=[COLOURS.get(key[:1], "#767676") for key in values])
    for k, height in enumerate(heights):
        ax.annotate(f"{height:.3f}", (k, height), xytext=(0, 3 if height >= 0 else -3),
                    textcoords="offset points", ha="center",
                    va="bottom" if height >= 0 else "top")
    ax.axhline(0, color="#333333", lw=0.8)
    ax.grid(axis="x", visible=False)
    ax.set_ylim(*ylim)
    return ax


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

"""Pictures of notebook 01: the unrolled RNN, and how far a change reaches."""

import numpy as np

from lstm_helpers import validate
from lstm_helpers.figures.diagrams import unrolled_rnn
from lstm_helpers.figures.style import axes

__all__ = ["influence", "unrolled_rnn"]


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

"""Pictures of notebook 02: the LSTM cell, and the two functions inside it."""

import numpy as np

from lstm_helpers.cells import sigmoid
from lstm_helpers.figures.common import lines
from lstm_helpers.figures.diagrams import lstm_cell
from lstm_helpers.figures.style import axes

__all__ = ["lines", "lstm_cell", "squashers"]


def squashers(ax=None):
    """Draw σ and tanh, the two functions inside an LSTM.

    Returns
    -------
    Axes
    """
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

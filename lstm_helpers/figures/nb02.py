"""Pictures of notebook 02: the LSTM cell, the two functions in it, what is kept."""

import matplotlib.pyplot as plt
import numpy as np

from lstm_helpers.cells import sigmoid
from lstm_helpers.figures.common import dial, influence, lines
from lstm_helpers.figures.diagrams import lstm_cell
from lstm_helpers.figures.style import COLOURS, axes, show

__all__ = ["dial", "influence", "lines", "lstm_cell", "squashers"]

BELTS = {f"LSTM, forget bias {b}": COLOURS["c"] for b in (0, 1, 3)}
ALT = {
    "cell": "An LSTM cell. A thick belt runs along the top from c_{t-1} to c_t, past a "
    "circle with a times sign, a circle with a plus sign and a branch. Below, h_{t-1} "
    "and x_t feed four boxes: f, i and o with sigma, g with tanh. f leads to the times "
    "sign; i times g leads to the plus sign; the branch passes tanh and is multiplied "
    "by o, which gives h_t.",
    "dial": "Three curves that start near 0.2, 0.5 and 0.7 and fall towards each other "
    "within 40 steps.",
    "belt": "Left, the three curves of the plain RNN that fall together. Right, three "
    "level lines at 0.2, 0.5 and 0.8.",
    "share": "Three curves that jump from 0 to 1 at step 3. For f = 1 the value stays "
    "1, for f = 0.9 it decays to below 0.2 at step 19, for f = 0.5 it is gone after "
    "about six steps.",
    "squashers": "Two S-shaped curves over the sum a from -6 to 6. Sigma rises from 0 "
    "to 1 with the slope one quarter at 0, tanh from -1 to 1 with the slope 1.",
    "influence": "Share of a change left in h over 40 steps, log axis, median and band "
    "of 200 draws. The plain RNN and the LSTM with forget bias 0 fall alike, to less "
    "than a thousandth at step 20. Forget bias 1 falls more slowly; forget bias 3 "
    "stays near 1.",
}


def unit(values, lit=None):
    """Show the cell with the numbers of its first unit, one path lit.

    Parameters
    ----------
    values : dict of str to float
        As for `lstm_cell`.
    lit : str, optional
    """
    _, ax = plt.subplots(figsize=(8, 3.8))
    lstm_cell(ax, values=values, lit=lit, note="the numbers of unit 1")
    told = ", ".join(f"{name} {value if isinstance(value, str) else f'{value:.3f}'}"
                     for name, value in values.items())
    path = f"with the path of '{lit}' lit" if lit else "with all paths"
    show(ax, f"The LSTM cell {path}. Its first unit: {told}.")


def squashers(ax=None):
    """Draw σ and tanh, the two functions inside an LSTM, and their slopes at 0.

    Returns
    -------
    Axes
    """
    ax = axes(ax)
    a = np.linspace(-6, 6, 241)
    ax.plot(a, sigmoid(a), color=COLOURS["h"])
    ax.plot(a, np.tanh(a), "--", color=COLOURS["truth"])
    near = np.array([-1, 1])
    ax.plot(near, near, color="#BBBBBB", lw=0.8, zorder=0)
    ax.plot(2 * near, 0.5 + near / 2, color="#BBBBBB", lw=0.8, zorder=0)
    for level in (-1, 0, 1):
        ax.axhline(level, color="#999999", lw=0.8, zorder=0)
    ax.text(-2.3, 0.17, "σ: how much? 0 to 1", ha="right")
    ax.text(-1.75, -0.8, "tanh: which value?\n−1 to 1", ha="right", va="bottom",
            color="#595959")
    ax.text(1.7, 0.72, "slope ¼ at 0", ha="left", fontsize=9)
    ax.text(0.35, 0.1, "slope 1 at 0", ha="left", fontsize=9, color="#595959")
    ax.set(xlabel="the sum a", ylabel="output", yticks=[-1, -0.5, 0, 0.5, 1])
    return ax

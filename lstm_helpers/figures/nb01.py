"""Pictures of notebook 01: a job with signs, the unrolled RNN, what is left."""

import matplotlib.pyplot as plt
import numpy as np

from lstm_helpers import validate
from lstm_helpers.figures.common import dial, influence
from lstm_helpers.figures.diagrams import unrolled_rnn
from lstm_helpers.figures.style import COLOURS, axes, show

__all__ = ["ALT", "counted", "dial", "influence", "signs", "unrolled_rnn"]
ALT = {
    "signs": "Sixty steps. Seven signs, +1 or −1, stand as blue stems; a black line, "
    "the state, jumps at each of them and is 0 again one step later.",
    "kept": "The same sixty steps. The state jumps to near 1 at each +1 and to near −1 "
    "at each −1, and stays level until the next sign.",
    "unrolled": "Left, a box with a loop: the state h_t returns to it. Right, the same "
    "box four times in a row, with inputs x_0 to x_3 from below, outputs y_0 to y_3 "
    "above, and the state passed from box to box.",
    "dial": "Three panels with three curves each over 40 steps, set at 0.2, 0.5 and "
    "0.8. For w = 0.9 all fall to 0, for w = 1.0 they fall towards each other, for "
    "w = 1.1 all come to 0.5.",
    "fading": "Two bands over 40 steps on a log axis. With tanh the share of the "
    "change left falls in an almost straight line, by seven powers of ten; without "
    "tanh, red and dashed, it falls by two.",
    "radius": "Four bands over 40 steps on a log axis. For radius 0.7 the share falls "
    "steepest, for 0.9 and 1.1 less; for 2.5 the median rises a little above 1, and "
    "the band is wide.",
    "counted": "Above, inputs of 0 and 1 over 24 steps. Below, three states: the first "
    "turns positive at the first 1, the second at the second, the third at the third.",
}


def signs(xs, hs, ax=None):
    """Draw signs that come now and then, and a unit's state over them.

    Parameters
    ----------
    xs : ndarray, (T,)
        -1, 0 or 1.
    hs : ndarray, (T,)
    ax : Axes, optional

    Returns
    -------
    Axes
    """
    ax = axes(ax)
    sizes = {}
    validate.shape("xs", xs, "T", sizes)
    validate.shape("hs", hs, "T", sizes)
    steps = np.flatnonzero(xs)
    ax.vlines(steps, 0, xs[steps], color=COLOURS["x"], lw=1.5)
    ax.plot(steps, xs[steps], "o", color=COLOURS["x"], ms=6)
    ax.plot(hs, "-", color=COLOURS["h"], lw=1.8, drawstyle="steps-mid")
    ax.annotate("h", (len(hs) - 1, hs[-1]), xytext=(6, 0), va="center",
                textcoords="offset points", annotation_clip=False)
    for t in steps[:1]:
        ax.annotate("a sign", (t, xs[t]), xytext=(6, 4), textcoords="offset points",
                    color="#1F6F9E")
    ax.axhline(0, color="#BBBBBB", lw=0.8)
    ax.set(xlabel="t (step)", ylabel="value", ylim=(-1.25, 1.25))
    return ax


def counted(xs, hs):
    """Show inputs of 0 and 1, and three units that count them.

    Parameters
    ----------
    xs : ndarray, (T,)
    hs : ndarray, (T, 3)
    """
    validate.shape("hs", hs, "T 3", {"T": len(xs)})
    _, axs = plt.subplots(4, 1, figsize=(7, 3.6), sharex=True)
    axs[0].vlines(range(len(xs)), 0, xs, color=COLOURS["x"], lw=3)
    axs[0].set(ylabel="$x_t$", ylim=(-0.1, 1.2), yticks=[0, 1])
    for k, ax in enumerate(axs[1:]):
        ax.plot(hs[:, k], "o-", ms=3, color=COLOURS["h"])
        ax.axhline(0, color="#BBBBBB", lw=0.8, zorder=0)
        ax.set(ylabel=f"unit {k + 1}", ylim=(-1.3, 1.3), yticks=[-1, 1])
    axs[-1].set_xlabel("t (step)")
    show(axs, ALT["counted"])

"""Pictures of notebook 06: factors and their product, bands of draws, the cliff."""

import itertools

import numpy as np

from lstm_helpers import validate
from lstm_helpers.figures.style import COLOURS, axes

ALT = {
    "factors": "Norms over 50 steps on a logarithmic axis. The dots of the single "
    "factors lie a little below 1; the line of their product falls steadily, over "
    "almost four powers of ten.",
    "rnn": "What is left of a change of the first state, 200 plain RNNs each, over 100 "
    "steps on a logarithmic axis. At radius 0.9 and 1.0 the bands fall straight, by "
    "ten powers of ten and more; at 1.0 with inputs a hundredth the size the band "
    "stays near 1; at 1.5 it wanders about 1, at 2.0 it rises.",
    "lstm": "The same for LSTMs. With forget bias 0 the band falls to about 1e-16, "
    "with 1 to about 1e-5; with the chrono start it levels off near 1e-3 and with 3 it "
    "stays near 1.",
    "cliff": "A loss against the weight w of a unit that multiplies 5, 20 or 50 "
    "times. The more steps, the flatter the plain on the left and the steeper the wall "
    "on the right; an arrow shows one step of gradient descent from the wall far out "
    "of the picture to the left.",
}
# Colour is never the only sign: the k-th band has a line style of its own.
STYLES = ((COLOURS["h"], "-"), (COLOURS["i"], "--"), (COLOURS["f"], "-."),
          (COLOURS["g"], (0, (1, 1))), (COLOURS["o"], (0, (5, 1, 1, 1, 1, 1))))


def factors(single, product, ax=None):
    """Draw the norm of every factor, and of the product so far, on a log axis.

    Parameters
    ----------
    single, product : ndarray, (T,)
    ax : Axes, optional

    Returns
    -------
    Axes
    """
    ax = axes(ax)
    steps = np.arange(1, len(validate.array("single", single)) + 1)
    ax.semilogy(steps, single, "o", color=COLOURS["truth"], ms=3.5)
    ax.semilogy(steps, product, color=COLOURS["h"], lw=2)
    ax.axhline(1, color="#BBBBBB", lw=0.8)
    for label, values, up in (("each factor", single, 10), ("their product", product,
                                                           0)):
        ax.annotate(label, (steps[-1], values[-1]), xytext=(8, up), va="center",
                    textcoords="offset points", annotation_clip=False)
    ax.set(xlabel="t (step)", ylabel="norm")
    return ax


def bands(groups, ax=None, low=1e-18, high=1e8):
    """Draw the median of many draws over the steps, and where 8 of 10 of them lie.

    Parameters
    ----------
    groups : dict of str to ndarray, (draws, T + 1)
    ax : Axes, optional
    low, high : float
        The ends of the axis.

    Returns
    -------
    Axes
    """
    ax = axes(ax)
    ends = []
    for k, (label, norms) in enumerate(groups.items()):
        colour, line = STYLES[k % len(STYLES)]
        norms = np.maximum(validate.array(label, norms), 1e-300)
        steps = np.arange(norms.shape[1])
        bottom, middle, top = np.quantile(norms, (0.1, 0.5, 0.9), axis=0)
        ax.fill_between(steps, bottom, top, color=colour, alpha=0.15, lw=0)
        ax.semilogy(steps, middle, ls=line, color=colour, lw=2)
        ends.append([np.log10(np.clip(middle[-1], low, high)), label, colour])
    gap = np.log10(high / low) / 11  # a line of text
    ends.sort(key=lambda end: end[0])
    for below, end in itertools.pairwise(ends):
        end[0] = max(end[0], below[0] + gap)
    for place, label, colour in ends:
        ax.annotate(label, (steps[-1], 10**place), xytext=(8, 0), va="center",
                    textcoords="offset points", color=colour, annotation_clip=False)
    ax.axhline(1, color="#BBBBBB", lw=0.8)
    ax.set(xlabel="t (step)", ylabel="left of a change of h₀", ylim=(low, high))
    return ax


def cliff(steps=(5, 20, 50), target=0.5, at=1.03, rate=0.01, ax=None):
    """Draw the loss ½ (w^T - target)² of a linear unit, and one step that leaps off it.

    Parameters
    ----------
    steps : sequence of int
        Numbers of steps T.
    target : float
    at, rate : float
        Where gradient descent stands on the steepest of them, and its learning rate.
    ax : Axes, optional

    Returns
    -------
    Axes
    """
    ax = axes(ax)
    w = np.linspace(0, 1.12, 400)
    for k, T in enumerate(steps):
        colour, line = STYLES[k % len(STYLES)]
        ax.plot(w, (w**T - target) ** 2 / 2, ls=line, color=colour, lw=2,
                label=f"T = {T}")
    T = steps[-1]
    loss = (at**T - target) ** 2 / 2
    slope = (at**T - target) * T * at ** (T - 1)
    ax.plot([at], [loss], "o", color=COLOURS["wrong"], ms=8, zorder=5)
    ax.annotate("", (0, loss), (at, loss), arrowprops=dict(
        arrowstyle="->", color=COLOURS["wrong"], lw=2))
    landed = f"{at - rate * slope:.1f}".replace("-", "−")
    ax.annotate(f"one step from w = {at}\nwould land at w = {landed}", (0.02, loss),
                xytext=(0, 6), textcoords="offset points", color=COLOURS["wrong"])
    ax.legend(loc="upper left", bbox_to_anchor=(0.4, 1), frameon=False)
    ax.set(xlabel="w", ylabel="loss", ylim=(0, 1.6 * loss), xlim=(0, 1.12))
    return ax

"""The first step of a wave: what is seen of it, and what nobody can know."""

import numpy as np

from lstm_helpers import validate
from lstm_helpers.figures.style import COLOURS, axes


def parting(frequency, x_0=0.5, ax=None, steps=7):
    """Draw two waves that begin with the same value and go two ways.

    Parameters
    ----------
    frequency : float
        Cycles per step, from 0 to ½.
    x_0 : float
        The value that both begin with.
    ax : Axes, optional
    steps : int
        How many values are drawn.

    Returns
    -------
    Axes
    """
    ax = axes(ax)
    omega = 2 * np.pi * validate.real("frequency", frequency, 0, 0.5)
    up = np.arcsin(validate.real("x_0", x_0, -1, 1))
    ts = np.arange(validate.count("steps", steps))
    for phase, word, line, marker, high in (
            (up, "one rises", "-", "o", 12), (np.pi - up, "one falls", "--", "s", 4)):
        wave = np.sin(omega * ts + phase)
        ax.plot(ts, wave, line, marker=marker, color=COLOURS["h"], mfc="white", lw=1.3)
        ax.annotate(word, (1, wave[1]), xytext=(8, high),
                    textcoords="offset points", va="center")
    ax.plot(0, x_0, "o", color=COLOURS["f"], markersize=9, zorder=4)
    ax.annotate("seen", (0, x_0), xytext=(-12, 0), textcoords="offset points",
                ha="right", va="center", color=COLOURS["f"])
    ax.axvline(0.5, color="#BBBBBB", lw=0.8)
    ax.set(xlabel="t (step)", ylabel="value", ylim=(-1.25, 1.35), xlim=(-0.9, None))
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
    ax.annotate("best guess, $\\cos\\omega\\; x_0$", (x_0, best),
                xytext=(1.12, best - 0.35), va="center", annotation_clip=False,
                arrowprops=dict(arrowstyle="-", lw=0.8))
    ax.set(xlabel="$x_0$ (seen)", ylabel="$x_1$ (wanted)", aspect="equal",
           xlim=(-1.15, 1.15), ylim=(-1.3, 1.3))
    return ax

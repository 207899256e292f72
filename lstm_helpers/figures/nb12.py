"""Pictures of notebook 12: cells as changes of one drawing, spreads, gaps, a race."""

import numpy as np

from lstm_helpers import validate
from lstm_helpers.figures import diagrams
from lstm_helpers.figures.style import COLOURS, axes

ALT = {
    "peephole": "The LSTM's drawing in grey. New, in colour: wires from the belt of "
    "the cell state down to the gates i and f, before the forget gate's product, and "
    "one to the gate o from behind the sum.",
    "coupled": "The LSTM's drawing with the box of the input gate gone: a wire from "
    "the forget gate, marked one minus f, takes its place.",
    "1997": "The LSTM's drawing with the box and the product of the forget gate gone: "
    "the belt of the cell state runs through untouched to the sum.",
    "normed": "The LSTM's drawing in grey. New, in colour: a box LN on the wire that "
    "feeds all four gates, and one between the belt and the tanh that shows it.",
    "ways": "Two networks over three steps. Left, both ways: one row of boxes passes "
    "its state to the right, one to the left, and both feed the output of each step. "
    "Right, two layers: both rows pass to the right, the upper reads the lower.",
    "gru": "A GRU: one wire of state h on top, multiplied by z, with one minus z times "
    "the candidate n added; the reset gate r multiplies what the candidate sees of h.",
    "spread": "Test scores of every cell, one row each, a dot for every seed and a bar "
    "at the mean; the rows are sorted by the mean.",
    "random labels": "Mean squared error over epochs. The training curve falls towards "
    "zero; the validation curve rises far above the dotted line of who always answers "
    "the mean.",
    "early stopping": "Bits a letter over epochs. The training curve falls all the "
    "time; the validation curve falls, has a lowest point marked by a dot, and rises.",
    "race": "Seconds of a minLSTM layer against the length T, both axes logarithmic: "
    "the loop rises in a straight line; the scan lies below it from short lengths on.",
}
GREY = "#BBBBBB"


def changed(kind, ax=None):
    """Draw a variant as a change of notebook 02's cell: what is new is in colour.

    Parameters
    ----------
    kind : {"peephole", "coupled", "1997", "normed"}
    ax : Axes, optional

    Returns
    -------
    Axes
    """
    validate.one_of("kind", kind, ("peephole", "coupled", "1997", "normed"))
    ax = diagrams.lstm_cell(ax, highlight="")
    belt, above = 4.4, 1.75
    if kind == "peephole":
        for gate, x in (("i", 4.2), ("f", 2.6)):
            ink = COLOURS[gate]
            diagrams.line(ax, [(1.75, belt), (1.75, 1.45), (x - 0.25, 1.45)], ink, 2.2)
            diagrams.arrow(ax, (x - 0.25, 1.45), (x - 0.25, above), ink, lw=2.2)
            diagrams.box(ax, x, 2.05, "σ", ink, width=0.95, height=0.6)
        ink = COLOURS["o"]
        diagrams.line(ax, [(7.9, belt), (7.9, 1.45)], ink, 2.2)
        diagrams.line(ax, [(7.9, 1.45), (7.55, 1.45)], ink, 2.2)
        diagrams.arrow(ax, (7.55, 1.45), (7.55, above), ink, lw=2.2)
        diagrams.box(ax, 7.3, 2.05, "σ", ink, width=0.95, height=0.6)
        for x, text in ((1.75, "$c_{t-1}$"), (7.9, "$c_t$")):
            ax.plot(x, belt, "o", color=COLOURS["c"], ms=7, zorder=5)
            ax.text(x + 0.1, belt - 0.35, text, fontsize=11)
        ax.text(1.65, 2.0, "$p_f, p_i$", fontsize=10, ha="right", rotation=90,
                va="center")
        ax.text(8.0, 1.6, "$p_o$", fontsize=10, va="bottom")
    elif kind == "normed":
        ink = COLOURS["h"]
        diagrams.box(ax, 2.18, 1.15, "LN", ink, width=0.5, height=0.42, size=9)
        diagrams.box(ax, 8.8, 4.14, "LN", ink, width=0.5, height=0.3, size=9)
    elif kind == "coupled":
        _gone(ax, 4.2, "i")
        ink = COLOURS["f"]
        diagrams.box(ax, 2.6, 2.05, "σ", ink, width=0.95, height=0.6)
        diagrams.arrow(ax, (2.6, 2.35), (2.6, belt - 0.24), ink, lw=2.2)
        diagrams.dot(ax, 2.6, belt, "×", ink)
        diagrams.line(ax, [(2.6, 3.3), (3.75, 3.3)], ink, 2.2)
        diagrams.box(ax, 4.2, 3.3, "1 −", ink, width=0.8, height=0.5)
        diagrams.arrow(ax, (4.6, 3.3), (5.46, 3.3), ink, lw=2.2)
        diagrams.dot(ax, 5.7, 3.3, "×", ink)
        ax.text(2.7, 2.55, "$f_t$", fontsize=12, color=ink, va="center")
    else:
        _gone(ax, 2.6, "f")
        ax.add_patch(diagrams.Circle((2.6, belt), 0.3, facecolor="#F7F7F7",
                                     edgecolor="none", zorder=4))
        diagrams.line(ax, [(0.5, belt), (5.46, belt)], COLOURS["c"], 4)
        ax.lines[-1].set_zorder(5)
        ax.text(3.1, belt + 0.28, "$f_t = 1$", fontsize=12, ha="center",
                color=COLOURS["f"])
    return ax


def _gone(ax, x, gate):
    """Cross out a gate: its box, its letter and its wire."""
    ax.add_patch(diagrams.FancyBboxPatch(
        (x - 0.56, 1.2), 1.12, 1.58, boxstyle="square,pad=0", facecolor="#F7F7F7",
        edgecolor="none", zorder=6))
    if gate == "f":
        ax.add_patch(diagrams.FancyBboxPatch(
            (x - 0.1, 2.5), 0.2, 1.62, boxstyle="square,pad=0", facecolor="#F7F7F7",
            edgecolor="none", zorder=6))
    else:
        ax.add_patch(diagrams.FancyBboxPatch(
            (x - 0.12, 2.5), 1.2, 0.92, boxstyle="square,pad=0", facecolor="#F7F7F7",
            edgecolor="none", zorder=2))
    ax.text(x, 2.05, f"no ${gate}_t$", ha="center", va="center", fontsize=11,
            color="#595959", zorder=7)


def gru(ax=None):
    """Draw a GRU in the manner of the LSTM's drawing: one state, three blocks.

    Parameters
    ----------
    ax : Axes, optional

    Returns
    -------
    Axes
    """
    ax = diagrams.canvas(ax, 11.4, 5.0)
    ax.add_patch(diagrams.FancyBboxPatch(
        (1.3, 0.55), 8.8, 4.05, boxstyle="round,rounding_size=0.3",
        facecolor="#F7F7F7", edgecolor="#999999", lw=1))
    top, bus, ink = 4.0, 0.95, COLOURS
    where = {"r": (3.0, ink["o"]), "z": (5.0, ink["f"]), "n": (7.4, ink["g"])}
    diagrams.line(ax, [(0.5, top), (5.0, top)], ink["h"], 3)
    diagrams.line(ax, [(5.0, top), (7.4, top)], ink["h"], 3)
    diagrams.arrow(ax, (7.4, top), (11.0, top), ink["h"], lw=3)
    ax.text(0.35, top + 0.14, "$h_{t-1}$", ha="center", va="bottom", fontsize=12)
    ax.text(11.0, top + 0.14, "$h_t$", ha="center", va="bottom", fontsize=12)
    diagrams.line(ax, [(1.9, top), (1.9, bus), (7.4, bus)], "#666666")
    ax.plot(1.9, top, "o", color=ink["h"], ms=6, zorder=5)
    diagrams.arrow(ax, (1.55, 0.1), (1.55, bus - 0.02), ink["x"])
    diagrams.line(ax, [(1.55, bus), (1.9, bus)], ink["x"])
    ax.text(1.72, 0.15, "$x_t$", fontsize=12, va="center")
    for k, (x, colour) in where.items():
        diagrams.arrow(ax, (x, bus), (x, 1.55), "#666666")
        diagrams.box(ax, x, 1.85, "tanh" if k == "n" else "σ", colour, width=0.95,
                     height=0.6)
        ax.text(x + 0.1, 2.36, f"${k}_t$", fontsize=12, color=colour, va="center")
    diagrams.line(ax, [(3.0, 2.15), (3.0, 2.75), (6.4, 2.75), (6.4, bus + 0.24)],
                  where["r"][1])
    diagrams.dot(ax, 6.4, bus, "×", where["r"][1])
    ax.text(6.5, 0.48, "r scales what n sees of h", fontsize=9, ha="center", va="top",
            color="#595959")
    diagrams.dot(ax, 5.0, top, "×", where["z"][1])
    diagrams.arrow(ax, (5.0, 2.15), (5.0, top - 0.24), where["z"][1])
    diagrams.line(ax, [(5.0, 3.2), (5.7, 3.2)], where["z"][1])
    diagrams.box(ax, 6.1, 3.2, "1 −", where["z"][1], width=0.75, height=0.5)
    diagrams.arrow(ax, (6.5, 3.2), (7.16, 3.2), where["z"][1])
    diagrams.dot(ax, 7.4, 3.2, "×", where["z"][1])
    diagrams.arrow(ax, (7.4, 2.15), (7.4, 2.96), where["n"][1])
    diagrams.arrow(ax, (7.4, 3.44), (7.4, top - 0.24), where["n"][1])
    diagrams.dot(ax, 7.4, top, "+", ink["h"])
    return ax


def ways(ax=None):
    """Draw a layer that reads both ways, and two layers, over three steps.

    Parameters
    ----------
    ax : Axes, optional

    Returns
    -------
    Axes
    """
    ax = diagrams.canvas(ax, 13.2, 4.6)
    low, high = 1.3, 2.6
    for left, title, stacked in ((0.9, "both ways", False), (7.6, "two layers", True)):
        ax.text(left + 2.1, 4.4, title, ha="center", va="center", fontsize=12)
        for t in range(3):
            x = left + 2.1 * t
            ax.text(x, 0.25, f"$x_{t}$", ha="center", va="center", fontsize=12)
            ax.text(x, 3.9, f"$y_{t}$", ha="center", va="center", fontsize=12)
            for row in (low, high):
                diagrams.box(ax, x, row, "LSTM", width=1.15, height=0.6, size=10)
            diagrams.arrow(ax, (x, 0.5), (x, low - 0.3), COLOURS["x"])
            diagrams.arrow(ax, (x, high + 0.3), (x, 3.65))
            if stacked:
                diagrams.arrow(ax, (x, low + 0.3), (x, high - 0.3))
            else:  # x reaches the upper row past the lower; that speaks past the upper
                diagrams.line(ax, [(x, 0.62), (x - 0.8, 0.62), (x - 0.8, 2.0),
                                   (x - 0.3, 2.0)], COLOURS["x"])
                diagrams.arrow(ax, (x - 0.3, 2.0), (x - 0.3, high - 0.3), COLOURS["x"])
                diagrams.line(ax, [(x + 0.3, low + 0.3), (x + 0.3, 1.85),
                                   (x + 0.8, 1.85), (x + 0.8, 3.3), (x, 3.3)])
            if t < 2:
                a, b = x + 0.58, x + 2.1 - 0.58
                diagrams.arrow(ax, (a, low), (b, low), lw=2)
                ends = ((a, high), (b, high)) if stacked else ((b, high), (a, high))
                diagrams.arrow(ax, *ends, lw=2)
    return ax


def spread(scores, unit, ax=None, marks=None, log=False):
    """Draw every seed's score as a dot, a row for each cell, the best mean on top.

    Parameters
    ----------
    scores : dict of str to sequence of float
    unit : str
        Label of the axis.
    ax : Axes, optional
    marks : dict of str to float, optional
        Scores of who does not learn, as dotted lines.
    log : bool

    Returns
    -------
    Axes
    """
    ax = axes(ax)
    order = sorted(scores, key=lambda name: np.mean(scores[name]), reverse=True)
    for row, name in enumerate(order):
        ax.plot(scores[name], [row] * len(scores[name]), "o", color=COLOURS["i"], ms=5,
                alpha=0.6)
        ax.plot(np.mean(scores[name]), row, "|", color=COLOURS["h"], ms=16, mew=2.5)
    for label, value in (marks or {}).items():
        ax.axvline(value, color=COLOURS["truth"], lw=1.2, ls=(0, (1, 2)))
        ax.annotate(label, (value, len(order) - 0.4), ha="right", color="#555555",
                    xytext=(-3, 0), textcoords="offset points")
    if log:
        ax.set_xscale("log")
    ax.set_yticks(range(len(order)), order)
    ax.set(xlabel=unit, ylim=(-0.6, len(order) - 0.1))
    return ax


def learning(train, val, unit, ax=None, mark="", value=None, best=False):
    """Draw a training curve (solid) and a validation curve (dotted) over epochs.

    Parameters
    ----------
    train, val : ndarray, (epochs,)
    unit : str
        Label of the axis.
    ax : Axes, optional
    mark : str
        What the dotted level line at `value` means.
    value : float, optional
    best : bool
        Whether to mark the lowest point of the validation curve.

    Returns
    -------
    Axes
    """
    ax = axes(ax)
    epochs = np.arange(1, len(validate.array("train", train)) + 1)
    for label, curve, line, colour in (("training", train, "-", COLOURS["h"]),
                                       ("validation", val, ":", COLOURS["wrong"])):
        ax.plot(epochs, curve, line, color=colour, lw=2)
        ax.annotate(label, (epochs[-1], curve[-1]), xytext=(6, 0), va="center",
                    textcoords="offset points", color=colour, annotation_clip=False)
    if value is not None:
        ax.axhline(value, color=COLOURS["truth"], lw=1.2, ls=(0, (1, 2)))
        ax.annotate(mark, (epochs[-1], value), ha="right", xytext=(0, 4),
                    textcoords="offset points", color="#555555")
    if best:
        k = int(np.argmin(val))
        ax.plot(epochs[k], val[k], "o", color=COLOURS["wrong"], ms=8)
        ax.annotate(f"epoch {epochs[k]}", (epochs[k], val[k]), ha="center",
                    xytext=(0, 10), textcoords="offset points", color=COLOURS["wrong"])
    ax.set(xlabel="epoch", ylabel=unit)
    return ax


def race(Ts, loop, scan, ax=None):
    """Draw how long the loop and the scan take against T, log on log.

    Parameters
    ----------
    Ts : sequence of int
    loop, scan : sequence of float
        Seconds.
    ax : Axes, optional

    Returns
    -------
    Axes
    """
    ax = axes(ax)
    for label, seconds, line, colour in (("loop", loop, "o-", COLOURS["h"]),
                                         ("scan", scan, "s--", COLOURS["i"])):
        ax.loglog(Ts, 1000 * np.array(seconds), line, color=colour)
        ax.annotate(label, (Ts[-1], 1000 * seconds[-1]), xytext=(8, 0), va="center",
                    textcoords="offset points", color=colour, annotation_clip=False)
    ax.set(xlabel="T (steps)", ylabel="milliseconds a layer")
    return ax

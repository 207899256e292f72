"""Pictures of errors on their way back. Functions take and return an Axes."""

import numpy as np
from matplotlib.ticker import NullFormatter

from lstm_helpers import validate
from lstm_helpers.figures.diagrams import arrow, box, canvas
from lstm_helpers.figures.style import COLOURS, axes

BACK = (0, (4, 2))  # what runs backward is dashed, everywhere in the series


def unrolled_errors(T=4, ax=None):
    """Draw an unrolled RNN: states forward, solid; errors backward, dashed.

    Parameters
    ----------
    T : int
        Number of steps, 2 to 6.
    ax : Axes, optional

    Returns
    -------
    Axes
    """
    if not 2 <= validate.count("T", T) <= 6:
        raise ValueError(f"T must be 2 to 6 to fit on the page, got {T}")
    step, red = 2.6, COLOURS["wrong"]
    ax = canvas(ax, 1.7 + step * (T - 1) + 1.7, 4.3)
    for t in range(T):
        x = 1.7 + step * t
        box(ax, x, 2.3, f"$h_{t}$", width=1.2, height=0.9, size=13)
        ax.text(x, 3.95, f"$L_{t}$", ha="center", va="center", fontsize=13)
        arrow(ax, (x - 0.2, 2.75), (x - 0.2, 3.7))
        arrow(ax, (x + 0.2, 3.7), (x + 0.2, 2.75), red, style=BACK)
        arrow(ax, (x, 1.85), (x, 0.75), red, style=BACK)
        if t:
            arrow(ax, (x - step + 0.6, 2.5), (x - 0.6, 2.5), lw=2)
            arrow(ax, (x - 0.6, 2.1), (x - step + 0.6, 2.1), red, style=BACK)
    left, right = 1.0, 1.7 + step * (T - 1) + 0.7
    box(ax, (left + right) / 2, 0.42, "one $W_h$: what arrives is added up", red,
        width=right - left, height=0.6)
    return ax


def lstm_errors(ax=None):
    """Draw the backward of one LSTM step: values, and what the error is multiplied by.

    Returns
    -------
    Axes
    """
    ax = canvas(ax, 12.2, 5.4)
    gate, below = 2.35, 0.5
    xs = {"i": 1.3, "f": 3.6, "g": 5.7, "o": 8.4}
    belt, state = (7.0, 4.6), (10.6, 3.3)
    factor = {"i": r"$\times\ g_t$", "f": r"$\times\ c_{t-1}$", "g": r"$\times\ i_t$"}

    def back(start, end, colour, text, at, **style):
        arrow(ax, start, end, colour, style=BACK, lw=1.8)
        ax.text(*at, text, fontsize=11, va="center", **style)

    for k, x in xs.items():
        box(ax, x, gate, f"${k}_t$", COLOURS[k], width=0.9, height=0.6, size=13)
        box(ax, x, below, f"$a_{k}$", COLOURS[k], width=0.9, height=0.6, size=13)
        slope = "(1-g_t^2)" if k == "g" else f"{k}_t(1-{k}_t)"
        back((x, gate - 0.3), (x, below + 0.3), COLOURS[k],
             rf"$\times\ {slope}$", (x + 0.12, (gate + below) / 2))
        if k != "o":
            end, start = (x + 0.15, gate + 0.3), (belt[0] - 0.45, belt[1] - 0.15)
            near = 0.32  # along the arrow, counted from the gate
            back(start, end, COLOURS[k], factor[k],
                 (end[0] + near * (start[0] - end[0]) + 0.15,
                  end[1] + near * (start[1] - end[1]) - 0.12), ha="left")
    box(ax, *belt, "$c_t$", COLOURS["c"], width=0.9, height=0.6, size=13)
    box(ax, *state, "$h_t$", COLOURS["h"], width=0.9, height=0.6, size=13)
    box(ax, 1.3, belt[1], "$c_{t-1}$", COLOURS["c"], width=0.9, height=0.6, size=13)
    back((belt[0] - 0.45, belt[1] + 0.05), (1.75, belt[1] + 0.05), COLOURS["c"],
         r"$\times\ f_t$", (4.2, belt[1] + 0.3), ha="center")
    back((12.0, belt[1]), (belt[0] + 0.45, belt[1]), COLOURS["c"],
         "dc_next, from $t+1$", (10.0, belt[1] + 0.3), ha="center")
    back((12.0, state[1]), (state[0] + 0.45, state[1]), COLOURS["h"], "dh_t",
         (11.55, state[1] + 0.28), ha="center")
    back((state[0] - 0.45, state[1] + 0.12), (belt[0] + 0.3, belt[1] - 0.3),
         COLOURS["h"], r"$\times\ o_t\,(1-\tanh^2 c_t)$", (9.0, 4.06), ha="left")
    back((state[0] - 0.45, state[1] - 0.12), (xs["o"] + 0.45, gate + 0.15),
         COLOURS["o"], r"$\times\ \tanh c_t$", (9.75, 2.62), ha="left")
    return ax


def difference_errors(eps, errors, ax=None):
    """Draw the error of numeric slopes against the distance ε, both axes log.

    Parameters
    ----------
    eps : ndarray, (K,)
    errors : dict of str to ndarray, (K,)
    ax : Axes, optional

    Returns
    -------
    Axes
    """
    ax = axes(ax)
    marks = ["s--", "o-", "^:"]
    for mark, (label, values) in zip(marks, errors.items(), strict=False):
        values = np.maximum(values, 1e-17)  # an exact hit has no place on a log axis
        ax.loglog(eps, values, mark, markersize=4, label=label)
    ax.legend()
    ax.set(xlabel="distance ε", ylabel="error of the slope")
    return ax


def fault_table(red, ax=None, rows=True, notes=None):
    """Draw which gradients each planted fault turns red: ✗ wrong, a dot right.

    Parameters
    ----------
    red : dict of Fault to list of str
        From `faults.table`.
    ax : Axes, optional
    rows : bool
        Whether to write the broken lines at the left.
    notes : list of str, optional
        What to write in the cell of db, one text a row.

    Returns
    -------
    Axes
    """
    ax = axes(ax)
    columns = ["dxs", "dW_x", "dW_h", "db", "dh_init", "dc_init"]
    for r, (fault, wrong) in enumerate(red.items()):
        for k, name in enumerate(columns):
            bad = name in wrong
            ax.fill([k, k + 1, k + 1, k], [r, r, r + 1, r + 1], ec="white", lw=2,
                    fc=COLOURS["wrong"] if bad else "#EDEDED")
            text = "✗" if bad else "·"
            if bad and notes and name == "db":
                text += " " + notes[r]
            ax.text(k + 0.5, r + 0.5, text, ha="center", va="center", fontsize=9,
                    color="white" if bad else "black")
        if rows:
            ax.text(-0.15, r + 0.35, fault.wrong, ha="right", va="center",
                    family="monospace", fontsize=8)
            ax.text(-0.15, r + 0.76, fault.what, ha="right", va="center", fontsize=8,
                    color="#595959")
    ax.set(xlim=(0, len(columns)), ylim=(len(red), 0), yticks=[])
    ax.set_xticks(np.arange(len(columns)) + 0.5, columns, fontsize=8, rotation=35)
    ax.xaxis.tick_top()
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    ax.grid(visible=False)
    return ax


def loss_curves(groups, ax=None):
    """Draw the losses of several runs a group, one style a group, on a log axis.

    Parameters
    ----------
    groups : dict of str to list of ndarray
        Label and the runs of different seeds.
    ax : Axes, optional

    Returns
    -------
    Axes
    """
    ax = axes(ax)
    styles = [("-", "#000000"), ("--", COLOURS["wrong"])]
    for (line, colour), (label, runs) in zip(styles, groups.items(), strict=False):
        for k, losses in enumerate(runs):
            ax.semilogy(losses, line, color=colour, lw=1.3,
                        label=label if k == 0 else None)
    ax.yaxis.set_minor_formatter(NullFormatter())  # 2 × 10⁻² and the like crowd it
    ax.set(xlabel="epoch", ylabel="loss (mean squared error)")
    return ax


def gradient_by_step(series, ax=None):
    """Draw the size of a gradient step by step, on a log axis; zeros at its foot.

    Parameters
    ----------
    series : dict of str to ndarray, (T,)
    ax : Axes, optional

    Returns
    -------
    Axes
    """
    ax = axes(ax)
    styles = [("-", "#000000"), (":", COLOURS["truth"]), ("s", COLOURS["wrong"])]
    for (mark, colour), (label, sizes) in zip(styles, series.items(), strict=False):
        zeros = np.flatnonzero(validate.array(label, sizes) == 0)
        sizes = np.where(sizes > 0, sizes, np.nan)
        ax.semilogy(sizes, mark, color=colour, markersize=7, mfc="none", label=label)
        if len(zeros):  # they have no place on a log axis
            foot = ax.get_xaxis_transform()
            ax.plot(zeros, 0 * zeros, "x", color=colour, markersize=5, transform=foot,
                    clip_on=False)
            ax.text(zeros.mean(), 0.04, "exactly 0", color=colour, transform=foot,
                    ha="center")
    ax.legend()
    ax.set(xlabel="t (step)", ylabel="size of ∂L/∂x_t")
    return ax

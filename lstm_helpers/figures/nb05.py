"""Pictures of gradients on their way back. Functions take and return an Axes."""

import numpy as np
from matplotlib.ticker import NullFormatter

from lstm_helpers import validate
from lstm_helpers.figures.backward import (
    GREY,
    backward_cell,
    machines,
    two_steps,
    unrolled_errors,
)
from lstm_helpers.figures.diagrams import lstm_cell
from lstm_helpers.figures.style import COLOURS, axes

__all__ = ["ALT", "backward_cell", "fault_table", "gradient_by_step", "loss_curves",
           "lstm_cell", "machines", "slope_of_tanh", "two_steps", "unrolled_errors"]
ALT = {
    "unrolled": "Four states h_0 to h_3 in a row behind h_{-1}, each with a loss L_t "
    "above. Solid grey arrows run from state to state and up to the losses. Dashed "
    "black arrows run back: from each loss to its state, from each state to the one "
    "before, and down to one weight W_h, where they are added up.",
    "slopes": "Two V-shaped curves on log axes. From the right the difference of the "
    "one-sided slope to the true one falls in proportion to ε, that of the centred one "
    "twice as steeply, to about 1e-12 near ε = 1e-6. To the left both rise again: "
    "rounding.",
    "machines": "Three small machines. A × with inputs 3 and 5 and a + with inputs 3 "
    "and 5; at the output of both arrives 2. A fork that hands the value 4 to two "
    "readers, of which 2 and -0.5 come back. Question marks at the inputs.",
    "machines answered": "The three machines with what each input hears: at × 10 and "
    "6, at + 2 and 2, at the fork 1.5.",
    "two steps": "h_{-1} = 0.5 times a copy of w = 2 gives 1, tanh gives h_0 = 0.762; "
    "times a second copy of w gives 1.523, tanh gives h_1 = 0.909.",
    "two steps answered": "The same chain walked backwards: 1 at h_1, 0.173 before its "
    "tanh, 0.132 at the second copy of w, 0.347 at h_0, 0.146 before its tanh, 0.073 "
    "at the first copy. The two copies add up to 0.205.",
    "rnn": "Three loss curves of RNNs fall from about 1 to below 0.01 in 100 epochs.",
    "faults": "A row for each of thirteen broken lines, a column for each gradient "
    "with T = 1, and a last one for T = 2. With T = 1 three rows show nothing: dc_next "
    "dropped, dh_next dropped and no sum over time. With T = 2 every row has a cross.",
    "falling": "Left, next value: solid and dashed loss curves of three seeds fall "
    "together from about a half towards the floors, dotted lines near 0.015. Middle, "
    "the same less the floor: the dashed ones end above the solid ones. Right, first "
    "toss: the solid curves fall below 0.001, the dashed ones stay between 0.4 and 2.",
    "truncated": "Sizes of the gradient at 40 inputs on a log axis, for a loss at the "
    "last step only. The RNN falls fastest, the LSTM with forget bias 1 more slowly; "
    "with bias 3 it stays nearly level. Cut into pieces of ten it follows the full one "
    "back to step 30; before, crosses say exactly 0.",
}


def slope_of_tanh(z, epsilons, ax=None):
    """Draw how far measured slopes of tanh are off, against the distance ε.

    Parameters
    ----------
    z : float
        Where the slope is measured.
    epsilons : ndarray, (K,)
    ax : Axes, optional

    Returns
    -------
    Axes
        Both axes logarithmic.
    """
    ax = axes(ax)
    epsilons, true = validate.array("epsilons", epsilons), 1 - np.tanh(z) ** 2
    above, below = np.tanh(z + epsilons), np.tanh(z - epsilons)
    for mark, colour, label, slope in (
            ("s--", "#000000", "one-sided, z to z + ε",
             (above - np.tanh(z)) / epsilons),
            ("o-", COLOURS["i"], "centred, z − ε to z + ε",
             (above - below) / (2 * epsilons))):
        off = np.maximum(np.abs(slope - true), 1e-17)  # an exact hit has no place
        ax.loglog(epsilons, off, mark, markersize=4, label=label, color=colour)
    for x, words in ((1e-11, "rounding"), (1e-2, "the curve\nbends")):
        ax.text(x, 1e-14, words, ha="center", va="center", color=GREY)
    ax.legend()
    ax.set(xlabel="distance ε", ylabel="off from the true slope", ylim=(1e-15, 1))
    return ax


def fault_table(red, ax=None, notes=None, later=None):
    """Draw which gradients each planted fault turns red: ✗ wrong, a dot right.

    Parameters
    ----------
    red : dict of Fault to list of str
        From `faults.table`.
    ax : Axes, optional
    notes : list of str, optional
        What to write in the cell of db, one text a row.
    later : (str, dict), optional
        A name, and a second such table of which one column shows: found or not.

    Returns
    -------
    Axes
    """
    ax = axes(ax)
    columns = ["dxs", "dW_x", "dW_h", "db", "dh_init", "dc_init"]

    def cell(x, r, bad, text):
        ax.fill([x, x + 1, x + 1, x], [r, r, r + 1, r + 1], ec="white", lw=2,
                fc=COLOURS["wrong"] if bad else "#EDEDED")
        ax.text(x + 0.5, r + 0.5, text, ha="center", va="center", fontsize=9,
                color="white" if bad else "black")

    for r, (fault, wrong) in enumerate(red.items()):
        for k, name in enumerate(columns):
            note = f" {notes[r]}" if notes and name == "db" else ""
            bad = name in wrong
            cell(k, r, bad, f"✗{note}" if bad else "·")
        if later:
            bad = bool(later[1][fault])
            cell(len(columns) + 0.4, r, bad, "✗" if bad else "·")
        ax.text(-0.15, r + 0.35, fault.wrong, ha="right", va="center",
                family="monospace", fontsize=8)
        ax.text(-0.15, r + 0.76, fault.what, ha="right", va="center", fontsize=8,
                color="#595959")
    places = np.arange(len(columns)) + 0.5
    if later:
        places, columns = [*places, len(places) + 0.9], [*columns, later[0]]
    ax.set(xlim=(0, len(columns) + (0.4 if later else 0)), ylim=(len(red), 0),
           yticks=[])
    ax.set_xticks(places, columns, fontsize=8, rotation=35)
    ax.xaxis.tick_top()
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    ax.grid(visible=False)
    return ax


def loss_curves(groups, ax=None, floors=()):
    """Draw the losses of several runs a group, one style a group, on a log axis.

    Parameters
    ----------
    groups : dict of str to list of ndarray
        Label and the runs of different seeds.
    ax : Axes, optional
    floors : sequence of float
        The least loss that can be expected, one a seed: dotted.

    Returns
    -------
    Axes
    """
    ax = axes(ax)
    styles = [("-", "#000000"), ("--", COLOURS["wrong"])]
    for (mark, colour), (label, runs) in zip(styles, groups.items(), strict=False):
        for k, losses in enumerate(runs):
            ax.semilogy(losses, mark, color=colour, lw=1.3,
                        label=label if k == 0 else None)
    for k, floor in enumerate(floors):
        ax.axhline(floor, ls=":", color=COLOURS["truth"], lw=1.3,
                   label="floor" if k == 0 else None)
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
    styles = [("-", "#000000"), ("--", COLOURS["i"]), ("s", COLOURS["wrong"]),
              (":", COLOURS["truth"])]
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

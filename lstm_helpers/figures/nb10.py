"""Pictures of notebook 10: learning, the crossing, a painted unit, the ladder."""

import matplotlib.pyplot as plt
import numpy as np

from lstm_helpers import validate
from lstm_helpers.figures.common import SIGNED
from lstm_helpers.figures.style import COLOURS, axes

ALT = {
    "learning": "Bits a letter against epochs, training solid and unseen names dotted. "
    "The LSTM's curves lie below the RNN's, and for both the dotted one stays above "
    "the solid one.",
    "crossing": "Bits a letter on unseen names against the number of names learned "
    "from, on a logarithmic axis. All curves fall; counting is lowest on the left, the "
    "LSTM on the right.",
    "painted": "Eight names in rows of coloured squares, one a letter: red where the "
    "cell state of one unit is positive, blue where it is negative.",
    "ladder": "One row a model; dots for the share of right labels in each fold, a bar "
    "at their mean.",
}
STYLES = ((COLOURS["h"], "-", "o"), (COLOURS["i"], "-.", "s"),
          (COLOURS["wrong"], "--", "^"), (COLOURS["truth"], ":", "D"))


def learning(runs, ax=None):
    """Draw the bits a letter of networks over the epochs, seen and unseen.

    Parameters
    ----------
    runs : dict of str to (ndarray, ndarray)
        Label → bits while training, bits on unseen names, (epochs,) each.
    ax : Axes, optional

    Returns
    -------
    Axes
    """
    ax = axes(ax)
    for k, (label, (seen, unseen)) in enumerate(runs.items()):
        colour = STYLES[k % 4][0]
        epochs = 1 + np.arange(len(validate.array(label, seen)))
        ax.plot(epochs, seen, "-", color=colour)
        ax.plot(epochs, unseen, ":", color=colour, lw=2)
        for values, words in ((seen, "seen"), (unseen, "unseen")):
            ax.annotate(f"{label}, {words}", (epochs[-1], values[-1]), xytext=(6, 0),
                        textcoords="offset points", va="center", color=colour,
                        annotation_clip=False)
    ax.xaxis.get_major_locator().set_params(integer=True)
    ax.set(xlabel="epoch", ylabel="bits a letter")
    return ax


def crossing(table, ax=None):
    """Draw bits a letter against the number of names learned from.

    Parameters
    ----------
    table : dict of str to dict of int to list of float
        Model → how many names → bits on unseen names, one a split.
    ax : Axes, optional

    Returns
    -------
    Axes
    """
    ax = axes(ax)
    for k, (label, runs) in enumerate(table.items()):
        colour, line, dot = STYLES[k % 4]
        sizes = sorted(runs)
        means = [np.mean(runs[N]) for N in sizes]
        ax.semilogx(sizes, means, line, color=colour, marker=dot, ms=5)
        for N in sizes:
            ax.plot([N] * len(runs[N]), runs[N], ".", color=colour, ms=4, alpha=0.6)
        ax.annotate(label, (sizes[-1], means[-1]), xytext=(8, 0), va="center",
                    textcoords="offset points", color=colour, annotation_clip=False)
    ax.set(xlabel="names learned from", ylabel="bits a letter, unseen names")
    return ax


def painted(names, states, ax=None):
    """Draw names as rows of letters, each on the colour of a unit's state after it.

    Parameters
    ----------
    names : list of str
    states : list of ndarray, (len(name),)
    ax : Axes, optional

    Returns
    -------
    Axes
    """
    ax = axes(ax)
    limit = max(float(np.abs(z).max()) for z in states)
    colours = plt.get_cmap(SIGNED)
    for row, (name, state) in enumerate(zip(names, states, strict=True)):
        for k, (letter, value) in enumerate(zip(name, state, strict=True)):
            colour = colours(0.5 + value / (2 * limit))
            ax.add_patch(plt.Rectangle((k - 0.5, row - 0.5), 1, 1, color=colour))
            dark = np.dot(colour[:3], (0.3, 0.59, 0.11)) < 0.55
            ax.text(k, row, letter, ha="center", va="center",
                    color="white" if dark else "black")
    ax.set(xlim=(-0.5, max(map(len, names)) - 0.5), ylim=(len(names) - 0.5, -0.5),
           xlabel="letter", yticks=[])
    ax.grid(visible=False)
    shades = plt.cm.ScalarMappable(plt.Normalize(-limit, limit), colours)
    bar = ax.figure.colorbar(shades, ax=ax, pad=0.02, label="cell state c",
                             ticks=[-limit, 0, limit], format="%.1f")
    bar.outline.set_visible(False)
    return ax


def ladder(scores, ax=None):
    """Draw the share of right labels of every model, a dot a fold.

    Parameters
    ----------
    scores : dict of str to ndarray, (folds,)
    ax : Axes, optional

    Returns
    -------
    Axes
    """
    ax = axes(ax)
    for row, values in enumerate(scores.values()):
        network = list(scores)[row] in ("RNN", "LSTM", "GRU")
        colour = COLOURS["i"] if network else COLOURS["truth"]
        ax.plot(values, [row] * len(values), "o" if network else "s", color=colour,
                ms=7, alpha=0.7)
        ax.vlines(np.mean(values), row - 0.3, row + 0.3, color=colour, lw=2)
        ax.annotate(f"{np.mean(values):.2f}", (1.02, row), va="center",
                    xycoords=("axes fraction", "data"))
    ax.set_yticks(range(len(scores)), scores)
    ax.invert_yaxis()
    ax.set(xlabel="share of right labels, unseen texts", xlim=(None, 1.02))
    return ax

"""Pictures of parameter counts: every small square is one learned number."""

import numpy as np
from matplotlib.patches import Rectangle

from lstm_helpers import validate
from lstm_helpers.figures.style import COLOURS, NAMES, axes

GAP = 0.8  # between two blocks, in squares
SHADE = {"x": 0.45, "h": 0.8, "b": 0.25}
ROWS = {"x": "input, W_x", "h": "state, W_h", "b": "bias, b"}
ALT = {
    "voices": "Ten steps. Bars for voice A and, below them, for voice B; a bell over "
    "one step, where the bar of voice A is dark. The answer asked for is that bar.",
    "blocks": "Four blocks of eight columns, for input gate, forget gate, candidate "
    "and output gate. Each column has 3 squares in the rows of W_x, 8 in those of W_h, "
    "1 in the row of b: 96 + 256 + 32 = 384.",
    "harm": "The 384 squares again, each darker the more the loss grows when this one "
    "number is zero. The row of voice B is all but white; the darkest squares stand in "
    "the block of the candidate, in the rows of voice A and of the bell. Most of the "
    "384 are pale.",
    "growth": "The blocks of LSTMs with 4, 8 and 16 units at one scale: 128, 384 and "
    "1,280 squares. The recurrent squares grow in both directions.",
}


def places(left, top, D, H, gates, biases):
    """Say where the blocks of a layer lie, in squares, y downwards.

    Parameters
    ----------
    left, top : float
        The upper left corner.
    D, H : int
    gates : str
    biases : int
        As in `parameter_blocks`.

    Returns
    -------
    columns, rows : dict
        Where each gate begins, and where each kind of row begins.
    width, height : float
    """
    columns = {gate: left + k * (H + GAP) for k, gate in enumerate(gates)}
    rows, y = {}, top
    for kind, size in dict(x=D, h=H, b=biases).items():
        rows[kind] = y
        y += size + GAP
    return columns, rows, len(gates) * (H + GAP) - GAP, y - GAP - top


def _matrix(ax, left, top, D, H, gates, biases):
    """Draw the blocks with their upper left corner at (left, top), y downwards.

    Returns
    -------
    columns, rows, width, height
        As `places`.
    """
    columns, rows, width, height = places(left, top, D, H, gates, biases)
    sizes = {"x": D, "h": H, "b": biases}
    for gate, x in columns.items():
        colour = COLOURS.get(gate, COLOURS["truth"])
        for kind, size in sizes.items():
            ax.add_patch(Rectangle((x, rows[kind]), H, size, facecolor=colour, lw=0,
                                   alpha=SHADE[kind]))
            for k in range(H + 1):
                ax.plot([x + k] * 2, [rows[kind], rows[kind] + size], color="white",
                        lw=0.6)
            for k in range(size + 1):
                ax.plot([x, x + H], [rows[kind] + k] * 2, color="white", lw=0.6)
    return columns, rows, width, height


def parameter_blocks(D, H, gates="ifgo", biases=1, ax=None):
    """Draw the parameters of a recurrent layer to scale: one square, one number.

    A column is one gate of one unit; it has a row for every input, every unit and
    every bias vector.

    Parameters
    ----------
    D, H : int
        Input and hidden size.
    gates : str
        One letter a block: "ifgo" for an LSTM, "rzn" for a GRU, "h" for a plain RNN.
    biases : int
        Number of bias vectors, 1 or 2.
    ax : Axes, optional

    Returns
    -------
    Axes
        Its title is the layer's total.
    """
    D, H = validate.count("D", D), validate.count("H", H)
    if validate.count("biases", biases) > 2:
        raise ValueError(f"biases must be 1 or 2, got {biases}")
    ax = axes(ax)
    columns, rows, width, height = _matrix(ax, 0, 0, D, H, gates, biases)
    for gate, x in columns.items():
        *words, letter = NAMES.get(gate, gate).split()
        name = "\n".join(words[:-1] + [" ".join([*words[-1:], letter])])
        ax.text(x + H / 2, -GAP, name, ha="center", va="bottom", fontsize=9)
    for (kind, y), size in zip(rows.items(), (D, H, biases), strict=True):
        middle = y + size / 2
        ax.text(-GAP, middle, ROWS[kind], ha="right", va="center", fontsize=9)
        ax.text(width + GAP, middle, f"{size} × {len(gates) * H} = "
                f"{size * len(gates) * H}", ha="left", va="center", fontsize=9)
    ax.set(xlim=(-6.2, width + 7.5), ylim=(height + 0.3, -3.6), aspect="equal")
    ax.axis("off")
    ax.set_title(f"{len(gates) * H} columns of {D + H + biases}: "
                 f"{len(gates) * H * (D + H + biases)} parameters")
    return ax


def two_voices(xs, ax=None):
    """Draw one example of the bell task: two voices, and when the bell rings.

    Parameters
    ----------
    xs : ndarray, (T, 3)
        Voice A, voice B, and 1 where the bell rings.
    ax : Axes, optional

    Returns
    -------
    Axes
    """
    if validate.array("xs", xs).ndim != 2 or xs.shape[1] != 3:
        raise ValueError(f"xs must have shape (T, 3), got {xs.shape}")
    ax = axes(ax)
    steps, rung = np.arange(len(xs)), int(np.argmax(xs[:, 2]))
    for row, (name, voice) in enumerate(zip("AB", xs[:, :2].T, strict=True)):
        base = -2.3 * row
        chosen = (steps == rung) & (row == 0)
        ax.bar(steps, voice, bottom=base, width=0.7, edgecolor="#333333", lw=0.6,
               color=np.where(chosen, COLOURS["wrong"], COLOURS["x"]))
        ax.plot([-0.5, len(xs) - 0.5], [base, base], color="#333333", lw=0.8)
        ax.text(-0.9, base, f"voice {name}", ha="right", va="center")
    ax.text(rung, 1.35, "▲ the bell", ha="center", va="bottom")
    ax.text(len(xs) + 0.1, 0, f"asked for: {xs[rung, 0]:.2f}", va="center",
            color=COLOURS["wrong"])
    ax.set(xlim=(-0.7, len(xs) + 3), ylim=(-3.5, 2), xticks=steps, yticks=[],
           xlabel="step")
    ax.spines[:].set_visible(False)
    ax.grid(visible=False)
    return ax


def harm(losses, ax=None, most=None):
    """Draw each number of a layer as a square, the darker the more it matters.

    Parameters
    ----------
    losses : dict of str to ndarray
        The loss without this number: ``W_x`` (D, 4H), ``W_h`` (H, 4H), ``b`` (4H,).
    ax : Axes, optional
    most : float, optional
        The loss that is drawn darkest; the largest if left out.

    Returns
    -------
    Axes
    """
    arrays = {"x": losses["W_x"], "h": losses["W_h"], "b": losses["b"][None]}
    D, H = len(arrays["x"]), len(arrays["h"])
    most = most or max(z.max() for z in arrays.values())
    ax = axes(ax)
    columns, rows, width, height = places(0, 0, D, H, "ifgo", 1)
    for kind, z in arrays.items():
        for x, block in zip(columns.values(), np.split(z, 4, axis=1), strict=True):
            ax.imshow(np.sqrt(block / most), cmap="Greys", vmin=0, vmax=1, zorder=1,
                      extent=(x, x + H, rows[kind] + len(z), rows[kind]))
            ax.add_patch(Rectangle((x, rows[kind]), H, len(z), fill=False, lw=0.8,
                                   ec="#767676"))
        names = ["voice A", "voice B", "bell"] if kind == "x" else [ROWS[kind]]
        for k, name in enumerate(names):
            middle = rows[kind] + (k + 0.5 if kind == "x" else len(z) / 2)
            ax.text(-GAP, middle, name, ha="right", va="center", fontsize=9)
    for gate, x in columns.items():
        ax.text(x + H / 2, -GAP, NAMES[gate], ha="center", va="bottom", fontsize=9,
                color=COLOURS[gate])
    ax.set(xlim=(-6.2, width + 0.5), ylim=(height + 0.3, -2.4), aspect="equal")
    ax.axis("off")
    return ax


def growth(D, sizes, ax=None):
    """Draw LSTM layers of several hidden sizes side by side, at one scale.

    Parameters
    ----------
    D : int
        Input size.
    sizes : sequence of int
        Hidden sizes.
    ax : Axes, optional

    Returns
    -------
    Axes
    """
    ax = axes(ax)
    left = 0
    bottom = D + max(sizes) + 1 + 2 * GAP
    for H in sizes:
        top = bottom - (D + H + 1 + 2 * GAP)
        *_, width, _ = _matrix(ax, left, top, D, validate.count("H", H), "ifgo", 1)
        ax.text(left + width / 2, bottom + 1, f"H = {H}\n{4 * H * (D + H + 1):,}",
                ha="center", va="top", fontsize=9)
        left += width + 5
    ax.set(xlim=(-1, left - 4), ylim=(bottom + 6.5, -1), aspect="equal")
    ax.axis("off")
    return ax

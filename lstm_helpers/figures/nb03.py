"""Pictures of parameter counts: every small square is one learned number."""

from matplotlib.patches import Rectangle

from lstm_helpers import validate
from lstm_helpers.figures.style import COLOURS, NAMES, axes

GAP = 0.8  # between two blocks, in squares
SHADE = {"x": 0.45, "h": 0.8, "b": 0.25}


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
    names = {"x": "input", "h": "state", "b": "bias"}
    for (kind, y), size in zip(rows.items(), (D, H, biases), strict=True):
        middle = y + size / 2
        ax.text(-GAP, middle, names[kind], ha="right", va="center", fontsize=9)
        ax.text(width + GAP, middle, f"{size} × {len(gates) * H} = "
                f"{size * len(gates) * H}", ha="left", va="center", fontsize=9)
    ax.set(xlim=(-3.6, width + 7.5), ylim=(height + 0.3, -3.6), aspect="equal")
    ax.axis("off")
    ax.set_title(f"{len(gates) * H} columns of {D + H + biases}: "
                 f"{len(gates) * H * (D + H + biases)} parameters")
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

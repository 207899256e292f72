"""Drawings of networks: boxes and arrows on an Axes, in the colours of `plots`."""

from matplotlib.patches import Circle, FancyArrowPatch, FancyBboxPatch

from lstm_helpers import validate
from lstm_helpers.figures.style import COLOURS, axes


def canvas(ax, width, height):
    """Make an Axes a sheet of paper with square units."""
    ax = axes(ax)
    ax.set(xlim=(0, width), ylim=(0, height), aspect="equal")
    ax.axis("off")
    return ax


def box(ax, x, y, text, colour="#000000", width=1.1, height=0.7, size=11):
    """Draw a rounded box around (x, y)."""
    ax.add_patch(FancyBboxPatch(
        (x - width / 2, y - height / 2), width, height, lw=1.8, zorder=3,
        boxstyle="round,pad=0,rounding_size=0.12", facecolor="white", edgecolor=colour,
    ))
    ax.text(x, y, text, ha="center", va="center", fontsize=size, zorder=4)


def dot(ax, x, y, text, colour="#000000", radius=0.24):
    """Draw an operation: a circle with a sign in it."""
    ax.add_patch(Circle((x, y), radius, lw=1.5, facecolor="white", edgecolor=colour,
                        zorder=3))
    ax.text(x, y, text, ha="center", va="center", fontsize=11, zorder=4)


def arrow(ax, start, end, colour="#000000", lw=1.5, style="-", bend=0.0):
    """Draw an arrow from one point to another."""
    ax.add_patch(FancyArrowPatch(
        start, end, arrowstyle="-|>", mutation_scale=11, lw=lw, ls=style, color=colour,
        shrinkA=0, shrinkB=0, connectionstyle=f"arc3,rad={bend}", zorder=2,
    ))


def line(ax, points, colour="#000000", lw=1.5, style="-"):
    """Draw a wire through several points."""
    xs, ys = zip(*points, strict=True)
    ax.plot(xs, ys, color=colour, lw=lw, ls=style, zorder=1, solid_capstyle="round")


def unrolled_rnn(T=4, ax=None):
    """Draw an RNN folded, with its loop, and unrolled over `T` steps.

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
    step = 2.1
    ax = canvas(ax, 4.1 + step * T, 3.9)

    def column(x, t):
        box(ax, x, 2, "tanh")
        arrow(ax, (x, 0.75), (x, 1.65), COLOURS["x"])
        arrow(ax, (x, 2.35), (x, 3.2))
        ax.text(x, 0.5, f"$x_{{{t}}}$", ha="center", va="center", fontsize=12)
        ax.text(x, 3.45, f"$y_{{{t}}}$", ha="center", va="center", fontsize=12)
        ax.text(x + 0.1, 1.1, "$W_x$", fontsize=10)
        ax.text(x + 0.1, 2.72, "$W_y$", fontsize=10)

    column(1.2, "t")
    line(ax, [(1.75, 2.2), (2.3, 2.2), (2.3, 1.8)], lw=2)
    arrow(ax, (2.3, 1.8), (1.75, 1.8), lw=2)
    ax.text(2.02, 2.32, "$h_t$", ha="center", fontsize=12)
    ax.text(2.02, 1.42, "$W_h$", ha="center", fontsize=10)
    ax.text(2.78, 2, "=", fontsize=18, ha="center", va="center")
    first = 4.4
    ax.text(first - 1.08, 2, "$h_{-1}$", fontsize=12, ha="center", va="center")
    arrow(ax, (first - 0.8, 2), (first - 0.55, 2), lw=2)
    for t in range(T):
        x = first + step * t
        column(x, t)
        arrow(ax, (x + 0.55, 2), (x + step - 0.55, 2), lw=2)
        ax.text(x + step / 2, 2.2, f"$h_{t}$", ha="center", fontsize=12)
        if t < T - 1:
            ax.text(x + step / 2, 1.68, "$W_h$", ha="center", fontsize=10)
    return ax


def lstm_cell(ax=None, highlight="ifgoch", values=None):
    """Draw one LSTM cell: the belt of the cell state above, the gates below.

    Parameters
    ----------
    ax : Axes, optional
    highlight : str
        The letters among "ifgoch" to draw in colour; the rest is grey.
    values : dict of str to float, optional
        Numbers, or strings, to write on the wires of one unit; keys among ``c_prev``,
        ``h_prev``, ``x``, ``f``, ``i``, ``g``, ``o``, ``kept``, ``written``, ``c``,
        ``tanh_c``, ``h``.

    Returns
    -------
    Axes
    """
    unknown = set(highlight) - set("ifgoch")
    if unknown:
        raise ValueError(f"highlight must hold letters of 'ifgoch', got {highlight!r}")
    grey = "#BBBBBB"
    ink = {k: COLOURS[k] if k in highlight else grey for k in "ifgoch"}
    ax = canvas(ax, 11.4, 5.4)
    ax.set_xlim(-0.2, 11.5)
    ax.add_patch(FancyBboxPatch(
        (1.2, 0.75), 8.9, 4.25, boxstyle="round,rounding_size=0.3",
        facecolor="#F7F7F7", edgecolor="#999999", lw=1,
    ))
    belt, bus = 4.4, 1.15
    where = {"f": 2.5, "i": 4.1, "g": 5.6, "o": 7.2}
    # the belt
    arrow(ax, (0.5, belt), (11.0, belt), ink["c"], lw=3.5)
    ax.text(0.45, belt + 0.12, "$c_{t-1}$", ha="center", va="bottom", fontsize=12)
    ax.text(10.95, belt + 0.12, "$c_t$", ha="center", va="bottom", fontsize=12)
    # the inputs, side by side
    line(ax, [(0.5, bus), (where["o"], bus)], "#666666")
    ax.text(0.45, bus + 0.12, "$h_{t-1}$", ha="center", va="bottom", fontsize=12)
    line(ax, [(1.75, 0.2), (1.75, bus)], COLOURS["x"])
    ax.plot(1.75, bus, "o", color="#666666", ms=5)
    ax.text(1.95, 0.22, "$x_t$", fontsize=12, va="center")
    faces = {"f": "σ", "i": "σ", "g": "tanh", "o": "σ"}
    for k, x in where.items():
        arrow(ax, (x, bus), (x, 1.75), "#666666")
        box(ax, x, 2.05, faces[k], ink[k], width=0.95, height=0.6)
        ax.text(x + 0.1, 2.55, f"${k}_t$", fontsize=12, color=ink[k], va="center")
    # forget, write
    dot(ax, where["f"], belt, "×", ink["f"])
    arrow(ax, (where["f"], 2.35), (where["f"], belt - 0.24), ink["f"])
    dot(ax, where["g"], 3.3, "×", ink["i"])
    arrow(ax, (where["g"], 2.35), (where["g"], 3.06), ink["g"])
    line(ax, [(where["i"], 2.35), (where["i"], 3.3)], ink["i"])
    arrow(ax, (where["i"], 3.3), (where["g"] - 0.24, 3.3), ink["i"])
    dot(ax, where["g"], belt, "+", ink["c"])
    arrow(ax, (where["g"], 3.54), (where["g"], belt - 0.24), ink["g"])
    # read
    read = 8.7
    box(ax, read, 3.7, "tanh", ink["h"], width=0.95, height=0.5)
    arrow(ax, (read, belt), (read, 3.95), ink["c"])
    dot(ax, read, 2.9, "×", ink["o"])
    arrow(ax, (read, 3.45), (read, 3.14), ink["h"])
    line(ax, [(where["o"], 2.35), (where["o"], 2.9)], ink["o"])
    arrow(ax, (where["o"], 2.9), (read - 0.24, 2.9), ink["o"])
    line(ax, [(read, 2.66), (read, bus)], ink["h"])
    arrow(ax, (read, bus), (11.0, bus), ink["h"], lw=2)
    ax.text(10.95, bus + 0.12, "$h_t$", ha="center", va="bottom", fontsize=12)
    places = {
        "c_prev": (0.45, belt - 0.35), "c": (10.95, belt - 0.35),
        "h_prev": (0.4, bus - 0.35), "h": (10.95, bus - 0.35), "x": (2.85, 0.22),
        "kept": (4.1, belt + 0.3), "written": (6.25, 3.85), "tanh_c": (9.3, 3.3),
        **{k: (x - 0.12, 2.55) for k, x in where.items()},
    }
    for key, value in (values or {}).items():
        if key not in places:
            raise ValueError(f"values must name {', '.join(places)}, got {key!r}")
        text = value if isinstance(value, str) else f"{value:.3f}"
        ax.text(*places[key], text, ha="right" if key in where else "center",
                va="center", fontsize=10, family="monospace")
    return ax

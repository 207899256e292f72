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


GREY = "#BBBBBB"  # what is not lit
LIT = {  # the parts that one equation passes through
    "forget": {"join", "f", "forget", "belt 1", "belt 2"},
    "write": {"join", "i", "g", "write", "belt 2", "belt 3"},
    "show": {"join", "o", "belt 3", "show"},
}


def lstm_cell(ax=None, highlight="ifgoch", values=None, lit=None, note=""):
    """Draw one LSTM cell: the belt of the cell state above, the gates below.

    Parameters
    ----------
    ax : Axes, optional
    highlight : str
        The letters among "ifgoch" to draw in colour; the rest is grey.
    values : dict of str to float, optional
        Numbers, or strings, to write on the wires of one unit; keys among ``c_prev``,
        ``h_prev``, ``x``, ``a_i`` to ``a_o``, ``f``, ``i``, ``g``, ``o``, ``kept``,
        ``written``, ``c``, ``tanh_c``, ``h``.
    lit : str, optional
        "forget", "write" or "show": the path of one equation; all else is grey.
    note : str
        A few words in the upper left corner of the cell: whose numbers these are.

    Returns
    -------
    Axes
    """
    unknown = set(highlight) - set("ifgoch")
    if unknown:
        raise ValueError(f"highlight must hold letters of 'ifgoch', got {highlight!r}")
    if lit is not None and lit not in LIT:
        raise ValueError(f"lit must be one of {', '.join(LIT)}, got {lit!r}")

    def ink(k, part):
        seen = k in highlight + "x-" and (lit is None or part in LIT[lit])
        return {"-": "#666666"}.get(k, COLOURS.get(k)) if seen else GREY

    ax = canvas(ax, 11.4, 5.4)
    ax.set_xlim(-0.4, 11.6)
    ax.add_patch(FancyBboxPatch(
        (1.3, 0.75), 8.8, 4.25, boxstyle="round,rounding_size=0.3",
        facecolor="#F7F7F7", edgecolor="#999999", lw=1,
    ))
    ax.text(1.15, 4.95, note, fontsize=9, color="#595959", va="center")
    belt, bus = 4.4, 1.15
    where = {"f": 2.6, "i": 4.2, "g": 5.7, "o": 7.3}
    # the belt, in three pieces: before ×, between × and +, after +
    line(ax, [(0.5, belt), (where["f"], belt)], ink("c", "belt 1"), 3.5)
    line(ax, [(where["f"], belt), (where["g"], belt)], ink("c", "belt 2"), 3.5)
    arrow(ax, (where["g"], belt), (11.0, belt), ink("c", "belt 3"), lw=3.5)
    ax.text(0.3, belt + 0.14, "$c_{t-1}$", ha="center", va="bottom", fontsize=12)
    ax.text(11.0, belt + 0.14, "$c_t$", ha="center", va="bottom", fontsize=12)
    # the inputs, side by side
    last = max((x for k, x in where.items() if lit is None or k in LIT[lit]))
    line(ax, [(last, bus), (where["o"], bus)], GREY)
    line(ax, [(0.5, bus), (last, bus)], "#666666")
    ax.text(0.3, bus + 0.12, "$h_{t-1}$", ha="center", va="bottom", fontsize=12)
    arrow(ax, (1.75, 0.15), (1.75, bus - 0.05), COLOURS["x"])
    ax.plot(1.75, bus, "o", color="#666666", ms=5)
    ax.text(1.95, 0.22, "$x_t$", fontsize=12, va="center")
    faces = {"f": "σ", "i": "σ", "g": "tanh", "o": "σ"}
    for k, x in where.items():
        arrow(ax, (x, bus), (x, 1.75), ink("-", k))
        box(ax, x, 2.05, faces[k], ink(k, k), width=0.95, height=0.6)
        ax.text(x + 0.1, 2.55, f"${k}_t$", fontsize=12, color=ink(k, k), va="center")
    # forget, write
    dot(ax, where["f"], belt, "×", ink("f", "forget"))
    arrow(ax, (where["f"], 2.35), (where["f"], belt - 0.24), ink("f", "forget"))
    dot(ax, where["g"], 3.3, "×", ink("i", "write"))
    arrow(ax, (where["g"], 2.35), (where["g"], 3.06), ink("g", "write"))
    line(ax, [(where["i"], 2.35), (where["i"], 3.3)], ink("i", "write"))
    arrow(ax, (where["i"], 3.3), (where["g"] - 0.24, 3.3), ink("i", "write"))
    dot(ax, where["g"], belt, "+", ink("c", "belt 2"))
    arrow(ax, (where["g"], 3.54), (where["g"], belt - 0.24), ink("g", "write"))
    # show
    read = 8.8
    box(ax, read, 3.7, "tanh", ink("h", "show"), width=0.95, height=0.5)
    arrow(ax, (read, belt), (read, 3.95), ink("c", "show"))
    dot(ax, read, 2.9, "×", ink("o", "show"))
    arrow(ax, (read, 3.45), (read, 3.14), ink("h", "show"))
    line(ax, [(where["o"], 2.35), (where["o"], 2.9)], ink("o", "show"))
    arrow(ax, (where["o"], 2.9), (read - 0.24, 2.9), ink("o", "show"))
    line(ax, [(read, 2.66), (read, bus)], ink("h", "show"))
    arrow(ax, (read, bus), (11.0, bus), ink("h", "show"), lw=2)
    ax.text(11.0, bus + 0.12, "$h_t$", ha="center", va="bottom", fontsize=12)
    places = {
        "c_prev": (0.3, belt - 0.35), "c": (11.0, belt - 0.35),
        "h_prev": (0.25, bus - 0.35), "h": (11.0, bus - 0.35), "x": (2.85, 0.22),
        "kept": (4.15, belt + 0.3), "written": (6.35, 3.85), "tanh_c": (9.4, 3.3),
        **{k: (x - 0.12, 2.55) for k, x in where.items()},
        **{"a_" + k: (x + 0.1, 1.45) for k, x in where.items()},
    }
    sides = dict.fromkeys(where, "right") | {"a_" + k: "left" for k in where}
    for key, value in (values or {}).items():
        if key not in places:
            raise ValueError(f"values must name {', '.join(places)}, got {key!r}")
        text = value if isinstance(value, str) else f"{value:.3f}"
        ax.text(*places[key], text, ha=sides.get(key, "center"), va="center",
                fontsize=9 if key in ("h_prev", "x") or key[:2] == "a_" else 10,
                family="monospace")
    for key, (x, y) in {"kept": (4.15, belt - 0.28), "written": (6.35, 3.57)}.items():
        if key in (values or {}):
            ax.text(x, y, key, ha="center", va="center", fontsize=8, color="#595959")
    return ax

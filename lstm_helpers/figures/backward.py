"""The way back, drawn: who reads whom, three small machines, two steps, 02's cell."""

import numpy as np

from lstm_helpers import validate
from lstm_helpers.figures.diagrams import arrow, box, canvas, dot, line, lstm_cell
from lstm_helpers.figures.style import COLOURS

BACK = (0, (4, 2))  # what runs backward is dashed, everywhere in the series
FORTH, GREY = "#A0A0A0", "#666666"


def unrolled_errors(T=4, ax=None):
    """Draw an unrolled RNN: states forward, solid; gradients backward, dashed.

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
    step, first = 2.6, 3.0
    ax = canvas(ax, first + step * (T - 1) + 1.7, 4.3)
    ax.text(0.6, 2.3, "$h_{-1}$", ha="center", va="center", fontsize=13)
    arrow(ax, (1.0, 2.3), (first - 0.6, 2.3), FORTH, lw=2)
    for t in range(T):
        x = first + step * t
        box(ax, x, 2.3, f"$h_{t}$", width=1.2, height=0.9, size=13)
        ax.text(x, 3.95, f"$L_{t}$", ha="center", va="center", fontsize=13)
        arrow(ax, (x - 0.2, 2.75), (x - 0.2, 3.7), FORTH)
        arrow(ax, (x + 0.2, 3.7), (x + 0.2, 2.75), style=BACK)
        arrow(ax, (x - 0.2, 0.75), (x - 0.2, 1.85), FORTH)
        arrow(ax, (x + 0.2, 1.85), (x + 0.2, 0.75), style=BACK)
        if t:
            arrow(ax, (x - step + 0.6, 2.5), (x - 0.6, 2.5), FORTH, lw=2)
            arrow(ax, (x - 0.6, 2.1), (x - step + 0.6, 2.1), style=BACK)
    ax.text(first + 0.32, 3.25, "own", fontsize=10, va="center")
    ax.text(first + step / 2, 1.82, "$dh_{next}$", fontsize=10, ha="center")
    left, right = first - 0.7, first + step * (T - 1) + 0.7
    box(ax, (left + right) / 2, 0.42, "one $W_h$: what arrives is added up",
        width=right - left, height=0.6)
    return ax


def machines(ax=None, answers=False):
    """Draw ×, + and a fork: values forward, solid; what they hear, dashed.

    Parameters
    ----------
    ax : Axes, optional
    answers : bool
        Whether to write what the inputs hear, or question marks.

    Returns
    -------
    Axes
    """
    ax = canvas(ax, 13.6, 3.1)

    def number(x, y, text, **style):
        ax.text(x, y, text, ha="center", va="center", fontsize=12, **style)

    def back(start, end, at, text):
        arrow(ax, start, end, style=BACK)
        number(*at, text, fontweight="bold")

    for x, sign, out, hears in ((0.4, "×", "15", ("10", "6")),
                                (5.0, "+", "8", ("2", "2"))):
        for y, value, heard in ((2.2, "3", hears[0]), (0.8, "5", hears[1])):
            number(x, y, value)
            near = 1.5 + (0.14 if y > 1.5 else -0.14)
            arrow(ax, (x + 0.3, y), (x + 1.62, near), FORTH)
            side = 0.3 if y > 1.5 else -0.3
            back((x + 1.58, near + side), (x + 0.4, y + side),
                 (x + 0.95, y + 1.55 * side), heard if answers else "?")
        dot(ax, x + 1.9, 1.5, sign, radius=0.3)
        arrow(ax, (x + 2.2, 1.6), (x + 3.1, 1.6), FORTH)
        number(x + 3.4, 1.6, out)
        back((x + 3.1, 1.35), (x + 2.2, 1.35), (x + 2.65, 1.05), "2")
    x = 9.6
    number(x, 1.5, "4")
    arrow(ax, (x + 0.3, 1.6), (x + 1.6, 1.6), FORTH)
    back((x + 1.6, 1.35), (x + 0.3, 1.35), (x + 0.95, 1.05),
         "1.5" if answers else "?")
    ax.plot(x + 1.7, 1.5, "o", color="black", ms=7)
    for y, heard in ((2.3, "2"), (0.7, "−0.5")):
        up = 1 if y > 1.5 else -1
        arrow(ax, (x + 1.8, 1.5 + 0.08 * up), (x + 3.0, y), FORTH)
        back((x + 2.9, y + 0.28 * up), (x + 1.75, 1.5 + 0.38 * up),
             (x + 2.05, y + 0.22 * up), heard)
        number(x + 3.35, y, "4")
    return ax


def two_steps(ax=None, answers=False):
    """Draw two steps of h = tanh(w h), with a copy of w each; numbers on the wires.

    Parameters
    ----------
    ax : Axes, optional
    answers : bool
        Whether to draw the way back.

    Returns
    -------
    Axes
    """
    ax = canvas(ax, 12.6, 3.6)
    h, w, at = [0.5], 2.0, 2.6
    for _ in range(2):
        h.append(np.tanh(w * h[-1]))
    xs = {"h": (1.0, 6.0, 11.3), "×": (2.6, 7.6), "tanh": (4.3, 9.3)}
    for k, x in enumerate(xs["h"]):
        box(ax, x, at, f"$h_{{{k - 1}}}$ = {h[k]:.3g}", width=1.6, height=0.7)
    for k in range(2):
        left, mid, right = xs["×"][k], xs["tanh"][k], xs["h"][k + 1]
        arrow(ax, (xs["h"][k] + 0.8, at), (left - 0.24, at), FORTH)
        dot(ax, left, at, "×")
        arrow(ax, (left + 0.24, at), (mid - 0.5, at), FORTH)
        ax.text((left + mid) / 2 - 0.1, at + 0.22, f"{w * h[k]:.4g}", ha="center",
                fontsize=11)
        box(ax, mid, at, "tanh", width=1.0, height=0.6)
        arrow(ax, (mid + 0.5, at), (right - 0.8, at), FORTH)
        box(ax, left, 0.9, f"copy {k} of w = 2", width=2.3, height=0.6)
        arrow(ax, (left, 1.2), (left, at - 0.24), FORTH)
    if not answers:
        return ax
    dh, low = 1.0, at - 0.5
    for k in (1, 0):
        left, mid, right = xs["×"][k], xs["tanh"][k], xs["h"][k + 1]
        da = dh * (1 - h[k + 1] ** 2)
        for start, end, value in ((right - 0.4, mid + 0.2, dh),
                                  (mid - 0.2, left + 0.3, da),
                                  (left - 0.3, xs["h"][k] + 0.4, da * w)):
            arrow(ax, (start, low), (end, low), style=BACK)
            ax.text((start + end) / 2, low - 0.3, f"{value:.3g}", ha="center",
                    va="center", fontsize=11, fontweight="bold")
        arrow(ax, (left + 0.16, at - 0.35), (left + 0.16, 1.2), style=BACK)
        ax.text(left, 0.32, f"hears {da * h[k]:.3f}", ha="center", va="center",
                fontsize=11, fontweight="bold")
        dh = da * w
    return ax


def backward_cell(values, ax=None):
    """Draw 02's cell walked backwards: the same places, what each wire hears.

    Parameters
    ----------
    values : dict of str to float
        Keys among ``dh``, ``dc_next``, ``do``, ``dc``, ``df``, ``di``, ``dg``,
        ``dc_prev``, ``da_f``, ``da_i``, ``da_g``, ``da_o``.
    ax : Axes, optional

    Returns
    -------
    Axes
    """
    ax = lstm_cell(ax, highlight="")
    belt, bus, read, aside = 4.4, 1.15, 8.7, 0.16
    where = {"f": 2.5, "i": 4.1, "g": 5.6, "o": 7.2}
    ink = COLOURS

    def back(points, colour, lw=2.0):
        line(ax, points[:-1], colour, lw, BACK)
        arrow(ax, points[-2], points[-1], colour, lw, BACK)

    back([(11.0, bus - aside), (read + aside, bus - aside),
          (read + aside, 2.66)], ink["h"])
    back([(read + aside, 3.14), (read + aside, 3.45)], ink["h"])
    back([(read + aside, 3.95), (read + aside, belt - 0.1)], ink["h"])
    low = 2.9 - aside
    back([(read - 0.24, low), (where["o"] + aside, low), (where["o"] + aside, 2.35)],
         ink["o"])
    above = belt + aside
    back([(10.5, above), (read + 0.3, above)], ink["c"], 2.6)
    back([(read, above), (where["g"] + 0.26, above)], ink["c"], 2.6)
    back([(where["g"] - 0.26, above), (where["f"] + 0.26, above)], ink["c"], 2.6)
    back([(where["f"] - 0.26, above), (1.0, above)], ink["c"], 2.6)
    back([(where["f"] + aside, belt - 0.24), (where["f"] + aside, 2.35)], ink["f"])
    back([(where["g"] + aside, belt - 0.24), (where["g"] + aside, 3.54)], ink["c"])
    back([(where["g"] + aside, 3.06), (where["g"] + aside, 2.35)], ink["g"])
    low = 3.3 - aside
    back([(where["g"] - 0.24, low), (where["i"] + aside, low),
          (where["i"] + aside, 2.35)], ink["i"])
    for k, x in where.items():
        back([(x + aside, 1.75), (x + aside, bus + 0.05)], ink[k])
    back([(1.6, bus - aside), (0.5, bus - aside)], GREY)
    places = {"dh": (10.2, bus - 0.45), "dc_next": (9.9, belt + 0.5),
              "dc": (7.3, belt + 0.5), "dc_prev": (1.75, belt + 0.5),
              "do": (7.95, 3.25), "df": (1.75, 3.4), "di": (3.3, 2.75),
              "dg": (6.3, 2.8),
              **{f"da_{k}": (x + 0.75, 1.47) for k, x in where.items()}}
    ends = {"o": "o", "f": "f", "i": "i", "g": "g", "c": "c", "h": "h"}
    for name, value in validate.mapping("values", values).items():
        if name not in places:
            raise ValueError(f"values must name {', '.join(places)}, got {name!r}")
        letter = ends[name[3] if name.startswith("da_") else name[1]]
        ax.text(*places[name], f"{name} {value:.3f}" if value % 1 else
                f"{name} {value:.0f}", ha="center", va="center", fontsize=9.5,
                family="monospace", color="black", zorder=5,
                bbox=dict(facecolor="white", edgecolor=ink[letter], lw=0.8, pad=1.5))
    return ax

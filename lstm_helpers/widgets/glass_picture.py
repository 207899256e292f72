"""The glass cell's picture: one LSTM step with its numbers, and all steps below it.

The same drawing as `diagrams.lstm_cell`, in pixels.
"""

from lstm_helpers.figures.style import COLOURS, NAMES
from lstm_helpers.widgets import svg
from lstm_helpers.widgets.svg import arrow, number, symbol, tag, text, wire

WIDTH, HEIGHT = 716, 448
BELT, WRITE, READ, GATES, BUS = 44, 110, 138, 190, 244  # heights of the wires
AT = {"f": 156, "i": 256, "g": 350, "o": 450}
OUT = 545
FACES = {"f": "σ", "i": "σ", "g": "tanh", "o": "σ"}
GREY = "#666666"
STRIP, LEFT, STEP_ROOM = 304, 96, 600  # the steps: top, left edge, width
LEVEL = 0.4  # how strongly a gate is filled


def gate(k, value):
    """Draw a gate's box, filled as far as it is open; the candidate from its middle."""
    x, width, height = AT[k], 60, 38
    top = GATES - height / 2
    if k == "g":
        filled = abs(value) * height / 2
        edge = GATES - filled if value > 0 else float(GATES)
    else:
        filled = value * height
        edge = top + height - filled
    sides = dict(x=x - width / 2, width=width)
    return "".join([
        tag("rect", y=top, height=height, rx=6, fill="white", **sides),
        tag("rect", y=float(edge), height=float(filled), fill=COLOURS[k],
            fill_opacity=LEVEL, **sides),
        tag("rect", y=top, height=height, rx=6, fill="none", stroke=COLOURS[k],
            stroke_width=2, **sides),
        text(x, GATES, FACES[k], anchor="middle", font_size=14),
    ])


def sign(x, y, what, colour):
    """Draw × or + in a circle."""
    return tag("circle", cx=x, cy=y, r=13, fill="white", stroke=colour,
               stroke_width=2) + text(x, y, what, anchor="middle", font_size=16)


def unchanging():
    """Draw what no slider moves: wires, signs, names."""
    f, i, g, o = (AT[k] for k in "figo")
    c, h, x = COLOURS["c"], COLOURS["h"], COLOURS["x"]
    parts = [
        tag("rect", x=76, y=10, width=540, height=260, rx=16, fill="#F7F7F7",
            stroke="#999999"),
        arrow([(8, BELT), (708, BELT)], c, 5, 14),
        wire([(8, BUS), (o, BUS)], GREY), wire([(110, 290), (110, BUS)], x, width=2.5),
        arrow([(f, GATES - 19), (f, BELT + 13)], COLOURS["f"]),
        arrow([(i, GATES - 19), (i, WRITE), (g - 13, WRITE)], COLOURS["i"]),
        arrow([(g, GATES - 19), (g, WRITE + 13)], COLOURS["g"]),
        arrow([(g, WRITE - 13), (g, BELT + 13)], COLOURS["g"]),
        arrow([(OUT, BELT), (OUT, 68)], c, 2),
        tag("rect", x=OUT - 30, y=68, width=60, height=30, rx=6, fill="white",
            stroke=h, stroke_width=2),
        text(OUT, 83, "tanh", anchor="middle", font_size=14),
        arrow([(OUT, 98), (OUT, READ - 13)], h),
        arrow([(o, GATES - 19), (o, READ), (OUT - 13, READ)], COLOURS["o"]),
        arrow([(OUT, READ + 13), (OUT, BUS), (708, BUS)], h, 2.5, 11),
        sign(f, BELT, "×", COLOURS["f"]), sign(g, WRITE, "×", COLOURS["g"]),
        sign(g, BELT, "+", c), sign(OUT, READ, "×", COLOURS["o"]),
        symbol(36, BELT - 20, "c", "t−1", anchor="middle"),
        symbol(664, BELT - 20, "c", "t", anchor="middle"),
        symbol(36, BUS - 18, "h", "t−1", anchor="middle"),
        symbol(664, BUS - 18, "h", "t", anchor="middle"),
        symbol(122, 286, "x", "t"),
    ]
    for k in "figo":
        parts += [arrow([(AT[k], BUS), (AT[k], GATES + 19)], GREY),
                  symbol(AT[k] + 8, GATES - 32, k, "t", fill=COLOURS[k])]
    return "".join(parts)


def numbers(now):
    """Write the numbers of one step where they flow."""
    g = AT["g"]
    kept = now["f"] * now["c_prev"]
    written = now["i"] * now["g"]
    places = [
        ("c_prev", now["c_prev"], 36, BELT + 20, "middle"),
        ("c", now["c"], 664, BELT + 20, "middle"),
        ("h_prev", now["h_prev"], 36, BUS + 18, "middle"),
        ("h", now["h"], 664, BUS + 18, "middle"),
        ("x", now["x"], 146, 286, "start"),
        ("kept", kept, (AT["f"] + g) / 2, BELT - 17, "middle"),
        ("written", written, g + 10, (WRITE + BELT) / 2 + 1, "start"),
        ("tanh_c", now["tanh_c"], OUT + 8, 110, "start"),
    ]
    for k in "figo":
        places += [(k, now[k], AT[k] - 8, GATES - 32, "end"),
                   ("a_" + k, now["a_" + k], AT[k] + 6, BUS - 20, "start")]
    return "".join(
        text(x, y, number(value), anchor=anchor, class_="n-" + name,
             font_family="ui-monospace, monospace", font_size=13,
             font_weight=600 if name in ("c", "h", *"figo") else 400,
             fill=GREY if name.startswith("a_") else svg.INK)
        for name, value, x, y, anchor in places
    ) + text((AT["f"] + g) / 2, BELT + 15, "kept", anchor="middle", fill=GREY,
             font_size=11) + text(g + 11, WRITE - 16, "written", fill=GREY,
                                  font_size=11)


def steps(record, t):
    """Draw all steps side by side, the present one framed.

    Parameters
    ----------
    record : dict of str to ndarray, (T,)
        Under x, f, i, g, o, c and h.
    t : int
        The step to frame.
    """
    T = len(record["x"])
    wide = STEP_ROOM / T
    parts, top = [], STRIP
    rows = dict(x=20, f=12, i=12, g=20, o=12)
    largest = max(1.0, *abs(record["x"]))
    for k, height in rows.items():
        parts.append(symbol(LEFT - 12, top + height / 2 - 2, k, "t", 13, anchor="end"))
        signed = k in "xg"
        room = height / 2 if signed else height
        base = top + room
        sizes = record[k] * (room / (largest if k == "x" else 1.0))
        bars = "".join(f"M{LEFT + n * wide + 1:.1f},{base:.1f}h{wide - 2:.1f}"
                       f"v{-size:.1f}h{2 - wide:.1f}z"
                       for n, size in enumerate(sizes.tolist()))
        parts += [tag("path", d=bars, fill=COLOURS[k]),
                  wire([(LEFT, base), (LEFT + STEP_ROOM, base)], COLOURS[k],
                       width=0.5)]
        top += height + 4
    limit = max(1.0, *abs(record["c"]))
    chart = svg.Chart(LEFT, top + 4, STEP_ROOM, HEIGHT - top - 12, (-0.5, T - 0.5),
                      (-limit, limit))
    parts.append(wire([(LEFT, chart.y(0)), (LEFT + STEP_ROOM, chart.y(0))], "#BBBBBB",
                      width=1))
    parts.append(chart.line(range(T), record["h"], COLOURS["h"], "--", 1.6))
    parts.append(chart.line(range(T), record["c"], COLOURS["c"], "-", 3))
    middle = chart.top + chart.height / 2
    parts += [wire([(12, middle - 9), (30, middle - 9)], COLOURS["c"], width=3),
              symbol(36, middle - 9, "c", "t", 13),
              wire([(12, middle + 11), (30, middle + 11)], COLOURS["h"], "--", 1.6),
              symbol(36, middle + 11, "h", "t", 13),
              text(LEFT - 8, chart.top + 3, f"{limit:.2g}", anchor="end", font_size=11,
                   fill=GREY),
              text(LEFT - 8, chart.top + chart.height - 3, f"−{limit:.2g}",
                   anchor="end", font_size=11, fill=GREY)]
    parts.append(tag("rect", x=LEFT + t * wide - 0.5, y=STRIP - 5, width=wide + 1.0,
                     height=HEIGHT - STRIP, rx=4, fill="none", stroke=svg.INK,
                     stroke_width=1.5))
    return "".join(parts)


def draw(now, record, t):
    """Draw the cell at step t above all steps.

    Parameters
    ----------
    now : dict of str to float
        Everything that flows at step t.
    record : dict of str to ndarray, (T,)
    t : int

    Returns
    -------
    str
        SVG.
    """
    told = ", ".join(f"{NAMES[k]} {number(now[k])}" for k in "figoch")
    title = f"An LSTM cell at step {t}: {told}. Below it, all {len(record['x'])} steps."
    return svg.picture(WIDTH, HEIGHT, title, _UNCHANGING,
                       *(gate(k, now[k]) for k in "figo"), numbers(now),
                       steps(record, t))


_UNCHANGING = unchanging()

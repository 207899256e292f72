"""The glass cell's picture: one LSTM step with its numbers, and all steps below it.

The same drawing as `diagrams.lstm_cell`, in pixels. A wire is as thick as its value: a
shut gate looks shut.
"""

from lstm_helpers.figures.style import COLOURS, INKS, NAMES
from lstm_helpers.widgets import svg
from lstm_helpers.widgets.svg import arrow, number, symbol, tag, text, wire

WIDTH, HEIGHT = 716, 540
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


def thick(value):
    """Return the thickness of a wire that carries a value, in pixels: 1 to 8."""
    return 1.0 + 6.0 * min(abs(value), 7 / 6)


def carried(points, value, k, head=None):
    """Draw a wire as thick as what it carries, in the colour of a gate or state."""
    width = thick(value)
    return arrow(points, COLOURS[k], width, head or 7 + width)


def flow(now):
    """Draw the wires that carry values of this step, signs upon them."""
    f, g, o = (AT[k] for k in "fgo")
    kept, written = now["f"] * now["c_prev"], now["i"] * now["g"]
    below = BELT + 15
    return "".join([
        wire([(8, BELT), (f, BELT)], COLOURS["c"], width=thick(now["c_prev"])),
        wire([(f, BELT), (g, BELT)], COLOURS["c"], width=thick(kept)),
        carried([(g, BELT), (708, BELT)], now["c"], "c"),
        wire([(8, BUS), (110, BUS)], COLOURS["h"], width=thick(now["h_prev"])),
        carried([(110, 294), (110, BUS + 4)], now["x"], "x"),
        carried([(f, GATES - 19), (f, below)], now["f"], "f"),
        carried([(AT["i"], GATES - 19), (AT["i"], WRITE), (g - 13, WRITE)], now["i"],
                "i"),
        carried([(g, GATES - 19), (g, WRITE + 13)], now["g"], "g"),
        carried([(g, WRITE - 13), (g, below)], written, "g"),
        arrow([(OUT, BELT), (OUT, 68)], COLOURS["c"], 2),
        carried([(OUT, 98), (OUT, READ - 13)], now["tanh_c"], "h"),
        carried([(o, GATES - 19), (o, READ), (OUT - 13, READ)], now["o"], "o"),
        carried([(OUT, READ + 13), (OUT, BUS), (708, BUS)], now["h"], "h"),
        sign(f, BELT, "×", COLOURS["f"]), sign(g, WRITE, "×", COLOURS["g"]),
        sign(g, BELT, "+", COLOURS["c"]), sign(OUT, READ, "×", COLOURS["o"]),
    ])


def unchanging():
    """Draw what no slider moves: the frame, where sums come from, names."""
    h = COLOURS["h"]
    parts = [
        tag("rect", x=76, y=10, width=540, height=260, rx=16, fill="#F7F7F7",
            stroke="#999999"),
        wire([(110, BUS), (AT["o"], BUS)], GREY),
        tag("rect", x=OUT - 30, y=68, width=60, height=30, rx=6, fill="white",
            stroke=h, stroke_width=2),
        text(OUT, 83, "tanh", anchor="middle", font_size=14),
        symbol(36, BELT - 20, "c", "t−1", anchor="middle"),
        symbol(664, BELT - 20, "c", "t", anchor="middle"),
        symbol(36, BUS - 18, "h", "t−1", anchor="middle"),
        symbol(664, BUS - 18, "h", "t", anchor="middle"),
        symbol(124, 286, "x", "t"),
        text(612, 286, "a wire is as thick as its value", anchor="end", fill=GREY,
             font_size=11),
    ]
    for k in "figo":
        parts += [arrow([(AT[k], BUS), (AT[k], GATES + 19)], GREY),
                  symbol(AT[k] + 9, GATES - 32, k, "t", fill=INKS[k])]
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
        ("x", now["x"], 148, 286, "start"),
        ("kept", kept, (AT["f"] + g) / 2, BELT - 17, "middle"),
        ("written", written, g + 12, (WRITE + BELT) / 2 + 1, "start"),
        ("tanh_c", now["tanh_c"], OUT + 12, 110, "start"),
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
             font_size=11) + text(g + 12, WRITE - 16, "written", fill=GREY,
                                  font_size=11)


def rows(record):
    """Draw the bars of input and gates for all steps; return them and their foot."""
    wide = STEP_ROOM / len(record["x"])
    parts, top = [], STRIP
    largest = max(1.0, *abs(record["x"]))
    for k, height in dict(x=22, f=14, i=14, g=22, o=14).items():
        parts.append(symbol(LEFT - 12, top + height / 2 - 2, k, "t", 13, anchor="end",
                            fill=INKS[k]))
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
        top += height + 6
    return parts, top


def states(record, top, wanted):
    """Draw c and h over all steps, with their scale and the steps below them."""
    T = len(record["c"])
    high = max(1.0, *abs(record["c"]), wanted[1] if wanted else 0.0)
    high = high if high < 1.05 else float(-(-high // 1))  # a whole number
    least = min(*record["c"], *record["h"])
    low = 0.0 if least > -0.05 and not wanted else -high
    chart = svg.Chart(LEFT, top + 6, STEP_ROOM, HEIGHT - top - 30, (-0.5, T - 0.5),
                      (low, high))
    parts = []
    if wanted:
        top, foot = chart.y(wanted[1]), chart.y(wanted[0])
        parts += [tag("rect", x=chart.x(1.5), y=top, height=foot - top, fill="#D9EAF5",
                      width=chart.x(T - 0.5) - chart.x(1.5)),
                  text(chart.x(T - 0.5), top - 8, "here, from step 2 on", anchor="end",
                       font_size=11, fill=GREY)]
    for level in sorted({low, 0.0, high}):
        y = chart.y(level)
        parts += [wire([(LEFT, y), (LEFT + STEP_ROOM, y)], "#CCCCCC", width=1),
                  text(LEFT - 8, y, number(level, 0), anchor="end", font_size=11,
                       fill=GREY)]
    parts += [chart.line(range(T), record["c"], COLOURS["c"], "-", 4),
              chart.line(range(T), record["h"], COLOURS["h"], "--", 1.8)]
    for n in range(0, T, 5):
        parts.append(text(chart.x(n), HEIGHT - 11, n, anchor="middle", font_size=11,
                          fill=GREY))
    middle = chart.top + chart.height / 2
    return [*parts,
            text(LEFT - 8, HEIGHT - 11, "step t", anchor="end", font_size=11,
                 fill=GREY),
            wire([(12, middle - 12), (30, middle - 12)], COLOURS["c"], width=4),
            symbol(36, middle - 12, "c", "t", 13),
            wire([(12, middle + 12), (30, middle + 12)], COLOURS["h"], "--", 1.8),
            symbol(36, middle + 12, "h", "t", 13)]


def steps(record, t, wanted=None):
    """Draw all steps side by side, the present one framed.

    Parameters
    ----------
    record : dict of str to ndarray, (T,)
        Under x, f, i, g, o, c and h.
    t : int
        The step to frame.
    wanted : (float, float), optional
        Where c should stay from step 2 on.
    """
    wide = STEP_ROOM / len(record["x"])
    parts, top = rows(record)
    frame = tag("rect", x=LEFT + t * wide - 0.5, y=STRIP - 5, width=wide + 1.0,
                height=HEIGHT - STRIP - 14, rx=4, fill="none", stroke=svg.INK,
                stroke_width=1.5)
    return "".join([*parts, *states(record, top, wanted), frame])


def draw(now, record, t, wanted=None):
    """Draw the cell at step t above all steps.

    Parameters
    ----------
    now : dict of str to float
        Everything that flows at step t.
    record : dict of str to ndarray, (T,)
    t : int
    wanted : (float, float), optional
        Where c should stay from step 2 on: the aim of the puzzle.

    Returns
    -------
    str
        SVG.
    """
    told = ", ".join(f"{NAMES[k]} {number(now[k])}" for k in "figoch")
    title = f"An LSTM cell at step {t}: {told}. Below it, all {len(record['x'])} steps."
    return svg.picture(WIDTH, HEIGHT, title, _UNCHANGING, flow(now),
                       *(gate(k, now[k]) for k in "figo"), numbers(now),
                       steps(record, t, wanted))


_UNCHANGING = unchanging()

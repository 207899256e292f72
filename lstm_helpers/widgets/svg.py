"""Pictures as SVG strings: fast enough to be drawn anew at every move of a slider."""

import html

from lstm_helpers.figures.style import LINES

INK = "#222222"
QUIET = "#767676"
FONT = "system-ui, sans-serif"
# Matplotlib's line styles, as lengths of dash and gap.
DASHES = {"-": "none", "--": "7 4", "-.": "8 3 2 3", ":": "2 3"}


def number(value, digits=3):
    """Write a number with a fixed count of decimals and a real minus, never −0.000."""
    text = f"{value:.{digits}f}"
    if float(text) == 0:
        text = text.removeprefix("-")
    return text.replace("-", "−")


def tag(name, *inside, **attributes):
    """Write one element: ``tag("line", x1=0, stroke_width=2)``, floats to .1 px."""
    words = [name]
    for key, value in attributes.items():
        value = f"{value:.1f}" if isinstance(value, float) else value
        words.append(f'{key.rstrip("_").replace("_", "-")}="{value}"')
    return f"<{' '.join(words)}>{''.join(inside)}</{name}>"


def picture(width, height, title, *parts):
    """Put parts on a white sheet that shrinks with the page; `title` is read aloud."""
    least = min(width, 480)
    style = f"width:100%;max-width:{width}px;min-width:{least}px;display:block"
    return tag("svg", tag("title", html.escape(title)),
               tag("rect", width=width, height=height, rx=6, fill="white"), *parts,
               viewBox=f"0 0 {width} {height}", role="img", style=style,
               font_family=FONT, font_size=13, fill=INK)


def text(x, y, words, **style):
    """Write words with their middle line at y; `anchor` is start, middle or end."""
    if "anchor" in style:
        style["text_anchor"] = style.pop("anchor")
    return tag("text", html.escape(str(words), quote=False), x=float(x), y=float(y),
               dominant_baseline="central", **style)


def wire(points, colour=INK, line="-", width=1.5, **style):
    """Draw a line through points; `line` is a Matplotlib line style."""
    where = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return tag("polyline", points=where, fill="none", stroke=colour,
               stroke_width=width, stroke_dasharray=DASHES[line],
               stroke_linejoin="round", **style)


def arrow(points, colour=INK, width=1.5, head=8):
    """Draw a wire whose last piece, along an axis of the page, ends in an arrow."""
    (x0, y0), (x1, y1) = points[-2:]
    length = abs(x1 - x0) + abs(y1 - y0)
    dx, dy = head * (x1 - x0) / length, head * (y1 - y0) / length
    corners = [(x1, y1), (x1 - dx - dy / 2, y1 - dy + dx / 2),
               (x1 - dx + dy / 2, y1 - dy - dx / 2)]
    tip = tag("polygon", points=" ".join(f"{x:.1f},{y:.1f}" for x, y in corners),
              fill=colour)
    return wire([*points[:-1], (x1 - dx, y1 - dy)], colour, width=width) + tip


class Chart:
    """A frame on the sheet that turns data into pixels, and draws lines in it.

    Parameters
    ----------
    left, top, width, height : float
        In pixels.
    xlim, ylim : (float, float)
        In data; values beyond `ylim` are drawn at its edge.
    """

    def __init__(self, left, top, width, height, xlim, ylim):
        self.left, self.top, self.width, self.height = left, top, width, height
        self.xlim, self.ylim = xlim, ylim

    def x(self, value):
        """Return the pixel of an x value."""
        low, high = self.xlim
        return self.left + self.width * (value - low) / (high - low)

    def y(self, value):
        """Return the pixel of a y value."""
        low, high = self.ylim
        share = (min(max(value, low), high) - low) / (high - low)
        return self.top + self.height * (1 - share)

    def axes(self, xticks, yticks, xlabel, ylabel):
        """Draw grid, ticks and labels; ticks are dicts of value to text."""
        bottom, right = self.top + self.height, self.left + self.width
        parts = []
        for value, label in yticks.items():
            y = self.y(value)
            parts += [wire([(self.left, y), (right, y)], "#E4E4E4", width=1),
                      text(self.left - 6, y, label, anchor="end", font_size=12)]
        for value, label in xticks.items():
            x = self.x(value)
            parts += [wire([(x, bottom), (x, bottom + 4)], QUIET, width=1),
                      text(x, bottom + 13, label, anchor="middle", font_size=12)]
        parts += [wire([(self.left, self.top), (self.left, bottom), (right, bottom)],
                       QUIET, width=1),
                  text(right, bottom + 30, xlabel, anchor="end"),
                  text(self.left - 34, self.top - 14, ylabel)]
        return "".join(parts)

    def line(self, xs, ys, colour=INK, line="-", width=2):
        """Draw a line through data."""
        points = [(self.x(a), self.y(b)) for a, b in zip(xs, ys, strict=True)]
        return wire(points, colour, line, width)


def line_of(name):
    """Return the line style that belongs to a gate or state, such as "f"."""
    return LINES[name]


def symbol(x, y, letter, below="", size=15, **style):
    """Write a letter with a subscript, as in an equation."""
    if "anchor" in style:
        style["text_anchor"] = style.pop("anchor")
    small = tag("tspan", html.escape(below), dy=5, font_size=size - 4,
                font_style="normal")
    return tag("text", letter, small, x=float(x), y=float(y), font_size=size,
               font_style="italic", dominant_baseline="central", **style)

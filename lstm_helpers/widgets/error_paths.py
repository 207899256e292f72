"""Losses, states and one weight: light the paths along which a gradient travels."""

import numpy as np

from lstm_helpers.figures.style import COLOURS
from lstm_helpers.widgets import core, svg
from lstm_helpers.widgets.core import choice, row, slider
from lstm_helpers.widgets.svg import arrow, number, symbol, tag, text, wire

T = 4
X, W_X, H_INIT = (0.9, -1.2, 0.7, 0.4), 0.8, 0.3
OWN = (0.5, -0.4, 0.7, 1.0)  # what each state hears from its own loss
LOSSES = [f"L{t}" for t in range(T)]
ALL = "all four, collected"
EVERY = "all its paths"
COPIES = [f"to copy {k} of w" for k in range(T)]
LEFT, STEP = 150, 150  # the first state, and from one to the next
LOSS, STATE, COPY = 34, 130, 236  # heights
FAINT, LIT = "#C8C8C8", COLOURS["h"]


def states(w):
    """Return h_{-1} … h_{T-1} of one unit, (T + 1,)."""
    h = [H_INIT]
    for x in X:
        h.append(np.tanh(x * W_X + h[-1] * w))
    return np.array(h)


def factors(w, t, k):
    """Return the numbers that multiply along the path from L_t to copy k of w."""
    h = states(w)
    slope = 1 - h[1:] ** 2
    return [OWN[t], *(w * slope[j] for j in range(t, k, -1)), slope[k] * h[k]]


def collected(w):
    """Return dh_t, (T,), and each copy's share, (T,), from one walk back."""
    h = states(w)
    dh, shares, arriving = np.zeros(T), np.zeros(T), 0.0
    for t in reversed(range(T)):
        dh[t] = OWN[t] + arriving
        da = dh[t] * (1 - h[t + 1] ** 2)
        shares[t], arriving = da * h[t], da * w
    return dh, shares


def x_of(t):
    """Return where step t stands."""
    return LEFT + STEP * t


class ErrorPaths(core.Explorer):
    """Choose a loss and a copy of the weight; the way between them lights up."""

    def __init__(self):
        self.loss = choice("loss", [*LOSSES, ALL], LOSSES[-1], width="280px")
        self.way = choice("path", [EVERY, *COPIES], width="280px")
        self.w = slider("w", 0.9, -1.5, 1.5, 0.05)
        super().__init__([row(self.loss, self.way), row(self.w)], lines=3)

    def chosen(self):
        """Return the paths that light up, as pairs (t, k)."""
        losses = range(T) if self.loss.value == ALL else [LOSSES.index(self.loss.value)]
        copies = (range(T) if self.way.value == EVERY
                  else [COPIES.index(self.way.value)])
        return [(t, k) for t in losses for k in copies if k <= t]

    def said(self, paths):
        """Say in a sentence what the lit paths add up to."""
        w = self.w.value
        if not paths:
            return ("No path. A loss depends on nothing that happens after it: "
                    f"{self.loss.value} was settled before this copy of w was used.")
        total = sum(np.prod(factors(w, t, k)) for t, k in paths)
        if len(paths) == 1:
            (t, k), = paths
            product = " × ".join(number(z, 2).join("()" if z < 0 else ("", ""))
                                 for z in factors(w, t, k))
            return (f"One path, {t - k + 2} factors: {product} = {number(total)}. "
                    "The first comes from the loss, the last holds the partner of w.")
        if self.loss.value == ALL and self.way.value == EVERY:
            heard = ", ".join(number(z) for z in collected(w)[1])
            return ("Ten paths, four steps: at each state what comes from its own loss "
                    "and from the right is added and goes on as one number. The four "
                    f"copies hear {heard}; together {number(total)}. A line is as "
                    "thick as the number of paths that share it.")
        parts = " + ".join(number(np.prod(factors(w, t, k))).join(
            "()" if np.prod(factors(w, t, k)) < 0 else ("", "")) for t, k in paths)
        return f"{len(paths)} paths, added: {parts} = {number(total)}."

    def draw(self):
        """Draw all wires faintly, and the chosen ways over them."""
        h, w = states(self.w.value), self.w.value
        paths = self.chosen()
        together = len({t for t, _ in paths}) > 1
        dh = collected(w)[0]
        parts = [symbol(52, STATE, "h", "−1", anchor="middle"),
                 text(52, STATE + 24, number(h[0], 2), anchor="middle", fill=svg.QUIET),
                 arrow([(74, STATE), (x_of(0) - 38, STATE)], FAINT, 2)]
        for t in range(T):
            x = x_of(t)
            parts += [arrow([(x - 9, STATE - 24), (x - 9, LOSS + 14)], FAINT, 2),
                      arrow([(x - 9, COPY - 18), (x - 9, STATE + 24)], FAINT, 2)]
            if t:
                parts.append(arrow([(x - STEP + 38, STATE - 8), (x - 38, STATE - 8)],
                                   FAINT, 2))
        for t in range(T):  # the lit wires, thicker the more paths share them
            x = x_of(t)
            up = sum(a == t for a, _ in paths)
            side = sum(b < t <= a for a, b in paths)
            down = sum(b == t for _, b in paths)
            for count, points, value, at in (
                (up, [(x + 9, LOSS + 14), (x + 9, STATE - 24)], OWN[t],
                 (x + 18, LOSS + 42, "start")),
                (side, [(x - 38, STATE + 9), (x - STEP + 38, STATE + 9)],
                 w * (1 - h[t + 1] ** 2), (x - STEP / 2, STATE + 28, "middle")),
                (down, [(x + 9, STATE + 24), (x + 9, COPY - 18)],
                 (1 - h[t + 1] ** 2) * h[t], (x + 18, STATE + 52, "start")),
            ):
                if not count:
                    continue
                (x0, y0), (x1, y1) = points
                width = 1.5 + count
                head = 7 + 1.6 * width
                stop = (x1 + head * (x1 < x0), y1 - head * (y1 > y0))
                parts += [wire([points[0], stop], LIT, "--", width),
                          arrow([stop, points[1]], LIT, 0.1, head)]
                label = ("" if points[0][1] < STATE - 24 else "× ") + number(value, 2)
                parts.append(text(at[0], at[1], label, anchor=at[2]))
        for t in range(T):
            x = x_of(t)
            heard = any(b <= t <= a for a, b in paths)
            parts += [
                symbol(x, LOSS, "L", str(t), anchor="middle"),
                tag("rect", x=x - 36, y=STATE - 22, width=72, height=44, rx=8,
                    fill="white", stroke=LIT if heard else FAINT, stroke_width=2),
                symbol(x, STATE - 8, "h", str(t), anchor="middle"),
                text(x, STATE + 11, number(h[t + 1], 2), anchor="middle",
                     fill=svg.QUIET, font_size=12),
                tag("rect", x=x - 42, y=COPY - 16, width=84, height=32, rx=8,
                    fill="white", stroke_width=2,
                    stroke=LIT if any(b == t for _, b in paths) else FAINT),
                text(x, COPY, f"copy {t} of w", anchor="middle", font_size=12)]
            if together and heard:
                hears = sum(np.prod(factors(w, a, b)) for a, b in paths if b == t)
                parts.append(text(x, COPY + 28, f"hears {number(hears)}",
                                  anchor="middle", font_weight=600))
                if self.way.value == EVERY:
                    parts.append(text(x + 42, STATE - 34, f"dh {number(dh[t], 2)}",
                                      font_size=12, font_weight=600))
        words = self.said(paths)
        title = (f"An unrolled RNN of four steps, loss {self.loss.value}, "
                 f"{self.way.value}. {words}")
        return svg.picture(700, 284, title, *parts), words


def error_paths():
    """Light the ways from a loss back to each use of the one weight.

    Returns
    -------
    ErrorPaths
    """
    return ErrorPaths()

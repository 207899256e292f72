"""How far back does an RNN remember? Nudge x_0 and follow the change."""

import inspect

import numpy as np

from lstm_helpers import cells, init
from lstm_helpers.figures.style import COLOURS
from lstm_helpers.widgets import core, svg
from lstm_helpers.widgets.core import choice, row, slider
from lstm_helpers.widgets.svg import tag, text, wire

T, D, H = 40, 3, 16
FLOOR = 1e-16  # what float64 cannot tell from nothing, at sizes about 1
DRAWS = ("draw 1", "draw 2", "draw 3")

_step = inspect.unwrap(cells.rnn_step)  # the same step; shapes are known to fit


def draw_network(seed):
    """Draw inputs, input weights, and recurrent weights of spectral radius 1."""
    rng = np.random.default_rng(seed)
    xs, W_x = rng.normal(size=(1, T, D)), init.xavier(rng, D, H)
    return xs, W_x, init.with_radius(rng.normal(size=(H, H)), 1)


def two_runs(xs, W_x, W_h, nudge):
    """Run a sequence, and again with `nudge` added to every entry of x_0.

    Returns
    -------
    hs : ndarray, (2, T, H)
    """
    both = np.repeat(xs, 2, axis=0)
    both[1, 0] += nudge
    h_t, hs, b = np.zeros((2, H)), [], np.zeros(H)
    for t in range(T):
        h_t, _ = _step(both[:, t], h_t, W_x, W_h, b)
        hs.append(h_t)
    return np.stack(hs, axis=1)


class Influence(core.Explorer):
    """A nudge, a spectral radius, a size, and what becomes of the difference."""

    def __init__(self):
        self.networks = {name: draw_network(k) for k, name in enumerate(DRAWS, 1)}
        self.nudge = slider("nudge of x₀", 1.0, -1.0, 1.0, 0.01, COLOURS["x"])
        self.radius = slider("radius of W_h", 0.9, 0.0, 3.0, 0.05, COLOURS["h"])
        self.size = slider("inputs times", 1.0, 0.0, 2.0, 0.01, COLOURS["x"])
        self.network = choice("weights", DRAWS)
        super().__init__([row(self.nudge, self.radius, self.size, self.network)])

    def draw(self):
        """Draw one unit in both runs, and the size of the difference on a log axis."""
        xs, W_x, W_unit = self.networks[self.network.value]
        radius = self.radius.value
        hs = two_runs(self.size.value * xs, W_x, radius * W_unit, self.nudge.value)
        change = np.linalg.norm(hs[1] - hs[0], axis=1)
        seen_best = np.abs(hs[1] - hs[0])[:10].sum(axis=0).argmax()
        ticks = {k: k for k in range(0, T, 10)}
        runs = svg.Chart(44, 34, 270, 160, (0, T - 1), (-1, 1))
        size = svg.Chart(398, 34, 290, 160, (0, T - 1), (-16, 1))
        parts = [
            runs.axes(ticks, {-1: "−1", 0: "0", 1: "1"}, "t (step)",
                      "the unit that moves most: as it was, and nudged"),
            runs.line(range(T), hs[0, :, seen_best], svg.QUIET, "-", 4),
            runs.line(range(T), hs[1, :, seen_best], COLOURS["h"], "--", 1.6),
            size.axes(ticks, {0: "1", -4: "1e−4", -8: "1e−8", -12: "1e−12",
                              -16: "1e−16"}, "t (step)",
                      "size of the change in h, all units"),
        ]
        seen = np.flatnonzero(change > FLOOR)
        logs = np.log10(change[seen])
        parts.append(size.line(seen, logs, COLOURS["h"], width=1.5))
        parts += [tag("circle", cx=size.x(t), cy=size.y(value), r=2.5,
                      fill=COLOURS["h"]) for t, value in zip(seen, logs, strict=True)]
        if not len(seen):
            parts.append(text(size.x(T / 2), size.y(-8), "no change",
                              anchor="middle", fill=svg.QUIET))
        elif len(seen) < T:
            x = size.x(seen[-1] + 0.5)
            parts.append(wire([(x, size.top), (x, size.top + size.height)],
                              "#BBBBBB", ":"))
        told = f"Spectral radius {radius:.2f}, x_0 nudged by {self.nudge.value:.2f}"
        told = told.replace("-", "−")
        if change[0] > FLOOR and change[20] > FLOOR:
            words = (f"{told}: the change in h is {change[0]:.1g} at first and "
                     f"{change[20]:.1g} after 20 steps, "
                     f"{change[20] / change[0]:.1g} of it.")
        elif change[0] > FLOOR:
            words = (f"{told}: the change in h is {change[0]:.1g} at first; after 20 "
                     "steps none is left that float64 could hold.")
        else:
            words = f"{told}: nothing changes."
        words = words.replace("e-", "e−")
        return svg.picture(700, 240, f"Influence of x_0. {words}", *parts), words


def influence():
    """Show what is left of a change in x_0 after each step of an RNN.

    Returns
    -------
    Influence
    """
    return Influence()

"""A trained network that adds two marked numbers: move the marks, watch its memory."""

import json
from pathlib import Path

import numpy as np

from lstm_helpers.figures.style import COLOURS
from lstm_helpers.model import Recurrent
from lstm_helpers.widgets import core, svg
from lstm_helpers.widgets.core import row, slider
from lstm_helpers.widgets.svg import number, tag, text, wire

WEIGHTS = Path(__file__).parents[1] / "data" / "adder.json"
L = 32  # steps of the sequence


def network():
    """Return the trained network: 4 units, as `python -m benchmarks.adder` made it."""
    params = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    model = Recurrent("lstm", D=2, H=len(params["W_h"]), dtype=np.float64)
    model.params.update({name: np.array(z) for name, z in params.items()})
    return model


def sequence(first, second, a, b, seed=0):
    """Return one sequence with marks at two steps, (1, L, 2)."""
    xs = np.zeros((1, L, 2))
    xs[0, :, 0] = np.random.default_rng(seed).uniform(-1, 1, L)
    xs[0, first, 0], xs[0, second, 0] = a, b
    xs[0, [first, second], 1] = 1
    xs[0, [0, -1], 1] = -1
    return xs


class Adder(core.Explorer):
    """Two marks, two values, the cell state that collects them, and the answer."""

    def __init__(self):
        self.model = network()
        # The unit whose state moves the answer most at a mark, in the trained network.
        _, cs, _ = self.model.states(sequence(5, 12, 1.0, 1.0))
        self.unit = int(np.abs(np.diff(cs[0], axis=0)[[4, 11]]).sum(axis=0).argmax())
        self.first = slider("first mark", 4, 1, 9, 1, COLOURS["x"])
        self.second = slider("second mark", 13, 10, 15, 1, COLOURS["x"])
        self.a = slider("first value", 0.6, -1.0, 1.0, 0.05, COLOURS["x"])
        self.b = slider("second value", 0.3, -1.0, 1.0, 0.05, COLOURS["x"])
        super().__init__([row(self.first, self.a, self.second, self.b, columns=2)])

    def draw(self):
        """Draw the values with their marks, and one unit's state below them."""
        first, second = self.first.value, self.second.value
        xs = sequence(first, second, self.a.value, self.b.value)
        cs = self.model.states(xs).cs[0, :, self.unit]
        said = float(self.model.predict(xs)[0, 0]) * 4 - 2
        truth = self.a.value + self.b.value
        ticks = {k: k for k in range(0, L, 5)}
        above = svg.Chart(52, 30, 620, 90, (-0.5, L - 0.5), (-1, 1))
        high = max(0.4, float(np.abs(cs).max()) * 1.2)
        below = svg.Chart(52, 172, 620, 110, (-0.5, L - 0.5), (-high, high))
        parts = [above.axes({}, {-1: "−1", 0: "0", 1: "1"}, "",
                            "values; the two marked ones are blue dots"),
                 below.axes(ticks, {-high: number(-high, 1), 0: "0",
                                    high: number(high, 1)}, "t (step)",
                            f"cell state c of unit {self.unit}")]
        for t in range(L):
            marked = t in (first, second)
            value = xs[0, t, 0]
            colour = COLOURS["x"] if marked else "#BBBBBB"
            parts += [wire([(above.x(t), above.y(0)), (above.x(t), above.y(value))],
                           colour, width=3 if marked else 1.5),
                      tag("circle", cx=above.x(t), cy=above.y(value),
                          r=6 if marked else 3, fill=colour)]
            if marked:
                parts.append(wire([(below.x(t), below.top),
                                   (below.x(t), below.top + below.height)],
                                  COLOURS["x"], ":", 1.5))
        parts.append(below.line(range(L), cs, COLOURS["c"], "-", 3))
        parts.append(text(below.x(L - 1), below.top + 10,
                          f"answer {number(said, 2)}, truth {number(truth, 2)}",
                          anchor="end", font_size=14))
        words = (f"Marked: {number(self.a.value, 2)} at step {first} and "
                 f"{number(self.b.value, 2)} at step {second}. The network says "
                 f"{number(said, 2)}; the sum is {number(truth, 2)}.")
        return svg.picture(700, 322, f"A network that adds. {words}", *parts), words


def adder():
    """Show a trained network that adds two marked numbers of a sequence.

    Returns
    -------
    Adder
    """
    return Adder()

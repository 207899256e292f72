"""What is left of a small change after 100 steps: RNN and LSTM side by side."""

import numpy as np

from lstm_helpers import init, survival
from lstm_helpers.cells import sigmoid
from lstm_helpers.figures.style import COLOURS
from lstm_helpers.widgets import core, svg
from lstm_helpers.widgets.core import row, slider

T, D, H, DRAWS = 100, 3, 6, 8
LOW, HIGH = -16, 6  # powers of ten
STEPS = np.arange(T + 1)


class Survival(core.Explorer):
    """A radius, a forget bias, the size of the inputs; eight networks of each kind."""

    def __init__(self):
        rng = np.random.default_rng(0)
        self.xs = rng.normal(size=(DRAWS, T, D))
        self.W_x = np.stack([init.xavier(rng, D, H) for _ in range(DRAWS)])
        self.W_h = np.stack([init.orthogonal(rng, H) for _ in range(DRAWS)])
        drawn = [init.lstm_params(rng, D, H) for _ in range(DRAWS)]
        self.lstm = [np.stack([p[name] for p in drawn]) for name in ("W_x", "W_h")]
        self.radius = slider("radius of W_h", 0.9, 0.0, 2.5, 0.05, COLOURS["h"])
        self.bias = slider("forget bias", 1.0, -1.0, 6.0, 0.1, COLOURS["f"])
        self.size = slider("inputs times", 1.0, 0.0, 2.0, 0.05, COLOURS["x"])
        self._kept = {}
        super().__init__([row(self.radius, self.bias, self.size)])

    def rnn(self):
        """Return the norms of the plain RNNs, (DRAWS, T + 1)."""
        return survival.follow_rnn(self.size.value * self.xs, self.W_x,
                                   self.radius.value * self.W_h)

    def of_lstm(self):
        """Return the norms of the LSTMs, (DRAWS, T + 1)."""
        b = np.zeros((DRAWS, 4 * H))
        b[:, H : 2 * H] = self.bias.value
        return survival.follow_lstm(self.size.value * self.xs, *self.lstm, b)

    def kept(self, name, value, norms):
        """Return norms of before if nothing they hang on has moved since."""
        key = (value, self.size.value)
        if self._kept.get(name, (None,))[0] != key:
            self._kept[name] = key, norms()
        return self._kept[name][1]

    def draw(self):
        """Draw eight curves and the slope of a single factor, twice."""
        radius, bias = self.radius.value, self.bias.value
        sides = (("plain RNN", 66, self.kept("rnn", radius, self.rnn), radius,
                  COLOURS["h"], "radius"),
                 ("LSTM", 420, self.kept("lstm", bias, self.of_lstm),
                  float(sigmoid(bias)), COLOURS["f"], "σ(bias)"))
        parts, left = [], []
        for name, x, norms, factor, colour, called in sides:
            chart = svg.Chart(x, 34, 262, 190, (0, T), (LOW, HIGH))
            parts.append(chart.axes({k: k for k in range(0, T + 1, 25)},
                                    {0: "1", -4: "1e−4", -8: "1e−8", -12: "1e−12",
                                     -16: "1e−16", 4: "1e4"}, "t (step)",
                                    f"{name}: left of a change of h₀"))
            logs = np.log10(np.maximum(norms, 1e-300))
            parts += [chart.line(STEPS[::2], curve[::2], colour, width=1)
                      for curve in logs]
            slope = np.log10(max(factor, 1e-16))
            end = min(T, (LOW if slope < 0 else HIGH) / slope) if slope else T
            parts.append(chart.line((0, end), (0, end * slope), svg.QUIET, "--", 2.5))
            parts.append(svg.text(x + 262, 44, f"dashed: {called} to the power t",
                                  anchor="end", fill=svg.QUIET, font_size=12))
            left.append(10 ** float(np.median(logs[:, -1])))
        said = [f"{z:.0e}".replace("e-0", "e−").replace("e-", "e−").replace("e+0", "e")
                for z in left]
        words = (f"After 100 steps, the median of eight: {said[0]} is left in the "
                 f"plain RNN (radius {radius:.2f}), {said[1]} in the LSTM (forget bias "
                 f"{svg.number(bias, 1)}).")
        return svg.picture(700, 272, f"What survives. {words}", *parts), words


def survives():
    """Show what is left of a change of h_0, in plain RNNs and in LSTMs.

    Returns
    -------
    Survival
    """
    return Survival()

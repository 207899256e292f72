"""Break one line of the backward, and see which gradients turn red."""

import numpy as np

from lstm_helpers import bptt, faults
from lstm_helpers.figures.style import COLOURS
from lstm_helpers.widgets import core, svg
from lstm_helpers.widgets.core import choice, row, slider
from lstm_helpers.widgets.svg import tag, text, wire

GRADIENTS = ("dxs", "dW_x", "dW_h", "db", "dh_init", "dc_init")
NONE = "nothing is broken"
TOLERANCE = 1e-8
MOST_T = 10
RANDOM, ZERO = "random", "all zero"


class FaultInjector(core.Explorer):
    """A fault, the length of the sequences, and the error of every gradient."""

    def __init__(self):
        self.backwards = {f"{fault.wrong.split(' = ')[0]}: {fault.what}":
                          (fault, faults.plant(fault)) for fault in faults.FAULTS}
        names = list(self.backwards)
        self.fault = choice("break", [NONE, *names], names[1], width="375px")
        self.T = slider("length T", 4, 1, MOST_T, 1)
        self.start = choice("b, h, c at start", (RANDOM, ZERO), width="220px")
        self.runs = {}
        super().__init__([row(self.fault, self.start), row(self.T)])

    def forward(self, T, start):
        """Return ∂L/∂h, the caches, and the right gradients; kept for the next time."""
        if (T, start) not in self.runs:
            arrays, dhs = faults.problem(0, T=T)
            if start == ZERO:
                for name in ("h_init", "c_init", "b"):
                    arrays[name][:] = 0
            _, caches = bptt.lstm_forward(**arrays)
            self.runs[T, start] = dhs, caches, bptt.lstm_backward(dhs, caches)
        return self.runs[T, start]

    def errors(self):
        """Return the relative error of each gradient, and of each gate's part of db."""
        dhs, caches, right = self.forward(self.T.value, self.start.value)
        if self.fault.value == NONE:
            yours = right
        else:
            yours = self.backwards[self.fault.value][1](dhs, caches)
        relative = {}
        for name in GRADIENTS:
            scale = max(np.abs(yours[name]).max(), np.abs(right[name]).max())
            off = np.abs(yours[name] - right[name]).max()
            relative[name] = float(off / scale) if scale > 0 else 0.0
        scale = np.abs(right["db"]).max()
        blocks = np.split(np.abs(yours["db"] - right["db"]), 4)
        red = "".join(k for k, off in zip("ifgo", blocks, strict=True)
                      if off.max() > TOLERANCE * scale)
        return relative, red

    def draw(self):
        """Draw the two lines of code, and a bar for every gradient."""
        relative, red = self.errors()
        wrong = [name for name, error in relative.items() if error > TOLERANCE]
        parts = []
        if self.fault.value == NONE:
            parts.append(text(16, 36, "The backward as it stands in the package.",
                              fill=svg.QUIET))
        else:
            fault = self.backwards[self.fault.value][0]
            code = dict(font_family="ui-monospace, monospace", font_size=13)
            parts += [text(16, 24, "right", fill=svg.QUIET),
                      text(16, 48, "broken", fill=COLOURS["wrong"]),
                      text(76, 24, fault.right, **code),
                      text(76, 48, fault.wrong, fill=COLOURS["wrong"], **code)]
        chart = svg.Chart(96, 96, 420, 168, (-17, 0.5), (6, 0))
        ticks = {-16: "1e−16", -12: "1e−12", -8: "1e−8", -4: "1e−4", 0: "1"}
        for value, label in ticks.items():
            x = chart.x(value)
            parts += [wire([(x, 92), (x, 264)], "#E4E4E4", width=1),
                      text(x, 276, label, anchor="middle", font_size=12)]
        x = chart.x(np.log10(TOLERANCE))
        parts += [wire([(x, 84), (x, 264)], svg.QUIET, "--", 1.2),
                  text(x, 76, "what a gradient check lets pass", anchor="middle",
                       font_size=12, fill=svg.QUIET),
                  text(516, 294, "relative error", anchor="end")]
        for k, name in enumerate(GRADIENTS):
            error, y = relative[name], 110 + 28 * k
            bad = error > TOLERANCE
            ink = COLOURS["wrong"] if bad else COLOURS["truth"]
            parts.append(text(84, y, name, anchor="end",
                              font_family="ui-monospace, monospace"))
            end = chart.x(np.log10(max(error, 1e-17)))
            parts.append(tag("rect", x=chart.left, y=y - 8, fill=ink, height=16,
                             width=float(max(end - chart.left, 2))))
            share = f"{100 * error:.{0 if error > 0.01 else 4}f} %"
            note = f"✗ off by {share}" if bad else "✓ right"
            if name == "db" and bad:
                note += f": {', '.join(red)}"
            parts.append(text(532, y, note, fill=ink,
                              font_weight=600 if bad else 400))
        if self.fault.value == NONE:
            words = "Every gradient is right. Break a line and see which are not."
        elif not wrong:
            words = ("<b>The fault does not show.</b> With these sequences the broken "
                     "line computes the same. A gradient check on them would pass it.")
        else:
            words = (f"{len(wrong)} of 6 gradients are wrong: {', '.join(wrong)}. "
                     "Is there a T, or a start, at which the fault hides?")
        told = [f"{name} {'wrong' if name in wrong else 'right'}" for name in GRADIENTS]
        title = f"Errors of six gradients, {self.fault.value}: {', '.join(told)}."
        return svg.picture(700, 306, title, *parts), words


def fault_injector():
    """Show what a broken line of the LSTM's backward does to the gradients.

    Returns
    -------
    FaultInjector
    """
    return FaultInjector()

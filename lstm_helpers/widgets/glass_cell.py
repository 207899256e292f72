"""The glass cell: one LSTM unit whose every number can be seen and moved."""

from typing import NamedTuple

import ipywidgets
import numpy as np

from lstm_helpers.figures.style import COLOURS
from lstm_helpers.one_unit import LEAST, MOST, OLD, T, judge, run, small_inputs
from lstm_helpers.widgets import core, glass_picture
from lstm_helpers.widgets.core import column, fold, row, slider
from lstm_helpers.widgets.svg import number

SHOWN = "figo"  # the order in which a step uses them
TITLES = {"f": "forget", "i": "input", "g": "candidate", "o": "output"}


class Setting(NamedTuple):
    """All that determines a cell's run: inputs, start, and (W_x, W_h, b) by gate."""

    remark: str
    xs: tuple
    c: float
    h: float
    f: tuple
    i: tuple
    g: tuple
    o: tuple
    t: int = 0


def _pulses(*places):
    return tuple(1.0 if t in places else 0.0 for t in range(T))


def _seeded():
    """Return unit 1 of the seeded step of notebook 02, second and third input fixed."""
    draw = np.random.RandomState(42)  # the draw of the notebook
    W, b = (dict(zip(SHOWN, draw.randn(4, 2, n), strict=True)) for n in (5, 1))
    rest = np.array([0.1, 0.9])
    return {k: (W[k][0, 2], W[k][0, 0], b[k][0, 0] + W[k][0, 3:] @ rest) for k in SHOWN}


PUZZLE = "Puzzle: keep the third input"
PRESETS = {
    "The step on paper": Setting(
        "Unit 1 of the example above. What the second unit and the second input add "
        "is constant here and counted in the biases.",
        (0.6,) * T, 0.5, 0.2,
        f=(0.5, 1.0, 0.8), i=(-0.4, 0.3, 0.34), g=(1.0, 0.8, 0.07), o=(-0.1, 0.2, 0.4)),
    "The seeded step": Setting(
        "Unit 1 of the step after seed 42, from zero states; two of the three inputs "
        "are counted in the biases. After step 0 the second unit is missed.",
        (0.5,) * T, 0.0, 0.0, **_seeded()),
    "Remember for ever": Setting(
        "Forget gate open, input gate shut: whatever comes in, the belt does not care.",
        small_inputs(5, 1), 0.8, 0.0,
        f=(0, 0, 12.0), i=(0, 0, -12.0), g=(2.0, 0, 0), o=(0, 0, 2.0)),
    "Forget now": Setting(
        "An input of 1 shuts the forget gate, once, at step 8. Scrub to it.",
        _pulses(8), 0.8, 0.0, t=7,
        f=(-12.0, 0, 6.0), i=(0, 0, -12.0), g=(2.0, 0, 0), o=(0, 0, 2.0)),
    "Write once": Setting(
        "An input of 1 opens the input gate, once, at step 3; then the cell keeps.",
        _pulses(3), 0.0, 0.0, t=3,
        f=(0, 0, 8.0), i=(12.0, 0, -6.0), g=(3.0, 0, 0), o=(0, 0, 2.0)),
    "Count": Setting(
        "Every input of 1 adds almost 1. The belt counts; tanh hides how far.",
        _pulses(1, 4, 5, 9, 13, 14, 15, 20), 0.0, 0.0, t=20,
        f=(0, 0, 12.0), i=(0, 0, 12.0), g=(3.0, 0, 0), o=(0, 0, 12.0)),
    PUZZLE: Setting(
        "Drop the old −0.7, store the 1 that comes third (step 2), hold it for 20 "
        f"steps between {LEAST} and {MOST}. Biases and weights are yours; then Check.",
        small_inputs(3), OLD, 0.0,
        f=(0, 0, 1.0), i=(0, 0, 0), g=(2.0, 0, 0), o=(0, 0, 2.0)),
}


class GlassCell(core.Explorer):
    """Sliders for all inputs and parameters of one LSTM unit, and its picture."""

    def __init__(self, preset="The step on paper"):
        if preset not in PRESETS:
            raise ValueError(f"preset must be one of {', '.join(PRESETS)}, "
                             f"got {preset!r}")
        self.preset = core.choice("start from", list(PRESETS), preset)
        self.again = core.button("Reset")
        self.t = slider("step t", 0, 0, T - 1, 1)
        self.x = slider("xₜ, now", 0.0, -2.0, 2.0, colour=COLOURS["x"])
        self.c = slider("c at start", 0.0, -2.0, 2.0, colour=COLOURS["c"])
        self.h = slider("h at start", 0.0, -1.0, 1.0, colour=COLOURS["h"])
        self.gates = {k: (self._weight(k, "W_x"), self._weight(k, "W_h"),
                          slider(f"{TITLES[k]} b", 0.0, -12.0, 12.0, 0.01, COLOURS[k]))
                      for k in SHOWN}
        self.remark = ipywidgets.HTML(layout=ipywidgets.Layout(
            min_height="2.9em", max_width="740px"))
        self.check, self.verdict = core.button("Check"), ipywidgets.HTML()
        self.puzzle = ipywidgets.VBox([self.check, self.verdict])
        self.more = fold(
            "Weights: how far x and h move each gate",
            row(*(z for k in SHOWN for z in self.gates[k][:2]), columns=2))
        sides = [self.t, self.x, self.c, self.h], [self.gates[k][2] for k in SHOWN]
        self._load()
        super().__init__(
            [row(self.preset, self.again), self.remark,
             row(*(column(*side) for side in sides), columns=2)],
            [self.more, self.puzzle])
        self.preset.observe(lambda change: self.load(), "value")
        self.again.on_click(lambda _: self.load())
        self.check.on_click(lambda _: self.judge())

    @staticmethod
    def _weight(k, name):
        # A fixed step: a change of it makes the page send a rounded value back.
        return slider(f"{TITLES[k]} {name}", 0.0, -16.0, 16.0, 0.01, COLOURS[k])

    def _load(self):
        setting = PRESETS[self.preset.value]
        self.xs, self.loaded = list(setting.xs), {}
        for k in SHOWN:
            for control, value in zip(self.gates[k], getattr(setting, k), strict=True):
                control.value = self.loaded[control] = float(value)
        self.t.value, self.c.value, self.h.value = setting.t, setting.c, setting.h
        self.x.value = self.xs[setting.t]
        self.remark.value = setting.remark
        puzzle = self.preset.value == PUZZLE
        self.puzzle.layout.display = None if puzzle else "none"
        self.verdict.value = ""

    def load(self):
        """Set every slider to the chosen preset."""
        with self.together():
            self._load()

    def redraw(self, change=None):
        """Draw; a move in time shows another input, a move of x changes this one."""
        if change and not self._quiet:
            if change["owner"] is self.t:
                with self.together():
                    self.x.value = self.xs[self.t.value]
                return
            if change["owner"] is self.x:
                self.xs[self.t.value] = self.x.value
        super().redraw(change)

    def exact(self, control):
        """Return a slider's value, or the preset's if that is the nearest it can show.

        The page rounds what it is sent to the slider's steps, and sends that back.
        """
        loaded, step = self.loaded[control], control.step
        rounded = round(loaded / step) * step
        return loaded if abs(control.value - rounded) < 1e-9 else control.value

    def settings(self):
        """Return what `run` needs."""
        gates = {k: tuple(map(self.exact, three)) for k, three in self.gates.items()}
        return dict(xs=self.xs, c=self.c.value, h=self.h.value, gates=gates)

    def record(self):
        """Return all numbers of all steps, by name, as in `one_unit.run`."""
        return run(**self.settings())

    def weights(self):
        """Return W_x, W_h and b of every gate as the sliders stand, for `check`."""
        gates = self.settings()["gates"]
        return {k: gates[k] for k in "ifgo"}

    def draw(self):
        """Run the cell with the present settings and draw it."""
        record = self.record()
        t = self.t.value
        now = {k: float(values[t]) for k, values in record.items()}
        n = {k: number(v) for k, v in now.items()}
        words = (
            f"Step {t}. Of {n['c_prev']} the cell keeps the share {n['f']}; of the "
            f"candidate {n['g']} it writes the share {n['i']}. Now it holds "
            f"<b>c = {n['c']}</b> and shows {n['o']} × tanh c = <b>h = {n['h']}</b>."
        )
        wanted = (LEAST, MOST) if self.preset.value == PUZZLE else None
        return glass_picture.draw(now, record, t, wanted), words

    def judge(self):
        """Show whether the puzzle is solved."""
        kind, why = judge(self.weights())
        right = kind == "kept"
        sign, colour = ("✓ Right.", "#006B4E") if right else ("✗ Not yet.", "#A84300")
        self.verdict.value = (
            f'<div role="status" style="border-left:4px solid {colour};padding:4px '
            f'12px;background:#FFF;color:#111;max-width:700px"><b style="color:{colour}'
            f'">{sign}</b> {why}</div>')


def glass_cell(preset="The step on paper"):
    """Show an LSTM unit whose every number can be moved.

    Parameters
    ----------
    preset : str
        What to start from, as in the list above the picture.

    Returns
    -------
    GlassCell
    """
    return GlassCell(preset)

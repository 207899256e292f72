"""The glass cell: one LSTM unit whose every number can be seen and moved."""

import inspect
from typing import NamedTuple

import ipywidgets
import numpy as np

from lstm_helpers import cells
from lstm_helpers.figures.style import COLOURS
from lstm_helpers.widgets import core, glass_picture
from lstm_helpers.widgets.core import fold, row, slider
from lstm_helpers.widgets.svg import number

T = 24
GATES = "ifgo"  # the order of the blocks in W_x, W_h and b
SHOWN = "figo"  # the order in which a step uses them
TITLES = {"f": "forget", "i": "input", "g": "candidate", "o": "output"}
KEPT, LEAST, MOST, LENGTH = 2, 0.8, 1.2, 20  # the puzzle: step, bounds, steps to hold
_step = inspect.unwrap(cells.lstm_step)  # the same step; shapes are known to fit


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


def _noise(seed, size=0.2):
    """Draw small inputs in steps of .1, but for a 1 at the puzzle's step."""
    xs = np.random.default_rng(seed).uniform(-size, size, T).round(1) + 0.0
    xs[KEPT] = 1.0
    return tuple(xs.tolist())


def _seeded():
    """Return unit 1 of the seeded step of notebook 02, second and third input fixed."""
    draw = np.random.RandomState(42)  # the published draw
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
        _noise(5, 1), 0.8, 0.0,
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
        _noise(3), -0.7, 0.0,
        f=(0, 0, 1.0), i=(0, 0, 0), g=(2.0, 0, 0), o=(0, 0, 2.0)),
}


def run(xs, c, h, gates):
    """Run one unit over a sequence with `cells.lstm_step`.

    Parameters
    ----------
    xs : sequence of float, (T,)
    c, h : float
        The states before the first step.
    gates : dict of str to (float, float, float)
        W_x, W_h and b of each of i, f, g, o.

    Returns
    -------
    dict of str to ndarray, (T,)
        x, a_i … a_o, i, f, g, o, c_prev, h_prev, c, h and tanh_c.
    """
    W_x, W_h, b = np.array([gates[k] for k in GATES], float).T
    xs = np.asarray(xs, float)
    h_t, c_t = np.array([[h]], float), np.array([[c]], float)
    rows = []
    for x_t in xs[:, None, None]:
        h_t, c_t, cache = _step(x_t, h_t, c_t, W_x[None], W_h[None], b)
        rows.append([z.item() for z in (h_t, *cache[1:8])])
    names = "h", "h_prev", "c_prev", "i", "f", "g", "o", "c"
    record = {"x": xs, **dict(zip(names, np.array(rows).T, strict=True))}
    for k, (w_x, w_h, bias) in gates.items():
        record["a_" + k] = xs * w_x + record["h_prev"] * w_h + bias
    record["tanh_c"] = np.tanh(record["c"])
    return record


def judge(gates, c=-0.7):
    """Say whether a cell keeps the third input for 20 steps, and if not, why.

    Parameters
    ----------
    gates : dict of str to (float, float, float)
        As in `run`.
    c : float
        The old memory it has to drop.

    Returns
    -------
    right : bool
    why : str
    """
    record = run(_noise(3), c, 0.0, gates)
    right, why = _judge_one(record)
    if not right:
        return right, why
    for seed in range(20, 30):
        for old in (c, -c):
            other = run(_noise(seed), old, 0.0, gates)
            if not _judge_one(other)[0]:
                return False, (
                    "It works for these inputs, and not for other small ones with the "
                    "same 1 in third place: there the belt ends at "
                    f"{number(other['c'][KEPT + LENGTH], 2)}. Move the gates further "
                    "from half open.")
    final = number(record["c"][KEPT + LENGTH], 2)
    return True, (f"Kept: after 20 steps the belt holds {final}, and about as much for "
                  "ten other draws of the small inputs. The 1 itself works the gates: "
                  "it opens i and shuts f for one step.")


def _judge_one(record):
    end = KEPT + LENGTH
    c = record["c"]
    held = c[KEPT : end + 1]
    if held.min() >= LEAST and held.max() <= MOST:
        return True, ""
    i, f, g = (record[k][KEPT] for k in "ifg")
    old, new = f * record["c_prev"][KEPT], i * g
    after = slice(KEPT + 1, end + 1)
    lowest = float(record["f"][after].min())
    wrote = record["i"][after] * record["g"][after]
    noisy = KEPT + 1 + int(np.abs(wrote).argmax())
    if i < 0.85:
        return False, (f"The input gate is {number(i, 2)} when the 1 comes: too little "
                       "of it is written. i should open when x is 1, so give it a "
                       "positive W_x.")
    if g < 0.85:
        return False, (f"The candidate is {number(g, 2)} when the 1 comes: that is "
                       "what gets written, however open i is. Raise W_x of g.")
    if not LEAST <= c[KEPT] <= MOST and abs(old) > 0.05:
        return False, (f"The 1 is written ({number(new, 2)}), but on top of "
                       f"{number(old, 2)} of the old memory: f is {number(f, 2)} at "
                       "that step. f should shut when x is 1, so give it a negative "
                       "W_x.")
    if lowest < 0.99:
        left = float(np.prod(record["f"][after]))
        return False, (f"Stored, then lost: after the third input f falls to "
                       f"{number(lowest, 2)}, and over the 20 steps only "
                       f"{number(left, 2)} of the memory is kept. Raise the bias of f.")
    if np.abs(wrote).max() > 0.01:
        return False, (f"Stored, then written over: at step {noisy} the input gate is "
                       f"still {number(record['i'][noisy], 2)} open and adds "
                       f"{number(wrote[noisy - KEPT - 1], 2)}. Lower the bias of i.")
    return False, (f"Close: from step {KEPT} to {end} the belt goes from "
                   f"{number(held[0], 2)} to {number(held[-1], 2)}, and should stay "
                   f"between {LEAST} and {MOST}.")


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
        self.weights = fold(
            "Weights: how far x and h move each gate",
            row(*(z for k in SHOWN for z in self.gates[k][:2]), columns=2))
        sides = [self.t, self.x, self.c, self.h], [self.gates[k][2] for k in SHOWN]
        pairs = [z for pair in zip(*sides, strict=True) for z in pair]
        self._load()
        super().__init__(
            [row(self.preset, self.again), self.remark, row(*pairs, columns=2)],
            [self.weights, self.puzzle])
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

    def draw(self):
        """Run the cell with the present settings and draw it."""
        record = run(**self.settings())
        t = self.t.value
        now = {k: float(values[t]) for k, values in record.items()}
        n = {k: number(v) for k, v in now.items()}
        words = (
            f"Step {t}. Of {n['c_prev']} the cell keeps the share {n['f']}; of the "
            f"candidate {n['g']} it writes the share {n['i']}. Now it holds "
            f"<b>c = {n['c']}</b> and shows {n['o']} × tanh c = <b>h = {n['h']}</b>."
        )
        return glass_picture.draw(now, record, t), words

    def judge(self):
        """Show whether the puzzle is solved."""
        right, why = judge(self.settings()["gates"])
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

"""Draw the picture of the README with the package: one LSTM step and its numbers.

python tools/picture.py writes docs/lstm_step.png and prints its alt text
"""

import sys
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from lstm_helpers import cells  # noqa: E402
from lstm_helpers.figures import diagrams, nb00, style  # noqa: E402

TARGET = ROOT / "docs" / "lstm_step.png"


def numbers(seed=16):
    """Return every number on the wires of a cell with one unit, by `lstm_step`."""
    rng = np.random.default_rng(seed)
    x_t, h_prev, c_prev = np.array([[[0.8]], [[0.3]], [[0.9]]])
    W_x, W_h = rng.normal(size=(2, 1, 4))
    b = np.array([0.0, 1.0, 0.0, 0.0])
    h_t, c_t, gates = cells.lstm_step(x_t, h_prev, c_prev, W_x, W_h, b)
    values = dict(x=x_t, h_prev=h_prev, c_prev=c_prev, f=gates.f_t, i=gates.i_t,
                  g=gates.g_t, o=gates.o_t, kept=gates.f_t * c_prev,
                  written=gates.i_t * gates.g_t, c=c_t, tanh_c=np.tanh(c_t), h=h_t)
    return {name: float(value[0, 0]) for name, value in values.items()}


def alt(values):
    """Return what the picture shows, in words."""
    return ("Left, one step of an LSTM with its numbers: of the old memory "
            f"{values['c_prev']:.1f} the forget gate f = {values['f']:.3f} keeps "
            f"{values['kept']:.3f}; the input gate adds {values['written']:.3f}; of "
            f"the sum {values['c']:.3f} the output gate shows h = {values['h']:.3f}. "
            "Right, what forget gates of 0.5, 0.9, 0.99 and 1 leave of a 1 over 40 "
            "steps.")


def draw():
    """Return the figure."""
    style.use_style()
    figure, (left, right) = plt.subplots(
        1, 2, figsize=(10.4, 3.6), width_ratios=(2.25, 1))
    values = numbers()
    shown = {k: f"{v:.1f}" if k in ("x", "h_prev", "c_prev") else v
             for k, v in values.items()}
    diagrams.lstm_cell(left, values=shown)
    left.set_title("One step of an LSTM")
    nb00.remaining(ax=right)
    right.set_title("What a forget gate f leaves of a 1")
    return figure


if __name__ == "__main__":
    TARGET.parent.mkdir(exist_ok=True)
    draw().savefig(TARGET, dpi=95, metadata={"Software": None})
    from PIL import Image

    Image.open(TARGET).convert("RGB").quantize(128).save(TARGET, optimize=True)
    print(TARGET.stat().st_size, "bytes\n" + alt(numbers()))

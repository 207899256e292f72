"""Scrub over heatmaps: the numbers of one unit at one step, and where they lie."""

import io

import ipywidgets
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from lstm_helpers import bptt, init, plots, plots_gates, tasks, validate
from lstm_helpers.widgets import core
from lstm_helpers.widgets.core import row, slider
from lstm_helpers.widgets.svg import number

NAMES = "figoch"


def untrained(H=8):
    """Return what an untrained cell does with three waves, as `gate_scrubber` wants."""
    xs, zero = tasks.three_waves(), np.zeros((1, H))
    params = init.lstm_params(np.random.default_rng(0), xs.shape[2], H)
    hs, caches = bptt.lstm_forward(xs, zero, zero, **params)
    record = {k: np.array([getattr(cache, f"{k}_t")[0] for cache in caches])
              for k in "ifgoc"}
    return record | {"h": hs[0]}


class GateScrubber(core.Explorer):
    """Six heatmaps, drawn once; only the marks on them move."""

    def __init__(self, record):
        sizes = {}
        for k in NAMES:
            if k not in record:
                raise ValueError(f"record must hold {', '.join(NAMES)}; {k} is missing")
            validate.shape(f"record[{k!r}]", record[k], "T H", sizes)
        self.record = {k: np.array(record[k]) for k in NAMES}
        T, H = sizes["T"], sizes["H"]
        self.unit = slider("unit", 0, 0, max(1, H - 1), 1)
        self.t = slider("step t", T // 4, 0, max(1, T - 1), 1)
        self.last = H - 1, T - 1
        self._draw_once()
        super().__init__([row(self.unit, self.t)], alt=(
            "Six heatmaps, units downwards, time to the right: three gates, candidate, "
            "cell state and hidden state. A frame marks one unit at one step; its "
            "numbers stand below."))

    def make_picture(self):
        """Return an image as wide as the page allows."""
        width, height = self.canvas.get_width_height()
        return ipywidgets.Image(
            format="png", width=width, height=height,
            layout=ipywidgets.Layout(max_width="calc(100% - 4px)", height="auto"))

    def _draw_once(self):
        plots_style = plots.__file__.replace("plots.py", "style.mplstyle")
        with plt.style.context(plots_style):
            figure = Figure(figsize=(7.2, 3.7), dpi=100)
            self.canvas = FigureCanvasAgg(figure)
            axs = figure.subplots(2, 3, sharex=True, sharey=True)
            plots_gates.cell_over_time(self.record, axs)
            self.marks = []
            for ax in axs.ravel():
                ax.title.set_fontsize(10)
                for halo, colour in ((3.5, "white"), (1.6, "black")):
                    frame = plt.Rectangle((0, 0), 1, 1, fill=False, lw=halo,
                                          edgecolor=colour, animated=True)
                    line = plt.Line2D([0, 0], [0, 1], lw=halo / 2, color=colour,
                                      transform=ax.get_xaxis_transform(), animated=True)
                    ax.add_patch(frame)
                    ax.add_line(line)
                    self.marks.append((ax, frame, line))
            self.canvas.draw()
            self.background = self.canvas.copy_from_bbox(figure.bbox)

    def draw(self):
        """Put back the heatmaps, draw the marks, and write the numbers."""
        unit = min(self.unit.value, self.last[0])
        t = min(self.t.value, self.last[1])
        self.canvas.restore_region(self.background)
        for ax, frame, line in self.marks:
            frame.set_xy((t - 0.5, unit - 0.5))
            line.set_xdata([t, t])
            ax.draw_artist(line)
            ax.draw_artist(frame)
        png = io.BytesIO()
        pixels = np.asarray(self.canvas.buffer_rgba())[..., :3]
        Image.fromarray(np.ascontiguousarray(pixels)).save(png, "png", compress_level=1)
        told = ", ".join(f"{k} {number(self.record[k][t, unit])}" for k in "fio")
        kept = "" if t == 0 else (
            f" It kept {number(self.record['f'][t, unit])} × "
            f"{number(self.record['c'][t - 1, unit])} and")
        added = (f"{kept or ' It'} wrote {number(self.record['i'][t, unit])} × "
                 f"{number(self.record['g'][t, unit])}")
        words = (f"Unit {unit} at step {t}: {told}.{added}, so "
                 f"<b>c = {number(self.record['c'][t, unit])}</b>; it shows "
                 f"<b>h = {number(self.record['h'][t, unit])}</b>.")
        return png.getvalue(), words


def gate_scrubber(record=None):
    """Show the gates and states of a cell over time, and the numbers of one unit.

    Parameters
    ----------
    record : dict of str to ndarray, (T, H), optional
        Under i, f, g, o, c and h; an untrained cell if left out.

    Returns
    -------
    GateScrubber

    Raises
    ------
    TypeError, ValueError
        If an array is missing or has another shape.
    """
    return GateScrubber(untrained() if record is None else record)

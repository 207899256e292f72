"""Scrub over heatmaps: the numbers of one unit at one step, and where they lie."""

import io

import ipywidgets
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from lstm_helpers import bptt, init, tasks, validate
from lstm_helpers.figures import nb04, style
from lstm_helpers.widgets import core
from lstm_helpers.widgets.core import row, slider
from lstm_helpers.widgets.svg import number

NAMES = "figoch"
BLACK, WHITE = 254, 255  # places in the palette


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
        height, width = self.pixels.shape
        return ipywidgets.Image(
            format="png", width=width, height=height,
            layout=ipywidgets.Layout(max_width="calc(100% - 4px)", height="auto"))

    def _draw_once(self):
        """Keep the heatmaps as numbers of a palette: to pack them takes a third."""
        with plt.style.context(style.SHEET):
            figure = Figure(figsize=(7.2, 3.7), dpi=100)
            canvas = FigureCanvasAgg(figure)
            self.axes = figure.subplots(2, 3, sharex=True, sharey=True)
            nb04.cell_over_time(self.record, self.axes)
            for ax in self.axes.ravel():
                ax.title.set_fontsize(10)
            canvas.draw()
        image = Image.fromarray(np.asarray(canvas.buffer_rgba())[..., :3].copy())
        maps = [("viridis", 110), (nb04.SIGNED, 110), ("gray", 34)]
        colours = [plt.get_cmap(name)(np.linspace(0, 1, n))[:, :3] for name, n in maps]
        rows = np.concatenate([*colours, [[0] * 3, [1] * 3]])  # BLACK and WHITE last
        self.palette = (255 * rows).round().astype(int).ravel().tolist()
        known = Image.new("P", (1, 1))
        known.putpalette(self.palette)
        self.pixels = np.array(image.quantize(palette=known, dither=Image.Dither.NONE))

    def mark(self, unit, t):
        """Return the pixels with a line at a step and a frame around a unit."""
        pixels = self.pixels.copy()
        for ax in self.axes.ravel():
            corners = [(t - 0.5, unit - 0.5), (t + 0.5, unit + 0.5)]
            (left, top), (right, bottom) = ax.transData.transform(corners)
            top, bottom = (round(len(pixels) - y) for y in (top, bottom))
            left, right, middle = round(left), round(right), round((left + right) / 2)
            box = ax.bbox
            whole = slice(round(len(pixels) - box.y1), round(len(pixels) - box.y0))
            pixels[whole, middle : middle + 2] = BLACK, WHITE
            for colour, far in ((WHITE, 2), (BLACK, 1)):
                inside = pixels[top:bottom, left:right].copy()
                pixels[top - far : bottom + far, left - far : right + far] = colour
                pixels[top:bottom, left:right] = inside
        return pixels

    def draw(self):
        """Mark the chosen unit and step, and write the numbers."""
        unit = min(self.unit.value, self.last[0])
        t = min(self.t.value, self.last[1])
        image = Image.fromarray(self.mark(unit, t))
        image.putpalette(self.palette)
        png = io.BytesIO()
        image.save(png, "png", compress_level=1)
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

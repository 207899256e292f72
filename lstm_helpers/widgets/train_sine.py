"""Train live on a sine: change the wave, the network or its steps, and stop at will."""

import asyncio
import contextlib
import io

import numpy as np

from lstm_helpers import baselines, tasks
from lstm_helpers.figures.style import COLOURS
from lstm_helpers.model import Recurrent
from lstm_helpers.train import Adam, fit
from lstm_helpers.widgets import core, svg
from lstm_helpers.widgets.core import button, choice, row, slider
from lstm_helpers.widgets.svg import number, text, wire

N, T, BATCH, EPOCHS = 500, 25, 50, 200
RATES = {"0.0003": 0.0003, "0.001": 0.001, "0.003": 0.003, "0.01": 0.01, "0.03": 0.03,
         "0.1": 0.1, "1": 1.0}
LOW, HIGH = -4, 0.5  # of the loss axis, in powers of ten


class TrainSine(core.Explorer):
    """A frequency, a size, a learning rate, and a network that trains when asked."""

    def __init__(self):
        self.frequency = slider("frequency", 0.1, 0.02, 0.45, 0.01, COLOURS["x"])
        self.H = slider("units", 16, 1, 32, 1, COLOURS["h"])
        self.cell = choice("cell", ("lstm", "rnn"), width="170px")
        self.rate = choice("learning rate", list(RATES), "0.01", width="180px")
        self.train, self.stop = button("Train"), button("Stop")
        self.stop.disabled = True
        self.task = None
        super().__init__([row(self.frequency, self.H),
                          row(self.cell, self.rate, self.train, self.stop)])
        self.train.on_click(lambda _: self.begin())
        self.stop.on_click(lambda _: self.end())

    def redraw(self, change=None):
        """Start anew when a control was moved, then draw."""
        if not self._quiet:
            self.end()
            self.reset()
            super().redraw(change)

    def reset(self):
        """Make an untrained network, and the data."""
        rng = np.random.default_rng(0)
        f = self.frequency.value
        self.xs, self.ys, phases = tasks.sine(rng, N, T, f)
        omega = 2 * np.pi * f
        self.floor = np.sin(omega) ** 2 * np.mean(np.cos(phases) ** 2) / T
        self.copying = float(np.mean((baselines.persistence(self.xs) - self.ys) ** 2))
        self.model = Recurrent(self.cell.value, 1, self.H.value, 1, every_step=True)
        self.adam = Adam(RATES[self.rate.value])
        self.losses, self.stopped = [], ""
        self.shuffle = np.random.default_rng(1)

    def epoch(self):
        """Train for one epoch; return whether to go on."""
        with contextlib.redirect_stdout(io.StringIO()):  # said in the picture instead
            history = fit(self.model, self.xs, self.ys, 1, BATCH, self.adam,
                          rng=self.shuffle, progress=False)
        self.stopped = history.stopped
        self.losses += history.loss.tolist()
        return not self.stopped and len(self.losses) < EPOCHS

    def begin(self):
        """Train from where it stands, and let the page answer between the epochs."""
        if self.task is None and len(self.losses) < EPOCHS and not self.stopped:
            self.train.disabled, self.stop.disabled = True, False
            self.task = asyncio.ensure_future(self._train())

    async def _train(self):
        try:
            more = True
            while more:
                more = self.epoch()
                self.show()
                # A real pause: the kernel takes in a click on Stop only when it rests.
                await asyncio.sleep(0.02)
        finally:
            self.task = None
            self.train.disabled, self.stop.disabled = False, True
            self.show()

    def end(self):
        """Stop training; what was learned stays until a control is moved."""
        if self.task is not None:
            self.task.cancel()
            self.task = None

    def show(self):
        """Draw what has been learned so far."""
        self.picture.value, self.words.value = self.draw()

    def draw(self):
        """Draw the losses against floor and baseline, and one wave with its answers."""
        losses = svg.Chart(52, 34, 262, 180, (0, EPOCHS), (LOW, HIGH))
        wave = svg.Chart(400, 34, 284, 180, (0, T - 1), (-1.2, 1.2))
        said = self.model.predict(self.xs)
        loss = float(np.mean((said - self.ys) ** 2, dtype=np.float64))
        parts = [losses.axes({k: k for k in (0, 50, 100, 150)},
                             {-4: "1e−4", -2: "1e−2", 0: "1"}, "epoch",
                             "loss")]
        for level, label, line in ((self.floor, "floor: best possible", "--"),
                                   (self.copying, "persistence", ":")):
            y = losses.y(np.log10(max(level, 1e-9)))
            parts += [wire([(losses.left, y), (losses.left + losses.width, y)],
                           COLOURS["truth"], line),
                      text(losses.left + losses.width, y - 8, label, anchor="end",
                           font_size=11, fill="#595959")]
        parts.append(losses.line(range(1, len(self.losses) + 1),
                                 np.log10(self.losses) if self.losses else [],
                                 COLOURS["h"]))
        parts += [
            wave.axes({k: k for k in (0, 10, 20)}, {-1: "−1", 0: "0", 1: "1"},
                      "t (step)", "one wave: next value (grey) and prediction"),
            wave.line(range(T), self.ys[0, :, 0], "#999999", "-", 5),
            wave.line(range(T), np.clip(said[0, :, 0], -9, 9), COLOURS["h"], "--", 2),
        ]
        words = (f"Epoch {len(self.losses)} of {EPOCHS}. Loss {number(loss, 5)}; the "
                 f"best possible here is {number(self.floor, 5)}, persistence "
                 f"{number(self.copying, 3)}. ")
        if self.stopped:
            words += "<b>The loss is no longer finite: smaller steps.</b>"
        elif not self.losses:
            words += "Untrained: press Train."
        elif len(self.losses) == EPOCHS:
            words += "Done."
        title = f"Training on a sine: epoch {len(self.losses)}, loss {number(loss, 5)}."
        return svg.picture(700, 258, title, *parts), words


def train_sine():
    """Train a small network on a sine while its loss is drawn.

    Returns
    -------
    TrainSine
    """
    return TrainSine()

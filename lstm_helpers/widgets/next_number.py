"""27, 28, 29: what does the network say, after how many updates, and why?"""

import numpy as np

from lstm_helpers import init, tasks, train
from lstm_helpers.figures.style import COLOURS
from lstm_helpers.model import Recurrent
from lstm_helpers.widgets import core, svg
from lstm_helpers.widgets.core import choice, row, slider
from lstm_helpers.widgets.svg import number, tag, text, wire

MOST, STEP = 1000, 10
RATES = {"Adam .001": 0.001, "Adam .003": 0.003, "Adam .01": 0.01, "Adam .03": 0.03}
AS_IT_IS, SCALED, DIFFERENCE = "as it is", "divided by 29", "difference"
FAR = np.array([100.0, 101.0, 102.0]).reshape(1, 3, 1)


class Run:
    """One network that trains as far as it is asked, and remembers its answers."""

    def __init__(self, units, rate, target, seed=0):
        xs, ys = tasks.counting_windows()
        question = np.array([27.0, 28.0, 29.0]).reshape(1, 3, 1)
        self.asked = np.concatenate([xs, question, FAR])
        self.scale = 29.0 if target == SCALED else 1.0
        self.last = self.asked[:, -1] if target == DIFFERENCE else 0.0
        self.xs = xs / self.scale
        self.ys = (ys - xs[:, -1] if target == DIFFERENCE else ys) / self.scale
        self.model = Recurrent("lstm", 1, units, 1, dtype=np.float64)
        start = init.keras_params(np.random.default_rng(seed), 1, units, 1)
        self.model.params.update(start)
        self.target_is_bounded = target != DIFFERENCE
        self.update = train.Update(train.Adam(rate, eps=1e-7))
        self.answers, self.ceilings = [], []
        self.note()

    def note(self):
        """Write down what the network says now, and the most it could say."""
        y = self.model.predict(self.asked / self.scale) * self.scale + self.last
        self.answers.append(y[:, 0])
        p = self.model.params
        self.ceilings.append((np.abs(p["W_y"]).sum() + p["b_y"][0]) * self.scale)

    def at(self, updates):
        """Return the answers after that many updates; train on if need be."""
        k = updates // STEP
        with train.full_speed():
            while len(self.answers) <= k:
                for _ in range(STEP):
                    train.one_epoch(self.model, self.xs, self.ys, self.update)
                self.note()
        return self.answers[k], self.ceilings[k]


class NextNumber(core.Explorer):
    """Updates, learning rate, units and target, and the answers they lead to."""

    def __init__(self):
        self.updates = slider("updates", 100, 0, MOST, STEP)
        self.units = choice("LSTM units", ("5", "10", "20"), width="175px")
        self.rate = choice("optimizer", list(RATES), width="200px")
        self.target = choice("numbers", (AS_IT_IS, SCALED, DIFFERENCE), width="205px")
        self.runs = {}
        super().__init__([row(self.updates), row(self.units, self.rate, self.target)])

    def run(self):
        """Return the network of the present choices, as far as it was trained."""
        chosen = int(self.units.value), RATES[self.rate.value], self.target.value
        if chosen not in self.runs:
            self.runs[chosen] = Run(*chosen)
        return self.runs[chosen]

    def draw(self):
        """Draw the answer over the updates, and all answers now."""
        updates, run = self.updates.value, self.run()
        answers, ceiling = run.at(updates)
        trace = [a[27] for a in run.answers]
        way = svg.Chart(44, 34, 290, 170, (0, MOST), (0, 36))
        all_now = svg.Chart(400, 34, 280, 170, (0, 32), (0, 36))
        ticks = {0: 0, 10: 10, 20: 20, 30: 30}
        parts = [
            way.axes({k: k for k in (0, 250, 500, 750)}, ticks, "updates",
                     "the answer to 27, 28, 29"),
            wire([(way.left, way.y(30)), (way.left + way.width, way.y(30))],
                 COLOURS["truth"], "--"),
            way.line(STEP * np.arange(len(trace)), trace, COLOURS["h"], width=2.5),
            tag("circle", cx=way.x(updates), cy=way.y(trace[updates // STEP]), r=5.5,
                fill=COLOURS["f"]),
            all_now.axes(ticks, ticks, "the right number", "answers to all windows"),
            all_now.line((0, 32), (0, 32), COLOURS["truth"], "--", 1.2),
        ]
        if run.target_is_bounded and ceiling < 36:
            y = all_now.y(ceiling)
            parts += [wire([(all_now.left, y), (all_now.left + all_now.width, y)],
                           COLOURS["wrong"], ":", 2),
                      text(all_now.left + 6, y - 9, "its ceiling",
                           fill=COLOURS["wrong"], font_size=12)]
        for k in range(28):
            known = k < 27
            parts.append(tag("circle", cx=all_now.x(k + 3), cy=all_now.y(answers[k]),
                             r=3.0 if known else 5.5,
                             fill=COLOURS["h"] if known else COLOURS["f"]))
        words = (f"After {updates} updates: <b>27, 28, 29 → {number(answers[27], 2)}"
                 f"</b>, and 100, 101, 102 → {number(answers[28], 1)}. ")
        words += (f"Its weights allow no answer above {number(ceiling, 1)}."
                  if run.target_is_bounded else
                  "It adds what it says to the last number, so it has no ceiling.")
        title = f"Answers of a network that learns to count, after {updates} updates."
        return svg.picture(700, 250, title, *parts), words


def next_number():
    """Show how training, its steps and its scale decide what follows 27, 28, 29.

    Returns
    -------
    NextNumber
    """
    return NextNumber()

"""Type the beginning of a name: which letter comes next, learned and counted?"""

import functools
from pathlib import Path

import ipywidgets
import numpy as np

from lstm_helpers import text as words_of
from lstm_helpers import validate
from lstm_helpers.figures.style import COLOURS
from lstm_helpers.model import Recurrent
from lstm_helpers.widgets import core, svg
from lstm_helpers.widgets.core import row, slider
from lstm_helpers.widgets.svg import number, tag, text, wire

WEIGHTS = Path(__file__).parents[1] / "data" / "letters.npz"
H = 64
MOST = 15  # letters of a beginning
DRAWN, ROOM = 5, 68  # names, and letters of them in a line


@functools.cache
def stored():
    """Return the network of `python -m benchmarks.next_letter` and the counts."""
    train, _, _ = words_of.split(words_of.first_names())
    vocabulary = words_of.Vocabulary(train)
    model = Recurrent("lstm", 27, H, 27, every_step=True, loss="softmax",
                      dtype=np.float64)
    with np.load(WEIGHTS) as file:
        model.params.update({k: file[k].astype(np.float64) for k in file.files})
    return (words_of.Language(model, vocabulary),
            words_of.NGram(5).fit(train, vocabulary))


class NextLetter(core.Explorer):
    """A beginning, a temperature, the bars of what may follow, and names drawn so."""

    def __init__(self, language=None):
        network, self.counts = stored()
        if language is not None and not isinstance(language, words_of.Language):
            raise TypeError("language must be a text.Language, got "
                            f"{type(language).__name__}")
        self.language = network if language is None else language
        if self.language.vocabulary.symbols != network.vocabulary.symbols:
            raise ValueError("language must know the mark and the letters a to z, got "
                             f"{len(self.language.vocabulary)} symbols")
        self.beginning = ipywidgets.Text(
            value="jo", description="beginning", layout=ipywidgets.Layout(
                width="260px", margin="0 8px 0 0"), continuous_update=True)
        self.beginning.style.description_width = "94px"
        self.temperature = slider("temperature", 1.0, 0.1, 3.0, 0.1)
        self.draws = slider("draw again", 0, 0, 50, 1)
        super().__init__([row(self.beginning, self.temperature, self.draws)], lines=3)

    def draw(self):
        """Draw a bar for each letter, a mark for the counts, and names below."""
        typed = self.beginning.value.lower()
        read = "".join(z for z in typed if "a" <= z <= "z")[:MOST]
        temperature = self.temperature.value
        p, q = (words_of.tempered(model.predict(read), temperature)
                for model in (self.language, self.counts))
        high = max(0.2, np.ceil(10 * max(p.max(), q.max())) / 10)
        ticks = {high * k / 2: number(high * k / 2, 2) for k in range(3)}
        names = [*(chr(97 + k) for k in range(26)), "end"]
        chart = svg.Chart(52, 40, 630, 170, (-0.7, 26.7), (0, high))
        parts = [chart.axes(dict(enumerate(names)), ticks, "next letter",
                            f"probability after “{read}”: bars LSTM, dots counting")]
        order = [*range(1, 27), 0]  # the end last
        for k, j in enumerate(order):
            top = chart.y(p[j])
            parts += [tag("rect", x=chart.x(k) - 8, y=top, width=16,
                          height=max(0.0, chart.y(0) - top), fill=COLOURS["x"]),
                      tag("circle", cx=chart.x(k), cy=chart.y(q[j]), r=3.5,
                          fill="white", stroke=COLOURS["wrong"], stroke_width=2)]
        rng = np.random.default_rng(validate.count("draws", self.draws.value, 0))
        drawn = ["".join(z) for z in self.language.samples(
            rng, DRAWN, temperature, read, MOST)]
        while len(", ".join(drawn)) > ROOM:
            drawn.pop()
        parts += [wire([(18, 262), (682, 262)], "#E4E4E4", width=1),
                  text(18, 284, "drawn:", fill=svg.QUIET),
                  text(74, 284, ", ".join(z.capitalize() for z in drawn),
                       font_size=15)]
        best = int(p.argmax())
        first = "the end" if best == 0 else f"“{chr(96 + best)}”"
        bits = -(p[p > 0] * np.log2(p[p > 0])).sum()
        said = f"After “{read}”" if read else "At the beginning"
        words = (f"{said} the LSTM expects <b>{first}</b> with "
                 f"{number(p[best], 2)}; it is as unsure as among "
                 f"{number(2**bits, 1)} equally likely letters. Counting gives the "
                 f"same letter {number(q[best], 2)}.")
        if read != typed:
            words += f" Only the letters a to z are read, and {MOST} at most."
        title = f"Which letter follows {read or 'the start'}? Drawn: {', '.join(drawn)}"
        return svg.picture(700, 302, title, *parts), words


def next_letter(language=None):
    """Show what a network expects after the beginning of a name, at any temperature.

    Parameters
    ----------
    language : text.Language, optional
        Your own, on the letters a to z; a stored one if left out.

    Returns
    -------
    NextLetter
    """
    return NextLetter(language)

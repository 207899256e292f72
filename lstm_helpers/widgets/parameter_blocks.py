"""A layer's parameters to scale: every small square is one learned number."""

from lstm_helpers.figures.nb03 import ROWS, SHADE, places
from lstm_helpers.figures.style import COLOURS, NAMES
from lstm_helpers.widgets import core, svg
from lstm_helpers.widgets.core import choice, row, slider
from lstm_helpers.widgets.svg import tag, text

# Blocks, and bias vectors, of each kind of layer.
LAYERS = {
    "LSTM, Keras": ("ifgo", 1),
    "LSTM, PyTorch": ("ifgo", 2),
    "GRU, as published": ("rzn", 1),
    "GRU, Keras and PyTorch": ("rzn", 2),
    "plain RNN": ("h", 1),
}
SQUARE = 9.5  # pixels, whatever the sizes: that is what to scale means
MOST_D, MOST_H = 8, 12
WIDTH, HEIGHT, LEFT, TOP = 700, 270, 84, 30


class ParameterBlocks(core.Explorer):
    """Sizes and kind of a layer, and its matrices drawn square by square."""

    def __init__(self):
        self.D = slider("inputs D", 3, 1, MOST_D, 1, COLOURS["x"])
        self.H = slider("units H", 8, 1, MOST_H, 1, COLOURS["h"])
        self.layer = choice("layer", list(LAYERS))
        super().__init__([row(self.D, self.H, self.layer)])

    @property
    def total(self):
        """How many numbers the layer learns."""
        gates, biases = LAYERS[self.layer.value]
        H = self.H.value
        return len(gates) * H * (self.D.value + H + biases)

    def draw(self):
        """Draw a column for every gate of every unit."""
        D, H = self.D.value, self.H.value
        gates, biases = LAYERS[self.layer.value]
        columns, rows, width, _ = places(0, 0, D, H, gates, biases)
        sizes = dict(x=D, h=H, b=biases)
        grid = tag("pattern", tag("path", d=f"M{SQUARE} 0H0V{SQUARE}", fill="none",
                                  stroke="white", stroke_width=1.2),
                   id="squares", width=SQUARE, height=SQUARE,
                   patternUnits="userSpaceOnUse")
        parts = []
        for gate, x in columns.items():
            colour = COLOURS.get(gate, COLOURS["truth"])
            for kind, size in sizes.items():
                place = dict(width=SQUARE * H, height=SQUARE * size)
                block = tag("rect", fill=colour, fill_opacity=SHADE[kind], **place)
                block += tag("rect", fill="url(#squares)", **place)
                parts.append(tag("g", block, transform=(
                    f"translate({LEFT + SQUARE * x:.1f} "
                    f"{TOP + SQUARE * rows[kind]:.1f})")))
            name = NAMES.get(gate, gate) if H > 8 and len(gates) > 1 else gate
            parts.append(text(LEFT + SQUARE * (x + H / 2), TOP - 14, name,
                              anchor="middle"))
        right = LEFT + SQUARE * width + 12
        for kind, name in ROWS.items():
            middle = TOP + SQUARE * (rows[kind] + sizes[kind] / 2)
            number = sizes[kind] * len(gates) * H
            parts += [text(LEFT - 8, middle, name, anchor="end"),
                      text(right, middle, f"{sizes[kind]} × {len(gates) * H} = "
                           f"{number}")]
        total = self.total
        words = (f"{self.layer.value}: {len(gates)} × {H} columns of "
                 f"{D} + {H} + {biases} = {D + H + biases} numbers, "
                 f"<b>{total:,} parameters</b>. In both directions: {2 * total:,}.")
        title = f"Parameters to scale, D = {D}, H = {H}: {total} squares."
        return svg.picture(WIDTH, HEIGHT, title, tag("defs", grid), *parts), words


def parameter_blocks():
    """Show where the parameters of a recurrent layer live, one square each.

    Returns
    -------
    ParameterBlocks
    """
    return ParameterBlocks()

"""What every figure shares: colours one can see, letters one can read, sharp pixels."""

import io

import matplotlib.pyplot as plt
import pytest
from PIL import Image

from lstm_helpers.figures import nb02, style

GROUNDS = "#FFFFFF", "#F7F7F7"  # of a page, and of a cell's frame


def contrast(a, b):
    """Return the ratio of two colours' light, as the web's guidelines have it."""
    def light(colour):
        parts = [int(colour[k:k + 2], 16) / 255 for k in (1, 3, 5)]
        r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4
                   for p in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    dark, bright = sorted((light(a), light(b)))
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("ground", GROUNDS)
def test_lines_can_be_seen_and_words_can_be_read(ground):
    for name, colour in style.COLOURS.items():
        assert contrast(colour, ground) >= 3, name
    for name, colour in style.INKS.items():
        assert contrast(colour, ground) >= 4.5, name
    assert set(style.INKS) <= set(style.COLOURS)


def test_gates_and_states_differ_by_line_or_colour():
    assert len({style.LINES[k] for k in "ifgo"}) == 4
    assert len(set(style.COLOURS.values())) == len(style.COLOURS)


def test_a_stored_figure_is_sharp_and_small():
    with plt.rc_context():
        style.use_style()
        _, ax = plt.subplots(figsize=(8, 3.8))
        nb02.lstm_cell(ax)
        png, width, height = style.sharp(ax.figure)
        plain = io.BytesIO()
        ax.figure.savefig(plain, format="png")
        plt.close(ax.figure)
    image = Image.open(io.BytesIO(png))
    assert image.size == (2 * width, 2 * height) == (1760, 836)
    assert len(png) <= len(plain.getvalue())
    # The palette keeps the colours of the table: a gate's is not that of its neighbour.
    shades = {tuple(rgb) for _, rgb in image.convert("RGB").getcolors(1 << 20)}
    for k in "ifgoc":
        wanted = [int(style.COLOURS[k][n:n + 2], 16) for n in (1, 3, 5)]
        nearest = min(max(abs(a - b) for a, b in zip(rgb, wanted, strict=True))
                      for rgb in shades)
        assert nearest <= 8, k

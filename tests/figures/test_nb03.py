"""The block picture draws as many squares as the layer has parameters."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from lstm_helpers import init
from lstm_helpers.figures import nb03


@pytest.fixture
def ax():
    fig, ax = plt.subplots()
    yield ax
    plt.close(fig)


def squares(ax):
    return sum(round(p.get_width() * p.get_height()) for p in ax.patches)


@pytest.mark.parametrize(
    "D, H, gates, biases, total",
    [(3, 8, "ifgo", 1, 384), (3, 8, "ifgo", 2, 416), (3, 8, "rzn", 1, 288),
     (3, 8, "rzn", 2, 312), (1, 5, "ifgo", 1, 140), (1, 16, "h", 1, 288)],
)
def test_one_square_a_parameter(ax, D, H, gates, biases, total):
    nb03.parameter_blocks(D, H, gates, biases, ax)
    assert squares(ax) == total
    titles = ax.get_title("left") + ax.get_title()  # where depends on the style
    assert f"{total} parameters" in titles


def test_growth_is_to_scale(ax):
    nb03.growth(3, (4, 8), ax)
    rng = np.random.default_rng(0)
    arrays = [z for H in (4, 8) for z in init.lstm_params(rng, 3, H).values()]
    assert squares(ax) == sum(z.size for z in arrays)


def test_rows_carry_the_names_of_the_arrays(ax):
    nb03.parameter_blocks(3, 8, ax=ax)
    texts = " ".join(text.get_text() for text in ax.texts)
    assert all(name in texts for name in ("W_x", "W_h", "bias, b"))


def test_the_answer_is_the_dark_bar_of_voice_a(ax):
    xs = np.array([[0.3, -0.2, 0], [-0.5, 0.4, 1], [0.1, 0.9, 0]])
    nb03.two_voices(xs, ax)
    dark = [bar for bar in ax.patches if bar.get_facecolor() != ax.patches[0]
            .get_facecolor()]
    assert [bar.get_height() for bar in dark] == [-0.5]
    assert any("-0.50" in text.get_text() for text in ax.texts)
    with pytest.raises(ValueError, match=r"\(T, 3\)"):
        nb03.two_voices(xs[:, :2], ax)


def test_the_square_that_matters_most_is_black(ax):
    losses = {"W_x": np.zeros((3, 8)), "W_h": np.zeros((2, 8)), "b": np.zeros(8)}
    losses["W_x"][1, 5] = 4.0
    losses["b"][0] = 1.0
    nb03.harm(losses, ax)
    blocks = [image.get_array() for image in ax.images]
    assert blocks[2][1, 1] == 1  # third block, g: its second column, second row
    assert sum(np.count_nonzero(block) for block in blocks) == 2
    assert blocks[8][0, 0] == 0.5  # the square root: pale ones are to be seen


@pytest.mark.parametrize("wrong", [dict(biases=3), dict(biases=0), dict(H=0)])
def test_nonsense_is_refused(ax, wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        nb03.parameter_blocks(**{"D": 3, "H": 8, **wrong}, ax=ax)

"""Pictures of notebook 13: each test names a fact of the picture."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from lstm_helpers.figures import nb13
from lstm_helpers.figures.style import COLOURS


@pytest.fixture(autouse=True)
def _close():
    yield
    plt.close("all")


def test_a_note_is_as_high_as_its_pitch_and_as_long_as_it_lasts():
    steps = ["C", "-", "G", "E"]
    ax = nb13.notes(steps, bar=2, mark=np.array([0, 0, 1, 0], bool))
    boxes = [(p.get_x(), p.get_y() + 0.35, p.get_width()) for p in ax.patches]
    np.testing.assert_allclose(
        boxes, [(0.2, 3, 0.8), (1, 3, 1), (2.2, 7, 0.8), (3.2, 5, 0.8)])
    colours = [plt.matplotlib.colors.to_hex(p.get_facecolor()) for p in ax.patches]
    assert [z == COLOURS["wrong"].lower() for z in colours] == [0, 0, 1, 0]
    dot, = (line for line in ax.lines if line.get_marker() == "o")  # not colour alone
    assert dot.get_xdata()[0] == 2.6
    assert [t.get_text() for t in ax.get_yticklabels()] == ["C", "D", "E", "F", "G"]
    lines = [line for line in ax.lines if line is not dot]
    assert [line.get_xdata()[0] for line in lines] == [0, 2, 4]


def test_dots_of_a_split_are_joined_and_means_written():
    table = {"counting": np.array([[1, 2], [3, 2.0]]),
             "LSTM": np.array([[0.5, 2], [1.5, 3.0]])}
    axs = nb13.apart(table)
    assert [t.get_text() for t in axs[0].texts] == ["2.00", "1.00"]
    assert [t.get_text() for t in axs[1].texts] == ["2.00", "2.50"]
    np.testing.assert_array_equal(axs[0].lines[1].get_ydata(), [3, 1.5])


def test_weights_stand_at_their_steps_and_their_share_is_told():
    a = np.array([0.1, 0.5, 0.1, 0.3])
    ax, = nb13.attention({"RNN": a}, [1, 3])
    assert ax.get_title() == "RNN: 0.80 of the weight on the marks"
    heights = [segment[1][1] for segment in ax.collections[0].get_segments()]
    np.testing.assert_allclose(heights, a)
    assert [line.get_xdata()[0] for line in ax.lines] == [1, 3]

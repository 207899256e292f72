"""Pictures of notebook 12: each test names a fact of the picture."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_hex

from lstm_helpers.figures import nb12
from lstm_helpers.figures.style import COLOURS


@pytest.fixture(autouse=True)
def _close():
    yield
    plt.close("all")


def inks(ax):
    """Return the colours of wires that are drawn thicker than the grey ones."""
    return {to_hex(line.get_color()).upper() for line in ax.lines
            if line.get_linewidth() in (2.2, 4)}


def test_each_variant_colours_what_it_changes_and_only_that():
    assert inks(nb12.changed("peephole")) == {COLOURS[k] for k in "ifo"}
    assert inks(nb12.changed("coupled")) == {COLOURS["f"]}
    assert inks(nb12.changed("1997")) == {COLOURS["c"]}
    with pytest.raises(ValueError, match="kind must be one of"):
        nb12.changed("gru")


def test_peepholes_start_on_the_right_side_of_the_belt():
    ax = nb12.changed("peephole")
    dots = sorted(line.get_xdata()[0] for line in ax.lines
                  if line.get_color() == COLOURS["c"])
    forget, add = 2.6, 5.7  # where × and + stand on the belt
    assert dots[0] < forget and add < dots[1]


def test_what_is_gone_is_named():
    words = {kind: [t.get_text() for t in nb12.changed(kind).texts]
             for kind in ("coupled", "1997")}
    assert "no $i_t$" in words["coupled"] and "1 −" in words["coupled"]
    assert "no $f_t$" in words["1997"] and "$f_t = 1$" in words["1997"]


def test_a_normed_cell_has_two_boxes_more():
    words = [t.get_text() for t in nb12.changed("normed").texts]
    assert words.count("LN") == 2


def test_both_ways_one_row_runs_back_and_two_layers_both_run_on():
    ax = nb12.ways()
    assert [t.get_text() for t in ax.texts].count("LSTM") == 12
    flat = [(a, b) for (a, y), (b, z) in (
        patch._posA_posB for patch in ax.patches if hasattr(patch, "_posA_posB"))
        if y == z]
    back = [(a, b) for a, b in flat if b < a]
    assert (len(flat), len(back)) == (8, 2)


def test_a_gru_has_three_boxes_and_one_belt():
    words = [t.get_text() for t in nb12.gru().texts]
    assert [words.count(z) for z in ("σ", "tanh", "1 −")] == [2, 1, 1]
    assert not any("c_" in z for z in words)


def test_spread_shows_every_seed_and_sorts_by_the_mean():
    ax = nb12.spread({"a": [3.0, 5.0], "b": [1.0, 2.0]}, "error", marks={"lazy": 6.0})
    assert [t.get_text() for t in ax.get_yticklabels()] == ["a", "b"]  # best on top
    dots = [line for line in ax.lines if line.get_marker() == "o"]
    np.testing.assert_array_equal(dots[1].get_xdata(), [1, 2])
    bars = [line.get_xdata()[0] for line in ax.lines if line.get_marker() == "|"]
    assert bars == [4, 1.5]


def test_learning_marks_the_lowest_point_of_the_validation_curve():
    ax = nb12.learning(np.array([3.0, 2, 1]), np.array([3.0, 2, 2.5]), "bits",
                       best=True)
    assert "epoch 2" in [t.get_text() for t in ax.texts]
    assert [line.get_linestyle() for line in ax.lines[:2]] == ["-", ":"]

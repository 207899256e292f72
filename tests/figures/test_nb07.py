"""Pictures of notebook 07: each test names a fact of the picture."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from lstm_helpers import long_memory, tasks
from lstm_helpers.figures import nb07
from lstm_helpers.figures.style import COLOURS


@pytest.fixture(autouse=True)
def _close():
    yield
    plt.close("all")


def test_marked_values_stand_out_and_only_they():
    xs, _ = tasks.adding(np.random.default_rng(0), 1, 50)
    ax = nb07.sequence(xs[0])
    marked, = (line for line in ax.lines if line.get_color() == COLOURS["x"])
    t, value = marked.get_data()
    np.testing.assert_array_equal(t, np.flatnonzero(xs[0, :, 1] == 1))
    np.testing.assert_allclose(value, xs[0, t, 0])
    assert [text.get_text() for text in ax.texts] == ["mark"] * len(t)


def test_learning_is_a_running_mean_over_sequences_with_its_plateau():
    ax = nb07.learning({"a": np.full(100, 0.04), "b": np.linspace(1, 0, 100)}, 32, 0.2)
    seen, error = ax.lines[0].get_data()
    np.testing.assert_allclose(error, 0.2)
    assert seen[-1] == 3200
    assert ax.lines[2].get_ydata()[0] == 0.2
    assert ax.lines[0].get_linestyle() != ax.lines[1].get_linestyle()


def test_the_thick_state_is_the_one_that_moves_at_the_marks():
    cs = np.zeros((20, 3))
    cs[:, 0] = np.linspace(0, 5, 20)
    cs[8:, 1] = 2.0
    ax = nb07.belt(cs, [8, 15])
    thick, = (line for line in ax.lines if line.get_color() == COLOURS["c"])
    np.testing.assert_array_equal(thick.get_ydata(), cs[:, 1])
    assert any(text.get_text() == "unit 1" for text in ax.texts)


def test_long_memory_joins_the_means_on_log_axes():
    ax = nb07.long_memory({"ours": {100: [10, 30], 1000: [50]}})
    np.testing.assert_array_equal(ax.lines[0].get_data()[1], [20, 50])
    assert ax.get_xscale() == ax.get_yscale() == "log"


def test_stored_tables_hold_what_is_said_of_them():
    paper = long_memory.results("paper")
    assert {how["T"] for how, _ in paper} == {100, 500, 1000}
    assert all(run["met_at"] for _, run in paper)
    one = [run for how, run in long_memory.results("bias") if how["start"] == "one"]
    assert one and not any(run["met_at"] for run in one)
    with pytest.raises(ValueError, match="table must be"):
        long_memory.results("none")

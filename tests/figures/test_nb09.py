"""The pictures of notebook 09 draw what they were given, where they were told to."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from lstm_helpers.figures import nb09

NAN = np.full((2, 3), np.nan)


@pytest.fixture
def ax():
    figure, ax = plt.subplots()
    yield ax
    plt.close(figure)


def words(ax):
    return {text.get_text() for text in ax.texts}


def test_losses(ax):
    assert nb09.losses({"a": np.array([3.0, 2, 1])}, ax, {"rule": 2.5}) is ax
    assert words(ax) == {"a", "rule"} and ax.get_ylim()[0] == 0
    assert ax.lines[0].get_ydata().tolist() == [3, 2, 1]
    assert ax.lines[1].get_ydata()[0] == 2.5


def test_approach(ax):
    answers = np.array([[0.0, 16, 29], [1, 14, 30]])
    updates = np.array([1, 10, 100])
    assert nb09.approach({"way": (updates, answers)}, ax) is ax
    assert ax.get_xscale() == "log" and words(ax) == {"way", "right: 30"}
    assert [line.get_ydata().tolist() for line in ax.lines[:2]] == answers.tolist()


def test_cures(ax):
    near = {"one": np.array([1.0, 3]), "two": np.array([30.0, 31])}
    assert nb09.cures(near, ax) is ax
    assert {"2.00", "30.50", "right: 30"} <= words(ax)
    assert [t.get_text() for t in ax.get_yticklabels()] == ["one", "two"]
    assert ax.lines[0].get_xdata().tolist() == [1, 3]


def test_reach(ax):
    wanted = np.array([3.0, 50, 103])
    assert nb09.reach(wanted, {"flat": np.full((2, 3), 30.0)}, ax) is ax
    assert words(ax) == {"right", "seen", "flat"}
    assert ax.lines[0].get_ydata().tolist() == wanted.tolist()


@pytest.mark.parametrize("draw", [
    lambda: nb09.losses({"a": NAN[0]}),
    lambda: nb09.approach({"a": (np.arange(1, 4), NAN)}),
    lambda: nb09.cures({"a": NAN[0]}),
    lambda: nb09.reach(np.arange(3), {"a": NAN}),
])
def test_what_is_not_finite_is_refused(draw):
    with pytest.raises(ValueError, match="a must be finite"):
        draw()
    plt.close("all")

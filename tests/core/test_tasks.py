"""The data of notebook 09."""

import numpy as np
import pytest

from lstm_helpers import tasks


def test_counting_windows_are_those_of_the_exercise():
    xs, ys = tasks.counting_windows()
    assert xs.shape == (27, 3, 1) and ys.shape == (27, 1)
    assert xs[0].ravel().tolist() == [0, 1, 2] and ys[0] == 3
    assert xs[-1].ravel().tolist() == [26, 27, 28] and ys[-1] == 29
    xs[0, 1] = 7  # windows do not share memory
    assert xs[1].ravel().tolist() == [1, 2, 3]
    xs, ys = tasks.counting_windows(numbers=5, T=4)
    assert xs.shape == (1, 4, 1) and ys.tolist() == [[4]]


@pytest.mark.parametrize("numbers, T, words", [(3, 3, "numbers must be at least 4"),
                                               (9, 0, "T must be"), (9.5, 3, "whole")])
def test_bad_input_is_named(numbers, T, words):
    with pytest.raises((TypeError, ValueError), match=words):
        tasks.counting_windows(numbers, T)
    assert np.isfinite(tasks.counting_windows()[0]).all()

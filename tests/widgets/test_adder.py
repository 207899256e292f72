"""The explorer that adds: its numbers are the network's, and it adds."""

import itertools

import numpy as np

from lstm_helpers import widgets
from lstm_helpers.widgets.svg import number


def test_it_adds_wherever_the_marks_are():
    explorer = widgets.adder()
    worst = 0
    for first, second, a, b in itertools.product((1, 5, 9), (10, 15), (-1, 0.4, 1),
                                                 (-0.7, 1)):
        with explorer.together():
            explorer.first.value, explorer.second.value = first, second
            explorer.a.value, explorer.b.value = a, b
        xs = np.zeros((1, 32, 2))
        xs[0, :, 0] = np.random.default_rng(0).uniform(-1, 1, 32)
        xs[0, first, 0], xs[0, second, 0] = a, b
        xs[0, [first, second], 1], xs[0, [0, -1], 1] = 1, -1
        said = float(explorer.model.predict(xs)[0, 0]) * 4 - 2
        assert f"says {number(said, 2)}" in explorer.words.value
        worst = max(worst, abs(said - (a + b)))
    assert worst < 0.16  # the rule's 0.04, times four

"""The explorer of paths: its products are the gradient, however they are added."""

import importlib
import re

import numpy as np
import pytest

from lstm_helpers import widgets
from lstm_helpers.widgets.svg import number

PATHS = importlib.import_module("lstm_helpers.widgets.error_paths")


def loss(copies):
    """Return Σ own h with a copy of w for each step."""
    h, total = PATHS.H_INIT, 0.0
    for x, w, own in zip(PATHS.X, copies, PATHS.OWN, strict=True):
        h = np.tanh(x * PATHS.W_X + h * w)
        total += own * h
    return total


@pytest.mark.parametrize("w", [-1.5, 0.0, 0.9, 1.3])
def test_ten_paths_one_walk_and_a_nudge_agree(w):
    measured = []
    for k in range(PATHS.T):
        nudge = 1e-5 * np.eye(PATHS.T)[k]
        measured.append((loss(w + nudge) - loss(w - nudge)) / 2e-5)
    _, shares = PATHS.collected(w)
    np.testing.assert_allclose(shares, measured, atol=1e-9)
    paths = [sum(np.prod(PATHS.factors(w, t, k)) for t in range(k, PATHS.T))
             for k in range(PATHS.T)]
    np.testing.assert_allclose(paths, measured, atol=1e-9)
    explorer = widgets.error_paths()
    explorer.w.value, explorer.loss.value = w, PATHS.ALL
    assert f"together {number(sum(measured))}" in explorer.words.value


def test_it_counts_the_paths_it_lights():
    explorer = widgets.error_paths()
    for t, loss_name in enumerate(PATHS.LOSSES):
        explorer.loss.value = loss_name
        assert len(explorer.chosen()) == t + 1
    explorer.loss.value = PATHS.ALL
    assert len(explorer.chosen()) == 10
    explorer.loss.value, explorer.way.value = "L3", PATHS.COPIES[1]
    assert "One path, 4 factors" in explorer.words.value
    assert len(re.findall("×", explorer.words.value)) == 3
    explorer.loss.value = "L0"
    assert explorer.chosen() == [] and "No path" in explorer.words.value

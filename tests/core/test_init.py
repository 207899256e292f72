"""A draw that others can repeat: the column form with seed 42."""

import numpy as np
import pytest

from lstm_helpers import bptt, cells, init, tasks

T, D, H = 50, 3, 8


def column_step(x_t, h_prev, c_prev, W):
    """One step as texts write it, with columns."""
    z = np.concatenate([h_prev, x_t])
    f_t = cells.sigmoid(W["f"] @ z + 1)
    i_t, o_t = cells.sigmoid(W["i"] @ z), cells.sigmoid(W["o"] @ z)
    c_t = f_t * c_prev + i_t * np.tanh(W["c"] @ z)
    return o_t * np.tanh(c_t), c_t


def test_column_draw_is_the_column_form_in_rows():
    np.random.seed(42)  # noqa: NPY002
    W = {gate: np.random.randn(H, H + D) * np.sqrt(2 / (H + D))  # noqa: NPY002
         for gate in "fico"}
    xs, zero = tasks.three_waves(T), np.zeros((1, H))
    hs, caches = bptt.lstm_forward(xs, zero, zero, **init.column_draw(42, D, H))
    h_t = c_t = np.zeros(H)
    for t in range(T):
        h_t, c_t = column_step(xs[0, t], h_t, c_t, W)
        np.testing.assert_allclose(hs[0, t], h_t)
        np.testing.assert_allclose(caches[t].c_t[0], c_t)
    means = [np.mean([getattr(cache, f"{k}_t") for cache in caches]) for k in "fio"]
    np.testing.assert_allclose(means, [0.704, 0.499, 0.501], atol=5e-4)


def test_column_draw_names_what_does_not_fit():
    with pytest.raises(ValueError, match="seed must be"):
        init.column_draw(-1, D, H)
    with pytest.raises(TypeError, match="D must be"):
        init.column_draw(0, 1.5, H)

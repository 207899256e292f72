"""Shared detectors: what a wrong number has in common with the right one."""

import numpy as np
import pytest

from lstm_helpers.exercises.detect import whole_pattern

rng = np.random.default_rng(0)
W = rng.normal(size=(2, 4, 8))
M = rng.normal(size=(5, 5))
V = np.abs(rng.normal(size=6)) + 0.2
BLOCKS = W.reshape(2, 4, 4, 2)[:, :, [1, 0, 2, 3]].reshape(W.shape)
LATE = np.concatenate([np.zeros((2, 1, 8)), W[:, :-1]], axis=1)
EARLY = np.concatenate([W[:, 1:], np.zeros((2, 1, 8))], axis=1)
NUMBER = np.float64(0.349)


@pytest.mark.parametrize("yours, wanted, words", [
    (W.round(3), W, "three digits"),
    (W.astype(np.float16).astype(float), W, "three digits"),
    (0 * W, W, "Everything is zero"),
    (np.floor(3 * W), 3 * W, "fractions are cut off"),
    (np.trunc(3 * W), 3 * W, "fractions are cut off"),
    (-W, W, "sign is flipped"),
    (np.abs(W), W, "signs are lost"),
    (M.T, M, "rows for columns"),
    (W[:, ::-1], W, "reverse order along axis 1"),
    (BLOCKS, W, "order f, i, g, o; wanted is i, f, g, o"),
    (W.reshape(8, 4, 2).T.reshape(2, 4, 8), W, "in another order"),
    (LATE, W, "late along axis 1"),
    (EARLY, W, "early along axis 1"),
    (np.degrees(W), W, "degrees"),
    (np.radians(W), W, "π/180"),
    (100 * W, W, "per cent"),
    (W / np.log(2), W, "bits for nats"),
    (7 * W, W, "axis has length 7: a sum where a mean"),
    (W / 7, W, "axis has length 7: a mean where a sum"),
    (3 * W, W, "3 times the right one"),
    (W + 0.25, W, "same amount, 0.25"),
    (V**2, V, "square root missing"),
    (np.sqrt(V), V, "the square root of"),
    (1 / V, V, "one over"),
    (100 * NUMBER, NUMBER, "per cent"),
    (-NUMBER, NUMBER, "sign"),
    (1 / NUMBER, NUMBER, "one over"),
])
def test_a_pattern_is_named(yours, wanted, words):
    assert words in whole_pattern(yours, wanted, sizes=(7, 1)), words


def test_what_follows_no_pattern_is_not_given_one():
    assert whole_pattern(rng.normal(size=W.shape), W, (2, 4, 8)) is None
    assert whole_pattern(np.float64(0.6), NUMBER, (2,)) is None
    off = W.copy()
    off[0, 0, 0] += 1
    assert whole_pattern(off, W, (2, 4, 8)) is None

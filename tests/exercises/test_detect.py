"""Shared detectors: what a wrong number has in common with the right one."""

import numpy as np
import pytest

from lstm_helpers.exercises.engine import detect
from lstm_helpers.exercises.engine.detect import whole_pattern

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
    (BLOCKS, W, "they stand in the order 2, 1, 3, 4"),
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


def array(*entries):
    return np.array(entries, dtype=float)


A = array(1, 0.1)
TINY = array(0.01, 0.005)


@pytest.mark.parametrize("detector, yours, wanted, words", [
    # three digits, of the largest entry where all are small
    ("rounded", A + 5e-4, A, "three digits"), ("rounded", A * 1.0015, A, "three"),
    ("rounded", A / 2 + 5e-4, A / 2, "three digits"), ("rounded", A + 2e-3, A, None),
    ("rounded", A / 20 + 5e-4, A / 20, None), ("rounded", A / 25 + 5e-4, A / 25, None),
    ("rounded", TINY + 2.5e-5, TINY, "three digits"),
    ("rounded", TINY + 6e-5, TINY, None),
    ("rounded", array(0.26, 0.31), array(0.264, 0.306), "two digits after"),
    ("rounded", array(0.3, 0.3), array(0.264, 0.306), "one digit after"),
    ("rounded", array(0, 0), array(0.002, 0.003), None),
    ("rounded", array(0.26, 0.32), array(0.264, 0.306), None),
    ("rounded", 0 * A, 0 * A + 1e-5, None),
    # whole numbers
    ("truncated", array(-1, -1), array(-0.5, -0.3), "cut off"),
    ("truncated", array(0, 0), array(0.5, 0.3), None),
    ("truncated", array(1, 3), array(1.5, 2.9), None),
    ("empty", array(0, 0), array(0.5, 0.3), "Everything is zero"),
    ("empty", array(0, 1e-9), array(0.5, 0.3), None),
    ("empty", np.float64(0), np.float64(0.5), None),
    # signs
    ("sign", array(0, 0.50001, 2), array(0, 0.5, 2), None),
    ("sign", array(1e-9, 2e-9), array(-1e-9, -2e-9), "flipped"),
    ("sign", array(1e-9, 2e-9), array(1e-9, -2e-9), "signs are lost"),
    ("sign", array(1e-9, 2e-9), array(1e-9, 9e-9), None),
    # order
    ("order", array(2, 1, 3, 4), array(1, 2, 3, 4), "right, in another order"),
    ("order", array(3, 4, 1, 2, 5, 6, 7, 8), np.arange(1.0, 9),
     "in the order 2, 1, 3, 4"),
    ("order", np.arange(6.0).reshape(2, 3)[::-1], np.arange(6.0).reshape(2, 3),
     "along axis 0"),
    ("order", np.arange(6.0).reshape(3, 2).T, np.arange(6.0).reshape(2, 3),
     "in another order"),
    ("order", array(1, 2, 4), array(1, 2, 3), None),
    ("late", array(9, 1, 2), array(1, 2, 4), "late along axis 0"),
    ("late", array(2, 4, 9), array(1, 2, 4), "early along axis 0"),
    ("late", array(9, 1), array(1, 2), None),
    ("late", array(9, 1, 3), array(1, 2, 4), None),
    # one factor, one difference
    ("factor", array(0, 3, 6), array(0, 1, 2), "3 times the right one"),
    ("factor", array(3, 1.5, 0.6), array(1, 0.5, 0.2), "3 times the right one"),
    ("factor", array(3, 6), array(1, 2), None),
    ("factor", array(0, 0, 0), array(0, 1, 2), None),
    ("factor", array(1, 1, 1), array(0, 0, 0), None),
    ("factor", np.float64(3), np.float64(1), None),
    ("offset", array(0.35, 0.45, 0.55), array(0.1, 0.2, 0.3), "amount, 0.25."),
    ("offset", array(2, 3), array(1, 2), None),
    ("offset", array(2, 2, 2), array(1, 1, 1), None),
    ("offset", array(1, 1, 1 + 1e-6), array(0, 0, 1e-6), "amount, 1."),
    ("offset", array(2, 3, 5), array(1, 2, 3), None),
    # powers
    ("power", array(0, 2, 3), array(0, 4, 9), "the square root of"),
    ("power", array(0, 4, 9), array(0, 2, -3), "It is the square of"),
    ("power", array(1, 0.5, 0.25), array(1, 2, 4), "one over"),
    ("power", array(1, 2), array(0, 3), None),
])
def test_both_sides_of_a_border(detector, yours, wanted, words):
    with np.errstate(all="ignore"):
        said = getattr(detect, detector)(yours, wanted, [])
    assert said is None if words is None else words in said


def test_a_guess_that_is_near():
    assert "nearer" in detect.nearly(np.float64(10.9), np.float64(10))
    assert "nearer" in detect.nearly(np.float64(-9.1), np.float64(-10))
    assert detect.nearly(np.float64(11), np.float64(10)) is None
    assert detect.nearly(array(10.9), array(10)) is None
    assert detect.nearly(np.float64(385), np.float64(416)) is None  # was counted


def test_the_length_of_an_axis_is_named():
    assert "length 2: a sum" in whole_pattern(2 * W, W, (1, 2, 2))
    assert "length 2: a mean" in whole_pattern(W / 2, W, (2,))
    assert whole_pattern(2 * W, W, (1,)) == "Every entry is 2 times the right one."


def test_huge_numbers_raise_nothing():
    with np.errstate(all="raise"):
        assert whole_pattern(1e300 * V + 1, 1e-300 * V[::-1]) is None


def test_where_two_arrays_differ():
    yours, wanted = array(1.4, 2, 2), array(1, 1, 2)
    for tolerances in ((0, 0.5), (0.5, 0)):
        assert detect.first_difference("x", yours, wanted, *tolerances) == (
            "x first differs at [1]: yours 2, wanted 1 (wrong in 1 of 3 entries).")
    assert detect.apart(0.12345678912, 0.12345678812) == ("0.123456789", "0.123456788")
    assert detect.apart(1.0, 1.0000000000000002) == ("1", "1.0000000000000002")
    assert detect.apart(1.0, -0.0) == ("1", "0")
    assert detect.apart(-0.0, 1.5) == ("0", "1.5")

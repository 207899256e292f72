"""Losses: their values by hand, their gradients, and no number too large for them."""

import numpy as np
import pytest

from lstm_helpers import gradcheck, losses
from lstm_helpers.cells import sigmoid

KINDS = tuple(losses.LOSSES.values())


def draw(kind, shape, seed=0):
    """Predictions, targets and a mask."""
    rng = np.random.default_rng(seed)
    y = rng.normal(size=shape)
    ys = (rng.integers(0, shape[-1], shape[:-1])
          if kind is losses.SoftmaxCrossEntropy else rng.random(shape))
    return y, ys, rng.random(shape[:-1]) < 0.5


def test_values_by_hand():
    y = np.array([[1.0, 2.0], [0.0, 4.0]])
    ys = np.array([[1.0, 1.0], [1.0, 0.0]])
    mse = losses.MeanSquaredError()
    assert mse.value(y, ys) == (0 + 1 + 1 + 16) / 4 == mse(y, ys)[0]
    np.testing.assert_array_equal(mse(y, ys)[1], [[0, 0.5], [-0.5, 2]])
    p = sigmoid(y)
    wanted = -np.mean(ys * np.log(p) + (1 - ys) * np.log(1 - p))
    logistic = losses.Logistic()
    assert logistic.value(y, ys) == pytest.approx(wanted, rel=1e-14)
    assert logistic(y, ys)[0] == pytest.approx(wanted, rel=1e-14)
    np.testing.assert_allclose(logistic(y, ys)[1], (p - ys) / 4, atol=1e-16)
    softmax = losses.SoftmaxCrossEntropy()
    wanted = np.log(1 + np.e) / 2 + np.log(1 + np.e**4) / 2
    assert softmax.value(y, np.array([0, 0])) == pytest.approx(wanted, rel=1e-14)
    assert softmax(y, np.array([0, 0]))[0] == pytest.approx(wanted, rel=1e-14)


def test_equal_scores_cost_the_logarithm_of_their_number():
    y, ys = np.zeros((3, 5, 7)), np.full((3, 5), 4)
    assert losses.SoftmaxCrossEntropy().value(y, ys) == pytest.approx(np.log(7))
    assert losses.Logistic().value(y, np.ones(y.shape)) == pytest.approx(np.log(2))


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("shape", [(4, 3), (2, 5, 3), (1, 1, 2), (3, 1)])
@pytest.mark.parametrize("kind", KINDS)
def test_gradients(kind, shape, seed):
    y, ys, mask = draw(kind, shape, seed)
    mask.flat[0] = True
    for counts in (None, mask):
        loss = kind()
        _, dy = loss(y, ys, counts)
        for value in (loss.value, lambda *a, loss=loss: loss(*a)[0]):
            report = gradcheck.check_gradients(
                lambda y, f=value, counts=counts: f(y, ys, counts), {"y": y},
                {"dy": dy}, tol=1e-9)
            assert report.ok, str(report)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_masked_neither_costs_nor_teaches(kind):
    y, ys, mask = draw(kind, (4, 6, 3))
    loss = kind()
    value, dy = loss(y, ys, mask)
    assert (dy[~mask] == 0).all() and (dy[mask] != 0).any()
    other = np.where(mask[..., None], y, 99.0)
    assert loss(other, ys, mask)[0] == pytest.approx(value, rel=1e-14)
    assert loss.value(other, ys, mask) == pytest.approx(value, rel=1e-14)
    # the same as a batch of only those that count
    assert value == pytest.approx(loss(y[mask], ys[mask])[0], rel=1e-14)
    np.testing.assert_allclose(dy[mask], loss(y[mask], ys[mask])[1], atol=1e-16)
    nothing = loss.both(y, ys, np.zeros_like(mask))
    assert nothing[0] == 0 and (nothing[1] == 0).all()


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("kind", KINDS[1:])
def test_large_scores_neither_overflow_nor_vanish(kind, dtype):
    big = 1e4
    y = np.array([[big, -big], [-big, big], [big, big], [0, 0]], dtype)
    ys = (np.array([1, 1, 0, 0]) if kind is losses.SoftmaxCrossEntropy
          else np.array([[0, 1], [0, 1], [1, 0], [0, 1]], dtype))
    loss = kind()
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        value, dy = loss(y, ys)
    assert value == pytest.approx(loss.value(y, ys), rel=1e-6)
    assert dy.dtype == dtype and np.isfinite(dy).all()
    wanted = ((2 * big + np.log(2) * 2) / 4 if kind is losses.SoftmaxCrossEntropy
              else (3 * big + 2 * np.log(2)) / 8)
    assert value == pytest.approx(wanted, rel=1e-6)


@pytest.mark.parametrize("kind", KINDS)
def test_the_gradient_may_take_the_place_of_the_predictions(kind):
    y, ys, mask = draw(kind, (6, 3, 4))
    y = y.transpose(1, 2, 0)[:, :, :6].transpose(2, 0, 1)  # as the engine's lie
    for counts in (None, mask):
        value, dy = kind()(y, ys, counts)
        copy = y.copy()
        same, there = kind().both(copy, ys, counts, out=copy)
        assert there is copy and same == pytest.approx(value, rel=1e-15)
        np.testing.assert_allclose(copy, dy, atol=1e-16)


def test_softmax_sums_to_one_and_does_not_mind_a_shift():
    y = np.random.default_rng(0).normal(size=(3, 4, 5)) * 50
    p = losses.softmax(y)
    np.testing.assert_allclose(p.sum(axis=-1), 1, atol=1e-15)
    np.testing.assert_allclose(losses.softmax(y + 1e4), p, atol=1e-11)
    np.testing.assert_allclose(np.log(p[..., 0] / p[..., 1]), y[..., 0] - y[..., 1])


def test_targets_that_do_not_fit_are_named():
    mse, softmax, logistic = (kind() for kind in KINDS)
    cases = [
        (mse, np.ones((2, 3)), TypeError, None),
        (mse, np.ones((2, 1)), ValueError, "ys must have shape (2, 3), got (2, 1)"),
        (softmax, np.ones((2, 3)), TypeError, "whole numbers, the classes"),
        (softmax, np.ones((2, 3), int), ValueError, "ys.argmax(axis=-1)"),
        (softmax, np.array([0, 3]), ValueError, "classes from 0 to 2, got 3"),
        (softmax, np.array([0, -1]), ValueError, "classes from 0 to 2, got -1"),
        (logistic, np.full((2, 3), 1.5), ValueError, "from 0 to 1, got 1.5"),
    ]
    for loss, ys, error, words in cases:
        if words is None:
            loss.check("ys", ys, (2, 3))
            continue
        with pytest.raises(error) as caught:
            loss.check("ys", ys, (2, 3))
        assert words in str(caught.value), caught.value

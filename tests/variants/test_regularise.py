"""Dropout with one mask a sequence, L2 on weights only, the best epoch kept."""

import numpy as np
import pytest

from lstm_helpers import gradcheck, regularise
from lstm_helpers.model import Recurrent
from lstm_helpers.optimizers import SGD, Update

N, T, D, H = 3, 7, 3, 4


def dropping(seed=0, inputs=0.4, states=0.5):
    dropout = regularise.Dropout(inputs, states, rng=seed)
    model = Recurrent(dropout.cell, D, H, engine="readable", dtype=np.float64, rng=seed)
    rng = np.random.default_rng(seed)
    for name, z in model.params.items():
        model.params[name] = rng.normal(size=z.shape)
    return dropout, model, rng.normal(size=(N, T, D)), rng.normal(size=(N, 1))


@pytest.mark.parametrize("seed", range(3))
def test_gradients_with_masks_to_nine_digits(seed):
    dropout, model, xs, _ = dropping(seed)
    rng = np.random.default_rng(seed)
    arrays = {k: z.copy() for k, z in model.params.items() if k[-2:] != "_y"}
    arrays |= dict(xs=xs) | {k: rng.normal(size=(N, H)) for k in ("h_init", "c_init")}
    dhs = rng.normal(size=(N, T, H))
    dropout.on = True

    def run(**z):
        dropout.rng = np.random.default_rng(7)  # the same masks every time
        return dropout.forward(**z)

    _, caches = run(**arrays)
    assert 0 < (dropout.mask_h == 0).sum() and 0 < (dropout.mask_x == 0).sum()
    grads = dropout.backward(dhs, caches)
    report = gradcheck.check_gradients(lambda **z: np.sum(dhs * run(**z)[0]), arrays,
                                       grads, tol=1e-9)
    assert report.ok, str(report)
    assert {row.name.removeprefix("d") for row in report.rows} == set(arrays)


def test_one_mask_serves_all_steps_and_the_next_run_has_another():
    dropout, model, xs, _ = dropping()
    dropout.on = True
    model.engine.forward(xs)
    left = [cache.h_prev == 0 for cache in model.engine.caches[1:]]
    for out in left:
        np.testing.assert_array_equal(out, left[0])
    assert not np.array_equal(left[0][0], left[0][1])  # a row for each sequence
    model.engine.forward(xs)
    assert not np.array_equal(left[0], model.engine.caches[1].h_prev == 0)


def test_off_it_is_the_lstm_and_what_stays_is_scaled():
    dropout, model, xs, _ = dropping()
    plain = Recurrent("lstm", D, H, dtype=np.float64)
    plain.params.update(dict(model.params))
    np.testing.assert_allclose(model.predict(xs), plain.predict(xs), atol=1e-12)
    dropout.on = True
    model.engine.forward(xs)
    assert set(np.unique(dropout.mask_h)) == {0.0, 2.0}  # 1 / (1 - 0.5)
    many = dropout.mask((4000, 50), 0.3, np.float64)
    assert abs(many.mean() - 1) < 0.01


def test_l2_pulls_weights_and_leaves_biases():
    model = Recurrent("lstm", D, H, engine="readable", dtype=np.float64)
    weights = regularise.weights_of(model)
    before = model.engine.flat.copy()
    update = regularise.Decayed(Update(SGD(lr=0.5)), 0.1, weights)
    update(model.engine.flat, np.zeros_like(before))
    np.testing.assert_allclose(model.engine.flat, before * (1 - 0.1 * weights))
    assert weights.sum() == 4 * H * (D + H) + H
    np.testing.assert_array_equal(model.params["b"][H : 2 * H], 1)


def test_losses_are_measured_without_dropout_and_the_best_epoch_is_kept():
    dropout, model, xs, ys = dropping()
    curves = regularise.fit(model, (xs, ys), (-xs, ys), epochs=6, lr=0.05,
                            dropout=dropout)
    assert not dropout.on
    assert model.loss(xs, ys) == curves.train[-1]
    model.engine.flat[:] = curves.best
    assert model.loss(-xs, ys) == curves.val.min()


@pytest.mark.parametrize("call, words", [
    (lambda: regularise.Dropout(states=1.0), "states must be from 0 to 0.95"),
    (lambda: regularise.Dropout(inputs="much"), "inputs must be a number"),
    (lambda: regularise.fit("lstm", None, None), "model must be a Recurrent"),
    (lambda: regularise.fit(Recurrent(), None, None, dropout=regularise.Dropout()),
     "dropout must be the one whose cell"),
    (lambda: regularise.Decayed(None, -1, None), "l2 must be from 0"),
])
def test_bad_input_is_named(call, words):
    with pytest.raises((TypeError, ValueError), match=words):
        call()

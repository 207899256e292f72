"""Attention: by hand, gradients against differences, where it looks once trained."""

import numpy as np
import pytest

from lstm_helpers import tasks
from lstm_helpers.attention import Attending, attend, attend_backward
from lstm_helpers.exercises import catalogue
from lstm_helpers.gradcheck import check_gradients, compare, numeric_gradient
from lstm_helpers.model import Recurrent
from lstm_helpers.train import Adam, fit_stream


def drawn(seed, N=2, T=7, K=3, O=2):
    rng = np.random.default_rng(seed)
    return {"q": rng.normal(size=(N, K)), "ks": rng.normal(size=(N, T, K)),
            "vs": rng.normal(size=(N, T, O))}


def test_by_hand():
    q = np.array([[2.0, 0.0]])
    ks = np.array([[[np.log(3) / np.sqrt(2), 5.0], [0.0, 5.0]]])
    vs = np.array([[[4.0], [8.0]]])
    y, a = attend(q, ks, vs)
    np.testing.assert_allclose(a, [[0.75, 0.25]])
    np.testing.assert_allclose(y, [[5.0]])


def test_weights_are_shares_of_the_steps():
    _, a = attend(**drawn(0))
    np.testing.assert_allclose(a.sum(axis=1), 1)
    assert (a > 0).all()
    arrays = drawn(0)
    arrays["q"][:] = 0  # who looks for nothing sees the mean
    np.testing.assert_allclose(attend(**arrays)[0], arrays["vs"].mean(axis=1))


@pytest.mark.parametrize("seed", range(3))
def test_gradients_of_the_head(seed):
    arrays = drawn(seed)
    dy = np.random.default_rng(9).normal(size=(2, 2))
    _, a = attend(**arrays)
    names = dict(zip(("dq", "dks", "dvs"), attend_backward(dy, **arrays, a=a),
                     strict=True))
    report = check_gradients(lambda q, ks, vs: (attend(q, ks, vs)[0] * dy).sum(),
                             arrays, names, tol=1e-9)
    assert report.ok, str(report)


@pytest.mark.parametrize("cell", ["lstm", "rnn", "gru"])
@pytest.mark.parametrize("seed", range(3))
def test_gradients_of_the_whole_network(cell, seed):
    rng = np.random.default_rng(seed)
    model = Recurrent(cell, 2, 5, 2 * 3 + 1, every_step=True, loss=Attending(3),
                      rng=seed, dtype=np.float64)
    for name in model.params:
        model.params[name] = rng.normal(0, 0.5, model.params[name].shape)
    xs, ys = rng.normal(size=(3, 7, 2)), rng.normal(size=(3, 1))
    h = rng.normal(size=(3, 5))
    c = rng.normal(size=(3, 5)) if cell == "lstm" else None
    _, grads = model.loss_and_grads(xs, ys, h, c, dxs=True)

    def loss(**arrays):
        model.params.update({k: z for k, z in arrays.items() if k != "xs"})
        return model.loss_and_grads(arrays["xs"], ys, h, c)[0]

    arrays = {k: z.copy() for k, z in model.params.items()} | {"xs": xs}
    measured = {}  # two distances: what is left is a multiple of ε⁴
    for name in arrays:
        near, far = (numeric_gradient(loss, arrays, name, eps) for eps in (5e-4, 1e-3))
        measured[name] = (4 * near - far) / 3
    report = compare(grads, measured, tol=1e-9)
    assert report.ok, str(report)


def test_value_is_the_loss_that_is_lowered():
    model = Recurrent("rnn", 2, 4, 9, every_step=True, loss=Attending(4))
    xs, ys = tasks.adding(np.random.default_rng(0), 5, 12)
    assert model.loss(xs, ys) == pytest.approx(model.loss_and_grads(xs, ys)[0])


def test_the_weights_point_at_the_marks():
    head = Attending(4)
    model = Recurrent("rnn", 2, 8, 9, every_step=True, loss=head, rng=0)
    fit_stream(model, lambda rng: tasks.adding(rng, 32, 30), None, 500, Adam(0.03),
               "cosine", clip_norm=0.1, rng=0, progress=False)
    xs, ys = tasks.adding(np.random.default_rng(1), 256, 30)
    y, a = head.answer(model.predict(xs))
    assert np.sqrt(np.mean((y - ys) ** 2)) < 0.05
    marks = xs[:, :, 1] == 1
    two = marks.sum(axis=1) == 2
    assert (a * marks).sum(axis=1)[two].mean() > 0.4  # by chance 2 / 30


def test_the_exercise_and_the_package_agree():
    theirs = catalogue.find("13.7").solution
    arrays = drawn(4)
    y, a = theirs(**arrays)
    np.testing.assert_allclose(y, attend(**arrays)[0])
    np.testing.assert_allclose(a, attend(**arrays)[1])


def test_bad_input_is_named():
    arrays = drawn(0)
    with pytest.raises(ValueError, match="ks must have shape"):
        attend(arrays["q"], arrays["ks"][:, :, :2], arrays["vs"])
    model = Recurrent("rnn", 2, 4, 8, every_step=True, loss=Attending(4))
    xs, ys = tasks.adding(np.random.default_rng(0), 5, 12)
    with pytest.raises(ValueError, match=r"y must have shape \(N, T, 9\), key, query"):
        model.loss(xs, ys)
    model = Recurrent("rnn", 2, 4, 9, every_step=True, loss=Attending(4))
    with pytest.raises(ValueError, match=r"ys must have shape \(5, 1\), got \(5,\)"):
        model.loss(xs, ys[:, 0])
    with pytest.raises(ValueError, match="K must be at least 1"):
        Attending(0)

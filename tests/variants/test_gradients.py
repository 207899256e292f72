"""Every variant's backward, held against centred differences over seven steps."""

import inspect

import numpy as np
import pytest

from lstm_helpers import gradcheck, variants
from lstm_helpers.model import Recurrent
from lstm_helpers.variants import exponential, minimal

N, T, D, H = 3, 7, 3, 4
OWN = {name: cell for name, cell in variants.CELLS.items() if isinstance(cell, tuple)}


def draw(name, seed):
    """Random inputs, states, parameters and biases: nothing is zero."""
    forward, _, params = OWN[name]
    rng = np.random.default_rng(seed)
    shapes = dict(xs=(N, T, D), h_init=(N, H))
    if "c_init" in inspect.signature(forward).parameters:
        shapes["c_init"] = (N, H)
    shapes |= {k: z.shape for k, z in params(rng, D, H).items()}
    arrays = {k: rng.normal(size=shape) for k, shape in shapes.items()}
    if "W_h" in arrays:
        arrays["W_h"] /= 2
    assert all(np.all(z != 0) for z in arrays.values())
    return arrays, rng.normal(size=(N, T, H))


def finely(loss, arrays, name):
    """Differentiate with two distances, so that the error falls with ε⁴, not ε²."""
    near, far = (gradcheck.numeric_gradient(loss, arrays, name, eps)
                 for eps in (1e-4, 2e-4))
    return (4 * near - far) / 3


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("name", OWN)
def test_gradients_over_seven_steps_to_nine_digits(name, seed, capsys):
    forward, backward, _ = OWN[name]
    arrays, dhs = draw(name, seed)
    _, caches = forward(**arrays)
    grads = backward(dhs, caches)
    report = gradcheck.compare(grads, {
        name: finely(lambda **z: np.sum(dhs * forward(**z)[0]), arrays,
                     name.removeprefix("d")) for name in grads}, tol=1e-9)
    with capsys.disabled():
        print(f"\n{name} T={T} seed {seed}: largest {report.error:.1e}", end=" ")
    assert report.ok, str(report)
    assert {row.name.removeprefix("d") for row in report.rows} == set(arrays)


@pytest.mark.parametrize("seed", range(3))
def test_one_exponential_step_from_a_state_that_is_not_empty(seed):
    rng = np.random.default_rng(seed)
    arrays = dict(x_t=rng.normal(size=(N, D)), h_prev=rng.normal(size=(N, H)),
                  c_prev=rng.normal(size=(N, H)), n_prev=rng.uniform(1, 2, (N, H)),
                  W_x=rng.normal(size=(D, 4 * H)), W_h=rng.normal(size=(H, 4 * H)),
                  b=rng.normal(size=4 * H))
    m_prev = rng.normal(size=(N, H))
    dh_t, dc, dn = rng.normal(size=(3, N, H))
    _, kept = exponential.exp_step(**arrays, m_prev=m_prev)

    def loss(**z):
        """Hold the scale still: c and n of another m are other numbers."""
        h_t, cache = exponential.exp_step(**z, m_prev=m_prev)
        same = np.exp(cache.m_t - kept.m_t)
        return np.sum(dh_t * h_t + same * (dc * cache.c_t + dn * cache.n_t))

    grads = exponential.exp_step_backward(dh_t, dc, dn, kept)._asdict()
    report = gradcheck.check_gradients(loss, arrays, grads, tol=1e-9)
    assert report.ok, str(report)


@pytest.mark.parametrize("T", [1, 2, 3, 7, 64, 100, 1000])
def test_the_scan_is_the_loop(T):
    rng = np.random.default_rng(T)
    params = {k: rng.normal(size=z.shape) for k, z
              in variants.min_params(rng, D, H).items()}
    xs, h_init = rng.normal(size=(N, T, D)), rng.normal(size=(N, H))
    loop, _ = minimal.min_forward(xs, h_init, **params)
    assert np.abs(variants.min_scan(xs, h_init, **params) - loop).max() <= 1e-10


def test_the_scale_changes_no_output():
    rng = np.random.default_rng(0)
    params = dict(W_x=rng.normal(size=(D, 4 * H)), W_h=rng.normal(size=(H, 4 * H)),
                  b=rng.normal(size=4 * H))
    xs = rng.normal(size=(N, 20, D))
    hs, _ = exponential.exp_forward(xs, np.zeros((N, H)), **params)
    h_t = c_t = n_t = np.zeros((N, H))
    for t in range(20):  # equations 8 to 14, as they stand
        a_i, a_f, a_g, a_o = np.split(
            xs[:, t] @ params["W_x"] + h_t @ params["W_h"] + params["b"], 4, axis=1)
        i_t, f_t = np.exp(a_i), 1 / (1 + np.exp(-a_f))
        c_t, n_t = f_t * c_t + i_t * np.tanh(a_g), f_t * n_t + i_t
        h_t = c_t / n_t / (1 + np.exp(-a_o))
        np.testing.assert_allclose(hs[:, t], h_t, rtol=0, atol=1e-12)


def test_nothing_overflows_where_the_exponent_would():
    params = dict(W_x=np.full((1, 4), 1e4), W_h=np.zeros((1, 4)), b=np.zeros(4))
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        hs, _ = exponential.exp_forward(np.ones((1, 3, 1)), np.zeros((1, 1)), **params)
    np.testing.assert_allclose(hs, 1)


def test_variants_become_the_lstm_where_they_must():
    rng = np.random.default_rng(1)
    lstm = Recurrent("lstm", D, H, engine="readable", dtype=np.float64, rng=1)
    xs = rng.normal(size=(N, T, D))
    peep = Recurrent(variants.CELLS["peephole"], D, H, engine="readable",
                     dtype=np.float64)
    peep.params.update(dict(lstm.params))
    assert np.all(peep.params["p"] == 0)
    np.testing.assert_array_equal(peep.predict(xs), lstm.predict(xs))
    first = Recurrent(variants.CELLS["1997"], D, H, engine="readable",
                      dtype=np.float64)
    keep = [k for k in range(4 * H) if not H <= k < 2 * H]
    first.params.update({k: lstm.params[k][..., keep] for k in ("W_x", "W_h", "b")}
                        | {k: lstm.params[k] for k in ("W_y", "b_y")})
    lstm.params["b"][H : 2 * H] = 1e3  # f = 1
    np.testing.assert_allclose(first.predict(xs), lstm.predict(xs), atol=1e-12)


@pytest.mark.parametrize("name", OWN)
def test_every_variant_trains_stacked_and_both_ways(name):
    model = Recurrent(OWN[name], D, H, engine="readable", dtype=np.float64,
                      layers=2, both_ways=True)
    rng = np.random.default_rng(2)
    xs, ys = rng.normal(size=(N, T, D)), rng.normal(size=(N, 1))
    loss, grads = model.loss_and_grads(xs, ys)
    eps, key = 1e-6, "W_x_l2_rev"
    model.params[key][0, 0] += eps
    moved = model.loss(xs, ys)
    assert abs((moved - loss) / eps - grads[key][0, 0]) < 1e-4


def test_a_normed_sum_with_one_input_shows_its_sign_only():
    step = variants.normed_step
    params = variants.normed_params(np.random.default_rng(0), 1, H)
    zero = np.zeros((1, H))
    h = [step(np.array([[x]]), zero, zero, **params)[0] for x in (0.5, 1.0, -0.5)]
    np.testing.assert_allclose(h[0], h[1], atol=1e-3)
    assert np.abs(h[0] - h[2]).max() > 0.1


@pytest.mark.parametrize("call, words", [
    (lambda: variants.peephole_step(*[np.ones((2, 3))] * 3, np.ones((3, 12)),
                                    np.ones((3, 12)), np.ones(12), np.ones(12)),
     "p must have shape (3H,)"),
    (lambda: variants.coupled_step(*[np.ones((2, 3))] * 3, np.ones((3, 9)),
                                   np.ones((3, 12)), np.ones(9)),
     "W_h must have shape"),
    (lambda: variants.scan(np.ones((2, 5, 3)), np.ones((2, 4, 3)), np.ones((2, 3))),
     "add must have shape"),
    (lambda: variants.normed_step(*[np.ones((2, 3))] * 3, np.ones((3, 12)),
                                  np.ones((3, 12)), np.ones(12), np.ones(3), np.ones(3),
                                  np.ones(3)), "gain must have shape"),
])
def test_bad_input_is_named(call, words):
    with pytest.raises(ValueError) as raised:
        call()
    assert words in str(raised.value)

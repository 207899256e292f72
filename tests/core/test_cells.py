"""The readable step, held against centred differences and against its own equations."""

import numpy as np
import pytest

from lstm_helpers import cells, gradcheck

N, T, D, H = 2, 5, 3, 4


def draw(seed, blocks):
    """Random parameters, biases, states and inputs: nothing is zero."""
    rng = np.random.default_rng(seed)
    arrays = {
        "xs": rng.normal(size=(N, T, D)),
        "h_init": rng.normal(size=(N, H)),
        "W_x": rng.normal(size=(D, blocks * H)),
        "W_h": rng.normal(size=(H, blocks * H)) / 2,
        "b": rng.normal(size=blocks * H),
    }
    if blocks == 4:
        arrays["c_init"] = rng.normal(size=(N, H))
    return arrays, rng.normal(size=(N, T, H))


def run_rnn(dhs, xs, h_init, W_x, W_h, b, carry=1):
    """Loss Σ dhs ⊙ hs, and its gradients through all T steps; 0 drops dh_next."""
    h, caches, loss = h_init, [], 0.0
    for t in range(T):
        h, cache = cells.rnn_step(xs[:, t], h, W_x, W_h, b)
        caches.append(cache)
        loss += (dhs[:, t] * h).sum()
    grads = {k: np.zeros_like(v) for k, v in dict(xs=xs, W_x=W_x, W_h=W_h, b=b).items()}
    dh = np.zeros_like(h_init)
    for t in reversed(range(T)):
        step = cells.rnn_step_backward(dhs[:, t] + carry * dh, caches[t])
        dh = step.dh_prev
        grads["xs"][:, t] = step.dx_t
        grads["W_x"] += step.dW_x
        grads["W_h"] += step.dW_h
        grads["b"] += step.db
    return loss, grads | {"h_init": dh}


def run_lstm(dhs, xs, h_init, c_init, W_x, W_h, b):
    """The same for the LSTM; the last cell state counts in the loss as well."""
    h, c, caches, loss = h_init, c_init, [], 0.0
    for t in range(T):
        h, c, cache = cells.lstm_step(xs[:, t], h, c, W_x, W_h, b)
        caches.append(cache)
        loss += (dhs[:, t] * h).sum()
    loss += (dhs[:, 0] * c).sum()
    grads = {k: np.zeros_like(v) for k, v in dict(xs=xs, W_x=W_x, W_h=W_h, b=b).items()}
    dh, dc = np.zeros_like(h_init), dhs[:, 0]
    for t in reversed(range(T)):
        step = cells.lstm_step_backward(dhs[:, t] + dh, dc, caches[t])
        dh, dc = step.dh_prev, step.dc_prev
        grads["xs"][:, t] = step.dx_t
        grads["W_x"] += step.dW_x
        grads["W_h"] += step.dW_h
        grads["b"] += step.db
    return loss, grads | {"h_init": dh, "c_init": dc}


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("run, blocks", [(run_rnn, 1), (run_lstm, 4)])
def test_gradients_over_five_steps(run, blocks, seed, capsys):
    arrays, dhs = draw(seed, blocks)
    _, grads = run(dhs, **arrays)
    report = gradcheck.check_gradients(
        lambda **z: run(dhs, **z)[0], arrays, grads, tol=1e-8
    )
    with capsys.disabled():
        print(f"\n{run.__name__} T={T} seed {seed}: largest relative error "
              f"{report.error:.1e}", end=" ")
    assert report.ok, str(report)
    assert set(grads) == set(arrays)


def test_a_dropped_dh_next_is_found_and_named():
    arrays, dhs = draw(0, 1)
    _, grads = run_rnn(dhs, **arrays, carry=0)
    report = gradcheck.check_gradients(lambda **z: run_rnn(dhs, **z)[0], arrays, grads)
    assert sorted(report.wrong) == ["W_h", "W_x", "b", "h_init", "xs"]
    last = np.abs(grads["xs"] - run_rnn(dhs, **arrays)[1]["xs"]).max(axis=(0, 2))
    assert last[-1] == 0 and (last[:-1] > 1e-3).all()  # nothing comes after the last


def test_a_gradient_off_by_a_thousandth_is_found_and_named():
    arrays, dhs = draw(0, 1)
    _, grads = run_rnn(dhs, **arrays)
    grads["W_h"] = grads["W_h"] * 1.001
    report = gradcheck.check_gradients(lambda **z: run_rnn(dhs, **z)[0], arrays, grads)
    assert report.wrong == ["W_h"]
    assert "W_h      WRONG" in str(report) and "numeric" in str(report)


def test_a_nan_gradient_is_wrong():
    arrays, dhs = draw(0, 1)
    _, grads = run_rnn(dhs, **arrays)
    grads["b"] = grads["b"] * np.nan
    report = gradcheck.check_gradients(lambda **z: run_rnn(dhs, **z)[0], arrays, grads)
    assert not report.ok and report.wrong == ["b"]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_sigmoid_is_exact_and_never_overflows(dtype):
    a = np.array([-1e4, -500, -3, 0, 3, 500, 1e4], dtype)
    with np.errstate(all="raise"):
        s = cells.sigmoid(a)
    assert s.dtype == dtype
    expected = [0, 0, 1 / (1 + np.e**3), 0.5, 1 / (1 + np.e**-3), 1, 1]
    np.testing.assert_allclose(s, expected, rtol=1e-6, atol=1e-7)


def test_bad_input_names_the_argument():
    good = dict(
        x_t=np.ones((2, 3)), h_prev=np.ones((2, 5)),
        W_x=np.ones((3, 5)), W_h=np.ones((5, 5)), b=np.ones(5),
    )
    cases = [
        ("x_t", np.ones(3), ValueError, "add a batch axis with x_t[None]"),
        ("x_t", [[1.0, 2, 3]], TypeError, "x_t must be a NumPy array, got list"),
        ("x_t", np.ones((0, 3)), ValueError, "x_t must not be empty"),
        ("h_prev", np.ones((3, 5)), ValueError, "with N = 2"),
        ("W_x", np.ones((5, 3)), ValueError, "W_x must have shape (D, H)"),
        ("W_h", np.ones((5, 5), dtype=complex), TypeError, "real numbers"),
        ("b", np.array([1, 2, np.nan, 4, 5]), ValueError, "got nan at [2]"),
        ("b", np.array(["a"] * 5), TypeError, "b must hold real numbers"),
    ]
    for name, value, error, words in cases:
        with pytest.raises(error) as caught:
            cells.rnn_step(**good | {name: value})
        assert words in str(caught.value), caught.value
    with pytest.raises(ValueError, match=r"\(D, 4H\) with D = 3, H = 5, got \(3, 5\)"):
        cells.lstm_step(c_prev=np.ones((2, 5)), **good)

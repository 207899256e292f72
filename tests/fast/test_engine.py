"""The fast engine, held to the readable cells and to centred differences."""

import tracemalloc

import numpy as np
import pytest

from lstm_helpers import cells, gradcheck, gru, losses, train
from lstm_helpers.fast import buffers, engine

# N, T, D, H, O: ones, odd numbers, and T on both sides of a block's border
SIZES = [(1, 1, 1, 1, 1), (2, 4, 3, 5, 2), (1, 7, 2, 3, 1), (3, 1, 1, 4, 2),
         (5, 9, 2, 1, 3), (4, 6, 5, 2, 1), (7, 30, 2, 33, 1)]
CASES = [(cell, every) for cell in engine.KINDS for every in (False, True)]


def build(cell, every, D, H, O, rng, dtype=np.float64):
    """An engine with random parameters; no bias is zero."""
    e = engine.Engine(cell, D, H, O, every, dtype)
    for z in e.params.values():
        z[...] = rng.normal(size=z.shape) / np.sqrt(H + 2)
    return e


def backward(e, y, ys):
    """The way back from a mean squared error, which is returned."""
    loss, dy = losses.MeanSquaredError().both(y, ys, out=y)
    e.backward_from(dy)
    return loss


def draw(e, N, T, rng):
    """Inputs, targets and states that are not zero."""
    ys = rng.normal(size=(N, T, e.O) if e.every_step else (N, e.O))
    c_init = rng.normal(size=(N, e.H)) if e.cell == "lstm" else None
    return rng.normal(size=(N, T, e.D)), ys, rng.normal(size=(N, e.H)), c_init


def readable(e, params, xs, ys, h_init, c_init):
    """The same by `cells`, one step at a time: outputs, states, loss, gradients."""
    p = {k: np.ascontiguousarray(z) for k, z in params.items()}
    layer = {k: z for k, z in p.items() if k not in ("W_y", "b_y")}
    h, c, caches, hs = h_init, c_init, [], []
    for x_t in xs.transpose(1, 0, 2):
        if e.cell == "lstm":
            h, c, cache = cells.lstm_step(x_t, h, c, **layer)
        else:
            step = gru.gru_step if e.cell == "gru" else cells.rnn_step
            h, cache = step(x_t, h, **layer)
        hs.append(h)
        caches.append(cache)
    hs = np.stack(hs, axis=1)
    top = hs if e.every_step else hs[:, -1]
    y = top @ p["W_y"] + p["b_y"]
    dy = 2 * (y - ys) / y.size
    d_top = np.zeros_like(hs)
    if e.every_step:
        d_top += dy @ p["W_y"].T
    else:
        d_top[:, -1] = dy @ p["W_y"].T
    grads = {k: np.zeros_like(z) for k, z in layer.items()}
    grads["W_y"] = top.reshape(-1, e.H).T @ dy.reshape(-1, e.O)
    grads["b_y"] = dy.reshape(-1, e.O).sum(axis=0)
    dh, dc = np.zeros_like(h_init), np.zeros_like(h_init)
    for t in reversed(range(xs.shape[1])):
        dh = dh + d_top[:, t]
        if e.cell == "lstm":
            step = cells.lstm_step_backward(dh, dc, caches[t])
            dc = step.dc_prev
        elif e.cell == "gru":
            step = gru.gru_step_backward(dh, caches[t])
        else:
            step = cells.rnn_step_backward(dh, caches[t])
        dh = step.dh_prev
        for k in layer:
            grads[k] += getattr(step, f"d{k}")
    return y, hs, caches, ((y - ys) ** 2).mean(), grads


@pytest.mark.parametrize("cache, small", [(2**20, 1024), (1, 1024), (4000, 0)])
@pytest.mark.parametrize("cell, every", CASES)
def test_equals_the_cells(cell, every, cache, small, monkeypatch, capsys):
    """At every size; with T that varies on the same buffers; in any blocks."""
    monkeypatch.setattr(buffers, "CACHE", cache)
    monkeypatch.setattr(buffers, "SMALL", small)
    rng = np.random.default_rng(0)
    worst = 0
    for N, T, D, H, O in SIZES:
        e = build(cell, every, D, H, O, rng)
        for length in (T, max(1, T - 2), T + 3, 1, T):
            arrays = draw(e, N, length, rng)
            y, hs, caches, loss, grads = readable(e, e.params, *arrays)
            xs, ys, h_init, c_init = arrays
            pairs = [(e.forward(xs, h_init, c_init), y)]
            got_hs, got_cs, gates = e.states()
            pairs.append((got_hs, hs))
            pairs.append((e.last_state()[0], hs[:, -1]))
            if cell == "lstm":
                pairs.append((got_cs, np.stack([z.c_t for z in caches], axis=1)))
                pairs.append((e.last_state()[1], caches[-1].c_t))
            for k, gate in gates.items():
                wanted = np.stack([getattr(z, k + "_t") for z in caches], axis=1)
                pairs.append((gate, wanted))
            assert "".join(gates) == {"lstm": "ifgo", "gru": "rzn", "rnn": ""}[cell]
            worst = max(worst, *(np.abs(a - b).max() for a, b in pairs))
            worst = max(worst, abs(backward(e, pairs[0][0], ys) - loss))
            worst = max(worst, *(np.abs(e.grads[k] - grads[k]).max() for k in grads))
    with capsys.disabled():
        print(f"\n{cell} every_step={every}: largest difference {worst:.1e}", end=" ")
    assert worst <= 1e-12


@pytest.mark.parametrize("cell, every", CASES)
def test_gradients_against_centred_differences(cell, every):
    rng = np.random.default_rng(1)
    e = build(cell, every, 3, 5, 2, rng)
    xs, ys, h_init, c_init = draw(e, 2, 6, rng)

    def loss(**params):
        for k, z in params.items():
            e.params[k][...] = z
        return ((e.forward(xs, h_init, c_init) - ys) ** 2).mean()

    arrays = {k: z.copy() for k, z in e.params.items()}
    backward(e, e.forward(xs, h_init, c_init), ys)
    grads = {k: z.copy() for k, z in e.grads.items()}
    report = gradcheck.check_gradients(loss, arrays, grads, tol=1e-8)
    assert report.ok and set(grads) == set(arrays), str(report)


def test_gru_equals_keras():
    keras = pytest.importorskip("keras")
    e = build("gru", True, 3, 5, 2, np.random.default_rng(7), np.float32)
    xs = np.random.default_rng(8).normal(size=(4, 9, 3)).astype(np.float32)
    net = keras.Sequential([keras.Input((9, 3)),
                            keras.layers.GRU(5, return_sequences=True),
                            keras.layers.Dense(2)])
    order = np.r_[5:10, 0:5, 10:15]  # Keras's blocks stand in the order z, r, n
    p = {k: z[..., order] if k in ("W_x", "W_h", "b") else z
         for k, z in e.params.items()}
    b_h = np.concatenate([np.zeros(10, np.float32), p["b_n"]])
    net.set_weights([p["W_x"], p["W_h"], np.stack([p["b"], b_h]), p["W_y"], p["b_y"]])
    np.testing.assert_allclose(e.forward(xs), np.asarray(net(xs)), atol=1e-6)


def test_float32_agrees_with_float64():
    rng = np.random.default_rng(2)
    for cell, every in CASES:
        fine = build(cell, every, 2, 9, 2, rng)
        coarse = engine.Engine(cell, 2, 9, 2, every, np.float32)
        coarse.flat[:] = fine.flat
        xs, ys, h_init, c_init = draw(fine, 4, 20, rng)
        rough, exact = (backward(e, e.forward(xs, h_init, c_init), ys)
                        for e in (coarse, fine))
        assert rough == pytest.approx(exact, rel=1e-5)
        np.testing.assert_allclose(coarse.grad, fine.grad, atol=2e-6)


def test_saturated_gates_stay_finite():
    e = build("lstm", True, 1, 4, 1, np.random.default_rng(3), np.float32)
    xs = np.full((2, 9, 1), 1e4, np.float32)
    with np.errstate(invalid="raise", divide="raise"):
        backward(e, e.forward(xs), np.zeros((2, 9, 1), np.float32))
    assert np.isfinite(e.grad).all()


def test_a_missing_state_is_zero_also_after_another_was_given():
    rng = np.random.default_rng(4)
    e = build("lstm", False, 2, 3, 1, rng)
    xs, _, h_init, c_init = draw(e, 2, 5, rng)
    first = e.forward(xs).copy()
    e.forward(xs, h_init, c_init)
    np.testing.assert_array_equal(e.forward(xs), first)
    np.testing.assert_array_equal(e.forward(xs, 0 * h_init, 0 * c_init), first)


def test_batches_of_many_sizes_do_not_pile_up():
    e = build("rnn", False, 1, 2, 1, np.random.default_rng(5))
    for N in range(1, 20):
        e.forward(np.ones((N, 3, 1)))
        assert len(e.buffers) <= 4


@pytest.mark.parametrize("cell, every", CASES)
def test_no_memory_is_allocated_that_grows_with_time(cell, every):
    """A training step after the first: the peak at T = 400 is that at T = 40."""
    peaks = []
    for T in (40, 400):
        rng = np.random.default_rng(6)
        e = build(cell, every, 2, 8, 1, rng, np.float32)
        xs, ys, h_init, c_init = (z if z is None else z.astype(np.float32)
                            for z in draw(e, 16, T, rng))
        adam = train.Adam()

        def step(e=e, xs=xs, ys=ys, h_init=h_init, c_init=c_init, adam=adam):
            backward(e, e.forward(xs, h_init, c_init), ys)
            adam.step(e.flat, e.grad, 0.001)

        with train.full_speed():
            step()
            step()
            tracemalloc.start()
            try:
                step()
                peaks.append(tracemalloc.get_traced_memory()[1])
            finally:
                tracemalloc.stop()
    assert abs(peaks[1] - peaks[0]) < 1000, peaks

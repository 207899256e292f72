"""The model: shapes, own copies, files, and errors that name the argument."""

from typing import NamedTuple

import numpy as np
import pytest

from lstm_helpers import bptt, cells, gradcheck, model, train
from lstm_helpers.model import Recurrent

CASES = [(cell, every) for cell in model.CELLS for every in (False, True)]


def draw(N=2, T=4, D=3, seed=0):
    return np.random.default_rng(seed).normal(size=(N, T, D))


@pytest.mark.parametrize("cell, every", CASES)
def test_shapes_and_dtypes(cell, every):
    for dtype in (np.float32, np.float64):
        net = Recurrent(cell, D=3, H=5, O=2, every_step=every, dtype=dtype)
        y = net.predict(draw())
        assert y.shape == ((2, 4, 2) if every else (2, 2)) and y.dtype == dtype
        states = net.states(draw())
        assert states.hs.shape == (2, 4, 5)
        gates = {"lstm": "ifgo", "gru": "rzn", "rnn": ""}[cell]
        assert "".join(states.gates) == gates
        blocks = len(gates) or 1
        assert {k: z.shape for k, z in net.params.items()} == {
            "W_x": (3, blocks * 5), "W_h": (5, blocks * 5), "b": (blocks * 5,),
            "W_y": (5, 2), "b_y": (2,)} | ({"b_n": (5,)} if cell == "gru" else {})


def test_starts_with_the_forget_bias_and_the_same_seed_is_the_same_model():
    a, b = Recurrent(H=4, rng=7), Recurrent(H=4, rng=np.random.default_rng(7))
    assert all((a.params[k] == b.params[k]).all() for k in a.params)
    assert a.params["b"].tolist() == [0] * 4 + [1] * 4 + [0] * 8


def test_one_step_is_the_cell():
    net = Recurrent(D=3, H=5, dtype=np.float64)
    xs, zero = draw(T=1), np.zeros((2, 5))
    layer = {k: np.array(net.params[k]) for k in ("W_x", "W_h", "b")}
    h_t, c_t, cache = cells.lstm_step(xs[:, 0], zero, zero, **layer)
    states = net.states(xs)
    np.testing.assert_allclose(states.hs[:, 0], h_t, atol=1e-15)
    np.testing.assert_allclose(states.cs[:, 0], c_t, atol=1e-15)
    np.testing.assert_allclose(states.gates["f"][:, 0], cache.f_t, atol=1e-15)


@pytest.mark.parametrize("cell, every", CASES)
def test_results_are_the_caller_s_own(cell, every):
    """Nothing returned changes with a later call, of this model or of another."""
    one, two = (Recurrent(cell, 3, 5, 2, every_step=every, rng=k) for k in (1, 2))
    xs, other = draw(), draw(seed=1)
    ys = np.ones((2, 4, 2) if every else (2, 2))

    def results(net, xs):
        loss, grads = net.loss_and_grads(xs, ys)
        states = net.states(xs)
        kept = [net.predict(xs), states.hs, *states.gates.values(), *grads.values()]
        return [z for z in kept if z is not None], loss

    first, loss = results(one, xs)
    copies = [z.copy() for z in first]
    results(two, xs)
    results(one, other)
    for z, copy in zip(first, copies, strict=True):
        np.testing.assert_array_equal(z, copy)
    again, same = results(one, xs)
    assert same == loss
    for z, copy in zip(again, copies, strict=True):
        np.testing.assert_array_equal(z, copy)


def test_inputs_are_left_alone():
    net = Recurrent(D=3, H=5, O=3, every_step=True)
    arrays = {"xs": draw(), "h_init": draw()[:, 0, :1] * np.ones((2, 5)),
              "c_init": np.ones((2, 5))}
    copies = {k: z.copy() for k, z in arrays.items()}
    net.predict(**arrays)
    net.loss_and_grads(ys=np.ones((2, 4, 3)), **arrays)
    net.free_run(steps=3, **arrays)
    for k, z in arrays.items():
        np.testing.assert_array_equal(z, copies[k])


STACKS = [dict(layers=2), dict(layers=3, every_step=True), dict(both_ways=True),
          dict(both_ways=True, every_step=True), dict(dense=4),
          dict(layers=2, both_ways=True, dense=4, every_step=True)]


@pytest.mark.parametrize("options", STACKS, ids=str)
@pytest.mark.parametrize("cell", model.CELLS)
def test_stacks_of_both_engines_say_the_same(cell, options):
    rng = np.random.default_rng(0)
    nets = [Recurrent(cell, 3, 5, 2, dtype=np.float64, engine=engine, **options)
            for engine in ("fast", "readable")]
    for name, z in nets[0].params.items():
        z[...] = rng.normal(size=z.shape) / 2
        nets[1].params[name] = z
    units = nets[0].engine.units
    for N, T in ((4, 6), (1, 1), (2, 9)):
        xs, h_init = rng.normal(size=(N, T, 3)), rng.normal(size=(N, units))
        c_init = rng.normal(size=(N, units)) if cell == "lstm" else None
        ys = rng.normal(size=(N, T, 2) if options.get("every_step") else (N, 2))
        (one, a), (two, b) = (net.loss_and_grads(xs, ys, h_init, c_init, dxs=True)
                              for net in nets)
        assert abs(one - two) <= 1e-12 and list(a) == list(b)
        assert max(np.abs(a[k] - b[k]).max() for k in a) <= 1e-12
        seen, same = (net.states(xs, h_init, c_init) for net in nets)
        assert seen.hs.shape == (N, T, units)
        np.testing.assert_allclose(seen.hs, same.hs, atol=1e-12)
        for k in same.gates:
            np.testing.assert_allclose(seen.gates[k], same.gates[k], atol=1e-12)
        if cell == "lstm":
            np.testing.assert_allclose(seen.cs, same.cs, atol=1e-12)


@pytest.mark.parametrize("options", STACKS, ids=str)
@pytest.mark.parametrize("cell", model.CELLS)
def test_gradients_of_stacks(cell, options):
    """Every parameter, every input, by what a small push does to the loss."""
    rng = np.random.default_rng(1)
    net = Recurrent(cell, 2, 3, 2, dtype=np.float64, loss="softmax", **options)
    for z in net.params.values():
        z[...] = rng.normal(size=z.shape)
    xs = rng.normal(size=(2, 4, 2))
    ys = rng.integers(0, 2, (2, 4) if options.get("every_step") else 2)

    def loss(xs, **params):
        net.params.update(params)
        return net.loss(xs, ys)

    arrays = {k: z.copy() for k, z in net.params.items()} | {"xs": xs}
    grads = net.loss_and_grads(xs, ys, dxs=True)[1]
    wide, narrow = ({k: gradcheck.numeric_gradient(loss, arrays, k, eps)
                     for k in arrays} for eps in (2e-4, 1e-4))
    report = gradcheck.compare(
        grads, {k: (4 * narrow[k] - wide[k]) / 3 for k in arrays}, tol=1e-8)
    assert report.ok and set(grads) == set(arrays), str(report)


def test_two_layers_are_one_after_the_other():
    net = Recurrent("lstm", 3, 5, 2, every_step=True, layers=2, dtype=np.float64)
    xs = draw()
    low = Recurrent("lstm", 3, 5, 1, every_step=True, dtype=np.float64)
    high = Recurrent("lstm", 5, 5, 2, every_step=True, dtype=np.float64)
    low.params.update({k: net.params[k] for k in ("W_x", "W_h", "b")})
    high.params.update({k.removesuffix("_l2"): z for k, z in net.params.items()
                        if k.endswith(("_l2", "_y"))})
    hs = low.states(xs).hs
    np.testing.assert_allclose(net.predict(xs), high.predict(hs), atol=1e-14)
    states = net.states(xs)
    np.testing.assert_allclose(states.hs[..., :5], hs, atol=1e-15)
    np.testing.assert_allclose(states.hs[..., 5:], high.states(hs).hs, atol=1e-15)


@pytest.mark.parametrize("every", [False, True])
def test_the_way_back_is_a_network_on_the_reversed_sequence(every):
    net = Recurrent("gru", 3, 5, 2, every_step=every, both_ways=True, dtype=np.float64)
    xs, sides = draw(), []
    for way, suffix in ((1, ""), (-1, "_rev")):
        one = Recurrent("gru", 3, 5, 1, dtype=np.float64)
        one.params.update({k: net.params[k + suffix]
                           for k in ("W_x", "W_h", "b", "b_n")})
        hs = one.states(np.ascontiguousarray(xs[:, ::way])).hs
        sides.append(hs[:, ::way] if every else hs[:, -1])
    y = np.concatenate(sides, axis=-1) @ net.params["W_y"] + net.params["b_y"]
    np.testing.assert_allclose(net.predict(xs), y, atol=1e-14)


@pytest.mark.parametrize("options", STACKS, ids=str)
def test_stacks_are_saved_and_loaded(options, tmp_path):
    net = Recurrent("gru", 3, 5, 2, loss="logistic", rng=3, **options)
    net.save(tmp_path / "net.npz")
    again = model.load(tmp_path / "net.npz")
    assert list(again.params) == list(net.params)
    assert again.loss_function.name == "logistic"
    np.testing.assert_array_equal(again.predict(draw()), net.predict(draw()))


@pytest.mark.parametrize("options", [{}, dict(layers=2), dict(dense=4)], ids=str)
@pytest.mark.parametrize("cell", model.CELLS)
def test_a_sequence_in_two_parts_is_the_whole(cell, options):
    net = Recurrent(cell, 3, 5, 2, every_step=True, dtype=np.float64, **options)
    xs = draw(T=9)
    first, h, c = net.advance(xs[:, :4])
    second, *_ = net.advance(xs[:, 4:], h, c)
    np.testing.assert_allclose(np.concatenate([first, second], axis=1),
                               net.predict(xs), atol=1e-14)


def test_a_cell_of_one_s_own_trains(capsys):
    """An LSTM of 1997, without a forget gate: its step, its backward, and no more."""
    class Cache(NamedTuple):
        x_t: np.ndarray
        h_prev: np.ndarray
        i_t: np.ndarray
        g_t: np.ndarray
        o_t: np.ndarray
        c_t: np.ndarray
        W_x: np.ndarray
        W_h: np.ndarray

    class Grads(NamedTuple):
        dx_t: np.ndarray
        dh_prev: np.ndarray
        dc_prev: np.ndarray
        dW_x: np.ndarray
        dW_h: np.ndarray
        db: np.ndarray

    def step(x_t, h_prev, c_prev, W_x, W_h, b):
        a_i, a_g, a_o = np.split(x_t @ W_x + h_prev @ W_h + b, 3, axis=1)
        i_t, g_t, o_t = cells.sigmoid(a_i), np.tanh(a_g), cells.sigmoid(a_o)
        c_t = c_prev + i_t * g_t
        return o_t * np.tanh(c_t), c_t, Cache(x_t, h_prev, i_t, g_t, o_t, c_t, W_x, W_h)

    def step_backward(dh_t, dc_next, cache):
        x_t, h_prev, i_t, g_t, o_t, c_t, W_x, W_h = cache
        dc_t = dc_next + dh_t * o_t * (1 - np.tanh(c_t) ** 2)
        da_t = np.concatenate([dc_t * g_t * i_t * (1 - i_t), dc_t * i_t * (1 - g_t**2),
                               dh_t * np.tanh(c_t) * o_t * (1 - o_t)], axis=1)
        return Grads(da_t @ W_x.T, da_t @ W_h.T, dc_t, x_t.T @ da_t, h_prev.T @ da_t,
                     da_t.sum(axis=0))

    def params(rng, D, H):
        return {"W_x": rng.normal(size=(D, 3 * H)) / 2,
                "W_h": rng.normal(size=(H, 3 * H)) / 2, "b": np.zeros(3 * H)}

    own = (*bptt.over_time(step, step_backward), params)
    rng = np.random.default_rng(0)
    xs = rng.normal(size=(30, 6, 1))
    ys = xs.sum(axis=1)
    for options in ({}, dict(layers=2), dict(both_ways=True)):
        net = Recurrent(own, 1, 4, 1, engine="readable", dtype=np.float64, **options)
        history = train.fit(net, xs, ys, 60, 10, train.Adam(0.03), progress=False)
        assert history.loss[-1] < 0.3 * history.loss[0]
    assert "".join(net.states(xs).gates) == "igo"
    assert net.states(xs).cs.shape == (30, 6, 8)
    net.summary()
    assert "Own cell (N, 8)" in " ".join(capsys.readouterr().out.split())
    with pytest.raises(ValueError, match='engine must be "readable" for a cell of'):
        Recurrent(own)
    with pytest.raises(ValueError, match="save knows the cells and losses"):
        net.save("nowhere.npz")


def test_many_rows_are_predicted_in_parts(monkeypatch):
    net = Recurrent(D=3, H=5, dtype=np.float64)
    xs = draw(N=23)
    whole = net.predict(xs)
    for memory in (1, 10_000):
        monkeypatch.setattr(model, "MEMORY", memory)
        np.testing.assert_allclose(net.predict(xs), whole, atol=1e-14)
    assert max(net.engine.buffers) == 23 and len(net.engine.buffers) > 1


@pytest.mark.parametrize("cell, every", CASES)
def test_free_run_is_predict_on_its_own_outputs(cell, every):
    net = Recurrent(cell, D=2, H=5, O=2, every_step=every, dtype=np.float64)
    xs = draw(D=2)
    ys = net.free_run(xs, 3)
    for k in range(3):
        longer = np.concatenate([xs, ys[:, :k]], axis=1)
        y = net.predict(longer)
        np.testing.assert_allclose(ys[:, k], y[:, -1] if every else y, atol=1e-14)


@pytest.mark.parametrize("cell, every", CASES)
def test_saved_and_loaded_is_the_same_model(cell, every, tmp_path):
    for name in ("net.npz", "no_suffix"):
        net = Recurrent(cell, 3, 5, 2, every_step=every, dtype=np.float64)
        net.save(tmp_path / name)
        again = model.load(tmp_path / name)
        assert (again.cell, again.every_step, again.dtype) == (cell, every, np.float64)
        np.testing.assert_array_equal(again.predict(draw()), net.predict(draw()))


def test_a_bad_file_is_refused(tmp_path):
    net = Recurrent(D=3, H=5)
    net.save(tmp_path / "good.npz")
    good = (tmp_path / "good.npz").read_bytes()
    with np.load(tmp_path / "good.npz") as file:
        content = dict(file)
    np.savez(tmp_path / "other.npz", W_x=np.ones(3))
    np.savez(tmp_path / "sizes.npz", **content | {"W_h": np.ones((6, 24))})
    np.savez(tmp_path / "nan.npz", **content | {"b": content["b"] * np.nan})
    np.savez(tmp_path / "cell.npz", **content | {"cell": "gated"})
    np.savez(tmp_path / "blocks.npz", **content | {"cell": "gru"})
    np.savez(tmp_path / "pickle.npz", **content | {"b": np.array([{}])})
    np.save(tmp_path / "array.npy", np.ones(3))
    (tmp_path / "text.npz").write_text("W_x = 1")
    (tmp_path / "empty.npz").write_bytes(b"")
    (tmp_path / "cut.npz").write_bytes(good[: len(good) // 2])
    middle = good.index(content["W_h"].tobytes()) + 40
    (tmp_path / "flipped.npz").write_bytes(
        good[:middle] + bytes([good[middle] ^ 255]) + good[middle + 1 :])
    words = {"other": "is no saved model", "sizes": "W_h must have shape",
             "nan": "b must be finite", "cell": "cell must be one of lstm, gru, rnn",
             "blocks": "is no saved model",
             "pickle": "", "text": "", "empty": "", "cut": "", "flipped": ""}
    for name, text in words.items():
        with pytest.raises(ValueError) as caught:
            model.load(tmp_path / f"{name}.npz")
        assert f"{name}.npz" in str(caught.value) and text in str(caught.value), name
    with pytest.raises(ValueError, match="is no saved model"):
        model.load(tmp_path / "array.npy")
    with pytest.raises(FileNotFoundError):
        model.load(tmp_path / "nowhere.npz")


def test_bad_input_names_the_argument():
    net = Recurrent(D=1, H=4, O=1)
    wide = Recurrent("rnn", D=3, H=4, every_step=True)
    good = np.ones((2, 5, 1))
    cases = [
        (lambda: net.predict([[1.0]]), TypeError, "xs must be a NumPy array, got list"),
        (lambda: net.predict(good[..., 0]), ValueError,
         "(N, T, 1), got (2, 5): add the feature axis with xs[..., None]"),
        (lambda: wide.predict(np.ones((5, 3))), ValueError,
         "(N, T, 3), got (5, 3): add the batch axis with xs[None]"),
        (lambda: net.predict(np.ones((0, 5, 1))), ValueError, "xs must not be empty"),
        (lambda: net.predict(np.ones((2, 0, 1))), ValueError, "xs must not be empty"),
        (lambda: net.predict(good * np.nan), ValueError, "xs must be finite"),
        (lambda: net.predict(good, h_init=np.ones((2, 3))), ValueError,
         "h_init must have shape (2, 4), got (2, 3)"),
        (lambda: wide.predict(np.ones((2, 5, 3)), c_init=np.ones((2, 4))), ValueError,
         "c_init must be None"),
        (lambda: net.loss_and_grads(good, np.ones(2)), ValueError,
         "ys must have shape (2, 1), got (2,): add the last axis with ys[..., None]"),
        (lambda: net.loss_and_grads(good, np.ones((2, 5, 1))), ValueError,
         "ys must have shape (2, 1), got (2, 5, 1)"),
        (lambda: wide.free_run(np.ones((2, 5, 3)), 4), ValueError, "O = 1, D = 3"),
        (lambda: net.free_run(good, 0), ValueError, "steps must be at least 1"),
        (lambda: net.params.update({"W": good}), ValueError, "name must be one of"),
        (lambda: net.params.update({"b": np.ones(4)}), ValueError,
         "b must have shape (16,), got (4,)"),
        (lambda: Recurrent("gated"), ValueError, "cell must be one of lstm, gru, rnn"),
        (lambda: Recurrent(H=0), ValueError, "H must be at least 1"),
        (lambda: Recurrent(D=1.5), TypeError, "D must be a whole number"),
        (lambda: Recurrent(dtype=int), ValueError, "dtype must be float32 or float64"),
    ]
    for call, error, words in cases:
        with pytest.raises(error) as caught:
            call()
        assert words in str(caught.value), caught.value


def test_summary_counts_as_keras_does(capsys):
    Recurrent(D=1, H=5).summary()
    assert [line.split()[-1 if k == 3 else 3] for k, line in
            enumerate(capsys.readouterr().out.splitlines()) if k] == ["140", "6", "146"]

"""The model: shapes, own copies, files, and errors that name the argument."""

import numpy as np
import pytest

from lstm_helpers import cells, model
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
    middle = len(good) // 3
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

"""Weights that go to Keras and PyTorch and back compute the same numbers there."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from lstm_helpers import frameworks, init, train
from lstm_helpers.model import Recurrent
from lstm_helpers.two_dense import TwoDense

REFERENCE = Path(__file__).parents[1] / "data" / "torch_reference.npz"
SIZES = [(2, 4, 3, 5, 1), (1, 3, 1, 5, 1), (3, 6, 4, 4, 4), (5, 2, 2, 9, 3),
         (4, 7, 1, 1, 1), (2, 3, 8, 16, 2)]  # N, T, D, H, O


@pytest.fixture(scope="module")
def keras():
    return pytest.importorskip("keras", reason=(
        "KERAS IS NOT INSTALLED: parity with Keras is NOT tested. pip install keras jax"
    ))


@pytest.fixture(scope="module")
def torch():
    return pytest.importorskip("torch", reason=(
        "PYTORCH IS NOT INSTALLED: tested against stored values only, not live"
    ))


def drawn(cell, D, H, O, every_step=False, seed=0, dtype=np.float64):
    """Return a model whose biases are random too, and the generator."""
    rng = np.random.default_rng([seed, D, H, O])
    model = Recurrent(cell, D, H, O, every_step, rng, dtype=dtype)
    model.params["b"] = rng.normal(size=model.params["b"].shape).astype(dtype)
    model.params["b_y"] = rng.normal(size=O).astype(dtype)
    if cell == "gru":
        model.params["b_n"] = rng.normal(size=H).astype(dtype)
    return model, rng


def keras_model(keras, cell, T, D, H, O, every_step):
    layer = {"lstm": keras.layers.LSTM, "gru": keras.layers.GRU,
             "rnn": keras.layers.SimpleRNN}[cell]
    return keras.Sequential([
        keras.layers.Input((T, D)), layer(H, return_sequences=every_step),
        keras.layers.Dense(O),
    ])


@pytest.mark.parametrize("cell", ["lstm", "gru", "rnn"])
@pytest.mark.parametrize("sizes", SIZES, ids=str)
def test_keras_computes_the_same(keras, cell, sizes):
    N, T, D, H, O = sizes
    every_step = N % 2 == 0
    mine, rng = drawn(cell, D, H, O, every_step)
    theirs = keras_model(keras, cell, T, D, H, O, every_step)
    theirs.set_weights(frameworks.to_keras(mine.params))
    mine.params.update(frameworks.from_keras(theirs))  # rounded to float32, as there
    second_bias = 2 * H if cell == "gru" else 0  # of r and z
    assert theirs.count_params() == sum(
        z.size for z in mine.params.values()) + second_bias
    xs = rng.normal(size=(N, T, D)).astype(np.float32)
    gap = np.abs(np.asarray(theirs(xs)) - mine.predict(xs)).max()
    print(f"{cell} {sizes}: largest difference {gap:.1e}")
    assert gap <= 1e-6


def test_weights_that_keras_drew_are_read(keras):
    keras.utils.set_random_seed(1)
    theirs = keras_model(keras, "lstm", 3, 1, 5, 1, False)
    mine = Recurrent("lstm", 1, 5, 1)
    mine.params.update(frameworks.from_keras(theirs))
    assert theirs.count_params() == 146 and np.all(mine.params["b"][5:10] == 1)
    xs = np.linspace(-1, 1, 12, dtype=np.float32).reshape(4, 3, 1)
    assert np.abs(np.asarray(theirs(xs)) - mine.predict(xs)).max() <= 1e-6
    parts = [frameworks.from_keras(layer) for layer in theirs.layers]
    for name, value in (parts[0] | parts[1]).items():
        assert np.array_equal(value, mine.params[name])


@pytest.mark.parametrize("cell", ["lstm", "gru", "rnn"])
@pytest.mark.parametrize("sizes", SIZES, ids=str)
def test_there_and_back_is_the_same_to_the_bit(cell, sizes):
    params = dict(drawn(cell, *sizes[2:])[0].params)
    for there, back in [(frameworks.to_keras, frameworks.from_keras),
                        (frameworks.to_torch, frameworks.from_torch)]:
        again = back(there(params))
        assert list(again) == list(params)
        for name, value in params.items():
            assert np.array_equal(again[name], value)
            assert not np.shares_memory(again[name], value)
        layer = tuple(name for name in params if not name.endswith("_y"))
        for names in (layer, ("W_y", "b_y")):  # one part alone
            part = {name: params[name] for name in names}
            again = back(there(part))
            assert all(np.array_equal(again[name], part[name]) for name in names)


def test_a_dense_layer_between_keeps_its_place():
    params = dict(drawn("lstm", 1, 5, 3)[0].params)
    params["W_1"], params["b_1"] = np.ones((5, 4)), np.ones(4)
    params["W_y"] = np.ones((4, 3))
    assert [w.shape for w in frameworks.to_keras(params)[3:]] == [
        (5, 4), (4,), (4, 3), (3,)]
    for there, back in [(frameworks.to_keras, frameworks.from_keras),
                        (frameworks.to_torch, frameworks.from_torch)]:
        again = back(there(params))
        assert all(np.array_equal(again[name], params[name]) for name in params)


def against(content, part):
    """Build a model from a state dict; compare every output and the last state."""
    state = {k: z for k, z in content.items() if k.startswith(("layer.", "head."))}
    params = frameworks.from_torch(state)
    D, rows = params["W_x"].shape
    H, O = params["W_y"].shape
    cell = {H: "rnn", 3 * H: "gru", 4 * H: "lstm"}[rows]
    model = Recurrent(cell, D, H, O, True, dtype=np.float64)
    model.params.update(params)
    c_0 = content["c_0"] if model.cell == "lstm" else None
    gaps = [model.predict(content["xs"], content["h_0"], c_0) - content["ys"]]
    states = model.states(content["xs"], content["h_0"], c_0)
    gaps.append(states.hs[:, -1] - content["h"])
    if model.cell == "lstm":
        gaps.append(states.cs[:, -1] - content["c"])
    gap = max(np.abs(z).max() for z in gaps)
    print(f"{part}: largest difference {gap:.1e}")
    assert gap <= 1e-12
    theirs = sum(value.size for value in state.values())
    second_bias = rows - ("b_n" in params) * H
    assert theirs == sum(z.size for z in model.params.values()) + second_bias


@pytest.mark.parametrize("name", ["lstm_a", "lstm_b", "lstm_c", "rnn_a", "rnn_b",
                                  "gru_a", "gru_b"])
def test_pytorch_stored(name):
    assert REFERENCE.stat().st_size <= 50_000
    with np.load(REFERENCE) as file:
        content = {key.removeprefix(name + "/"): file[key] for key in file.files
                   if key.startswith(name + "/")}
    against(content, name)


@pytest.mark.parametrize("cell", ["lstm", "gru", "rnn"])
@pytest.mark.parametrize("sizes", SIZES, ids=str)
def test_pytorch_live(torch, cell, sizes):
    from make_torch_reference import modules, run

    N, T, D, H, O = sizes
    torch.manual_seed(sum(sizes))
    layer, head = modules(cell, D, H, O)
    rng = np.random.default_rng(3)
    content = dict(xs=rng.normal(size=(N, T, D)), h_0=rng.normal(size=(N, H)),
                   c_0=rng.normal(size=(N, H)))
    content |= zip(("ys", "h", "c"), run(layer, head, *content.values()), strict=True)
    for part, module in (("layer", layer), ("head", head)):
        content |= {f"{part}.{k}": v.numpy() for k, v in module.state_dict().items()}
    against(content, f"{cell} {sizes}")
    # and to PyTorch: the same module with our weights says the same
    params = frameworks.from_torch(torch.nn.ModuleList([layer, head]))
    again = torch.nn.ModuleList(modules(cell, D, H, O))
    state = frameworks.to_torch(params)
    again.load_state_dict({k: torch.from_numpy(v) for k, v in state.items()})
    ys, _, _ = run(*again, content["xs"], content["h_0"], content["c_0"])
    assert np.abs(ys - content["ys"]).max() <= 1e-12


def test_neither_library_is_imported():
    code = ("import sys; from lstm_helpers import frameworks; "
            "from lstm_helpers.exercises import catalogue; "
            "catalogue.exercises_of('09'); "
            "assert not {'keras', 'torch', 'jax', 'tensorflow'} & set(sys.modules)")
    root = Path(__file__).parents[2]
    subprocess.run([sys.executable, "-c", code], check=True, cwd=root)


LSTM = {"W_x": np.ones((3, 20)), "W_h": np.ones((5, 20)), "b": np.ones(20)}
STATE = frameworks.to_torch(LSTM)


@pytest.mark.parametrize(
    "call, words",
    [
        (lambda: frameworks.from_keras([]), "a Keras layer or model"),
        (lambda: frameworks.from_keras("model.keras"), "a Keras layer or model"),
        (lambda: frameworks.from_keras([np.ones((3, 20)), np.ones((5, 20))]), "b_y"),
        (lambda: frameworks.from_keras([np.ones(2)] * 4), "got 4 arrays"),
        (lambda: frameworks.from_keras([np.ones((3, 15)), np.ones((5, 15)),
                                        np.ones(15)]), "reset_after=False"),
        (lambda: frameworks.to_keras({"W_x": np.ones((3, 15)), "W_h": np.ones((5, 15)),
                                      "b": np.ones(15)}), "must hold b_n"),
        (lambda: frameworks.to_torch(LSTM | {"b_n": np.ones(5)}), "(H, 3H)"),
        (lambda: frameworks.from_keras([np.ones((3, 20)), np.ones((5, 24)),
                                        np.ones(20)]), "W_h must have shape (H, 4H)"),
        (lambda: frameworks.from_keras([np.ones((3, 20)), np.ones((5, 20)),
                                        np.full(20, np.nan)]), "must be finite"),
        (lambda: frameworks.to_keras(LSTM | {"b": np.ones(5)}), "b must have shape"),
        (lambda: frameworks.to_keras({"W_x": np.ones((3, 20))}), "must hold W_h"),
        (lambda: frameworks.to_keras(LSTM | {"W": np.ones(5)}), "got W"),
        (lambda: frameworks.to_keras({}), "got none"),
        (lambda: frameworks.to_keras([np.ones(3)]), "must map names"),
        (lambda: frameworks.from_torch([1]), "PyTorch module"),
        (lambda: frameworks.from_torch({}), "got none"),
        (lambda: frameworks.from_torch(STATE | {"weight_ih_l1": np.ones((20, 5))}),
         "weight_ih_l1"),
        (lambda: frameworks.from_torch({k: v for k, v in STATE.items()
                                        if "bias" not in k}), "bias=False"),
        (lambda: frameworks.from_torch(
            STATE | {"weight_hh_l0": STATE["weight_hh_l0"].T}), "W_h must have shape"),
        (lambda: frameworks.describe(3), "a Keras model"),
    ],
)
def test_bad_input_is_named(call, words):
    with pytest.raises((TypeError, ValueError)) as raised:
        call()
    assert words in str(raised.value)


def test_keras_layers_that_compute_something_else_are_refused(keras):
    layers = keras.layers
    for layer, words in [
        (layers.LSTM(5, activation="relu"), "activation of LSTM must be 'tanh'"),
        (layers.LSTM(5, recurrent_activation="hard_sigmoid"), "recurrent_activation"),
        (layers.LSTM(5, use_bias=False), "use_bias"),
        (layers.LSTM(5, go_backwards=True), "go_backwards"),
        (layers.GRU(5, reset_after=False), "reset_after of GRU must be True"),
        (layers.Conv1D(5, 1), "Conv1D"),
        (layers.Dense(5, activation="relu"), "activation of Dense must be 'linear'"),
    ]:
        with pytest.raises(ValueError, match=words):
            frameworks.from_keras(keras.Sequential([layers.Input((3, 1)), layer]))
    with pytest.raises(ValueError, match="no weights yet"):
        frameworks.from_keras(keras.Sequential([layers.LSTM(5)]))
    with pytest.raises(ValueError, match="Input"):
        frameworks.describe(keras.Sequential([layers.LSTM(5)]))


def test_pytorch_modules_that_compute_something_else_are_refused(torch):
    for module, words in [
        (torch.nn.RNN(3, 5, nonlinearity="relu"), "nonlinearity"),
        (torch.nn.LSTM(3, 5, num_layers=2), "l1"),
        (torch.nn.LSTM(3, 5, bidirectional=True), "reverse"),
        (torch.nn.LSTM(3, 5, proj_size=2), "hr"),
        (torch.nn.LSTM(3, 5, bias=False), "bias"),
        (torch.nn.GRU(3, 5, num_layers=2), "l1"),
    ]:
        with pytest.raises(ValueError, match=words):
            frameworks.from_torch(module)


def test_keras_start_draws_from_the_distributions_of_keras(keras):
    keras.utils.set_random_seed(0)
    model = keras.Sequential([
        keras.layers.Input((3, 7)), keras.layers.LSTM(30), keras.layers.Dense(40),
        keras.layers.Dense(20),
    ])
    theirs = frameworks.from_keras(model)
    mine = init.keras_params(np.random.default_rng(0), 7, 30, 20, 40)
    assert list(mine) == list(theirs)
    for name in ("W_x", "W_1", "W_y"):
        assert mine[name].shape == theirs[name].shape
        for measure in (np.max, np.std):
            assert np.isclose(measure(mine[name]), measure(theirs[name]), rtol=0.06)
    for params in (mine, theirs):
        assert np.allclose(params["W_h"] @ params["W_h"].T, np.eye(30), atol=1e-5)
    for name in ("b", "b_1", "b_y"):
        assert np.array_equal(mine[name], theirs[name])


def test_a_training_run_is_the_one_of_keras(keras):
    count = np.arange(30.0)
    xs = np.stack([count[k : k + 3] for k in range(27)])[..., None]
    ys = count[3:, None]
    model = keras.Sequential([
        keras.layers.Input((3, 1)), keras.layers.LSTM(10), keras.layers.Dense(10),
        keras.layers.Dense(1),
    ])
    model.compile(keras.optimizers.Adam(learning_rate=0.01), loss="mse")
    mine = TwoDense("lstm", 1, 10, 10, 1, dtype=np.float64)
    mine.params.update(frameworks.from_keras(model))
    theirs = model.fit(xs, ys, epochs=20, verbose=0, shuffle=False).history["loss"]
    history = train.fit(mine, xs, ys, epochs=20, batch_size=None, progress=False,
                        optimizer=train.Adam(0.01, eps=1e-7))
    assert np.allclose(history.loss, theirs, rtol=1e-4)


def test_a_keras_model_is_described(keras):
    model = keras.Sequential([keras.layers.Input((3, 1)), keras.layers.LSTM(10),
                              keras.layers.Dense(4), keras.layers.Dense(1)])
    said = frameworks.describe(model)
    assert said["optimizer"] == "none" and said["parameters"] == 480 + 44 + 5
    model.compile(keras.optimizers.Adam(learning_rate=0.01), loss="mse")
    said = frameworks.describe(model)
    assert said == {
        "layers": "LSTM, Dense, Dense", "units": 10, "time steps": 3, "features": 1,
        "outputs": "(N, 1)", "output activation": "linear", "parameters": 529,
        "optimizer": "Adam", "learning rate": pytest.approx(0.01), "loss": "mse",
    }

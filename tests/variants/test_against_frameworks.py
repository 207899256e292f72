"""Two ways and two layers, of every cell, held against Keras and PyTorch."""

import numpy as np
import pytest

from lstm_helpers import frameworks
from lstm_helpers.model import Recurrent

SIZES = [(2, 4, 3, 5), (3, 6, 1, 4)]  # N, T, D, H
WAYS = [dict(both_ways=True), dict(layers=2), dict(layers=2, both_ways=True)]


def drawn(cell, D, H, every_step, **how):
    """Return a model of float64 whose parameters are all random, and a generator."""
    rng = np.random.default_rng([D, H])
    model = Recurrent(cell, D, H, 2, every_step, rng, dtype=np.float64,
                      engine="readable", **how)
    for name, z in model.params.items():
        model.params[name] = rng.normal(size=z.shape) / 2
    return model, rng


def parts(model):
    """Return the parameters of each layer and way, under the names of one layer."""
    found = []
    for layer in range(model.layers):
        for way in ("", "_rev") if model.both_ways else ("",):
            suffix = (f"_l{layer + 1}" if layer else "") + way
            found.append({k: model.params[k + suffix] for k in
                          ("W_x", "W_h", "b", "b_n") if k + suffix in model.params})
    return found


@pytest.mark.parametrize("how", WAYS, ids=str)
@pytest.mark.parametrize("cell", ["lstm", "gru", "rnn"])
@pytest.mark.parametrize("sizes", SIZES, ids=str)
def test_keras_computes_the_same(cell, sizes, how):
    keras = pytest.importorskip("keras", reason=(
        "KERAS IS NOT INSTALLED: two ways and layers are NOT tested against it"))
    N, T, D, H = sizes
    every_step = N % 2 == 0
    mine, rng = drawn(cell, D, H, every_step, **how)
    kind = {"lstm": keras.layers.LSTM, "gru": keras.layers.GRU,
            "rnn": keras.layers.SimpleRNN}[cell]
    stack = [keras.layers.Input((T, D))]
    for k in range(mine.layers):
        layer = kind(H, return_sequences=every_step or k < mine.layers - 1)
        stack.append(keras.layers.Bidirectional(layer) if mine.both_ways else layer)
    theirs = keras.Sequential([*stack, keras.layers.Dense(2)])
    weights = [w for part in parts(mine) for w in frameworks.to_keras(part)]
    theirs.set_weights([*weights, mine.params["W_y"], mine.params["b_y"]])
    xs = rng.normal(size=(N, T, D)).astype(np.float32)
    gap = np.abs(np.asarray(theirs(xs)) - mine.predict(xs)).max()
    print(f"{cell} {sizes} {how}: largest difference {gap:.1e}")
    assert gap <= 2e-6  # they compute in float32


@pytest.mark.parametrize("how", WAYS, ids=str)
@pytest.mark.parametrize("cell", ["lstm", "gru", "rnn"])
@pytest.mark.parametrize("sizes", SIZES, ids=str)
def test_pytorch_computes_the_same(cell, sizes, how):
    torch = pytest.importorskip("torch", reason=(
        "PYTORCH IS NOT INSTALLED: two ways and layers are NOT tested against it"))
    N, T, D, H = sizes
    mine, rng = drawn(cell, D, H, True, **how)
    kind = {"lstm": torch.nn.LSTM, "gru": torch.nn.GRU, "rnn": torch.nn.RNN}[cell]
    layer = kind(D, H, mine.layers, batch_first=True, bidirectional=mine.both_ways,
                 dtype=torch.float64)
    state = {}
    for k, part in enumerate(parts(mine)):
        ways = 1 + mine.both_ways
        suffix = f"l{k // ways}" + ("_reverse" if k % ways else "")
        state |= {name.replace("l0", suffix): torch.from_numpy(z)
                  for name, z in frameworks.to_torch(part).items()}
    layer.load_state_dict(state)
    xs = rng.normal(size=(N, T, D))
    with torch.no_grad():
        hs = layer(torch.from_numpy(xs))[0].numpy()
    theirs = hs @ mine.params["W_y"] + mine.params["b_y"]
    assert np.abs(theirs - mine.predict(xs)).max() <= 1e-12

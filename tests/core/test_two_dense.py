"""Two Dense layers on a recurrent one: gradients, and what two of them compute."""

import numpy as np
import pytest

from lstm_helpers import train
from lstm_helpers.model import Recurrent
from lstm_helpers.two_dense import TwoDense

N, T, D, H, K, O = 3, 5, 2, 4, 6, 3


def drawn(cell, every_step):
    rng = np.random.default_rng(7)
    model = TwoDense(cell, D, H, K, O, rng, every_step=every_step, dtype=np.float64)
    for name in ("b", "b_1", "b_y"):
        model.params[name] = rng.normal(size=model.params[name].shape)
    shape = (N, T, O) if every_step else (N, O)
    return model, rng.normal(size=(N, T, D)), rng.normal(size=shape)


@pytest.mark.parametrize("every_step", [False, True])
@pytest.mark.parametrize("cell", ["lstm", "rnn"])
def test_gradients_are_centred_differences(cell, every_step):
    model, xs, ys = drawn(cell, every_step)
    _, grads = model.loss_and_grads(xs, ys)
    assert list(grads) == ["W_x", "W_h", "b", "W_1", "b_1", "W_y", "b_y"]
    for name, array in model.params.items():
        for where in np.ndindex(array.shape):
            kept, losses = array[where], []
            for step in (1e-5, -1e-5):
                array[where] = kept + step
                losses.append(model.loss(xs, ys))
            array[where] = kept
            numeric = (losses[0] - losses[1]) / 2e-5
            assert abs(numeric - grads[name][where]) < 1e-8, (name, where)


def test_two_linear_layers_compute_what_one_can():
    model, xs, _ = drawn("lstm", False)
    p = model.params
    one = Recurrent("lstm", D, H, O, dtype=np.float64)
    one.params.update({name: p[name] for name in ("W_x", "W_h", "b")})
    one.params["W_y"] = p["W_1"] @ p["W_y"]
    one.params["b_y"] = p["b_1"] @ p["W_y"] + p["b_y"]
    assert np.allclose(one.predict(xs), model.predict(xs), atol=1e-14)


def test_fit_lowers_the_loss_and_changes_every_parameter():
    model, xs, ys = drawn("lstm", False)
    before = {name: array.copy() for name, array in model.params.items()}
    history = train.fit(model, xs, ys, 300, optimizer=train.Adam(0.03), progress=False)
    assert history.loss[-1] < 0.01 * history.loss[0]
    assert all((model.params[name] != before[name]).all() for name in before)
    assert np.isclose(model.loss(xs, ys), history.loss[-1], rtol=0.2, atol=1e-4)


def test_bad_input_is_named():
    with pytest.raises(ValueError, match="K must be at least 1"):
        TwoDense("lstm", D, H, 0, O)
    with pytest.raises(TypeError, match="O must be a whole number"):
        TwoDense("lstm", D, H, K, 1.5)

"""Backpropagation over whole sequences, held against centred differences."""

import numpy as np
import pytest

from lstm_helpers import bptt, gradcheck, gru

N, T, D, H = 3, 7, 3, 4


def draw(seed, cell):
    """Random inputs, states, parameters and biases: nothing is zero."""
    rng = np.random.default_rng(seed)
    blocks = {"lstm": 4, "gru": 3, "rnn": 1}[cell]
    shapes = dict(xs=(N, T, D), h_init=(N, H), W_x=(D, blocks * H),
                  W_h=(H, blocks * H), b=(blocks * H,))
    if cell == "lstm":
        shapes["c_init"] = (N, H)
    if cell == "gru":
        shapes["b_n"] = (H,)
    arrays = {name: rng.normal(size=shape) for name, shape in shapes.items()}
    arrays["W_h"] /= 2  # a larger one makes the RNN chaotic: L bends within one ε
    return arrays, rng.normal(size=(N, T, H))


RUNS = {"rnn": (bptt.rnn_forward, bptt.rnn_backward),
        "lstm": (bptt.lstm_forward, bptt.lstm_backward),
        "gru": (gru.gru_forward, gru.gru_backward)}


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("cell", RUNS)
def test_gradients_over_seven_steps_to_nine_digits(cell, seed, capsys):
    forward, backward = RUNS[cell]
    arrays, dhs = draw(seed, cell)
    _, caches = forward(**arrays)
    report = gradcheck.check_gradients(
        lambda **z: np.sum(dhs * forward(**z)[0]), arrays, backward(dhs, caches),
        tol=1e-9,
    )
    with capsys.disabled():
        errors = ", ".join(f"{row.name} {row.error:.1e}" for row in report.rows)
        print(f"\n{cell} T={T} seed {seed}: {errors}", end=" ")
    assert report.ok, str(report)
    assert {row.name.removeprefix("d") for row in report.rows} == set(arrays)


def test_a_gradient_may_be_called_d_and_the_name_of_its_array():
    z = {"W": np.array([1.0, 2.0])}
    report = gradcheck.check_gradients(lambda W: (W**2).sum(), z, {"dW": 2 * z["W"]})
    assert report.ok and report.rows[0].name == "dW"
    with pytest.raises(ValueError, match=r"grads must name arrays \(W\), got 'dV'"):
        gradcheck.check_gradients(lambda W: (W**2).sum(), z, {"dV": z["W"]})


def test_another_step_can_be_tried():
    arrays, dhs = draw(0, "rnn")
    _, caches = bptt.rnn_forward(**arrays)
    seen = []

    def step(dh_t, cache):
        seen.append(cache)
        return bptt.cells.rnn_step_backward(dh_t, cache)

    bptt.rnn_backward(dhs, caches, step)
    assert [id(cache) for cache in seen] == [id(cache) for cache in caches[::-1]]

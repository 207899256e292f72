"""What survives: the carried changes equal the backward passes and plain products."""

import numpy as np
import pytest

from lstm_helpers import bptt, init, survival


def draw(seed, K=3, T=9, D=2, H=5):
    rng = np.random.default_rng(seed)
    return rng, rng.normal(size=(K, T, D)), K, T, D, H


def test_rnn_equals_the_backward_pass():
    rng, xs, K, T, D, H = draw(0)
    W_x, W_h = rng.normal(size=(K, D, H)), rng.normal(size=(K, H, H)) / 2
    norms = survival.follow_rnn(xs, W_x, W_h)
    assert norms.shape == (K, T + 1)
    for k in range(K):
        sides, product = [], np.eye(H)
        hs, caches = bptt.rnn_forward(xs[k : k + 1], np.zeros((1, H)), W_x[k], W_h[k],
                                      np.zeros(H))
        for j in range(H):
            dhs = np.zeros((1, T, H))
            dhs[0, -1, j] = 1
            sides.append(bptt.rnn_backward(dhs, caches)["dh_init"][0])
        for t in range(T):
            product = product @ survival.rnn_jacobian(hs[0, t], W_h[k])
        np.testing.assert_allclose(product, np.array(sides).T, atol=1e-12)
        assert abs(norms[k, -1] - np.sqrt((product**2).sum() / H)) < 1e-12


def test_lstm_equals_the_backward_pass():
    rng, xs, K, T, D, H = draw(1)
    W_x, W_h = rng.normal(size=(K, D, 4 * H)), rng.normal(size=(K, H, 4 * H)) / 2
    b = rng.normal(size=(K, 4 * H))
    norms = survival.follow_lstm(xs, W_x, W_h, b)
    zero = np.zeros((1, H))
    for k in range(K):
        _, caches = bptt.lstm_forward(xs[k : k + 1], zero, zero, W_x[k], W_h[k], b[k])
        sides = []
        for j in range(H):
            dhs = np.zeros((1, T, H))
            dhs[0, -1, j] = 1
            sides.append(bptt.lstm_backward(dhs, caches)["dh_init"][0])
        assert abs(norms[k, -1] - np.sqrt((np.array(sides)**2).sum() / H)) < 1e-12


def test_without_recurrent_weights_the_belt_is_the_product_of_forget_gates():
    rng, xs, K, _, D, H = draw(2, T=30)
    W_x, b = rng.normal(size=(K, D, 4 * H)), rng.normal(size=(K, 4 * H)) + 1
    norms = survival.follow_lstm(xs, W_x, np.zeros((K, H, 4 * H)), b, which="c")
    for k in range(K):
        a_f = (xs[k] @ W_x[k] + b[k])[:, H : 2 * H]
        f = np.prod(1 / (1 + np.exp(-a_f)), axis=0)
        assert abs(norms[k, -1] - np.sqrt((f**2).mean())) < 1e-12


def test_a_rotation_without_inputs_keeps_everything():
    norms = survival.of_rnn(np.random.default_rng(0), draws=4, radius=1, size=0)
    np.testing.assert_allclose(norms, 1)


def test_the_bias_may_be_a_number_a_row_or_a_table():
    settings = dict(draws=4, T=5, H=3)
    rows = []
    for bias in (2.0, np.repeat([0, 2.0, 0, 0], 3),
                 np.tile(np.repeat([0, 2.0, 0, 0], 3), (4, 1))):
        rows.append(survival.of_lstm(np.random.default_rng(0), bias=bias, **settings))
    np.testing.assert_array_equal(rows[0], rows[1])
    np.testing.assert_array_equal(rows[0], rows[2])
    with pytest.raises(ValueError, match="bias must be a number or have shape"):
        survival.of_lstm(np.random.default_rng(0), bias=np.zeros(5), **settings)


def test_the_chrono_start_keeps_its_share_on_the_belt():
    rng = np.random.default_rng(0)
    b = np.stack([init.chrono_bias(rng, 32, 100) for _ in range(50)])
    kept = survival.of_lstm(rng, draws=50, bias=b, which="c")[:, -1]
    assert 0.1 < np.median(kept) < 0.4

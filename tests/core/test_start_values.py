"""Starting values and data have the distribution that their docstrings state."""

import numpy as np
import pytest

from lstm_helpers import init, tasks


@pytest.fixture
def rng():
    return np.random.default_rng(0)


def test_xavier_has_the_variance_of_glorot(rng):
    assert init.xavier(rng, 300, 500).std() == pytest.approx(np.sqrt(2 / 800), rel=0.01)


def test_orthogonal_keeps_lengths(rng):
    q = init.orthogonal(rng, 7)
    np.testing.assert_allclose(q @ q.T, np.eye(7), atol=1e-14)


def test_orthogonal_is_uniform_over_all_rotations(rng):
    # Without the signs the diagonal of such a draw is almost always negative.
    drawn = np.array([init.orthogonal(rng, 4) for _ in range(2000)])
    np.testing.assert_allclose(drawn.mean(axis=0), 0, atol=0.05)


@pytest.mark.parametrize("radius", [0, 0.9, 2.5])
def test_with_radius_has_that_radius(rng, radius):
    W_h = init.with_radius(rng.normal(size=(6, 6)), radius)
    assert np.abs(np.linalg.eigvals(W_h)).max() == pytest.approx(radius)


@pytest.mark.parametrize("draw, blocks", [(init.rnn_params, 1), (init.lstm_params, 4),
                                          (init.gru_params, 3)])
def test_every_gate_is_drawn_for_itself(rng, draw, blocks):
    D, H = 60, 80
    params = draw(rng, D, H)
    wanted = np.sqrt(2 / (D + H))  # the fans of one gate, not of all
    for W_x, W_h in zip(np.split(params["W_x"], blocks, axis=1),
                        np.split(params["W_h"], blocks, axis=1), strict=True):
        assert W_x.std() == pytest.approx(wanted, rel=0.05)
        np.testing.assert_allclose(W_h @ W_h.T, np.eye(H), atol=1e-12)
    b = params["b"].reshape(blocks, H)
    assert (b == [[0], [1], [0], [0]] if blocks == 4 else b == 0).all()


def test_chrono_biases_mirror_each_other_and_fill_their_range(rng):
    i, f, g, o = np.split(init.chrono_bias(rng, 20_000, 50), 4)
    assert (i == -f).all() and not g.any() and not o.any()
    assert f.min() >= 0 and f.max() <= np.log(49)
    np.testing.assert_allclose(np.quantile(np.exp(f), [0.25, 0.75]), [13, 37], atol=0.5)


def test_keras_params_are_glorot_over_all_four_gates(rng):
    D, H, O = 30, 50, 20
    params = init.keras_params(rng, D, H, O)
    for name, outputs in (("W_x", 4 * H), ("W_y", O)):
        rows = params[name].shape[0]
        limit = np.sqrt(6 / (rows + outputs))
        assert 0.97 * limit < np.abs(params[name]).max() <= limit
        assert params[name].std() == pytest.approx(limit / np.sqrt(3), rel=0.05)
    np.testing.assert_allclose(params["W_h"] @ params["W_h"].T, np.eye(H), atol=1e-12)
    assert params["b"].reshape(4, H).mean(axis=1).tolist() == [0, 1, 0, 0]


def test_phases_fill_the_circle_and_targets_are_one_step_ahead(rng):
    xs, ys, phases = tasks.sine(rng, N=20_000, T=4)
    assert 0 <= phases.min() and phases.max() < 2 * np.pi
    np.testing.assert_allclose(np.quantile(phases, [0.25, 0.5, 0.75]),
                               np.pi * np.array([0.5, 1, 1.5]), atol=0.1)
    np.testing.assert_array_equal(ys[:, :-1], xs[:, 1:])
    np.testing.assert_allclose(xs[:, 0, 0], np.sin(phases), atol=1e-14)
    omega = 2 * np.pi * 0.1  # what the docstring calls cycles per step
    np.testing.assert_allclose(ys[:, 0, 0], np.sin(omega + phases), atol=1e-14)

"""Two engines behind one interface: the same numbers, whatever the loss."""

import numpy as np
import pytest

from lstm_helpers import bptt, cells, gradcheck, gru, init, losses, readable
from lstm_helpers.fast import engine as fast

# N, T, D, H, O: ones, odd numbers, everything different
SIZES = [(1, 1, 1, 1, 1), (2, 4, 3, 5, 2), (1, 7, 2, 3, 4), (5, 9, 2, 1, 3),
         (7, 30, 2, 33, 5)]
CASES = [(cell, every) for cell in fast.KINDS for every in (False, True)]
LOSSES = tuple(losses.LOSSES.values())


def pair(cell, every, D, H, O, rng):
    """Both engines, with the same random parameters; no bias is zero."""
    engines = [kind(cell, D, H, O, every, np.float64)
               for kind in (fast.Engine, readable.Engine)]
    for name, z in engines[0].params.items():
        z[...] = rng.normal(size=z.shape) / np.sqrt(H + 2)
        engines[1].params[name][...] = z
    return engines


def draw(e, N, T, rng):
    """Inputs and states that are not zero."""
    c_init = rng.normal(size=(N, e.H)) if e.cell == "lstm" else None
    return rng.normal(size=(N, T, e.D)), rng.normal(size=(N, e.H)), c_init


def targets(kind, shape, rng):
    """Targets for predictions of a shape, and a mask that is True somewhere."""
    if kind is losses.SoftmaxCrossEntropy:
        ys = rng.integers(0, shape[-1], shape[:-1])
    else:
        ys = rng.random(shape)
    mask = rng.random(shape[:-1]) < 0.6
    mask.flat[0] = True
    return ys, mask


def difference(one, two):
    """The largest difference of two engines' gradients."""
    return max(np.abs(one.grads[k] - two.grads[k]).max() for k in two.grads)


@pytest.mark.parametrize("kind", LOSSES)
@pytest.mark.parametrize("cell, every", CASES)
def test_both_engines_say_the_same(cell, every, kind, capsys):
    rng, worst, loss = np.random.default_rng(0), 0, kind()
    for N, T, D, H, O in SIZES:
        one, two = pair(cell, every, D, H, O, rng)
        assert list(one.params) == list(two.params)
        for length in (T, T + 2, 1):
            arrays = draw(one, N, length, rng)
            y, wanted = one.forward(*arrays), two.forward(*arrays)
            ys, mask = targets(kind, wanted.shape, rng)
            gaps = [y - wanted]
            for a, b in zip(one.states()[:2], two.states()[:2], strict=True):
                gaps += [] if a is None else [a - b]
            gates, same = one.states()[2], two.states()[2]
            assert list(gates) == list(same)
            gaps += [gates[k] - same[k] for k in same]
            for counts in (None, mask):
                value, dy = loss(y, ys, counts)
                other, dy_too = loss(wanted, ys, counts)
                dxs = one.backward_from(dy, dxs=True)
                gaps += [dxs - two.backward_from(dy_too, dxs=True)]
                worst = max(worst, difference(one, two), abs(value - other))
            worst = max(worst, *(np.abs(gap).max() for gap in gaps))
    with capsys.disabled():
        print(f"\n{cell} every_step={every} {kind.name}: {worst:.1e}", end=" ")
    assert worst <= 1e-12


@pytest.mark.parametrize("cell, every", CASES)
def test_a_layer_without_a_head_hands_out_h_and_takes_dh(cell, every):
    rng = np.random.default_rng(1)
    for N, T, D, H, _ in SIZES:
        one, two = pair(cell, every, D, H, None, rng)
        arrays = draw(one, N, T, rng)
        y, wanted = one.forward(*arrays), two.forward(*arrays)
        assert wanted.shape == ((N, T, H) if every else (N, H))
        np.testing.assert_allclose(y, wanted, atol=1e-12)
        dy = rng.normal(size=y.shape)
        gap = one.backward_from(dy, dxs=True) - two.backward_from(dy, dxs=True)
        assert max(np.abs(gap).max(), difference(one, two)) <= 1e-12


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("kind", LOSSES)
@pytest.mark.parametrize("cell, every", CASES)
def test_gradients_of_every_loss_and_of_xs(cell, every, kind, seed, capsys):
    rng = np.random.default_rng(seed)
    e, _ = pair(cell, every, 3, 4, 3, rng)
    xs, h_init, c_init = draw(e, 2, 4, rng)
    ys, mask = targets(kind, (2, 4, 3) if every else (2, 3), rng)
    loss = kind()

    def value(xs, **params):
        for k, z in params.items():
            e.params[k][...] = z
        return loss(e.forward(xs, h_init, c_init), ys, mask)[0]

    arrays = {k: z.copy() for k, z in e.params.items()} | {"xs": xs}
    _, dy = loss(e.forward(xs, h_init, c_init), ys, mask)
    grads = {"xs": e.backward_from(dy, dxs=True)}
    grads |= {k: z.copy() for k, z in e.grads.items()}
    # two widths of centred differences, combined so that ε² drops out
    wide, narrow = ({k: gradcheck.numeric_gradient(value, arrays, k, eps)
                     for k in arrays} for eps in (2e-4, 1e-4))
    measured = {k: (4 * narrow[k] - wide[k]) / 3 for k in arrays}
    report = gradcheck.compare(grads, measured, tol=1e-9)
    with capsys.disabled():
        print(f"\n{cell} every_step={every} {kind.name}: {report.error:.1e}", end=" ")
    assert report.ok and set(grads) == set(arrays), str(report)


def test_parameters_can_be_kept_elsewhere():
    rng = np.random.default_rng(2)
    for e in pair("gru", True, 2, 3, 2, rng):
        xs, h_init, _ = draw(e, 2, 4, rng)
        before = e.forward(xs, h_init).copy()
        flat, grad = np.full((2, e.size + 7), 9.0)
        flat[3:-4] = e.flat
        e.place(flat[3:-4], grad[3:-4])
        np.testing.assert_array_equal(e.forward(xs, h_init), before)
        e.backward_from(np.ones_like(before))
        assert (grad[:3] == 9).all() and (grad[-4:] == 9).all()
        assert all(np.shares_memory(z, grad) for z in e.grads.values())
        assert (grad[3:-4] != 9).all()


@pytest.mark.parametrize("name", fast.KINDS)
def test_a_step_and_its_backward_make_a_cell(name):
    """The series' own cells, handed in as if they were new."""
    steps = {"lstm": (cells.lstm_step, cells.lstm_step_backward, init.lstm_params),
             "gru": (gru.gru_step, gru.gru_step_backward, init.gru_params),
             "rnn": (cells.rnn_step, cells.rnn_step_backward, init.rnn_params)}
    step, step_backward, params = steps[name]
    new = (*bptt.over_time(step, step_backward), params)
    rng = np.random.default_rng(3)
    one, two = (readable.Engine(cell, 3, 5, 2, True, np.float64)
                for cell in (name, new))
    one.flat[:] = two.flat[:] = rng.normal(size=one.size)
    arrays = draw(one, 4, 6, rng)
    np.testing.assert_array_equal(one.forward(*arrays), two.forward(*arrays))
    dy = rng.normal(size=(4, 6, 2))
    np.testing.assert_array_equal(one.backward_from(dy, True),
                                  two.backward_from(dy, True))
    np.testing.assert_array_equal(one.grad, two.grad)

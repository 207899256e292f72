"""Fitting: it learns, repeats, clips, stops with a word, and leaves nothing behind."""

import nbformat
import numpy as np
import pytest
from nbclient import NotebookClient
from threadpoolctl import threadpool_info

from lstm_helpers import tasks, train
from lstm_helpers.model import Recurrent


def sine(N=40, T=10, seed=0):
    xs, ys, _ = tasks.sine(np.random.default_rng(seed), N, T)
    return xs, ys


def fit(net=None, data=None, **options):
    net = net or Recurrent(H=6, every_step=True)
    xs, ys = data or sine()
    return net, train.fit(net, xs, ys, **{"epochs": 5, "batch_size": 8} | options)


def test_the_loss_falls_and_the_history_is_plain():
    net, history = fit(epochs=30, optimizer=train.Adam(0.02), validation=sine(seed=1))
    assert history.loss[-1] < history.loss[0] / 5
    for z in (history.loss, history.val_loss, history.grad_norm):
        assert z.shape == (30,) and z.dtype == np.float64
    assert history.val_loss[-1] == pytest.approx(net.loss(*sine(seed=1)))
    assert history.stopped == ""


def test_the_same_seed_is_the_same_run():
    runs = [fit(rng=3)[1].loss for _ in range(2)]
    np.testing.assert_array_equal(*runs)
    assert (fit(rng=4)[1].loss != runs[0]).any()


@pytest.mark.parametrize("optimizer", [train.Adam(0.01), train.SGD(0.1, 0.9)])
def test_a_step_is_the_textbook_s(optimizer):
    """Three steps against the equations, written out."""
    rng = np.random.default_rng(0)
    w, grads = rng.normal(size=5), rng.normal(size=(3, 5))
    flat = w.copy()
    m = v = 0
    for t, grad in enumerate(grads, 1):
        optimizer.step(flat, grad, 0.01)
        if isinstance(optimizer, train.SGD):
            v = 0.9 * v + grad
            w = w - 0.01 * v
        else:
            m = 0.9 * m + 0.1 * grad
            v = 0.999 * v + 0.001 * grad**2
            w = w - 0.01 * (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
    np.testing.assert_allclose(flat, w, rtol=1e-12)


@pytest.mark.parametrize("kind", [train.Adam, train.SGD])
def test_an_optimizer_forgets_one_model_before_the_next(kind):
    used, fresh = kind(0.05), kind(0.05)
    fit(Recurrent(H=6, every_step=True, rng=1), optimizer=used)
    np.testing.assert_array_equal(fit(optimizer=used)[1].loss,
                                  fit(optimizer=fresh)[1].loss)


def test_clipping_by_norm_keeps_the_direction_by_value_does_not():
    class Recorder:
        lr, seen = 1.0, ()

        def step(self, flat, grad, lr):
            self.seen = grad.copy()

    free, by_norm, by_value = Recorder(), Recorder(), Recorder()
    common = dict(epochs=1, batch_size=None)
    _, history = fit(optimizer=free, **common)
    fit(optimizer=by_norm, clip_norm=0.01, **common)
    fit(optimizer=by_value, clip_value=0.01, **common)
    np.testing.assert_allclose(np.linalg.norm(by_norm.seen), 0.01, rtol=1e-5)
    np.testing.assert_allclose(by_norm.seen / 0.01,
                               free.seen / np.linalg.norm(free.seen), atol=1e-6)
    np.testing.assert_allclose(by_value.seen, free.seen.clip(-0.01, 0.01), atol=1e-8)
    assert history.grad_norm[0] == pytest.approx(np.linalg.norm(free.seen), rel=1e-5)


def test_the_cosine_falls_from_lr_to_nearly_zero():
    class Recorder:
        lr = 0.5

        def __init__(self):
            self.rates = []

        def step(self, flat, grad, lr):
            self.rates.append(lr)

    cosine, constant = Recorder(), Recorder()
    fit(optimizer=cosine, schedule="cosine")
    fit(optimizer=constant)
    assert cosine.rates[0] == 0.5 and 0 < cosine.rates[-1] < 0.01
    assert (np.diff(cosine.rates) < 0).all() and len(cosine.rates) == 25
    assert set(constant.rates) == {0.5}


def test_every_sequence_is_seen_once_an_epoch_also_in_a_short_last_batch():
    class Nothing:
        lr = 0.0

        def step(self, flat, grad, lr):
            pass

    net, history = fit(batch_size=7, optimizer=Nothing())  # 40 = 5 · 7 + 5
    np.testing.assert_allclose(history.loss, net.loss(*sine()), rtol=1e-5)


def test_a_loss_that_explodes_stops_with_advice_and_keeps_the_last_good(capsys):
    net, history = fit(optimizer=train.SGD(1e30), epochs=9)
    assert "no longer finite" in history.stopped and "clip_norm" in history.stopped
    assert history.stopped in capsys.readouterr().out
    assert len(history.loss) < 9 and np.isfinite(history.loss).all()
    assert np.isfinite(net.predict(sine()[0])).all()


def test_an_interrupt_keeps_what_was_learned(capsys):
    class Impatient(train.Adam):
        def step(self, flat, grad, lr):
            super().step(flat, grad, lr)
            if self.steps == 12:
                raise KeyboardInterrupt

    untrained = Recurrent(H=6, every_step=True)
    net, history = fit(optimizer=Impatient(0.01), validation=sine(seed=1))
    assert len(history.loss) == len(history.val_loss) == 2  # of 5 steps each
    assert net.loss(*sine()) < untrained.loss(*sine())
    assert "Interrupted after 2 epochs" in history.stopped
    assert history.stopped in capsys.readouterr().out


def test_threads_and_settings_are_put_back():
    before = [pool["num_threads"] for pool in threadpool_info()]
    buffer, errors = np.getbufsize(), np.geterr()
    fit()
    assert [pool["num_threads"] for pool in threadpool_info()] == before
    assert (np.getbufsize(), np.geterr()) == (buffer, errors)
    with train.full_speed():
        assert {pool["num_threads"] for pool in threadpool_info()
                if pool["user_api"] == "blas"} == {1}


def test_data_and_targets_are_left_alone():
    xs, ys = sine()
    copies = xs.copy(), ys.copy()
    fit(data=(xs, ys))
    np.testing.assert_array_equal(xs, copies[0])
    np.testing.assert_array_equal(ys, copies[1])


def test_bad_input_names_the_argument():
    xs, ys = sine()
    nan = xs.copy()
    nan[1, 2, 0] = np.nan
    cases = [
        (dict(data=(xs[..., 0], ys)), ValueError, "feature axis with xs[..., None]"),
        (dict(data=(xs, ys[:-1])), ValueError, "ys must have shape (40, 10, 1)"),
        (dict(data=(xs, ys[..., 0])), ValueError, "the last axis with ys[..., None]"),
        (dict(data=(nan, ys)), ValueError, "xs must be finite, got nan at [1, 2, 0]"),
        (dict(data=(xs[:0], ys[:0])), ValueError, "xs must not be empty"),
        (dict(data=(list(xs), ys)), TypeError, "xs must be a NumPy array"),
        (dict(epochs=0), ValueError, "epochs must be at least 1"),
        (dict(batch_size=2.5), TypeError, "batch_size must be a whole number"),
        (dict(optimizer=0.01), TypeError, "optimizer must be Adam(...) or SGD(...)"),
        (dict(optimizer=train.Adam), TypeError, "optimizer must be Adam(...)"),
        (dict(schedule="linear"), ValueError, "one of constant, cosine"),
        (dict(clip_norm=0), ValueError, "clip_norm must be above 0"),
        (dict(clip_value=-1), ValueError, "clip_value must be from 0"),
        (dict(validation=xs), ValueError, "validation must be a pair (xs, ys)"),
        (dict(validation=(xs, xs[:1])), ValueError, "validation: ys must have shape"),
    ]
    for options, error, words in cases:
        with pytest.raises(error) as caught:
            fit(**options)
        assert words in str(caught.value), caught.value
    with pytest.raises(ValueError, match="lr must be from 0"):
        train.Adam(-1)
    with pytest.raises(TypeError, match="model must be"):
        train.fit("model", xs, ys)


def test_a_notebook_stores_nothing_of_the_bar():
    """Run twice in a real kernel: one empty display, the same bytes both times."""
    code = (
        "import numpy as np\n"
        "from lstm_helpers import tasks, train\n"
        "from lstm_helpers.model import Recurrent\n"
        "xs, ys, _ = tasks.sine(np.random.default_rng(0), 40, 10)\n"
        "net = Recurrent(H=4, every_step=True)\n"
        "history = train.fit(net, xs, ys, epochs=300)"
    )
    stored = []
    for _ in range(2):
        book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])
        NotebookClient(book, timeout=120, kernel_name="python3").execute()
        stored.append(book.cells[0].outputs)
    assert stored[0] == stored[1]
    assert [(z.output_type, dict(z.data)) for z in stored[0]] == [
        ("display_data", {"text/plain": ""})]


def adding(rng, N=16, T=8):
    """Two numbers of a sequence are marked; the target is their sum."""
    xs = np.zeros((N, T, 2), np.float32)
    xs[..., 0] = rng.random((N, T))
    for k in range(N):
        xs[k, rng.choice(T, 2, replace=False), 1] = 1
    return xs, (xs[..., :1] * xs[..., 1:]).sum(axis=1)


def stream(net=None, draw=adding, **options):
    net = net or Recurrent(D=2, H=6)
    return net, train.fit_stream(net, draw, **{"progress": False} | options)


def test_a_stream_is_the_loop_written_out():
    net, seen = stream(updates=30, optimizer=train.Adam(0.01), clip_norm=0.1, rng=5)
    again, rng, adam = Recurrent(D=2, H=6), np.random.default_rng(5), train.Adam(0.01)
    e = again.engine
    for k in range(30):
        xs, ys = adding(rng)
        y = e.forward(xs)
        assert seen.loss[k] == pytest.approx(np.mean((y - ys) ** 2), rel=1e-5)
        e.backward_from(2 * (y - ys) / y.size)
        norm = np.sqrt(e.grad @ e.grad)
        assert seen.grad_norm[k] == pytest.approx(norm, rel=1e-4)
        e.grad *= min(1, 0.1 / norm)
        adam.step(e.flat, e.grad, 0.01)
    np.testing.assert_allclose(e.flat, net.engine.flat, rtol=1e-3, atol=1e-5)
    assert (seen.sequences, seen.met, seen.stopped) == (480, False, "")


def test_a_stream_asks_before_the_update_and_stops_after_it():
    net, asked = Recurrent(D=2, H=6), []

    def until(seen):
        np.testing.assert_allclose(seen.y, net.predict(seen.xs), atol=1e-6)
        assert seen.loss == pytest.approx(net.loss(seen.xs, seen.ys), rel=1e-5)
        asked.append((seen.sequences, net.engine.flat.copy()))
        return len(asked) == 3

    _, seen = stream(net, until=until)
    assert [count for count, _ in asked] == [16, 32, 48]
    assert seen.met and len(seen.loss) == len(seen.grad_norm) == 3
    assert (net.engine.flat != asked[-1][1]).all()


def test_a_stream_that_explodes_goes_back_to_what_was_finite(capsys):
    net, seen = stream(optimizer=train.SGD(1e30), updates=9)
    assert "no longer finite" in seen.stopped and "update" in seen.stopped
    assert seen.stopped in capsys.readouterr().out
    assert len(seen.loss) < 9 and np.isfinite(seen.loss).all()
    assert np.isfinite(net.engine.flat).all()


@pytest.mark.parametrize("where", ["draw", "step", "until"])
def test_an_interrupt_of_a_stream_leaves_whole_updates(where, capsys):
    calls = []

    def stop(here):
        calls.append(here)
        if here == where and calls.count(where) == 4:
            raise KeyboardInterrupt

    def draw(rng):
        stop("draw")
        return adding(rng)

    class Torn(train.Adam):
        def step(self, flat, grad, lr):
            flat[:3] += 1  # half a step
            stop("step")
            flat[:3] -= 1
            super().step(flat, grad, lr)

    net, seen = stream(draw=draw, optimizer=Torn(0.01),
                       until=lambda seen: stop("until"))
    whole, _ = stream(updates=3, optimizer=train.Adam(0.01))
    np.testing.assert_allclose(net.engine.flat, whole.engine.flat, atol=1e-6)
    assert len(seen.loss) == len(seen.grad_norm) == 3
    assert "Interrupted after 3 updates" in capsys.readouterr().out


def test_a_stream_takes_masks_and_batches_of_any_size():
    net = Recurrent(D=2, H=6, O=3, every_step=True, loss="softmax")

    def draw(rng):
        N, T = rng.integers(2, 9, 2)
        xs, ys = rng.normal(size=(N, T, 2)), rng.integers(0, 3, (N, T))
        mask = np.arange(T) < rng.integers(1, T + 1, N)[:, None]
        return xs, ys, mask

    _, seen = stream(net, draw, updates=20)
    assert len(seen.loss) == 20 and 0.5 < seen.loss.mean() < 2


def test_padding_changes_nothing_that_is_learned():
    """Three lengths in one padded batch, or a shorter one alone: the same gradient."""
    rng = np.random.default_rng(0)
    xs, ys = rng.normal(size=(5, 9, 2)), rng.integers(0, 3, (5, 9))
    net = Recurrent(D=2, H=4, O=3, every_step=True, loss="softmax", dtype=np.float64)
    loss, grads = net.loss_and_grads(xs[:, :6], ys[:, :6])
    padded = net.loss_and_grads(xs, ys, mask=np.tile(np.arange(9) < 6, (5, 1)))
    assert padded[0] == pytest.approx(loss, rel=1e-14)
    for name, gradient in grads.items():
        np.testing.assert_allclose(padded[1][name], gradient, atol=1e-15)


@pytest.mark.parametrize("cell", ["lstm", "gru", "rnn"])
@pytest.mark.parametrize("kind", ["mse", "softmax", "logistic"])
def test_both_engines_train_alike(kind, cell):
    rng = np.random.default_rng(1)
    xs = rng.normal(size=(20, 6, 2))
    ys = (rng.integers(0, 3, (20, 6)) if kind == "softmax"
          else rng.integers(0, 2, (20, 6, 3)).astype(float))
    mask = rng.random((20, 6)) < 0.8
    histories = []
    for engine in ("fast", "readable"):
        net = Recurrent(cell, 2, 5, 3, every_step=True, dtype=np.float64, loss=kind,
                        engine=engine)
        histories.append(train.fit(
            net, xs, ys, 8, 6, train.Adam(0.02), "cosine", clip_norm=0.5, mask=mask,
            validation=(xs, ys, mask), progress=False))
    one, two = histories
    assert one.loss[-1] < one.loss[0]
    for a, b in zip(one[:3], two[:3], strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-9)


def test_keep_best_ends_with_the_epoch_of_the_lowest_validation_loss():
    rng = np.random.default_rng(0)
    xs, ys = rng.normal(size=(20, 5, 1)), rng.normal(size=(20, 1))  # nothing to learn
    val = rng.normal(size=(30, 5, 1)), rng.normal(size=(30, 1))
    last, best = (Recurrent("rnn", H=6, rng=0, dtype=np.float64) for _ in range(2))
    seen = train.fit(last, xs, ys, 40, 5, train.Adam(0.05), validation=val,
                     progress=False)
    train.fit(best, xs, ys, 40, 5, train.Adam(0.05), validation=val,
              progress=False, keep_best=True)
    assert seen.val_loss.argmin() < 39
    np.testing.assert_allclose(best.loss(*val), seen.val_loss.min())
    np.testing.assert_allclose(last.loss(*val), seen.val_loss[-1])
    with pytest.raises(ValueError, match="keep_best needs validation"):
        train.fit(best, xs, ys, 1, keep_best=True, progress=False)

"""Every public function with each argument replaced: the error names the argument.

An argument that is wrong must end in a TypeError or ValueError whose text has its name.
What is right by chance (True where any number goes, say) is listed below with a reason.
"""

import inspect
import re
from pathlib import Path

import numpy as np
import pytest

from lstm_helpers import (
    baselines,
    bptt,
    cells,
    faults,
    forecast,
    frameworks,
    gradcheck,
    gru,
    init,
    losses,
    memory,
    model,
    one_unit,
    own_text,
    survival,
    tasks,
    text,
    train,
    two_dense,
)

N, T, D, H, O = 2, 4, 3, 5, 2
rng = np.random.default_rng(0)


def arrays(**shapes):
    return {name: rng.normal(size=shape) for name, shape in shapes.items()}


RNN = arrays(W_x=(D, H), W_h=(H, H), b=H)
LSTM = arrays(W_x=(D, 4 * H), W_h=(H, 4 * H), b=4 * H)
GRU = arrays(W_x=(D, 3 * H), W_h=(H, 3 * H), b=3 * H, b_n=H)
STEP = arrays(x_t=(N, D), h_prev=(N, H))
RUN = arrays(xs=(N, T, D), h_init=(N, H))
C_PREV, C_INIT = arrays(c_prev=(N, H)), arrays(c_init=(N, H))
NET = model.Recurrent("lstm", D, H, O, every_step=True, dtype=np.float64)
SQUARE = model.Recurrent("lstm", D, H, D, every_step=True, dtype=np.float64)
ADDER = model.Recurrent("lstm", 2, H, 1, rng=0)
XS, YS = rng.normal(size=(N, T, D)), rng.normal(size=(N, T, O))
MASK = np.array([[True, True, False, False], [True, True, True, False]])
CLASSES = rng.integers(0, O, (N, T))
OWN = (*bptt.over_time(cells.rnn_step, cells.rnn_step_backward), init.rnn_params)


SQUARED = {"W": rng.normal(size=(2, 3))}
DOUBLED = {"W": 2 * SQUARED["W"]}


def square(W):
    return np.sum(W**2)


def draw(rng):
    return XS, YS


def until(seen):
    return True


def calls():
    """Every public function, with arguments that are right."""
    generator = np.random.default_rng(0)
    sizes = dict(rng=generator, D=D, H=H)
    dh = arrays(dh_t=(N, H))
    dhs = arrays(dhs=(N, T, H))
    fitting = dict(epochs=1, batch_size=2, optimizer=train.Adam(), schedule="cosine",
                   clip_norm=1.0, clip_value=1.0, validation=(XS, YS), rng=0,
                   progress=False, mask=MASK)
    building = dict(cell="lstm", D=D, H=H, O=O, every_step=True, rng=0, forget_bias=1.0,
                    dtype=np.float32, loss="mse", engine="fast", layers=1,
                    both_ways=False)
    yield cells.sigmoid, dict(a=STEP["x_t"])
    yield cells.rnn_step, STEP | RNN
    yield cells.lstm_step, STEP | C_PREV | LSTM
    yield gru.gru_step, STEP | GRU
    yield cells.rnn_step_backward, dh | dict(cache=cells.rnn_step(**STEP, **RNN)[1])
    yield cells.lstm_step_backward, dh | arrays(dc_next=(N, H)) | dict(
        cache=cells.lstm_step(**STEP, **C_PREV, **LSTM)[2])
    yield gru.gru_step_backward, dh | dict(cache=gru.gru_step(**STEP, **GRU)[1])
    for forward, backward, parameters in (
            (bptt.rnn_forward, bptt.rnn_backward, RNN),
            (bptt.lstm_forward, bptt.lstm_backward, C_INIT | LSTM),
            (gru.gru_forward, gru.gru_backward, GRU)):
        yield forward, RUN | parameters
        given = dhs | dict(caches=forward(**RUN, **parameters)[1])
        if "step" in inspect.signature(backward).parameters:
            given["step"] = (cells.rnn_step_backward if parameters is RNN
                             else cells.lstm_step_backward)
        yield backward, given
    yield bptt.over_time, dict(step=cells.rnn_step,
                               step_backward=cells.rnn_step_backward)
    yield gradcheck.numeric_gradient, dict(loss=square, arrays=SQUARED,
                                           name="W", eps=1e-5)
    yield gradcheck.check_gradients, dict(loss=square, arrays=SQUARED,
                                          grads=DOUBLED, tol=1e-8, eps=1e-5)
    yield gradcheck.compare, dict(grads=DOUBLED, measured=DOUBLED, tol=1e-8)
    yield faults.replace_line, dict(function=cells.lstm_step_backward,
                                    right="dc_prev = dc_t * f_t", wrong="dc_prev = 0")
    yield faults.plant, dict(fault=faults.STEP[0])
    yield faults.problem, dict(seed=0, N=N, T=T, D=D, H=H)
    yield faults.forward, dict(seed=0)
    yield faults.report, dict(backward=bptt.lstm_backward, seed=0)
    yield faults.table, dict(T=1, seed=0)
    yield faults.red_blocks, dict(backward=bptt.lstm_backward, seed=0)
    yield init.xavier, dict(rng=generator, fan_in=2, fan_out=3)
    yield init.orthogonal, dict(rng=generator, size=3)
    yield init.with_radius, dict(W_h=RNN["W_h"], radius=0.9)
    yield init.rnn_params, sizes
    yield init.lstm_params, sizes | dict(forget_bias=1.0)
    yield init.gru_params, sizes
    yield init.keras_params, sizes | dict(O=O, K=4)
    yield init.chrono_bias, dict(rng=generator, H=H, T_max=10)
    yield tasks.sine, dict(rng=generator, N=N, T=T, frequency=0.1)
    yield tasks.three_waves, dict(T=5)
    yield tasks.counting_windows, dict(numbers=9, T=3)
    yield baselines.persistence, dict(xs=XS)
    yield baselines.two_lag_rule, dict(xs=XS, frequency=0.1)
    yield baselines.LinearAutoregression().fit, dict(xs=XS, ys=YS[:, 0])
    yield baselines.LinearAutoregression().fit(XS, YS[:, 0]).predict, dict(xs=XS)
    yield losses.softmax, dict(y=YS)
    for kind, ys in ((losses.MeanSquaredError, YS), (losses.Logistic, YS**2 / 20),
                     (losses.SoftmaxCrossEntropy, CLASSES)):
        for function in (kind(), kind().value):
            yield function, dict(y=YS, ys=ys, mask=MASK)
    yield losses.named, dict(loss="mse")
    yield model.Recurrent, building | dict(dense=3)
    yield two_dense.TwoDense, dict(cell="rnn", D=D, H=H, K=4, O=O, rng=0)
    run = dict(xs=XS) | arrays(h_init=(N, H), c_init=(N, H))
    yield NET.predict, run
    yield NET.states, run
    yield NET.advance, run
    yield NET.loss_and_grads, run | dict(ys=YS, mask=MASK, dxs=True)
    yield NET.loss, dict(xs=XS, ys=YS, mask=MASK)
    yield SQUARE.free_run, run | dict(steps=2)
    yield NET.params.update, dict(values={"b_y": np.ones(O)})
    yield NET.save, dict(path="nowhere/net.npz")
    yield model.load, dict(path="nowhere.npz")
    yield train.SGD, dict(lr=0.1, momentum=0.9)
    yield train.Adam, dict(lr=0.1, beta_1=0.9, beta_2=0.99, eps=1e-8)
    yield train.Update, dict(optimizer=train.Adam(), schedule="cosine", clip_norm=1.0,
                             clip_value=1.0, updates=3)
    yield train.fit, dict(model=NET, xs=XS, ys=YS) | fitting
    yield train.fit_stream, dict(
        model=NET, draw=draw, until=until, updates=1, optimizer=train.Adam(),
        schedule="cosine", clip_norm=1.0, clip_value=1.0, rng=0, progress=False)
    yield train.one_epoch, dict(model=NET, xs=XS, ys=YS, update=train.Update(),
                                batch_size=2, rng=generator, mask=MASK)
    yield frameworks.to_keras, dict(params=LSTM)
    yield frameworks.to_torch, dict(params=LSTM)
    yield frameworks.from_keras, dict(source=frameworks.to_keras(LSTM))
    yield frameworks.from_torch, dict(source=frameworks.to_torch(LSTM))
    yield frameworks.describe, dict(model=3)
    yield survival.follow_rnn, dict(xs=XS, W_x=np.stack([RNN["W_x"]] * N),
                                    W_h=np.stack([RNN["W_h"]] * N))
    yield survival.follow_lstm, dict(xs=XS) | {
        name: np.stack([LSTM[name]] * N) for name in LSTM}
    yield survival.rnn_jacobian, dict(h_t=STEP["h_prev"][0], W_h=RNN["W_h"])
    few = dict(rng=generator, draws=2, T=3, H=4, D=2, size=1.0)
    yield survival.of_rnn, few | dict(radius=0.9)
    yield survival.of_lstm, few | dict(bias=1.0)
    yield tasks.adding, dict(rng=generator, N=N, T=10, L=11)
    yield tasks.multiplication, dict(rng=generator, N=N, T=10, L=11)
    yield tasks.temporal_order, dict(rng=generator, N=N, marks=2, L=100)
    yield tasks.recall, dict(rng=generator, N=N, T=5, symbols=4)
    yield memory.open_gates, dict(model=NET, T=10)
    yield memory.Criterion, dict(limit=0.04, run=20, mean=0.01, errors=0)
    yield memory.count_wrong, dict(model=ADDER, task="adding", N=4, T=10, seed=1)
    yield one_unit.small_inputs, dict(seed=1, size=0.2)
    texts, labels = ["good", "bad", "so good", "so bad"] * 13, ["yes", "no"] * 26
    yield text.Vocabulary, dict(texts=texts, least=1, most=9, unknown=True)
    yield text.one_hot, dict(ids=CLASSES, V=4, dtype=np.float32)
    yield text.split, dict(items=[*"abcdefghij"], seed=0, test=3, validation=3)
    yield text.NGram, dict(n=3, smoothing="kneser-ney")
    yield text.tempered, dict(p=np.array([0.2, 0.8]), temperature=1.0)
    yield text.sentences, dict(rng=generator, N=5)
    yield own_text.evaluate, dict(texts=texts, labels=labels, folds=2, seed=0,
                                  progress=False)
    y = rng.normal(size=40)
    yield forecast.rmse, dict(ys=y, forecast=y + 1)
    yield forecast.skill, dict(error=1.0, reference=2.0)
    yield forecast.scale_of, dict(values=y)
    yield forecast.band, dict(residuals=y, share=0.8)
    yield forecast.coverage, dict(ys=y, forecast=y, low=-1.0, high=1.0)
    yield forecast.mackey_glass, dict(n=20, tau=17.0, every=1, skip=5, dt=0.1)
    yield forecast.Network, dict(kind="lstm", H=4, change=True, epochs=1, lr=0.01,
                                 seed=0, dtype=np.float32)


def wrong(value):
    """What to put in the place of a right value, by name."""
    yield "None", None
    yield "object", object()
    if isinstance(value, np.ndarray):
        kinds = {"list": value.tolist(), "text": "xs", "axis less": value[0],
                 "axis more": value[None], "empty": value[:0],
                 "complex": value + 1j, "object array": value.astype(object)}
        if value.dtype == float:
            nan, infinite = value.copy(), value.copy()
            nan.flat[-1], infinite.flat[0] = np.nan, np.inf
            kinds |= {"NaN": nan, "infinity": infinite, "bool": value > 0}
        yield from kinds.items()
    elif isinstance(value, bool):
        yield from {"list": [True], "text": "True", "fraction": 0.5, "number": 1,
                    "complex": 1j, "array": np.ones(2)}.items()
    elif isinstance(value, int | float):
        yield from {"list": [value], "text": "1", "NaN": np.nan, "infinity": np.inf,
                    "complex": 1j, "bool": True, "negative": -1, "array": np.ones(2),
                    "empty": np.ones(0)}.items()
        if isinstance(value, int):
            yield "fraction", 1.5
    elif isinstance(value, str):
        yield from {"list": [value], "text": "no such", "number": 1, "bool": True,
                    "complex": 1j, "array": np.ones(2), "NaN": np.nan}.items()
    elif hasattr(value, "_fields") or isinstance(value, list | tuple):
        yield from {"text": "cache", "number": 1, "empty": (), "list": [None],
                    "array": np.ones(2)}.items()
    else:
        yield from {"list": [1], "text": "no such", "fraction": 1.5, "bool": True,
                    "complex": 1j, "array": np.ones(2), "number": -1}.items()


def right_after_all(function, name, kind):
    """Whether a replacement is no mistake; each rule has its reason."""
    optional = inspect.signature(function).parameters[name].default is None
    where = getattr(function, "__qualname__", type(function).__name__)
    return (
        (kind == "None" and (optional or name == "batch_size"))
        # a squashing function takes any real numbers: NaN stays NaN
        or (where == "sigmoid" and kind in ("axis less", "axis more", "empty", "NaN",
                                           "infinity"))
        # without a batch axis, or with one more, it is a loss all the same
        or (name == "y" and kind in ("axis less", "axis more"))
        # a bias, a bound and a size that scales inputs may be negative
        or (name in ("forget_bias", "bias", "size", "low") and kind == "negative")
        # numbers of symbols may come in any shape, as an array or as lists
        or (name == "ids" and kind in ("list", "axis less", "axis more", "empty"))
        # probabilities lie along the last axis, whatever stands before it
        or (name in ("p", "residuals", "values") and kind == "axis more")
        # an interval may lie below zero as a whole
        or (name == "high" and kind == "negative")
        # no bound on the mean
        or (name == "mean" and kind == "infinity")
        # a series has NaN where a reading is missing
        or (where == "scale_of" and kind == "NaN")
        # any text names a file, and any line of code is a line
        or (name in ("path", "wrong") and kind == "text")
    )


CASES = [(function, given, name, kind, value) for function, given in calls()
         for name in given for kind, value in wrong(given[name])
         if not right_after_all(function, name, kind)]


def title(function):
    return getattr(function, "__qualname__", type(function).__name__)


def outcome(function, given, name, value):
    """Return "" if the error is clear, else what happened instead."""
    try:
        function(**given | {name: value})
    except (TypeError, ValueError) as error:
        named = re.match(rf"(\w+: )?{name}\b", str(error))
        return "" if named else f"{type(error).__name__}: {error}"
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return "no error"


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("nowhere").mkdir()


def test_right_arguments_are_taken():
    for function, given in calls():
        if title(function) not in ("load", "describe"):
            function(**given)


def test_a_wrong_argument_is_named(capsys):
    unclear = []
    for function, given, name, kind, value in CASES:
        said = outcome(function, given, name, value)
        if said:
            unclear.append(f"{title(function)}({name}={kind}): {said[:160]}")
    share = 1 - len(unclear) / len(CASES)
    with capsys.disabled():
        print(f"\n{len(CASES)} wrong arguments, {100 * share:.1f} % answered clearly")
        print("\n".join(unclear))
    assert share >= 0.99

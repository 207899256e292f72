"""How far 400 first names are learned by heart: the stored runs of the comparison.

``python -m benchmarks.by_heart`` trains LSTMs of several sizes, with dropout, L2 and
without; notebook 12 and its explorer read data/by_heart.json.
"""

import json
from functools import cache
from pathlib import Path

import numpy as np

from lstm_helpers import text, validate
from lstm_helpers.model import Recurrent
from lstm_helpers.regularise import Dropout, fit

PATH = Path(__file__).parent / "data" / "by_heart.json"
N, EPOCHS = 400, 40
SIZES, RATES = (8, 16, 32, 64, 128), (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7)
L2 = (3e-5, 1e-4, 3e-4, 1e-3)


@cache
def names():
    """Return the vocabulary, and 400 names to train, 500 to choose, 500 to test."""
    train, validation, test = text.split(text.first_names(), 0, 500, 500)
    vocabulary = text.Vocabulary(train)
    return vocabulary, [vocabulary.batch(z) for z in (train[:N], validation, test)]


def network(H, inputs=0.0, states=0.0, seed=0):
    """Return an untrained LSTM for letters and its dropout.

    Returns
    -------
    model : Recurrent
    dropout : Dropout
    """
    dropout = Dropout(inputs, states, rng=seed)
    model = Recurrent(dropout.cell, D=27, H=H, O=27, every_step=True, loss="softmax",
                      engine="readable", rng=seed)
    return model, dropout


def job(H, seed, inputs=0.0, states=0.0, l2=0.0):
    """Train one network; return its curves in bits a letter.

    Returns
    -------
    dict
        ``train``, ``val``, one entry an epoch; ``last`` and ``stopped``, the bits on
        the test names after the last epoch and at the best one by `val`.
    """
    _, (train, val, test) = names()
    model, dropout = network(H, inputs, states, seed)
    curves = fit(model, train, val, EPOCHS, 0.01, dropout=dropout, l2=l2, rng=seed)
    last = model.loss(*test)
    model.engine.flat[:] = curves.best
    bits = [np.round(z / np.log(2), 3).tolist() for z in
            (curves.train, curves.val, last, model.loss(*test))]
    return dict(zip(("train", "val", "last", "stopped"), bits, strict=True))


@cache
def runs():
    """Return all stored runs: a list of (settings, result)."""
    stored = json.loads(PATH.read_text(encoding="utf-8"))
    return [(json.loads(name), result) for name, result in stored.items()]


def of(**how):
    """Return the stored runs with these settings, one a seed; what is left out is 0.

    Parameters
    ----------
    **how
        ``H``, ``inputs``, ``states``, ``l2`` of `job`.

    Raises
    ------
    ValueError
        If there is no such run.
    """
    wanted = dict(inputs=0.0, states=0.0, l2=0.0) | how
    found = [result for name, result in runs()
             if {k: name.get(k, 0.0) for k in wanted} == wanted]
    if not found:
        raise ValueError(f"how must be settings that were stored, got {how}")
    return found


def mean(found, key):
    """Return the mean over runs of a figure or a curve."""
    return np.mean([run[key] for run in found], axis=0)


def best(kind, H=64):
    """Return the strength of one kind of help that `val` prefers, and its runs.

    Parameters
    ----------
    kind : {"inputs", "states", "l2"}
    H : int

    Returns
    -------
    strength : float
    runs : list of dict
    """
    strengths = L2 if kind == "l2" else RATES[1:]
    validate.one_of("kind", kind, ("inputs", "states", "l2"))
    return min(((z, of(H=H, **{kind: z})) for z in strengths),
               key=lambda pair: mean(pair[1], "val").min())


def counted(n=5):
    """Return the bits a letter of an n-gram that counts the same 400 names."""
    train, _, test = text.split(text.first_names(), 0, 500, 500)
    return text.NGram(n).fit(train[:N], names()[0]).bits(test)


def table():
    """Return the remedies as text: bits on new names after 40 epochs, and stopped.

    L2 and dropout at the strength that `val` prefers; all with 64 units but one.

    Returns
    -------
    str
    """
    rows = [("nothing", of(H=64)), ("16 units", of(H=16))]
    for kind, name in (("l2", "L2, λ = {:g}"), ("inputs", "dropout of inputs, {:g}"),
                       ("states", "dropout of states, {:g}")):
        strength, found = best(kind)
        rows.append((name.format(strength), found))
    lines = [f"{'':24} after {EPOCHS} epochs       stopped early         seeds"]
    for name, found in rows:
        cells = []
        for key in ("last", "stopped"):
            bits = [run[key] for run in found]
            cells.append(f"{np.mean(bits):.2f} ({min(bits):.2f}-{max(bits):.2f})")
        lines.append(f"{name:24} {cells[0]:21} {cells[1]:21} {len(found)}")
    return "\n".join(lines)

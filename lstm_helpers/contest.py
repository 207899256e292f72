"""Which cell? One budget, three tasks, seeds; and the stored runs of the comparison.

Every cell gets as many units as fit into the same number of parameters, the same count
of updates on the same data, and the same learning rate. A control runs three of them at
three times the rate and at a third of it. ``python -m benchmarks.variants`` runs it
all; notebook 12 prints what stands in data/variants.json.
"""

import json
from functools import cache
from pathlib import Path
from time import process_time
from typing import NamedTuple

import numpy as np

from lstm_helpers import tasks, text, validate
from lstm_helpers.model import Recurrent
from lstm_helpers.train import Adam, fit_stream
from lstm_helpers.variants import CELLS

PATH = Path(__file__).parent / "data" / "variants.json"
RATE, SEEDS = 0.01, 5
CONTROL, RATES, CONTROL_SEEDS = ("rnn", "lstm", "gru"), (0.003, 0.01, 0.03), 3
KINDS = (*CELLS, "two layers", "both ways")  # the last two of LSTMs
HELD = 1000  # sequences to look at, and as many that test


class Task(NamedTuple):
    """What is learned: sizes, how many updates of 32, how many parameters at most.

    ``draw(rng, N)`` returns xs, ys and a mask or None; ``unit`` is that of the score.
    """

    title: str
    unit: str
    D: int
    O: int
    every_step: bool
    loss: str
    updates: int
    parameters: int
    draw: callable


def sine(rng, N):
    """Draw 25 points of a wave of any phase and any pace; asked for is the next."""
    pace = rng.uniform(0.05, 0.15, (N, 1))
    waves = np.sin(2 * np.pi * (pace * np.arange(26) + rng.random((N, 1))))
    return waves[:, :-1, None].astype(np.float32), waves[:, -1:], None


def adding(rng, N):
    """Draw the adding problem of notebook 07 over 20 steps."""
    return *tasks.adding(rng, N, 20, 20), None


@cache
def names():
    """Return the vocabulary and the padded names: to train, to look at, to test."""
    parts = text.split(text.first_names(), 0, 500, 500)
    vocabulary = text.Vocabulary(parts[0])
    return vocabulary, [vocabulary.batch(part) for part in parts]


def letters(rng, N):
    """Draw first names; asked for is the next letter, at every step."""
    xs, ys, mask = names()[1][0]
    rows = rng.integers(0, len(xs), N)
    T = int(mask[rows].sum(axis=1).max())
    return xs[rows, :T], ys[rows, :T], mask[rows, :T]


TASKS = {
    "waves": Task("next value of a wave", "error", 1, 1, False, "mse", 1500, 1200,
                  sine),
    "adding": Task("adding over 20 steps", "error", 2, 1, False, "mse", 2500, 1200,
                   adding),
    "names": Task("next letter of a name", "bits", 27, 27, True, "softmax", 1500, 8000,
                  letters),
}


def held_out(task):
    """Return what may be looked at and what tests: two of xs, ys, mask."""
    if task == "names":
        return names()[1][1:]
    draw = TASKS[task].draw
    return [draw(np.random.default_rng([9, k]), HELD) for k in range(2)]


def score(model, part):
    """Return the root mean squared error, or the bits a symbol."""
    loss = model.loss(*part)
    if model.loss_function.name == "softmax":
        return float(loss / np.log(2))
    return loss**0.5


def build(kind, task, seed=0, H=None):
    """Return the untrained network of a kind with as many units as the task allows.

    Parameters
    ----------
    kind : str
        One of `KINDS`.
    task : str
        One of `TASKS`.
    seed : int
    H : int, optional
        Units, instead of as many as fit.

    Returns
    -------
    Recurrent
    """
    validate.one_of("kind", kind, KINDS)
    of = TASKS[validate.one_of("task", task, tuple(TASKS))]
    more = {"two layers": dict(layers=2), "both ways": dict(both_ways=True)}
    how = dict(cell=CELLS.get(kind, "lstm"), D=of.D, O=of.O, every_step=of.every_step,
               loss=of.loss, engine="readable", **more.get(kind, {}))
    if H is None:
        H = 1
        while inside(Recurrent(H=H + 1, **how)) <= of.parameters:
            H += 1
    return Recurrent(H=H, rng=seed, **how)


def inside(model):
    """Return the number of parameters without those of the output layer."""
    return model.engine.size - sum(model.params[k].size for k in ("W_y", "b_y"))


def job(kind, task, lr, seed):
    """Train one network on one task; return its scores.

    Returns
    -------
    dict
        ``choose`` and ``test``, the score on both held-out parts (the tables are made
        of ``test``, nothing is chosen by either); ``H``,
        ``parameters`` (without the output layer), ``seconds`` of one core.
    """
    model, of = build(kind, task, seed), TASKS[task]
    clock = process_time()
    stream = fit_stream(model, lambda rng: of.draw(rng, 32), None, of.updates,
                        Adam(lr), "cosine", 1.0, rng=seed, progress=False)
    if stream.stopped.startswith("Interrupted"):
        raise KeyboardInterrupt  # half a run is no result
    seconds = process_time() - clock
    choose, test = (score(model, part) for part in held_out(task))
    return dict(choose=round(choose, 5), test=round(test, 5), H=model.H,
                parameters=inside(model), seconds=round(seconds, 2))


def key(**settings):
    """Return the name of a job in the results file."""
    return json.dumps(settings, sort_keys=True)


def runs(task, kind, lr=RATE, seeds=SEEDS):
    """Return the stored runs of a kind, one a seed, as `job` returned them.

    Raises
    ------
    ValueError
        If one is missing.
    """
    stored = json.loads(PATH.read_text(encoding="utf-8"))
    names = [key(kind=kind, lr=lr, seed=seed, task=task) for seed in range(seeds)]
    if not all(name in stored for name in names):
        raise ValueError(f"there are no {seeds} stored runs of {kind!r} on {task!r} at "
                         f"the rate {lr:g}")
    return [stored[name] for name in names]


def table(task, kinds=KINDS):
    """Return a table as text: kind, units, parameters, test score, seconds.

    The score is the mean over the seeds, with least and most; the best mean comes
    first.

    Parameters
    ----------
    task : str
    kinds : sequence of str

    Returns
    -------
    str
    """
    of, rows = TASKS[task], []
    for kind in kinds:
        if kind == "both ways" and of.every_step:
            continue  # it would read the answer
        found = runs(task, kind)
        scores = [run["test"] for run in found]
        rows.append((np.mean(scores), f"{kind:10} {found[0]['H']:4} "
                     f"{found[0]['parameters']:7,} {np.mean(scores):8.4f}  "
                     f"{min(scores):.4f} to {max(scores):.4f}  "
                     f"{np.mean([run['seconds'] for run in found]):4.1f}"))
    head = (f"{of.title}: {of.unit} on new sequences, mean of {len(found)} seeds, "
            "least to most")
    return "\n".join([head, "cell          H  params     mean  least     most      s",
                      *(line for _, line in sorted(rows))])


def control(task):
    """Return a table as text: the test scores of three kinds at three learning rates.

    Parameters
    ----------
    task : str

    Returns
    -------
    str
        Mean of three seeds, with least and most.
    """
    lines = [f"{TASKS[task].title:22}" + "".join(
        f"rate {lr:<19g}" for lr in RATES).rstrip()]
    for kind in CONTROL:
        cells = []
        for lr in RATES:
            scores = [run["test"] for run in runs(task, kind, lr, CONTROL_SEEDS)]
            cells.append(f"{np.mean(scores):.4f} ({min(scores):.4f}-{max(scores):.4f})")
        lines.append(f"{kind:22}" + "  ".join(cells))
    return "\n".join(lines)


def baselines(task):
    """Return what is reached without a network: name → score on the test part.

    Parameters
    ----------
    task : str

    Returns
    -------
    dict of str to float
    """
    xs, ys, _ = held_out(validate.one_of("task", task, tuple(TASKS)))[1]
    if task == "names":
        vocabulary, _ = names()
        train, _, test = text.split(text.first_names(), 0, 500, 500)
        found = {f"{n}-gram": text.NGram(n).fit(train, vocabulary).bits(test)
                 for n in (2, 3, 4, 5)}
        best = min(found, key=found.get)
        return {"every letter alike": float(np.log2(len(vocabulary))),
                best: found[best]}
    guess = {"the last value": xs[:, -1]} if task == "waves" else {"always ½": 0.5}
    return {name: float(np.mean((ys - z) ** 2) ** 0.5) for name, z in guess.items()}


def apart(task, kind, other):
    """Compare two kinds seed by seed: in how many is the first better, by how much?

    Returns
    -------
    won, of : int
    gap : float
        Mean of other's score minus the first's.
    spread : float
        Standard error of that mean.
    """
    a, b = (np.array([run["test"] for run in runs(task, k)]) for k in (kind, other))
    gap = b - a
    return (int((gap > 0).sum()), len(gap), float(gap.mean()),
            float(gap.std(ddof=1) / len(gap) ** 0.5))

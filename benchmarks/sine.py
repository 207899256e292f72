"""How near to the floor, with which recipe, and what becomes of a free run: 16 seeds.

    python -m benchmarks.sine             what is still missing
    python -m benchmarks.sine --jobs 1    one process

RNN and LSTM with equal numbers of epochs; the RNN's recipe, one change at a time; and
200 waves carried on for 10,000 steps. The waves are those of notebook 08, which prints
what stands in lstm_helpers/data/sine.json.
"""

import argparse
import json
import os
import sys
from concurrent.futures import ProcessPoolExecutor, as_completed

for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "1")  # before NumPy is loaded, here and in workers

import numpy as np  # noqa: E402
from tqdm import tqdm  # noqa: E402

from lstm_helpers import baselines, sine, tasks  # noqa: E402
from lstm_helpers.model import Recurrent  # noqa: E402
from lstm_helpers.train import Adam, fit  # noqa: E402

SEEDS = 16
RECIPES = {
    "0.01 constant": dict(lr=0.01),
    "0.08 constant": dict(lr=0.08),
    "0.08 falling": dict(lr=0.08, schedule="cosine"),
    "0.08 falling, clipped": dict(lr=0.08, schedule="cosine", clip_norm=0.2),
}
WHOLE = "0.08 falling, clipped"


def jobs():
    """Return the settings of every run."""
    return [dict(cell=cell, recipe=recipe, epochs=epochs, seed=seed)
            for cell, recipe, epochs in (
                *(("rnn", recipe, 300) for recipe in RECIPES),
                ("lstm", WHOLE, 300),
                *((cell, WHOLE, epochs) for epochs in (50, 100)
                  for cell in ("rnn", "lstm")))
            for seed in range(SEEDS)]


def run(cell, recipe, epochs, seed):
    """Train one network and return its settings and what was measured.

    Returns
    -------
    dict
        above: percent above the floor of the drawn phases, on the 500 waves of the
        training; above_new: on 20,000 others. After 300 epochs of the whole recipe also
        the largest slip of 200 waves after 100, 1,000 and 10,000 steps, in how many
        places on the ring they end, and how much a value still differs from that a
        cycle before.
    """
    xs, ys, phases = tasks.sine(np.random.default_rng(0))
    how = dict(RECIPES[recipe])
    model = Recurrent(cell, H=16, every_step=True, rng=seed)
    fit(model, xs, ys, epochs, batch_size=50, optimizer=Adam(how.pop("lr")), rng=seed,
        progress=False, **how)
    result = dict(cell=cell, recipe=recipe, epochs=epochs, seed=seed,
                  above=above(model, xs, ys),
                  above_new=above(model, *tasks.sine(np.random.default_rng(100),
                                                     20_000)[:2]))
    if (recipe, epochs) == (WHOLE, 300):
        some, T = phases[:200], xs.shape[1]
        run = model.free_run(xs[:200], 10_010)
        found = {n: sine.slip(run[:, n : n + 10], some, T + n)
                 for n in (100, 1000, 10_000)}
        followed = sine.slips(run, some, T)
        result |= dict(
            slip={n: round(float(np.abs(z).max()), 4) for n, z in found.items()},
            farthest=round(float(np.abs(followed[:, -1]).max()), 3),
            places=sine.places(some, found[10_000]),
            restless=float(f"{np.abs(run[:, -1] - run[:, -11]).max():.2g}"))
    return result


def above(model, xs, ys):
    """Return by how many percent the loss lies above what the exact rule leaves."""
    floor = np.mean((baselines.two_lag_rule(xs, 0.1) - ys) ** 2)
    return round(100 * float(model.loss(xs, ys) / floor - 1), 3)


def key(result):
    """Return what tells one run from another."""
    return tuple(result[k] for k in ("cell", "recipe", "epochs", "seed"))


def store(results):
    """Write all results aside, then put them in place of the old ones."""
    aside = sine.PATH.with_name(sine.PATH.name + ".new")
    lines = [json.dumps(result) for result in sorted(results, key=key)]
    aside.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")
    os.replace(aside, sine.PATH)


def main(arguments=None):
    """Run what is missing and write it down."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    options = parser.parse_args(arguments)
    results = []
    if sine.PATH.exists():
        results = json.loads(sine.PATH.read_text(encoding="utf-8"))
    done = {key(result) for result in results}
    missing = [job for job in jobs() if key(job) not in done]
    with ProcessPoolExecutor(options.jobs) as pool:
        futures = [pool.submit(run, **job) for job in missing]
        for future in tqdm(as_completed(futures), total=len(futures), unit="run",
                           disable=None):
            results.append(future.result())
            store(results)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Counting or learning? Bits a letter on unseen names, from 500 names to 60,000.

    python -m benchmarks.words                 what is still missing
    python -m benchmarks.words --only first    one table
    python -m benchmarks.words --jobs 1        one process

first: the 5,163 first names that come with the package. last: 88,799 last names of the
same census, read from the package `names` where it is installed (pip install names;
public domain); without it that table is left out. Every run is a job with a split and
a seed of its own; what is done stands in lstm_helpers/data/words.json, and notebook 10
prints it. Seconds are processor time of one core.
"""

import argparse
import importlib.util
import json
import os
import sys
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path
from time import process_time

for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "1")  # before NumPy is loaded, here and in workers

from tqdm import tqdm  # noqa: E402

from lstm_helpers import text  # noqa: E402
from lstm_helpers.model import Recurrent  # noqa: E402
from lstm_helpers.text.stored import PATH as RESULTS  # noqa: E402
from lstm_helpers.train import Adam, fit  # noqa: E402

HELD = {"first": 500, "last": 2000}  # names for validation, and as many for the test
SIZES = {"first": (500, 1000, 2000, 4000), "last": (5000, 20_000, 60_000)}
ORDERS = range(2, 10)
# Units, epochs, learning rate, batch: the better on the validation part is taken.
RECIPES = {
    ("lstm", "first"): ((128, 8, 0.01, 32), (128, 16, 0.005, 32)),
    ("rnn", "first"): ((128, 8, 0.003, 32), (128, 16, 0.003, 32)),
    ("lstm", "last"): ((128, 12, 0.005, 64), (256, 8, 0.004, 64)),
    ("rnn", "last"): ((128, 12, 0.002, 64), (256, 8, 0.002, 64)),
}


def last_names():
    """Return the last names of the package `names`, each once; None without it."""
    spec = importlib.util.find_spec("names")
    if spec is None:
        return None
    path = Path(spec.origin).with_name("dist.all.last")
    lines = path.read_text(encoding="utf-8").split("\n")
    return sorted({line.split()[0].lower() for line in lines if line.strip()})


def jobs():
    """Return the settings of every run: table, model, number of names, seed."""
    found = [dict(table=table, model=model, N=N, seed=seed) for table in SIZES
             for N in SIZES[table]
             for model in ("witten-bell", "kneser-ney", "rnn", "lstm")
             for seed in range(3)]
    return found + [dict(table=table, model="near", N=N, seed=seed)
                    for table, N in (("first", 4000), ("last", 5000))
                    for seed in range(3)]


def neighbours(name):
    """Return all rows of letters that differ from a name by one letter."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    cuts = [(name[:k], name[k:]) for k in range(len(name) + 1)]
    return ({a + z + b for a, b in cuts for z in letters}
            | {a + b[1:] for a, b in cuts}
            | {a + z + b[1:] for a, b in cuts if b for z in letters}) - {name}


def run(name):
    """Do one job by its name; return the name and what came out."""
    how = json.loads(name)
    table, model = how["table"], how["model"]
    names = text.first_names() if table == "first" else last_names()
    train, validation, test = text.split(names, how["seed"], HELD[table], HELD[table])
    train = train[: how["N"]]
    if model == "near":
        return name, near_and_far(train, test, text.Vocabulary(names), how["seed"])
    clock, tried = process_time(), []
    if model in ("witten-bell", "kneser-ney"):
        for n in ORDERS:
            counts = text.NGram(n, model).fit(train, text.Vocabulary(names))
            tried.append((counts.bits(validation), n, counts))
    else:
        for recipe in RECIPES[model, table]:
            reader = learned(model, train, text.Vocabulary(names), how["seed"], *recipe)
            tried.append((reader.bits(validation), recipe, reader))
    bits, chosen, best = min(tried, key=lambda z: z[0])
    return name, dict(bits=round(best.bits(test), 4), validation=round(bits, 4),
                      chosen=chosen, seconds=round(process_time() - clock, 1))


def learned(cell, train, vocabulary, seed, H, epochs, lr, size):
    """Return a network that has read names."""
    xs, ys, mask = vocabulary.batch(train)
    network = Recurrent(cell, len(vocabulary), H, len(vocabulary), every_step=True,
                        loss="softmax", rng=seed)
    fit(network, xs, ys, epochs, size, Adam(lr), "cosine", 1.0, mask=mask, rng=seed,
        progress=False)
    return text.Language(network, vocabulary)


def near_and_far(train, test, vocabulary, seed):
    """Compare on names one letter away from a learned one, and on the others."""
    known = set(train)
    parts = {"near": [z for z in test if neighbours(z) & known],
             "far": [z for z in test if not neighbours(z) & known]}
    counts = text.NGram(6).fit(train, vocabulary)
    network = learned("lstm", train, vocabulary, seed, 128, 8, 0.01, 32)
    found = {f"{who} {part}": round(model.bits(some), 4) for part, some in parts.items()
             for who, model in (("kneser-ney", counts), ("lstm", network))}
    return found | {"share": round(len(parts["near"]) / len(test), 4)}


def done(names, processes):
    """Yield results as they come."""
    if processes == 1:
        yield from map(run, names)
        return
    with ProcessPoolExecutor(processes) as pool:
        for one in as_completed([pool.submit(run, name) for name in names]):
            yield one.result()


def main(arguments=None):
    """Run what is missing and write it down."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", choices=list(SIZES))
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="processes")
    parser.add_argument("--most", type=int, help="stop after so many runs")
    parser.add_argument("--results", type=Path, default=RESULTS)
    options = parser.parse_args(arguments)
    path, results = options.results, {}
    if path.exists():
        results = json.loads(path.read_text(encoding="utf-8"))
    wanted = [json.dumps(how) for how in jobs()
              if options.only in (None, how["table"])]
    if last_names() is None and any('"last"' in name for name in wanted):
        print("The package names is not installed: the table of last names is left "
              "out (pip install names).")
        wanted = [name for name in wanted if '"last"' not in name]
    missing = [name for name in wanted if name not in results][: options.most]
    with tqdm(total=len(missing), unit="run", disable=None) as bar:
        for name, result in done(missing, options.jobs):
            results[name] = result
            aside = path.with_name(path.name + ".new")
            lines = [f"{json.dumps(k)}: {json.dumps(results[k])}"
                     for k in sorted(results)]
            aside.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
            os.replace(aside, path)
            bar.update()
    return 0


if __name__ == "__main__":
    sys.exit(main())

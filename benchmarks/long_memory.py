"""The tables of 1997 on a laptop, and beyond them: how long does a cell remember?

    python -m benchmarks.long_memory                 what is still missing, on all cores
    python -m benchmarks.long_memory --only paper    one table
    python -m benchmarks.long_memory --jobs 1        one process
    python -m benchmarks.long_memory --cluster tcp://10.0.0.1:8786    a Dask scheduler

Every run is a job with its own seed. What is done stands in a results file, written
anew after every job; stop it at any time, and start it again: nothing is run twice.
Notebook 07 reads that file. Seconds are processor time of one core.
"""

import argparse
import json
import os
import sys
from pathlib import Path

for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "1")  # before NumPy is loaded, here and in workers

from tqdm import tqdm  # noqa: E402

from lstm_helpers import memory  # noqa: E402
from lstm_helpers.long_memory import PATH as RESULTS  # noqa: E402

OPEN = {"start": "open"}


def tables():
    """Return the jobs of every table: name → list of settings of `memory.solve`."""
    paper = [dict(T=T, seed=seed) for T, seeds in ((100, 20), (500, 10), (1000, 6))
             for seed in range(seeds)]
    falling = [dict(T=T, seed=seed, falling=True, rate="constant",
                    budget=budget)
               for T, seeds, budget in ((100, 20, 20_000), (500, 10, 30_000),
                                        (1000, 6, 40_000)) for seed in range(seeds)]
    sizes = [dict(T=T, seed=seed, H=H) for H in (4, 16) for T in (100, 500)
             for seed in range(5)]
    cells = [dict(T=T, seed=seed, H=16, cell=cell, budget=30_000, **how)
             for cell, how in (
                 ("rnn", dict(start="one", lr=0.003, rate="constant", clip=1.0)),
                 ("gru", dict(start="one", lr=0.03, rate="constant", clip=1.0)),
                 ("lstm", dict(start="one", lr=0.01, rate="constant", clip=1.0)),
                 ("gru", OPEN), ("lstm", OPEN))
             for T in (10, 25, 50, 100) for seed in range(3)]
    # Nothing but the start changed: the open gates with the rates of the usual ones.
    same = [dict(T=T, seed=seed, H=16, cell=cell, budget=30_000, start="open", lr=lr,
                 rate="constant", clip=1.0) for cell, lr in (("gru", 0.03),
                                                             ("lstm", 0.01))
            for T in (10, 25, 50, 100) for seed in range(3)]
    bias = [dict(T=T, seed=seed, H=16, start=start, budget=40_000)
            for start in ("zero", "one", "forget", "input", "chrono", "open", "pinned")
            for T in (50, 100, 200) for seed in range(3)]
    orders = [dict(T=100, seed=seed, task=task, H=H)
              for task, H in (("order2", 8), ("order3", 16)) for seed in range(6)]
    product = [dict(T=100, seed=seed, task="multiplication", errors=errors)
               for errors in (140, 13) for seed in range(4)]
    recall = [dict(T=T, seed=seed, task="recall", cell=cell, H=16, budget=30_000,
                   lr=lr, rate="constant", clip=1.0, start=start)
              for cell, lr, start in (("rnn", 0.001, "one"), ("lstm", 0.01, "one"),
                                      ("lstm", 0.01, "open"))
              for T in (50, 100, 200) for seed in range(16)]
    slow = dict(rate="slow", budget=150_000)
    beyond = [dict(T=2000, seed=seed, **slow, **how) for how in (
        dict(signs=True), dict(redraw=20_000)) for seed in range(100, 110)]
    beyond += [dict(T=T, seed=seed, signs=True, **slow) for T in (5000, 10_000)
               for seed in range(100, 105)]
    beyond += [dict(T=20_000, seed=seed, signs=True, **slow)
               for seed in range(100, 103)]
    beyond += [dict(T=5000, seed=seed, redraw=30_000, **slow)
               for seed in range(100, 105)]
    controls = [dict(T=2000, seed=seed, budget=60_000, **how) for how in (
        dict(rate="error", signs=True), dict(rate="slow"),
        dict(rate="error", mirrored=True)) for seed in range(100, 104)]
    return dict(paper=paper, falling=falling, sizes=sizes, cells=cells, same=same,
                bias=bias, orders=orders, product=product, recall=recall,
                beyond=beyond, controls=controls)


def key(table, settings):
    """Return the name of a job in the results file."""
    return table + " " + json.dumps(settings, sort_keys=True)


def load(path):
    """Return what is done: job → result.

    Raises
    ------
    ValueError
        If the file is no results file; it is left as it is.
    """
    if not path.exists():
        return {}
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        raise ValueError(f"{path.name} is not a results file: mend or delete it"
                         ) from None


def store(path, results):
    """Write all results aside, then put them in place of the old ones."""
    aside = path.with_name(path.name + ".new")
    lines = [f"{json.dumps(name)}: {json.dumps(results[name])}" for name in
             sorted(results)]
    aside.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    os.replace(aside, path)


def run(name):
    """Run one job by its name; return the name and the result."""
    settings = json.loads(name.partition(" ")[2])
    return name, memory.job(**settings)


def on_this_machine(names, jobs):
    """Yield results as they come, on the cores of this machine."""
    if jobs == 1:
        yield from map(run, names)
        return
    from joblib import Parallel, delayed

    yield from Parallel(n_jobs=jobs, return_as="generator_unordered", batch_size=1)(
        delayed(run)(name) for name in names)


def on_cluster(names, address):
    """Yield results as they come from the workers of a Dask scheduler.

    A job whose worker is lost is given to another, as often as five times.
    """
    from distributed import Client, as_completed

    with Client(address) as client:
        futures = client.map(run, names, pure=False, retries=5)
        for _, result in as_completed(futures, with_results=True):
            yield result


def main(arguments=None):
    """Run what is missing and write it down."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", nargs="*", help=f"tables: {', '.join(tables())}")
    parser.add_argument("--jobs", type=int, default=-1, help="processes; -1: all cores")
    parser.add_argument("--cluster", help="address of a Dask scheduler")
    parser.add_argument("--results", type=Path, default=RESULTS)
    parser.add_argument("--longest", type=int, help="leave out longer sequences")
    options = parser.parse_args(arguments)
    unknown = set(options.only or ()) - set(tables())
    if unknown:
        parser.error(f"--only must name some of {', '.join(tables())}, "
                     f"got {', '.join(unknown)}")
    results = load(options.results)
    wanted = [key(table, settings) for table, jobs in tables().items()
              if table in (options.only or tables()) for settings in jobs
              if settings["T"] <= (options.longest or settings["T"])]
    missing = [name for name in wanted if name not in results]
    finished = (on_cluster(missing, options.cluster) if options.cluster
                else on_this_machine(missing, options.jobs))
    options.results.parent.mkdir(exist_ok=True)
    try:
        with tqdm(total=len(wanted), initial=len(wanted) - len(missing),
                  unit="run", disable=None) as bar:
            for name, result in finished:
                results[name] = result
                store(options.results, results)
                bar.update()
    except KeyboardInterrupt:
        print(f"Stopped: {len(results)} runs stand in {options.results.name}; start it "
              "again to go on.")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

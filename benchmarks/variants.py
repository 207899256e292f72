"""The comparison of notebook 12: eleven cells, three tasks, seeds, and a control.

    python -m benchmarks.variants                 what is still missing
    python -m benchmarks.variants --only adding   one task
    python -m benchmarks.variants --jobs 1        one process

All cells run at one learning rate; three of them also at three times the rate and at a
third of it, as a control. Every run is a job of its own. What is done stands in
variants.json of the package's data, written anew after every job; stop it at any time,
and start it again: nothing is run twice. Seconds are processor time of one core.
"""

import argparse
import json
import os
import sys
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "1")  # before NumPy is loaded, here and in workers

from tqdm import tqdm  # noqa: E402

from benchmarks.long_memory import load, store  # noqa: E402
from lstm_helpers import contest  # noqa: E402


def pairs(only=None):
    """Return every (task, kind) that is compared."""
    return [(task, kind) for task in only or contest.TASKS for kind in contest.KINDS
            if not (kind == "both ways" and contest.TASKS[task].every_step)]


def jobs(only=None):
    """Return the names of all jobs: the comparison, then the control of the rate."""
    main = [(task, kind, contest.RATE, seed) for seed in range(contest.SEEDS)
            for task, kind in pairs(only)]
    control = [(task, kind, lr, seed) for lr in contest.RATES[::-1]
               for seed in range(contest.CONTROL_SEEDS) for task, kind in pairs(only)
               if kind in contest.CONTROL]
    return list(dict.fromkeys(contest.key(task=task, kind=kind, lr=lr, seed=seed)
                              for task, kind, lr, seed in main + control))


def run(name):
    """Run one job by its name; return the name and the result."""
    return name, contest.job(**json.loads(name))


def finished(names, processes):
    """Yield results as they come."""
    if processes == 1:
        yield from map(run, names)
        return
    with ProcessPoolExecutor(processes) as pool:
        for job in as_completed([pool.submit(run, name) for name in names]):
            yield job.result()


def main(arguments=None):
    """Run what is missing and write it down."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", nargs="*", choices=list(contest.TASKS))
    parser.add_argument("--jobs", type=int, default=os.cpu_count(),
                        help="processes; all cores if left out")
    parser.add_argument("--results", type=Path, default=contest.PATH)
    options = parser.parse_args(arguments)
    results = load(options.results)
    wanted = jobs(options.only)
    missing = [name for name in wanted if name not in results]
    try:
        with tqdm(total=len(wanted), initial=len(wanted) - len(missing), unit="run",
                  disable=None) as shown:
            for name, result in finished(missing, options.jobs):
                results[name] = result
                store(options.results, results)
                shown.update()
    except KeyboardInterrupt:
        print(f"Stopped: {len(results)} runs stand in {options.results.name}; start it "
              "again to go on.")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

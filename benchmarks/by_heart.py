"""How far 400 names are learned by heart: sizes, dropout, L2; for notebook 12.

    python -m benchmarks.by_heart              what is still missing
    python -m benchmarks.by_heart --jobs 1     one process

Every run is a job of its own. What is done stands in by_heart.json of the package's
data, written anew after every job; stop it at any time, and start it again: nothing is
run twice.
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
from lstm_helpers import by_heart  # noqa: E402


def jobs():
    """Return the settings of every job: the grid of the explorer, then the kinds."""
    grid = [dict(H=H, states=rate, seed=seed) for seed in range(3)
            for H in by_heart.SIZES for rate in by_heart.RATES]
    more = [dict(H=64, states=rate, seed=seed) for seed in (3, 4)
            for rate in by_heart.RATES]
    other = [dict(H=64, seed=seed, **{kind: z}) for seed in range(5)
             for kind, strengths in (("inputs", by_heart.RATES[1:]),
                                     ("l2", by_heart.L2)) for z in strengths]
    return grid + more + other


def run(name):
    """Run one job by its name; return the name and the result."""
    return name, by_heart.job(**json.loads(name))


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
    parser.add_argument("--jobs", type=int, default=os.cpu_count(),
                        help="processes; all cores if left out")
    parser.add_argument("--results", type=Path, default=by_heart.PATH)
    options = parser.parse_args(arguments)
    results = load(options.results)
    wanted = [json.dumps(how, sort_keys=True) for how in jobs()]
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

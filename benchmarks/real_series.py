"""The ladders of notebook 11: four series, four splits, seeds and their spread.

    python -m benchmarks.real_series                  what is still missing
    python -m benchmarks.real_series --only stock     one series
    python -m benchmarks.real_series --jobs 1         one process

Every run is a job of its own. What is done stands in real_series.json of the package's
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
from lstm_helpers.forecast import stored  # noqa: E402
from lstm_helpers.forecast.series import ALL  # noqa: E402

NETWORKS = ("window MLP", "RNN", "LSTM")


def jobs(series):
    """Return the settings of every job of one series."""
    made = [dict(series=series, split=split, kind="simple") for split in stored.SPLITS]
    made += [dict(series=series, split=split, kind=kind, change=change, seed=seed)
             for split in stored.SPLITS for kind in NETWORKS
             for change in (True, False) for seed in range(3)]
    if series == "sunspots":
        made += [dict(series=series, split=split, kind=kind, change=True, roots=True,
                      seed=seed)
                 for split in stored.SPLITS for kind in NETWORKS for seed in range(3)]
    headline = {"glucose": False, "sunspots": True}  # learns the change?
    if series in headline:
        made += [dict(series=series, split="usual", kind=kind, change=headline[series],
                      seed=seed) for kind in NETWORKS for seed in range(3, 16)]
        for keep in (0.25, 0.5, 0.75):
            made += [dict(series=series, split="usual", kind="simple", keep=keep)]
            made += [dict(series=series, split="usual", kind=kind, keep=keep,
                          change=headline[series], seed=seed)
                     for kind in NETWORKS for seed in range(3)]
    return made


def run(name):
    """Run one job by its name; return the name and the result."""
    return name, stored.job(**json.loads(name))


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
    parser.add_argument("--only", nargs="*", choices=list(ALL), help="some series")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(),
                        help="processes; all cores if left out")
    parser.add_argument("--results", type=Path, default=stored.PATH)
    options = parser.parse_args(arguments)
    results = load(options.results)
    wanted = [json.dumps(how, sort_keys=True) for series in options.only or ALL
              for how in jobs(series)]
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

"""Show an author every slip that is derived from an exercise's right answers.

    python -m lstm_helpers.exercises.slips 01.1        # or 01, or nothing: all

For each right answer: how many slips, how many listed mistakes they explain, and how
long it took; for one exercise the sentences themselves, one line for each outcome.
"""

import sys
import time

import numpy as np

from lstm_helpers.exercises import catalogue
from lstm_helpers.exercises.engine import explain, judge, run, slips


def derived(exercise, seconds=60.0):
    """Derive the slips of an exercise on its first probe.

    Parameters
    ----------
    exercise : Exercise
        One whose answer is a function and not described.
    seconds : float
        How long it may take.

    Returns
    -------
    list of slips.Table
        One for each right answer whose source is at hand.
    """
    args = exercise.probes(np.random.default_rng(judge.SEED))[0]
    tables = slips.tables_of(exercise, 0, args)
    for table in tables:
        table.fill(time.perf_counter() + seconds)
    return tables


def covered(exercise):
    """Return how many listed mistakes a slip explains, and the seconds of each check.

    Returns
    -------
    count : int
    seconds : list of float
    """
    probes = exercise.probes(np.random.default_rng(judge.SEED))
    right = run.call_all(exercise.solution, probes, alarm=exercise.alarm)
    count, seconds = 0, []
    for mistake in exercise.mistakes:
        mine = run.call_all(mistake.answer, probes, alarm=exercise.alarm)
        same = [judge.agree([a], [b], (exercise.rtol, exercise.atol))
                for a, b in zip(mine, right, strict=False)]
        start = time.perf_counter()
        said = explain.slip(exercise, mistake.answer, mine, probes, same.index(False))
        seconds.append(time.perf_counter() - start)
        count += bool(said)
    return count, seconds


def shown(exercise, table):
    """Return the sentences of a table, one line for each outcome."""
    names = explain.shared_names(exercise, table.function, table.function)
    together = {}
    for slip, outcome in zip(table.slips, table.prints, strict=True):
        together.setdefault(outcome, {})[slip.said(names)] = slip.kind
    return [" | or ".join(said) for said in together.values()]


def main(wanted):
    """Print the slips of the exercises whose id begins with `wanted`."""
    for notebook in catalogue.notebooks():
        for exercise in catalogue.exercises_of(notebook):
            whole = "." in wanted
            if (exercise.id != wanted if whole else not exercise.id.startswith(wanted)):
                continue
            if not exercise.wants_function or exercise.describe:
                continue
            start = time.perf_counter()
            tables = derived(exercise)
            took = time.perf_counter() - start
            count, seconds = covered(exercise)
            made = ", ".join(str(len(table.slips)) for table in tables)
            print(f"{exercise.id}: {made} slips in {took:.1f} s; explain {count} of "
                  f"{len(exercise.mistakes)} listed mistakes; a check "
                  f"{1e3 * np.median(seconds):.0f} ms, at most "
                  f"{1e3 * max(seconds):.0f} ms")
            for table in tables * whole:
                print(f"in {table.function.__name__}, it comes out exactly as if …")
                print("\n".join(f"  {line}" for line in shown(exercise, table)))


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "")

"""The stored runs of the tests of 1997, of ``benchmarks.long_memory``.

They stand in data/long_memory.json; notebook 07 prints them.
"""

import json
from pathlib import Path

import numpy as np

from lstm_helpers import validate

PATH = Path(__file__).parent / "data" / "long_memory.json"


def results(table):
    """Return the stored runs of a table of ``python -m benchmarks.long_memory``.

    Parameters
    ----------
    table : str
        "paper", "falling", "sizes", "cells", "bias", "orders", "product", "recall",
        "beyond" or "controls".

    Returns
    -------
    list of (dict, dict)
        Settings of `solve`, and what `job` returned.

    Raises
    ------
    ValueError
        If there is no such table.
    """
    stored = json.loads(PATH.read_text(encoding="utf-8"))
    known = {name.partition(" ")[0] for name in stored}
    validate.one_of("table", table, tuple(sorted(known)))
    return [(json.loads(name.partition(" ")[2]), result)
            for name, result in stored.items() if name.startswith(table + " ")]


def summary(runs):
    """Return how a group of runs ended, as text: "10/10  14,048 (9,472-23,200)".

    Parameters
    ----------
    runs : list of dict
        As `job` returns them.

    Returns
    -------
    str
        Reached k of n, and where reached the sequences: mean (least-most).
    """
    met = [run["met_at"] for run in runs if run["met_at"] is not None]
    text = f"{len(met)}/{len(runs)}"
    if met:
        text += f"  {np.mean(met):,.0f} ({min(met):,}-{max(met):,})"
    return text


def reached(table, names, Ts, by):
    """Return a table as text: which starts met the rule at which length, k of n.

    Parameters
    ----------
    table : str
        As in `results`.
    names : dict of tuple to str
        Values of the settings `by` → what to write at the left.
    Ts : sequence of int
        Lengths, one a column.
    by : tuple of str
        The settings that tell rows apart, such as ``("cell", "start")``.

    Returns
    -------
    str
    """
    wide = max(map(len, names.values())) + 2
    lines = ["reached".ljust(wide) + "".join(f"T = {T:<6}" for T in Ts)]
    runs = results(table)
    for values, name in names.items():
        cells = [[run["met_at"] is not None for how, run in runs
                  if how["T"] == T and tuple(how[k] for k in by) == values]
                 for T in Ts]
        lines.append(name.ljust(wide) + "".join(
            f"{sum(met)}/{len(met)}".ljust(10) for met in cells))
    return "\n".join(line.rstrip() for line in lines)

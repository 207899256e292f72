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


def reached(tables, names, Ts, by, wrong=False):
    """Return a table as text: which starts met the rule at which length, k of n.

    Parameters
    ----------
    tables : str or sequence of str
        As in `results`.
    names : dict of tuple to str
        Values of the settings `by` → what to write at the left.
    Ts : sequence of int
        Lengths, one a column.
    by : tuple of str
        The settings that tell rows apart, such as ``("cell", "start")``.
    wrong : bool
        Add how many of 2,560 were wrong, least and most.

    Returns
    -------
    str
    """
    wide, column = max(map(len, names.values())) + 2, 18 if wrong else 10
    lines = ["reached".ljust(wide) + "".join(f"T = {T}".ljust(column) for T in Ts)]
    runs = [run for table in ([tables] if isinstance(tables, str) else tables)
            for run in results(table)]
    for values, name in names.items():
        row = name.ljust(wide)
        for T in Ts:
            some = [run for how, run in runs
                    if how["T"] == T and tuple(how.get(k) for k in by) == values]
            text = f"{sum(run['met_at'] is not None for run in some)}/{len(some)}"
            if wrong:
                counts = [run["wrong"] for run in some]
                text += f"  {min(counts):,}-{max(counts):,}"
            row += text.ljust(column)
        lines.append(row)
    return "\n".join(line.rstrip() for line in lines)

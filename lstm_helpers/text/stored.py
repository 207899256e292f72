"""The stored runs of ``python -m benchmarks.words``: counting against learning."""

import json
from pathlib import Path

from lstm_helpers import validate

PATH = Path(__file__).parents[1] / "data" / "words.json"
MODELS = ("witten-bell", "kneser-ney", "rnn", "lstm")


def results(table):
    """Return the bits a letter on unseen names: model → names learned from → bits.

    Parameters
    ----------
    table : {"first", "last"}
        5,163 first names, or 88,799 last names of the same census.

    Returns
    -------
    dict of str to dict of int to list of float
        One number for each of three splits.
    """
    validate.one_of("table", table, ("first", "last"))
    found = {}
    stored = json.loads(PATH.read_text(encoding="utf-8"))
    for name, result in sorted(stored.items()):
        how = json.loads(name)
        if how["table"] == table and how["model"] in MODELS:
            sizes = found.setdefault(how["model"], {})
            sizes.setdefault(how["N"], []).append(result["bits"])
    return {model: dict(sorted(found[model].items())) for model in MODELS
            if model in found}


def crossing_table(table):
    """Return the stored runs of one table as text, the mean of the splits and spread.

    Parameters
    ----------
    table : {"first", "last"}

    Returns
    -------
    str
    """
    found = results(table)
    sizes = sorted(next(iter(found.values())))
    lines = ["names learned from" + "".join(f"{N:>18,}" for N in sizes)]
    for model, runs in found.items():
        cells = [f"{sum(runs[N]) / len(runs[N]):.3f} ({min(runs[N]):.2f}-"
                 f"{max(runs[N]):.2f})" if N in runs else "" for N in sizes]
        lines.append(f"{model:18}" + "".join(f"{cell:>18}" for cell in cells))
    return "\n".join(lines)


def near_and_far():
    """Return as text: who needs fewer bits on names one letter from a learned one?

    Returns
    -------
    str
        Means of three splits, a row for each kind of names and each part of the test.
    """
    stored = json.loads(PATH.read_text(encoding="utf-8"))
    lines = ["                         of the unseen   kneser-ney   lstm"]
    for table, what in (("first", "4,000 first names"), ("last", "5,000 last names")):
        runs = [result for name, result in stored.items()
                if (how := json.loads(name))["table"] == table
                and how["model"] == "near"]
        if not runs:
            continue
        mean = {key: sum(run[key] for run in runs) / len(runs) for key in runs[0]}
        for part, share in (("near", mean["share"]), ("far", 1 - mean["share"])):
            lines.append(f"{what + ', ' + part:27}{share:7.2f}{'':11}"
                         f"{mean['kneser-ney ' + part]:.2f}       "
                         f"{mean['lstm ' + part]:.2f}")
    return "\n".join(lines)

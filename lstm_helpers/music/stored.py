"""The stored runs of ``python -m benchmarks.make_something``; notebook 13 prints them.

They stand in data/make_something.json.
"""

import json
from pathlib import Path

from lstm_helpers import validate

PATH = Path(__file__).parents[1] / "data" / "make_something.json"


def results(table):
    """Return the stored runs of one table, in order of their seeds and splits.

    Parameters
    ----------
    table : {"contest", "heart", "attention"}

    Returns
    -------
    list of (dict, dict)
        Settings, and what came out.
    """
    validate.one_of("table", table, ("contest", "heart", "attention"))
    stored = json.loads(PATH.read_text(encoding="utf-8"))
    runs = [(json.loads(name), result) for name, result in stored.items()]
    return sorted(((how, result) for how, result in runs if how["table"] == table),
                  key=lambda run: (run[0]["seed"], run[0].get("split", 0)))


def contest_table(models=("counting", "rnn", "gru", "lstm")):
    """Return as text what rhythm and pitch cost on unheard tunes, model by model.

    Parameters
    ----------
    models : sequence of str
        Of "counting", "beat" (counting that is told the beat), "rnn", "gru", "lstm".

    Returns
    -------
    str
        Means over all splits, and in how many of them a model was ahead of counting.
    """
    runs = {}
    for how, result in results("contest"):
        runs.setdefault(how["model"], []).append(result)
    lines = [f"{'bits a step, unheard':24}all    rhythm (ahead)   pitch (ahead)"]
    for model in models:
        cells = []
        for part in ("rhythm", "pitch"):
            mean = sum(run[part] for run in runs[model]) / len(runs[model])
            ahead = sum(a[part] < b[part] for a, b in
                        zip(runs[model], runs["counting"], strict=True))
            of = "" if model == "counting" else f" ({ahead} of {len(runs[model])})"
            cells.append((mean, of))
        (rhythm, a), (pitch, b) = cells
        name = {"beat": "counting, told the beat"}.get(model, model)
        lines.append(f"{name:24}{rhythm + pitch:.2f}   {rhythm:.2f}{a:13}{pitch:.2f}"
                     f"{b}")
    return "\n".join(lines)


def attention_table():
    """Return as text who solves the adding problem with a head, and where it looks.

    Returns
    -------
    str
        16 seeds each: root mean squared error, and the weight on the two marks.
    """
    runs = {}
    for how, result in results("attention"):
        runs.setdefault((how["model"], how["head"]), []).append(result)
    lines = [f"{'T = 100, 16 seeds':20}error below 0.05   median   weight on the marks"]
    for (cell, head), found in sorted(runs.items(), reverse=True):
        name = f"{cell}, {'one head' if head else 'no head'}"
        errors = sorted(run["rmse"] for run in found)
        low = sum(error < 0.05 for error in errors)
        middle = (errors[7] + errors[8]) / 2
        line = f"{name:20}{f'{low} of {len(found)}':19}{middle:.3f}"
        if head:
            marks = sorted(run["marks"] for run in found)
            middle = (marks[7] + marks[8]) / 2
            line += (f"    {middle:.2f} ({marks[0]:.2f}-{marks[-1]:.2f}), "
                     f"by chance {found[0]['chance']:.2f}")
        lines.append(line)
    return "\n".join(lines)

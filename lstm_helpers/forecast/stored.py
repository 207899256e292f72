"""The stored ladders of ``python -m benchmarks.real_series``; notebook 11 prints them.

One run is one forecaster on one split of one series, with one seed. The splits are the
usual one (half to train on, a fifth to validate, the rest to test) and three stretches
of a walk forward, as `ladder.walk_forward` makes them.
"""

import json
from pathlib import Path

import numpy as np

from lstm_helpers import validate
from lstm_helpers.forecast import ladder
from lstm_helpers.forecast import windows as _windows
from lstm_helpers.forecast.network import Network
from lstm_helpers.forecast.series import ALL, Series

PATH = Path(__file__).parents[1] / "data" / "real_series.json"
SPLITS = ("usual", "walk 1", "walk 2", "walk 3")
ORDER = ("persistence", "mean", "seasonal naive", "AR", "AR on roots", "window MLP",
         "RNN", "LSTM")
EPOCHS = {"mackey_glass": 60}  # without noise there is always more to learn


def parts_of(series, split):
    """Return the parts of one of `SPLITS`."""
    cut = _windows.cut(series)
    if split == "usual":
        return _windows.split(cut, series.ahead, len(series))
    share = 0.15
    end = 1 - (3 - int(split.split()[1])) * share
    places = [round(len(series) * z) for z in (end - 2 * share, end - share, end)]
    return _windows.parts(cut, series.ahead, *places)


def by_block(series, parts, forecast):
    """Return the root mean squared error of every block of the test part."""
    which = parts.test.at // series.block
    return [round(ladder.rmse(parts.test.ys[which == k], forecast[which == k]), 5)
            for k in np.unique(which)]


def job(series, split, kind, change=True, roots=False, keep=1.0, seed=0):
    """Run one forecaster, or with kind "simple" all that are no networks.

    Parameters
    ----------
    series : str
        A name in `series.ALL`.
    split : str
        One of `SPLITS`.
    kind : str
        "simple", "window MLP", "RNN" or "LSTM".
    change : bool
        As in `Network`.
    roots : bool
        Whether the network reads and forecasts square roots.
    keep : float
        Share of the training part that is learned from, the latest.
    seed : int

    Returns
    -------
    dict of str to dict
        Name of the forecaster → its errors ``val`` and ``test``, ``covered``, the share
        of the test part in its 80 % interval, and ``blocks``, the error of each block.
    """
    name = validate.one_of("series", series, tuple(ALL))
    series = ALL[name]()
    if series.synthetic:
        raise ValueError("Matplotlib's goog.npz is missing: nothing to measure")
    parts = parts_of(series, split)
    if keep < 1:
        begin = round((1 - keep) * len(parts.train.at))
        parts = parts._replace(train=_windows.Windows(*(
            z[begin:] for z in parts.train)))
    _windows.no_leak(parts, series.ahead)
    if kind == "simple":
        forecasters = ladder.simple(series, parts)
    else:
        net = Network(ladder.KIND[kind], change=change, epochs=EPOCHS.get(name),
                      seed=seed)
        if roots:
            rooted = Series(name, np.sqrt(series.values), ahead=series.ahead,
                            window=series.window, piece=series.piece)
            net.fit(parts_of(rooted, split), progress=False)
            forecasters = {kind: lambda part: net.predict(np.sqrt(part.xs)) ** 2}
        else:
            net.fit(parts, progress=False)
            forecasters = {kind: lambda part: net.predict(part.xs)}
    found = {}
    for key, predict in forecasters.items():
        rung = ladder.Rung(key)
        rung.add(parts, predict)
        found[key] = {"val": round(rung.val[0], 5), "test": round(rung.test[0], 5),
                      "covered": round(rung.covered[0], 4)}
        if split == "usual":
            found[key]["blocks"] = by_block(series, parts, rung.forecasts[0])
    return found


def runs(series, split="usual", seeds=3, keep=1.0):
    """Return the stored runs of one series and split.

    Parameters
    ----------
    series : str
        "glucose", "sunspots", "stock" or "mackey_glass".
    split : str
        "usual", "walk 1", "walk 2" or "walk 3".
    seeds : int
        At most as many of each; some have 16.
    keep : float
        As in `job`; runs with 0.25, 0.5 and 0.75 of glucose and sunspots are stored.

    Returns
    -------
    dict of str to list of dict
        Name → one entry a seed, as `job` returns them. Networks that learn the value
        instead of the change have ", value" in their name, those on square roots
        ", roots".
    """
    validate.one_of("series", series, tuple(ALL))
    validate.one_of("split", split, SPLITS)
    made = {}
    for key, found in json.loads(PATH.read_text(encoding="utf-8")).items():
        how = json.loads(key)
        if (how["series"], how["split"], how.get("keep", 1.0)) == (
                series, split, keep) and how.get("seed", 0) < seeds:
            more = "" if how.get("change", True) else ", value"
            more += ", roots" if how.get("roots") else ""
            for name, result in found.items():
                made.setdefault(name + more, []).append(result)
    order = {name: k for k, name in enumerate(ORDER)}
    return {name: made[name] for name in sorted(
        made, key=lambda name: (order[name.partition(",")[0]], name))}


def text(series, split="usual", names=None, seeds=3, digits=1):
    """Return the stored ladder of one series as text.

    Parameters
    ----------
    series, split, seeds
        As in `runs`.
    names : sequence of str or dict of str to str, optional
        Which forecasters, in this order, and what to call them; all if left out.
    digits : int

    Returns
    -------
    str
        Error on the test part, mean (least-most); skill; how much of the test part the
        80 % interval held.
    """
    stored = runs(series, split, seeds)
    names = list(stored) if names is None else names
    names = names if isinstance(names, dict) else dict(zip(names, names, strict=True))
    wide = max(map(len, names.values())) + 2
    bar = stored["persistence"][0]["test"]
    lines = [f"{'':{wide}}{'error (least-most)':22} skill  80 % covers"]
    for name, label in names.items():
        test = [run["test"] for run in stored[name]]
        error = f"{np.mean(test):.{digits}f}"
        if len(test) > 1:
            error += f" ({min(test):.{digits}f}-{max(test):.{digits}f})"
        covered = np.mean([run["covered"] for run in stored[name]])
        gain = f"{ladder.skill(float(np.mean(test)), bar):.2f}".replace("-0.00", "0.00")
        lines.append(f"{label:{wide}}{error:22} {gain:>5}  {100 * covered:3.0f} %")
    return "\n".join(lines)


def blocks_nearer(series, ours, theirs, seeds=3):
    """Count the blocks of the test part on which one forecaster is nearer.

    Parameters
    ----------
    series : str
    ours, theirs : str
        Names as in `runs`; of `theirs` the first run.
    seeds : int

    Returns
    -------
    list of int
        One count a seed of `ours`.
    blocks : int
    """
    stored = runs(series, "usual", seeds)
    other = np.array(stored[theirs][0]["blocks"])
    return [int(np.sum(np.array(run["blocks"]) < other)) for run in stored[ours]
            ], len(other)

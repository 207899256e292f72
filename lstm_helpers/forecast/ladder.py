"""The ladder every forecast has to climb, from "nothing changes" to an LSTM.

Sources
-------
.. [1] R. Hyndman, G. Athanasopoulos (2021), Forecasting: principles and practice,
       3rd edition, sections 5.2 (simple methods), 5.8 and 5.10 (evaluation on a
       rolling origin), 5.5 (prediction intervals from residuals).
.. [2] A. H. Murphy (1988), Skill scores based on the mean square error and their
       relationships to the correlation coefficient, Monthly Weather Review 116,
       2417-2424: a score is told against a reference. Here with the root, so that a
       skill of 0.2 means an error smaller by a fifth.
"""

from dataclasses import dataclass, field

import numpy as np

from lstm_helpers import validate
from lstm_helpers.baselines import LinearAutoregression
from lstm_helpers.forecast import windows as _windows
from lstm_helpers.forecast.network import Network, band, coverage
from lstm_helpers.progress import bar

LEARNED = ("window MLP", "RNN", "GRU", "LSTM")
KIND = {"window MLP": "mlp", "RNN": "rnn", "GRU": "gru", "LSTM": "lstm"}


@dataclass
class Rung:
    """One forecaster on one split: its errors and intervals, one entry a seed."""

    name: str
    val: list = field(default_factory=list)  # root mean squared error
    test: list = field(default_factory=list)
    covered: list = field(default_factory=list)  # of the 80 % interval, test part
    forecasts: list = field(default_factory=list)  # (N, 1) on the test part

    @property
    def learned(self):
        """Whether it is a network."""
        return self.name in LEARNED

    @property
    def error(self):
        """Mean error on the test part over the seeds."""
        return float(np.mean(self.test))

    def add(self, parts, predict):
        """Take one more forecaster: a function of a part's windows."""
        ours, val = predict(parts.test), predict(parts.val)
        self.val.append(rmse(parts.val.ys, val))
        self.test.append(rmse(parts.test.ys, ours))
        low, high = band(parts.val.ys - val)
        self.covered.append(coverage(parts.test.ys, ours, low, high))
        self.forecasts.append(ours)


def rmse(ys, forecast):
    """Return the root of the mean squared error."""
    validate.array("ys", ys)
    validate.array("forecast", forecast)
    if ys.shape != forecast.shape:
        raise ValueError(f"forecast must have shape {ys.shape}, got {forecast.shape}")
    return float(np.sqrt(np.mean((ys - forecast) ** 2)))


def skill(error, reference):
    """Return 1 - error / reference: 0 no better than the reference, 1 without error."""
    return 1 - validate.real("error", error, 0) / validate.real("reference", reference,
                                                                1e-300)


def seasonal_naive(series, at):
    """Forecast what stood a season before the target, or as many seasons as needed.

    Where there was no reading a season before, the season before that is taken, and so
    on: the last reading of this place in the season.

    Parameters
    ----------
    series : Series
        With `season` at least 1.
    at : ndarray of int, (N,)

    Returns
    -------
    ndarray, (N, 1)

    Raises
    ------
    ValueError
        If the series has no season, or nothing stands before a target.
    """
    season = validate.count("season", series.season)
    back = -(-series.ahead // season) * season
    where = at + series.ahead - back
    result = np.full(len(at), np.nan)
    while np.isnan(result).any():
        open_ = np.isnan(result) & (where >= 0)
        if not open_.any():
            raise ValueError("some targets have no reading a whole number of seasons "
                             f"before them (season {season}, length {len(series)})")
        result[open_] = series.values[where[open_]]
        where = where - season
    return result[:, None]


def nearest(known, asked):
    """Forecast what followed the most similar window that is known.

    It learns everything by heart, so it shows a leak more clearly than any network.

    Parameters
    ----------
    known, asked : Windows
        Similar is what has the smallest sum of squared differences.

    Returns
    -------
    ndarray, (N, 1)
    """
    book, result = known.xs[..., 0], []
    squares = (book**2).sum(axis=1)
    for k in range(0, len(asked.xs), 256):
        products = asked.xs[k : k + 256, :, 0] @ book.T
        result.append(known.ys[(squares - 2 * products).argmin(axis=1)])
    return np.concatenate(result)


def simple(series, parts):
    """Return the forecasters that learn nothing or next to nothing: name → function.

    Parameters
    ----------
    series : Series
    parts : Parts
        Only the training part is learned from.

    Returns
    -------
    dict of str to callable
        Each takes `Windows` and returns forecasts, (N, 1).
    """
    train = parts.train
    mean = float(train.xs[:, -1].mean())
    linear = LinearAutoregression().fit(train.xs, train.ys)
    made = {"persistence": lambda part: part.xs[:, -1],
            "mean": lambda part: np.full_like(part.ys, mean)}
    if series.season and series.season <= train.at[0] + len(train.at):
        made["seasonal naive"] = lambda part: seasonal_naive(series, part.at)
    made["AR"] = lambda part: linear.predict(part.xs)
    if min(p.xs.min() for p in parts) >= 0 and train.ys.min() >= 0:
        roots = LinearAutoregression().fit(np.sqrt(train.xs), np.sqrt(train.ys))
        made["AR on roots"] = lambda part: roots.predict(np.sqrt(part.xs)) ** 2
    return made


def climb(series, parts=None, seeds=(0, 1, 2), kinds=("window MLP", "RNN", "LSTM"),
          change=True, H=16, epochs=None, dtype=np.float32, progress=True):
    """Let every forecaster of the ladder forecast one series, on one split.

    Parameters
    ----------
    series : Series
    parts : Parts, optional
        As `windows.split` makes them; the usual shares if left out.
    seeds : sequence of int
        For the networks; the others have nothing to draw.
    kinds : sequence of str
        Of "window MLP", "RNN", "GRU", "LSTM".
    change, H, epochs, dtype
        As in `Network`.
    progress : bool

    Returns
    -------
    list of Rung
    """
    if parts is None:
        parts = _windows.split(_windows.cut(series), series.ahead, len(series))
    _windows.no_leak(parts, series.ahead)
    rungs = []
    for name, predict in simple(series, parts).items():
        rungs.append(Rung(name))
        rungs[-1].add(parts, predict)
    with bar(len(kinds) * len(seeds), "network", progress) as shown:
        for name in kinds:
            rung = Rung(validate.one_of("kinds", name, LEARNED))
            for seed in seeds:
                net = Network(KIND[name], H, change, epochs, seed=seed, dtype=dtype)
                net.fit(parts, progress=False)
                rung.add(parts, lambda part, net=net: net.predict(part.xs))
                shown.update()
            rungs.append(rung)
    return rungs


def walk_forward(series, folds=3, **options):
    """Climb the ladder on several splits, each further on in time [1]_.

    Fold k of K tests on a stretch of 15 % of the series (less with more than three
    folds), validates on as much before it, and trains on everything before that. The
    test stretches follow one another and end with the series.

    Parameters
    ----------
    series : Series
    folds : int
    **options
        For `climb`.

    Returns
    -------
    list of list of Rung
        One ladder a fold.
    """
    folds, n = validate.count("folds", folds), len(series)
    share = 0.45 / max(3, folds)
    made, cut = [], _windows.cut(series)
    for k in range(folds):
        end = 1 - (folds - 1 - k) * share
        places = [round(n * z) for z in (end - 2 * share, end - share, end)]
        made.append(climb(series, _windows.parts(cut, series.ahead, *places),
                          **options))
    return made


def blocks_won(series, parts, ours, theirs):
    """Count on how many blocks of the test part one forecast is nearer than another.

    Parameters
    ----------
    series : Series
        With `block` at least 1, such as the steps of a day.
    parts : Parts
    ours, theirs : ndarray, (N, 1)

    Returns
    -------
    won, blocks : int
    """
    which = parts.test.at // validate.count("block", series.block)
    won = 0
    for block in np.unique(which):
        here = which == block
        won += (rmse(parts.test.ys[here], ours[here])
                < rmse(parts.test.ys[here], theirs[here]))
    return int(won), len(np.unique(which))


def table(rungs, digits=2):
    """Return the ladder as text: error with its spread, skill, coverage.

    Parameters
    ----------
    rungs : list of Rung
        The first is the reference of the skill.
    digits : int
        Of the errors.

    Returns
    -------
    str
    """
    lines = ["                error (least-most)       skill  80 % covers"]
    for rung in rungs:
        error = f"{rung.error:.{digits}f}"
        if len(rung.test) > 1:
            error += f" ({min(rung.test):.{digits}f}-{max(rung.test):.{digits}f})"
        gain = f"{skill(rung.error, rungs[0].error):5.2f}".replace("-0.00", " 0.00")
        lines.append(f"{rung.name:15} {error:24} {gain}  "
                     f"{100 * np.mean(rung.covered):3.0f} %")
    return "\n".join(lines)

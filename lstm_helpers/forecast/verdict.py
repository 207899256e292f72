"""Would you bet on it? The whole ladder, a table, a picture and a sentence in one call.

The sentence is careful. It speaks of the network that the validation part prefers, and
lets it win only if its worst seed beats whatever else came out best on the test part,
so that luck is on the other side. It is said of this test part, and of no other.
"""

from dataclasses import dataclass

import matplotlib.pyplot as plt
import numpy as np

from lstm_helpers import validate
from lstm_helpers.figures import nb11, style
from lstm_helpers.forecast import ladder, windows
from lstm_helpers.forecast.series import Series

LEAST = 100  # windows of the training part below which nothing is said
SMALL = 0.01  # a gain below one per cent is called no difference


@dataclass
class Verdict:
    """What `evaluate` found.

    Attributes
    ----------
    series : Series
    parts : Parts
    rungs : list of Rung
    words : str
        The verdict in a sentence or two.
    """

    series: Series
    parts: windows.Parts
    rungs: list
    words: str

    @property
    def table(self):
        """The ladder as text."""
        return ladder.table(self.rungs, digits_for(self.rungs))

    def picture(self, ax=None):
        """Draw the ladder; return the Axes."""
        return nb11.ladder({rung.name: rung.test for rung in self.rungs},
                           best_simple(self.rungs).error, ax, self.series.unit,
                           1.15 * self.rungs[0].error)


def evaluate(series, seeds=(0, 1, 2), kinds=("window MLP", "RNN", "LSTM"), change=True,
             train=0.5, val=0.2, dtype=np.float64, show=True, **options):
    """Climb the whole ladder with a series and say whether a network is worth it.

    Parameters
    ----------
    series : Series
        One of `series.ALL`, or your own from `own.read_csv`.
    seeds : sequence of int
        Of the networks; the spread is told.
    kinds : sequence of str
        Of "window MLP", "RNN", "GRU", "LSTM".
    change : bool
        Whether networks learn the change since the last value.
    train, val : float
        Shares of the series, in time's order; the rest is the test part.
    dtype : {numpy.float64, numpy.float32}
        float64, so that the table comes out the same on every machine.
    show : bool
        Print the table and the verdict, and show the picture.
    **options
        `H`, `epochs`, `progress` of `ladder.climb`.

    Returns
    -------
    Verdict

    Raises
    ------
    TypeError, ValueError
        If an argument does not fit, or the series is too short to say anything.
    """
    if not isinstance(series, Series):
        raise TypeError(f"series must be a Series, got {type(series).__name__}: "
                        "read a file with read_csv(path)")
    parts = windows.split(windows.cut(series), series.ahead, len(series), train, val)
    if len(parts.train.at) < LEAST:
        raise ValueError(f"the training part has {len(parts.train.at)} windows, and at "
                         f"least {LEAST} are wanted: too few rows for a verdict")
    rungs = ladder.climb(series, parts, seeds, kinds, change, dtype=dtype, **options)
    verdict = Verdict(series, parts, rungs, sentence(series, parts, rungs))
    if validate.flag("show", show):
        print(verdict.table)
        _, ax = plt.subplots(figsize=(8, 0.5 + 0.36 * len(rungs)))
        verdict.picture(ax)
        far = (f"one {series.step}" if series.ahead == 1
               else f"{series.ahead} steps ({series.step})")
        ax.set_title(f"{series.name}, {far} ahead", loc="left")
        style.show(ax, alt=nb11.ALT["verdict"])
        print(verdict.words)
    return verdict


def best_simple(rungs):
    """Return the best forecaster of the test part that is no network."""
    return min((rung for rung in rungs if not rung.learned), key=lambda r: r.error)


def sentence(series, parts, rungs):
    """Return the verdict in words."""
    digits = digits_for(rungs)
    bar = best_simple(rungs)
    nets = [rung for rung in rungs if rung.learned]
    said = f"To beat: {bar.name}, {bar.error:.{digits}f}. "
    if not nets:
        return said + "No network was asked."
    best = min(nets, key=lambda rung: np.mean(rung.val))  # the test part is not asked
    gain = ladder.skill(best.error, bar.error)
    spread = f"{min(best.test):.{digits}f}-{max(best.test):.{digits}f}"
    many = f"over {len(best.test)} seed{'s' * (len(best.test) > 1)}"
    if max(best.test) < (1 - SMALL) * bar.error:
        said += (f"The {best.name}, the network that validates best, beats it with "
                 f"every seed ({spread} {many}), by {100 * gain:.0f} % on average. ")
        if series.block:
            won = [ladder.blocks_won(series, parts, ours, bar.forecasts[0])
                   for ours in best.forecasts]
            low, high = min(won)[0], max(won)[0]
            said += (f"It is nearer in {low if low == high else f'{low} to {high}'} of "
                     f"{won[0][1]} blocks of {series.block} steps. ")
        near = [rung.name for rung in nets if rung is not best
                and min(rung.test) <= max(best.test)]
        said += f"Within its spread: {', '.join(near)}." if near else ""
    elif min(best.test) < bar.error:
        said += (f"The {best.name}, the network that validates best, is no clear "
                 f"winner: {spread} {many}, "
                 f"{100 * gain:+.1f} % on average. Do not bet on the difference.")
    else:
        said += (f"The {best.name}, the network that validates best, does not beat it: "
                 f"{spread} {many}. Take {bar.name}.")
    return said.strip()


def digits_for(rungs):
    """Return how many decimals show three figures of the smallest error."""
    least = min(rung.error for rung in rungs)
    return int(np.clip(2 - np.floor(np.log10(max(least, 1e-9))), 0, 6))

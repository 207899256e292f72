"""The ladder of baselines for labelled texts: who beats whom, and by how much?"""

from typing import NamedTuple

import numpy as np

from lstm_helpers import validate
from lstm_helpers.progress import bar
from lstm_helpers.text.bag import Bag, words
from lstm_helpers.text.labelled import check_labelled
from lstm_helpers.text.reader import LONGEST, Reader
from lstm_helpers.train import full_speed


class Majority:
    """Always say the label that was most frequent in training."""

    def fit(self, rows, ys, K, rng=0):
        """Count labels."""
        self.label = int(np.bincount(ys, minlength=K).argmax())
        return self

    def predict(self, rows):
        """Return that label for each row."""
        return np.full(len(rows), self.label)


RUNGS = {"always the same": Majority, "bag of words": Bag,
         "bag of words and pairs": lambda: Bag(2), "RNN": lambda: Reader("rnn"),
         "LSTM": Reader}


class Ladder(NamedTuple):
    """What `climb` measured: for each model the share of right labels in every fold.

    ``scores`` maps names to arrays (folds,); ``tested`` is how many texts a fold tests;
    ``notes`` are sentences about the data.
    """

    scores: dict
    tested: int
    notes: tuple

    @property
    def verdict(self):
        """Return one sentence: the LSTM against the best baseline without order."""
        simple = [z for z in self.scores if z not in ("RNN", "LSTM")]
        best = max(simple, key=lambda z: self.scores[z].mean())
        return " ".join([_between("LSTM", best, self.scores),
                         *([_between("LSTM", "RNN", self.scores)]
                           if "RNN" in self.scores else [])])

    def table(self):
        """Return the shares as text: mean, least and most."""
        wide = max(22, *map(len, self.scores)) + 2
        lines = [f"{'right on unseen texts':{wide}}mean   least-most"]
        for name, scores in self.scores.items():
            lines.append(f"{name:{wide}}{scores.mean():.2f}   "
                         f"{scores.min():.2f}-{scores.max():.2f}")
        chance = 0.5 / self.tested**0.5
        lines.append(f"{len(scores)} folds, {self.tested} texts tested in each: chance "
                     f"alone moves one fold by about ±{chance:.2f}.")
        return "\n".join([*lines, *self.notes, self.verdict])


def _between(one, other, scores):
    ahead = scores[one] - scores[other]
    n, wins, losses = len(ahead), (ahead > 0).sum(), (ahead < 0).sum()
    span = f"{ahead.mean():+.2f} ({ahead.min():+.2f} to {ahead.max():+.2f})"
    span = span.replace("-", "−")
    if wins == n:
        return f"The {one} is ahead of “{other}” in all {n} folds, by {span}."
    if losses == n:
        return f"The {one} is behind “{other}” in all {n} folds, {span}."
    return (f"No clear difference between the {one} and “{other}”: ahead in {wins} of "
            f"{n} folds, {span}.")


def climb(texts, labels, folds=5, seed=0, rungs=None, progress=True):
    """Judge every model of the ladder on texts it has not seen.

    Each text is tested once; the same text, if it occurs again, stays on the same side.
    Vocabularies are made of the training part. No setting is chosen by the result.

    Parameters
    ----------
    texts : list of str
    labels : list of str
    folds : int
        Parts; each is tested by models trained on the others.
    seed : int
        Draws the folds; and the weights, anew in every fold.
    rungs : dict of str to callable, optional
        Name → what makes a model with ``fit(rows, ys, K, rng)`` and ``predict(rows)``.
    progress : bool

    Returns
    -------
    Ladder

    Raises
    ------
    TypeError, ValueError
        If they are no texts with labels; it says which is wrong.
    """
    texts, labels = check_labelled(texts, labels)
    folds = validate.count("folds", folds, 2)
    rungs = RUNGS if rungs is None else rungs
    kinds = sorted(set(labels))
    ys = np.array([kinds.index(z) for z in labels])
    rows = [words(text) for text in texts]
    part = fold_of(rows, ys, folds, validate.count("seed", seed, 0))
    scores = {name: np.empty(folds) for name in rungs}
    progress = validate.flag("progress", progress)
    with full_speed(), bar(folds * len(rungs), "model", progress) as seen:
        for k in range(folds):
            known, asked = np.flatnonzero(part != k), np.flatnonzero(part == k)
            for name, make in rungs.items():
                model = make().fit([rows[i] for i in known], ys[known], len(kinds),
                                   rng=1000 * seed + k)
                said = model.predict([rows[i] for i in asked])
                scores[name][k] = np.mean(said == ys[asked])
                seen.update()
    return Ladder(scores, int(np.bincount(part).min()), notes(rows))


def fold_of(rows, ys, folds, seed):
    """Return the fold of every row, (N,): labels spread evenly, equal rows together."""
    rng = np.random.default_rng(seed)
    part, sizes = np.full(len(rows), -1), np.zeros((folds, ys.max() + 1))
    groups = {}
    for k in rng.permutation(len(rows)):
        groups.setdefault(tuple(rows[k]), []).append(k)
    for places in groups.values():
        label = ys[places[0]]
        to = int(np.lexsort((sizes.sum(axis=1), sizes[:, label]))[0])
        part[places] = to
        for k in places:
            sizes[to, ys[k]] += 1
    return part


def notes(rows):
    """Return what a reader of the table should know about the data."""
    found, again = [], len(rows) - len(set(map(tuple, rows)))
    if again:
        found.append(f"{again} texts repeat another; equal ones stay in one fold.")
    long = sum(len(row) > LONGEST for row in rows)
    if long:
        found.append(f"{long} texts have more than {LONGEST} words; the networks read "
                     f"their last {LONGEST}.")
    return tuple(found)

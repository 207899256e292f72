"""Your own labelled sentences: read them, and judge every model on them in one call."""

import matplotlib.pyplot as plt

from lstm_helpers.figures import nb10, style
from lstm_helpers.text.labelled import load_labelled as load
from lstm_helpers.text.ladder import climb

__all__ = ["evaluate", "load"]


def evaluate(texts, labels, folds=5, seed=0, progress=True):
    """Judge the ladder of models on labelled texts: a table, a picture and a verdict.

    Always the same label; a bag of words; a bag of words and pairs; a plain RNN; an
    LSTM. Each text is tested once, by models that have not seen it.

    Parameters
    ----------
    texts, labels : list of str
        As `load` returns them.
    folds : int
    seed : int
    progress : bool

    Returns
    -------
    text.ladder.Ladder
        ``scores``, ``verdict``, ``table()``.

    Raises
    ------
    TypeError, ValueError
        If they are no texts with labels; it says which is wrong.
    """
    result = climb(texts, labels, folds, seed, progress=progress)
    print(result.table())
    _, ax = plt.subplots(figsize=(8, 0.6 + 0.45 * len(result.scores)))
    nb10.ladder(result.scores, ax)
    means = "; ".join(f"{name} {scores.mean():.2f}" for name, scores in
                      result.scores.items())
    style.show(ax, alt=f"{nb10.ALT['ladder']} Means: {means}.")
    return result

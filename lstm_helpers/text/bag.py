"""Labels from words without their order: a bag, and logistic regression on it.

Sources
-------
.. [1] D. Jurafsky, J. H. Martin, Speech and Language Processing, 3rd edition (draft),
       the chapter on logistic regression: the model, its loss and its gradient.
.. [2] Y. Nesterov (2004), Introductory lectures on convex optimization, section 2.2:
       the accelerated gradient that finds the minimum.
"""

import re

import numpy as np

from lstm_helpers import losses, validate
from lstm_helpers.text.symbols import Vocabulary, check_texts

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[!?]")


def words(text):
    """Return a text as its words in lower case, with ! and ? as words.

    Parameters
    ----------
    text : str

    Returns
    -------
    list of str
    """
    validate.text("text", text)
    found = WORD.findall(text.lower())
    return [{"?": "(?)", "!": "(!)"}.get(word, word) for word in found]


def logistic_regression(X, ys, K, strength=1.0, most=2000, near=1e-5):
    """Find the weights of softmax regression: the minimum, up to `near`.

    L = Σ -log softmax(x W + b)[class] + strength / 2 · ΣW², as in [1]_.

    Parameters
    ----------
    X : ndarray, (N, V)
    ys : ndarray of int, (N,)
    K : int
        Classes.
    strength : float
        Of the pull of the weights (not of the bias) towards 0.
    most : int
        Steps of the accelerated gradient [2]_ at most.
    near : float
        The largest entry of the gradient, by N, at which it stops.

    Returns
    -------
    W : ndarray, (V, K)
    b : ndarray, (K,)
    """
    rows = np.concatenate([X, np.ones((len(X), 1))], axis=1)
    pull = np.full((rows.shape[1], 1), strength)
    pull[-1] = 1e-6  # the bias is all but free
    # Largest curvature: half the largest eigenvalue of XᵀX, found by its power.
    z = np.ones(rows.shape[1])
    for _ in range(30):
        z = rows.T @ (rows @ z)
        size = np.linalg.norm(z)
        z /= size
    step = 1 / (0.55 * size + strength)
    hot = np.eye(K)[ys]
    weights = ahead = np.zeros((rows.shape[1], K))
    t = 1.0
    for _ in range(most):
        slope = rows.T @ (losses.softmax(rows @ ahead) - hot) + pull * ahead
        if np.abs(slope).max() < near * len(X):
            break
        new = ahead - step * slope
        if ((ahead - new) * (new - weights)).sum() > 0:
            t = 1.0  # it overshot: begin the acceleration anew
        later = (1 + (1 + 4 * t * t) ** 0.5) / 2
        ahead = new + (t - 1) / later * (new - weights)
        weights, t = new, later
    return ahead[:-1], ahead[-1]


class Bag:
    """Which words occur, and a number for each of them: no order.

    Parameters
    ----------
    longest : int
        1: single words. 2: pairs of neighbours as well.
    most : int
        Entries of the vocabulary at most, frequent ones first.
    """

    def __init__(self, longest=1, most=2000):
        self.longest = validate.count("longest", longest)
        self.most = validate.count("most", most)

    def fit(self, rows, ys, K, rng=0):
        """Learn from rows of words and the numbers of their labels; `rng` is unused.

        Parameters
        ----------
        rows : list of list of str
        ys : ndarray of int, (N,)
        K : int
            Classes.

        Returns
        -------
        Bag
            This object.
        """
        rows = [self._entries(row) for row in check_texts("rows", rows)]
        self.vocabulary = Vocabulary(rows, most=self.most)
        self.W, self.b = logistic_regression(self._table(rows), ys, K)
        return self

    def predict(self, rows):
        """Return the likeliest label of each row, (N,)."""
        table = self._table([self._entries(row) for row in rows])
        return (table @ self.W + self.b).argmax(axis=1)

    def _entries(self, row):
        padded = ["", *row, ""] if self.longest > 1 else row
        return [" ".join(padded[k : k + n]) if n > 1 else padded[k]
                for n in range(1, self.longest + 1)
                for k in range(len(padded) - n + 1) if n > 1 or padded[k]]

    def _table(self, rows):
        table = np.zeros((len(rows), len(self.vocabulary)))
        for k, row in enumerate(rows):
            known = [self.vocabulary.number[z] for z in row
                     if z in self.vocabulary.number]
            table[k, known] = 1
        return table

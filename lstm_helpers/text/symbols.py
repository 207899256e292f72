"""From letters or words to arrays: vocabulary, one-hot, padded batches with a mask.

A text is any row of symbols: a string is a row of letters, a list one of words. One
mark stands for both ends, before the first symbol and after the last.
"""

from typing import NamedTuple

import numpy as np

from lstm_helpers import validate

MARK = "."
UNKNOWN = "?"


class Batch(NamedTuple):
    """Texts as arrays of one length: what comes, what follows, what counts.

    ``xs`` (N, T, V) one-hot rows, the mark first; ``ys`` (N, T) the symbol after each,
    the mark last; ``mask`` (N, T) False where a text has already ended.
    """

    xs: np.ndarray
    ys: np.ndarray
    mask: np.ndarray


class Vocabulary:
    """Numbers for symbols: 0 for the mark, then 1, 2, … in alphabetical order.

    Parameters
    ----------
    texts : sequence of texts
        Whose symbols are taken. Of the training part: what only the test has is
        unknown, as it will be later.
    least : int
        How often a symbol has to occur to be taken.
    most : int, optional
        How many are taken at most, the frequent ones first.
    unknown : bool
        Whether all other symbols share a number of their own. If not, they raise.

    Attributes
    ----------
    symbols : list
        ``symbols[0]`` is the mark.

    Raises
    ------
    TypeError, ValueError
        If `texts` is a single text, is empty, or holds the mark itself.
    """

    def __init__(self, texts, least=1, most=None, unknown=False):
        rows = check_texts("texts", texts)
        unknown = validate.flag("unknown", unknown)
        counts = {}
        for row in rows:
            if not isinstance(row, str | list | tuple):
                raise TypeError("texts must hold strings or lists of words, got "
                                f"{type(row).__name__}")
            for symbol in row:
                counts[symbol] = counts.get(symbol, 0) + 1
        if MARK in counts:
            raise ValueError(f"texts must not hold {MARK!r}, the mark of both ends")
        counts.pop(UNKNOWN, None) if unknown else None
        least = validate.count("least", least)
        kept = sorted((s for s in counts if counts[s] >= least),
                      key=lambda s: (-counts[s], s))
        if most is not None:
            kept = kept[: validate.count("most", most)]
        self.has_unknown = unknown
        self.symbols = [MARK, *([UNKNOWN] if self.has_unknown else []), *sorted(kept)]
        self.number = {symbol: k for k, symbol in enumerate(self.symbols)}

    def __len__(self):
        return len(self.symbols)

    def __repr__(self):
        return f"Vocabulary of {len(self)} symbols"

    def encode(self, text):
        """Return the numbers of one text, a list, without marks.

        Raises
        ------
        ValueError
            If a symbol is not in the vocabulary, and none stands for such.
        """
        if self.has_unknown:
            return [self.number.get(symbol, 1) for symbol in text]
        try:
            return [self.number[symbol] for symbol in text]
        except KeyError as missing:
            raise ValueError(f"text must hold symbols of the vocabulary, got {missing}"
                             f" in {text!r}") from None

    def decode(self, numbers):
        """Return the symbols of numbers, as a list; marks are left out."""
        return [self.symbols[int(k)] for k in numbers if k != 0]

    def numbers(self, texts):
        """Return texts as numbers of one length, and which of them are real.

        Parameters
        ----------
        texts : sequence of texts

        Returns
        -------
        ids : ndarray of int, (N, T)
            T is the longest length; behind a shorter text stands 0.
        mask : ndarray of bool, (N, T)
        """
        rows = [self.encode(text) for text in check_texts("texts", texts)]
        lengths = np.array([len(row) for row in rows])
        mask = np.arange(max(1, lengths.max())) < lengths[:, None]
        ids = np.zeros(mask.shape, int)
        ids[mask] = [k for row in rows for k in row]
        return ids, mask

    def batch(self, texts, dtype=np.float32):
        """Return texts as the question "what comes next?" at every symbol.

        Parameters
        ----------
        texts : sequence of texts
        dtype : type
            Of `xs`.

        Returns
        -------
        Batch
            T is the longest length and one more: the end is asked for as well.
        """
        ids, real = self.numbers(texts)
        first = np.zeros((len(ids), 1), int)
        asked = np.concatenate([np.ones_like(first, bool), real], axis=1)
        came = np.concatenate([first, ids], axis=1)
        follow = np.concatenate([ids, first], axis=1)
        xs = one_hot(came, len(self), dtype)
        xs[~asked] = 0  # nothing comes behind the end
        return Batch(xs, follow, asked)


def one_hot(ids, V, dtype=np.float32):
    """Return rows of zeros with a single one: at the number of the symbol.

    Parameters
    ----------
    ids : ndarray of int, (...)
    V : int
        Symbols in the vocabulary.

    Returns
    -------
    ndarray, (..., V)

    Raises
    ------
    TypeError, ValueError
        If `ids` are no whole numbers from 0 to V - 1.
    """
    ids = np.asarray(ids)
    if ids.dtype.kind not in "iu":
        raise TypeError(f"ids must hold whole numbers, got dtype {ids.dtype}")
    V = validate.count("V", V)
    if ids.size and (ids.min() < 0 or ids.max() >= V):
        bad = ids.min() if ids.min() < 0 else ids.max()
        raise ValueError(f"ids must be from 0 to {V - 1}, got {bad}")
    rows = np.zeros((*ids.shape, V), validate.float_type("dtype", dtype))
    np.put_along_axis(rows, ids[..., None], 1, axis=-1)
    return rows


def bits(p, ys, mask=None):
    """Return the mean of -log₂ of the probability that was given to what came.

    Parameters
    ----------
    p : ndarray, (..., V)
        Probabilities along the last axis.
    ys : ndarray of int, (...)
        What came.
    mask : ndarray of bool, (...), optional
        Which of them count: padding does not.

    Returns
    -------
    float
        Bits a symbol: log₂ V for equal probabilities, 0 for who always knows.
    """
    validate.array("p", p)
    given = np.take_along_axis(p, np.asarray(ys)[..., None], -1)[..., 0]
    given = given if mask is None else given[validate.mask("mask", mask, given.shape)]
    with np.errstate(divide="ignore"):
        return float(-np.log2(given, dtype=np.float64).mean()) + 0.0


def check_texts(name, texts):
    """Return a list of texts, or say what came instead."""
    if isinstance(texts, str) or not isinstance(texts, list | tuple | np.ndarray):
        raise TypeError(f"{name} must be a list of texts, got {type(texts).__name__}"
                        + (f": write [{name}]" if isinstance(texts, str) else ""))
    if not len(texts):
        raise ValueError(f"{name} must not be empty")
    return list(texts)

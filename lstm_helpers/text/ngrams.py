"""The next symbol by counting: n-grams with marks, Witten-Bell and Kneser-Ney.

An n-gram looks at the n - 1 symbols before. What was seen there only once or never is
mixed with what was seen after the last n - 2 symbols, and so on down to equal shares.

Sources
-------
.. [1] I. H. Witten, T. C. Bell (1991), The zero-frequency problem, IEEE Transactions on
       Information Theory 37(4), 1085-1094: method C.
.. [2] R. Kneser, H. Ney (1995), Improved backing-off for m-gram language modeling,
       ICASSP, 181-184.
.. [3] S. F. Chen, J. Goodman (1999), An empirical study of smoothing techniques for
       language modeling, Computer Speech and Language 13, 359-394: both, interpolated.
"""

import numpy as np

from lstm_helpers import validate
from lstm_helpers.text.symbols import MARK, Vocabulary, check_texts

SMOOTHINGS = ("kneser-ney", "witten-bell")


def contexts(text, n):
    """Return what an n-gram is asked: pairs of the symbols before and the symbol.

    Parameters
    ----------
    text : sequence
        A string of letters, or a list of words.
    n : int

    Returns
    -------
    list of (tuple, symbol)
        One for every symbol and one for the end; n - 1 marks stand in front.
    """
    row = (MARK,) * (n - 1) + tuple(text) + (MARK,)
    return [(row[k - n + 1 : k], row[k]) for k in range(n - 1, len(row))]


class NGram:
    """Predict the next symbol from the n - 1 before it, by counting.

    With c the count of a symbol after a context, C their sum, U how many different
    symbols came, and p′ the same for the context without its first symbol [3]_:

    - Witten-Bell [1]_: p = (c + U p′) / (C + U).
    - Kneser-Ney [2]_: p = (max(c - d, 0) + d U p′) / C, where shorter contexts count in
      how many *different* contexts a symbol came, not how often; d = n₁ / (n₁ + 2 n₂)
      from the numbers of ones and twos, for each length of context.

    Parameters
    ----------
    n : int
        1 looks at nothing before.
    smoothing : {"kneser-ney", "witten-bell"}
    contexts : callable, optional
        ``contexts(text, n)`` instead of the function above.

    Attributes
    ----------
    vocabulary : Vocabulary
        Given, or made of the texts, by `fit`.
    """

    def __init__(self, n, smoothing="kneser-ney", contexts=contexts):
        self.n = validate.count("n", n)
        self.smoothing = validate.one_of("smoothing", smoothing, SMOOTHINGS)
        self.contexts = validate.function("contexts", contexts)
        self.vocabulary = None

    def fit(self, texts, vocabulary=None):
        """Count texts; return this object.

        Parameters
        ----------
        texts : sequence of texts
        vocabulary : Vocabulary, optional
        """
        texts = check_texts("texts", texts)
        self.vocabulary = vocabulary or Vocabulary(texts)
        table, different = {}, self.smoothing == "kneser-ney"
        for text in texts:
            for context, symbol in self._asked(text):
                seen = table.setdefault(context, {})
                seen[symbol] = seen.get(symbol, 0) + 1
        for length in range(self.n - 1, 0, -1):
            for context in [z for z in table if len(z) == length]:
                shorter = table.setdefault(context[1:], {})
                for symbol, count in table[context].items():
                    more = 1 if different else count
                    shorter[symbol] = shorter.get(symbol, 0) + more
        self.table = table
        self.total = {z: sum(seen.values()) for z, seen in table.items()}
        self.discounts = [self._discount(length) for length in range(self.n)]
        return self

    def _asked(self, text):
        """Return the pairs of a text in numbers, leading marks as one."""
        number, unknown = self.vocabulary.number, self.vocabulary.has_unknown
        for context, symbol in self.contexts(text, self.n):
            while len(context) > 1 and context[0] == context[1] == MARK:
                context = context[1:]
            if unknown:
                yield (tuple(number.get(z, 1) for z in context), number.get(symbol, 1))
            else:
                yield tuple(number[z] for z in context), number[symbol]

    def _discount(self, length):
        counts = [c for z, seen in self.table.items() if len(z) == length
                  for c in seen.values()]
        ones, twos = counts.count(1), counts.count(2)
        return ones / (ones + 2 * twos) if ones and twos else 0.5

    def _shares(self, context):
        """Return for each known length: counts, sum, taken off each, left for below."""
        for k in range(len(context), -1, -1):
            z = context[k:]
            seen = self.table.get(z)
            if seen is None:
                continue
            total, many = self.total[z], len(seen)
            if self.smoothing == "witten-bell":
                yield seen, total + many, 0.0, many / (total + many)
            else:
                d = self.discounts[len(z)]
                yield seen, total, d, d * many / total

    def _p(self, context, symbol):
        """Return the probability of one symbol, both in numbers."""
        p = 1 / len(self.vocabulary)
        for seen, total, off, left in self._shares(context):
            p = max(seen.get(symbol, 0) - off, 0) / total + left * p
        return p

    def predict(self, beginning):
        """Return the probability of every symbol after a beginning.

        Parameters
        ----------
        beginning : sequence
            The symbols since the start, without the mark; may be empty.

        Returns
        -------
        ndarray, (V,)
            In the order of the vocabulary, the mark (the end) first; of sum 1.
        """
        self._fitted()
        *_, (context, _) = self._asked(beginning)
        p = np.full(len(self.vocabulary), 1 / len(self.vocabulary))
        for seen, total, off, left in self._shares(context):
            p *= left
            for symbol, count in seen.items():
                p[symbol] += max(count - off, 0) / total
        return p

    def bits(self, texts):
        """Return the bits a symbol that texts cost, their ends included.

        Parameters
        ----------
        texts : sequence of texts

        Returns
        -------
        float
        """
        self._fitted()
        cost, count, known = 0.0, 0, {}
        for text in check_texts("texts", texts):
            for pair in self._asked(text):
                if pair not in known:
                    known[pair] = -np.log2(self._p(*pair))
                cost += known[pair]
                count += 1
        return float(cost / count)

    def _fitted(self):
        if self.vocabulary is None:
            raise RuntimeError("call fit(texts) first")

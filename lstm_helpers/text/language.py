"""A network that says what comes next, and names or sentences drawn from it."""

import numpy as np

from lstm_helpers import losses, validate
from lstm_helpers.model import Recurrent
from lstm_helpers.text.symbols import one_hot


class Language:
    """A recurrent network and its vocabulary, asked like an `NGram`.

    Parameters
    ----------
    model : model.Recurrent
        With an output at every step, D = O = the size of the vocabulary, and the loss
        "softmax"; train it with `train.fit` on ``vocabulary.batch(texts)``.
    vocabulary : Vocabulary

    Raises
    ------
    TypeError, ValueError
        If they do not fit together.
    """

    def __init__(self, model, vocabulary):
        if not isinstance(model, Recurrent):
            raise TypeError(f"model must be a Recurrent, got {type(model).__name__}")
        V = len(vocabulary)
        if (model.D, model.O, model.every_step) != (V, V, True):
            raise ValueError(
                f"model must have D = O = {V}, the size of the vocabulary, and "
                f"every_step=True, got D = {model.D}, O = {model.O}, every_step="
                f"{model.every_step}")
        self.model, self.vocabulary = model, vocabulary

    def scores(self, beginning):
        """Return the scores y of every symbol after a beginning, (V,)."""
        ids = np.array([[0, *self.vocabulary.encode(beginning)]])
        xs = one_hot(ids, len(self.vocabulary), self.model.dtype)
        return self.model.predict(xs)[0, -1].astype(np.float64)

    def predict(self, beginning):
        """Return the probability of every symbol after a beginning.

        Parameters
        ----------
        beginning : sequence
            The symbols since the start, without the mark; may be empty.

        Returns
        -------
        ndarray, (V,)
            The mark (the end) first.
        """
        return losses.softmax(self.scores(beginning))

    def samples(self, rng, N, temperature=1.0, beginning=(), most=30):
        """Draw N texts at once, carrying the state: like `sample`, and much faster.

        Returns
        -------
        list of list
            Symbols; a text ends before the first mark or after `most` symbols.
        """
        validate.generator("rng", rng)
        ids = np.array([[0, *self.vocabulary.encode(beginning)]] * N)
        drawn, state = [list(beginning) for _ in range(N)], ()
        open_ = np.ones(N, bool)
        for _ in range(validate.count("most", most)):
            xs = one_hot(ids, len(self.vocabulary), self.model.dtype)
            y, *state = self.model.advance(xs, *state)
            p = tempered(losses.softmax(y[:, -1].astype(np.float64)), temperature)
            ids = pick(p, rng)[:, None]
            open_ &= ids[:, 0] != 0
            for n in np.flatnonzero(open_):
                drawn[n].append(self.vocabulary.symbols[ids[n, 0]])
            if not open_.any():
                break
        return drawn

    def bits(self, texts):
        """Return the bits a symbol that texts cost, their ends included."""
        xs, ys, mask = self.vocabulary.batch(texts, self.model.dtype)
        loss = losses.named("softmax")
        return loss.value(self.model.predict(xs), ys, mask) / float(np.log(2))


def tempered(p, temperature):
    """Return probabilities sharpened (below 1) or flattened (above): p^(1/T), anew.

    The same as scores divided by T before the softmax.

    Parameters
    ----------
    p : ndarray, (..., V)
    temperature : float
        Above 0.

    Returns
    -------
    ndarray, (..., V)
    """
    validate.array("p", p)
    temperature = validate.real("temperature", temperature, 1e-3)
    with np.errstate(divide="ignore"):
        logs = np.log(p)
    logs = (logs - logs.max(axis=-1, keepdims=True)) / temperature
    powers = np.exp(logs)
    return powers / powers.sum(axis=-1, keepdims=True)


def pick(p, rng):
    """Draw one number for each row of probabilities (..., V)."""
    edges = np.cumsum(p, axis=-1)
    at = rng.random((*p.shape[:-1], 1)) * edges[..., -1:]
    return np.minimum((edges <= at).sum(axis=-1), p.shape[-1] - 1)


def sample(language, rng, temperature=1.0, beginning=(), most=30):
    """Draw a text symbol by symbol, each from what the ones before make likely.

    Parameters
    ----------
    language : Language or NGram
        Anything with ``predict(beginning)`` and a ``vocabulary``.
    rng : numpy.random.Generator
    temperature : float
        Below 1 keeps to the likely, above 1 dares more.
    beginning : sequence
        What stands there already.
    most : int
        Symbols at most; a drawn mark ends the text before.

    Returns
    -------
    str or list
        A string if all symbols are single letters.
    """
    validate.generator("rng", rng)
    symbols = language.vocabulary.symbols
    drawn = list(beginning)
    for _ in range(validate.count("most", most)):
        p = tempered(language.predict(drawn), temperature)
        k = int(pick(p, rng))
        if k == 0:
            break
        drawn.append(symbols[k])
    letters = all(isinstance(s, str) and len(s) == 1 for s in symbols)
    return "".join(drawn) if letters else drawn

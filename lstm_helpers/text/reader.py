"""Labels from words in their order: a recurrent network, asked at the last word."""

import numpy as np

from lstm_helpers import validate
from lstm_helpers.model import Recurrent
from lstm_helpers.text.symbols import Vocabulary, one_hot
from lstm_helpers.train import Adam, Update, full_speed, one_epoch

LONGEST = 60  # words: of a longer text the last ones are read


class Reader:
    """Read a text word by word and give a label at its last word.

    The output at every other step, and behind the end, is masked: it costs nothing.

    Parameters
    ----------
    cell : {"lstm", "gru", "rnn"}
    H : int
    most : int
        Words of the vocabulary at most; all others share the number of the unknown.
    least : int
        How often a word has to occur in training to have a number of its own.
    epochs, lr, batch_size
        Of Adam; the rate falls to 0 over the run.
    """

    def __init__(self, cell="lstm", H=32, most=500, least=2, epochs=20, lr=0.02,
                 batch_size=32):
        self.cell, self.H, self.most, self.least = cell, H, most, least
        self.epochs, self.lr, self.batch_size = epochs, lr, batch_size

    def fit(self, rows, ys, K, rng=0):
        """Learn from rows of words and the numbers of their labels.

        Parameters
        ----------
        rows : list of list of str
        ys : ndarray of int, (N,)
        K : int
            Classes.
        rng : numpy.random.Generator or int
            Draws the weights and the batches.

        Returns
        -------
        Reader
            This object.
        """
        rng = validate.seed("rng", rng)
        self.vocabulary = Vocabulary(rows, self.least, self.most, unknown=True)
        self.model = Recurrent(self.cell, len(self.vocabulary), self.H, K,
                               every_step=True, loss="softmax", rng=rng,
                               dtype=np.float64)  # the same labels on every machine
        N = len(rows)
        steps = self.epochs * -(-N // self.batch_size)
        update = Update(Adam(self.lr), "cosine", 1.0, None, steps)
        with full_speed():
            for _ in range(self.epochs):
                order = rng.permutation(N)
                for k in range(0, N, self.batch_size):
                    some = order[k : k + self.batch_size]
                    xs, last = self.read([rows[i] for i in some])
                    wanted = np.repeat(ys[some, None], xs.shape[1], axis=1)
                    one_epoch(self.model, xs, wanted, update, mask=last)
        return self

    def read(self, rows):
        """Return one-hot rows, (N, T, V), and which step is the last word, (N, T)."""
        ids, mask = self.vocabulary.numbers([row[-LONGEST:] or [""] for row in rows])
        last = mask.copy()
        last[:, :-1] &= ~mask[:, 1:]
        return one_hot(ids, len(self.vocabulary)), last

    def predict(self, rows):
        """Return the likeliest label of each row, (N,)."""
        found = []
        for k in range(0, len(rows), 256):
            xs, last = self.read(rows[k : k + 256])
            found.append(self.model.predict(xs)[last].argmax(axis=1))
        return np.concatenate(found)

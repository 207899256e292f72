"""One head of attention on top of a recurrent layer: look back at every step at once.

The layer says three things at every step: a key k_t, a value v_t, and a query. The
query of the last step is held against all keys, and the answer is a mean of the values,
weighed by how well their keys fit:

    s_t = q · k_t / √d        a = softmax(s) over the steps        y = Σ_t a_t v_t

Sources
-------
.. [1] A. Vaswani and others (2017), Attention is all you need, NeurIPS, equation 1.
.. [2] D. Bahdanau, K. Cho, Y. Bengio (2015), Neural machine translation by jointly
       learning to align and translate, ICLR: attention on top of a recurrent network.
"""

import numpy as np

from lstm_helpers import losses, validate


@validate.shapes(q="N K", ks="N T K", vs="N T O")
def attend(q, ks, vs):
    """Return the weighted mean of the values, and the weights (equation 1 of [1]_).

    Parameters
    ----------
    q : ndarray, (N, K)
        What is looked for, one query a sequence.
    ks : ndarray, (N, T, K)
        What every step offers.
    vs : ndarray, (N, T, O)
        What every step has to say.

    Returns
    -------
    y : ndarray, (N, O)
    a : ndarray, (N, T)
        From 0 to 1; each row of sum 1.
    """
    scores = np.einsum("nk,ntk->nt", q, ks) / np.sqrt(q.shape[1])
    a = losses.softmax(scores)  # over the steps
    return np.einsum("nt,nto->no", a, vs), a


@validate.shapes(dy="N O", q="N K", ks="N T K", vs="N T O", a="N T")
def attend_backward(dy, q, ks, vs, a):
    """Return the gradients of `attend`: for the query, the keys and the values.

    Parameters
    ----------
    dy : ndarray, (N, O)
        ∂L/∂y.
    q, ks, vs, a : ndarray
        What `attend` got, and the weights it returned.

    Returns
    -------
    dq, dks, dvs : ndarray
        Shaped as q, ks, vs.
    """
    dvs = a[:, :, None] * dy[:, None]
    da = np.einsum("no,nto->nt", dy, vs)
    dscores = a * (da - (a * da).sum(axis=1, keepdims=True)) / np.sqrt(q.shape[1])
    dq = np.einsum("nt,ntk->nk", dscores, ks)
    dks = dscores[:, :, None] * q[:, None]
    return dq, dks, dvs


class Attending(losses.Loss):
    """The squared error of a head of attention, as the loss of a `Recurrent`.

    The layer below has an output at every step, of K + K + 1 numbers: key, query and
    value. Its own output weights are therefore those of the head.

    Parameters
    ----------
    K : int
        Size of keys and query.
    head : callable, optional
        Your own ``attend(q, ks, vs)``; the way back is the package's.
    """

    name = "attending"

    def __init__(self, K=4, head=None):
        self.K = validate.count("K", K)
        self.head = attend.unchecked if head is None else validate.function(
            "head", head)

    def check(self, name, ys, shape):
        """Raise an error that names the targets if they do not fit predictions."""
        validate.array(name, ys)
        if len(shape) != 3 or shape[2] != 2 * self.K + 1:
            raise ValueError(f"y must have shape (N, T, {2 * self.K + 1}), key, query "
                             f"and value at every step, got {tuple(shape)}")
        if ys.shape != (shape[0], 1):
            raise ValueError(f"{name} must have shape ({shape[0]}, 1), got {ys.shape}")

    def parts(self, y):
        """Return the query of the last step, all keys and all values."""
        K = self.K
        return y[:, -1, K : 2 * K], y[:, :, :K], y[:, :, 2 * K :]

    def answer(self, y):
        """Return the answers (N, 1) and the weights (N, T)."""
        return self.head(*self.parts(y))

    def cost(self, y, ys):
        """Return the squared error of each answer."""
        return (self.answer(y)[0] - ys) ** 2

    def both(self, y, ys, mask=None, out=None):
        """Return the loss and ∂L/∂y, unchecked; there is no mask."""
        q, ks, vs = self.parts(y)
        said, a = self.head(q, ks, vs)
        error = said - ys
        dq, dks, dvs = attend_backward.unchecked(2 * error / error.size, q, ks, vs, a)
        dy = np.concatenate([dks, np.zeros_like(dks), dvs], axis=2)
        dy[:, -1, self.K : 2 * self.K] = dq
        return float(np.mean(error**2)), dy

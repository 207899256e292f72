"""Fit a model: a history, a progress bar, a clear word when the loss explodes.

Adam, SGD and `Update` stand in optimizers.py, `fit_stream` in stream.py; all have their
names here too.

Sources
-------
.. [1] I. Loshchilov, F. Hutter (2017), SGDR: stochastic gradient descent with warm
       restarts, ICLR, equation 5: the cosine.
.. [2] R. Pascanu, T. Mikolov, Y. Bengio (2013), On the difficulty of training
       recurrent neural networks, ICML, algorithm 1: clipping by norm.
"""

from typing import NamedTuple

import numpy as np

from lstm_helpers import validate
from lstm_helpers.fast.speed import full_speed
from lstm_helpers.model import Recurrent
from lstm_helpers.optimizers import EXPLODED, SGD, Adam, Update
from lstm_helpers.progress import bar as _bar
from lstm_helpers.stream import Seen, Stream, fit_stream

__all__ = ["SGD", "Adam", "History", "Seen", "Stream", "Update", "fit", "fit_stream",
           "full_speed", "one_epoch"]

class History(NamedTuple):
    """What `fit` saw, one entry an epoch; `stopped` is a sentence if it ended early."""

    loss: np.ndarray
    val_loss: np.ndarray
    grad_norm: np.ndarray
    stopped: str


def one_epoch(model, xs, ys, update, batch_size=None, rng=None, mask=None):
    """Train on every sequence once: forward, loss, backward, update, a batch at a time.

    Nothing is put back if the loss explodes: that is what `fit` is for.

    Parameters
    ----------
    model : model.Recurrent
        Changed in place.
    xs, ys, mask : ndarray
        As in `fit`.
    update : Update
        ``update(flat, grad)`` makes a step.
    batch_size : int or None
        Sequences a step; None takes all in one.
    rng : numpy.random.Generator or None
        Shuffles the sequences; None takes them as they stand.

    Returns
    -------
    loss : float
        The mean over the epoch, while it learns.
    longest : float
        The length of the longest gradient, before clipping.
    """
    if not isinstance(model, Recurrent):
        raise TypeError(f"model must be a Recurrent, got {type(model).__name__}")
    model.check(xs, ys, mask=mask, needs_ys=True)
    validate.function("update", update)
    if batch_size is not None:
        validate.count("batch_size", batch_size)
    if rng is not None:
        validate.generator("rng", rng)
    return _epoch(model, xs.astype(model.dtype), model.loss_function.targets(
        ys, model.dtype), update, batch_size, rng, mask)


def _epoch(model, xs, ys, update, batch_size, rng, mask):
    """Do what `one_epoch` does, with arguments that were checked."""
    engine, N = model.engine, len(xs)
    order = np.arange(N) if rng is None else rng.permutation(N)
    loss = longest = 0.0
    for k in range(0, N, batch_size or N):
        batch = order[k : k + (batch_size or N)]
        y = engine.forward(xs[batch])
        share, here = len(batch) / N, None
        if mask is not None:
            here = mask[batch]
            share = np.count_nonzero(here) / np.count_nonzero(mask)
        cost, dy = model.loss_function.both(y, ys[batch], here, out=y)
        engine.backward_from(dy)
        loss += cost * share
        longest = max(longest, update(engine.flat, engine.grad))
    return loss, longest


def fit(model, xs, ys, epochs=100, batch_size=32, optimizer=None, schedule="constant",
        clip_norm=None, clip_value=None, validation=None, rng=0, progress=True,
        mask=None, keep_best=False):
    """Lower the loss of `model` on `xs`, `ys` by minibatch descent.

    Parameters
    ----------
    model : model.Recurrent
        Changed in place.
    xs : ndarray, (N, T, D)
    ys : ndarray, (N, T, O) if the model answers at every step, else (N, O)
        For a softmax loss without the last axis: whole numbers, the classes.
    epochs : int
        How often every sequence is seen.
    batch_size : int or None
        Sequences a step, drawn without replacement; None takes all in one step.
    optimizer : Adam or SGD, optional
        ``Adam()`` if left out. Given again with the same model it goes on where it
        was; with another it starts anew.
    schedule : {"constant", "cosine"}
        cosine: the learning rate falls to 0 over the run, lr · (1 + cos πp) / 2 [1]_.
    clip_norm : float, optional
        A longer gradient is shortened to this length: it keeps its direction [2]_.
    clip_value : float, optional
        Every entry of the gradient is cut to ± this: the direction changes.
    validation : (xs, ys) or (xs, ys, mask), optional
        Its loss is recorded after every epoch.
    rng : numpy.random.Generator or int
        Draws the minibatches.
    progress : bool
        Show a bar while it runs. Nothing of it stays.
    mask : ndarray of bool, (N, T) or (N,), optional
        Which outputs count: False for padded steps.
    keep_best : bool
        End with the parameters of the epoch whose validation loss was lowest, instead
        of the last; needs `validation`.

    Returns
    -------
    History
        ``loss`` (mean over the epoch, while it learns), ``val_loss`` (empty without
        `validation`), ``grad_norm`` (largest of the epoch, before clipping), arrays of
        one entry an epoch; ``stopped``, "" or the reason it ended early.

    Raises
    ------
    TypeError, ValueError
        If an argument does not fit the model; it names which, and what was wanted.

    Notes
    -----
    A loss that is not finite ends the run, with the parameters of the last good epoch.
    So does an interrupt, which keeps what was learned up to then. Both are printed.
    """
    if not isinstance(model, Recurrent):
        raise TypeError(f"model must be a Recurrent, got {type(model).__name__}")
    model.check(xs, ys, mask=mask, needs_ys=True)
    progress = validate.flag("progress", progress)
    if validate.flag("keep_best", keep_best) and validation is None:
        raise ValueError("keep_best needs validation=(xs, ys): best by what?")
    if validation is not None:
        if not isinstance(validation, tuple | list) or len(validation) not in (2, 3):
            raise ValueError("validation must be a pair (xs, ys)")
        xs_val, ys_val, mask_val = (*validation, None)[:3]
        try:
            model.check(xs_val, ys_val, mask=mask_val, needs_ys=True)
        except (TypeError, ValueError) as error:
            raise type(error)(f"validation: {error}") from None
    epochs = validate.count("epochs", epochs)
    N = len(xs)
    size = N if batch_size is None else min(N, validate.count("batch_size", batch_size))
    update = Update(optimizer, schedule, clip_norm, clip_value, epochs * -(-N // size))
    rng = validate.seed("rng", rng)
    flat = model.engine.flat
    xs, ys = xs.astype(model.dtype), model.loss_function.targets(ys, model.dtype)
    good = flat.copy()
    best, lowest = flat.copy(), np.inf
    losses, val_losses, norms, stopped = [], [], [], ""
    with full_speed(), np.errstate(all="ignore"), \
            _bar(epochs, "epoch", progress) as bar:
        try:
            for epoch in range(1, epochs + 1):
                loss, norm = _epoch(model, xs, ys, update, size, rng, mask)
                if not (np.isfinite(loss) and np.isfinite(flat).all()):
                    flat[:] = good
                    stopped = EXPLODED.format(when=f"epoch {epoch}",
                                              lr=update.optimizer.lr)
                    break
                good[:] = flat
                losses.append(loss)
                norms.append(norm)
                if validation is not None:
                    val_losses.append(model.loss(xs_val, ys_val, mask_val))
                    if keep_best and val_losses[-1] < lowest:
                        best[:], lowest = flat, val_losses[-1]
                bar.set_postfix_str(f"loss {loss:.3g}", refresh=False)
                bar.update()
        except KeyboardInterrupt:
            stopped = f"Interrupted after {len(losses)} epochs; the model keeps them."
    if keep_best and np.isfinite(lowest):
        flat[:] = best
    if stopped:
        print(stopped)
    return History(np.array(losses), np.array(val_losses), np.array(norms), stopped)

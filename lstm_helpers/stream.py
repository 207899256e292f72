"""Train on a stream of fresh sequences, until a condition holds."""

from typing import NamedTuple

import numpy as np

from lstm_helpers import validate
from lstm_helpers.fast.speed import full_speed
from lstm_helpers.model import Recurrent
from lstm_helpers.optimizers import EXPLODED, Update
from lstm_helpers.progress import bar as _bar


class Stream(NamedTuple):
    """What `fit_stream` saw: `loss` and `grad_norm` have one entry an update."""

    loss: np.ndarray
    grad_norm: np.ndarray
    sequences: int
    met: bool
    stopped: str


class Seen(NamedTuple):
    """A batch of a stream before its update: predictions of sequences never seen.

    `y` is shaped as the model's outputs; `sequences` counts this batch too.
    """

    xs: np.ndarray
    ys: np.ndarray
    y: np.ndarray
    loss: float
    sequences: int


def fit_stream(model, draw, until=None, updates=1000, optimizer=None,
               schedule="constant", clip_norm=None, clip_value=None, rng=0,
               progress=True):
    """Train on fresh sequences, each seen once, until a condition holds.

    Parameters
    ----------
    model : model.Recurrent
        Changed in place.
    draw : callable
        ``draw(rng)`` returns the next batch, ``xs, ys`` or ``xs, ys, mask``, shaped as
        in `fit`; N and T may change from batch to batch.
    until : callable, optional
        ``until(seen)`` is asked at every batch, between prediction and update; once it
        returns True, this update is the last. `seen` is a `Seen`.
    updates : int
        The most there can be. A cosine reaches 0 there.
    optimizer, schedule, clip_norm, clip_value
        As in `fit`. `until` may change ``optimizer.lr``, which holds from this update.
    rng : numpy.random.Generator or int
        Handed to `draw`.
    progress : bool
        Show a bar while it runs. Nothing of it stays.

    Returns
    -------
    Stream
        ``loss`` and ``grad_norm`` (before clipping), one entry an update, on sequences
        never seen before; ``sequences``, how many were seen; ``met``, whether `until`
        said so; ``stopped``, "" or the reason it ended early.

    Raises
    ------
    TypeError, ValueError
        If an argument, or what `draw` returns, does not fit the model.

    Notes
    -----
    A loss that is not finite ends the run, with the parameters of the last one that
    was; so does an interrupt, with those of the last whole update. Both are printed.
    """
    if not isinstance(model, Recurrent):
        raise TypeError(f"model must be a Recurrent, got {type(model).__name__}")
    for name, function in dict(draw=draw, until=until).items():
        if not callable(function) and not (name == "until" and function is None):
            raise TypeError(f"{name} must be a function, "
                            f"got {type(function).__name__}")
    progress = validate.flag("progress", progress)
    update = Update(optimizer, schedule, clip_norm, clip_value, updates)
    rng = validate.seed("rng", rng)
    engine, flat = model.engine, model.engine.flat
    good = flat.copy()
    losses, norms, sequences, met, stopped, half_done = [], [], 0, False, "", False
    with full_speed(), _bar(updates, "update", progress) as bar:
        try:
            while update.done < update.updates and not met:
                xs, ys, mask = batch(model, draw(rng))
                with np.errstate(all="ignore"):
                    y = engine.forward(xs)
                    loss, dy = model.loss_function.both(y, ys, mask)
                if not np.isfinite(loss):
                    flat[:] = good
                    stopped = EXPLODED.format(when=f"update {update.done + 1}",
                                              lr=update.optimizer.lr)
                    break
                good[:] = flat
                sequences += len(xs)
                if until is not None:
                    met = bool(until(Seen(xs, ys, y.copy(), loss, sequences)))
                half_done = True
                with np.errstate(all="ignore"):
                    engine.backward_from(dy)
                    norms.append(update(flat, engine.grad))
                half_done = False
                losses.append(loss)
                bar.set_postfix_str(f"loss {loss:.3g}", refresh=False)
                bar.update()
        except KeyboardInterrupt:
            if half_done:
                flat[:] = good
            norms = norms[: len(losses)]
            stopped = f"Interrupted after {len(losses)} updates; the model keeps them."
    if not np.isfinite(flat).all():
        flat[:] = good
    if stopped:
        print(stopped)
    return Stream(np.array(losses), np.array(norms), sequences, met, stopped)


def batch(model, drawn):
    """Check what `draw` returned; return xs, ys and a mask or None, for the engine."""
    if not isinstance(drawn, tuple | list) or len(drawn) not in (2, 3):
        raise TypeError("draw must return xs, ys or xs, ys, mask, "
                        f"got {type(drawn).__name__}")
    xs, ys, mask = (*drawn, None)[:3]
    try:
        model.check(xs, ys, mask=mask, needs_ys=True)
    except (TypeError, ValueError) as error:
        raise type(error)(f"draw: {error}") from None
    return xs, model.loss_function.targets(ys, model.dtype), mask

"""Fit a model: Adam and SGD, clipping, history, progress bar, a clear word on NaN.

Sources
-------
.. [1] D. Kingma, J. Ba (2015), Adam: a method for stochastic optimization, ICLR,
       algorithm 1.
.. [2] R. Pascanu, T. Mikolov, Y. Bengio (2013), On the difficulty of training
       recurrent neural networks, ICML, algorithm 1: clipping by norm.
.. [3] I. Loshchilov, F. Hutter (2017), SGDR: stochastic gradient descent with warm
       restarts, ICLR, equation 5: the cosine.
"""

import contextlib
import sys
from typing import NamedTuple

import numpy as np
from threadpoolctl import ThreadpoolController
from tqdm import tqdm

from lstm_helpers import validate
from lstm_helpers.model import Recurrent

SCHEDULES = ("constant", "cosine")


class History(NamedTuple):
    """What `fit` saw, one entry an epoch; `stopped` is a sentence if it ended early."""

    loss: np.ndarray
    val_loss: np.ndarray
    grad_norm: np.ndarray
    stopped: str


class SGD:
    """Step downhill: w ← w - lr · v with v = momentum · v + ∂L/∂w.

    Parameters
    ----------
    lr : float
        Learning rate.
    momentum : float
        From 0 to 1; 0 is plain gradient descent.
    """

    def __init__(self, lr=0.1, momentum=0.0):
        self.lr = validate.real("lr", lr, 0)
        self.momentum = validate.real("momentum", momentum, 0, 1)
        self.flat = None

    def step(self, flat, grad, lr):
        """Change `flat` in place, with the learning rate `lr`; `grad` is left alone."""
        if self.flat is not flat:  # another model: what was seen of the last is void
            self.flat = flat
            self.v, self.scratch = np.zeros_like(flat), np.empty_like(flat)
        self.v *= self.momentum
        self.v += grad
        np.multiply(self.v, lr, self.scratch)
        flat -= self.scratch


class Adam:
    """Step downhill with a learning rate per parameter (algorithm 1 of [1]_).

    m = β₁ m + (1 - β₁) ∂L/∂w;  v = β₂ v + (1 - β₂) (∂L/∂w)²;
    w ← w - lr · m̂ / (√v̂ + ε), where the hats undo the start at zero.

    Parameters
    ----------
    lr : float
        Learning rate: about the largest change of a parameter in one step.
    beta_1, beta_2 : float
        How much of the running means is kept at a step.
    eps : float
        Keeps the quotient finite.
    """

    def __init__(self, lr=0.001, beta_1=0.9, beta_2=0.999, eps=1e-8):
        self.lr = validate.real("lr", lr, 0)
        self.beta_1 = validate.real("beta_1", beta_1, 0, 0.999999)
        self.beta_2 = validate.real("beta_2", beta_2, 0, 0.999999)
        self.eps = validate.real("eps", eps, 0)
        self.flat = None

    def step(self, flat, grad, lr):
        """Change `flat` in place, with the learning rate `lr`; `grad` is left alone."""
        if self.flat is not flat:  # another model: what was seen of the last is void
            self.flat = flat
            self.m, self.v = np.zeros_like(flat), np.zeros_like(flat)
            self.scratch, self.steps = np.empty_like(flat), 0
            # arrays: a call would make one of every Python number it meets
            self.constants = [np.array(z, flat.dtype)
                              for z in (self.beta_1, self.beta_2, 0, 0)]
        self.steps += 1
        m, v, scratch = self.m, self.v, self.scratch
        beta_1, beta_2, eps, rate = self.constants
        # m and v are kept without (1 - β): two passes fewer, put right in eps and rate
        m_hat = (1 - self.beta_1) / (1 - self.beta_1**self.steps)
        v_hat = ((1 - self.beta_2) / (1 - self.beta_2**self.steps)) ** 0.5
        eps[()] = self.eps / v_hat
        rate[()] = lr * m_hat / v_hat
        np.multiply(m, beta_1, m)
        np.add(m, grad, m)
        np.multiply(v, beta_2, v)
        np.multiply(grad, grad, scratch)
        np.add(v, scratch, v)
        np.sqrt(v, scratch)
        np.add(scratch, eps, scratch)
        np.divide(m, scratch, scratch)
        np.multiply(scratch, rate, scratch)
        np.subtract(flat, scratch, flat)


@contextlib.contextmanager
def full_speed():
    """Set NumPy for small arrays while a block runs: ``with full_speed(): ...``.

    One thread: a matrix product takes microseconds here, and handing half of it to a
    second core takes longer than doing it; with two threads a step is 6 to 28 times
    slower. The limit works after NumPy is imported, on every system.

    No detours: NumPy copies arrays with gaps to a buffer in pieces of 8192 numbers,
    which doubles the time of the call. Pieces of 16 it leaves where they are.

    Both settings are put back at the end of the block.
    """
    with ThreadpoolController().limit(limits=1, user_api="blas"), np.errstate():
        np.setbufsize(16)  # errstate puts the old size back
        yield


class _Display:
    """A file for tqdm that shows its last line as one display, and leaves it empty.

    A notebook stores what is printed, timings and all. A display that ends as it began
    stores nothing that changes from run to run.
    """

    def __init__(self):
        from IPython.display import display

        self.handle = display({"text/plain": ""}, raw=True, display_id=True)

    def write(self, text):
        line = text.strip("\r\n ")
        self.handle.update({"text/plain": line}, raw=True)

    def flush(self):
        pass


class _Bar(tqdm):
    monitor_interval = 0  # no thread to watch it: a browser has none


def _bar(epochs, progress):
    """Return a tqdm bar that leaves nothing behind, in a terminal or a notebook."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    if progress and hasattr(shell, "kernel"):
        return _Bar(total=epochs, unit="epoch", leave=False, ncols=80, file=_Display())
    return _Bar(total=epochs, unit="epoch", leave=False,
                disable=None if progress else True)  # None: only in a terminal


def fit(model, xs, ys, epochs=100, batch_size=32, optimizer=None, schedule="constant",
        clip_norm=None, clip_value=None, validation=None, rng=0, progress=True):
    """Lower the mean squared error of `model` on `xs`, `ys` by minibatch descent.

    Parameters
    ----------
    model : model.Recurrent
        Changed in place.
    xs : ndarray, (N, T, D)
    ys : ndarray, (N, T, O) if the model answers at every step, else (N, O)
    epochs : int
        How often every sequence is seen.
    batch_size : int or None
        Sequences a step, drawn without replacement; None takes all in one step.
    optimizer : Adam or SGD, optional
        ``Adam()`` if left out. Given again with the same model it goes on where it
        was; with another it starts anew.
    schedule : {"constant", "cosine"}
        cosine: the learning rate falls to 0 over the run, lr · (1 + cos πp) / 2 [3]_.
    clip_norm : float, optional
        A longer gradient is shortened to this length: it keeps its direction [2]_.
    clip_value : float, optional
        Every entry of the gradient is cut to ± this: the direction changes.
    validation : (xs, ys), optional
        Its loss is recorded after every epoch.
    rng : numpy.random.Generator or int
        Draws the minibatches.
    progress : bool
        Show a bar while it runs. Nothing of it stays.

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
    model.check(xs, ys)
    if validation is not None:
        try:
            xs_val, ys_val = validation
        except (TypeError, ValueError):
            raise ValueError("validation must be a pair (xs, ys)") from None
        try:
            model.check(xs_val, ys_val)
        except (TypeError, ValueError) as error:
            raise type(error)(f"validation: {error}") from None
    epochs = validate.count("epochs", epochs)
    N = len(xs)
    size = N if batch_size is None else min(N, validate.count("batch_size", batch_size))
    optimizer = Adam() if optimizer is None else optimizer
    if not hasattr(optimizer, "lr"):  # nor has the class, without ()
        raise TypeError(f"optimizer must be Adam(...) or SGD(...), got {optimizer!r}")
    validate.one_of("schedule", schedule, SCHEDULES)
    for name, limit in dict(clip_norm=clip_norm, clip_value=clip_value).items():
        if limit is not None and validate.real(name, limit, 0) == 0:
            raise ValueError(f"{name} must be above 0, got {limit}")
    rng = np.random.default_rng(rng)
    engine = model.engine
    xs, ys = xs.astype(model.dtype), ys.astype(model.dtype)
    good = engine.flat.copy()
    losses, val_losses, norms, stopped = [], [], [], ""
    updates, done = epochs * -(-N // size), 0
    with full_speed(), _bar(epochs, progress) as bar, np.errstate(all="ignore"):
        try:
            for epoch in range(epochs):
                order = rng.permutation(N)
                loss = norm = 0.0
                for k in range(0, N, size):
                    batch = order[k : k + size]
                    engine.forward(xs[batch])
                    loss += engine.backward(ys[batch]) * (len(batch) / N)
                    grad = engine.grad
                    length = float(np.sqrt(grad @ grad))
                    norm = max(norm, length)
                    if clip_value is not None:
                        np.clip(grad, -clip_value, clip_value, out=grad)
                    if clip_norm is not None and length > clip_norm:
                        grad *= clip_norm / length
                    lr = optimizer.lr
                    if schedule == "cosine":
                        lr *= 0.5 * (1 + np.cos(np.pi * done / updates))
                    optimizer.step(engine.flat, grad, lr)
                    done += 1
                if not (np.isfinite(loss) and np.isfinite(engine.flat).all()):
                    engine.flat[:] = good
                    stopped = (
                        f"Stopped in epoch {epoch + 1}: the loss is no longer finite. "
                        f"Try a smaller learning rate than {optimizer.lr:g}, "
                        "clip_norm=1, or inputs scaled to about -1 to 1."
                    )
                    break
                good[:] = engine.flat
                losses.append(loss)
                norms.append(norm)
                if validation is not None:
                    val_losses.append(model.loss(xs_val, ys_val))
                bar.set_postfix_str(f"loss {loss:.3g}", refresh=False)
                bar.update()
        except KeyboardInterrupt:
            stopped = f"Interrupted after {len(losses)} epochs; the model keeps them."
    if stopped:
        print(stopped)
    return History(np.array(losses), np.array(val_losses), np.array(norms), stopped)

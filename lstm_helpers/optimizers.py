"""From a gradient to new parameters: clipping, the schedule, SGD and Adam.

Sources
-------
.. [1] D. Kingma, J. Ba (2015), Adam: a method for stochastic optimization, ICLR,
       algorithm 1.
.. [2] R. Pascanu, T. Mikolov, Y. Bengio (2013), On the difficulty of training
       recurrent neural networks, ICML, algorithm 1: clipping by norm.
.. [3] I. Loshchilov, F. Hutter (2017), SGDR: stochastic gradient descent with warm
       restarts, ICLR, equation 5: the cosine.
"""

import numpy as np

from lstm_helpers import validate

SCHEDULES = ("constant", "cosine")
EXPLODED = ("Stopped in {when}: the loss is no longer finite. Try a smaller learning "
            "rate than {lr:g}, clip_norm=1, or inputs scaled to about -1 to 1.")


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


class Update:
    """Clip a gradient and hand it to the optimizer, at the rate the schedule says.

    Parameters
    ----------
    optimizer : Adam or SGD, optional
        ``Adam()`` if left out. Given again with the same model it goes on where it
        was; with another it starts anew.
    schedule : {"constant", "cosine"}
        cosine: the learning rate falls to 0 over the run, lr · (1 + cos πp) / 2 (SGDR).
    clip_norm : float, optional
        A longer gradient is shortened to this length: it keeps its direction.
    clip_value : float, optional
        Every entry of the gradient is cut to ± this: the direction changes.
    updates : int
        How many there will be: the cosine needs to know.
    """

    def __init__(self, optimizer=None, schedule="constant", clip_norm=None,
                 clip_value=None, updates=1):
        self.optimizer = Adam() if optimizer is None else optimizer
        if not hasattr(self.optimizer, "lr") or not hasattr(self.optimizer, "step"):
            raise TypeError(f"optimizer must be Adam(...) or SGD(...), "
                            f"got {optimizer!r}")
        self.schedule = validate.one_of("schedule", schedule, SCHEDULES)
        for name, limit in dict(clip_norm=clip_norm, clip_value=clip_value).items():
            if limit is not None and validate.real(name, limit, 0) == 0:
                raise ValueError(f"{name} must be above 0, got {limit}")
        self.clip_norm, self.clip_value = clip_norm, clip_value
        self.updates, self.done = validate.count("updates", updates), 0

    def __call__(self, flat, grad):
        """Change `flat` and `grad` in place; return how long the gradient was."""
        length = float(np.sqrt(grad @ grad))
        if self.clip_value is not None:
            np.clip(grad, -self.clip_value, self.clip_value, out=grad)
        if self.clip_norm is not None and length > self.clip_norm:
            grad *= self.clip_norm / length
        lr = self.optimizer.lr
        if self.schedule == "cosine":
            lr *= 0.5 * (1 + np.cos(np.pi * self.done / self.updates))
        self.optimizer.step(flat, grad, lr)
        self.done += 1
        return length

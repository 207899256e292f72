"""Plant a fault in the backward of the LSTM, and see which gradients turn red.

A fault is one line of `cells.lstm_step_backward` or `bptt.lstm_backward` with another
in its place, so it is planted in the code a learner reads, not in a copy of it.
"""

import functools
import inspect
import sys
import textwrap
from typing import NamedTuple

import numpy as np

from lstm_helpers import bptt, cells, gradcheck, validate


class Fault(NamedTuple):
    """One line of the backward and what stands there instead."""

    right: str
    wrong: str
    what: str


STEP = (
    Fault("do_t = dh_t * tanh_c", "do_t = dh_t * c_t", "c_t, not tanh c_t"),
    Fault("dc_t = dc_next + dh_t * o_t * (1 - tanh_c**2)",
          "dc_t = dh_t * o_t * (1 - tanh_c**2)", "dc_next dropped"),
    Fault("dc_t = dc_next + dh_t * o_t * (1 - tanh_c**2)",
          "dc_t = dc_next + dh_t * o_t", "tanh′ dropped"),
    Fault("df_t = dc_t * c_prev", "df_t = dc_t * c_t", "c_t, not c_prev"),
    Fault("dg_t = dc_t * i_t", "dg_t = dc_t * g_t", "itself, not its partner"),
    Fault("dc_prev = dc_t * f_t", "dc_prev = dc_t", "forget gate dropped"),
    Fault("da_i = di_t * i_t * (1 - i_t)", "da_i = di_t", "σ′ dropped"),
    Fault("da_g = dg_t * (1 - g_t**2)", "da_g = dg_t * g_t * (1 - g_t)",
          "σ′, not tanh′"),
    Fault("dW_h = h_prev.T @ da_t", "dW_h = (o_t * tanh_c).T @ da_t",
          "h_t, not h_prev"),
    Fault("db = da_t.sum(axis=0)", "db = da_t.mean(axis=0)", "mean, not sum"),
    Fault("dx_t = da_t @ W_x.T", "dx_t = da_i @ np.split(W_x, 4, axis=1)[0].T",
          "one gate of four"),
)
LOOP = (
    Fault("dh_t = dhs[:, t] + dh_next", "dh_t = dhs[:, t]", "dh_next dropped"),
    Fault("dW_x = dW_x + grads.dW_x", "dW_x = grads.dW_x", "last one wins, no sum"),
)
FAULTS = STEP + LOOP


@functools.cache
def source_of(function):
    """Return the source of a function, or of one that `replace_line` made."""
    return getattr(function, "source", None) or inspect.getsource(function)


def replace_line(function, right, wrong):
    """Return a copy of a function in which one line is another.

    Parameters
    ----------
    function : callable
        One whose source can be read, or one that came from here.
    right : str
        How the line begins; a comment behind it does not matter.
    wrong : str
        What takes its place.

    Returns
    -------
    callable

    Raises
    ------
    ValueError
        If not exactly one line begins like this.
    """
    function = inspect.unwrap(validate.function("function", function))
    for name, line in dict(right=right, wrong=wrong).items():
        validate.text(name, line)
    lines = textwrap.dedent(source_of(function)).splitlines()
    code = [line.partition("  #")[0].strip() for line in lines]
    if code.count(right) != 1:
        raise ValueError(
            f"right must be one line of {function.__name__}, "
            f"got {right!r}, which is there {code.count(right)} times"
        )
    k = code.index(right)
    indent = lines[k][: len(lines[k]) - len(lines[k].lstrip())]
    lines[k] = indent + wrong
    space = dict(vars(sys.modules[function.__module__]))
    exec("\n".join(lines), space)
    copy = space[function.__name__]
    inspect.unwrap(copy).source = "\n".join(lines)
    return copy


def plant(fault):
    """Return a `bptt.lstm_backward` with a fault in it, or in the step it calls."""
    if not isinstance(fault, Fault):
        raise TypeError(f"fault must be a Fault, such as one of FAULTS, got {fault!r}")
    if fault in LOOP:
        return replace_line(bptt.lstm_backward, fault.right, fault.wrong)
    step = replace_line(cells.lstm_step_backward, fault.right, fault.wrong)
    return functools.partial(bptt.lstm_backward, step=step)


def problem(seed, N=2, T=7, D=2, H=3):
    """Draw what a gradient check of an LSTM needs; nothing in it is zero.

    Returns
    -------
    arrays : dict of str to ndarray
        The arguments of `bptt.lstm_forward`.
    dhs : ndarray, (N, T, H)
        ∂L/∂h_t of the loss Σ dhs ⊙ hs.
    """
    sizes = dict(N=N, T=T, D=D, H=H)
    N, T, D, H = (validate.count(name, size) for name, size in sizes.items())
    rng = np.random.default_rng(validate.count("seed", seed, least=0))
    shapes = dict(xs=(N, T, D), h_init=(N, H), c_init=(N, H), W_x=(D, 4 * H),
                  W_h=(H, 4 * H), b=(4 * H,))
    arrays = {name: rng.normal(size=shape) for name, shape in shapes.items()}
    return arrays, rng.normal(size=(N, T, H))


def forward(seed, **sizes):
    """Run the LSTM of a problem; return its arrays, loss, errors and caches."""
    arrays, dhs = problem(seed, **sizes)
    _, caches = bptt.lstm_forward(**arrays)

    def loss(**arrays):
        return np.sum(dhs * bptt.lstm_forward(**arrays)[0])

    return arrays, loss, dhs, caches


def report(backward, seed=0, **sizes):
    """Run the gradient check on a backward of whole LSTM sequences.

    Parameters
    ----------
    backward : callable
        ``backward(dhs, caches)`` returns a dict as `bptt.lstm_backward` does.
    seed : int
    **sizes
        N, T, D, H, as in `problem`.

    Returns
    -------
    gradcheck.Report
    """
    validate.function("backward", backward)
    arrays, loss, dhs, caches = forward(seed, **sizes)
    return gradcheck.check_gradients(loss, arrays, backward(dhs, caches))


def table(T=7, seed=0):
    """Check every fault; say which gradients it makes wrong.

    Returns
    -------
    dict of Fault to list of str
        ``["dW_x", …]``, in the order of `bptt.lstm_backward`.
    """
    arrays, loss, dhs, caches = forward(seed, T=T)
    measured = {f"d{name}": gradcheck.numeric_gradient(loss, arrays, name)
                for name in arrays}
    return {fault: gradcheck.compare(plant(fault)(dhs, caches), measured).wrong
            for fault in FAULTS}


def red_blocks(backward, seed=0, **sizes):
    """Say in which gate blocks db is wrong, compared with the right backward.

    Returns
    -------
    str
        Letters of "ifgo".
    """
    validate.function("backward", backward)
    _, _, dhs, caches = forward(seed, **sizes)
    right = bptt.lstm_backward(dhs, caches)["db"]
    off = np.abs(backward(dhs, caches)["db"] - right) > 1e-8 * np.abs(right).max()
    blocks = np.split(off, 4)
    return "".join(k for k, wrong in zip("ifgo", blocks, strict=True) if wrong.any())

"""Cells beside the LSTM: each a step and its backward, ready for the readable engine.

>>> from lstm_helpers import variants
>>> Recurrent(variants.CELLS["peephole"], D=3, H=8, engine="readable")
"""

import numpy as np

from lstm_helpers import init, validate
from lstm_helpers.bptt import over_time
from lstm_helpers.variants.exponential import exp_backward, exp_forward
from lstm_helpers.variants.gates import (
    coupled_step,
    coupled_step_backward,
    first_step,
    first_step_backward,
    peephole_step,
    peephole_step_backward,
)
from lstm_helpers.variants.minimal import min_backward, min_forward, min_scan, scan
from lstm_helpers.variants.normed import normed_step, normed_step_backward

__all__ = ["CELLS", "coupled_params", "coupled_step", "coupled_step_backward",
           "first_params", "first_step", "first_step_backward", "min_params",
           "min_scan", "normed_params", "normed_step", "normed_step_backward",
           "peephole_params", "peephole_step", "peephole_step_backward", "scan"]


def drawn(rng, D, H, blocks, biases):
    """Draw W_x and W_h block by block as `init.lstm_params` does, and fill the bias.

    Parameters
    ----------
    rng : numpy.random.Generator
    D, H : int
    blocks : int
    biases : dict of int to float
        Block → its starting bias; 0 elsewhere.

    Returns
    -------
    dict
        ``W_x`` (D, blocks·H), ``W_h`` (H, blocks·H), ``b`` (blocks·H,), float64.
    """
    D, H = validate.count("D", D), validate.count("H", H)
    b = np.zeros((blocks, H))
    for block, bias in biases.items():
        b[block] = bias
    return {
        "W_x": np.concatenate([init.xavier(rng, D, H) for _ in range(blocks)], axis=1),
        "W_h": np.concatenate([init.orthogonal(rng, H) for _ in range(blocks)], axis=1),
        "b": b.ravel(),
    }


def peephole_params(rng, D, H):
    """Draw as `init.lstm_params`, peepholes ``p`` (3H,) from 0."""
    return init.lstm_params(rng, D, H) | {"p": np.zeros(3 * H)}


def coupled_params(rng, D, H):
    """Draw blocks f, g, o, a forget bias of 1."""
    return drawn(rng, D, H, 3, {0: 1.0})


def first_params(rng, D, H):
    """Draw blocks i, g, o, biases 0."""
    return drawn(rng, D, H, 3, {})


def normed_params(rng, D, H):
    """Draw as `init.lstm_params`, gains 1."""
    return init.lstm_params(rng, D, H) | {
        "gain": np.ones(4 * H), "gain_c": np.ones(H), "b_c": np.zeros(H)}


def min_params(rng, D, H):
    """Draw blocks i, f, g of W_x and b, a forget bias of 1; there is no W_h."""
    params = drawn(rng, D, H, 3, {1: 1.0})
    return {"W_x": params["W_x"], "b": params["b"]}


def made(step, step_backward, params):
    """Return the triple that `model.Recurrent` takes for a cell."""
    return *over_time(step.unchecked, step_backward.unchecked), params


CELLS = {
    "rnn": "rnn",
    "lstm": "lstm",
    "1997": made(first_step, first_step_backward, first_params),
    "peephole": made(peephole_step, peephole_step_backward, peephole_params),
    "coupled": made(coupled_step, coupled_step_backward, coupled_params),
    "gru": "gru",
    "normed": made(normed_step, normed_step_backward, normed_params),
    "minLSTM": (min_forward, min_backward, min_params),
    "sLSTM": (exp_forward, exp_backward, init.lstm_params),
}

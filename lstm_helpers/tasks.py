"""The data of the series: one function each, nothing fetched."""

import numpy as np

from lstm_helpers import validate


def sine(rng, N=500, T=25, frequency=0.1):
    """Draw sine waves of random phase, and the same waves one step ahead.

    Parameters
    ----------
    rng : numpy.random.Generator
    N, T : int
        Number of sequences, and their length in steps.
    frequency : float
        Cycles per step, up to ½: beyond it the samples show another, slower sine.

    Returns
    -------
    xs, ys : ndarray, (N, T, 1), float64
        ``ys[:, t] = xs[:, t + 1]``: the target is the next value.
    phases : ndarray, (N,)
        In radians, uniform from 0 to 2π.
    """
    N, T = validate.count("N", N), validate.count("T", T)
    frequency = validate.real("frequency", frequency, 0, 0.5)
    phases = rng.uniform(0, 2 * np.pi, N)
    waves = np.sin(2 * np.pi * frequency * np.arange(T + 1) + phases[:, None])
    waves = waves[:, :, None]  # (N, T + 1, 1)
    return waves[:, :-1], waves[:, 1:], phases


def three_waves(T=50):
    """Return sin t, cos t and ½ sin 2t at T points from 0 to 4π, as a batch of one.

    Returns
    -------
    ndarray, (1, T, 3), float64
    """
    t = np.linspace(0, 4 * np.pi, validate.count("T", T))
    return np.stack([np.sin(t), np.cos(t), 0.5 * np.sin(2 * t)], axis=1)[None]


def counting_windows(numbers=30, T=3):
    """Cut 0, 1, 2, … into windows, each with the number that follows it.

    Parameters
    ----------
    numbers : int
        How many numbers, from 0 on.
    T : int
        Length of a window; at least one number has to follow the first.

    Returns
    -------
    xs : ndarray, (numbers - T, T, 1), float64
        ``xs[0]`` holds 0, 1, 2.
    ys : ndarray, (numbers - T, 1), float64
        ``ys[0]`` is 3.
    """
    T = validate.count("T", T)
    numbers = validate.count("numbers", numbers, least=T + 1)
    count = np.arange(numbers, dtype=np.float64)
    xs = np.lib.stride_tricks.sliding_window_view(count[:-1], T)
    return xs[..., None].copy(), count[T:, None]

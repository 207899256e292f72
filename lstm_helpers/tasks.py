"""The data of the series: one function each, nothing fetched.

Sources
-------
.. [1] S. Hochreiter, J. Schmidhuber (1997), Long short-term memory, Neural Computation
       9(8), 1735-1780.
"""

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
    validate.generator("rng", rng)
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


def adding(rng, N, T, L=None):
    """Draw the adding problem: two marked numbers somewhere, asked for at the end [1]_.

    A pair (value, marker) a step: values uniform from -1 to 1; the marker is 1 at two
    steps, -1 at the first and the last, 0 elsewhere. The first mark lies among the
    first ten pairs, the second among the first T / 2 - 1 that are left. A mark on the
    first pair is not seen, and its value counts 0.

    Parameters
    ----------
    rng : numpy.random.Generator
    N, T : int
        Number of sequences, and the least length; T from 8 on.
    L : int, optional
        The length; left out, one for the batch is drawn from T to T + T / 10.

    Returns
    -------
    xs : ndarray, (N, L, 2), float32
    ys : ndarray, (N, 1), float32
        ½ + (sum of the two values) / 4, from 0 to 1.

    Notes
    -----
    Experiment 4 of [1]_, section 5.4. There every sequence has a length of its own.
    """
    values, marks, xs = _pairs(rng, N, T, L, -1)
    ys = 0.5 + np.where(marks > 0, values, 0).sum(axis=1) / 4
    return xs, ys[:, None].astype(np.float32)


def multiplication(rng, N, T, L=None):
    """Draw the multiplication problem: as `adding`, values from 0 to 1, the product.

    A marked first pair counts 1.

    Returns
    -------
    xs : ndarray, (N, L, 2), float32
    ys : ndarray, (N, 1), float32

    Notes
    -----
    Experiment 5 of [1]_, section 5.5.
    """
    values, marks, xs = _pairs(rng, N, T, L, 0)
    ys = np.where(marks > 0, values, 1).prod(axis=1)
    return xs, ys[:, None].astype(np.float32)


def _pairs(rng, N, T, L, low):
    """Draw pairs and two marks; return the marked values, their steps, and all."""
    validate.generator("rng", rng)
    N, T = validate.count("N", N), validate.count("T", T, least=8)
    L = T + int(rng.integers(0, T // 10 + 1)) if L is None else validate.count(
        "L", L, least=T)
    x, n = np.zeros((L, 2, N), np.float32), np.arange(N)  # as the engine reads it
    x[:, 0] = low + (1 - low) * rng.random((L, N), np.float32)
    first = rng.integers(0, min(10, T // 2 - 1), N)
    second = rng.integers(0, T // 2 - 2, N)
    second += second >= first  # one of those that are left
    x[first, 1, n] = x[second, 1, n] = 1
    x[0, 1] = x[-1, 1] = -1
    marks = np.stack([first, second], axis=1)  # (N, 2)
    values = x[marks, 0, n[:, None]]
    return values, marks, x.transpose(2, 0, 1)


SYMBOLS = "abcdXYEB"  # four that mean nothing, two marks, the beginning, the end
PLACES = {2: ((10, 20), (50, 60)), 3: ((10, 20), (33, 43), (66, 76))}


def temporal_order(rng, N, marks=2, L=None):
    """Draw sequences with 2 or 3 marks X or Y among noise: in which order came they?

    Parameters
    ----------
    rng : numpy.random.Generator
    N : int
    marks : {2, 3}
        Two, at steps 10 to 20 and 50 to 60; three, at 10-20, 33-43 and 66-76.
    L : int, optional
        The length; left out, one for the batch is drawn from 100 to 110.

    Returns
    -------
    xs : ndarray, (N, L, 8), float32
        One symbol of `SYMBOLS` a step, one-hot; E first, B last.
    ys : ndarray, (N, 2**marks), float32
        One-hot: XX, XY, YX, YY; with three marks XXX, XXY, …

    Notes
    -----
    Experiments 6a and 6b of [1]_, section 5.6.
    """
    validate.generator("rng", rng)
    N, marks = validate.count("N", N), validate.count("marks", marks, least=2)
    if marks not in PLACES:
        raise ValueError(f"marks must be 2 or 3, got {marks!r}")
    L = int(rng.integers(100, 111)) if L is None else validate.count("L", L, least=100)
    symbols = rng.integers(0, 4, (N, L))
    symbols[:, 0], symbols[:, -1] = 6, 7
    kinds = rng.integers(0, 2, (N, marks))
    for k, (low, high) in enumerate(PLACES[marks]):
        symbols[np.arange(N), rng.integers(low, high + 1, N)] = 4 + kinds[:, k]
    classes = kinds @ 2 ** np.arange(marks)[::-1]
    return (np.eye(8, dtype=np.float32)[symbols],
            np.eye(2**marks, dtype=np.float32)[classes])


def recall(rng, N, T, symbols=4):
    """Draw one symbol, T blanks and a call: which was it? Blank-delay recall [1]_.

    Parameters
    ----------
    rng : numpy.random.Generator
    N, T : int
        Number of sequences, and of blank steps between symbol and call.
    symbols : int
        How many there are, from 2 up.

    Returns
    -------
    xs : ndarray, (N, T + 2, symbols + 1), float32
        The symbol at step 0, a 1 in the last place at the end, nothing between.
    ys : ndarray, (N, symbols), float32
        One-hot.

    Notes
    -----
    Simpler than experiment 2 of [1]_: nothing disturbs the blanks.
    """
    validate.generator("rng", rng)
    N, T = validate.count("N", N), validate.count("T", T)
    symbols = validate.count("symbols", symbols, least=2)
    which = rng.integers(0, symbols, N)
    xs = np.zeros((N, T + 2, symbols + 1), np.float32)
    xs[np.arange(N), 0, which] = xs[:, -1, -1] = 1
    return xs, np.eye(symbols, dtype=np.float32)[which]

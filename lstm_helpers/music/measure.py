"""What a model of tunes is worth: bits, apart for rhythm and pitch, and what is copied.

A tune is a list of steps of an eighth, as `tunes.steps` writes it.
"""

import numpy as np

from lstm_helpers import validate
from lstm_helpers.losses import softmax
from lstm_helpers.music.tunes import DASH
from lstm_helpers.text import Language, one_hot


def folds(items, k, seed=0):
    """Return k splits; every item is held out in exactly one of them.

    Parameters
    ----------
    items : list
    k : int
    seed : int

    Returns
    -------
    list of (list, list)
        What trains, and what is held out.

    Raises
    ------
    ValueError
        If there are fewer items than splits.
    """
    k = validate.count("k", k, 2)
    if len(items) < k:
        raise ValueError(f"items must be at least {k}, one a split, got {len(items)}")
    order = validate.seed("seed", seed).permutation(len(items))
    parts = [{int(i) for i in order[j::k]} for j in range(k)]
    return [([z for i, z in enumerate(items) if i not in part],
             [z for i, z in enumerate(items) if i in part]) for part in parts]


def bits_apart(language, tunes):
    """Return the bits a step costs, apart for rhythm and pitch; their sum is all.

    Rhythm is whether the note before lasts on: -log₂ p(dash), or -log₂ (1 - p(dash)).
    Pitch is which note, or the end, where it does not: -log₂ p(note) / (1 - p(dash)).

    Parameters
    ----------
    language : text.Language or text.NGram
        Anything with ``predict(beginning)`` and a ``vocabulary`` that knows the dash.
    tunes : list of list of str

    Returns
    -------
    rhythm, pitch : float
    """
    vocabulary, rhythm, pitch, count = language.vocabulary, 0.0, 0.0, 0
    lasts = vocabulary.number[DASH]
    for steps in tunes:
        came = [*vocabulary.encode(steps), 0]
        for p, number in zip(_every_answer(language, steps), came, strict=True):
            rhythm -= np.log2(p[lasts] if number == lasts else 1 - p[lasts])
            if number != lasts:
                pitch -= np.log2(p[number] / (1 - p[lasts]))
        count += len(came)
    return float(rhythm / count), float(pitch / count)


def _every_answer(language, steps):
    """Return the probabilities after each beginning of a tune, (L + 1, V), float64."""
    if not isinstance(language, Language):
        return np.array([language.predict(steps[:t]) for t in range(len(steps) + 1)])
    ids = np.array([[0, *language.vocabulary.encode(steps)]])
    xs = one_hot(ids, len(language.vocabulary), language.model.dtype)
    return softmax(language.model.predict(xs)[0].astype(np.float64))


def copied(steps, known, n=8):
    """Return which steps of a tune lie in a group of n that stands in a known tune.

    Parameters
    ----------
    steps : list of str
    known : list of list of str
    n : int
        Steps of a group: 8 is a bar of four quarters.

    Returns
    -------
    ndarray of bool, (len(steps),)
        Its mean is the share that may be copied.
    """
    n = validate.count("n", n)
    seen = {tuple(tune[t : t + n]) for tune in known for t in range(len(tune) - n + 1)}
    found = np.zeros(len(steps), bool)
    for t in range(len(steps) - n + 1):
        if tuple(steps[t : t + n]) in seen:
            found[t : t + n] = True
    return found


def by_heart(language, steps, given):
    """Return how a model goes on after the first steps, always with the likeliest.

    Parameters
    ----------
    language : text.Language or text.NGram
    steps : list of str
    given : int
        How many of them it is told.

    Returns
    -------
    list of str
        Those, and what it adds, to the end it chooses or to 200 steps.
    """
    said = list(steps[: validate.count("given", given)])
    vocabulary, state = language.vocabulary, ()
    new = [0, *vocabulary.encode(said)]
    while len(said) < 200:
        if isinstance(language, Language):  # it reads on from its state
            xs = one_hot(np.array([new]), len(vocabulary), language.model.dtype)
            y, *state = language.model.advance(xs, *state)
            number = int(np.argmax(y[0, -1]))
        else:
            number = int(np.argmax(language.predict(said)))
        if number == 0:
            break
        said.append(vocabulary.symbols[number])
        new = [number]
    return said

"""Little reviews made by rules of our own: what they mean hangs on the order of words.

Three kinds, each as often well meant as badly:

- "the plot was not bad", "nobody would call the plot bad", "nobody would call the plot
  not bad": each denial turns the adjective round.
- "the plot was good but the music was bad": what follows the "but" counts.
- "the plot was not bad but dull": the "not" reaches the next adjective only.

Which words occur says nothing: for every sentence another one has the opposite label
and the same words, or the same but for one that both labels use alike.
"""


from lstm_helpers import validate

GOOD = ("good", "great", "moving", "clever", "lovely", "funny")
BAD = ("bad", "dull", "weak", "silly", "clumsy", "boring")
THINGS = ("plot", "film", "acting", "music", "ending", "story", "script", "cast")
DEGREES = ((), ("really",), ("very",), ("so", "very"))
DENIALS = (("nobody", "would", "call"), ("i", "never", "found"))
ASSERTIONS = (("everybody", "would", "call"), ("i", "always", "found"))


def sentences(rng, N):
    """Draw sentences and whether they are well meant.

    Parameters
    ----------
    rng : numpy.random.Generator
    N : int

    Returns
    -------
    texts : list of str
        All different, lower case, without punctuation.
    labels : list of str
        "good" or "bad".

    Raises
    ------
    ValueError
        If the grammar makes fewer different ones.
    """
    validate.generator("rng", rng)
    N = validate.count("N", N)
    if N > MOST:
        raise ValueError(f"N must be at most {MOST:,} for all to differ, got {N:,}")
    found = {}
    while len(found) < N:
        words, well = KINDS[rng.integers(len(KINDS))](rng)
        found[" ".join(words)] = "good" if well else "bad"
    return list(found), list(found.values())


def pick(rng, options):
    """Return one of the options."""
    return options[rng.integers(len(options))]


def adjective(rng, well):
    """Return a good or a bad adjective."""
    return pick(rng, GOOD if well else BAD)


def denied(rng):
    """Return "the plot was not so very bad", denied never, once or twice."""
    well, outside, inside = rng.random(3) < 0.5
    thing, degree = ("the", pick(rng, THINGS)), pick(rng, DEGREES)
    opening = pick(rng, DENIALS if outside else ASSERTIONS)
    said = (*(("not",) if inside else ()), *degree, adjective(rng, well))
    plain = not outside and rng.random() < 0.5
    words = (*thing, "was", *said) if plain else (*opening, *thing, *said)
    return words, bool(well ^ outside ^ inside)


def contrast(rng):
    """Return "the plot was good but the music was bad": the second part counts."""
    well, first, second = rng.random(3) < 0.5
    one, other = rng.choice(len(THINGS), 2, replace=False)
    parts = []
    for thing, meant, no in ((one, not well, first), (other, well, second)):
        word = adjective(rng, meant ^ no)
        parts.append(("the", THINGS[thing], "was", *(("not",) if no else ()), word))
    return (*parts[0], "but", *parts[1]), bool(well)


def corrected(rng):
    """Return "the plot was not bad but dull": "not" reaches the next adjective only."""
    well = rng.random() < 0.5
    words = ("the", pick(rng, THINGS), "was", "not", adjective(rng, not well), "but",
             *pick(rng, DEGREES[:2]), adjective(rng, well))
    return words, bool(well)


KINDS = (denied, contrast, corrected)
MOST = 5_000

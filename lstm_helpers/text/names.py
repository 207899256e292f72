"""5,163 first names, in lower-case letters, and how they are split."""

from pathlib import Path

from lstm_helpers import validate
from lstm_helpers.text.symbols import check_texts

PATH = Path(__file__).parents[1] / "data" / "first_names.txt"


def first_names():
    """Return the first names of the US census of 1990: a list of 5,163, a to z.

    Source and licence stand in data/README.md.
    """
    return PATH.read_text(encoding="utf-8").lower().split()


def split(items, seed=0, test=500, validation=500):
    """Shuffle and split: what trains, what chooses settings, what is asked once.

    Parameters
    ----------
    items : list
        Each only once: what stands in two parts leaks from one to the other.
    seed : int
    test, validation : int
        How many.

    Returns
    -------
    train, validation, test : list

    Raises
    ------
    ValueError
        If an item occurs twice, or nothing is left to train on.
    """
    items = check_texts("items", items)
    if len(set(items)) < len(items):
        twice = next(z for k, z in enumerate(items) if z in items[:k])
        raise ValueError(f"items must differ, got {twice!r} twice: it could be learned "
                         "from one part and asked in the other")
    test, validation = (validate.count(k, n) for k, n in
                        dict(test=test, validation=validation).items())
    if test + validation >= len(items):
        raise ValueError(f"items must be more than {test + validation} to leave some "
                         f"for training, got {len(items)}")
    order = validate.seed("seed", seed).permutation(len(items))
    mixed = [items[k] for k in order]
    return (mixed[test + validation :], mixed[test : test + validation], mixed[:test])

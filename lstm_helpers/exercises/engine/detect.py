"""What a wrong number has in common with the right one, whatever the exercise.

Each detector takes two different float64 arrays of one shape and returns a sentence
for the learner, or None. They know nothing of the exercise, so they name what is seen
and ask for the reason. `whole_pattern` tries them from the most to the least specific.
"""

import itertools

import numpy as np

FACTORS = {
    180 / np.pi: "Yours is in degrees; radians were wanted.",
    np.pi / 180: "Everything is π/180 of the right one: radians taken for degrees?",
    np.log(2): "Everything is ln 2 = .693 times the right one: nats for bits?",
    1 / np.log(2): "Everything is 1/ln 2 = 1.443 times the right one: bits for nats?",
    100.0: "Everything is 100 times too large: per cent, where a share was wanted?",
    0.01: "Everything is 100 times too small: a share, where per cent was wanted?",
}


def near(a, b, rtol=1e-4, atol=None):
    """Whether two arrays agree to about four digits, small next to large entries."""
    atol = 1e-6 * np.max(np.abs(b)) if atol is None else atol
    return bool(np.allclose(a, b, rtol, atol))


def rounded(yours, wanted, sizes):
    """Right, to fewer digits than float64 has."""
    largest = np.abs(wanted).max()
    if near(yours, wanted, rtol=2e-3, atol=6e-4 if largest > 0.05 else 2e-3 * largest):
        return ("It agrees to about three digits: was a value rounded, or kept as "
                "float16, on the way?")
    for digits, said in ((2, "two digits"), (1, "one digit")):
        short = wanted.round(digits)
        if np.any(short != 0) and np.allclose(yours, short, 0, 1e-9):
            return (f"It is the right answer, rounded to {said} after the point. Round "
                    "what you print, not what you return.")


def nearly(yours, wanted):
    """A single number that was guessed, and is off by less than a tenth.

    A whole number where a whole one is wanted was counted, not guessed.
    """
    if np.all(wanted % 1 == 0) and np.all(yours % 1 == 0):
        return None
    if wanted.ndim == 0 and abs(yours - wanted) < 0.1 * abs(wanted):
        return "Close, but it has to be nearer: compute it rather than guess."


def sign(yours, wanted, sizes):
    """All signs flipped, or lost."""
    if near(yours, -wanted):
        return "The sign is flipped everywhere: a − b where b − a was wanted?"
    if np.any(wanted < 0) and near(yours, np.abs(wanted)):
        return "The sizes are right, the signs are lost: `abs`, or a square and a root?"


def truncated(yours, wanted, sizes):
    """Cut to whole numbers."""
    if np.any(yours != 0):
        whole = np.array_equal(yours, np.floor(wanted))
        if whole or np.array_equal(yours, np.trunc(wanted)):
            return ("The fractions are cut off: `//` for `/`, `int(...)`, or an array "
                    "of integers that values were written into?")


def empty(yours, wanted, sizes):
    """Nothing was written."""
    if wanted.ndim and near(yours, 0):
        return ("Everything is zero: was the array of zeros returned before it was "
                "filled?")


def order(yours, wanted, sizes):
    """The right numbers in another place: transposed, reversed, late, reordered."""
    if wanted.ndim == 2 and wanted.shape[0] == wanted.shape[1]:
        if near(yours, wanted.T):
            return "It is the transpose of the right answer: rows for columns."
    for axis in range(wanted.ndim):
        if wanted.shape[axis] > 1 and near(yours, np.flip(wanted, axis)):
            return f"The values are right, in reverse order along axis {axis}."
    if wanted.ndim and wanted.shape[-1] % 4 == 0 and wanted.shape[-1] > 4:
        blocks = np.split(wanted, 4, axis=-1)
        for places in itertools.permutations(range(4)):
            if near(yours, np.concatenate([blocks[k] for k in places], axis=-1)):
                found = ", ".join(str(k + 1) for k in places)
                return (f"The numbers are right. But cut into four blocks along the "
                        f"last axis, they stand in the order {found}.")
    if near(np.sort(yours, axis=None), np.sort(wanted, axis=None)):
        return "The numbers are right, in another order: an axis, or a reshape?"


def late(yours, wanted, sizes):
    """Shifted by one along an axis."""
    for axis in range(wanted.ndim):
        if wanted.shape[axis] < 3:
            continue
        mine, theirs = np.moveaxis(yours, axis, 0), np.moveaxis(wanted, axis, 0)
        if near(mine[1:], theirs[:-1]):
            return f"It is one place late along axis {axis}: stored a step too late?"
        if near(mine[:-1], theirs[1:]):
            return f"It is one place early along axis {axis}: stored a step too soon?"


def factor(yours, wanted, sizes):
    """Everything scaled by one number, perhaps by the length of an axis."""
    top = np.unravel_index(np.argmax(np.abs(wanted)), wanted.shape)
    if wanted[top] == 0 or (wanted.size < 3 and wanted.ndim):
        return None
    times = yours[top] / wanted[top]
    if not near(yours, times * wanted) or times == 0:
        return None
    counted = wanted.ndim == 0 and wanted % 1 == 0  # a count has no unit
    for known, sentence in FACTORS.items():
        if near(times, known) and not counted:
            return sentence
    if wanted.ndim == 0:
        return None  # any two numbers have a ratio
    for size in sizes:
        if near(times, size):
            return (f"Every entry is {size} times the right one, and an axis has "
                    f"length {size}: a sum where a mean was wanted?")
        if near(times, 1 / size):
            return (f"Every entry is 1/{size} of the right one, and an axis has length "
                    f"{size}: a mean where a sum was wanted?")
    return f"Every entry is {times:.4g} times the right one."


def offset(yours, wanted, sizes):
    """Everything off by one amount."""
    if wanted.size < 3 or np.ptp(wanted) < 1e-6:
        return None
    gap = (yours - wanted).ravel()
    if near(gap, gap[0]):
        return f"Every entry is off by the same amount, {gap[0]:.4g}."


def power(yours, wanted, sizes):
    """Squared, not rooted, or turned upside down."""
    if near(yours, wanted**2):
        return "It is the square of the right answer: is a square root missing?"
    if np.all(wanted >= 0) and near(yours, np.sqrt(wanted)):
        return "It is the square root of the right answer."
    if np.all(wanted != 0) and near(yours, 1 / wanted):
        return "It is one over the right answer: upside down."


DETECTORS = (rounded, empty, truncated, sign, order, late, factor, offset, power)


def whole_pattern(yours, wanted, sizes=()):
    """Name the relation between a wrong array and the right one, or return None.

    Parameters
    ----------
    yours, wanted : ndarray
        Finite, same shape, float64.
    sizes : collection of int
        Lengths of axes of the arguments, which a factor may turn out to be.

    Returns
    -------
    str or None
        One sentence for the learner.
    """
    sizes = sorted({size for size in sizes if size > 1})
    with np.errstate(all="ignore"):
        for detector in DETECTORS:
            sentence = detector(yours, wanted, sizes)
            if sentence:
                return sentence
    return None


def first_difference(label, yours, wanted, rtol, atol):
    """Say where two different arrays differ first, and in how many entries."""
    off = ~np.isclose(yours, wanted, rtol, atol)
    where = tuple(int(k) for k in np.argwhere(off)[0])
    mine, theirs = apart(yours[where], wanted[where])
    if wanted.ndim == 0:
        return f"{label}: yours is {mine}, wanted is {theirs}."
    return (f"{label} first differs at {list(where)}: yours {mine}, wanted {theirs} "
            f"(wrong in {int(off.sum())} of {off.size} entries).")


def apart(a, b):
    """Write two different numbers with the digits it takes to tell them apart."""
    for digits in (6, 9, 17):
        pair = f"{a + 0.0:.{digits}g}", f"{b + 0.0:.{digits}g}"  # no -0
        if pair[0] != pair[1]:
            break
    return pair

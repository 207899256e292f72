"""What a wrong number has in common with the right one, whatever the exercise."""

import numpy as np


def whole_pattern(yours, wanted):
    """Name the relation between two different arrays of one shape, or return None.

    Parameters
    ----------
    yours, wanted : ndarray
        Finite, same shape, float64.

    Returns
    -------
    str or None
        One sentence for the learner.
    """
    def near(a, b):
        return np.allclose(a, b, rtol=1e-4, atol=1e-6)

    if near(yours, -wanted):
        return "The sign is flipped everywhere."
    if wanted.size > 1 and near(yours, 0):
        return "Everything is zero."
    square = wanted.ndim == 2 and wanted.shape[0] == wanted.shape[1]
    if square and near(yours, wanted.T):
        return "It is the transpose of the right answer."
    if wanted.size > 1 and wanted.shape[-1] > 1 and near(yours, wanted[..., ::-1]):
        return "The values are right, in reverse order."
    if wanted.size > 2 and np.ptp(wanted) > 1e-6:
        gap = (yours - wanted).ravel()
        if near(gap, gap[0]):
            return f"Every entry is off by the same amount, {gap[0]:.4g}."
        top = np.unravel_index(np.argmax(np.abs(wanted)), wanted.shape)
        factor = yours[top] / wanted[top]
        if near(yours, factor * wanted):
            return f"Every entry is {factor:.4g} times the right one."
    return None


def first_difference(label, yours, wanted, rtol, atol):
    """Say where two arrays differ first, and in how many entries."""
    off = ~np.isclose(yours, wanted, rtol, atol)
    if wanted.ndim == 0:
        return f"{label}: yours is {yours:.6g}."
    where = tuple(int(k) for k in np.argwhere(off)[0])
    return (
        f"{label} first differs at {list(where)}: yours {yours[where]:.6g}, "
        f"wanted {wanted[where]:.6g} ({int(off.sum())} of {off.size} entries differ)."
    )

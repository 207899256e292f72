"""One LSTM unit with weights set by hand: run it, and judge what it keeps.

The puzzle of notebook 02: a 1 comes third among small inputs; a unit that still holds
something old has to drop that, store the 1, and hold it whatever comes after.
"""

import inspect

import numpy as np

from lstm_helpers import cells, validate

T = 24
GATES = "ifgo"  # the order of the blocks in W_x, W_h and b
KEPT, LEAST, MOST, LENGTH = 2, 0.8, 1.2, 20  # the step, the bounds, the steps to hold
OLD = -0.7  # what the cell holds before
_step = inspect.unwrap(cells.lstm_step)  # the same step; shapes are known to fit


def _said(value, digits):
    return f"{value:.{digits}f}".replace("-", "−")


def small_inputs(seed, size=0.2):
    """Draw small inputs in steps of 0.1, but for a 1 in the third place.

    Parameters
    ----------
    seed : int
    size : float
        The small ones lie between -size and size.

    Returns
    -------
    tuple of float, (T,)
    """
    seed = validate.count("seed", seed, least=0)
    size = validate.real("size", size, 0)
    xs = np.random.default_rng(seed).uniform(-size, size, T).round(1) + 0.0
    xs[KEPT] = 1.0
    return tuple(xs.tolist())


def run(xs, c, h, gates):
    """Run one unit over a sequence with `cells.lstm_step`.

    Parameters
    ----------
    xs : sequence of float, (T,)
    c, h : float
        The states before the first step.
    gates : dict of str to (float, float, float)
        W_x, W_h and b of each of i, f, g, o.

    Returns
    -------
    dict of str to ndarray, (T,)
        x, a_i … a_o, i, f, g, o, c_prev, h_prev, c, h and tanh_c.
    """
    W_x, W_h, b = np.array([gates[k] for k in GATES], float).T
    xs = np.asarray(xs, float)
    h_t, c_t = np.array([[h]], float), np.array([[c]], float)
    rows = []
    for x_t in xs[:, None, None]:
        h_t, c_t, cache = _step(x_t, h_t, c_t, W_x[None], W_h[None], b)
        rows.append([z.item() for z in (h_t, *cache[1:8])])
    names = "h", "h_prev", "c_prev", "i", "f", "g", "o", "c"
    record = {"x": xs, **dict(zip(names, np.array(rows).T, strict=True))}
    for k, (w_x, w_h, bias) in gates.items():
        record["a_" + k] = xs * w_x + record["h_prev"] * w_h + bias
    record["tanh_c"] = np.tanh(record["c"])
    return record


def judge(gates, c=OLD):
    """Say whether a cell keeps the third input for 20 steps, and if not, why.

    Parameters
    ----------
    gates : dict of str to (float, float, float)
        As in `run`.
    c : float
        The old memory it has to drop.

    Returns
    -------
    kind : str
        "kept", or what goes wrong: "input shut", "small candidate", "old memory",
        "lost", "written over", "close" or "one draw".
    why : str
        The same in a sentence, with its numbers.
    """
    record = run(small_inputs(3), c, 0.0, gates)
    kind, why = _judge_one(record)
    if kind != "kept":
        return kind, why
    for seed in range(20, 30):
        for old in (c, -c):
            other = run(small_inputs(seed), old, 0.0, gates)
            if _judge_one(other)[0] != "kept":
                return "one draw", (
                    "It works for these inputs, and not for other small ones with the "
                    "same 1 in third place: there the belt ends at "
                    f"{_said(other['c'][KEPT + LENGTH], 2)}. Move the gates further "
                    "from half open.")
    final = _said(record["c"][KEPT + LENGTH], 2)
    return kind, (f"Kept: after 20 steps the belt holds {final}, and about as much for "
                  "ten other draws of the small inputs. The 1 itself works the gates: "
                  "it opens i and shuts f for one step.")


def _judge_one(record):
    end = KEPT + LENGTH
    c = record["c"]
    held = c[KEPT : end + 1]
    if held.min() >= LEAST and held.max() <= MOST:
        return "kept", ""
    i, f, g = (record[k][KEPT] for k in "ifg")
    old, new = f * record["c_prev"][KEPT], i * g
    after = slice(KEPT + 1, end + 1)
    lowest = float(record["f"][after].min())
    wrote = record["i"][after] * record["g"][after]
    noisy = KEPT + 1 + int(np.abs(wrote).argmax())
    if i < 0.85:
        return "input shut", (
            f"The input gate is {_said(i, 2)} when the 1 comes: too little of it is "
            "written. i should open when x is 1, so give it a positive W_x.")
    if g < 0.85:
        return "small candidate", (
            f"The candidate is {_said(g, 2)} when the 1 comes: that is what gets "
            "written, however open i is. Raise W_x of g.")
    if not LEAST <= c[KEPT] <= MOST and abs(old) > 0.05:
        return "old memory", (
            f"The 1 is written ({_said(new, 2)}), but on top of {_said(old, 2)} of the "
            f"old memory: f is {_said(f, 2)} at that step. f should shut when x is 1, "
            "so give it a negative W_x.")
    if lowest < 0.99:
        left = float(np.prod(record["f"][after]))
        return "lost", (
            f"Stored, then lost: after the third input f falls to {_said(lowest, 2)}, "
            f"and over the 20 steps only {_said(left, 2)} of the memory is kept. Raise "
            "the bias of f.")
    if np.abs(wrote).max() > 0.01:
        return "written over", (
            f"Stored, then written over: at step {noisy} the input gate is still "
            f"{_said(record['i'][noisy], 2)} open and adds "
            f"{_said(wrote[noisy - KEPT - 1], 2)}. Lower the bias of i.")
    return "close", (
        f"Close: from step {KEPT} to {end} the belt goes from {_said(held[0], 2)} to "
        f"{_said(held[-1], 2)}, and should stay between {LEAST} and {MOST}.")

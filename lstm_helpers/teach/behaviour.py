"""What an answer does on the probes, as plain data: to compare, group and confirm."""

import base64
import hashlib
import inspect
import json
import re

import numpy as np

from lstm_helpers.exercises.engine.judge import SEED, judge

MOST = 2_000_000  # characters


def run_on_probes(exercise, answer):
    """Return what an answer returns on every probe, as data for `decode`.

    Parameters
    ----------
    exercise : Exercise
    answer : object

    Returns
    -------
    list
        For a value, the value alone; None where it cannot be written as data.
    """
    if not exercise.wants_function:
        return [encode(answer)]
    found = []
    with np.errstate(all="ignore"):
        for args in exercise.probes(np.random.default_rng(SEED)):
            try:
                value = answer(*args)
                if exercise.describe is not None:
                    value = exercise.describe(value)
                found.append(encode(value))
            except Exception as error:
                words = re.sub(r"[\d.]+|0x\w+", "#", str(error))[:80]
                found.append({"raised": f"{type(error).__name__}: {words}"})
    return found


def encode(value):
    """Write an answer as JSON knows it, or return None."""
    if isinstance(value, np.generic):
        value = value.item()
    if value is None or type(value) in (bool, str, int):
        return {"v": value}
    if isinstance(value, float):
        return {"f": repr(float(value))}
    if isinstance(value, np.ndarray):
        if value.dtype.kind not in "biuf" or value.nbytes > MOST // 2:
            return None
        plain = np.ascontiguousarray(value)
        return {"a": [plain.dtype.str, list(value.shape),
                      base64.b64encode(plain.tobytes()).decode()]}
    if isinstance(value, list | tuple) and len(value) < 10_000:
        parts = [encode(part) for part in value]
        kind = "t" if isinstance(value, tuple) else "l"
        return None if None in parts else {kind: parts}
    if isinstance(value, dict) and len(value) < 10_000:
        parts = [[encode(k), encode(v)] for k, v in value.items()]
        return None if any(None in part for part in parts) else {"d": parts}
    return None


def decode(data):
    """Read what `encode` wrote.

    Raises
    ------
    ValueError, TypeError, KeyError
        It did not write this.
    """
    (kind, held), = data.items()
    if kind == "v":
        return held
    if kind == "f":
        return float(held)
    if kind == "a":
        dtype, shape, text = held
        if np.dtype(dtype).kind not in "biuf":
            raise ValueError("no plain numbers")
        return np.frombuffer(base64.b64decode(text), dtype).reshape(shape).copy()
    if kind in "tl":
        parts = [decode(part) for part in held]
        return tuple(parts) if kind == "t" else parts
    if kind == "d":
        return {decode(k): decode(v) for k, v in held}
    raise ValueError(f"no such kind: {kind}")


def fingerprint(found):
    """Return a few letters that are equal for equal behaviour, to six digits.

    Parameters
    ----------
    found : list
        As `run_on_probes` returns it.

    Returns
    -------
    str
        Empty where the behaviour cannot be written down.
    """
    if None in found:
        return ""
    text = json.dumps([rounded(part) for part in found], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def rounded(data):
    """Write numbers with six digits, whatever their type."""
    if "raised" in data:
        return data
    kind, held = next(iter(data.items()))
    if kind == "a":
        value = decode(data)
        return [list(value.shape), [f"{x + 0.0:.6g}" for x in value.ravel()]]
    if kind == "f" or (kind == "v" and type(held) is int):
        return f"{float(held) + 0.0:.6g}"
    if kind in "tl":
        return [rounded(part) for part in held]
    if kind == "d":
        return [[rounded(k), rounded(v)] for k, v in held]
    return held


def confirmed(exercise, found):
    """Judge once more, far from the student's code, what it returned on the probes.

    Parameters
    ----------
    exercise : Exercise
    found : list
        As `run_on_probes` returns it, from another process.

    Returns
    -------
    bool or None
        Whether it is right; None where only the process itself could tell.
    """
    if exercise.describe is not None or None in found:
        return None
    try:
        values = [decode(part) for part in found]
    except Exception:
        return False
    if not exercise.wants_function:
        return judge(exercise, values[0]).outcome == "right"
    probes = exercise.probes(np.random.default_rng(SEED))
    if len(values) != len(probes):
        return False
    places = [json.dumps([encode(arg) for arg in args]) for args in probes]
    count = dict.fromkeys(places, -1)

    def replay(*args):
        place = json.dumps([encode(arg) for arg in args])
        same = [k for k, other in enumerate(places) if other == place]
        if not same:
            raise ValueError("not one of the probes")
        count[place] += 1
        return values[same[count[place] % len(same)]]

    replay.__signature__ = inspect.signature(exercise.solution)
    return judge(exercise, replay).outcome == "right"

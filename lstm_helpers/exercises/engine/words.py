"""What to tell a learner: one function for each thing that can be said of an answer."""

import difflib
import inspect
import re
from typing import NamedTuple

import numpy as np

from lstm_helpers.exercises.engine import detect, form


class Verdict(NamedTuple):
    """The judgement of one answer.

    Attributes
    ----------
    outcome : str
        "not attempted", "too slow", "right", "mistake", "raised", "wrong form",
        "not finite", "differs", "changed its input" or "unsteady".
    lines : tuple of str
        What to tell the learner; `code` stands in backticks.
    mistake : Mistake or None
        The one that was recognised; the first, where there are two.
    printed : str
        What the answer printed on its first probe.
    """

    outcome: str
    lines: tuple[str, ...]
    mistake: object = None
    printed: str = ""


UNREADABLE = Verdict("wrong form", (
    "The answer is an object that cannot be read as numbers or text.",))


def names_of(exercise):
    """Return the names of the arguments the check passes."""
    return list(inspect.signature(exercise.solution).parameters)


def read_as(exercise, value, wanted):
    """Read an answer in the form of `wanted`, under the names the exercise gives."""
    names = [f"`{name}`" if name.isidentifier() else name for name in exercise.returns]
    whole = "what your function returned" if exercise.wants_function else "your answer"
    if exercise.wants_function and len(names) == 1:
        whole = names[0]
    return form.read(value, wanted, whole, names)


def no_function(exercise, answer):
    """Say that a function was wanted."""
    return Verdict("wrong form", (
        f"A function was wanted; {form.article(answer)} came. Pass the function "
        f'itself, without calling it: `check("{exercise.id}", your_function)`.',))


def why_refused(exercise, answer, args):
    """Say why `answer` cannot be called with `args`, or return None."""
    try:
        signature = inspect.signature(answer)
    except Exception:
        return None  # built-ins have none: the call itself will tell
    try:
        signature.bind(*args)
    except TypeError:
        names = ", ".join(names_of(exercise))
        many = "s" if len(args) > 1 else ""
        passed = f"{len(args)} argument{many}: `{names}`" if names else "no argument"
        return Verdict("wrong form", (
            f"Your function takes `{signature}`; the check passes {passed}.",))
    return None


def why_unfinished(exercise, outcome, wanted):
    """Say which `...` is left, or return None."""
    if isinstance(outcome.error, TypeError | AttributeError | ValueError):
        line = re.sub(r"\[[^]]*\]", "", outcome.line)  # `z[..., 0]` is no gap
        if "ellipsis" in message_of(outcome.error).lower() or "..." in line:
            where = f", {outcome.line}" if outcome.line else ""
            return f"A `...` is left to fill in{where}"
    if outcome.error:
        return None
    try:
        read_as(exercise, outcome.value, wanted)
    except form.Unfinished as unfinished:
        return str(unfinished)
    except Exception:
        return None
    return None


def why_too_slow(outcome):
    """Say that time ran out, and where."""
    where = f" It was at {outcome.line}." if outcome.line else ""
    return Verdict("too slow", (
        f"Interrupted: it did not end in time.{where} Does a loop never stop?",))


def why_changed(exercise, mine):
    """Name the inputs that were changed in place, or return the empty string."""
    if not exercise.wants_function:
        return ""
    places = sorted({k for outcome in mine for k in outcome.changed})
    if not places:
        return ""
    names = names_of(exercise)
    listed = " and ".join(f"`{names[k]}`" for k in places)
    return (f"your function changed {listed} in place, and whoever called it still "
            "needs what was there. `a += b` and `a[:] = b` write into the array that "
            "was passed; `a = a + b` makes a new one.")


def why_unsteady(first, second, same):
    """Say that a second call with the same arguments gave something else, or None."""
    unread = first.error or isinstance(second.error, KeyboardInterrupt)
    if same or unread or type(second.error).__name__ == "TooLong":
        return None
    return Verdict("unsteady", (
        "Called twice with the same arguments, it did not return the same. Is there a "
        "random number in it, or something that stays from call to call, such as a "
        "list outside the function or a default argument that is filled?",))


def why_same(exercise, places):
    """Name the arguments that are not used."""
    names = names_of(exercise)
    listed = " or ".join(f"`{names[k]}`" for k in places)
    return (f"It comes out the same whatever {listed} is.",) if places else ()


def why_wrong(exercise, outcome, right, args):
    """Say in general words what is wrong with one outcome, or return None."""
    if outcome.error:
        return why_raised(exercise, outcome, args)
    try:
        wanted = read_as(exercise, right.value, right.value)
        yours = read_as(exercise, outcome.value, right.value)
    except form.WrongForm as wrong:
        return Verdict("wrong form", (form.sentence(wrong), *came_in(exercise, args)))
    except Exception:
        return UNREADABLE
    for label, value in yours:
        if not isinstance(value, str) and not np.isfinite(value).all():
            if not exercise.wants_function:
                said = f"{label} must be a finite number; NaN or infinity came"
            else:
                said = (f"{label} holds NaN or infinity: a division by zero, the log "
                        "of zero, or an overflow in exp?")
            return Verdict("not finite", (form.sentence(said),))
    if form.close(yours, wanted, exercise.rtol, exercise.atol):
        return None
    sizes = {n for arg in args if isinstance(arg, np.ndarray) for n in arg.shape}
    lines = tuple(why_differs(exercise, yours, wanted, sizes))
    return Verdict("differs", lines + came_in(exercise, args))


def why_raised(exercise, outcome, args):
    """Show the learner's own line and the message, with a word on common causes."""
    error = outcome.error
    kind, text = type(error).__name__, message_of(error)
    at = f" at {outcome.line}" if outcome.line else ""
    lines = [f"It raised `{kind}`{at}", f"`{text}`" if text else "",
             cause_of(exercise, error, text, outcome.line), *came_in(exercise, args)]
    return Verdict("raised", tuple(line for line in lines if line))


def cause_of(exercise, error, text, line):
    """Guess the reason of an exception, or return the empty string."""
    if isinstance(error, UnboundLocalError):
        return ("A variable is read before it has a value: give it one before the "
                "loop, or use the argument's name.")
    if isinstance(error, NameError):
        wrong = getattr(error, "name", None) or ""
        if wrong and hasattr(np, wrong):
            return f"Is `np.{wrong}` meant?"
        if wrong in names_of(exercise):
            return f"No argument of your function is called `{wrong}`."
        if wrong in ("np", "sigmoid"):
            return f"Run the cell that imports or defines `{wrong}` first."
        known = [*names_of(exercise), "np", "sigmoid"]
        meant = [name for name in known if name.lower() == wrong.lower()]
        meant = meant or difflib.get_close_matches(wrong, known, 1, 0.7)
        if meant:
            return f"Is `{wrong}` a slip of the pen for `{meant[0]}`?"
        if names_of(exercise):
            return ("The function was not given anything of that name. Use its "
                    "arguments: then it works everywhere.")
    if isinstance(error, ValueError) and "matmul" in text and "@" in line:
        return ("`@` is the product of matrices: the inner lengths must agree, (N, D) "
                "@ (D, H). Entry by entry (⊙) it is `*`.")
    if isinstance(error, ValueError) and "all the input array" in text:
        return ("Arrays are joined along one axis, `axis=0` if none is given. They "
                "need as many axes as each other, and equal lengths along the rest.")
    if isinstance(error, ValueError) and "inhomogeneous" in text and "eig(" in line:
        return ("`np.linalg.eig` returns two things, eigenvalues and eigenvectors; "
                "`np.linalg.eigvals` returns the first alone.")
    if isinstance(error, ValueError) and "inhomogeneous" in text and re.search(
            r"\[.+,.+\]", line):
        return ("`[a, b]` is a list of two arrays, not one long array. To put them "
                "behind one another, join them: `np.concatenate([a, b])`.")
    if isinstance(error, TypeError) and "integer scalar arrays" in text:
        return ("`np.concatenate` takes *one* list of arrays, so there are two pairs "
                "of brackets: `np.concatenate([a, b])`.") * ("concatenate" in line)
    if isinstance(error, ValueError) and "truth value" in text:
        return ("`if` asks one question of the whole array, and every entry has an "
                "answer of its own. `np.where(condition, a, b)` asks each.")
    if isinstance(error, TypeError) and "math." in line and (
            "arrays can be converted" in text or "only 0-dimensional" in text):
        return ("The functions of `math` take one number; those of `np` take a whole "
                "array, entry by entry.")
    if isinstance(error, ValueError) and "equal division" in text:
        return ("`np.split` cuts rows unless told otherwise: `axis=-1` is the last "
                "axis, the columns of a matrix and the entries of a vector.")
    if isinstance(error, IndexError | ValueError) and "axis=1" in line and (
            "tuple index" in text or "out of bounds for array of dim" in text):
        return ("A vector has no axis 1. `axis=-1` is the last axis of either, a "
                "matrix or a vector.")
    if isinstance(error, AttributeError) and "attribute 'append'" in text:
        return ("`append` changes a list and returns None: write `cs.append(c)` on a "
                "line of its own, with `cs = []` before the loop.")
    if isinstance(error, ValueError) and "not recognized: {'lr'" in text:
        return ("`lr` is the name in old texts. Keras calls the rate "
                "`learning_rate`.")
    if isinstance(error, ValueError) and "broadcast" in text:
        return ("Entry by entry (`+`, `*`), shapes are compared from the right: two "
                "lengths must be equal, or one of them 1. The product of matrices is "
                "`@`.")
    return ""


def came_in(exercise, args):
    """List the arguments of a probe in one line: arrays by shape, numbers by value."""
    if not exercise.wants_function:
        return ()
    shown = []
    for name, value in zip(names_of(exercise), args, strict=True):
        if isinstance(value, np.ndarray):
            shown.append(f"`{name}` {value.shape}")
        elif isinstance(value, int):
            shown.append(f"`{name}` = {value}")
        elif isinstance(value, float):
            shown.append(f"`{name}` = {value:.6g}")
    return (f"It was called with {', '.join(shown)}.",) if shown else ()


def message_of(error):
    """Return an exception's message on one line; hostile ones have none."""
    try:
        text = " ".join(str(error).split())
    except BaseException:
        return ""
    return text if len(text) <= 300 else text[:300] + " …"


def why_differs(exercise, yours, wanted, sizes):
    """Yield what is right, where the first wrong part differs, and any pattern."""
    pairs = [(label, a, b) for (label, a), (_, b) in zip(yours, wanted, strict=True)]
    if exercise.choices and pairs[0][1] not in exercise.choices:
        yield f"Choose one of {', '.join(exercise.choices)}."
        return
    right = [form.close([("", a)], [("", b)], exercise.rtol, exercise.atol)
             for _, a, b in pairs]
    fine = [pair[0] for pair, ok in zip(pairs, right, strict=True) if ok]
    if fine:
        yield form.sentence(f"{', '.join(fine)}: right")
    wrong = [pair[0] for pair, ok in zip(pairs, right, strict=True) if not ok]
    if exercise.wants_function and len(wrong) > 1:
        yield form.sentence(f"{', '.join(wrong)}: not right")
    label, a, b = pairs[right.index(False)]
    whole = not exercise.wants_function and len(pairs) == 1
    if isinstance(a, str):
        if exercise.wants_function:
            yield form.sentence(f"{label}: yours is {a!r}, wanted is {b!r}")
        else:
            yield f"{a!r} is not right." if whole else form.sentence(
                f"{label} is not {a!r}")
        return
    if exercise.wants_function:
        yield form.sentence(
            detect.first_difference(label, a, b, exercise.rtol, exercise.atol))
    else:
        size = "not right" if a.ndim else "too large" if a > b else "too small"
        shown = np.array2string(a, threshold=12) if a.ndim else f"{a:.8g}"
        yield form.sentence(f"{'' if whole else label + ': '}{shown} is {size}")
    pattern = detect.whole_pattern(a, b, sizes)
    if not pattern and not exercise.wants_function:
        pattern = detect.nearly(a, b)
    if pattern:
        yield pattern

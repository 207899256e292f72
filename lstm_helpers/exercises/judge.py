"""Hold an answer against the solution and every listed mistake.

The order of the outcomes: not attempted, too slow, right, a recognised mistake, raised
an exception, wrong type or shape, not finite, which value differs. A listed mistake
comes before the general words because it knows the reason.
"""

import importlib.util
import inspect
from typing import NamedTuple

import numpy as np

from lstm_helpers.exercises import detect, form, run

SEED = 2026  # probes are the same for everyone, so feedback is too


class Verdict(NamedTuple):
    """The judgement of one answer.

    Attributes
    ----------
    outcome : str
        "not attempted", "too slow", "right", "mistake", "raised", "wrong form",
        "not finite", "differs" or "changed its input".
    lines : tuple of str
        What to tell the learner; `code` stands in backticks.
    mistake : Mistake or None
        The one that was recognised.
    printed : str
        What the answer printed on its first probe.
    """

    outcome: str
    lines: tuple[str, ...]
    mistake: object = None
    printed: str = ""


UNREADABLE = Verdict("wrong form", (
    "The answer is an object that cannot be read as numbers or text.",))


def judge(exercise, answer, limit=run.LIMIT):
    """Judge an answer, whatever it is.

    Parameters
    ----------
    exercise : Exercise
    answer : object
        A value, or a function where the exercise wants one.
    limit : float
        Seconds the answer may run.

    Returns
    -------
    Verdict
    """
    if answer is ...:
        return Verdict("not attempted", ("The answer is still `...`",))
    if not exercise.wants_function:
        mine = [run.Outcome(answer, None, "", (), "")]
        return compare(exercise, mine, [()])
    if not callable(answer):
        return Verdict("wrong form", (
            f"A function was wanted; {form.article(answer)} came. Pass the function "
            f'itself, without calling it: `check("{exercise.id}", your_function)`',))
    probes = exercise.probes(np.random.default_rng(SEED))
    refused = signature_problem(exercise, answer, probes[0])
    if refused:
        return Verdict("wrong form", (refused,))
    mine = run.call_all(answer, probes, limit)
    if exercise.describe is not None:
        mine, verdict = described(exercise, mine, probes)
        if verdict:
            return verdict
    return compare(exercise, mine, probes)


def described(exercise, mine, probes):
    """Put descriptions in the place of values; or judge an answer that has none.

    Returns
    -------
    outcomes : list of Outcome
    verdict : Verdict or None
        If there is one, neither the solution nor a mistake has to be run.
    """
    outcomes = []
    for outcome, args in zip(mine, probes, strict=False):
        unfinished = why_unfinished(exercise, outcome, outcome)
        if unfinished:
            return mine, Verdict("not attempted", (unfinished,))
        if exercise.needs and importlib.util.find_spec(exercise.needs) is None:
            return mine, Verdict("wrong form", (
                f"This exercise needs `{exercise.needs}`, which is not installed.",))
        if isinstance(outcome.error, run.TooLong):
            return mine, why_too_slow(outcome)
        if outcome.error:
            return mine, why_raised(exercise, outcome, args)
        try:
            value = exercise.describe(outcome.value)
        except form.WrongForm as wrong:
            return mine, Verdict("wrong form", (f"{wrong}.",))
        except Exception:
            return mine, UNREADABLE
        outcomes.append(outcome._replace(value=value))
    return outcomes, None


def signature_problem(exercise, answer, args):
    """Say why `answer` cannot be called with `args`, or return None."""
    try:
        signature = inspect.signature(answer)
    except Exception:
        return None  # built-ins have none: the call itself will tell
    try:
        signature.bind(*args)
    except TypeError:
        names = ", ".join(inspect.signature(exercise.solution).parameters)
        passed = f"{len(args)} arguments: `{names}`" if names else "no argument"
        return f"Your function takes `{signature}`; the check passes {passed}"
    return None


def compare(exercise, mine, probes):
    """Judge outcomes, one a probe."""
    printed = mine[0].printed if mine else ""
    verdict = compare_silently(exercise, mine, probes)
    return verdict._replace(printed=printed)


def compare_silently(exercise, mine, probes):
    """Go through the outcomes in order."""
    right = outcomes_of(exercise, exercise.solution, probes)
    tolerance = exercise.rtol, exercise.atol
    for outcome in mine:
        unfinished = why_unfinished(exercise, outcome, right[0])
        if unfinished:
            return Verdict("not attempted", (unfinished,))
    if isinstance(mine[-1].error, run.TooLong):
        return why_too_slow(mine[-1])
    changed = why_changed(exercise, mine)
    if agree(mine, right, tolerance):
        if changed:
            return Verdict("changed its input", (
                "The values are right. But " + changed,))
        return Verdict("right", (exercise.explanation,))
    also = (f"Besides, {changed}",) if changed else ()
    for mistake in exercise.mistakes:
        if agree(mine, outcomes_of(exercise, mistake.answer, probes), tolerance):
            return Verdict("mistake", (mistake.reason, *also), mistake)
    for k, outcome in enumerate(mine):
        verdict = why_wrong(exercise, outcome, right[k], probes[k])
        if verdict:
            return verdict._replace(lines=verdict.lines + also)
    raise AssertionError("an answer that is not right must be wrong somewhere")


def outcomes_of(exercise, answer, probes):
    """Run the solution or a mistake as the learner's answer is run."""
    if exercise.wants_function:
        outcomes = run.call_all(answer, probes)
        if exercise.describe is None:
            return outcomes
        return [outcome if outcome.error else
                outcome._replace(value=exercise.describe(outcome.value))
                for outcome in outcomes]
    return [run.Outcome(answer, None, "", (), "")]


def agree(mine, theirs, tolerance):
    """Whether two answers did the same on every probe, not just raise on all."""
    if len(mine) != len(theirs) or all(outcome.error for outcome in theirs):
        return False
    for a, b in zip(mine, theirs, strict=True):
        if a.error or b.error:
            if type(a.error) is not type(b.error):
                return False
            continue
        wanted = form.read(b.value, b.value)
        try:
            if not form.close(form.read(a.value, b.value), wanted, *tolerance):
                return False
        except Exception:  # another form, or an object that cannot be read at all
            return False
    return True


def why_unfinished(exercise, outcome, right):
    """Say which `...` is left, or return None."""
    if isinstance(outcome.error, TypeError | AttributeError | ValueError):
        if "ellipsis" in message_of(outcome.error).lower():
            return f"A `...` is left to fill in, {outcome.line}"
    if outcome.error:
        return None
    try:
        read_as(exercise, outcome.value, right.value)
    except form.Unfinished as unfinished:
        return str(unfinished)
    except Exception:
        return None
    return None


def read_as(exercise, value, wanted):
    """Read an answer in the form of `wanted`, under the names the exercise gives."""
    names = [f"`{name}`" if name.isidentifier() else name for name in exercise.returns]
    whole = "what your function returned" if exercise.wants_function else "your answer"
    if exercise.wants_function and len(names) == 1:
        whole = names[0]
    return form.read(value, wanted, whole, names)


def why_changed(exercise, mine):
    """Name the inputs that were changed in place, or return the empty string."""
    if not exercise.wants_function:
        return ""
    places = sorted({k for outcome in mine for k in outcome.changed})
    names = list(inspect.signature(exercise.solution).parameters)
    if not places:
        return ""
    listed = " and ".join(f"`{names[k]}`" for k in places)
    return (f"your function changed {listed} in place, and whoever passed it in still "
            "needs it. Make a new array: `a = a + b` instead of `a += b`")


def why_wrong(exercise, outcome, right, args):
    """Say in general words what is wrong with one outcome, or return None."""
    if outcome.error:
        return why_raised(exercise, outcome, args)
    try:
        wanted = read_as(exercise, right.value, right.value)
        yours = read_as(exercise, outcome.value, right.value)
    except form.WrongForm as wrong:
        text = str(wrong)
        return Verdict("wrong form", (f"{text[0].upper()}{text[1:]}.",
                                      *came_in(exercise, args)))
    except Exception:
        return UNREADABLE
    for label, value in yours:
        if not isinstance(value, str) and not np.isfinite(value).all():
            return Verdict("not finite", (
                f"{label} holds NaN or infinity: a division by zero, the log of zero, "
                "or an overflow in exp?",))
    if form.close(yours, wanted, exercise.rtol, exercise.atol):
        return None
    return Verdict("differs", tuple(why_differs(exercise, yours, wanted)))


def why_too_slow(outcome):
    """Say that time ran out, and where."""
    where = f" It was at {outcome.line}." if outcome.line else ""
    return Verdict("too slow", (
        f"Interrupted: it did not end in time.{where} Does a loop never stop?",))


def why_raised(exercise, outcome, args):
    """Show the learner's own line and the message, with a word on common causes."""
    error = outcome.error
    kind, text = type(error).__name__, message_of(error)
    at = f" at {outcome.line}" if outcome.line else ""
    lines = [f"It raised `{kind}`{at}", f"`{text}`" if text else ""]
    if isinstance(error, NameError) and args:
        lines.append("A name is used that the function was not given. Use its "
                     "arguments only: then it works everywhere.")
    lines += came_in(exercise, args)
    return Verdict("raised", tuple(line for line in lines if line))


def came_in(exercise, args):
    """List the shapes of the arguments of a probe, in one line."""
    if not exercise.wants_function:
        return ()
    names = inspect.signature(exercise.solution).parameters
    pairs = zip(names, args, strict=True)
    shown = [f"`{name}` {value.shape}" for name, value in pairs
             if isinstance(value, np.ndarray)]
    return (f"It was called with {', '.join(shown)}.",) if shown else ()


def message_of(error):
    """Return an exception's message on one line; hostile ones have none."""
    try:
        text = " ".join(str(error).split())
    except BaseException:
        return ""
    return text if len(text) <= 300 else text[:300] + " …"


def why_differs(exercise, yours, wanted):
    """Yield what is right, where the first wrong part differs, and any pattern."""
    pairs = [(label, a, b) for (label, a), (_, b) in zip(yours, wanted, strict=True)]
    if exercise.choices and pairs[0][1] not in exercise.choices:
        yield f"Choose one of {', '.join(exercise.choices)}."
        return
    fine = [label for label, a, b in pairs
            if form.close([("", a)], [("", b)], exercise.rtol, exercise.atol)]
    if fine:
        yield f"{', '.join(fine)}: right."
    label, a, b = next(pair for pair in pairs if pair[0] not in fine)
    if isinstance(a, str):
        yield f"{label}: not {a!r}."
        return
    if exercise.wants_function:
        yield detect.first_difference(label, a, b, exercise.rtol, exercise.atol)
    else:
        yield f"{label}: not {np.array2string(a, precision=6, threshold=12)}."
    pattern = detect.whole_pattern(a, b) if exercise.wants_function else None
    if pattern:
        yield pattern

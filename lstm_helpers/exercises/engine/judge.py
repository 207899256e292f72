"""Hold an answer against the solution and every listed mistake.

The order of the outcomes: not attempted, too slow, right, a recognised mistake, two
at once, raised an exception, wrong type or shape, not finite, which value differs. A
listed mistake comes before the general words because it knows the reason.
"""

import importlib.util
import itertools

import numpy as np

from lstm_helpers.exercises.engine import counter, explain, form, run, words
from lstm_helpers.exercises.engine.words import Verdict

SEED = 2026  # probes are the same for everyone, so feedback is too


def judge(exercise, answer, limit=None):
    """Judge an answer, whatever it is.

    Parameters
    ----------
    exercise : Exercise
    answer : object
        A value, or a function where the exercise wants one.
    limit : float, optional
        Seconds the answer may run; left out, those of the exercise.

    Returns
    -------
    Verdict
    """
    if answer is ...:
        return Verdict("not attempted", ("The answer is still `...`",))
    if not exercise.wants_function:
        mine = [run.Outcome(answer, None, "", (), "")]
        return compare(exercise, mine, [()])
    probes = exercise.probes(np.random.default_rng(SEED))
    if can_be_described(exercise, answer):  # the model itself came, not its function
        value = said_of(exercise, answer)
        return compare(exercise, [run.Outcome(value, None, "", (), "")], probes)
    if not callable(answer):
        return words.no_function(exercise, answer)
    refused = words.why_refused(exercise, answer, probes[0])
    if refused:
        return refused
    limit = exercise.seconds if limit is None else limit
    mine = run.call_all(answer, probes, limit, exercise.alarm)
    printed = mine[0].printed
    verdict = None
    if exercise.describe is not None:
        mine, verdict = described(exercise, mine, probes)
    verdict = verdict or compare(exercise, mine, probes, answer, limit)
    if verdict.outcome in ("right", "differs") and exercise.describe is None:
        again = run.call_all(answer, probes[:1], limit, exercise.alarm)
        verdict = words.why_unsteady(mine[0], again[0], agree(
            again, mine[:1], (1e-9, 1e-12))) or verdict
    if verdict.outcome == "differs" and exercise.describe is None:
        verdict = verdict._replace(lines=verdict.lines + words.why_same(
            exercise, unused(exercise, answer, probes[0], limit)))
    return verdict._replace(printed=printed)


def example(exercise, answer):
    """Return code that shows on a small input how a wrong function differs, or ""."""
    if not exercise.wants_function or exercise.describe or not callable(answer):
        return ""
    probes = exercise.probes(np.random.default_rng(SEED))
    try:
        return counter.smallest(exercise, answer, probes)
    except Exception:  # whatever was written: no example then
        return ""


def unused(exercise, answer, args, limit):
    """Return the places of arguments that change the right answer, but not this one."""
    places = [k for k, arg in enumerate(args)
              if isinstance(arg, np.ndarray) and arg.dtype.kind == "f"]
    rng = np.random.default_rng(SEED + 1)  # noise, but not that of the probes
    calls = [args, *((*args[:k], args[k] + rng.normal(size=args[k].shape),
                      *args[k + 1:]) for k in places)]
    mine = run.call_all(answer, calls, limit)
    right = run.call_all(exercise.solution, calls, limit)
    return [k for k, a, b in zip(places, mine[1:], right[1:], strict=False)
            if agree([a], mine[:1], (0, 0)) and not agree([b], right[:1], (0, 0))
            and not b.error]


def can_be_described(exercise, answer):
    """Whether an answer is already what the function was to return."""
    if exercise.describe is None:
        return False
    try:
        exercise.describe(answer)
    except Exception:
        return False
    return True


def said_of(exercise, value):
    """Describe a value; a dict is compared entry by entry, with nothing to spare."""
    said = exercise.describe(value)
    return form.Description(said) if isinstance(said, dict) else said


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
        unfinished = words.why_unfinished(exercise, outcome, outcome.value)
        if unfinished:
            return mine, Verdict("not attempted", (unfinished,))
        if isinstance(outcome.error, run.TooLong):
            return mine, words.why_too_slow(outcome)
        if exercise.needs and importlib.util.find_spec(exercise.needs) is None:
            return mine, Verdict("not possible here", (
                f"This exercise needs `{exercise.needs}`, which is not installed here. "
                "Nothing is lost: the rest of the notebook runs without it.",))
        if outcome.error:
            return mine, words.why_raised(exercise, outcome, args)
        try:
            value = said_of(exercise, outcome.value)
        except form.WrongForm as wrong:
            return mine, Verdict("wrong form", (form.sentence(wrong),))
        except Exception:
            return mine, words.UNREADABLE
        outcomes.append(outcome._replace(value=value))
    return outcomes, None


def compare(exercise, mine, probes, answer=None, limit=10.0):
    """Judge outcomes, one a probe; `answer` is the function they come from."""
    right = outcomes_of(exercise, exercise.solution, probes)
    tolerance = exercise.rtol, exercise.atol
    for outcome in mine:
        unfinished = words.why_unfinished(exercise, outcome, right[0].value)
        if unfinished:
            return Verdict("not attempted", (unfinished,))
    if isinstance(mine[-1].error, run.TooLong):
        return words.why_too_slow(mine[-1])
    changed = words.why_changed(exercise, mine)
    if agree(mine, right, tolerance):
        if changed:
            said = f"The values are right. But {changed}"
            return Verdict("changed its input", (said,))
        return Verdict("right", (exercise.explanation,))
    also = (f"Besides, {changed}",) if changed else ()
    found = recognise(exercise, mine, probes)
    if found:
        reasons = tuple(mistake.reason for mistake in found)
        lead = ("Two things at once.",) if len(found) > 1 else ()
        return Verdict("mistake", lead + reasons + also, found[0])
    for k, outcome in enumerate(mine):
        verdict = words.why_wrong(exercise, outcome, right[k], probes[k])
        if verdict:
            calls = "call" if k == 1 else f"{k} calls"
            lead = (f"The first {calls} came out right, the next did not.",) * (k > 0)
            if answer is not None and exercise.describe is None:
                lead += explain.reasons(exercise, answer, mine, probes, k, limit)
            if not exercise.wants_function and verdict.outcome == "differs":
                verdict = verdict._replace(
                    lines=verdict.lines + explain.number(exercise, outcome.value))
            return verdict._replace(lines=lead + verdict.lines + also)
    raise AssertionError("an answer that is not right must be wrong somewhere")


def recognise(exercise, mine, probes):
    """Return the mistake an answer behaves like, or two made at once, or none.

    Returns
    -------
    tuple of Mistake
    """
    tolerance = exercise.rtol, exercise.atol

    def behaves_like(answer):
        return agree(mine, outcomes_of(exercise, answer, probes), tolerance)

    for mistake in exercise.mistakes:
        if behaves_like(mistake.answer):
            return (mistake,)
    if exercise.broken is not None:
        faulty = [mistake for mistake in exercise.mistakes if mistake.fault]
        for a, b in itertools.combinations(faulty, 2):
            if behaves_like(exercise.broken(a.fault, b.fault)):
                return (a, b)
    return ()


def outcomes_of(exercise, answer, probes):
    """Run the solution or a mistake as the learner's answer is run."""
    if not exercise.wants_function:
        return [run.Outcome(answer, None, "", (), "")]
    outcomes = run.call_all(answer, probes, exercise.seconds, exercise.alarm)
    if exercise.describe is None:
        return outcomes
    return [outcome if outcome.error else
            outcome._replace(value=said_of(exercise, outcome.value))
            for outcome in outcomes]


def agree(mine, theirs, tolerance):
    """Whether two answers did the same on every probe, not just raise on all."""
    if len(mine) != len(theirs) or all(outcome.error for outcome in theirs):
        return False
    for a, b in zip(mine, theirs, strict=True):
        if a.error or b.error:
            if type(a.error) is not type(b.error):
                return False
            continue
        try:
            wanted = form.read(b.value, b.value)
            if not form.close(form.read(a.value, b.value), wanted, *tolerance):
                return False
        except Exception:  # another form, or an object that cannot be read at all
            return False
    return True

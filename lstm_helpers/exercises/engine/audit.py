"""Say what is wrong with an exercise, before a learner meets it.

``problems(exercise)`` is what the tests run over every exercise of the series; an
author can call it while writing one.
"""

import importlib.util

from lstm_helpers.exercises.engine.exercise import KINDS
from lstm_helpers.exercises.engine.judge import judge


def problems(exercise):
    """List what an exercise lacks, one sentence each; an empty list is a good exercise.

    Parameters
    ----------
    exercise : Exercise

    Returns
    -------
    list of str
    """
    found = form_problems(exercise)
    if exercise.needs and importlib.util.find_spec(exercise.needs) is None:
        return found  # what its answers do cannot be tried here
    return found + behaviour_problems(exercise)


def form_problems(exercise):
    """What can be seen without running an answer."""
    found = []
    if exercise.kind not in KINDS:
        found.append(f"kind must be one of {', '.join(KINDS)}")
    if not 1 <= exercise.minutes <= 30:
        found.append("minutes must be 1 to 30")
    if len(exercise.hints) not in (2, 3) or min(map(len, exercise.hints)) < 15:
        found.append("two hints are needed: the idea, then the equation")
    if len(exercise.explanation) < 30:
        found.append("the explanation must say why the solution is right")
    if len(exercise.mistakes) < 3:
        found.append(f"{len(exercise.mistakes)} mistakes; at least 3 are needed")
    reasons = [mistake.reason for mistake in exercise.mistakes]
    if len(set(reasons)) < len(reasons) or min(map(len, reasons), default=99) < 20:
        found.append("each mistake needs a reason of its own")
    texts = [exercise.task, exercise.explanation, *exercise.hints, *reasons]
    if any(text.count("`") % 2 for text in texts):
        found.append("a backtick is not closed")
    if exercise.choices:
        covered = {exercise.solution, *(m.answer for m in exercise.mistakes)}
        if covered != set(exercise.choices):
            found.append("every choice must be the solution or a mistake")
    if exercise.kind in ("implement", "break") and len(exercise.others) < 2:
        found.append("two more right answers are needed, written in another way")
    return found


def behaviour_problems(exercise):
    """What shows when the answers are judged."""
    found = []
    if exercise.formula:
        off = judge(exercise, exercise.formula()).outcome != "right"
        found += ["the formula gives another number than the solution"] * off
    stubs = [...] + ([lambda *args: ...] if exercise.wants_function else [])
    for stub in stubs:
        if judge(exercise, stub).outcome != "not attempted":
            found.append("the stub is not seen as not attempted")
    for answer in (exercise.solution, *exercise.others):
        verdict = judge(exercise, answer)
        if verdict.outcome != "right":
            found.append(f"a right answer is judged {verdict.outcome}: {verdict.lines}")
    for k, mistake in enumerate(exercise.mistakes):
        verdict = judge(exercise, mistake.answer)
        if verdict.outcome == "right":
            found.append(f"mistake {k} equals the solution: {mistake.reason}")
        elif verdict.mistake is not mistake:
            found.append(f"mistake {k} behaves like another, or like none: "
                         f"{mistake.reason} Judged: {verdict.lines}")
    return found

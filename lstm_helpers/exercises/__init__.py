"""Exercises that know why an answer is wrong: check, hint, solution, progress.

>>> from lstm_helpers.exercises import check, hint, solution, progress
>>> check("01.1", rnn_step)      # judge your function, or your value
>>> hint("01.1")                 # first the idea, the second time the equation
>>> solution("01.1")             # one right answer, and why it is right
>>> progress()                   # what is done
"""

import importlib
import inspect
import pkgutil
import textwrap

from lstm_helpers.exercises import card, record
from lstm_helpers.exercises.judge import judge

__all__ = ["check", "hint", "progress", "solution"]

hints_given = {}
asked = set()


def notebooks():
    """Return the numbers of the notebooks that have exercises: ["01", "02", …]."""
    names = [module.name for module in pkgutil.iter_modules(__path__)]
    return sorted(name[2:] for name in names if name.startswith("nb"))


def exercises_of(notebook):
    """Return the exercises of one notebook, such as "01", in order."""
    return importlib.import_module(f"{__name__}.nb{notebook}").EXERCISES


def find(id):
    """Return the exercise with this id.

    Raises
    ------
    ValueError
        If there is none; the message lists those of the same notebook.
    """
    if not isinstance(id, str):
        raise ValueError(f'id must be a string such as "01.1", got {id!r}')
    notebook = id.partition(".")[0]
    if notebook not in notebooks():
        raise ValueError(
            f"id must start with one of {', '.join(notebooks())}, got {id!r}"
        )
    known = {exercise.id: exercise for exercise in exercises_of(notebook)}
    if id not in known:
        raise ValueError(f"id must be one of {', '.join(known)}, got {id!r}")
    return known[id]


def found(id):
    """Return the exercise with this id, or show a card and return None."""
    try:
        return find(id)
    except ValueError as error:
        card.show(card.Card("No such exercise", [f"{error}."]))
        return None


def check(id, answer=...):
    """Judge an answer and show why it is right or wrong. Never raises.

    Parameters
    ----------
    id : str
        The exercise, such as "01.1".
    answer : object
        Your function itself (not its result), or your value.
    """
    exercise = found(id)
    if exercise is None:
        return
    verdict = judge(exercise, answer)
    lines = list(verdict.lines)
    after = []
    if verdict.printed.strip():
        printed = verdict.printed.strip().splitlines()
        after.append("It printed: " + " ⏎ ".join(printed[:8]))
    if verdict.outcome == "not attempted":
        lines = [f"{lines[0][0].upper()}{lines[0][1:]}. `hint(\"{id}\")` helps, "
                 f"`solution(\"{id}\")` shows an answer."]
    else:
        problem = record.note(id, verdict.outcome == "right")
        after += [problem] if problem else []
    card.show(card.Card(f"{id} {exercise.title}", lines, verdict.outcome, after=after))


def hint(id):
    """Show the next hint: first the idea, then the equation.

    Parameters
    ----------
    id : str
        The exercise, such as "01.1".
    """
    exercise = found(id)
    if exercise is None:
        return
    k = min(hints_given.get(id, 0), len(exercise.hints) - 1)
    hints_given[id] = k + 1
    what = ("the idea", "the equation")[k]
    more = (f'Still stuck? Call `hint("{id}")` again.',
            f'`solution("{id}")` shows one right answer.')[k]
    card.show(card.Card(f"{id} {exercise.title}, hint {k + 1} of 2: {what}",
                        [exercise.hints[k]], after=[more]))


def solution(id):
    """Show one right answer and why it is right.

    An exercise that was not tried yet is left a chance: the first call asks, the second
    shows.

    Parameters
    ----------
    id : str
        The exercise, such as "01.1".
    """
    exercise = found(id)
    if exercise is None:
        return
    if id not in asked and not tried(id):
        asked.add(id)
        card.show(card.Card(f"{id} {exercise.title}", [
            "You have not tried it yet, and trying is where the learning is. Show it "
            f'anyway? Call `solution("{id}")` once more.']))
        return
    if exercise.wants_function:
        code = textwrap.dedent(inspect.getsource(exercise.solution)).strip()
    else:
        code = f"answer = {exercise.solution!r}"
    card.show(card.Card(f"{id} {exercise.title}, one right answer", [], code=code,
                        after=[exercise.explanation]))


def tried(id):
    """Whether an answer was ever checked, as far as the record tells."""
    try:
        return id in record.load()
    except ValueError:
        return True


def progress(notebook=None):
    """Show which exercises are done.

    Parameters
    ----------
    notebook : str, optional
        One notebook, such as "01", exercise by exercise; left out, the whole series.
    """
    if notebook is not None and notebook not in notebooks():
        card.show(card.Card("No such notebook", [
            f"notebook must be one of {', '.join(notebooks())}, got {notebook!r}."]))
        return
    try:
        done = record.load()
    except ValueError as error:
        card.show(card.Card("Progress", [f"{error}."]))
        return
    signs = {"right": "✓", "tried": "✗", None: "○"}
    lines, right, total = [], 0, 0
    for number in [notebook] if notebook else notebooks():
        here = exercises_of(number)
        status = [done.get(exercise.id) for exercise in here]
        right += status.count("right")
        total += len(here)
        if notebook:
            lines += [f"{signs[s]} {e.id} {e.title}, {e.minutes} min"
                      for s, e in zip(status, here, strict=True)]
        else:
            lines.append(f"{number}  {' '.join(signs[s] for s in status)}")
    after = [f"✓ done, ✗ tried, ○ open. Kept in `{record.NAME}` beside the notebook; "
             "delete the file to start anew."]
    card.show(card.Card(f"Progress: {right} of {total} exercises", [],
                        code="\n".join(lines), after=after))

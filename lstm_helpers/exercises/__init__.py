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

__all__ = ["check", "check_button", "hint", "progress", "solution"]

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
    if exercise is not None:
        card.show(judged(exercise, answer))


def judged(exercise, answer):
    """Judge an answer, note it in the record, and return the card to show."""
    id = exercise.id
    verdict = judge(exercise, answer)
    lines = list(verdict.lines)
    after = []
    if verdict.printed.strip():
        after.append(f"It printed: {in_one_line(verdict.printed)}")
    if verdict.outcome == "not attempted":
        lines = [f"{lines[0][0].upper()}{lines[0][1:]}. `hint(\"{id}\")` helps, "
                 f"`solution(\"{id}\")` shows an answer."]
    else:
        problem = record.note(id, verdict.outcome == "right")
        after += [problem] if problem else []
    headings = ("Hint: the idea", "Hint: the equation")
    folds = () if verdict.outcome == "right" else zip(headings, exercise.hints,
                                                       strict=True)
    return card.Card(f"{id} {exercise.title}", lines, verdict.outcome, after=after,
                     folds=folds)


def in_one_line(printed):
    """Join the first lines that were printed; what is left out leaves a mark."""
    lines = printed.strip().splitlines()
    text = " ⏎ ".join(lines[:8])
    return text[:300] + (" …" if len(lines) > 8 or len(text) > 300 else "")


def check_button(id, answer):
    """Show the same check as a button, with others for hints and the solution.

    Parameters
    ----------
    id : str
        The exercise, such as "01.1".
    answer : callable
        Returns the answer as it is when the button is pressed: ``lambda: rnn_step``.

    Returns
    -------
    object
        Shows itself; a front end without widgets shows a sentence instead.
    """
    from lstm_helpers.exercises import button

    exercise = found(id)
    return None if exercise is None else button.Button(exercise, answer)


def hint(id):
    """Show the next hint: first the idea, then the equation.

    Parameters
    ----------
    id : str
        The exercise, such as "01.1".
    """
    exercise = found(id)
    if exercise is not None:
        card.show(hinted(exercise))


def hinted(exercise):
    """Return the card with the next hint of an exercise."""
    id = exercise.id
    k = min(hints_given.get(id, 0), len(exercise.hints) - 1)
    hints_given[id] = k + 1
    what = ("the idea", "the equation")[k]
    more = (f'Still stuck? Call `hint("{id}")` again.',
            f'`solution("{id}")` shows one right answer.')[k]
    return card.Card(f"{id} {exercise.title}, hint {k + 1} of 2: {what}",
                     [exercise.hints[k]], after=[more])


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
    if exercise is not None:
        card.show(solved(exercise))


def solved(exercise):
    """Return the card with the solution, or with the question whether to show it."""
    id = exercise.id
    if id not in asked and not tried(id):
        asked.add(id)
        return card.Card(f"{id} {exercise.title}", [
            "You have not tried it yet, and trying is where the learning is. Show it "
            f'anyway? Call `solution("{id}")` once more.'])
    if exercise.wants_function:
        code = textwrap.dedent(inspect.getsource(exercise.solution)).strip()
    else:
        code = f"answer = {plain(exercise.solution)}"
    return card.Card(f"{id} {exercise.title}, one right answer", [], code=code,
                     after=[exercise.explanation])


def plain(value):
    """Write a value as a learner would: floats to eight digits."""
    if isinstance(value, tuple):
        return f"({', '.join(map(plain, value))})"
    return f"{value:.8g}" if isinstance(value, float) else repr(value)


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
    lines, rows, right, total = [], {}, 0, 0
    for number in [notebook] if notebook else notebooks():
        here = exercises_of(number)
        status = [done.get(exercise.id) for exercise in here]
        right += status.count("right")
        total += len(here)
        rows[number] = [(f"{exercise.id} {exercise.title}", s)
                        for exercise, s in zip(here, status, strict=True)]
        if notebook:
            lines += [f"{signs[s]} {e.id} {e.title}, {e.minutes} min"
                      for s, e in zip(status, here, strict=True)]
        else:
            lines.append(f"{number}  {' '.join(signs[s] for s in status)}")
    after = [f"✓ done, ✗ tried, ○ open. Kept in `{record.NAME}` beside the notebook; "
             "delete the file to start anew."]
    card.show(card.Card(f"Progress: {right} of {total} exercises", [],
                        code="\n".join(lines), after=after,
                        picture="" if notebook else card.squares(rows)))

"""What a learner calls: check, hint, solution, progress, use."""

from lstm_helpers.exercises import catalogue, record
from lstm_helpers.exercises.card import Card, show
from lstm_helpers.exercises.engine.judge import judge
from lstm_helpers.exercises.session import Session

SESSION = Session()  # of this kernel


def check(id, answer=...):
    """Judge an answer and show why it is right or wrong. Never raises.

    Parameters
    ----------
    id : str
        The exercise, such as "01.1".
    answer : object
        Your function itself (not its result), or your value.
    """
    exercise = find_or_show(id)
    if exercise is not None:
        show(SESSION.check(exercise, answer))


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
    from lstm_helpers.exercises.button import Button  # needs ipywidgets

    exercise = find_or_show(id)
    return None if exercise is None else Button(exercise, answer, SESSION)


def hint(id):
    """Show the next hint: first the idea, then the equation.

    Parameters
    ----------
    id : str
        The exercise, such as "01.1".
    """
    exercise = find_or_show(id)
    if exercise is not None:
        show(SESSION.hint(exercise))


def solution(id):
    """Show one right answer and why it is right.

    An exercise that was not tried yet is left a chance: the first call asks, the second
    shows.

    Parameters
    ----------
    id : str
        The exercise, such as "01.1".
    """
    exercise = find_or_show(id)
    if exercise is not None:
        show(SESSION.solution(exercise))


def use(id, mine=...):
    """Return your own answer once it is right, and the package's until then.

    It says which of the two runs from here on: ``rnn_step = use("01.1", rnn_step)``.

    Parameters
    ----------
    id : str
        The exercise, such as "01.1".
    mine : object
        Your function itself, or your value.

    Returns
    -------
    object
        `mine`, or the solution of the exercise.

    Raises
    ------
    ValueError
        If there is no such exercise.
    """
    exercise = catalogue.find(id)
    if judge(exercise, mine).outcome == "right":
        print(f"{id}: yours is right, and it is what runs from here on.")
        return mine
    print(f"{id}: the package's version runs from here on, until yours is right.")
    return exercise.solution


def find_or_show(id):
    """Return the exercise with this id, or show a card and return None."""
    try:
        return catalogue.find(id)
    except ValueError as error:
        show(Card("No such exercise", [f"{error}."]))
        return None


def progress(notebook=None):
    """Show which exercises are done.

    Parameters
    ----------
    notebook : str, optional
        One notebook, such as "01", exercise by exercise; left out, the whole series.
    """
    if notebook is not None and notebook not in catalogue.notebooks():
        show(Card("No such notebook", [
            f"notebook must be one of {', '.join(catalogue.notebooks())}, "
            f"got {notebook!r}."]))
        return
    try:
        done = record.load()
    except ValueError as error:
        show(Card("Progress", [f"{error}."]))
        return
    signs = {"right": "✓", "tried": "✗", None: "○"}
    lines, right, total = [], 0, 0
    for number in [notebook] if notebook else catalogue.notebooks():
        here = catalogue.exercises_of(number)
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
    show(Card(f"Progress: {right} of {total} exercises", [], code="\n".join(lines),
              after=after))

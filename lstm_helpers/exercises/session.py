"""What one sitting remembers: hints that were given, solutions that were asked for.

Each function returns the card to show.
"""

import inspect
import textwrap

from lstm_helpers.exercises import record
from lstm_helpers.exercises.card import Card
from lstm_helpers.exercises.engine.judge import example, judge

RUNGS = {2: ("the idea", "the equation"),
         3: ("the idea", "where to look", "the equation")}


class Session:
    """One learner's sitting.

    Attributes
    ----------
    hints : dict of str to int
        How many hints of an exercise were shown.
    reveal : set of str
        The exercises whose solution was asked for before an answer was tried.
    last : dict of str to (tuple of str, int)
        What was said last of an exercise, and how often in a row.
    """

    def __init__(self):
        self.hints = {}
        self.reveal = set()
        self.last = {}

    def check(self, exercise, answer):
        """Judge an answer, note it in the record, and return the card."""
        id = exercise.id
        verdict = judge(exercise, answer)
        lines = list(verdict.lines)
        after = []
        if verdict.printed.strip():
            after.append(f"It printed: {in_one_line(verdict.printed)}")
        if verdict.outcome == "not attempted":
            lines = [f"{lines[0][0].upper()}{lines[0][1:]}. `hint(\"{id}\")` helps, "
                     f"`solution(\"{id}\")` shows an answer."]
        elif verdict.outcome != "not possible here":
            problem = record.note(id, verdict.outcome == "right")
            after += [problem] if problem else []
        headings = [f"Hint: {rung}" for rung in RUNGS[len(exercise.hints)]]
        silent = verdict.outcome in ("right", "not possible here")
        folds = () if silent else zip(headings, exercise.hints, strict=True)
        code = ""
        if silent:
            self.last.pop(id, None)
        if not silent and verdict.outcome != "not attempted":
            code, more = self.again(exercise, answer, verdict)
            after += more
        return Card(f"{id} {exercise.title}", lines, verdict.outcome, code, after=after,
                    folds=folds)

    def again(self, exercise, answer, verdict):
        """Say more when the same is said again: an example, then where help is.

        Returns
        -------
        code : str
        lines : list of str
        """
        said, count = self.last.get(exercise.id, ((), 0))
        count = count + 1 if said == verdict.lines else 1
        self.last[exercise.id] = verdict.lines, count
        code = example(exercise, answer) if count > 1 else ""
        lines = ["The same as before. Above: a small input that shows it."] * bool(code)
        if count > 2 or (count > 1 and not code):
            lines = [f'The same as before. `hint("{exercise.id}")` says what to think '
                     "of."]
        return code, lines

    def hint(self, exercise):
        """Return the card with the next hint of an exercise."""
        id = exercise.id
        many = len(exercise.hints)
        k = min(self.hints.get(id, 0), many - 1)
        self.hints[id] = k + 1
        more = (f'Still stuck? Call `hint("{id}")` again.' if k + 1 < many else
                f'`solution("{id}")` shows one right answer.')
        return Card(f"{id} {exercise.title}, hint {k + 1} of {many}: {RUNGS[many][k]}",
                    [exercise.hints[k]], after=[more])

    def solution(self, exercise):
        """Return the card with the solution, or the question whether to show it."""
        id = exercise.id
        if id not in self.reveal and not tried(id):
            self.reveal.add(id)
            return Card(f"{id} {exercise.title}", [
                "You have not tried it yet, and trying is where the learning is. Show "
                f'it anyway? Call `solution("{id}")` once more.'])
        if exercise.wants_function:
            code = textwrap.dedent(inspect.getsource(exercise.solution)).strip()
        else:
            code = f"answer = {plain(exercise.solution)}"
        return Card(f"{id} {exercise.title}, one right answer", [], code=code,
                    after=[exercise.explanation])


def in_one_line(printed):
    """Join the first lines that were printed; what is left out leaves a mark."""
    lines = printed.strip().splitlines()
    text = " ⏎ ".join(lines[:8])
    return text[:300] + (" …" if len(lines) > 8 or len(text) > 300 else "")


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

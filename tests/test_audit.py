"""An exercise that would fail a learner is refused, with the reason."""

from dataclasses import replace

import pytest

from lstm_helpers import exercises
from lstm_helpers.exercises.audit import problems
from lstm_helpers.exercises.exercise import Mistake

STEP = exercises.find("01.1")
REACH = exercises.find("01.4")
LONG = "A reason that is long enough to be one."


@pytest.mark.parametrize("spoilt, words", [
    (replace(STEP, mistakes=STEP.mistakes[:2]), "at least 3 are needed"),
    (replace(STEP, hints=("", "")), "two hints"),
    (replace(STEP, hints=STEP.hints[:1]), "two hints"),
    (replace(STEP, kind="quiz"), "kind must be"),
    (replace(STEP, minutes=0), "minutes"),
    (replace(STEP, explanation="So it is."), "why the solution"),
    (replace(STEP, task="Write `h_t."), "backtick"),
    (replace(STEP, others=()), "two more right answers"),
    (replace(REACH, choices=("a", "b", "c", "d", "e")), "every choice"),
    (replace(STEP, others=(STEP.mistakes[0].answer, STEP.solution)), "judged mistake"),
    (replace(STEP, mistakes=(*STEP.mistakes, Mistake(STEP.solution, LONG))),
     "equals the solution"),
    (replace(STEP, mistakes=(*STEP.mistakes, Mistake(STEP.mistakes[0].answer, LONG))),
     "behaves like another"),
    (replace(STEP, mistakes=(*STEP.mistakes, Mistake(lambda *a: 1 / 0, LONG))),
     "or like none"),
    (replace(STEP, mistakes=(*STEP.mistakes, STEP.mistakes[0])), "reason of its own"),
])
def test_a_bad_exercise_is_refused(spoilt, words):
    assert any(words in problem for problem in problems(spoilt)), problems(spoilt)


def test_a_good_exercise_is_not():
    assert problems(STEP) == []
    assert problems(REACH) == []

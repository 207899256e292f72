"""An exercise that would fail a learner is refused, with the reason."""

from dataclasses import replace

import pytest

from lstm_helpers.exercises import catalogue
from lstm_helpers.exercises.engine import audit
from lstm_helpers.exercises.engine.audit import (
    behaviour_problems,
    form_problems,
    problems,
)
from lstm_helpers.exercises.engine.exercise import Exercise, Mistake
from lstm_helpers.exercises.engine.judge import Verdict

STEP = catalogue.find("01.1")
REACH = catalogue.find("01.4")
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


def good(**more):
    """Return an exercise with nothing to spare."""
    reasons = [f"{word} is a reason for it" for word in ("a", "b", "c")]
    return Exercise(**dict(
        id="99.1", title="T", task="t", minutes=1, kind="predict",
        hints=("h" * 15, "i" * 15), solution=4, explanation="e" * 30,
        mistakes=tuple(Mistake(k, r) for k, r in enumerate(reasons))) | more)


THREE = good().mistakes
TWICE = replace(THREE[0], answer=7)


@pytest.mark.parametrize("more, said", [
    ({}, []), ({"minutes": 30}, []),
    ({"minutes": 31}, ["minutes must be 1 to 30"]),
    ({"minutes": 0}, ["minutes must be 1 to 30"]),
    ({"kind": "quiz"}, ["kind must be one of predict, implement, break, extend"]),
    ({"hints": ("h" * 15, "i" * 14)},
     ["two hints are needed: the idea, then the equation"]),
    ({"hints": ("h" * 15,) * 3}, []),
    ({"hints": ("h" * 15,) * 4},
     ["two hints are needed: the idea, then the equation"]),
    ({"explanation": "e" * 29},
     ["the explanation must say why the solution is right"]),
    ({"mistakes": THREE[:2]}, ["2 mistakes; at least 3 are needed"]),
    ({"mistakes": ()}, ["0 mistakes; at least 3 are needed"]),
    ({"mistakes": (*THREE, TWICE)}, ["each mistake needs a reason of its own"]),
    ({"mistakes": (*THREE, Mistake(7, "r" * 20))}, []),
    ({"mistakes": (*THREE, Mistake(7, "r" * 19))},
     ["each mistake needs a reason of its own"]),
    ({"mistakes": (*THREE, Mistake(7, "`" + "r" * 20))}, ["a backtick is not closed"]),
    ({"task": "`t"}, ["a backtick is not closed"]),
    ({"task": "`t`", "explanation": "e" * 30 + "`"}, ["a backtick is not closed"]),
    ({"hints": ("h" * 15, "`" * 15)}, ["a backtick is not closed"]),
    ({"choices": (0, 1, 2, 4)}, []),
    ({"choices": (0, 1, 4)}, ["every choice must be the solution or a mistake"]),
    ({"kind": "extend"}, []), ({"kind": "break", "others": (4, 4.0)}, []),
    ({"kind": "break", "others": (4,)},
     ["two more right answers are needed, written in another way"]),
    ({"kind": "implement"},
     ["two more right answers are needed, written in another way"]),
])
def test_what_is_said_of_a_form(more, said):
    assert form_problems(good(**more)) == said


@pytest.mark.parametrize("more, said", [
    ({}, []), ({"others": (4.0,)}, []),
    ({"others": (7,)}, ["a right answer is judged differs: ('7 is too large.',)"]),
    ({"mistakes": (*THREE, Mistake(4, "Why."))},
     ["mistake 3 equals the solution: Why."]),
    ({"mistakes": (*THREE, Mistake(0, "Why."))},
     ["mistake 3 behaves like another, or like none: Why. Judged: "
      "('a is a reason for it',)"]),
])
def test_what_is_said_of_answers(more, said):
    assert behaviour_problems(good(**more)) == said


def test_both_stubs_are_tried(monkeypatch):
    seen = []

    def judged(exercise, answer):
        seen.append(answer)
        return Verdict("right", ("Because.",))

    monkeypatch.setattr(audit, "judge", judged)
    said = "the stub is not seen as not attempted"
    assert behaviour_problems(good(mistakes=())) == [said]
    function = good(mistakes=(), probes=lambda rng: [(1,)])
    assert behaviour_problems(function) == [said, said]
    assert seen[0] is seen[2] is ... and seen[3](1, 2) is ...


def test_an_answer_whose_library_is_absent_is_not_tried():
    spoilt = {"others": (7,), "minutes": 0}
    assert problems(good(needs="no_such_library", **spoilt)) == [
        "minutes must be 1 to 30"]
    assert len(problems(good(needs="json", **spoilt))) == 2

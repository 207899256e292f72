"""Every exercise of the series can be graded: its own solution comes out right."""

import importlib.util

import pytest
from teach.made import notebook

from lstm_helpers.exercises import catalogue
from lstm_helpers.teach import grade


@pytest.mark.parametrize("number", catalogue.notebooks())
def test_the_solutions_of_a_notebook_are_right(number):
    exercises = [e for e in catalogue.exercises_of(number)
                 if not e.needs or importlib.util.find_spec(e.needs) is None]
    cells = [f"from lstm_helpers.exercises import catalogue\n"
             f"mine = catalogue.find({e.id!r}).solution\ncheck({e.id!r}, mine)"
             for e in exercises]
    graded = grade.grade_notebook(notebook(*cells))
    for e in exercises:
        outcome = graded["exercises"][e.id]["outcome"]
        assert outcome == ("not possible here" if e.needs else "right"), (
            e.id, graded["exercises"][e.id])
    assert not graded["tried"]

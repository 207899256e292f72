"""Lesson plans follow the exercises; the exam edition knows no answer."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from lstm_helpers.exercises import catalogue
from lstm_helpers.teach import __main__ as command
from lstm_helpers.teach import exam, plan

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("number", catalogue.notebooks())
def test_a_plan_names_every_exercise_once_and_fits(number):
    text = plan.plan(number)
    ids = re.findall(rf"\b{number}\.\d+\b(?= )", text)
    assert sorted(ids) == sorted(e.id for e in catalogue.exercises_of(number))
    lesson = text.partition("- **Cut")[0]
    minutes = sum(map(int, re.findall(r"\((\d+) min\)", lesson.partition("\n- ")[2])))
    assert minutes <= plan.LESSON


def test_a_number_that_is_none(capsys):
    with pytest.raises(SystemExit):
        command.main(["plan", "77"])
    assert "NUMBER must be one of 00, 01" in capsys.readouterr().err


def test_the_exam_edition_knows_no_answer(tmp_path):
    exam.write(tmp_path)
    texts = "".join(p.read_text(encoding="utf-8")
                    for p in (tmp_path / "lstm_helpers").rglob("*.py"))
    for exercise in catalogue.exercises_of("02"):
        assert exercise.explanation[:40] not in texts
        assert exercise.mistakes[0].reason[:40] not in texts
    code = ("import lstm_helpers; from lstm_helpers import cells, figures, widgets; "
            "from lstm_helpers.exercises import check, hint, solution, use; "
            "assert use('02.1', 3) == 3; check('02.1', 3); solution('02.1'); "
            f"assert lstm_helpers.__file__.startswith({str(tmp_path)!r})")
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, text=True,
                          capture_output=True)
    assert "02.1: noted." in done.stdout, done.stderr
    with pytest.raises(ValueError, match="FOLDER must not hold"):
        exam.write(tmp_path)


def test_the_page_for_teachers_names_what_there_is():
    text = (ROOT / "docs" / "teach.md").read_text(encoding="utf-8")
    from lstm_helpers.teach import tables

    for column in (*tables.MOODLE, *tables.CANVAS, *tables.NBGRADER):
        assert f"`{column}`" in text
    words = " ".join(command.parser().format_help().split())
    for name in ("grade", "plan", "exam"):
        assert name in words and f"lstm_helpers.teach {name}" in text

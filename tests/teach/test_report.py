"""The page and the tables: complete, escaped, and without names where wanted."""

import argparse
import csv
import re

import pytest
from teach.made import CHECK, FORGET, NO_BIAS, SETUP, notebook

from lstm_helpers.exercises import catalogue
from lstm_helpers.teach import __main__ as command
from lstm_helpers.teach import report, summary, tables
from lstm_helpers.teach.collect import Handed


def result(outcome, lines=("said.",), **more):
    return dict(outcome=outcome, lines=list(lines), attempts=1, source="mine = 1",
                **more)


def graded(exercises, problem="", tried=()):
    return dict(problem=problem, tried=list(tried), missing=[], exercises=exercises)


def of_class():
    """Four students, one of them named to break the page."""
    wrong = result("differs", behaviour="aa", helped="hint")
    return summary.summarise([
        (Handed("<script>Evelyn", "7", "eve.ipynb", b"1"), graded(
            {"02.1": result("right"), "02.2": result("mistake", mistake=1)})),
        (Handed("Bob", "8", "bob.ipynb", b"2"), graded(
            {"02.1": wrong, "02.2": result("mistake", mistake=1)})),
        (Handed("=cmd()", "9", "c.ipynb", b"3"), graded(
            {"02.1": wrong, "02.2": result("out of time", ["It had to be ended."])})),
        (Handed("Dan", "", "dan.pdf", b""), graded({}, "The file is no notebook."))])


def test_mistakes_and_equal_behaviour_are_counted():
    first, second = of_class().exercises
    assert first.counts == dict(right=1, known=0, other=2, stopped=0, blank=0)
    assert first.groups[0].students == ["=cmd()", "Bob"] and first.asked == 2
    assert second.groups[0].listed
    assert second.groups[0].reason == catalogue.find("02.2").mistakes[1].reason
    assert second.groups[0].students == ["<script>Evelyn", "Bob"]


def test_a_page_is_the_same_whatever_the_order_of_the_results():
    one, two = result("differs"), result("out of time")
    pages = [report.page(summary.summarise([(Handed("a", "", "a.ipynb", b"1"), graded(
        dict(order)))])) for order in ([("02.2", one), ("02.10", two)],
                                       [("02.10", two), ("02.2", one)])]
    assert pages[0] == pages[1]


def test_a_page_holds_all_and_escapes_it():
    page = report.page(of_class())
    assert "<script>Evelyn" not in page and "&lt;script&gt;Evelyn" in page
    assert "To look at" in page and "dan.pdf: The file is no notebook." in page
    assert "It had to be ended." in page
    assert "http" not in re.sub(r"http-equiv", "", page)  # nothing is fetched


def test_a_page_is_sorted_both_ways():
    page = report.page(of_class())
    rows = re.findall(r'<th scope="row">([^<]+)<td>(\d)', page)
    assert [int(right) for _, right in rows[:4]] == [1, 0, 0, 0]
    assert page.index('href="#e02.1"') < page.index('href="#e02.2"')


def test_an_anonymous_page_names_nobody():
    page = report.page(of_class(), anonymous=True)
    for name in ("Evelyn", "Bob", "cmd", "Dan", "dan.pdf", "eve.ipynb"):
        assert name not in page
    assert "Student 4" in page


def test_a_stub_can_be_pasted():
    from lstm_helpers.exercises.engine.exercise import Mistake
    from lstm_helpers.teach.stub import stub

    source = NO_BIAS.replace("forget_gate", "mine") + "\nforget_gate = mine"
    group = summary.Group("said", source, ["a", "b"], False)
    exercise, = (e for e in of_class().exercises if e.id == "02.2")
    text = stub(group, exercise)
    space = {"Mistake": Mistake}
    assert "forget_gate" not in text  # only another name
    exec(text.replace("Mistake(", "found = Mistake(").removesuffix(","), space)
    assert callable(space["found"].answer) and "2 students" in text


def options(tmp_path, **more):
    return argparse.Namespace(out=tmp_path, assignment="LSTM", moodle=None, canvas=None,
                              **more)


def test_tables_are_read_back_by_pandas(tmp_path):
    pandas = pytest.importorskip("pandas")
    tables.write(of_class(), options(tmp_path))
    grades = pandas.read_csv(tmp_path / "grades.csv")
    assert list(grades["right"]) == [1, 0, 0, 0] and "02.1" in grades
    assert list(grades["student"])[1] == "'=cmd()"  # no formula
    assert list(pandas.read_csv(tmp_path / "nbgrader.csv")) == list(tables.NBGRADER)
    assert list(pandas.read_csv(tmp_path / "moodle.csv")) == list(tables.MOODLE)
    canvas = pandas.read_csv(tmp_path / "canvas.csv")
    assert list(canvas)[:5] == list(tables.CANVAS)


def test_moodles_worksheet_is_filled_in_and_the_rest_left(tmp_path):
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(
        "Identifier,Full name,Email address,Status,Grade,Maximum Grade,Grade can be "
        "changed,Last modified (submission),Last modified (grade),Feedback comments\n"
        'Participant 7,Eve,e@x,Submitted,,"10,00",Yes,-,-,\n'
        "Participant 99,Zoe,z@x,No submission,,10.00,Yes,-,-,\n", encoding="utf-8")
    names, eve, zoe = tables.moodle(of_class(), sheet)
    assert eve[names.index("Grade")] == 5.0
    assert eve[names.index("Feedback comments")] == "1 of 2 right. Not yet: 02.2."
    assert zoe[names.index("Grade")] == ""
    sheet.write_text("a,b\n")
    with pytest.raises(ValueError, match="no column Identifier"):
        tables.moodle(of_class(), sheet)


def test_canvass_gradebook_gives_the_numbers(tmp_path):
    book = tmp_path / "book.csv"
    book.write_text('Student,ID,SIS User ID,SIS Login ID,Section,Old (1)\n'
                    '    Points Possible,,,,,10\n"Bob",123,u1,bob,S1,3\n'
                    '"Nobody, A",5,u2,na,S1,3\n', encoding="utf-8")
    head, possible, *rows = tables.canvas(of_class(), "LSTM (77)", book)
    assert head == [*tables.CANVAS, "LSTM (77)"] and possible[-1] == 2
    assert rows == [["Bob", "123", "u1", "bob", "S1", 0]]


def test_a_teachers_first_report(tmp_path, capsys):
    for name, code in (("anna", FORGET), ("bob", NO_BIAS)):
        (tmp_path / "class" / name).mkdir(parents=True)
        (tmp_path / "class" / name / "02.ipynb").write_bytes(
            notebook(SETUP, code + CHECK))
    where = ["grade", str(tmp_path / "class"), "--out", str(tmp_path / "report")]
    assert command.main([*where, "--jobs", "1"]) == 0
    assert "2 students, 20 answers judged, 1 right" in capsys.readouterr().out
    page = (tmp_path / "report" / "report.html").read_text(encoding="utf-8")
    assert "anna" in page and "The bias is missing" in page
    with open(tmp_path / "report" / "grades.csv", encoding="utf-8-sig") as file:
        assert [row["02.2"] for row in csv.DictReader(file)] == ["right", "mistake"]


def test_a_wrong_folder_is_said_in_one_line(tmp_path, capsys):
    with pytest.raises(SystemExit):
        command.main(["grade", str(tmp_path / "none"), "--out", str(tmp_path)])
    assert "SUBMISSIONS must be a folder or a zip" in capsys.readouterr().err

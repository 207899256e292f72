"""What follows from the data of every exercise, and what no answer may do."""

import io
import itertools
import time
from contextlib import redirect_stdout
from dataclasses import replace

import numpy as np
import pytest

from lstm_helpers import exercises
from lstm_helpers.exercises import api, card, catalogue, record
from lstm_helpers.exercises.engine import audit, form
from lstm_helpers.exercises.engine.exercise import Exercise
from lstm_helpers.exercises.engine.judge import judge
from lstm_helpers.exercises.session import Session

ALL = [e for nb in catalogue.notebooks() for e in catalogue.exercises_of(nb)]
IDS = [e.id for e in ALL]
MISTAKES = [(e, m) for e in ALL for m in e.mistakes]


@pytest.fixture(autouse=True)
def _own_record(tmp_path, monkeypatch):
    monkeypatch.setenv("LSTM_HELPERS_PROGRESS", str(tmp_path / "progress.json"))
    monkeypatch.setattr(api, "SESSION", Session())


def stub(*args):
    return ...


def need(exercise):
    """Skip, and say so loudly, where the library of an answer is not installed."""
    if exercise.needs:
        pytest.importorskip(exercise.needs, reason=(
            f"{exercise.needs.upper()} IS NOT INSTALLED: solution and mistakes of "
            f"exercise {exercise.id} are NOT tested"
        ))


@pytest.mark.parametrize("exercise", ALL, ids=IDS)
def test_an_exercise_is_complete(exercise):
    notebook, _, number = exercise.id.partition(".")
    assert exercise in catalogue.exercises_of(notebook) and number.isdigit()
    assert audit.form_problems(exercise) == []


def test_ids_are_unique_and_in_order():
    assert sorted(IDS, key=lambda i: (i[:2], int(i[3:]))) == IDS
    assert len(set(IDS)) == len(IDS)


@pytest.mark.parametrize("exercise", ALL, ids=IDS)
def test_stub_is_not_attempted(exercise):
    assert judge(exercise, ...).outcome == "not attempted"
    if exercise.wants_function:
        assert judge(exercise, stub).outcome == "not attempted"


@pytest.mark.parametrize("exercise", ALL, ids=IDS)
def test_solution_and_other_right_answers_are_right(exercise):
    need(exercise)
    for answer in (exercise.solution, *exercise.others):
        verdict = judge(exercise, answer)
        assert verdict.outcome == "right", verdict
        assert verdict.lines == (exercise.explanation,)


@pytest.mark.parametrize(
    "exercise, mistake", MISTAKES, ids=[f"{e.id}-{m.reason[:30]}" for e, m in MISTAKES]
)
def test_each_mistake_gets_its_own_reason(exercise, mistake):
    need(exercise)
    verdict = judge(exercise, mistake.answer)
    assert verdict.outcome == "mistake", verdict
    assert verdict.mistake is mistake, verdict.lines


STEP = catalogue.find("01.1")


def judged(function, exercise=STEP, limit=10):
    return judge(exercise, function, limit)


def test_an_exception_shows_the_learners_line_only():
    source = "def answer(x_t, h_prev, W_x, W_h, b):\n    y = x_t @ W_h\n    return y\n"
    space = {"np": np}
    import linecache

    lines = source.splitlines(True)
    linecache.cache["<cell 3>"] = (len(source), None, lines, "<cell 3>")
    exec(compile(source, "<cell 3>", "exec"), space)
    verdict = judged(space["answer"])
    assert verdict.outcome == "raised"
    assert "line 2: `y = x_t @ W_h`" in verdict.lines[0]
    assert "It was called with `x_t` (2, 3)" in verdict.lines[-1]
    assert "lstm_helpers" not in " ".join(verdict.lines)


def test_a_changed_input_is_named():
    def answer(x_t, h_prev, W_x, W_h, b):
        h_prev += 1
        return STEP.solution(x_t, h_prev - 1, W_x, W_h, b)

    verdict = judged(answer)
    assert verdict.outcome == "changed its input"
    assert "`h_prev`" in verdict.lines[0]


def test_an_endless_answer_is_interrupted():
    def answer(*args):
        while True:
            try:
                time.sleep(0.001)
            except Exception:
                pass

    start = time.perf_counter()
    verdict = judged(answer, limit=0.3)
    assert verdict.outcome == "too slow"
    assert time.perf_counter() - start < 3


def test_an_endless_answer_is_interrupted_where_there_is_no_alarm(monkeypatch):
    import signal

    monkeypatch.delattr(signal, "setitimer")

    def answer(*args):
        while True:
            pass

    assert judged(answer, limit=0.3).outcome == "too slow"
    time.sleep(0.2)  # no late exception may strike here


@pytest.mark.parametrize(
    "answer, outcome, words",
    [
        (None, "wrong form", "A function was wanted; None came"),
        (np.zeros((2, 5)), "wrong form", "without calling it"),
        (lambda x_t: x_t, "wrong form", "the check passes 5 arguments"),
        (lambda *a: None, "wrong form", "is a `return`"),
        (lambda *a: "h", "wrong form", "leave out the quotes"),
        (lambda *a: STEP.solution(*a).T, "wrong form", "transposed"),
        (lambda *a: STEP.solution(*a)[0], "wrong form", "of length 2, is missing"),
        (lambda *a: STEP.solution(*a) * np.nan, "not finite", "NaN"),
        (lambda *a: -STEP.solution(*a), "differs", "sign is flipped"),
        (lambda *a: STEP.solution(*a) + 0.5, "differs", "same amount, 0.5"),
        (lambda *a: 2 * STEP.solution(*a), "differs", "2 times the right one"),
        (lambda *a: 0 * STEP.solution(*a), "differs", "first differs at [0, 0]"),
        (lambda *a: undefined_name, "raised", "was not given"),  # noqa: F821
        (lambda x_t, *a: x_y, "raised", "slip of the pen for `x_t`"),  # noqa: F821
        (lambda *a: tanh(a[0]), "raised", "Is `np.tanh` meant?"),  # noqa: F821
        (lambda *a: (a[0], a[1]), "wrong form", "one array; a tuple of 2 values"),
        (lambda *a: a[0] @ a[0], "raised", "Entry by entry"),
        (lambda *a: STEP.solution(*a) * 1j, "wrong form", "complex"),
        (lambda *a: exit(), "raised", "SystemExit"),
        (lambda *a: STEP.solution(*a).tolist(), "right", ""),
        (lambda *a: STEP.solution(*a).astype(np.float32), "right", ""),
    ],
)
def test_general_words(answer, outcome, words):
    verdict = judged(answer)
    assert verdict.outcome == outcome, verdict
    assert words in " ".join(verdict.lines), verdict.lines


def test_values_of_another_form():
    count = catalogue.find("01.5")
    for answer, words in [
        ("305", "leave out the quotes"), ("300 + 5", "text came"),
        (True, "True or False"),
        ([305], "one number"), (305j, "real numbers"), (lambda: 305, "is a function"),
        (None, "None"), (object(), "real numbers"),
    ]:
        verdict = judge(count, answer)
        assert verdict.outcome == "wrong form", (answer, verdict)
        assert words in verdict.lines[0], verdict.lines
    assert judge(count, 306).outcome == "differs"
    assert judge(count, np.int64(305)).outcome == "right"
    assert judge(catalogue.find("01.4"), "e").lines == ("Choose one of a, b, c, d.",)
    assert judge(catalogue.find("01.4"), " C ").outcome == "right"


def test_check_hint_solution_progress_print_in_a_terminal():
    def said(function, *args):
        with redirect_stdout(io.StringIO()) as text:
            function(*args)
        return text.getvalue()

    assert "○ not attempted · 01.5" in said(exercises.check, "01.5", ...)
    assert "1 of 2: the idea" in said(exercises.hint, "01.6")
    assert "2 of 2: the equation" in said(exercises.hint, "01.6")
    assert "2 of 2: the equation" in said(exercises.hint, "01.6")
    assert "Show it anyway?" in said(exercises.solution, "01.1")
    assert "    def rnn_step" in said(exercises.solution, "01.1")
    assert "anyway" in said(exercises.solution, "01.5")
    assert "answer = 305" in said(exercises.solution, "01.5")
    assert "Progress: 0 of" in said(exercises.progress)
    assert "not yet" in said(exercises.check, "01.5", 288)
    assert "✓ right · 01.5" in said(exercises.check, "01.5", 305)
    said(exercises.check, "01.5", 288)
    assert "Progress: 1 of" in said(exercises.progress)
    assert record.load() == {"01.5": "right"}
    record.path().write_text("[]", encoding="utf-8")
    assert "mend or delete it" in said(exercises.progress)
    assert "was not noted" in said(exercises.check, "01.5", 305)
    assert record.path().read_text(encoding="utf-8") == "[]"


def test_printing_is_shown_once_in_the_card():
    def answer(*args):
        print("shape", args[0].shape)
        return ...

    with redirect_stdout(io.StringIO()) as text:
        exercises.check("01.1", answer)
    assert text.getvalue().count("shape (2, 3)") == 1


@pytest.mark.parametrize("id", ["01.99", "77.1", "", None, 1.1])
@pytest.mark.parametrize("function", ["check", "hint", "solution"])
def test_an_unknown_id_gets_a_card(function, id):
    with redirect_stdout(io.StringIO()) as text:
        getattr(exercises, function)(id)
    assert "No such exercise" in text.getvalue() and "id must" in text.getvalue()


def test_an_unknown_notebook_gets_a_card():
    with redirect_stdout(io.StringIO()) as text:
        exercises.progress("1")
    assert "notebook must be one of 00" in text.getvalue()


# These two compute what another pair (00.3) or a third mistake (08.11) computes.
SAME_AS_OTHERS = {"on the input", "reset"}, {"stuck", "cold"}


def pairs_of_mistakes():
    for exercise in ALL:
        faulty = [m for m in exercise.mistakes if m.fault]
        for a, b in itertools.combinations(faulty, 2):
            yield pytest.param(exercise, a, b, id=f"{exercise.id}-{a.fault}+{b.fault}")


@pytest.mark.parametrize("exercise, a, b", list(pairs_of_mistakes()))
def test_two_mistakes_at_once_are_named_together(exercise, a, b):
    """Or one of them, where it hides the other; or a pair that does the very same."""
    both = exercise.broken(a.fault, b.fault)
    verdict = judge(exercise, both)
    if verdict.outcome == "right":
        pytest.skip("the two undo each other")
    assert verdict.outcome == "mistake", verdict
    if {a.fault, b.fault} in SAME_AS_OTHERS:
        return
    if verdict.lines[0] == "Two things at once.":
        said = "\n".join(verdict.lines)
        assert a.reason in said and b.reason in said
    else:
        assert verdict.mistake in (a, b)


def test_no_bias_and_swapped_matrices_are_both_named():
    verdict = judge(STEP, STEP.broken("no bias", "swapped"))
    assert verdict.lines[0] == "Two things at once."
    assert "swapped" in verdict.lines[1] and "bias is missing" in verdict.lines[2]


def test_html_is_escaped():
    html = card.Card("t", ["`a < b` & <script>"])._repr_html_()
    assert "<code>a &lt; b</code> &amp; &lt;script&gt;" in html


def test_exercise_data_are_immutable():
    with pytest.raises(AttributeError):
        STEP.title = "other"
    assert isinstance(STEP, Exercise)
    assert form.close([("", "a")], [("", "a")], 0, 0)


def test_the_button_does_what_the_check_does():
    answers = [..., lambda *args: ..., STEP.solution]
    face = exercises.check_button("01.1", lambda: answers[0])
    check, hint, solution = face.buttons
    check.click()
    assert "not attempted" in face.card.value
    hint.click()
    assert "hint 1 of 2" in face.card.value
    solution.click()
    assert "Show it anyway?" in face.card.value
    solution.click()
    assert "def rnn_step" in face.card.value
    answers[0] = STEP.solution
    check.click()
    assert "right" in face.card.value and record.load() == {"01.1": "right"}
    missing = exercises.check_button("01.1", lambda: not_yet)  # noqa: F821
    missing.buttons[0].click()
    assert "run the cell that defines it first" in missing.card.value
    bundle = face._repr_mimebundle_()
    assert bundle["text/plain"] == "Run this cell: the check appears as a button."
    assert exercises.check_button("01.99", lambda: 1) is None


def test_a_wrong_card_folds_both_hints_away():
    html = api.SESSION.check(STEP, ...)._repr_html_()
    assert html.count("<details>") == 2 and "Hint: the idea" in html
    assert "<details>" not in api.SESSION.check(STEP, STEP.solution)._repr_html_()
    assert "Hint:" not in repr(api.SESSION.check(STEP, ...))


def test_progress_is_text_that_any_page_shows(capsys):
    exercises.progress()
    text = capsys.readouterr().out
    assert "  01  ○ ○" in text and "<svg" not in text


def test_parts_of_one_name_are_told_apart():
    nested = replace(STEP, returns=(), solution=lambda x_t, h_prev, W_x, W_h, b: (
        (1.0, 2.0), (3.0, 4.0)))
    verdict = judge(nested, lambda *args: ((1.0, 2.0), (3.0, 5.0)))
    assert verdict.outcome == "differs", verdict

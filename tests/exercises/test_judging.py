"""How an answer is run, compared and written down: the edges of the engine."""

import io
import json
import signal
import sys
import threading
import time
import warnings
from dataclasses import replace

import numpy as np
import pytest

from lstm_helpers.exercises import api, card, catalogue, record
from lstm_helpers.exercises.engine import form, run, words
from lstm_helpers.exercises.engine.exercise import Exercise, Mistake
from lstm_helpers.exercises.engine.judge import judge

HAS_ALARM = hasattr(signal, "setitimer")
Z = np.arange(6.0).reshape(2, 3)


@pytest.fixture
def file(tmp_path, monkeypatch):
    monkeypatch.setenv("LSTM_HELPERS_PROGRESS", str(tmp_path / "progress.json"))
    return tmp_path / "progress.json"


def stubborn():
    """Catch the interruption a few times, then go on for ever."""
    caught = 0
    while True:
        try:
            while True:
                time.sleep(0.001)
        except BaseException:
            caught += 1
            if caught > 3:
                raise


def forever():
    while True:
        pass


# Run


def ended(function, limit=0.2):
    """Return the outcomes and whether they came soon after the limit."""
    start = time.perf_counter()
    outcomes = run.call_all(function, [(), (), ()], limit)
    assert time.perf_counter() - start < 5
    return outcomes


@pytest.mark.skipif(not HAS_ALARM, reason="no alarm signal on this platform")
def test_an_alarm_ends_an_answer_and_is_put_away():
    before = signal.signal(signal.SIGALRM, signal.SIG_IGN)
    try:
        for function in (forever, stubborn, lambda: time.sleep(60)):
            outcomes = ended(function)
            assert [type(o.error) for o in outcomes] == [run.TooLong]
            assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
            assert signal.getsignal(signal.SIGALRM) == signal.SIG_IGN
        seen = []
        run.call_all(lambda: seen.append(signal.getitimer(signal.ITIMER_REAL)), [()], 9)
        assert 8 < seen[0][0] <= 9 and seen[0][1] == pytest.approx(0.05)
        run.call_all(lambda: seen.append(signal.getitimer(signal.ITIMER_REAL)), [()])
        assert 9 < seen[1][0] <= 10
    finally:
        signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize("function", [forever, stubborn])
def test_in_another_thread_a_second_one_ends_it(function):
    found = []
    thread = threading.Thread(target=lambda: found.extend(ended(function)), daemon=True)
    thread.start()
    thread.join(10)
    assert [type(o.error) for o in found] == [run.TooLong]


def test_the_watching_thread_ends_with_the_answer(monkeypatch):
    monkeypatch.delattr(signal, "setitimer", raising=False)
    before = set(threading.enumerate())
    (outcome,) = run.call_all(threading.enumerate, [()], 30)
    (watcher,) = set(outcome.value) - before
    watcher.join(5)
    assert watcher.daemon and not watcher.is_alive()
    with run.time_limit(0.3):
        pass
    time.sleep(0.5)  # nothing may strike here


def test_without_threads_there_is_no_limit(monkeypatch):
    def refuse(self):
        raise RuntimeError("can't start new thread")

    monkeypatch.delattr(signal, "setitimer", raising=False)
    monkeypatch.setattr(threading.Thread, "start", refuse)
    assert [o.value for o in run.call_all(lambda: 3, [(), ()], 1)] == [3, 3]


@pytest.mark.skipif(not HAS_ALARM, reason="no alarm signal on this platform")
def test_an_interruption_between_two_calls_counts(monkeypatch):
    def strike(function, args, alarm):
        raise run.TooLong

    monkeypatch.setattr(run, "call", strike)
    (outcome,) = run.call_all(lambda: 1, [(), ()])
    assert isinstance(outcome.error, run.TooLong)
    assert outcome[2:] == ("", (), "") and outcome.value is None


def test_what_an_answer_does_to_the_system_is_undone():
    def answer():
        sys.stdout = sys.stderr = io.StringIO()
        sys.setrecursionlimit(5000)

    before = sys.stdout, sys.stderr, sys.getrecursionlimit()
    run.call_all(answer, [()])
    assert (sys.stdout, sys.stderr, sys.getrecursionlimit()) == before


def test_a_call_is_silent_and_leaves_its_inputs(capsys):
    def answer(a, b, c):
        print("seen")
        print("not seen", file=sys.stderr)
        warnings.warn("loud", stacklevel=1)
        a[0] = np.log(np.zeros(1))[0]
        c["k"].append(1)
        return a

    args = Z.copy(), 3, {"k": []}
    with warnings.catch_warnings(), np.errstate(all="raise"):
        warnings.simplefilter("error")
        outcome = run.call(answer, args)
    assert outcome.error is None and outcome.line == ""
    assert outcome.printed == "seen\n" and outcome.changed == (0, 2)
    assert np.array_equal(args[0], Z) and args[2] == {"k": []}
    assert np.isneginf(outcome.value[0]).all()
    assert capsys.readouterr() == ("", "")


def test_a_closed_stdout_and_an_interrupt_of_the_learner():
    assert run.call(lambda: sys.stdout.close(), ()).printed == ""

    def interrupted():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run.call(interrupted, ())


class Incomparable:
    def __eq__(self, other):
        raise RuntimeError("no")

    __hash__ = None


def test_arguments_that_cannot_be_compared_count_as_unchanged():
    outcome = run.call(lambda a, b: b.fill(1), (Incomparable(), Z))
    assert outcome.changed == () and outcome.error is None


def test_buffers_that_are_used_again():
    buffer = np.zeros(2)

    def answer(k):
        buffer[:] = k
        return [buffer, (buffer, {"k": buffer})]

    one, two = run.call_all(answer, [(1,), (2,)])
    for outcome, k in ((one, 1), (two, 2)):
        first, (second, third) = outcome.value
        assert first[0] == second[0] == third["k"][0] == k


NAN = np.array([np.nan, 1])


@pytest.mark.parametrize("a, b, wanted", [
    (Z, Z.copy(), True), (Z, Z.T, False), (Z, Z + 1, False), (Z, 3, False),
    (Z, Z.tolist(), False), (NAN, NAN.copy(), True), (NAN * 1j, NAN * 1j, True),
    (np.array(["a"]), np.array(["a"]), True), (np.array(["a"]), np.array(["b"]), False),
    (np.arange(3), np.arange(3), True),
    ([Z, 1], [Z.copy(), 1], True), ([Z, 1], [Z, 2], False), ([1], (1,), False),
    ((1, 2), (1,), False), ((1,), (1, 2), False), ((), (), True),
    ({"a": Z}, {"a": Z.copy()}, True), ({"a": Z}, {"a": Z + 1}, False),
    ({"a": 1}, {"b": 1}, False), ({"a": 1, "b": 2}, {"b": 2, "a": 1}, False),
    ({}, [], False), (np.nan, np.nan, True), (1, 1.0, True), (1, 2, False),
])
def test_what_counts_as_unchanged(a, b, wanted):
    assert run.same(a, b) is wanted


def line_of(function, *args, code=None):
    try:
        function(*args)
    except Exception as error:
        return run.own_line(error, code)


def test_the_line_shown_is_the_learners_own():
    def learners(z):
        return catalogue.find(z)  # the package raises

    def outer(z):
        return learners(z)

    shown = f": `{'return catalogue.find(z)  # the package raises'}`"
    assert line_of(outer, 3).endswith(shown)
    assert line_of(catalogue.find, 3).startswith("line ")  # this file's own call
    for folder in (run.PACKAGE, *run.LIBRARIES):  # shown only where it is the answer
        space = {}
        exec(compile("def answer():\n    1 / 0", f"{folder}/x.py", "exec"), space)
        answer = space["answer"]
        assert line_of(answer, code=answer.__code__) == "line 2"
        assert line_of(answer).endswith(": `function(*args)`")
    space = {}
    exec(compile("def answer():\n    1 / 0", "<nowhere>", "exec"), space)
    (outcome,) = run.call_all(space["answer"], [()])
    assert outcome.line == "line 2"


# Judge


def small(solution, mistakes=(), probes=None, **more):
    return Exercise(
        id="99.1", title="T", task="t", minutes=1, kind="implement", hints=("a", "b"),
        solution=solution, explanation="Because.", mistakes=mistakes,
        probes=probes or (lambda rng: [(1.0,), (-1.0,)]), **more)


def fails_below_zero(error, factor=1):
    def answer(z):
        if z < 0:
            raise error
        return factor * z

    return answer


def test_a_mistake_that_raises_is_recognised_by_its_exception():
    mistake = Mistake(fails_below_zero(ValueError, 2), "Twice, and no negative number.")
    exercise = small(lambda z: z, (mistake,))
    assert judge(exercise, fails_below_zero(ValueError, 2)).mistake is mistake
    other = judge(exercise, fails_below_zero(TypeError, 2))
    assert other.outcome == "differs" and other.mistake is None
    assert judge(exercise, fails_below_zero(ValueError, 3)).outcome == "differs"
    late = judge(exercise, fails_below_zero(ValueError))
    assert late.outcome == "raised"
    assert late.lines[0] == "The first call came out right, the next did not."
    assert judge(exercise, lambda z: 2 * z).outcome == "differs"


def test_an_exception_is_never_the_right_answer():
    def solution(z):
        raise ValueError

    assert judge(small(solution), solution).outcome == "raised"
    assert judge(small(fails_below_zero(ValueError)),
                 fails_below_zero(ValueError)).outcome == "right"


def test_several_right_calls_are_counted():
    exercise = small(lambda z: z, probes=lambda rng: [(1.0,), (2.0,), (3.0,)])
    verdict = judge(exercise, lambda z: min(z, 2.0))
    assert verdict.lines[0] == "The first 2 calls came out right, the next did not."


def test_a_gap_in_a_later_call_is_a_gap():
    assert judge(small(lambda z: z), lambda z: ... if z < 0 else z).outcome == (
        "not attempted")


def test_a_pair_needs_two_faults_and_keeps_their_order():
    def broken(*faults):
        return lambda z: (z + ("one" in faults)) * (2 if "two" in faults else 1)

    def nothing(z):
        return 0 * z

    mistakes = (Mistake(broken("one"), "One.", "one"), Mistake(nothing, "Nothing."),
                Mistake(broken("two"), "Two.", "two"))
    exercise = small(lambda z: z, mistakes, broken=broken)
    verdict = judge(exercise, broken("two", "one"))
    assert verdict.lines == ("Two things at once.", "One.", "Two.")
    assert verdict.mistake is mistakes[0]
    assert judge(exercise, nothing).lines == ("Nothing.",)
    assert judge(replace(exercise, broken=None), broken("two", "one")).outcome == (
        "differs")


def test_tolerances_are_those_of_the_exercise():
    for rtol, atol, off in ((0.1, 0, 0.05), (0, 0.1, 0.05)):
        exercise = small(lambda z: z, rtol=rtol, atol=atol)
        assert judge(exercise, lambda z, off=off: z + off).outcome == "right"
        strict = small(lambda z: z, rtol=rtol / 10, atol=atol / 10)
        assert judge(strict, lambda z, off=off: z + off).outcome == "differs"


def test_reading_and_comparing_parts():
    assert form.close([], [], 0, 0)
    assert not form.close([("", "a")], [], 0, 0)
    assert not form.close([("", "a")], [("", "b")], 0, 0)
    assert not form.close([("", "a")], [("", np.ones(1))], 0, 0)
    assert not form.close([("", np.ones(1))], [("", "a")], 0, 0)
    assert not form.close([("", np.ones(1))], [("", np.ones(2))], 0, 0)
    assert form.close([("", NAN)], [("", NAN)], 0, 0)
    assert not form.close([("", Z), ("", Z)], [("", Z), ("", Z + 1)], 1e-5, 1e-7)
    (label, array), = form.read(Z, Z)
    assert label == "your answer" and array is not Z and array.dtype == float
    assert [name for name, _ in form.read([1, (2, 3)], (1, (2, 3)))] == [
        "value 1", "value 1", "value 2"]


# Record


def test_the_record_is_a_small_sorted_file(file):
    assert record.path() == file and record.load() == {}
    assert record.note("02.1", False) == "" and record.note("01.1", True) == ""
    assert file.read_bytes().splitlines() == [
        b"{", b' "01.1": "right",', b' "02.1": "tried"', b"}"]
    record.note("01.1", False)  # what is done stays done
    record.note("02.1", True)
    assert record.load() == {"01.1": "right", "02.1": "right"}
    file.write_text('{"01.1":"right"}', encoding="utf-8")
    record.note("01.1", True)  # nothing new: the file stays as it is
    assert file.read_text(encoding="utf-8") == '{"01.1":"right"}'


def test_the_record_stands_beside_the_notebook(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    for value in (None, ""):
        if value is None:
            monkeypatch.delenv("LSTM_HELPERS_PROGRESS", raising=False)
        else:
            monkeypatch.setenv("LSTM_HELPERS_PROGRESS", value)
        assert str(record.path()) == "lstm_progress.json"
    record.note("01.1", True)
    assert (tmp_path / "lstm_progress.json").exists()


@pytest.mark.parametrize("text", ['{"01.1": ["right"]}', '{"01.1": null}', "3", "null"])
def test_a_file_that_is_no_record_is_refused_and_kept(file, text):
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match="not a record of progress"):
        record.load()
    assert "not noted" in record.note("01.1", True)
    assert file.read_text(encoding="utf-8") == text


def test_a_record_saved_by_another_editor_is_read(file):
    file.write_bytes(b"\xef\xbb\xbf" + json.dumps({"01.1": "right"}).encode())
    assert record.load() == {"01.1": "right"}


def test_a_folder_in_the_place_of_the_record(file):
    file.mkdir()
    with pytest.raises(ValueError, match="cannot be read"):
        record.load()


# The package


def test_notebooks_and_ids_are_found():
    known = catalogue.notebooks()
    assert known == sorted(known) and known[:2] == ["00", "01"]
    assert all(len(number) == 2 and number.isdigit() for number in known)
    for number in known:
        for exercise in catalogue.exercises_of(number):
            assert catalogue.find(exercise.id) is exercise


def test_a_card_without_anything_is_a_heading():
    plain = card.Card("T", [])
    assert repr(plain) == "→ T" and "<div>" not in plain._repr_html_()


def test_a_wrong_answer_is_tried_and_a_right_one_done(file):
    count = catalogue.find("01.5")
    api.SESSION.check(count, count.solution + 1)
    assert record.load() == {"01.5": "tried"}
    api.SESSION.check(count, count.solution)
    assert record.load() == {"01.5": "right"}


def test_messages_of_300_characters_are_shown_whole():
    assert words.message_of(ValueError("x" * 300)) == "x" * 300
    assert words.message_of(ValueError("x" * 301)) == "x" * 300 + " …"

    class Mute(Exception):
        def __str__(self):
            raise ValueError

    assert words.message_of(Mute()) == ""


def test_time_that_ran_out_without_a_line():
    outcome = run.Outcome(None, run.TooLong(), "", (), "")
    assert words.why_too_slow(outcome).lines == (
        "Interrupted: it did not end in time. Does a loop never stop?",)


def test_a_matrix_is_read_as_a_plain_array():
    (_, array), = form.read(np.ma.masked_array([1, 2], dtype=np.int8), np.ones(2))
    assert type(array) is np.ndarray and array.dtype == np.float64


def test_an_id_with_two_points_is_refused():
    with pytest.raises(ValueError, match=r"id must be one of 01\.1, "):
        catalogue.find("01.1.1")

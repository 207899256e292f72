"""Reading the code, a small input that shows it, and saying more the second time."""

import numpy as np
import pytest
from notebook_cell import cell

from lstm_helpers.exercises.engine import counter, reading
from lstm_helpers.exercises.engine.exercise import Exercise
from lstm_helpers.exercises.engine.judge import example, judge
from lstm_helpers.exercises.session import Session


def small(solution, probes, **more):
    return Exercise(**{
        "id": "97.1", "title": "T", "task": "t", "minutes": 1, "kind": "implement",
        "hints": ("The first of the hints.", "The last of the hints."),
        "solution": solution, "explanation": "Because.", "mistakes": (),
        "probes": probes} | more)


def double(z, k):
    return 2 * z + k


DOUBLE = small(double, lambda rng: [(rng.normal(size=(2, 3)), 4)])
HEAD = "def mine(z, k):\n"


@pytest.mark.parametrize("text, wanted", [
    (HEAD + "    a = 2 * z,\n    return a\n", "Line 2 ends with a comma"),
    (HEAD + "    return 2 * z,\n", "Line 2 ends with a comma"),
    ("def mine(z, k, seen=[]):\n    seen.append(z)\n    return sum(seen)\n",
     "`seen` has a default that is made once"),
    (HEAD + "    a = b = np.zeros((2, 3))\n    a[0] = k\n    return b + z\n",
     "Since line 2, `a` and `b` are one and the same array: line 3 writes into both."),
    (HEAD + "    a, b = z, z\n    b[0] = k\n    return a\n",
     "Since line 2, `a` and `b` are one and the same array"),
    (HEAD + "    a = z[:, 1:]\n    z[0] = k\n    return a\n",
     "Since line 2, `a` and `z` are the same numbers, for a slice is a view: line 3"),
    (HEAD + "    a = z\n    a[0] = k\n    return z\n", "one and the same array"),
    (HEAD + "    return 2 * z + rate\n", "`rate` in line 2 is no argument"),
    (HEAD + "    return 2 * z\n", "`k` is passed, and your lines never use it."),
    (HEAD + "    a = z.copy()\n    a[0] = k\n    b = z[0]\n    return a, b\n", ""),
    (HEAD + "    a, b = z, k\n    return EPS * a + b + abs(k)\n", ""),
])
def test_what_is_read_in_the_lines(text, wanted):
    said = reading.read(cell(text, "mine", rate=3.0, EPS=1e-9), DOUBLE)
    assert (wanted in said[0] and len(said) == 1) if wanted else said == ()


def test_what_has_no_source_is_not_read():
    assert reading.read(np.tanh, DOUBLE) == reading.read(3, DOUBLE) == ()
    assert reading.read(lambda z, k: z, small(np.add, DOUBLE.probes)) == ()


def test_functions_of_one_number_are_told():
    answer = cell(HEAD + "    return math.tanh(z)\n", "mine", math=__import__("math"))
    assert "those of `np` take a whole array" in " ".join(judge(DOUBLE, answer).lines)


def test_the_example_is_small_and_can_be_pasted():
    answer = cell(HEAD + "    return 2 * z - k\n", "mine")
    code = example(DOUBLE, answer)
    call, yours, right = code.splitlines()
    assert call == "mine(np.array([[0.]]), 1)"
    assert yours == "# yours: [[-1.]]" and right == "# right: [[1.]]"
    assert eval(call, {"np": np, "mine": answer}) == -1


def test_the_example_keeps_what_makes_the_difference():
    where = small(lambda z: z.sum(axis=0), lambda rng: [(rng.normal(size=(2, 3)),)])
    code = counter.smallest(where, lambda z: z[0], where.probes(
        np.random.default_rng(0)))
    assert code.startswith("your_function(np.array([[") and code.count("[") >= 5
    fails = small(double, lambda rng: [(0.123456, 3)])
    code = counter.smallest(fails, lambda z, k: 1 / 0, [(0.123456, 3)])
    assert code == "your_function(0.1, 1)\n# yours: ZeroDivisionError\n# right: 1.2"


def test_there_is_not_always_an_example():
    assert example(DOUBLE, double) == "" and example(DOUBLE, 3) == ""
    of_functions = small(lambda f: f(1), lambda rng: [(abs,)])
    assert example(of_functions, lambda f: 2) == ""
    assert example(small(4, None), 5) == ""
    breaks = small(lambda z: 1 / z, lambda rng: [(0.0,)])
    assert example(breaks, lambda z: z) == ""


def test_results_are_written_in_a_line():
    from lstm_helpers.exercises.engine.run import Outcome

    def of(value):
        return counter.result(Outcome(value, None, "", (), ""))

    assert of([1, 2]) == "[1., 2.]" and of((1, 2)) == "(1, 2)" and of("word") == "word"
    assert of(np.zeros(100)).endswith(" …") and len(of(np.zeros(100))) == 78
    assert of([[1], [1, 2]]) == "[[1], [1, 2]]"


def test_the_second_and_the_third_time_say_more(tmp_path, monkeypatch):
    monkeypatch.setenv("LSTM_HELPERS_PROGRESS", str(tmp_path / "progress.json"))
    session, wrong = Session(), cell(HEAD + "    return 2 * z - k\n", "mine")
    one, two, three = (repr(session.check(DOUBLE, wrong)) for _ in range(3))
    assert "np.array" not in one and "The same" not in one
    assert "mine(np.array([[0.]]), 1)" in two and "a small input that shows it" in two
    assert "np.array" in three and '`hint("97.1")` says what to think of' in three
    other = repr(session.check(DOUBLE, lambda z, k: z + k))
    assert "The same" not in other
    number = small(4, None)
    session.check(number, 5)
    assert 'hint("97.1")' in repr(session.check(number, 5))
    assert "The same" not in repr(session.check(number, 4))


def test_three_rungs_of_hints():
    session = Session()
    three = small(double, DOUBLE.probes, hints=("Idea " * 4, "Place " * 4, "End " * 5))
    shown = [repr(session.hint(three)) for _ in range(4)]
    assert "hint 1 of 3: the idea" in shown[0]
    assert "hint 2 of 3: where to look" in shown[1] and "again" in shown[1]
    assert "hint 3 of 3: the equation" in shown[2]
    assert shown[3] == shown[2]

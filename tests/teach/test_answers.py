"""The slice of a notebook that one check needs: no more, and no less."""

import pytest
from teach.made import CHECK, FORGET, NO_BIAS, SETUP, notebook

from lstm_helpers.teach.answers import answers, helped
from lstm_helpers.teach.notebook import NoNotebook, read


def sliced(*cells):
    return answers(read(notebook(*cells)))[0]


def parts(*cells):
    *_, last = sliced(*cells)
    return [part[:2] for part in last.parts]


def test_only_what_is_needed_runs():
    assert parts(SETUP, "while True: pass", FORGET + CHECK) == [(0, 0), (0, 1), (2, 0)]


def test_of_an_import_only_the_names_that_are_needed():
    found, = sliced("from lstm_helpers import widgets, cells", "f = cells.x\n"
                    'check("02.1", f)')
    assert found.parts == ((0, 0, (1,)), (1, 0, None))


def test_a_check_of_their_own_is_passed_over():
    cells = ("def check(*a): print('right')", 'belt = "b"\ncheck("02.1", belt)')
    assert parts(*cells) == [(1, 0)]


@pytest.mark.parametrize("change", ["xs[0] = 2", "xs.append(2)", "xs += [2]",
                                    "for k in range(3): xs.append(k)", "fill(xs)"])
def test_what_changes_a_value_runs_too(change):
    assert (1, 0) in parts("xs = [1]", change, 'check("02.1", xs)')


@pytest.mark.parametrize("look", ["print(xs)", "train(f(xs))", "figures.draw(xs)",
                                  "y = sum(xs)", "fill(np.zeros(3))", "fill(f)",
                                  "np.allclose = None"])
def test_what_only_looks_at_a_value_does_not_run(look):
    cells = ("import numpy as np\ndef f(): return xs", "xs = np.ones(3)", look)
    assert (2, 0) not in parts(*cells, 'check("02.1", f)')


def test_what_is_left_out_is_named():
    _, left_out = answers(read(notebook(
        "import numpy as np", "def check(*a): pass", "np.allclose = lambda *a: True",
        "def use(id, x): return x")))
    assert left_out == ["to define its own check (cell 1)",
                        "to change np.allclose (cell 2)"]


def test_a_value_that_is_made_anew_forgets_what_was_before():
    assert parts("x = 1", "x = 2", 'check("02.1", x)') == [(1, 0)]


def test_a_function_sees_the_names_of_the_moment_it_is_called():
    cells = ("k = 1", "def f(): return k", "k = 2", 'check("02.1", f())')
    assert parts(*cells) == [(1, 0), (2, 0)]


def test_a_name_inside_a_function_is_its_own():
    assert parts("x = 1", "def f():\n    x = 2\n    return x",
                 'check("02.1", f)') == [(1, 0)]


def test_random_numbers_come_out_in_the_same_order():
    cells = ("import numpy as np", "rng = np.random.default_rng(0)", "a = rng.normal()",
             "b = rng.normal()", 'check("02.1", b)')
    assert parts(*cells) == [(0, 0), (1, 0), (2, 0), (3, 0)]


def test_a_definition_further_down_is_found():
    assert parts('check("02.1", f)', "f = 1") == [(1, 0)]


def test_a_comprehension_reads_at_once():
    assert parts("n = 3", "xs = [k * n for k in range(n)]", 'check("02.1", xs)') == [
        (0, 0), (1, 0)]


@pytest.mark.parametrize("line", ["%pip install x", "!ls", "rng?", "%%time", "x = !ls",
                                  "%matplotlib inline"])
def test_what_only_a_notebook_understands_is_left_out(line):
    found, = sliced(line + "\nbelt = 'b'\ncheck('02.1', belt)")
    assert not found.fault and found.parts


@pytest.mark.parametrize("call", [
    'check("02.1", belt)', 'check("02.1", answer=belt)', 'c.check("02.1", belt)',
    'check_button("02.1", lambda: belt)', 'if True:\n    check("02.1", belt)'])
def test_every_form_of_the_call(call):
    found, = sliced("belt = 'b'", call)
    assert found.id == "02.1" and (0, 0, None) in found.parts


def test_a_cell_that_cannot_be_read_is_named_with_its_line():
    found, = sliced("belt = = 1\ncheck('02.1', belt)")
    assert "line 1" in found.fault and "belt = = 1" in found.fault


def test_the_source_of_an_answer_is_shown():
    found, = sliced(SETUP, FORGET, NO_BIAS, CHECK)
    assert found.source == NO_BIAS.rstrip()


def test_a_helper_in_the_same_cell_is_shown_with_it():
    found, = sliced(SETUP, "def half(x):\n    return x / 2\n\n\n"
                    "def mine(x):\n    return half(x)\n\n\nanswer = mine\nother = 1",
                    'check("02.1", answer)')
    assert found.source.startswith("def half")
    assert found.source.endswith("answer = mine")
    assert "other" not in found.source


def test_the_last_five_attempts_count():
    found = sliced(*[f"belt = {k}\ncheck('02.1', belt)" for k in range(9)])
    assert [a.place[0] for a in found] == [4, 5, 6, 7, 8]


def test_who_asked_for_help():
    cells = read(notebook('hint("02.1")', 'solution("02.2")\nhint("02.2")'))
    assert helped(cells) == {"02.1": "hint", "02.2": "solution"}


@pytest.mark.parametrize("data", [
    b"", b"\xff\xfe", b"[]", b"{}", b"%PDF-1.4", b'{"cells": 3}', b"[" * 100_000,
    notebook("1", kernelspec={"name": "ir", "language": "R"}),
    notebook("print 1", language_info={"name": "python", "version": "2.7.18"}),
    notebook("print 1", kernelspec={"name": "python2", "display_name": "Python 2"})])
def test_what_is_no_notebook_says_so_in_one_sentence(data):
    with pytest.raises(NoNotebook) as said:
        read(data)
    assert str(said.value).endswith(".")


def test_a_notebook_of_before_2015():
    old = (b'{"worksheets": [{"cells": [{"cell_type": "code", "input": '
           b'["x = 1\\n", "check(\\"02.1\\", x)"]}]}]}')
    assert [a.id for a in answers(read(old))[0]] == ["02.1"]

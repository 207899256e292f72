"""What an answer does stays with it; the verdict is that of the engine."""

import json
import os
import sys
import tempfile
import time

import pytest
from teach.made import CHECK, FORGET, NO_BIAS, SETUP, notebook

from lstm_helpers.teach import grade, limits

MOST = limits.DEFAULT | dict(seconds=2.0)
FORK = pytest.mark.skipif(not hasattr(os, "fork"), reason="limits of POSIX")


def judged(*cells, most=MOST):
    return grade.grade_notebook(notebook(SETUP, *cells), most)


def one(*cells, id="02.2"):
    return judged(*cells)["exercises"][id]


def test_right():
    assert one(FORGET + CHECK)["outcome"] == "right"


def test_a_listed_mistake_is_recognised():
    found = one(NO_BIAS + CHECK)
    assert found["outcome"] == "mistake" and found["mistake"] == 1
    assert found["source"] == NO_BIAS.rstrip()


def test_the_stub_and_what_was_taken_out():
    graded = judged('check("02.2", ...)')["exercises"]
    assert graded["02.2"]["outcome"] == "not attempted"
    assert graded["02.1"]["outcome"] == "no answer"
    assert len(graded) == 10


def test_of_several_attempts_the_best_counts():
    found = one(FORGET + CHECK, NO_BIAS + CHECK)
    assert found["outcome"] == "right" and found["attempts"] == 2


def test_the_line_is_that_of_the_students_cell():
    found = one("# mine\ndef forget_gate(h_prev, x_t, W_f, b_f):\n    return W_q\n"
                + CHECK)
    assert found["outcome"] == "raised"
    assert "line 3: `return W_q`" in found["lines"][0]


def test_equal_behaviour_has_an_equal_fingerprint():
    body = "def forget_gate(h_prev, x_t, W_f, b_f):\n    return {}\n" + CHECK
    a, b, c = (one(body.format(f)) for f in ("0 * b_f + 7.5", "b_f - b_f + 15 / 2",
                                             "0 * b_f + 7.6"))
    assert a["outcome"] == "differs"
    assert a["behaviour"] == b["behaviour"] != c["behaviour"]


def test_use_gives_the_students_own_once_it_is_right():
    found = judged(FORGET, 'forget_gate = use("02.2", forget_gate)',
                   "belt = 'b' if forget_gate.__module__ == '__main__' else 'a'\n"
                   'check("02.1", belt)')["exercises"]["02.1"]
    assert found["outcome"] == "right"


def test_the_packages_own_solution_is_named():
    found = one("from lstm_helpers.exercises import catalogue\n"
                "def forget_gate(h_prev, x_t, W_f, b_f):\n"
                "    return catalogue.find('02.2').solution(h_prev, x_t, W_f, b_f)\n"
                + CHECK)
    assert found["outcome"] == "right" and found["borrowed"]


BODY = "def forget_gate(h_prev, x_t, W_f, b_f):\n    "
HOSTILE = {
    "hangs": ("forget_gate = 0\nwhile True: forget_gate += 1\n", "out of time"),
    "sleeps through all": (
        "import time\nforget_gate = 0\nwhile forget_gate < 1:\n    try:\n"
        "        time.sleep(99)\n    except BaseException: forget_gate = 0\n",
        "out of time"),
    "hangs inside": (BODY + "while True: pass\n", "too slow"),
    "ends the kernel": ("import os\nforget_gate = os._exit(0)\n", "ended the process"),
    "ends it inside": ("import os\n" + BODY + "os._exit(0)\n", "ended the process"),
    "quits": ("import sys\nforget_gate = sys.exit()\n", "did not run"),
    "floods": ("forget_gate = [print('x' * 10_000) for k in range(10**9)]\n",
               "flooded"),
    "eats memory": ("forget_gate = [0] * 10**10\n", "did not run"),
    "kills its parent": (
        "import os\nforget_gate = os.kill(os.getppid(), 9)\n", "did not run"),
    "forks": ("import os\nforget_gate = [os.fork() for k in range(99)]\n",
              "did not run"),
    "starts a program": ("import os\nforget_gate = os.system('echo')\n", "did not run"),
    "opens a socket": ("import socket\nforget_gate = socket.create_connection("
                       "('127.0.0.1', 9))\n", "did not run"),
    "fakes it inside": (
        BODY + "np.allclose = lambda *a, **k: True\n    return 0 * b_f\n", "tampered"),
    "fakes the judge": (
        "import lstm_helpers.exercises.engine.form as form\n" + BODY
        + "form.close.__code__ = (lambda a, b, rtol, atol: True).__code__\n"
        "    return 0 * b_f\n", "tampered"),
    "covers its tracks": (
        "import lstm_helpers.exercises.engine.form as form\nkept = form.close\n"
        "def faked(*a):\n    form.close = kept\n    return True\n"
        + BODY + "form.close = faked\n    return 0 * b_f\n", "tampered"),
    "writes its own verdict": (
        "import os, json\n" + BODY + "for fd in range(3, 12):\n        try:\n"
        "            os.write(fd, json.dumps(dict(job=1, done=0, result=dict("
        "outcome='right', lines=[], found=[]))).encode() + b'\\n')\n"
        "        except OSError: pass\n    return 0 * b_f\n", "tampered"),
}


@FORK
@pytest.mark.parametrize("name", [
    pytest.param(name, marks=pytest.mark.skipif(
        sys.platform == "darwin" and name == "eats memory",
        reason="memory is not limited there")) for name in HOSTILE])
def test_a_hostile_answer_is_named_and_the_others_are_judged(name):
    began = time.monotonic()
    code, outcome = HOSTILE[name]
    grade.HERE.__dict__.pop("keeper", None)
    graded = judged(code + CHECK, 'belt = "b"\ncheck("02.1", belt)')
    assert graded["exercises"]["02.2"]["outcome"] == outcome
    assert graded["exercises"]["02.1"]["outcome"] == "right"
    assert time.monotonic() - began < 90


def test_a_patch_between_the_answers_does_not_count():
    graded = judged("np.allclose = lambda *a, **k: True", NO_BIAS + CHECK)
    assert graded["exercises"]["02.2"]["outcome"] == "mistake"
    assert graded["tried"] == ["to change np.allclose (cell 1)"]


@FORK
def test_nothing_outside_its_folder_is_written_read_or_removed(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("the others' grades")
    graded = judged(
        f"path = {str(secret)!r}\n"
        "import os, shutil\n"
        "def tried(do):\n"
        "    try:\n        return do() and 'done'\n"
        "    except PermissionError:\n        return 'refused'\n"
        "said = [tried(lambda: open(path).read()), tried(lambda: open(path, 'w')),\n"
        "        tried(lambda: os.remove(path) or True),\n"
        "        tried(lambda: shutil.rmtree(os.path.dirname(path)) or True),\n"
        "        tried(lambda: os.symlink(path, 'link') or open('link', 'w')),\n"
        "        tried(lambda: open('own.txt', 'w').write('mine'))]\n"
        "belt = 'b' if said == ['refused'] * 5 + ['done'] else 'a'\n"
        'check("02.1", belt)')
    assert secret.read_text() == "the others' grades"
    assert graded["exercises"]["02.1"]["outcome"] == "right"
    assert len(graded["tried"]) == 2


@FORK
def test_a_disk_that_fills_and_nothing_is_left(monkeypatch, tmp_path):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    graded = judged("belt = 0\nwhile True:\n    belt += 1\n"
                    "    open(f'f{belt}', 'wb').write(bytes(2**20))\n"
                    'check("02.1", belt)')
    # The statement that never ends is a loop with the answer in it.
    assert graded["exercises"]["02.1"]["outcome"] in ("filled the disk", "out of time")
    assert not list(tmp_path.iterdir())


@FORK
@pytest.mark.parametrize("name", ["hangs", "ends the kernel", "floods"])
def test_without_fork_it_is_the_same_only_slower(name, monkeypatch):
    monkeypatch.setenv("LSTM_TEACH_FORK", "0")
    monkeypatch.setattr(limits, "FORKS", False)
    grade.HERE.__dict__.pop("keeper", None)
    code, outcome = HOSTILE[name]
    graded = judged(code + CHECK, 'belt = "b"\ncheck("02.1", belt)')
    assert graded["exercises"]["02.2"]["outcome"] == outcome
    assert graded["exercises"]["02.1"]["outcome"] == "right"
    grade.HERE.__dict__.pop("keeper", None)


@FORK
def test_a_folder_that_is_deleted(tmp_path):
    graded = judged("import shutil, os\n"
                    "belt = shutil.rmtree(os.getcwd()) or 'b'\n"
                    'check("02.1", belt)', FORGET + CHECK)
    assert graded["exercises"]["02.1"]["outcome"] == "right"
    assert graded["exercises"]["02.2"]["outcome"] == "right"
    assert any("deleted" in said for said in graded["tried"])


def test_no_answers_is_one_sentence():
    graded = grade.grade_notebook(notebook("x = 1", 'check("99.1", x)'))
    assert "no answer" in graded["problem"] and not graded["exercises"]


def test_what_is_graded_is_not_graded_again(tmp_path, monkeypatch):
    from lstm_helpers.teach.collect import Handed

    ran = []
    monkeypatch.setattr(grade, "job", lambda name, text, most: (
        ran.append(name), (name, dict(problem="", tried=[], missing=[], exercises={})))[
            1])
    books = [notebook(str(k)) for k in range(4)]
    handed = [Handed(f"s{k}", "", f"{k}.ipynb", b) for k, b in enumerate(books)]
    grade.grade(handed[:2], tmp_path, MOST, cores=1)
    grade.grade(handed, tmp_path, MOST, cores=1)
    assert len(ran) == len(set(ran)) == 4
    (tmp_path / f"{ran[0]}.json").write_text("{half a fi")
    grade.grade([*handed, handed[0]._replace(student="copy")], tmp_path, MOST, cores=1)
    assert len(ran) == 5 and ran[4] == ran[0]
    assert json.loads((tmp_path / f"{ran[0]}.json").read_text())["problem"] == ""

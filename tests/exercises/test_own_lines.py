"""The first value in a learner's own lines that no right answer has."""

import ast
import time

import numpy as np
import pytest
from notebook_cell import cell

from lstm_helpers.exercises import catalogue
from lstm_helpers.exercises.engine import explain, known, source, trace, watch
from lstm_helpers.exercises.engine.exercise import Exercise
from lstm_helpers.exercises.engine.judge import SEED, judge


def said(exercise, answer):
    probes = exercise.probes(np.random.default_rng(SEED))
    return " ".join(explain.own_line(answer, exercise, probes[0]))


def small(solution, probe, *others):
    return Exercise(
        id="99.1", title="T", task="t", minutes=1, kind="implement", hints=("a", "b"),
        solution=solution, explanation="Because.", mistakes=(),
        probes=lambda rng: [probe], others=others)


STEP, LOOP = catalogue.find("01.1"), catalogue.find("01.2")
HEAD = "def mine(x_t, h_prev, W_x, W_h, b):\n"
LOOP_HEAD = "def mine(xs, h_init, W_x, W_h, b):\n"
DOES_NOT_BELONG = "is the first value that does not belong: no right answer has it."


@pytest.mark.parametrize("exercise, text, wanted", [
    (STEP, HEAD + "    a = x_t @ W_x + h_prev @ W_h.T\n    return np.tanh(a + b)\n",
     f"In your line 2, `h_prev @ W_h.T` {DOES_NOT_BELONG} `h_prev` and `W_h.T` both "
     "occur in right answers, but nowhere joined like this."),
    (STEP, HEAD + "    a = x_t @ W_x + h_prev @ W_h + b\n    return np.sin(a)\n",
     f"In your line 3, `np.sin(a)` {DOES_NOT_BELONG} `a` occurs in a right answer: is "
     "something left out before it, or is another function meant?"),
    (STEP, HEAD + "    return np.mean(x_t)\n",
     f"In your line 2, `np.mean(x_t)` {DOES_NOT_BELONG} Is another function meant, or "
     "another `axis`?"),
    (STEP, HEAD + "    return x_t @ W_x + h_prev @ W_h + b\n", explain.EARLY),
    (STEP, HEAD + "    a = x_t @ W_x\n    a += 1\n    return np.tanh(a)\n",
     "In your line 4, `a` is no longer right. It was before: what has been written "
     "into it since then does not belong."),
    (STEP, HEAD + "    return np.tanh(x_t @ W_x + h_prev @ rate + b)\n",
     "In your line 2, `rate` is not among the arguments: its value comes from the "
     "notebook, and no right answer has it."),
    (STEP, HEAD + "    return squash(x_t @ W_x + h_prev @ W_h + b)\n"
     "def squash(a):\n    return a / (1 + abs(a))\n",
     f"In line 4 of `squash`, `abs(a)` {DOES_NOT_BELONG} `a` occurs in a right answer: "
     "is something left out before it, or is another function meant?"),
    (LOOP, LOOP_HEAD + """    hs, h = [], np.zeros_like(h_init)
    for t in range(xs.shape[1]):
        new = np.tanh(xs[:, t] @ W_x + h @ W_h + b)
        hs.append(new)
    return np.stack(hs, axis=1)
""", None),
    (LOOP, LOOP_HEAD + """    hs, h = [], h_init
    for t in range(xs.shape[1]):
        new = np.tanh(xs[:, t] @ W_x + h @ W_h + b)
        hs.append(new)
    return np.stack(hs, axis=1)
""", "From round 2 of the loop on, in your line 4, `xs[:, t] @ W_x + h @ W_h` "
     f"{DOES_NOT_BELONG} `h` in it still holds what it held a round before."),
    (LOOP, LOOP_HEAD + """    hs, h = [], h_init
    for x in xs.transpose(1, 0, 2):
        h = np.tanh(x @ W_x + h @ W_h + b)
        hs.append(h)
    return np.array(hs)[::-1].swapaxes(0, 1)
""", "In your line 6, `np.array(hs)[::-1]` holds the right numbers, but in an order, "
     "or along axes, that no right answer has."),
])
def test_the_line_is_named(exercise, text, wanted):
    answer = cell(text, "mine", rate=np.full((5, 5), 0.3))
    shown = said(exercise, answer)
    if wanted is None:
        assert "in your line 4" in shown.lower()
    else:
        assert shown == wanted


def test_nothing_is_said_of_what_cannot_be_seen():
    nowhere = {"np": np}
    exec(compile("def f(x_t, h_prev, W_x, W_h, b):\n    return x_t", "<no>", "exec"),
         nowhere)
    for answer in (nowhere["f"], np.tanh, print, STEP, lambda *a: 1 / 0):
        assert explain.own_line(
            answer, STEP, STEP.probes(np.random.default_rng(0))[0]) == ()
    count = small(lambda D: 4 * D, (3,))
    assert said(count, cell("def answer(D):\n    return D + 1\n")) == ""


def test_right_answers_have_nothing_alien():
    for id in ("01.1", "01.2", "02.3", "04.4", "05.5", "05.7", "06.6", "08.1"):
        exercise = catalogue.find(id)
        args = exercise.probes(np.random.default_rng(SEED))[0]
        for right in (exercise.solution, *exercise.others):
            assert trace.first_alien(exercise, right, args)[0] is None, id


def test_what_becomes_right_again_is_forgiven():
    exercise = small(lambda z: (z * z).sum(), (np.arange(1.0, 5) / 7,))
    assert "`total * 2`" in said(exercise, cell(
        "def answer(z):\n    half = z / 2\n    back = half * 2\n"
        "    total = (back * back).sum()\n    return total * 2\n"))
    assert "adds up in `s`" in said(exercise, cell(
        "def answer(z):\n    s = np.zeros(4)\n    for a in z:\n        s = s + a * z\n"
        "    return s\n"))


def test_the_tree_of_the_right_lambda_is_found():
    one, two = (lambda z: z + 1), (lambda z: z * 2)
    assert ast.unparse(source.tree_of(one)).endswith("return z + 1")
    assert ast.unparse(source.tree_of(two)).endswith("return z * 2")

    def made(k):
        return (lambda z: z + k), (lambda z: z - k)

    assert ast.unparse(source.tree_of(made(1)[1])).endswith("return z - k")
    parts, value = watch.watched(made(3)[0], (2.0,), source.is_learners)
    assert value == 5 and [part.value for part in parts] == [2, 3, 5]
    assert source.plain(np.tanh) is None and source.plain(3) is None


def test_every_kind_of_statement_runs_as_before():
    text = '''
def answer(z, k=2, *, scale=1):
    """Say nothing."""
    out: list = []
    for (i, row), _ in zip(enumerate(z), range(9)):
        if (n := i) % 2 and row is not None:
            continue
        row = [a ** 2 for a in row if a > 0] or [0]
        out.append(sum(row) + n)
    while k > 0:
        k -= 1
    try:
        out[99]
    except IndexError as error:
        word = f"{error!s:>5}{z.shape[0]}"
    with np.errstate(all="ignore"):
        first, *rest = out
    del rest
    z = z.copy()
    z[0, 1:] += first
    many = {"a": z, **{"b": lambda a: a + 1}}
    assert word
    def inner(q):
        nonlocal k
        k += 1
        return q
    return many["b"](z) * scale + inner(1)
'''
    answer = cell(text)
    z = np.arange(6.0).reshape(2, 3) - 2
    parts, value = watch.watched(answer, (z,), source.is_learners)
    assert np.array_equal(value, answer(z)) and len(parts) > 20


def test_values_are_told_apart():
    exercise = small(lambda z: z.reshape(3, 2), (np.arange(6.0).reshape(2, 3) / 7,))
    seen = known.Known(exercise, exercise.probes(None)[0])
    z = np.arange(6.0).reshape(2, 3) / 7
    for value, kind in (
            (z, "right"), (z.T, "turned"), (z.ravel(), "reshaped"), (z[::-1], "moved"),
            (z[0], "parts"), (z + 1e-3, "alien"), (1, "small"), (0.5, "small"),
            (np.float64(5 / 7), "parts"), (0.123, "alien"), (np.array([]), "small"),
            (z > 0, "small"), (np.array([np.nan, 1]), "alien")):
        assert seen.kind(value) == kind, value


def test_it_takes_no_longer_than_a_blink():
    slow = cell(LOOP_HEAD + "    while True:\n        xs = xs + 1\n", "mine")
    start = time.perf_counter()
    assert said(LOOP, slow) == ""
    assert time.perf_counter() - start < 3


def test_the_check_says_it_before_the_numbers():
    answer = cell(HEAD + "    return np.tanh(x_t @ W_x + h_prev @ W_h + 0.5 * b)\n",
                  "mine")
    lines = judge(STEP, answer).lines
    assert lines[0].startswith("In your line 2, `0.5 * b` is the first value")
    assert lines[1].startswith("It comes out exactly as if there were a division by 2")
    assert lines[2].startswith("`h_t` first differs at")

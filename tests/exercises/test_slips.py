"""Slips are derived from right answers, told apart by what they return, and said."""

import ast
import re
import time

import numpy as np
import pytest

from lstm_helpers.exercises import catalogue
from lstm_helpers.exercises import slips as command
from lstm_helpers.exercises.engine import explain, lines, operators, run, slips
from lstm_helpers.exercises.engine.exercise import Exercise
from lstm_helpers.exercises.engine.judge import SEED, judge


def walk(xs, w, b):
    h_t = 0 * b
    hs = []
    for t in range(len(xs)):
        a_t = xs[t] * w + b
        h_t = np.tanh(a_t - h_t)
        hs.append(h_t)
    return np.stack(hs, axis=1), h_t


def walk_probes(rng):
    return [(rng.normal(size=(4, 3)), rng.normal(size=3), rng.normal(size=3)),
            (rng.normal(size=(3, 3)), rng.normal(size=3), rng.normal(size=3))]


WALK = Exercise(
    id="98.1", title="T", task="t", minutes=1, kind="implement", hints=("a", "b"),
    solution=walk, explanation="Because.", mistakes=(), probes=walk_probes,
    returns=("hs", "h_t"))


def said(answer, exercise=WALK, budget=5.0):
    probes = exercise.probes(np.random.default_rng(SEED))
    mine = run.call_all(answer, probes)
    return " ".join(explain.slip(exercise, answer, mine, probes, 0, budget))


def changed(*pairs):
    """Return the walk with text exchanged, as a learner would have typed it."""
    text = "".join(open(__file__, encoding="utf-8")).split("\n\n\n")[1]
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new, 1)
    space = {"np": np, "sigmoid": lambda a: 0.5 + 0.5 * np.tanh(0.5 * a)}
    exec(text, space)
    return space["walk"]


@pytest.mark.parametrize("pairs, wanted", [
    ([(" + b", "")], "a term were missing: `b`"),
    ([(" * w", "")], "a factor were missing: `w`"),
    ([(" - h_t)", ")")], "a term were missing: `h_t`"),
    ([("np.tanh(a_t - h_t)", "a_t - h_t")], "`tanh` were left out"),
    ([("np.tanh", "sigmoid")], "`sigmoid` stood where `tanh` belongs"),
    ([("xs[t] * w + b", "xs[t] * b + w")], "`w` and `b` had changed places"),
    ([("* w", "* b")], "`b` stood where `w` belongs"),
    ([("a_t - h_t", "a_t + h_t")], "`+` stood where `-` belongs"),
    ([("a_t - h_t", "h_t - a_t")], "two sides of a `-` had changed places"),
    ([("axis=1", "axis=0")], "`stack` had no `axis`"),
    ([("xs[t] * w + b", "xs[t] * (w + b)")], "a factor reached too far"),
    ([("np.tanh(a_t - h_t)", "np.tanh(a_t) - h_t")], "`tanh` were taken of a part"),
    ([("range(len(xs))", "range(1, len(xs))")], "a loop left out the first round"),
    ([("range(len(xs))", "range(len(xs) - 1)")], "a loop left out the last round"),
    ([("xs[t]", "xs[t - 1]")], "`xs` were cut one place too early"),
    ([("h_t = np", "h_t = h_t + np")], "`h_t` were added up, not replaced"),
    ([("        h_t = np.tanh(a_t - h_t)\n        hs.append(h_t)",
       "        hs.append(h_t)\n        h_t = np.tanh(a_t - h_t)")],
     "two lines came in the other order"),
    ([("        a_t = ", "        h_t = 0 * b\n        a_t = ")],
     "a line stood in the loop, not before it"),
    ([("hs, axis=1), h_t", "hs, axis=1)")], "one of several were left out: `h_t`"),
    ([("np.stack(hs, axis=1), h_t", "h_t, np.stack(hs, axis=1)")], "changed places"),
    ([("a_t - h_t", "2 * a_t - h_t")], "a factor of 2 too many"),
    ([(" + b", ""), ("np.tanh", "sigmoid")],
     "a term were missing: `b`, and as if `sigmoid` stood where `tanh` belongs"),
])
def test_a_slip_is_said(pairs, wanted):
    shown = said(changed(*pairs))
    assert wanted in shown and shown.startswith("It comes out exactly as if "), shown


def test_the_learners_own_names_are_used():
    text = "def mine(rows, weight, bias):\n    return rows * weight, 0\n"
    space = {}
    exec(text, space)
    exercise = Exercise(**{**vars(WALK), "id": "98.2", "returns": (), "solution": sums})
    assert said(lambda rows, weight, bias: rows * weight, exercise).endswith(
        "a term were missing: `bias`.")


def sums(xs, w, b):
    return xs * w + b


def test_nothing_is_said_of_what_no_slip_gives():
    assert said(lambda xs, w, b: (xs.T, w)) == ""
    assert said(lambda xs, w, b: 1 / 0) == ""
    assert said(walk) == ""
    exercise = Exercise(**{**vars(WALK), "id": "98.3", "solution": np.multiply})
    assert said(lambda *a: a[0], exercise) == ""


def test_the_tree_is_as_it_was():
    table = slips.Table(walk, walk_probes(np.random.default_rng(0))[0])
    before = ast.dump(table.node)
    table.fill(time.perf_counter() + 60)
    assert ast.dump(table.node) == before and len(table.slips) > 150
    assert len(table.slips) == len(table.prints)
    assert table.right not in table.prints


def test_time_is_kept():
    start = time.perf_counter()
    exercise = Exercise(**{**vars(WALK), "id": "98.4"})
    said(lambda xs, w, b: (np.stack([xs[0] * 7 + k for k in range(len(xs))], 1), w),
         exercise, budget=0.2)
    assert time.perf_counter() - start < 2


def test_a_slip_that_never_ends_is_left():
    def count(n):
        k = 0.0
        while k < n:
            k += 1
        return k

    table = slips.Table(count, (3.0,))
    table.fill(time.perf_counter() + 20)
    assert any(slip.kind == "const" for slip in table.slips)


def test_results_are_told_apart():
    def of(value):
        return slips.fingerprint(run.Outcome(value, None, "", (), ""))

    z = np.arange(6.0)
    values = [z, z[::-1], z.reshape(2, 3), z + 1e-2, (z, z), {"a": z}, "word",
              [z, z[:2]], None, z * 1j, 3, True]
    prints = [of(value) for value in values]
    assert len(set(prints)) == len(values)
    assert of(z) == of(z * (1 + 1e-13)) and of([1, 2]) == of(np.array([1, 2]))
    assert slips.fingerprint(run.Outcome(None, ValueError(), "", (), "")) is None
    assert slips.like(of(z), of(z + 1)) and not slips.like(of(z), of(z[:3]))


def test_what_is_said_prints_no_line_of_the_solution():
    plain = re.compile(r"[\w.']+|[-+*/@%]{1,2}|1 -|axis=[-\d(), ]+")
    for id in ("01.2", "02.3", "05.5", "08.8", "09.1"):
        exercise = catalogue.find(id)
        table = command.derived(exercise, 1.0)[0]
        for line in command.shown(exercise, table):
            for quoted in re.findall(r"`([^`]+)`", line):
                assert plain.fullmatch(quoted), (id, line)


def test_every_kind_has_its_rank():
    table = slips.Table(walk, walk_probes(np.random.default_rng(0))[0])
    kinds = {kind for kind, _, _ in lines.slips_of(table.node, table.values())}
    assert kinds <= set(slips.RANK)
    assert operators.known("tanh") == "`tanh`" and operators.known("zz") == "a function"


def test_the_check_says_the_line_and_the_slip():
    verdict = judge(WALK, changed((" + b", "")))
    assert verdict.outcome == "differs" and "a term were missing: `b`" in " ".join(
        verdict.lines)


def test_the_command_prints_and_counts(capsys):
    command.main("02.4")
    out = capsys.readouterr().out
    assert re.match(r"02\.4: \d+, \d+, \d+ slips in [\d.]+ s; explain \d+ of 10", out)
    assert "`tanh` were left out" in out
    command.main("02.1")
    assert capsys.readouterr().out == ""


COUNT = Exercise(
    id="98.5", title="T", task="t", minutes=1, kind="predict", hints=("a", "b"),
    solution=305, explanation="Because.", mistakes=(), rtol=0, atol=0.5,
    formula=lambda D=1, H=16, O=1: D * H + H * H + H + H * O + O)
SHARE = Exercise(**{**vars(COUNT), "id": "98.6", "solution": 0.9**10, "rtol": 1e-3,
                    "atol": 0, "formula": lambda f=0.9, steps=10: f**steps})


@pytest.mark.parametrize("exercise, answer, wanted", [
    (COUNT, 304, "a term were missing: `O`."),
    (COUNT, 49, "a term were missing: what has `H` in it."),
    (SHARE, 0.9, "a power were missing: `steps`."),
    (SHARE, 9, ""), (SHARE, 0.651, "a `1 -` too many, around what has `f`"),
    (COUNT, 1234, ""), (COUNT, (3, 4), ""), (SHARE, 0.777, ""),
])
def test_a_wrong_number_is_explained_by_its_formula(exercise, answer, wanted):
    shown = " ".join(explain.number(exercise, answer))
    assert wanted in shown and bool(wanted) == bool(shown), shown
    if isinstance(answer, float | int):
        assert judge(exercise, answer).lines[-1:] == explain.number(
            exercise, answer)[-1:] or not wanted


def test_formulas_give_what_is_right():
    from lstm_helpers.exercises.engine.audit import problems

    spoilt = Exercise(**{**vars(SHARE), "formula": lambda f=0.9, steps=9: f**steps})
    said = "the formula gives another number than the solution"
    assert said in problems(spoilt) and said not in problems(SHARE)
    many = [e for nb in catalogue.notebooks() for e in catalogue.exercises_of(nb)
            if e.formula]
    assert len(many) >= 10
    for exercise in many:
        assert judge(exercise, exercise.formula()).outcome == "right", exercise.id

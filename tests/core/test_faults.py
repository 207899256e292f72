"""Single-line faults in the backward: the check finds each, the feedback names it."""

import pytest

from lstm_helpers import bptt, faults
from lstm_helpers.exercises.catalogue import find
from lstm_helpers.exercises.engine.judge import judge
from lstm_helpers.exercises.notebooks import nb05_answers

ALL = {"dxs", "dW_x", "dW_h", "db", "dh_init", "dc_init"}
RED = [ALL] * 8 + [{"dW_h"}, {"db"}, {"dxs"}, ALL, {"dW_x"}]
# What the feedback must say of the line, whoever wrote it in an exercise.
WORDS = ["do_t uses c_t", "the belt is cut", "leaves out 1 - tanh²",
         "df_t uses c_t; the forget gate multiplied c_{t-1}", "dg_t uses g_t",
         "On the belt stands the forget gate", "lacks σ′ in block i",
         "treats block g like a gate", "dW_h uses h_t", "db is a mean",
         "the input gate alone", "lacks `dh_next`", "each step overwrote it"]
NAMED = [f"{fault.wrong}" for fault in faults.FAULTS]


def test_there_are_ten_and_more():
    assert len(set(faults.FAULTS)) >= 10
    assert len(faults.FAULTS) == len(RED) == len(WORDS)


def test_without_a_fault_nothing_is_red():
    for seed in range(3):
        for T in (1, 4, 7):
            report = faults.report(bptt.lstm_backward, seed, T=T)
            assert report.ok, str(report)


@pytest.mark.parametrize("seed", range(3))
def test_the_gradient_check_finds_each(seed):
    table = faults.table(T=7, seed=seed)
    for fault, red in zip(faults.FAULTS, RED, strict=True):
        assert set(table[fault]) == red, fault


def test_one_step_hides_what_travels():
    table = faults.table(T=1)
    hidden = [fault for fault, red in table.items() if not red]
    assert hidden == [faults.STEP[1], *faults.LOOP]


def test_the_blocks_of_db_name_the_gate_when_nothing_travels():
    blocks = [faults.red_blocks(faults.plant(fault), T=1) for fault in faults.FAULTS]
    assert blocks == ["o", "", "ifg", "f", "g", "", "i", "g", "", "ifgo", "", "", ""]


@pytest.mark.parametrize(
    "fault, words", list(zip(faults.FAULTS, WORDS, strict=True)), ids=NAMED
)
def test_the_feedback_names_each(fault, words):
    lines = fault.right, fault.wrong
    if fault in faults.LOOP:  # the learner's loop has names of its own
        id, right = "05.8", nb05_answers.lstm_backward
        lines = [line.replace("dhs", "own").replace("grads.dW_x", 'd["dW_x"]')
                 for line in lines]
    else:
        id, right = "05.7", nb05_answers.lstm_step_backward
    answer = faults.replace_line(right, *lines)
    verdict = judge(find(id), answer)
    assert verdict.outcome == "mistake", verdict
    assert words in verdict.lines[0], verdict.lines


@pytest.mark.parametrize("right", ["df_t = dc_t", "no such line", ""])
def test_a_line_that_is_not_there_is_refused(right):
    with pytest.raises(ValueError, match="right must be one line of"):
        faults.replace_line(nb05_answers.lstm_step_backward, right, "pass")


def test_lines_can_be_replaced_twice():
    once = faults.replace_line(bptt.lstm_backward, *faults.LOOP[0][:2])
    twice = faults.replace_line(once, *faults.LOOP[1][:2])
    assert set(faults.report(twice).wrong) == ALL
    assert bptt.lstm_backward is not once and faults.report(bptt.lstm_backward).ok

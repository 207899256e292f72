"""The comparison is fair: one budget, one set of tests, a control of the rate."""

import json

import numpy as np
import pytest

from benchmarks import variants as benchmark
from lstm_helpers import contest


@pytest.mark.parametrize("task", contest.TASKS)
@pytest.mark.parametrize("kind", contest.KINDS)
def test_every_cell_fills_the_same_budget(task, kind):
    model = contest.build(kind, task)
    most = contest.TASKS[task].parameters
    assert contest.inside(model) <= most
    larger = contest.build(kind, task, H=model.H + 1)
    assert contest.inside(larger) > most


def test_what_may_be_looked_at_does_not_test_and_both_are_the_same_for_all():
    for task in contest.TASKS:
        choose, test = contest.held_out(task)
        again, _ = contest.held_out(task)
        np.testing.assert_array_equal(choose[0], again[0])
        assert choose[0].shape != test[0].shape or not np.array_equal(choose[0],
                                                                      test[0])


def test_a_run_repeats_itself(monkeypatch):
    short = contest.TASKS["waves"]._replace(updates=5)
    monkeypatch.setitem(contest.TASKS, "waves", short)
    first, again = (contest.job("coupled", "waves", 0.01, 1) for _ in range(2))
    first.pop("seconds"), again.pop("seconds")
    assert first == again


def test_stored_runs_are_those_of_the_benchmark():
    stored = json.loads(contest.PATH.read_text(encoding="utf-8"))
    assert set(stored) == set(benchmark.jobs())
    for task, kind in benchmark.pairs():
        runs = contest.runs(task, kind)
        assert len(runs) == contest.SEEDS >= 5
        assert len({run["parameters"] for run in runs}) == 1


@pytest.mark.parametrize("task", contest.TASKS)
def test_the_control_holds_the_same_runs_as_the_table_at_its_own_rate(task):
    first, *rows = contest.control(task).splitlines()
    assert len(rows) == 3 and first.count("rate") == 3
    for kind, row in zip(contest.CONTROL, rows, strict=True):
        mean = np.mean([run["test"] for run in contest.runs(task, kind)[:3]])
        assert row.startswith(kind) and f"{mean:.4f} (" in row


def test_two_ways_stay_out_of_a_task_with_an_answer_at_every_step():
    assert "both ways" not in contest.table("names")
    assert ("names", "both ways") not in benchmark.pairs()


def test_apart_counts_seeds_and_its_sign_is_that_of_the_gap():
    won, of, gap, spread = contest.apart("waves", "rnn", "minLSTM")
    assert won == of and gap > 10 * spread > 0
    lost, _, back, _ = contest.apart("waves", "minLSTM", "rnn")
    assert (lost, back) == (0, -gap)


def test_the_benchmark_stops_and_resumes(tmp_path, monkeypatch):
    done = []

    def job(**how):
        if len(done) == 2:
            raise KeyboardInterrupt
        done.append(how)
        return dict(test=0.5)

    monkeypatch.setattr(contest, "job", job)
    out = tmp_path / "runs.json"
    call = ["--only", "waves", "--jobs", "1", "--results", str(out)]
    assert benchmark.main(call) == 1
    assert len(json.loads(out.read_text(encoding="utf-8"))) == 2
    done.append("go on")
    assert benchmark.main(call) == 0
    stored = json.loads(out.read_text(encoding="utf-8"))
    assert set(stored) == set(benchmark.jobs(["waves"]))
    again = [json.dumps(how) for how in done if how != "go on"]
    assert len(set(again)) == len(again) == len(stored)


@pytest.mark.parametrize("call, words", [
    (lambda: contest.build("grru", "waves"), "kind must be one of"),
    (lambda: contest.build("gru", "tides"), "task must be one of"),
    (lambda: contest.runs("waves", "none"), "no 5 stored runs"),
])
def test_bad_input_is_named(call, words):
    with pytest.raises(ValueError, match=words):
        call()

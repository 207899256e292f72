"""The comparison is fair: one budget, one set of tests, the rate chosen elsewhere."""

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


def test_what_chooses_does_not_test_and_both_are_the_same_for_all():
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


def test_stored_runs_are_complete_and_the_rate_is_the_one_that_chose_best():
    stored = json.loads(contest.PATH.read_text(encoding="utf-8"))
    for task in contest.TASKS:
        rates = {json.loads(k)["lr"] for k in stored if json.loads(k)["task"] == task}
        for how in benchmark.jobs(task, sorted(rates)):
            assert json.dumps(how, sort_keys=True) in stored
        lr, runs = contest.runs(task, "lstm")
        assert len(runs) >= 5
        mean = {rate: np.mean([stored[json.dumps(how, sort_keys=True)]["choose"]
                               for how in benchmark.jobs(task, [rate])
                               if how["kind"] == "lstm"]) for rate in rates}
        assert lr == min(mean, key=mean.get)


def test_two_ways_stay_out_of_a_task_with_an_answer_at_every_step():
    assert "both ways" not in contest.table("names")
    assert not [how for how in benchmark.jobs("names", [0.01])
                if how["kind"] == "both ways"]


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
    call = ["--only", "waves", "--rates", "0.01", "--jobs", "1", "--results", str(out)]
    assert benchmark.main(call) == 1
    assert len(json.loads(out.read_text())) == 2
    done.append("go on")
    assert benchmark.main(call) == 0
    assert len(json.loads(out.read_text())) == 5 * len(contest.KINDS)
    twice = [json.dumps(how) for how in done if how != "go on"]
    assert len(set(twice)) == len(twice)


@pytest.mark.parametrize("call, words", [
    (lambda: contest.build("grru", "waves"), "kind must be one of"),
    (lambda: contest.build("gru", "tides"), "task must be one of"),
    (lambda: contest.runs("waves", "none"), "no stored runs"),
])
def test_bad_input_is_named(call, words):
    with pytest.raises(ValueError, match=words):
        call()

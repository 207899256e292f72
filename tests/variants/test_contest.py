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
    assert not set(benchmark.finals(stored)) - set(stored)
    rates = {json.loads(name)["lr"] for name in stored}
    for task, kind in benchmark.pairs():
        lr, runs = contest.runs(task, kind)
        assert len(runs) == contest.SEEDS >= 5
        mean = {rate: np.mean([stored[contest.key(task=task, kind=kind, lr=rate,
                                                  seed=seed)]["choose"]
                               for seed in range(contest.TRIALS)])
                for rate in rates}
        assert lr == min(mean, key=mean.get)
        assert len({run["parameters"] for run in runs}) == 1


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
        return dict(choose=abs(how["lr"] - 0.03))

    monkeypatch.setattr(contest, "job", job)
    out = tmp_path / "runs.json"
    call = ["--only", "waves", "--jobs", "1", "--results", str(out)]
    assert benchmark.main(call) == 1
    assert len(json.loads(out.read_text(encoding="utf-8"))) == 2
    done.append("go on")
    assert benchmark.main(call) == 0
    stored = json.loads(out.read_text(encoding="utf-8"))
    seeds = contest.TRIALS * len(contest.RATES) + contest.SEEDS - contest.TRIALS
    assert len(stored) == seeds * len(contest.KINDS)
    last = [json.loads(name) for name in stored if json.loads(name)["seed"] == 4]
    assert {how["lr"] for how in last} == {0.03}
    again = [json.dumps(how) for how in done if how != "go on"]
    assert len(set(again)) == len(again)


@pytest.mark.parametrize("call, words", [
    (lambda: contest.build("grru", "waves"), "kind must be one of"),
    (lambda: contest.build("gru", "tides"), "task must be one of"),
    (lambda: contest.runs("waves", "none"), "no stored runs"),
])
def test_bad_input_is_named(call, words):
    with pytest.raises(ValueError, match=words):
        call()

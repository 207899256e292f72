"""The tests of 1997: generators against plain loops, the rule, the gates, the jobs."""

import json

import numpy as np
import pytest

from benchmarks import long_memory
from lstm_helpers import memory, tasks
from lstm_helpers.model import Recurrent
from lstm_helpers.train import Seen


def by_loop(xs, start, join):
    """Work the targets out one sequence and one step at a time."""
    ys = []
    for sequence in xs:
        marked = [float(value) for value, marker in sequence if marker == 1]
        assert 1 <= len(marked) <= 2
        total = start
        for value in marked:
            total = join(total, value)
        ys.append(total)
    return np.array(ys)[:, None]


@pytest.mark.parametrize("T", [8, 10, 50, 101])
def test_adding_is_what_a_loop_makes_of_it(T):
    rng = np.random.default_rng(T)
    lengths, firsts, seconds = set(), set(), set()
    for _ in range(60):
        xs, ys = tasks.adding(rng, 20, T)
        assert xs.dtype == ys.dtype == np.float32 and np.abs(xs[..., 0]).max() <= 1
        assert (xs[:, [0, -1], 1] == -1).all() and set(np.unique(xs[:, 1:-1, 1])) <= {
            0, 1}
        wanted = 0.5 + by_loop(xs, 0, lambda a, b: a + b) / 4
        np.testing.assert_allclose(ys, wanted, atol=1e-6)
        lengths.add(xs.shape[1])
        for sequence in xs:
            places = np.flatnonzero(sequence[:, 1] == 1)
            if len(places) == 2:
                firsts.add(int(places[0]))
                seconds.add(int(places[1]))
    assert lengths == set(range(T, T + T // 10 + 1))
    assert max(firsts) <= max(10, T // 2 - 1) and max(seconds) == T // 2 - 2


def test_a_mark_on_the_first_pair_is_not_seen_and_counts_nothing():
    xs, ys = tasks.adding(np.random.default_rng(0), 400, 50)
    alone = (xs[..., 1] == 1).sum(axis=1) == 1
    assert 10 < alone.sum() < 100  # one in ten
    value = (xs[..., 0] * (xs[..., 1] == 1)).sum(axis=1)
    np.testing.assert_allclose(ys[alone, 0], 0.5 + value[alone] / 4, atol=1e-6)


def test_the_mean_answer_misses_by_a_twenty_fourth():
    xs, ys = tasks.adding(np.random.default_rng(0), 40_000, 50)
    seen = (xs[..., 1] == 1).sum(axis=1) == 2
    assert np.mean((ys[seen] - 0.5) ** 2) == pytest.approx(1 / 24, rel=0.03)


def test_multiplication_is_what_a_loop_makes_of_it():
    xs, ys = tasks.multiplication(np.random.default_rng(1), 50, 30)
    assert xs[..., 0].min() >= 0
    np.testing.assert_allclose(ys, by_loop(xs, 1, lambda a, b: a * b), atol=1e-6)


@pytest.mark.parametrize("marks", [2, 3])
def test_temporal_order_is_what_a_loop_makes_of_it(marks):
    xs, ys = tasks.temporal_order(np.random.default_rng(2), 300, marks)
    assert 100 <= xs.shape[1] <= 110 and (xs.sum(axis=2) == 1).all()
    assert (ys.sum(axis=1) == 1).all() and ys.shape[1] == 2**marks
    for sequence, target in zip(xs, ys, strict=True):
        said = [tasks.SYMBOLS[k] for k in sequence.argmax(axis=1)]
        assert said[0] == "E" and said[-1] == "B"
        places = [t for t, s in enumerate(said) if s in "XY"]
        bounds = tasks.PLACES[marks]
        assert all(low <= t <= high
                   for t, (low, high) in zip(places, bounds, strict=True))
        code = int("".join("01"["XY".index(said[t])] for t in places), 2)
        assert target[code] == 1


def test_recall_shows_its_symbol_once_and_calls_at_the_end():
    xs, ys = tasks.recall(np.random.default_rng(3), 10, 7)
    np.testing.assert_array_equal(xs[:, 0, :4], ys)
    assert not xs[:, 1:-1].any() and (xs[:, -1] == [0, 0, 0, 0, 1]).all()


@pytest.mark.parametrize(("call", "word"), [
    (lambda rng: tasks.adding(rng, 0, 50), "N"), (lambda rng: tasks.adding(rng, 2, 3),
                                                  "T"),
    (lambda rng: tasks.adding(rng, 2, 50, 20), "L"),
    (lambda rng: tasks.temporal_order(rng, 2, 4), "marks"),
    (lambda rng: tasks.recall(rng, 2, 5, 1), "symbols")])
def test_bad_input_is_named(call, word):
    with pytest.raises((TypeError, ValueError), match=f"^{word} must"):
        call(np.random.default_rng(0))


def seen(errors, sequences=0, loss=0.0):
    y = np.array(errors, float)[:, None]
    return Seen(None, np.zeros_like(y), y, loss, sequences)


def test_the_rule_counts_a_run_of_right_answers_across_batches():
    rule = memory.Criterion(limit=0.04, run=6, mean=1)
    assert not rule(seen([0, 0.05, 0, 0], 4))
    assert not rule(seen([0, 0, 0], 7))
    assert rule(seen([0.039], 8)) and rule.met_at == 8
    assert not rule(seen([-0.041], 9)) and rule.met_at == 8


def test_the_rule_wants_a_small_average_too():
    rule = memory.Criterion(run=2, mean=0.01)
    assert not rule(seen([0, 0], 2))  # it starts from the spread of the target
    for k in range(60):
        met = rule(seen([0, 0], k))
    assert met and rule.rmse < 0.1


def test_open_gates_keep_a_value_and_write_little():
    for T in (100, 1000):
        model = Recurrent("lstm", 2, 3)
        memory.open_gates(model, T)
        i, f = np.split(1 / (1 + np.exp(-model.params["b"].astype(float))), 4)[:2]
        assert f[0] ** T == pytest.approx(np.exp(-np.exp(-2)), abs=2e-3)
        assert i[0] == pytest.approx(1 / (T + 1), rel=1e-4)


def test_it_solves_a_hundred_steps_and_a_forget_bias_of_1_does_not():
    solved = memory.solve(100, seed=0)
    assert solved.met_at <= 40_000 and memory.count_wrong(solved.model, "adding", 100,
                                                          500) <= 4
    stuck = memory.solve(100, seed=0, start="one", budget=6_000)
    assert stuck.met_at is None and stuck.rmse > 0.15


def test_a_new_draw_after_a_plateau():
    solved = memory.solve(100, start="one", budget=3_000, redraw=1_000)
    assert solved.draws == 3 and 3_000 <= solved.sequences <= 3_032


def test_jobs_are_resumed_and_nothing_runs_twice(tmp_path, monkeypatch, capsys):
    path, done = tmp_path / "results.json", []
    monkeypatch.setattr(long_memory, "tables", lambda: {
        "paper": [dict(T=10, seed=s, budget=64) for s in range(4)]})

    def stop_at(count):
        def job(**settings):
            if len(done) == count:
                raise KeyboardInterrupt
            done.append(settings["seed"])
            return {"wrong": settings["seed"]}
        return job

    monkeypatch.setattr(long_memory.memory, "job", stop_at(2))
    arguments = ["--jobs", "1", "--results", str(path)]
    assert long_memory.main(arguments) == 1 and "2 runs" in capsys.readouterr().out
    assert len(json.loads(path.read_text())) == 2
    monkeypatch.setattr(long_memory.memory, "job", stop_at(9))
    assert long_memory.main(arguments) == 0
    assert done == [0, 1, 2, 3] and len(long_memory.load(path)) == 4
    path.write_text("no results")
    with pytest.raises(ValueError, match="not a results file"):
        long_memory.load(path)


def test_an_interrupted_job_is_no_row_of_a_table(monkeypatch):
    def interrupted(model, draw, until, *args, **kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr(memory.tasks, "adding", interrupted)
    monkeypatch.setitem(memory.DRAWS, "adding", interrupted)
    with pytest.raises(KeyboardInterrupt, match="Interrupted after 0 updates"):
        memory.job(T=10, seed=0, budget=320)

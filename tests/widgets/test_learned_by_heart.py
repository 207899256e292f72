"""The explorer of notebook 12: its curves are those of the stored runs."""

import json

import numpy as np
import pytest

from benchmarks import by_heart as benchmark
from lstm_helpers import by_heart, widgets


def test_every_corner_has_its_runs_and_the_file_is_complete():
    stored = json.loads(by_heart.PATH.read_text(encoding="utf-8"))
    assert {json.dumps(how, sort_keys=True) for how in benchmark.jobs()} == set(stored)
    for H in by_heart.SIZES:
        for rate in by_heart.RATES:
            assert len(by_heart.of(H=H, states=rate)) >= 3


def test_curves_are_the_mean_over_the_seeds():
    explorer = widgets.learned_by_heart()
    explorer.size.value, explorer.rate.value = "16", 0.3
    train, val = explorer.curves()
    runs = by_heart.of(H=16, states=0.3)
    np.testing.assert_allclose(train, np.mean([run["train"] for run in runs], axis=0))
    assert f"{val[-1]:.2f} on new ones" in explorer.words.value
    assert f"Lowest on new ones: {val.min():.2f}" in explorer.words.value


def test_dropout_narrows_the_gap_of_a_large_network():
    gap = {}
    for rate in (0.0, 0.5):
        train, val = (by_heart.mean(by_heart.of(H=64, states=rate), key)
                      for key in ("train", "val"))
        gap[rate] = val[-1] - train[-1]
    assert gap[0.5] < gap[0.0] / 1.5


def test_nothing_is_trained_while_one_drags(monkeypatch):
    explorer = widgets.learned_by_heart()
    monkeypatch.setattr(by_heart, "job", None)
    explorer.rate.value = 0.7
    assert "dropout 0.7" in explorer.words.value


def test_a_run_repeats_what_is_stored(monkeypatch):
    monkeypatch.setattr(by_heart, "EPOCHS", 2)
    again = by_heart.job(H=8, seed=0, states=0.3)
    stored, *_ = [result for how, result in by_heart.runs()
                  if how == dict(H=8, seed=0, states=0.3)]
    np.testing.assert_allclose(again["train"], stored["train"][:2], atol=0.02)


def test_the_strength_of_a_remedy_is_chosen_by_validation_and_reported_on_test():
    for kind, strengths in (("l2", by_heart.L2), ("states", by_heart.RATES[1:])):
        strength, runs = by_heart.best(kind)
        lowest = {z: by_heart.mean(by_heart.of(H=64, **{kind: z}), "val").min()
                  for z in strengths}
        assert strength == min(lowest, key=lowest.get)
        assert f"{np.mean([run['stopped'] for run in runs]):.2f} (" in by_heart.table()
    plain = [run["stopped"] for run in by_heart.of(H=64)]
    dropped = [run["stopped"] for run in by_heart.best("states")[1]]
    assert len(plain) == len(dropped) == 5 and max(dropped) < min(plain)


def test_bad_input_is_named():
    with pytest.raises(ValueError, match="how must be settings that were stored"):
        by_heart.of(H=17)
    with pytest.raises(ValueError, match="kind must be one of"):
        by_heart.best("luck")

"""The stored runs hold what notebook 13 says of them."""

import numpy as np
import pytest

from lstm_helpers import music


def bits(part):
    found = {}
    for how, run in music.results("contest"):
        found.setdefault(how["model"], []).append(run[part])
    assert {len(z) for z in found.values()} == {12}
    return {name: np.array(z) for name, z in found.items()}


def test_rhythm_is_won_in_twelve_splits_and_mostly_by_the_beat():
    rhythm, pitch = bits("rhythm"), bits("pitch")
    assert (rhythm["lstm"] < rhythm["counting"]).all()
    assert (pitch["lstm"] < pitch["counting"]).sum() == 9
    gap = (rhythm["counting"] - rhythm["lstm"]).mean()
    closed = (rhythm["counting"] - rhythm["beat"]).mean()
    assert 0.15 < gap < 0.17 and 0.12 < closed < 0.14
    both = {name: rhythm[name] + pitch[name] for name in rhythm}
    assert (both["lstm"] < both["counting"]).all()
    assert (both["lstm"] < both["gru"]).sum() == 5


def test_by_heart_costs_more_than_equal_shares_on_the_rest():
    runs = [run for _, run in music.results("heart")]
    assert len(runs) == 12 and min(run["home"] for run in runs) >= 16
    assert max(run["heard"] for run in runs) < 0.15
    assert np.mean([run["unheard"] for run in runs]) > np.log2(13)


def test_a_head_solves_what_no_cell_solves_without():
    found = {}
    for how, run in music.results("attention"):
        found.setdefault((how["model"], how["head"]), []).append(run)
    assert {len(z) for z in found.values()} == {16}
    solved = {k: sum(run["rmse"] < 0.05 for run in z) for k, z in found.items()}
    assert solved == {("rnn", True): 11, ("lstm", True): 13,
                      ("rnn", False): 0, ("lstm", False): 0}
    least = min((run for run in found["lstm", True]), key=lambda run: run["marks"])
    assert least["rmse"] < 0.05 and round(least["marks"], 2) == 0.13


def test_tables_say_how_many_and_an_unknown_one_is_named():
    table = music.contest_table(["counting", "lstm"]).splitlines()
    assert len(table) == 3 and "(12 of 12)" in table[2] and "(" not in table[1]
    assert "11 of 16" in music.attention_table()
    with pytest.raises(ValueError, match="table must be one of contest, heart"):
        music.results("none")

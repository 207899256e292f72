"""Pictures of notebook 10: each test names a fact of the picture."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from lstm_helpers import own_text, text
from lstm_helpers.figures import nb10


@pytest.fixture(autouse=True)
def _close():
    yield
    plt.close("all")


def test_learning_is_solid_and_unseen_is_dotted():
    ax = nb10.learning({"LSTM": (np.array([4.0, 3.0]), np.array([4.1, 3.2])),
                        "RNN": (np.array([4.2, 3.5]), np.array([4.3, 3.6]))})
    assert [line.get_linestyle() for line in ax.lines] == ["-", ":"] * 2
    assert ax.lines[0].get_color() == ax.lines[1].get_color() != (
        ax.lines[2].get_color())
    assert [z.get_text() for z in ax.texts][:2] == ["LSTM, seen", "LSTM, unseen"]


def test_crossing_joins_the_means_of_the_splits():
    ax = nb10.crossing({"lstm": {500: [3.0, 3.2], 4000: [2.8]}, "rnn": {500: [4.0]}})
    np.testing.assert_array_equal(ax.lines[0].get_data(), [[500, 4000], [3.1, 2.8]])
    assert ax.get_xscale() == "log"


def test_every_letter_stands_on_its_own_square():
    ax = nb10.painted(["anna", "jo"], [np.array([0.5, -1, 0, 1.0]), np.zeros(2)])
    letters = [(z.get_text(), z.get_position()) for z in ax.texts]
    assert letters[:2] == [("a", (0, 0)), ("n", (1, 0))]
    assert len(ax.patches) == 6
    red, blue = (ax.patches[k].get_facecolor() for k in (3, 1))
    assert red[0] > red[2] and blue[2] > blue[0]


def test_ladder_shows_every_fold_and_the_mean():
    ax = nb10.ladder({"bag of words": np.array([0.5, 0.6]), "LSTM": np.array([1, 0.9])})
    np.testing.assert_array_equal(ax.lines[0].get_xdata(), [0.5, 0.6])
    assert [z.get_text() for z in ax.get_yticklabels()] == ["bag of words", "LSTM"]
    assert "0.95" in [z.get_text() for z in ax.texts]


def test_one_call_gives_table_picture_and_verdict(capsys, monkeypatch):
    monkeypatch.setattr(plt, "show", lambda: None)
    texts, labels = text.sentences(np.random.default_rng(0), 60)
    result = own_text.evaluate(texts, labels, folds=2, progress=False)
    printed = capsys.readouterr().out
    assert result.verdict in printed and "bag of words and pairs" in printed
    assert plt.get_fignums()


def test_stored_runs_hold_what_is_said_of_them():
    first = text.results("first")
    assert set(first) == {"witten-bell", "kneser-ney", "rnn", "lstm"}
    for model in first.values():
        assert [len(runs) for runs in model.values()] == [3] * 4
    counted, learned = first["kneser-ney"][4000], first["lstm"][4000]
    assert all(a < b for a, b in zip(counted, learned, strict=True))
    with pytest.raises(ValueError, match="table must be"):
        text.results("none")
    assert "4,000" in text.crossing_table("first")

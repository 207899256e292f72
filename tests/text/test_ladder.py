"""The ladder of baselines: it sees no leak, and sees one that is planted."""

import re

import numpy as np
import pytest

from lstm_helpers import losses, text
from lstm_helpers.text import grammar, ladder
from lstm_helpers.text.bag import Bag, logistic_regression, words
from lstm_helpers.text.reader import Reader


def test_logistic_regression_is_at_its_minimum():
    rng = np.random.default_rng(0)
    X = rng.integers(0, 2, (80, 9)).astype(float)
    ys, K = rng.integers(0, 3, 80), 3
    W, b = logistic_regression(X, ys, K, near=1e-10, most=100_000)
    slope = losses.softmax(X @ W + b) - np.eye(K)[ys]
    np.testing.assert_allclose(X.T @ slope + W, 0, atol=1e-6)
    np.testing.assert_allclose(slope.sum(axis=0), 0, atol=1e-5)


def test_words_of_a_text():
    assert words("It's NOT bad, is it?!") == ["it's", "not", "bad", "is", "it", "(?)",
                                              "(!)"]
    assert words("Größe 10/10 …") == ["größe", "10", "10"]


def test_a_bag_does_not_see_order_and_pairs_see_a_little():
    rows = [["not", "bad"], ["bad", "not"]] * 20
    ys = np.array([1, 0] * 20)
    assert len(set(Bag().fit(rows, ys, 2).predict(rows[:2]))) == 1
    np.testing.assert_array_equal(Bag(2).fit(rows, ys, 2).predict(rows[:2]), [1, 0])


def meaning(sentence):
    """Judge a sentence of the grammar by rules of its own, from behind."""
    last = sentence.split(" but ")[-1]
    well = any(f" {word}" in f" {last}" for word in grammar.GOOD)
    turns = len(re.findall(r"\bnot\b|\bnobody\b|\bnever\b", last))
    return "good" if well ^ (turns % 2 == 1) else "bad"


def test_the_grammar_means_what_it_says():
    texts, labels = text.sentences(np.random.default_rng(0), 3000)
    assert [meaning(t) for t in texts] == labels
    assert len(set(texts)) == 3000
    assert labels.count("good") == pytest.approx(1500, abs=80)
    assert max(len(t.split()) for t in texts) <= 12
    for word in {w for t in texts for w in t.split()}:  # no word gives it away
        of = [z for t, z in zip(texts, labels, strict=True) if word in t.split()]
        assert of.count("good") / len(of) == pytest.approx(0.5, abs=0.12), word


def test_vocabularies_know_the_training_part_only():
    reader = Reader(epochs=1).fit([["good"], ["bad"]] * 10, np.array([1, 0] * 10), 2)
    assert reader.vocabulary.encode(["new"]) == [1]


def test_the_last_word_answers_and_padding_teaches_nothing():
    reader = Reader(epochs=1).fit([["a", "b"], ["b"]] * 10, np.array([1, 0] * 10), 2)
    xs, last = reader.read([["a", "b", "a"], ["b"], []])
    np.testing.assert_array_equal(last, [[False, False, True], [True, False, False],
                                         [True, False, False]])
    alone, _ = reader.read([["b"]])
    np.testing.assert_allclose(reader.model.predict(xs)[1, 0],
                               reader.model.predict(alone)[0, 0], atol=1e-6)


def lottery(twice):
    """Texts of random words with random labels; each text once or twice."""
    rng = np.random.default_rng(5)
    texts = [" ".join(rng.choice([f"w{k}" for k in range(400)], 8)) for _ in range(120)]
    labels = list(rng.choice(["good", "bad"], 120))
    return texts * (1 + twice), labels * (1 + twice)


def test_equal_texts_stay_together_and_a_leak_is_seen(monkeypatch):
    rungs = {"bag of words": Bag}
    honest = text.climb(*lottery(True), rungs=rungs, progress=False)
    assert honest.scores["bag of words"].mean() < 0.65
    assert honest.notes == ("120 texts repeat another; equal ones stay in one fold.",)
    monkeypatch.setattr(ladder, "fold_of", lambda rows, ys, folds, seed:
                        np.random.default_rng(seed).permutation(len(rows)) % folds)
    leaking = text.climb(*lottery(True), rungs=rungs, progress=False)
    assert leaking.scores["bag of words"].mean() > 0.8


def test_folds_are_even_and_each_text_is_tested_once():
    texts, labels = text.sentences(np.random.default_rng(1), 300)
    ys = np.array([z == "good" for z in labels]).astype(int)
    part = ladder.fold_of([t.split() for t in texts], ys, 5, 0)
    assert np.bincount(part).tolist() == [60] * 5 or np.ptp(np.bincount(part)) <= 2
    for k in range(5):
        assert abs(ys[part == k].mean() - ys.mean()) < 0.03


def test_the_verdict_is_as_careful_as_the_numbers():
    def verdict(lstm, bag):
        return ladder.Ladder({"bag of words": np.array(bag), "RNN": np.array(lstm),
                              "LSTM": np.array(lstm)}, 100, ()).verdict

    assert "ahead of “bag of words” in all 3 folds, by +0.20" in verdict(
        [0.9, 0.9, 0.9], [0.7, 0.7, 0.7])
    assert "behind “bag of words” in all 3" in verdict([0.6] * 3, [0.7] * 3)
    unsure = verdict([0.6, 0.8, 0.7], [0.7] * 3)
    assert "No clear difference between the LSTM and “bag of words”" in unsure
    assert "No clear difference between the LSTM and “RNN”" in unsure


def test_three_labels_and_empty_rows_are_no_trouble():
    texts = [w for k in range(25) for w in (f"fine day {k}", f"grim day {k}",
                                           f"odd {k}" if k else "…")]
    result = text.climb(texts, ["a", "b", "c"] * 25, folds=2, progress=False)
    assert result.scores["bag of words"].mean() > 0.9

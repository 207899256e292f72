"""Vocabularies, batches with masks, bits: also of a uniform and of a perfect model."""

import numpy as np
import pytest

from lstm_helpers import losses, text
from lstm_helpers.gradcheck import numeric_gradient
from lstm_helpers.model import Recurrent
from lstm_helpers.train import Adam, fit


def test_a_batch_asks_for_every_symbol_and_the_end():
    vocabulary = text.Vocabulary(["ada", "jo"])
    xs, ys, mask = vocabulary.batch(["ada", "jo"])
    assert vocabulary.symbols == [".", "a", "d", "j", "o"]
    np.testing.assert_array_equal(xs[0].argmax(-1), [0, 1, 2, 1])
    np.testing.assert_array_equal(ys, [[1, 2, 1, 0], [3, 4, 0, 0]])
    np.testing.assert_array_equal(mask, [[True] * 4, [True] * 3 + [False]])
    assert xs[1, 3].sum() == 0 and (xs[mask].sum(-1) == 1).all()


def test_unknown_symbols_share_a_number_or_raise():
    rows = [["good", "film"], ["good", "plot"]]
    some = text.Vocabulary(rows, least=2, unknown=True)
    assert some.symbols == [".", "?", "good"]
    assert some.encode(["good", "film", "never"]) == [2, 1, 1]
    with pytest.raises(ValueError, match="symbols of the vocabulary, got 'x'"):
        text.Vocabulary(["ab"]).encode("ax")
    assert text.Vocabulary(rows, most=1).symbols == [".", "good"]


def test_bits_of_a_uniform_and_of_a_perfect_model():
    ys = np.array([[3, 1, 0], [2, 0, 0]])
    mask = np.array([[True] * 3, [True, True, False]])
    assert text.bits(np.full((2, 3, 27), 1 / 27), ys, mask) == pytest.approx(
        np.log2(27))
    assert text.bits(text.one_hot(ys, 27), ys, mask) == 0
    wrong_behind_the_end = text.one_hot(ys, 27, float)
    wrong_behind_the_end[1, 2] = text.one_hot(np.array(5), 27)
    assert text.bits(wrong_behind_the_end, ys, mask) == 0
    assert text.bits(wrong_behind_the_end, ys) == np.inf
    untrained = text.NGram(1, "witten-bell").fit(["ab" * 50])
    assert untrained.bits(["ab" * 50]) == pytest.approx(1, abs=0.1)


def test_a_network_learns_a_text_that_can_be_known():
    names = ["abc"] * 8
    vocabulary = text.Vocabulary(names)
    xs, ys, mask = vocabulary.batch(names)
    model = Recurrent("lstm", 4, 8, 4, every_step=True, loss="softmax")
    fit(model, xs, ys, 200, None, Adam(0.05), mask=mask, progress=False)
    network = text.Language(model, vocabulary)
    assert network.bits(["abc"]) < 0.05
    assert text.sample(network, np.random.default_rng(0)) == "abc"
    drawn = network.samples(np.random.default_rng(0), 3)
    assert ["".join(z) for z in drawn] == ["abc"] * 3


def test_bits_of_a_network_are_those_of_its_predictions():
    rng = np.random.default_rng(1)
    vocabulary = text.Vocabulary(["abc", "de"])
    V = len(vocabulary)
    model = Recurrent("lstm", V, 5, V, every_step=True, loss="softmax", rng=rng,
                      dtype=np.float64)
    network = text.Language(model, vocabulary)
    cost = [-np.log2(network.predict(name[:k])[vocabulary.number[letter]])
            for name in ("abc", "e") for k, letter in enumerate([*name, "."])]
    assert network.bits(["abc", "e"]) == pytest.approx(np.mean(cost), abs=1e-9)


def test_padding_has_no_gradient_and_dy_is_right_to_1e_9():
    rng = np.random.default_rng(2)
    y, ys = rng.normal(0, 2, (3, 5, 6)), rng.integers(0, 6, (3, 5))
    mask = np.arange(5) < np.array([5, 3, 1])[:, None]
    loss = losses.named("softmax")
    _, dy = loss(y, ys, mask)
    measured = numeric_gradient(lambda y: loss.value(y, ys, mask), {"y": y}, "y")
    assert np.abs(dy - measured).max() <= 1e-9
    assert not dy[~mask].any()


def test_temperature_is_scores_divided():
    y = np.random.default_rng(3).normal(0, 2, 7)
    for temperature in (0.2, 1.0, 3.0):
        np.testing.assert_allclose(text.tempered(losses.softmax(y), temperature),
                                   losses.softmax(y / temperature), atol=1e-12)
    sure = text.tempered(np.array([0.0, 0.3, 0.7]), 0.01)
    np.testing.assert_allclose(sure, [0, 0, 1], atol=1e-12)


def test_samples_follow_the_probabilities():
    counts = text.NGram(1).fit(["aab", "b", "ab"])
    rng = np.random.default_rng(0)
    first = [text.sample(counts, rng, most=1) for _ in range(4000)]
    p = counts.predict("")
    for letter in ("", "a", "b"):
        k = counts.vocabulary.number[letter or "."]
        assert first.count(letter) / 4000 == pytest.approx(p[k], abs=0.03)


def test_a_hundred_names_go_in_and_come_out():
    names = text.first_names()
    assert len(names) == len(set(names)) == 5163
    assert set("".join(names)) == set("abcdefghijklmnopqrstuvwxyz")
    vocabulary = text.Vocabulary(names)
    ids, mask = vocabulary.numbers(names[:100])
    back = ["".join(vocabulary.decode(row[real])) for row, real in
            zip(ids, mask, strict=True)]
    assert back == names[:100]


@pytest.mark.parametrize(("make", "words"), [
    (lambda: text.one_hot(np.array([3]), 3), "ids must be from 0 to 2, got 3"),
    (lambda: text.one_hot(np.array([0.5]), 3), "whole numbers, got dtype float64"),
    (lambda: text.Vocabulary("anna"), "list of texts, got str"),
    (lambda: text.tempered(np.ones(3) / 3, 0), "temperature must be from"),
    (lambda: text.sample(None, 3), "rng must be a numpy.random.Generator"),
    (lambda: text.Language(Recurrent("lstm", 3, 4, 3), text.Vocabulary(["ab"])),
     "every_step=True, got D = 3"),
    (lambda: text.split(["a", "b"]), "must be more than 1000"),
])
def test_bad_input_is_named(make, words):
    with pytest.raises((TypeError, ValueError), match=words):
        make()

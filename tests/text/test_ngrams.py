"""n-grams against a worked example, and against a second way of computing them."""

import numpy as np
import pytest

from lstm_helpers import text
from lstm_helpers.text.ngrams import SMOOTHINGS

NAMES = text.first_names()[::37]

# Two texts, "a" and "ab"; by hand. Bigrams: .a twice, a. once, ab once, b. once.
WORKED = {
    # (2 + 1 · 3/8) / 3, (1 + 2 · 2/8) / 4, (1 + 2 · 3/8) / 4, (1 + 1 · 3/8) / 2
    "witten-bell": {("", "a"): 19 / 24, ("a", "b"): 3 / 8, ("a", "."): 7 / 16,
                    ("ab", "."): 11 / 16},
    # Below: a after 1 kind of symbol, b after 1, the end after 2; d = ½: ¼, ¼, ½.
    # Above: three ones and a two, d = 3/5: (2 - .6 + .6 · ¼) / 2, …
    "kneser-ney": {("", "a"): 0.775, ("a", "b"): 0.35, ("a", "."): 0.5,
                   ("ab", "."): 0.7},
}


@pytest.mark.parametrize("smoothing", SMOOTHINGS)
def test_worked_example(smoothing):
    counts = text.NGram(2, smoothing).fit(["a", "ab"])
    for (before, letter), wanted in WORKED[smoothing].items():
        p = counts.predict(before)[counts.vocabulary.number[letter]]
        assert p == pytest.approx(wanted, abs=1e-12)


def brute(texts, context, letter, n, smoothing, V):
    """Return a probability straight from the definition, by looking through all texts.

    A context is a string that begins with "." if it reaches the start of a text.
    """
    rows = [f".{z}." for z in texts]

    def seen(before, after):
        """How often `before` + `after` stands anywhere."""
        both = before + after
        return sum(row.startswith(both, k) for row in rows
                   for k in range(len(row)) if k + len(before) > 0)

    def count(before, after):
        whole = len(before) == n - 1 or before.startswith(".")
        if smoothing == "witten-bell" or whole:
            return seen(before, after)
        lefts = {row[k - 1] for row in rows for k in range(1, len(row))
                 if row.startswith(before + after, k)}
        return len(lefts)

    symbols = [".", *sorted(set("".join(texts)))]

    def discount(length):
        befores = {row[k : k + length] for row in rows for k in range(len(row))
                   if k + length < len(row)}
        # A whole context of that length; ones that begin a text are whole when shorter.
        found = [count(b, s) for b in befores for s in symbols if len(b) == length]
        ones, twos = found.count(1), found.count(2)
        return ones / (ones + 2 * twos) if ones and twos else 0.5

    def p(before):
        lower = p(before[1:]) if before else 1 / V
        counts = [count(before, s) for s in symbols]
        total, kinds = sum(counts), sum(c > 0 for c in counts)
        if not total:
            return lower
        c = count(before, letter)
        if smoothing == "witten-bell":
            return (c + kinds * lower) / (total + kinds)
        d = discount(len(before))
        return (max(c - d, 0) + d * kinds * lower) / total

    return p(context)


@pytest.mark.parametrize("smoothing", SMOOTHINGS)
@pytest.mark.parametrize("n", [1, 2, 3, 5])
def test_equals_what_the_definition_says(smoothing, n):
    texts = NAMES[:25]
    counts = text.NGram(n, smoothing).fit(texts)
    V = len(counts.vocabulary)
    rng = np.random.default_rng(n)
    for name in [*rng.choice(texts, 3), *rng.choice(NAMES[25:], 3)]:
        for k in range(len(name) + 1):
            letter = (name + ".")[k]
            if not set(name[: k + 1]) <= set(counts.vocabulary.symbols):
                continue
            context = ("." + name[:k])[max(0, k - n + 2) :] if n > 1 else ""
            p = counts.predict(name[:k])[counts.vocabulary.number[letter]]
            assert p == pytest.approx(
                brute(texts, context, letter, n, smoothing, V), abs=1e-12)


@pytest.mark.parametrize("smoothing", SMOOTHINGS)
def test_probabilities_add_up_and_bits_are_their_logarithms(smoothing):
    counts = text.NGram(4, smoothing).fit(NAMES)
    cost = []
    for name in text.first_names()[5:15]:
        for k, letter in enumerate([*name, "."]):
            p = counts.predict(name[:k])
            assert p.sum() == pytest.approx(1, abs=1e-12) and (p > 0).all()
            cost.append(-np.log2(p[counts.vocabulary.number[letter]]))
    assert counts.bits(text.first_names()[5:15]) == pytest.approx(np.mean(cost))


def test_one_mark_in_front_or_several_is_the_same():
    def one_mark(name, n):
        row = "." + name + "."
        return [(row[max(0, k - n + 1) : k], row[k]) for k in range(1, len(row))]

    for n in (1, 2, 4):
        both = [text.NGram(n, contexts=how).fit(NAMES).bits(NAMES[:9])
                for how in (one_mark, text.contexts)]
        assert both[0] == pytest.approx(both[1], abs=1e-12)


def test_words_are_counted_like_letters():
    rows = [["the", "plot", "was", "bad"], ["the", "cast", "was", "good"]]
    counts = text.NGram(3).fit(rows)
    p = counts.predict(["the", "plot", "was"])
    assert counts.vocabulary.symbols[p.argmax()] == "bad"


def test_a_network_denied_nothing_is_what_the_mark_is_worth():
    train, _, test = text.split(text.first_names())
    without = text.NGram(4, "witten-bell", contexts=lambda name, n: [
        ("".join(z).replace(".", ""), s) for z, s in text.contexts(name, n)])
    assert (text.NGram(4, "witten-bell").fit(train).bits(test) + 0.15
            < without.fit(train).bits(test))


def test_a_planted_leak_is_seen():
    train, _, test = text.split(text.first_names())
    honest = text.NGram(5).fit(train).bits(test)
    leaking = text.NGram(5).fit(train + test).bits(test)
    assert leaking < honest - 0.5
    with pytest.raises(ValueError, match="twice"):
        text.split([*train, *test, test[0]])


@pytest.mark.parametrize(("make", "words"), [
    (lambda: text.NGram(0), "n must be at least 1"),
    (lambda: text.NGram(2, "laplace"), "smoothing must be one of"),
    (lambda: text.NGram(2, contexts=3), "contexts must be a function"),
    (lambda: text.NGram(2).fit("anna"), "must be a list of texts, got str"),
    (lambda: text.NGram(2).fit([]), "must not be empty"),
    (lambda: text.NGram(2).bits(["anna"]), "call fit"),
    (lambda: text.NGram(2).fit(["a.b"]), "must not hold '.'"),
])
def test_bad_input_is_named(make, words):
    with pytest.raises((TypeError, ValueError, RuntimeError), match=words):
        make()

"""What a model of tunes is worth: known answers, and parts that add up."""

import numpy as np
import pytest

from lstm_helpers import music, text
from lstm_helpers.exercises import catalogue
from lstm_helpers.model import Recurrent

TUNES = [tune.steps for tune in music.tunes()]


def test_every_item_is_held_out_once():
    splits = music.folds(TUNES, 4, seed=3)
    held = [z for _, part in splits for z in part]
    assert sorted(held) == sorted(TUNES)
    for known, part in splits:
        assert len(known) == 18 and len(part) == 6
        assert not [z for z in part if z in known]
    with pytest.raises(ValueError, match="items must be at least 4"):
        music.folds(TUNES[:3], 4)


@pytest.mark.parametrize("n", [1, 3, 6])
def test_rhythm_and_pitch_add_up_to_all_bits(n):
    counts = text.NGram(n).fit(TUNES[:18], text.Vocabulary(TUNES))
    apart = music.bits_apart(counts, TUNES[18:])
    assert sum(apart) == pytest.approx(counts.bits(TUNES[18:]), abs=1e-12)
    assert min(apart) > 0


def test_who_knows_only_the_rhythm_pays_for_pitch_alone():
    class Half:
        vocabulary = text.Vocabulary(["-CE"])

        def predict(self, beginning):
            return np.array([0.25, 0.5, 0.125, 0.125])

    rhythm, pitch = music.bits_apart(Half(), [["C", "-", "E"]])
    assert rhythm == 1  # every step a coin
    assert pitch == pytest.approx((2 + 2 + 1) / 4)  # C, E, the end; of four answers


def test_copied_by_hand():
    known = [list("CDEFG"), list("GG")]
    assert music.copied(list("AEFGA"), known, 3).tolist() == [0, 1, 1, 1, 0]
    assert not music.copied(list("FGG"), known, 3).any()  # across two tunes
    assert not music.copied(list("CD"), known, 3).any()
    for steps in TUNES[:6]:
        assert music.copied(steps, TUNES[:6], 8).all()


def test_the_exercise_and_the_package_agree():
    theirs = catalogue.find("13.6").solution
    for steps in TUNES[18:]:
        np.testing.assert_array_equal(theirs(steps, TUNES[:18], 6),
                                      music.copied(steps, TUNES[:18], 6))


def test_counting_far_back_plays_by_heart():
    counts = text.NGram(60, "witten-bell").fit(TUNES)
    assert [music.by_heart(counts, steps, 24) for steps in TUNES] == TUNES


def network(dtype=np.float64):
    vocabulary = text.Vocabulary(TUNES)
    model = Recurrent("lstm", 13, 8, 13, every_step=True, loss="softmax", dtype=dtype)
    return text.Language(model, vocabulary)


def test_a_network_is_asked_all_at_once_and_says_the_same():
    class Slow:  # the same network, asked beginning by beginning
        def __init__(self, language):
            self.vocabulary, self.predict = language.vocabulary, language.predict

    fast = network()
    some = TUNES[:3]
    np.testing.assert_allclose(music.bits_apart(fast, some),
                               music.bits_apart(Slow(fast), some), rtol=1e-12)
    assert sum(music.bits_apart(fast, some)) == pytest.approx(fast.bits(some))
    for steps in some:
        assert music.by_heart(fast, steps, 8) == music.by_heart(Slow(fast), steps, 8)

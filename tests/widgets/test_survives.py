"""The explorer of notebook 06: its curves are those of `survival`."""

import numpy as np

from lstm_helpers import survival, widgets


def test_a_gate_pinned_open_keeps_more_than_one_half_shut():
    explorer = widgets.survives()
    explorer.bias.value = 6.0
    open_gate = explorer.of_lstm()[:, -1]
    explorer.bias.value = 0.0
    assert np.all(open_gate > 1e6 * explorer.of_lstm()[:, -1])


def test_without_inputs_a_rotation_keeps_all_and_the_words_say_so():
    explorer = widgets.survives()
    with explorer.together():
        explorer.size.value, explorer.radius.value = 0.0, 1.0
    np.testing.assert_allclose(explorer.rnn(), 1)
    assert "1e0 is left in the plain RNN (radius 1.00)" in explorer.words.value


def test_only_what_moved_is_computed_anew(monkeypatch):
    explorer = widgets.survives()

    def never(*args):
        raise AssertionError("the RNNs did not move")

    monkeypatch.setattr(survival, "follow_rnn", never)
    explorer.bias.value = 2.0
    assert "forget bias 2.0" in explorer.words.value

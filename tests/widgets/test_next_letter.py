"""The explorer of letters: its bars are the network's, and odd beginnings are told."""

import re

import numpy as np
import pytest

from lstm_helpers import text, widgets
from lstm_helpers.model import Recurrent
from lstm_helpers.widgets.next_letter import stored
from lstm_helpers.widgets.svg import number


def bars(explorer):
    """Return the height of every bar, a to z and the end, in pixels."""
    found = re.findall(r'<rect x="[\d.]+" y="[\d.]+" width="16" height="([\d.]+)"',
                       explorer.picture.value)
    return np.array(found, float)


@pytest.mark.parametrize("temperature", [0.5, 1.0, 2.0])
def test_bars_and_words_are_the_networks(temperature):
    explorer = widgets.next_letter()
    explorer.beginning.value, explorer.temperature.value = "Mar", temperature
    network, counts = stored()
    p = text.tempered(network.predict("mar"), temperature)
    heights = bars(explorer)
    np.testing.assert_allclose(heights / heights.sum(), np.roll(p, -1), atol=2e-3)
    best = int(p.argmax())
    q = text.tempered(counts.predict("mar"), temperature)
    assert f"with {number(p[best], 2)}" in explorer.words.value
    assert f"same letter {number(q[best], 2)}." in explorer.words.value


def test_drawn_names_begin_as_typed_and_change_with_the_slider():
    explorer = widgets.next_letter()
    explorer.beginning.value = "An"
    first = explorer.picture.value
    names = re.search(r"Drawn: ([\w, ]+)", first)[1].split(", ")
    assert all(name.startswith("an") for name in names)
    explorer.draws.value = 7
    assert explorer.picture.value != first


def test_what_is_no_letter_is_left_out_and_said():
    explorer = widgets.next_letter()
    explorer.beginning.value = "Zoë"
    assert "After “zo”" in explorer.words.value
    assert "Only the letters a to z are read" in explorer.words.value
    explorer.beginning.value = ""
    assert explorer.words.value.startswith("At the beginning")


def test_a_network_of_your_own():
    vocabulary = text.Vocabulary(text.first_names())
    mine = text.Language(Recurrent("rnn", 27, 4, 27, every_step=True, loss="softmax"),
                         vocabulary)
    assert bars(widgets.next_letter(mine)).std() < 20  # knows nothing yet
    with pytest.raises(TypeError, match=r"must be a text\.Language, got str"):
        widgets.next_letter("anna")
    short = text.Vocabulary(["ab"])
    model = Recurrent("rnn", 3, 4, 3, every_step=True, loss="softmax")
    with pytest.raises(ValueError, match="letters a to z"):
        widgets.next_letter(text.Language(model, short))


def test_it_was_not_shown_the_names_it_is_measured_on():
    network, _ = stored()
    train, validation, test = text.split(text.first_names())
    assert 2.7 < network.bits(validation + test) < 2.9
    assert network.bits(train) < network.bits(test) - 0.1

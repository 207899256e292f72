"""Sound: pitch and length are read back from the samples of the file itself."""

import io
import wave

import numpy as np
import pytest

from lstm_helpers import music
from lstm_helpers.exercises import catalogue


def heard(data):
    """Return the samples of a WAV file, from -1 to 1, and its rate."""
    with wave.open(io.BytesIO(data)) as file:
        assert (file.getnchannels(), file.getsampwidth()) == (1, 1)
        raw = file.readframes(file.getnframes())
        y = (np.frombuffer(raw, np.uint8).astype(float) - 128) / 100
        return y, file.getframerate()


def loudest(y, rate):
    """Return the frequency that is loudest, between the lines of the spectrum too."""
    n = 2**17
    size = np.abs(np.fft.rfft(y * np.hanning(len(y)), n))
    return size.argmax() * rate / n


@pytest.mark.parametrize("tune", music.tunes(), ids=lambda tune: tune.title)
def test_every_note_of_every_tune_is_heard(tune):
    y, rate = heard(music.wav(music.samples(tune.notes)))
    assert rate == 8000 and len(y) == 1600 * len(tune.steps)
    at = 0
    for note in tune.notes:
        long = 1600 * music.length(note)
        part = y[at : at + long]
        wanted = music.hertz(music.pitch(note))
        semitones = 12 * np.log2(loudest(part, rate) / wanted)
        assert abs(semitones) < 0.1, (note, wanted)
        # It is faded at both ends and full between, so its length is heard as well.
        assert np.abs(part[[0, 1, -2, -1]]).max() < 0.05
        assert np.abs(part[200:-200]).max() > 0.98
        at += long
    assert at == len(y)


def test_frequencies_of_the_equal_scale():
    assert music.hertz(9) == 440 and music.hertz(21) == 880 and music.hertz(-3) == 220
    assert music.hertz(0) == pytest.approx(261.6256, abs=1e-4)


def test_the_exercise_and_the_package_make_the_same_tone():
    theirs = catalogue.find("13.1").solution
    for call in ((440, 0.1, 8000), (261.6, 0.2, 8000)):
        np.testing.assert_array_equal(music.tone(*call), theirs(*call))


def test_a_player_holds_its_sound_and_fetches_nothing():
    sound = music.play(["C2", "G,"])
    page = sound._repr_html_()
    assert page.startswith('<audio controls src="data:audio/wav;base64,UklGR')
    assert "http" not in page and repr(sound) == "2 notes, 1 seconds of sound"
    assert len(music.play(music.tunes()[3].notes)._repr_html_()) < 300_000


def test_bad_sound_is_named():
    with pytest.raises(ValueError, match="notes must be a list with a note at least"):
        music.samples([])
    with pytest.raises(ValueError, match="notes must be a list with a note"):
        music.samples("C2")
    with pytest.raises(ValueError, match="frequency must be from 1 to 4000"):
        music.tone(5000, 1, 8000)
    with pytest.raises(TypeError, match="y must be a NumPy array"):
        music.wav([0, 1])
    assert heard(music.wav(np.array([-2.0, 2.0])))[0].tolist() == [-1, 1]

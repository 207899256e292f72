"""Notes as sound: samples with NumPy, a WAV file with the standard library.

8,000 samples a second, 8 bits each: poor for a concert, small enough for a notebook.
"""

import base64
import html
import io
import wave

import numpy as np

from lstm_helpers import validate
from lstm_helpers.music.tunes import length, pitch

RATE = 8000  # samples a second
FADE = 0.01  # seconds, so that no note begins or ends with a click


def hertz(semitones):
    """Return the frequency of a note, from its semitones above middle C.

    Twelve equal steps double the frequency; the A above middle C has 440 Hz.

    Parameters
    ----------
    semitones : float

    Returns
    -------
    float
    """
    return 440 * 2 ** ((validate.real("semitones", semitones, -60, 60) - 9) / 12)


def tone(frequency, seconds, rate=RATE):
    """Return the samples of one sine, y_t = sin(2π · frequency · t / rate).

    Parameters
    ----------
    frequency : float
        In Hz, below half of `rate`.
    seconds : float
    rate : int
        Samples a second.

    Returns
    -------
    ndarray, (round(seconds · rate),)
    """
    rate = validate.count("rate", rate)
    frequency = validate.real("frequency", frequency, 1, rate / 2)
    t = np.arange(round(validate.real("seconds", seconds, 0) * rate))
    return np.sin(2 * np.pi * frequency * t / rate)


def samples(notes, eighth=0.2, tone=tone, rate=RATE):
    """Return the samples of notes, one after the other, each faded at both ends.

    Parameters
    ----------
    notes : sequence of str
        Such as ``["C2", "G,", "c4"]``.
    eighth : float
        Seconds of an eighth.
    tone : callable
        ``tone(frequency, seconds, rate)``.
    rate : int

    Returns
    -------
    ndarray, (samples,)
        From -1 to 1.

    Raises
    ------
    ValueError
        If there is no note, or something is none.
    """
    if isinstance(notes, str) or not len(notes):
        raise ValueError(f"notes must be a list with a note at least, got {notes!r}")
    parts = []
    for note in notes:
        y = tone(hertz(pitch(note)), length(note) * eighth, rate)
        edge = np.minimum(np.arange(len(y)), np.arange(len(y))[::-1])
        parts.append(y * np.minimum(1, edge / (FADE * rate)))
    return np.concatenate(parts)


def wav(y, rate=RATE):
    """Return samples as the bytes of a WAV file, one channel of 8 bits.

    Parameters
    ----------
    y : ndarray, (samples,)
        From -1 to 1; what is louder is cut.
    rate : int

    Returns
    -------
    bytes
    """
    validate.array("y", y)
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(1)
        out.setframerate(validate.count("rate", rate))
        out.writeframes(np.round(128 + 100 * np.clip(y, -1, 1)).astype(np.uint8)
                        .tobytes())
    return file.getvalue()


class Sound:
    """A player for the page that holds the sound itself; nothing is fetched."""

    def __init__(self, data, name):
        self.data, self.name = data, name

    def _repr_html_(self):
        address = "data:audio/wav;base64," + base64.b64encode(self.data).decode()
        return (f'<audio controls src="{address}" aria-label="{html.escape(self.name)}"'
                "></audio>")

    def __repr__(self):
        return self.name


def play(notes, eighth=0.2, tone=tone):
    """Return a player for notes, to stand in the last line of a cell.

    Parameters
    ----------
    notes : sequence of str
    eighth : float
        Seconds of an eighth.
    tone : callable
        As in `samples`.

    Returns
    -------
    Sound
    """
    y = samples(notes, eighth, tone)
    seconds = len(y) / RATE
    return Sound(wav(y), f"{len(notes)} notes, {seconds:.0f} seconds of sound")

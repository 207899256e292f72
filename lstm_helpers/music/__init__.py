"""Tunes: read and checked, heard, measured for what is copied.

>>> from lstm_helpers import music
>>> song = music.tunes()[3]
>>> music.play(song.notes)
"""

from lstm_helpers.music.measure import bits_apart, by_heart, copied, folds
from lstm_helpers.music.sound import hertz, play, samples, tone, wav
from lstm_helpers.music.stored import attention_table, contest_table, results
from lstm_helpers.music.tunes import (
    Tune,
    length,
    notes,
    pitch,
    read,
    spell,
    steps,
    tunes,
)

__all__ = ["Tune", "attention_table", "bits_apart", "by_heart", "contest_table",
           "copied", "folds", "hertz", "length", "notes", "pitch", "play", "read",
           "results", "samples", "spell", "steps", "tone", "tunes", "wav"]

"""24 tunes older than 1900 as rows of notes, and the check that every bar adds up.

A note is written "G2": its name, then its length in eighths, no number for one. C to B
are the octave of middle C, c to b the one above, "G," lies below.

For a model a tune is written in steps of an eighth: the name where a note begins, a
dash while it lasts. "C2E" is C, -, E.
"""

import re
from pathlib import Path
from typing import NamedTuple

from lstm_helpers import validate

PATH = Path(__file__).parents[1] / "data" / "tunes.txt"
NOTE = re.compile(r"([A-G],?|[a-g])((?:[1-9]\d*)?)")
DASH = "-"
STEPS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}


class Tune(NamedTuple):
    """A tune: ``bars`` holds tuples of notes, ``eighths`` is what a bar adds up to."""

    title: str
    known: str
    eighths: int
    bars: tuple

    @property
    def notes(self):
        """Return all notes in one list, ["C2", "C2", "G2", …]."""
        return [note for bar in self.bars for note in bar]

    @property
    def steps(self):
        """Return the tune in steps of an eighth, ["C", "-", "C", "-", "G", …]."""
        return steps(self.notes)


def tunes():
    """Return the 24 tunes that come with the package, each checked by `read`."""
    rows = PATH.read_text(encoding="utf-8").splitlines()
    return [read(row) for row in rows if row and not row.startswith("#")]


def read(line):
    """Return a tune from one line: title | first known | eighths a bar | bar | bar | …

    A first bar may be shorter, an upbeat; then the last one lacks as much.

    Parameters
    ----------
    line : str

    Returns
    -------
    Tune

    Raises
    ------
    ValueError
        If a note cannot be read or a bar does not add up; it says which.
    """
    parts = [part.strip() for part in validate.text("line", line).split("|")]
    if len(parts) < 4 or not parts[2].isdigit() or not int(parts[2]):
        raise ValueError("line must hold title | first known | eighths a bar | bar | "
                         f"…, got {line!r}")
    title, known, eighths = parts[0], parts[1], int(parts[2])
    bars = []
    for k, bar in enumerate(parts[3:]):
        try:
            bars.append(spell(bar))
        except ValueError as error:
            raise ValueError(f"{title}, bar {k + 1}: {error}") from None
    sums = [sum(map(length, bar)) for bar in bars]
    whole = [eighths] * len(sums)
    if sums[0] < eighths and len(sums) > 1:  # an upbeat
        whole[0], whole[-1] = sums[0], eighths - sums[0]
    for k, (came, wanted) in enumerate(zip(sums, whole, strict=True)):
        if came != wanted:
            raise ValueError(f"{title}, bar {k + 1}: the notes must add up to {wanted} "
                             f"eighths, got {came} in {parts[3 + k]!r}")
    return Tune(title, known, eighths, tuple(bars))


def spell(bar):
    """Return the notes of a text such as "C2C2G,2", as a tuple.

    Raises
    ------
    ValueError
        If a part of it is no note.
    """
    notes, at = [], 0
    text = validate.text("bar", bar)
    while at < len(text):
        found = NOTE.match(text, at)
        if not found:
            raise ValueError(f"bar must hold notes such as C, G,2 or c4, got "
                             f"{text[at:]!r}")
        notes.append(found[0])
        at = found.end()
    if not notes:
        raise ValueError("bar must hold a note, got an empty text")
    return tuple(notes)


def parts(note):
    """Return the name and the length of a note, ("G,", 2)."""
    found = NOTE.fullmatch(validate.text("note", note))
    if not found:
        raise ValueError(f"note must look like C, G,2 or c4, got {note!r}")
    return found[1], int(found[2] or 1)


def length(note):
    """Return the length of a note in eighths.

    Raises
    ------
    ValueError
        If it is no note.
    """
    return parts(note)[1]


def pitch(note):
    """Return how many semitones a note lies above middle C: 0 for "C", 7 for "G2".

    Raises
    ------
    ValueError
        If it is no note.
    """
    name = parts(note)[0]
    octave = -12 if name.endswith(",") else 12 if name.islower() else 0
    return STEPS[name[0].upper()] + octave


def steps(notes):
    """Return notes in steps of an eighth: a name where one begins, then dashes.

    Parameters
    ----------
    notes : sequence of str
        Such as ``["C2", "E"]``, which becomes ``["C", "-", "E"]``.

    Returns
    -------
    list of str
    """
    return [step for name, long in map(parts, notes)
            for step in [name, *[DASH] * (long - 1)]]


def notes(steps):
    """Return the notes of steps of an eighth; dashes before the first are left out.

    Parameters
    ----------
    steps : sequence of str

    Returns
    -------
    list of str
    """
    found = []
    for step in steps:
        if step != DASH:
            found.append([step, 1])
        elif found:
            found[-1][1] += 1
    return [name + (str(long) if long > 1 else "") for name, long in found]

"""Tunes: all bars add up, broken lines are named, steps and notes are the same tune."""

import pytest

from lstm_helpers import music
from lstm_helpers.music.tunes import PATH


def test_24_tunes_whose_bars_add_up():
    tunes = music.tunes()
    assert len(tunes) == 24 and len({tune.title for tune in tunes}) == 24
    assert sum(len(tune.notes) for tune in tunes) == 903
    for tune in tunes:
        sums = [sum(map(music.length, bar)) for bar in tune.bars]
        assert set(sums[1:-1]) == {tune.eighths}, tune.title
        if sums[0] < tune.eighths:
            assert sums[0] + sums[-1] == tune.eighths, tune.title
        else:
            assert sums[0] == sums[-1] == tune.eighths, tune.title


def test_the_file_holds_what_its_head_says():
    rows = PATH.read_text(encoding="utf-8").splitlines()
    assert sum(not row.startswith("#") for row in rows) == 24
    assert {row.split("|")[2].strip() for row in rows if row[0] != "#"} == {
        "4", "6", "8"}


def test_steps_and_notes_are_the_same_tune():
    for tune in music.tunes():
        assert music.notes(tune.steps) == tune.notes
        assert len(tune.steps) == sum(map(music.length, tune.notes))
    assert music.steps(["C2", "E", "G,3"]) == ["C", "-", "E", "G,", "-", "-"]
    assert music.notes(["-", "-", "C"]) == ["C"]
    assert music.notes(["C", *["-"] * 11]) == ["C12"] and music.length("C12") == 12


def test_pitches_in_semitones():
    scale = ["G,", "A,", "B,", "C", "D", "E", "F", "G", "A", "B", "c"]
    assert [music.pitch(note) for note in scale] == [
        -5, -3, -1, 0, 2, 4, 5, 7, 9, 11, 12]


@pytest.mark.parametrize("line, said", [
    ("T | K | 8 | C8 | C7", r"T, bar 2: the notes must add up to 8 eighths, got 7 in "
                            r"'C7'"),
    ("T | K | 8 | C2 | C8 | C8", "T, bar 3: the notes must add up to 6"),
    ("T | K | 8 | C9", "T, bar 1: the notes must add up to 8 eighths, got 9"),
    ("T | K | 8 | H8", "T, bar 1: bar must hold notes such as C, G,2 or c4, got 'H8'"),
    ("T | K | 8 | c,8", "bar must hold notes"),
    ("T | K | 8 | ", "bar must hold a note, got an empty text"),
    ("T | K | eight | C8", "line must hold title"),
    ("T | K | 0 | C8", "line must hold title"),
    ("T | K | 8", "line must hold title"),
])
def test_a_broken_line_is_named(line, said):
    with pytest.raises(ValueError, match=said):
        music.read(line)


@pytest.mark.parametrize("call", [
    lambda: music.length("X"), lambda: music.pitch("C0"), lambda: music.steps([""]),
])
def test_no_note(call):
    with pytest.raises(ValueError, match="note must look like C, G,2 or c4, got"):
        call()
    with pytest.raises(TypeError, match="note must be a text, got int"):
        music.length(4)

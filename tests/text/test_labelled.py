"""A learner's own file: whatever is wrong with it is said, and nothing is repaired."""

import pytest

from lstm_helpers import own_text
from lstm_helpers.text.labelled import check_labelled

GOOD = "text,label\n" + "".join(
    f'"well, text {k}",{("good", "bad")[k % 2]}\n' for k in range(60))
BROKEN = {
    "semicolons": (GOOD.replace(",", ";"), "'label;': columns|parted by semicolons"),
    "no label": (GOOD.replace("label", "mark", 1), "column 'label'; it is missing. The "
                 "header is 'text', 'mark'"),
    "label twice": (GOOD.replace("text,label", "label,label", 1), "column 'text'; it is"
                    " missing"),
    "a gap": (GOOD.replace('"well, text 3",bad', '"well, text 3",'),
              "line 5: the label is empty"),
    "no text": (GOOD.replace('"well, text 3"', " "), "line 5: the text is empty"),
    "a bare comma": (GOOD.replace('"well, text 4"', "well, text 4"),
                     "line 6: 3 columns, the header has 2"),
    "one class": (GOOD.replace(",bad", ",good"), "all labels are 'good'"),
    "too few": ("\n".join(GOOD.split("\n")[:20]), "19 rows; at least 50"),
    "a rare class": (GOOD.replace("bad", "good", 25),
                     "label 'bad' occurs 5 times; each needs at least 10"),
    "an open quote": (GOOD + '"it never ends,good\n', "quote opened and not closed"),
    "capitals": (GOOD.replace(",bad", ",Good", 12), "'Good' and 'good' differ in"),
    "free text as label": ("text,label\n" + "".join(
        f"x,{k}\n" for k in range(60)), "60 different labels; at most 20"),
    "empty": ("", "is empty"),
    "a spreadsheet": (b"PK\x03\x04rest", "is a spreadsheet, no CSV"),
    "Latin-1": (GOOD.replace("well", "für").encode("latin-1"), "line 2: not UTF-8"),
    "UTF-16": (GOOD.encode("utf-16-le"), "zero bytes|UTF-16"),
}


def written(tmp_path, content):
    path = tmp_path / "mine.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize("what", BROKEN)
def test_what_is_broken_is_said(tmp_path, what):
    content, words = BROKEN[what]
    with pytest.raises(ValueError, match=words) as error:
        own_text.load(written(tmp_path, content))
    assert "mine.csv" in str(error.value)
    assert str(tmp_path) not in str(error.value)


def test_a_missing_file(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"no file none\.csv here"):
        own_text.load(tmp_path / "none.csv")


def test_a_good_file_comes_as_it_stands(tmp_path):
    for content in (GOOD, "\ufeff" + GOOD, GOOD.replace("\n", "\r\n"),
                    GOOD.replace("well", "two\nlines")):
        texts, labels = own_text.load(written(tmp_path, content))
        assert len(texts) == 60 and labels[:2] == ["good", "bad"]
    assert texts[0] == "two\nlines, text 0"
    more = "n,label,text\n" + "".join(f"{k},{k % 2},t{k}\n" for k in range(60))
    texts, labels = own_text.load(written(tmp_path, more))
    assert (texts[3], labels[3]) == ("t3", "1")


@pytest.mark.parametrize(("texts", "labels", "words"), [
    ("one text", ["a"], "texts must be a list of strings, got str"),
    (["a"] * 60, [0, 1] * 30, "labels must be strings, got 0 at 0"),
    (["a"] * 60, ["x"] * 59, "equally many, got 60 and 59"),
    ([""] * 60, ["x"] * 60, "texts must not be empty"),
])
def test_lists_are_checked_too(texts, labels, words):
    with pytest.raises((TypeError, ValueError), match=words):
        check_labelled(texts, labels)

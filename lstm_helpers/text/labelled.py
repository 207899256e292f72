"""A learner's own labelled sentences: a CSV of text and label, read as it stands."""

import csv
import io
from pathlib import Path

from lstm_helpers import validate

LEAST, LEAST_OF_EACH, MOST_LABELS = 50, 10, 20
LIMIT = 1_000_000  # letters of one field


def load_labelled(path, text="text", label="label"):
    """Read labelled texts from a CSV file with a header; repair nothing.

    Parameters
    ----------
    path : str or pathlib.Path
        UTF-8, commas between columns, quotes round a text that holds commas.
    text, label : str
        Names of the columns.

    Returns
    -------
    texts, labels : list of str

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ValueError
        If it is no such table; it says which line, what came and what was wanted.
    """
    validate.path("path", path)
    name = Path(path).name
    rows = _rows(path, name)
    _, header = next(rows)
    columns = []
    for wanted in (text, label):
        if header.count(wanted) != 1:
            many = "twice" if header.count(wanted) else "missing"
            raise ValueError(
                f"{name} must have one column {wanted!r}; it is {many}. The header is "
                f"{', '.join(map(repr, header))}{_separator(header)}")
        columns.append(header.index(wanted))
    texts, labels = [], []
    for line, row in rows:
        if len(row) != len(header):
            raise ValueError(
                f"{name}, line {line}: {len(row)} columns, the header has "
                f"{len(header)}. A text that holds a comma needs quotes round it")
        for wanted, k, into in zip((text, label), columns, (texts, labels),
                                   strict=True):
            if not row[k].strip():
                raise ValueError(f"{name}, line {line}: the {wanted} is empty; fill it "
                                 "in or delete the line")
            into.append(row[k])
    return check_labelled(texts, labels, f"{name}: ")


def _separator(header):
    for mark, what in ((";", "semicolons"), ("\t", "tabs")):
        if any(mark in field for field in header):
            return f": columns seem to be parted by {what}; save it with commas"
    return ""


def _rows(path, name):
    """Yield the rows that hold something with their line numbers, the header first."""
    try:
        raw = Path(path).read_bytes()
    except FileNotFoundError:
        raise FileNotFoundError(f"there is no file {name} here: write the path from "
                                "the folder of the notebook") from None
    if raw.startswith(b"PK"):
        raise ValueError(f"{name} is a spreadsheet, no CSV: save it as “CSV UTF-8”")
    try:
        whole = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise ValueError(f"{name}, line {line}: not UTF-8; save it as “CSV UTF-8”"
                         ) from None
    if "\0" in whole:
        raise ValueError(f"{name} holds zero bytes: it is no text file, or UTF-16; "
                         "save it as “CSV UTF-8”")
    if not whole.strip():
        raise ValueError(f"{name} is empty")
    csv.field_size_limit(LIMIT)
    reader = csv.reader(io.StringIO(whole, newline=""), strict=True)
    try:
        for row in reader:
            if row:
                yield reader.line_num, row
    except csv.Error as error:
        raise ValueError(f"{name}, line {reader.line_num}: {error}; is a quote opened "
                         "and not closed, or a quote inside not doubled?") from None


def check_labelled(texts, labels, where=""):
    """Return texts and labels as lists, or say why they cannot be judged.

    Parameters
    ----------
    texts, labels : sequence of str
    where : str
        What to begin messages with: the file.

    Raises
    ------
    TypeError, ValueError
        If they are no strings, differ in number, are too few, or are of one kind.
    """
    for name, values in (("texts", texts), ("labels", labels)):
        if isinstance(values, str) or not hasattr(values, "__len__"):
            raise TypeError(f"{where}{name} must be a list of strings, got "
                            f"{type(values).__name__}")
        for k, value in enumerate(values):
            if not isinstance(value, str):
                raise TypeError(f"{where}{name} must be strings, got {value!r} at {k}"
                                + ("; labels may be words or digits in quotes"
                                   if name == "labels" else ""))
            if not value.strip():
                raise ValueError(f"{where}{name} must not be empty, got {value!r} at "
                                 f"{k}")
    texts, labels = [str(z) for z in texts], [str(z) for z in labels]
    if len(texts) != len(labels):
        raise ValueError(f"{where}texts and labels must be equally many, got "
                         f"{len(texts)} and {len(labels)}")
    counts = {z: labels.count(z) for z in sorted(set(labels))}
    alike = {}
    for kind in counts:
        other = alike.setdefault(kind.strip().lower(), kind)
        if other != kind:
            raise ValueError(f"{where}labels {other!r} and {kind!r} differ in capitals "
                             "or spaces only: write one label in one way")
    if len(texts) < LEAST:
        raise ValueError(f"{where}{len(texts)} rows; at least {LEAST} are needed for a "
                         "verdict")
    if len(counts) < 2:
        raise ValueError(f"{where}all labels are {labels[0]!r}; there must be two "
                         "kinds at least")
    if len(counts) > MOST_LABELS:
        raise ValueError(f"{where}{len(counts)} different labels; at most "
                         f"{MOST_LABELS} can be judged. Is the column the right one?")
    rare = min(counts, key=counts.get)
    if counts[rare] < LEAST_OF_EACH:
        raise ValueError(f"{where}label {rare!r} occurs {counts[rare]} times; each "
                         f"needs at least {LEAST_OF_EACH} rows")
    return texts, labels

"""Find what was handed in: a folder, a zip, or what a learning platform exports.

Known are the exports of Moodle (with or without folders), Canvas and nbgrader; else
the first folder is the student's, or the file's own name. A zip is read in memory:
nothing is unpacked, so no path in it can lead anywhere.
"""

import io
import re
import zipfile
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from lstm_helpers.teach.notebook import LARGEST

MOODLE = re.compile(r"(?P<name>.+?)_(?P<id>\d+)_assignsubmission_(?:file|onlinetext)"
                    r"_?(?P<rest>.*)")
CANVAS = re.compile(r"(?P<name>[^_/]+)_(?:LATE_)?(?P<id>\d+)_\d+_(?P<rest>.+)")
OWN = re.compile(r"(?:^|[ _\-]+)\d\d_[a-z0-9_]*[a-z0-9]", re.I)


class Handed(NamedTuple):
    """One file that was handed in.

    Attributes
    ----------
    student : str
        The name, or what the platform calls the student.
    id : str
        The platform's number of the student, or empty.
    file : str
        Where it lies.
    data : bytes
    problem : str
        Why it cannot be judged, or empty.
    """

    student: str
    id: str
    file: str
    data: bytes
    problem: str = ""


def collect(source):
    """Return everything that was handed in, by student and file.

    Parameters
    ----------
    source : str or Path
        A folder or a zip.

    Returns
    -------
    list of Handed

    Raises
    ------
    ValueError
        If it is neither, or holds no file at all.
    """
    source = Path(source)
    if source.is_dir():
        files = dict(in_folder(source))
    elif source.is_file() and zipfile.is_zipfile(source):
        files = dict(in_zip(source.read_bytes()))
    else:
        raise ValueError(f"SUBMISSIONS must be a folder or a zip, got {source}")
    if not files:
        raise ValueError(f"SUBMISSIONS must hold notebooks; {source} is empty")
    owners = owners_of(files)
    found = [Handed(*owners[path], path, *content) for path, content in files.items()]
    with_notebook = {h.student for h in found if is_notebook(h.file)}
    kept = [h if is_notebook(h.file) else h._replace(
                data=b"", problem="The file is no notebook.")
            for h in found if is_notebook(h.file) or h.student not in with_notebook]
    return sorted(kept, key=lambda h: (h.student.casefold(), h.student, h.file))


def is_notebook(path):
    """Whether a name says that the file is a notebook."""
    return path.lower().endswith(".ipynb")


def is_hidden(path):
    """Whether a file is none the student meant to hand in."""
    return any(part.startswith((".", "__MACOSX"))
               or part in ("Thumbs.db", "desktop.ini")
               for part in PurePosixPath(path).parts)


def in_folder(folder):
    """Yield path and (data, problem) of every file; zips are looked into."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if is_hidden(name) or path.is_symlink() or not path.is_file():
            continue
        if not path.resolve().is_relative_to(folder.resolve()):
            continue
        try:
            if path.stat().st_size > LARGEST * (1 + (path.suffix == ".zip")):
                yield name, (b"", "The file is too large.")
            elif path.suffix.lower() == ".zip":
                yield from inner_zip(name, path.read_bytes())
            else:
                data = path.read_bytes() if is_notebook(name) else b""
                yield name, (data, "")
        except OSError as error:
            yield name, (b"", f"The file cannot be read: {error.strerror}.")


def inner_zip(name, data):
    """Yield the files of a zip that a student handed in."""
    try:
        for inner, content in in_zip(data, depth=1):
            yield f"{name[:-4]}/{inner}", content
    except (zipfile.BadZipFile, ValueError):
        yield name, (b"", "The zip cannot be read.")


def in_zip(data, depth=0):
    """Yield path and (data, problem) of every file of a zip, one zip deep."""
    left = 4_000_000_000
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for entry in archive.infolist():
            path = PurePosixPath(entry.filename.replace("\\", "/"))
            name = "/".join(p for p in path.parts if p not in ("/", "..", "."))
            if entry.is_dir() or not name or is_hidden(name):
                continue
            inner = name.lower().endswith(".zip") and depth == 0
            if not is_notebook(name) and not inner:
                yield name, (b"", "")
                continue
            try:
                with archive.open(entry) as file:
                    content = file.read(LARGEST + 1)  # whatever its header says
            except (zipfile.BadZipFile, RuntimeError, OSError, EOFError,
                    NotImplementedError) as error:
                yield name, (b"", f"The file cannot be read: {type(error).__name__}.")
                continue
            left -= len(content)
            if len(content) > LARGEST or left < 0:
                yield name, (b"", "The file is too large.")
            elif inner:
                yield from inner_zip(name, content)
            else:
                yield name, (content, "")


def owners_of(paths):
    """Return whose each file is.

    Parameters
    ----------
    paths : iterable of str

    Returns
    -------
    dict of str to (str, str)
        Path → student and number.
    """
    parts = {path: list(PurePosixPath(path).parts) for path in paths}
    while all(len(p) > 2 for p in parts.values()) and (
            len({p[0] for p in parts.values()}) == 1):
        head = next(iter(parts.values()))[0]
        if MOODLE.match(head):
            break
        parts = {path: p[1:] for path, p in parts.items()}
        if head.lower() == "submitted":
            break
    return {path: owner(p) for path, p in parts.items()}


def owner(parts):
    """Return student and number of a file, from the parts of its path."""
    for part in parts:
        found = MOODLE.match(part)
        if found:
            return found["name"], found["id"]
    if "submitted" in parts[:-2]:  # nbgrader: submitted/student/assignment/file
        return parts[parts.index("submitted") + 1], ""
    if len(parts) > 1:
        found = CANVAS.match(parts[0] + "/")
        return (found["name"], found["id"]) if found else (parts[0], "")
    found = CANVAS.match(parts[0])
    if found:
        return found["name"], found["id"]
    stem = PurePosixPath(parts[0]).stem
    return OWN.sub("", stem).strip(" _-") or stem, ""

"""Read a handed-in notebook: its code cells, or one sentence on why it is none."""

import ast
import json
import re
from typing import NamedTuple

LARGEST = 20_000_000  # bytes


class Cell(NamedTuple):
    """A code cell.

    Attributes
    ----------
    number : int
        Its place among all cells, from 0.
    source : str
        What it holds, without what only a notebook understands; as many lines.
    body : tuple of ast.stmt
        Its statements; empty if it cannot be read.
    fault : str
        Why it cannot be read, or empty.
    """

    number: int
    source: str
    body: tuple
    fault: str


class NoNotebook(ValueError):
    """The file is none that can be judged; the message says why."""


def read(data):
    """Return the code cells of a notebook.

    Parameters
    ----------
    data : bytes
        The file.

    Returns
    -------
    list of Cell

    Raises
    ------
    NoNotebook
        The file is too large, no notebook, or of another language.
    """
    if len(data) > LARGEST:
        raise NoNotebook(f"The file has {len(data) / 1e6:.0f} MB; "
                         f"at most {LARGEST / 1e6:.0f} are read.")
    try:
        book = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise NoNotebook("The file is no notebook.") from None
    if not isinstance(book, dict):
        raise NoNotebook("The file is no notebook.")
    cells = book.get("cells")
    if cells is None and isinstance(book.get("worksheets"), list):  # before 2015
        cells = [cell for sheet in book["worksheets"] if isinstance(sheet, dict)
                 for cell in sheet.get("cells") or ()]
    if not isinstance(cells, list):
        raise NoNotebook("The file is no notebook: it has no cells.")
    refuse_other_languages(book.get("metadata"))
    found = []
    for number, cell in enumerate(cells):
        if not isinstance(cell, dict) or cell.get("cell_type") != "code":
            continue
        text = cell.get("source", cell.get("input", ""))
        if isinstance(text, list):
            text = "".join(line for line in text if isinstance(line, str))
        if isinstance(text, str) and text.strip():
            found.append(parsed(number, plain(text)))
    return found


def refuse_other_languages(metadata):
    """Raise `NoNotebook` if a notebook says that it is not written in Python 3."""
    metadata = metadata if isinstance(metadata, dict) else {}
    kernel, language = ({k: str(v) for k, v in part.items()} if isinstance(part, dict)
                        else {} for part in (metadata.get("kernelspec"),
                                             metadata.get("language_info")))
    name = language.get("name") or kernel.get("language") or "python"
    if "python" not in name.lower():
        raise NoNotebook(f"The notebook is written in {name[:30]}, not in Python.")
    if language.get("version", "").startswith("2") or kernel.get("name") == "python2":
        raise NoNotebook("The notebook is written in Python 2; Python 3 is wanted.")


def plain(text):
    """Replace what only a notebook understands, line by line."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    first, _, rest = text.lstrip("\n").partition("\n")
    if first.startswith("%%"):
        if first.split()[0] not in ("%%time", "%%timeit", "%%capture", "%%prun"):
            return "pass"
        text = "pass\n" + rest
    lines = []
    for line in text.split("\n"):
        stripped = line.lstrip()
        indent = line[: len(line) - len(stripped)]
        if re.match(r"[!?]|%[A-Za-z]", stripped) or re.fullmatch(
                r"[\w.]+\?{1,2}\s*", stripped):
            line = indent + "pass"
        else:
            line = re.sub(r"^(\s*[\w, ]+=\s*)[!%][A-Za-z].*$", r"\1None", line)
        lines.append(line)
    return "\n".join(lines)


def parsed(number, source):
    """Return a cell with its statements, or with the reason why it has none."""
    try:
        return Cell(number, source, tuple(ast.parse(source).body), "")
    except SyntaxError as error:
        lines = source.split("\n")
        line = error.lineno or 1
        text = lines[line - 1].strip()[:80] if line <= len(lines) else ""
        return Cell(number, source, (), f"line {line}: `{text}`: {error.msg}")
    except (ValueError, RecursionError, MemoryError) as error:
        return Cell(number, source, (), f"{type(error).__name__}: it cannot be read")

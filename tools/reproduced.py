"""Stamp docs/reproduced.md: figures of the literature beside what the notebooks print.

    python tools/reproduced.py           what is missing or stale; nothing is changed

`tools/launch.py` (`make links`) stamps it. Every number under "here" is cut out of the
stored output of a cell, found by words that stand in it, and leads to that cell.
"""

import re
import sys
import tomllib
from pathlib import Path

import glossary

ROOT = Path(__file__).parents[1]
HEAD = """# What others found, and what came out here

Each row is a figure of a paper, of a library or of an exercise many know. "Here" is \
stamped by `make links` from the stored outputs of the notebooks, which the tests \
compute again. Where the two differ, the notebook says what was done differently.

| | source | there | here | shown in |
|---|---|---|---|---|
"""


def rows():
    """Return reproduced.toml as a list of rows."""
    text = (ROOT / "reproduced.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)["row"]


def printed(cell):
    """Return what a cell printed."""
    return "".join("".join(output.get("text", "")) for output in cell["outputs"])


def value(row, cell):
    """Return what came out here, cut out of what the cell printed.

    Raises
    ------
    ValueError
        If the cell printed nothing of this form.
    """
    match = re.search(row["found"], printed(cell))
    if match is None:
        raise ValueError(f"notebook {row['in']}: the cell that says {row['at']!r} "
                         f"printed nothing like {row['found']!r}")
    return row["here"].format(*(" ".join(z.split()) for z in match.groups()))


def page(books=None):
    """Return the text of docs/reproduced.md.

    Raises
    ------
    ValueError
        If no cell shows a row, or not in this form.
    """
    books, lines = books or glossary.notebooks(), []
    for row in rows():
        name, cell = glossary.place(row, books)
        if cell is None:
            raise ValueError(f"no cell of notebook {row['in']} says {row['at']!r}")
        link = f"[{row['in']}](../notebooks/{name}#cell-id={cell['id']})"
        lines.append(f"| {row['what']} | {row['source']} | {row['there']} | "
                     f"{value(row, cell)} | {link} |")
    return HEAD + "\n".join(lines) + "\n"


def targets(name):
    """Return the ids of the cells of one notebook that the page leads to."""
    books = glossary.notebooks()
    found = [glossary.place(row, books) for row in rows()]
    return {cell["id"] for file, cell in found if file == name and cell}


def main():
    """Say whether the page is as it should be."""
    path = ROOT / "docs" / "reproduced.md"
    fresh = path.exists() and path.read_text(encoding="utf-8") == page()
    print("docs/reproduced.md is fresh" if fresh else "stale, run: make links")
    return 0 if fresh else 1


if __name__ == "__main__":
    sys.exit(main())

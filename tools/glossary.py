"""Stamp glossary and key takeaways into notebook 13, from one table, glossary.toml.

    python tools/glossary.py           what is missing or stale; nothing is changed

`tools/launch.py` (`make links`) stamps them. A term leads to the cell that shows it,
which is looked up by words that stand in it, so that cells may move and be renamed.
"""

import json
import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
NOTEBOOK = "13_"
WORDS = 150  # at most in a cell
KINDS = ("term", "takeaway")
ID = {"term": "gloss", "takeaway": "found"}
BOLD = re.compile(r"\*\*(.+?)\*\*", re.S)


def table():
    """Return glossary.toml as data."""
    return tomllib.loads((ROOT / "glossary.toml").read_text(encoding="utf-8"))


def notebooks():
    """Return all notebooks as data: number → (file name, cells)."""
    return {path.name[:2]: (path.name, json.loads(path.read_text("utf-8"))["cells"])
            for path in sorted((ROOT / "notebooks").glob("[0-9][0-9]_*.ipynb"))}


def said(cell):
    """Return what a cell says: its source and the text it printed."""
    printed = ["".join(output.get("text", "")) for output in cell.get("outputs", ())]
    return "".join(cell["source"]) + "\n" + "".join(printed)


def stamped(cell):
    """Whether a cell is one of ours."""
    return cell["id"].startswith(tuple(ID.values()))


def place(entry, books):
    """Return the file and the cell that show an entry; the cell None if none does."""
    if entry["in"] not in books:
        return None, None
    name, cells = books[entry["in"]]
    for cell in cells:
        if not stamped(cell) and entry["at"] in said(cell):
            return name, cell
    return name, None


def link(entry, books):
    """Return a link to the place where an entry is shown, or the number alone."""
    name, cell = place(entry, books)
    if name is None:
        return entry["in"]
    anchor = f"#cell-id={cell['id']}" if cell else ""
    return f"[{entry['in']}]({name}{anchor})"


def numbers(text):
    """Return all numbers of a sentence, as they are written; "8 units" has none."""
    return [number for number in re.findall(r"\d[\d.,/e+-]*\d|\d", text)
            if len(number) > 1]


def targets(name):
    """Return the ids of the cells of one notebook that the tables lead to."""
    books = notebooks()
    found = [place(entry, books) for kind in KINDS for entry in table()[kind]]
    return {cell["id"] for file, cell in found if file == name and cell}


def cells(kind, books):
    """Return the cells of one kind, each a table of at most so many words."""
    entries = table()[kind]
    if kind == "term":
        head = "| word | what it is | shown in |\n|---|---|---|"
        entries = sorted(entries, key=lambda entry: entry["name"].lower())
        rows = [f"| {z['name']} | {z['says']} | {link(z, books)} |" for z in entries]
    else:
        head = "| what was found | measured in |\n|---|---|"
        rows = [f"| {z['says']} | {link(z, books)} |" for z in entries]
    groups = [[]]
    for row in rows:
        if len(" ".join([*groups[-1], row]).split()) > WORDS:
            groups.append([])
        groups[-1].append(row)
    return [{"cell_type": "markdown", "id": f"{ID[kind]}{k}", "metadata": {},
             "source": "\n".join([head, *group]).splitlines(keepends=True)}
            for k, group in enumerate(groups)]


def stamp(notebook, books=None):
    """Put both tables in their places in a notebook that has cells of theirs."""
    books = books or notebooks()
    for kind in KINDS:
        old = notebook["cells"]
        at = [k for k, cell in enumerate(old) if cell["id"].startswith(ID[kind])]
        if at:
            rest = [cell for cell in old if not cell["id"].startswith(ID[kind])]
            notebook["cells"] = rest[: at[0]] + cells(kind, books) + rest[at[0] :]


def problems(books=None):
    """Return what is wrong with the table, one sentence each."""
    books, known = books or notebooks(), table()
    found = []
    for kind in KINDS:
        for entry in known[kind]:
            name, cell = place(entry, books)
            if name and cell is None:
                found.append(f"no cell of {name} says {entry['at']!r}")
            elif cell and kind == "takeaway":
                text = said(cell)
                found += [f"{name}: {number} is not printed where it says "
                          f"{entry['at']!r}" for number in numbers(entry["says"])
                          if number not in text]
    names = {name for z in known["term"]
             for name in (z["name"].lower(), *map(str.lower, z.get("also", ())))}
    for number, (name, book) in books.items():
        for term in bold(book):
            if term not in names and term not in known["emphasis"]:
                found.append(f"{name} prints {term!r} in bold, and the glossary does "
                             f"not know it (or list it under emphasis, {number})")
    return found


def bold(book):
    """Return what a notebook prints in bold and may be a term, in lower case.

    Not a term are the letters of choices, the lines of exercises, and what is a
    sentence: longer than three words, or ended by a mark.
    """
    found = []
    for cell in book:
        if cell["cell_type"] != "markdown" or stamped(cell):
            continue
        text = re.sub(r"`[^`]*`", "", "".join(cell["source"]))
        for term in BOLD.findall(text):
            short = len(term.split()) <= 3 and len(term) > 1
            if short and not re.search(r"[.?!:|$]$", term) and "·" not in term:
                found.append(" ".join(term.lower().split()))
    return found


def main():
    """Say what is wrong."""
    found = problems()
    print("\n".join(found) or "the glossary knows every word, and every link leads to "
                              "a cell")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

"""The glossary knows every bold word of all notebooks; its links lead to cells."""

import json
import re

import book
import glossary
import launch
import pytest

BOOKS = glossary.notebooks()


def test_every_bold_term_is_known_and_every_number_is_what_was_printed():
    assert glossary.problems(BOOKS) == []


def test_every_link_of_the_stamped_tables_leads_to_a_cell():
    _, cells = BOOKS["13"]
    ours = [cell for cell in cells if glossary.stamped(cell)]
    text = "\n".join("".join(cell["source"]) for cell in ours)
    links = re.findall(r"\[(\d\d)\]\((\d\d_\w+\.ipynb)#cell-id=([\w-]+)\)", text)
    wanted = [z for kind in glossary.KINDS for z in glossary.table()[kind]]
    assert len(links) == len(wanted)
    for number, file, id in links:
        assert BOOKS[number][0] == file
        assert id in {cell["id"] for cell in BOOKS[number][1]}, (file, id)


def test_words_are_sorted_each_once_and_said_in_a_sentence():
    terms = glossary.table()["term"]
    names = [z["name"].lower() for z in terms]
    assert len(set(names)) == len(names) >= 50
    for z in terms:
        assert 3 <= len(z["says"].split()) <= 25, z
        assert "|" not in z["says"] and not z["says"].endswith("."), z
    cells = glossary.cells("term", BOOKS)
    stamped = "\n".join("".join(cell["source"]) for cell in cells)
    found = re.findall(r"^\| ([^|]+) \| [^|]+ \| \[", stamped, re.M)
    assert [z.lower() for z in found] == sorted(names)


def test_cells_stay_short_and_stamping_again_changes_nothing():
    for kind in glossary.KINDS:
        for cell in glossary.cells(kind, BOOKS):
            assert len("".join(cell["source"]).split()) <= 200
    path = next(path for path in launch.paths() if path.name.startswith("13_"))
    notebook = json.loads(path.read_text(encoding="utf-8"))
    before = json.dumps(notebook)
    glossary.stamp(notebook, BOOKS)
    assert json.dumps(notebook) == before


def planted(source, output=""):
    return {"99": ("99_x.ipynb", [{
        "cell_type": "markdown", "id": "a", "source": [source],
        "outputs": [{"text": [output]}]}])}


@pytest.mark.parametrize("source, words", [
    ("A **flux capacitor** is needed.", ["flux capacitor"]),
    ("A **Flux\ncapacitor**, and a **belt**.", ["flux capacitor", "belt"]),
    ("**Drag it.** **a** **Before you run it:** `2**x + 3**x` **Exercise 1 · Do**", []),
    ("**This is a whole sentence in bold**", []),
])
def test_what_counts_as_a_term(source, words):
    assert glossary.bold(planted(source)["99"][1]) == words
    unknown = [z for z in glossary.problems(planted(source)) if "99_x" in z]
    assert len(unknown) == sum(word != "belt" for word in words)


def test_what_is_gone_is_told(monkeypatch):
    entry = {"name": "x", "says": "y", "in": "99", "at": "gone"}
    monkeypatch.setattr(glossary, "table", lambda: {
        "term": [entry],
        "takeaway": [entry | {"at": "here", "says": "2.71 and 3.14, 2 of 3."}],
        "emphasis": []})
    assert glossary.problems(planted("here", "2.71")) == [
        "no cell of 99_x.ipynb says 'gone'",
        "99_x.ipynb: 3.14 is not printed where it says 'here'"]
    assert glossary.link(entry, planted("here")) == "[99](99_x.ipynb)"
    assert glossary.link(entry, {}) == "99"


def test_every_takeaway_has_a_number_to_be_held_against():
    for entry in glossary.table()["takeaway"]:
        assert glossary.numbers(entry["says"]), entry
    assert glossary.numbers("With 0.9 after 6.6 of 853,000: 8e-05, 1e+00 and 6/6.") == [
        "0.9", "6.6", "853,000", "8e-05", "1e+00", "6/6"]


def test_a_page_of_the_site_has_the_place_and_the_link_to_it():
    path = next(path for path in launch.paths() if path.name.startswith("10_"))
    wanted = glossary.targets(path.name)
    page = "\n".join("".join(z["source"]) for z in book.notebook(path)["cells"])
    assert wanted and all(f'<span id="cell-id={id}"></span>' in page for id in wanted)
    assert book.linked("| [10](10_words.ipynb#cell-id=w004) |") == (
        '| <a href="10_words.html#cell-id=w004">10</a> |')
    assert book.linked("[10](10_words.ipynb)") == "[10](10_words.ipynb)"

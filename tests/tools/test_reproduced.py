"""The table of reproduced figures says what the notebooks print, and where."""

import copy
import re

import book
import glossary
import launch
import pytest
import reproduced

BOOKS = glossary.notebooks()


def test_the_stamped_page_is_fresh():
    path = reproduced.ROOT / "docs" / "reproduced.md"
    assert path.read_text(encoding="utf-8") == reproduced.page(BOOKS), "run: make links"


def test_every_row_has_its_source_and_leads_to_a_cell():
    for row in reproduced.rows():
        assert set(row) == {"what", "source", "there", "in", "at", "found", "here"}
        assert "|" not in row["what"] + row["source"] + row["there"] + row["here"]
    links = re.findall(r"\]\(\.\./notebooks/(\d\d)(_\w+\.ipynb)#cell-id=([\w-]+)\)",
                       reproduced.page(BOOKS))
    assert len(links) == len(reproduced.rows()) >= 15
    for number, rest, id in links:
        name, cells = BOOKS[number]
        assert name == number + rest and id in {cell["id"] for cell in cells}


def test_a_number_that_changed_is_seen_and_one_that_is_gone_is_named():
    books = copy.deepcopy(BOOKS)
    row, = (r for r in reproduced.rows() if r["there"] == "27 to 29")
    _, cell = glossary.place(row, books)
    output, = cell["outputs"]
    text = "".join(output["text"])
    output["text"] = text.replace("all three ", "all three 99.99 ± 9 was ")
    assert "| 99.99 ± 9 over ten seeds |" in reproduced.page(books)
    output["text"] = text.replace("all three ", "nothing ")
    with pytest.raises(ValueError, match="printed nothing like"):
        reproduced.page(books)
    cell["source"] = cell["outputs"] = []
    with pytest.raises(ValueError, match="no cell of notebook 09"):
        reproduced.page(books)


def test_a_page_of_the_site_has_the_places_it_leads_to():
    path = next(path for path in launch.paths() if path.name.startswith("07_"))
    wanted = reproduced.targets(path.name)
    page = "\n".join("".join(z["source"]) for z in book.notebook(path)["cells"])
    assert wanted and all(f'<span id="cell-id={id}"></span>' in page for id in wanted)
    row = "[07](../notebooks/07_remembering.ipynb#cell-id=c026)"
    assert book.linked(row) == '<a href="07_remembering.html#cell-id=c026">07</a>'

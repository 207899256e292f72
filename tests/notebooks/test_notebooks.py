"""What every stored notebook keeps to, beside what nbval compares."""

import base64
import json
import re
import struct
from pathlib import Path

import launch
import pytest

from lstm_helpers.exercises import catalogue

ROOT = Path(__file__).parents[2]

PATHS = sorted((ROOT / "notebooks").glob("*.ipynb"))
CARD = re.compile(r"\*\*Exercise (\d\d\.\d+) · (\w+) · (\d+) min( · [^*]+)?\*\*")


def cells(path, kind):
    notebook = json.loads(path.read_text(encoding="utf-8"))
    return [cell for cell in notebook["cells"] if cell["cell_type"] == kind]


def source(cell):
    return "".join(cell["source"])


def outputs(path):
    return [output for cell in cells(path, "code") for output in cell["outputs"]]


each_notebook = pytest.mark.parametrize("path", PATHS, ids=[p.stem for p in PATHS])


@each_notebook
def test_was_run_top_to_bottom_without_error(path):
    # nbval passes a cell that was never run: its count tells.
    counts = [cell["execution_count"] for cell in cells(path, "code")]
    assert counts == list(range(1, len(counts) + 1))
    assert not [o for o in outputs(path) if o["output_type"] == "error"]
    assert not [o for o in outputs(path) if o.get("name") == "stderr"]


@each_notebook
def test_metadata_and_outputs_hold_nothing_of_a_machine(path):
    notebook = json.loads(path.read_text(encoding="utf-8"))
    assert set(notebook["metadata"]) == {"kernelspec", "language_info"}
    for cell in notebook["cells"]:
        assert set(cell["metadata"]) <= {"tags", "jupyter"}
        folds = cell["metadata"].get("jupyter", {})
        assert set(folds) <= {"source_hidden", "outputs_hidden"}
    said = json.dumps([
        {kind: text for kind, text in o.get("data", {}).items() if kind != "image/png"}
        | {"text": o.get("text")}
        for o in outputs(path)
    ])
    assert not re.search(r"/(home|root|tmp|Users)/|[A-Z]:\\\\", said)


@each_notebook
def test_size_and_pictures(path):
    assert path.stat().st_size <= 1_000_000
    for output in outputs(path):
        png = output.get("data", {}).get("image/png")
        if png is None:
            continue
        raw = base64.b64decode("".join(png))
        told = output["metadata"]["image/png"]
        pixels = struct.unpack(">I", raw[16:20])[0]
        width = told.get("width", pixels)  # on the page; a sharp picture has twice that
        assert len(raw) <= 100_000, f"{len(raw)} bytes"
        assert width <= 1000, "too wide for an 800 px page"
        assert pixels <= 2 * width
        assert len(told["alt"]) >= 20


@each_notebook
def test_cells_are_short_and_leave_drawing_to_show(path):
    lengths = sorted(len(source(cell).splitlines()) for cell in cells(path, "code"))
    assert lengths[-1] <= 40 and lengths[len(lengths) // 2] <= 10
    assert not [c for c in cells(path, "code") if "plt.show(" in source(c)]
    # The stamped list of all notebooks is a list, not something to read through.
    prose = [re.sub("<!-- notebooks -->.*?<!-- end -->", "", source(c), flags=re.DOTALL)
             for c in cells(path, "markdown")]
    assert not [text for text in prose if len(text.split()) > 200]


@each_notebook
def test_set_up_and_navigation(path):
    first = source(cells(path, "code")[0])
    assert first.startswith(launch.set_up() + "\n")
    assert launch.stamped(path) == path.read_text(encoding="utf-8"), "run: make links"
    text = "\n".join(source(cell) for cell in cells(path, "markdown"))
    assert text.startswith("# ")
    assert re.search(r"^## .* · L[1-5]$", text, re.M)
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        if not target.startswith("http"):
            assert (path.parent / target).exists(), target


@each_notebook
def test_every_exercise_has_its_card_and_its_check_in_order(path):
    number = path.name[:2]
    if number not in catalogue.notebooks():
        pytest.skip(f"notebook {number} has no exercises")
    known = catalogue.exercises_of(number)
    text = "\n".join(source(cell) for cell in cells(path, "markdown"))
    found = CARD.findall(text)
    assert [card[0] for card in found] == [e.id for e in known]
    for (_, kind, minutes, _), exercise in zip(found, known, strict=True):
        assert (kind.lower(), int(minutes)) == (exercise.kind, exercise.minutes)
    code = "\n".join(source(cell) for cell in cells(path, "code"))
    checked = re.findall(r'check\(\s*"(\d\d\.\d+)"', code)
    assert checked == [e.id for e in known]
    assert f'progress("{number}")' in code
    assert len(known) >= 5


@each_notebook
def test_every_explorer_leaves_an_image(path):
    for cell in cells(path, "code"):
        if re.search(r"^widgets\.\w+\(", source(cell), re.M):
            image, = (o for o in cell["outputs"] if "image/png" in o.get("data", {}))
            assert image["metadata"]["image/png"]["width"] <= 800

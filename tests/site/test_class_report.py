"""The report of a class in Chromium: light and dark, wide and narrow, quick."""

import contextlib
import subprocess
import tarfile
import time
from pathlib import Path

import numpy as np
import pytest
from browser import lab

from lstm_helpers.exercises import catalogue
from lstm_helpers.teach import report, summary
from lstm_helpers.teach.collect import Handed

ROOT = Path(__file__).parents[2]
AXE = "axe-core-4.14.1"

pytestmark = pytest.mark.skipif(bool(lab.missing()), reason=lab.missing() or "-")


def of_class(count):
    """Draw what a class did with notebooks 02 and 05."""
    rng, graded = np.random.default_rng(0), []
    exercises = [e for n in ("02", "05") for e in catalogue.exercises_of(n)]
    for k in range(count):
        results = {}
        for e in exercises:
            place = int(rng.integers(2 * len(e.mistakes) + 4))
            result = dict(outcome="right", lines=[], attempts=1, source="mine = 1")
            if place < len(e.mistakes):
                result |= dict(outcome="mistake", mistake=place,
                               lines=[e.mistakes[place].reason])
            elif place < len(e.mistakes) + 3:
                result |= dict(outcome="differs", behaviour=f"b{place}", helped="hint",
                               lines=["`h_t` first differs at [0, 1]."])
            results[e.id] = result
        graded.append((Handed(f"Student {k}", "", f"{k}.ipynb", bytes([k % 7])), dict(
            problem="", tried=[], missing=[], exercises=results)))
    return summary.summarise(graded)


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        window = playwright.chromium.launch(executable_path=lab.chromium(),
                                            args=lab.FLAGS)
        yield window
        window.close()


@pytest.fixture(scope="module")
def axe():
    """The text of axe-core, where the tests of the site have put it, or from npm."""
    packed = ROOT / "build" / f"{AXE}.tgz"
    if not packed.exists():
        packed.parent.mkdir(exist_ok=True)
        with contextlib.suppress(OSError):
            subprocess.run(["npm", "pack", AXE.replace("core-", "core@")],
                           cwd=packed.parent, capture_output=True)
    if not packed.exists():
        pytest.skip("NO axe-core: `npm pack` found none, access is NOT tested")
    with tarfile.open(packed) as archive:
        return archive.extractfile("package/axe.min.js").read().decode()


@pytest.fixture
def opened(browser, tmp_path):
    """Give a function that opens a report; nothing may be fetched or go wrong."""
    errors, pages = [], []

    def open_report(text, width, scheme, **more):
        path = tmp_path / "report.html"
        path.write_text(text, encoding="utf-8")
        page = browser.new_page(viewport={"width": width, "height": 900},
                                color_scheme=scheme, **more)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda m: m.type == "error" and errors.append(m.text))
        page.on("request", lambda r: r.url.startswith("file:") or errors.append(r.url))
        page.goto(path.as_uri())
        pages.append(page)
        return page

    yield open_report
    for page in pages:
        page.close()
    assert errors == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_it_is_read_by_eye_keyboard_and_screen_reader(opened, width, scheme):
    page = opened(report.page(of_class(30)), width, scheme)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    first = "#heat tbody tr:first-child th"
    best = page.inner_text(first)
    page.click("#by-student")
    assert page.inner_text(first) == "Student 0"
    page.click("#by-student")
    assert page.inner_text(first) == best
    page.click("#by-exercise")
    assert page.inner_text("#heat thead th:nth-child(3) a") == "02.1"
    page.focus(".wide")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    assert page.inner_text("#said").startswith(f"{best}, 02.2 ")
    page.fill("#find", "student 7")
    assert page.locator("#heat tbody tr:visible").count() == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(opened, axe, scheme):
    page = opened(report.page(of_class(30)), 390, scheme, bypass_csp=True)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    page.evaluate(axe)
    found = page.evaluate("axe.run()")["violations"]
    assert [(v["id"], v["nodes"][0]["html"][:200]) for v in found
            if v["impact"] in ("serious", "critical")] == []


def test_eight_hundred_students_open_in_seconds(opened):
    text = report.page(of_class(800))
    began = time.perf_counter()
    page = opened(text, 1280, "light")
    page.evaluate("new Promise(done => requestAnimationFrame("
                  "() => requestAnimationFrame(done)))")
    assert time.perf_counter() - began < 10
    assert page.locator("#heat tbody tr").count() == 800

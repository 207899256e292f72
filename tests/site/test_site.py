"""The site: built by one command, opened in Chromium, its links and access checked."""

import contextlib
import html
import http.server
import json
import os
import re
import shlex
import subprocess
import sys
import tarfile
import threading
import zipfile
from functools import partial
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SITE = ROOT / "build" / "site"
LITE = SITE / "lite"
AXE = "axe-core-4.14.1"
PYODIDE = os.environ.get("LSTM_HELPERS_PYODIDE", "")
NOTEBOOKS = sorted(path.stem for path in (ROOT / "notebooks").glob("[0-9]*_*.ipynb"))
MODULES = sorted(path.relative_to(ROOT).with_suffix("").as_posix()
                 for path in (ROOT / "lstm_helpers").rglob("*.py"))
REFERENCE = [name.replace("/", ".") for name in MODULES
             if not re.search(r"/(nb\d|answers|__init__)", name)]
DOCS = sorted(path.stem for path in (ROOT / "docs").glob("*.md"))
PAGES = ["index", "reference", "fast", "contributing", *DOCS, *NOTEBOOKS,
         *(f"api/{name}" for name in REFERENCE)]

sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tools")]

import website  # noqa: E402
from browser.lab import FLAGS, chromium, missing  # noqa: E402

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing() or "-")


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def address():
    """Build the site and serve it; give its address."""
    flags = ["--pyodide", PYODIDE] if PYODIDE else []
    done = subprocess.run([sys.executable, ROOT / "tools" / "website.py", *flags],
                          capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "no broken link inside" in done.stdout
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(Quiet, directory=SITE))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        window = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield window
        window.close()


@pytest.fixture
def page(browser, address):
    """A page that notes what it asked for elsewhere, and what its console says."""
    page = browser.new_page(viewport={"width": 900, "height": 900})
    page.elsewhere, page.errors = [], []

    def local_only(route):
        url = route.request.url
        if url.startswith((address, "data:", "blob:")):
            route.continue_()
        else:
            page.elsewhere.append(url)
            route.abort()

    page.route("**/*", local_only)
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    page.on("console", lambda m: page.errors.append(f"{m.text} {m.location['url']}")
            if m.type == "error" else None)
    yield page
    page.close()


@pytest.fixture(scope="module")
def axe():
    """The text of axe-core, from the npm registry, kept in build/."""
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


def test_every_notebook_and_module_is_in_the_browser_edition(address):
    files = LITE / "files"
    stored = {path.stem for path in (files / "notebooks").glob("*.ipynb")}
    assert stored == set(NOTEBOOKS)
    for name in MODULES:
        assert (files / f"{name}.py").read_bytes() == (ROOT / f"{name}.py").read_bytes()
    listed = json.loads((LITE / "api/contents/notebooks/all.json").read_text("utf-8"))
    assert {Path(item["name"]).stem for item in listed["content"]} == stored


def test_notebooks_there_differ_by_the_line_that_installs(address):
    for name in NOTEBOOKS:
        here = (ROOT / "notebooks" / f"{name}.ipynb").read_text("utf-8")
        there = (LITE / "files" / "notebooks" / f"{name}.ipynb").read_text("utf-8")
        pairs = zip(json.loads(here)["cells"], json.loads(there)["cells"], strict=True)
        changed = [(a, b) for a, b in pairs if a != b]
        assert len(changed) == 2
        before, after = ("".join(cell["source"]) for cell in changed[0])
        assert before != after and before == after.replace(f" {website.WAIT}", "")
        a, b = ("".join(cell["source"]) for cell in changed[1])
        line, _, rest = b.partition("\n")
        assert rest == a and line.startswith("%pip install -q ")
        # Every word behind it is taken for a package, and has to be in this index.
        index = json.loads((LITE / "pypi" / "all.json").read_text("utf-8"))
        known = {name.replace("_", "-").lower() for name in index}
        asked = shlex.split(line.removeprefix("%pip"))  # as the browser's kernel does
        assert asked[:2] == ["install", "-q"] and set(asked[2:]) <= known, line


def test_the_wheels_are_there_and_hold_the_package(address):
    index = json.loads((LITE / "pypi" / "all.json").read_text("utf-8"))
    assert {"lstm-helpers", "ipywidgets", "comm", "jupyterlab-widgets"} <= {
        name.replace("_", "-") for name in index}
    wheel, = (LITE / "pypi").glob("lstm_helpers-*.whl")
    held = set(zipfile.ZipFile(wheel).namelist())
    assert {f"{name}.py" for name in MODULES} <= held
    assert "lstm_helpers/figures/style.mplstyle" in held


@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_without_error_or_foreign_request(page, address, axe, name):
    long = name in NOTEBOOKS or name == "index"
    for width in (1280, 390) if long else (390,):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"{address}/{name}.html")
        assert page.errors == [] and page.elsewhere == []
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{wide} px wide at {width}"
        assert page.evaluate(
            "[...document.images].filter(i => i.alt.length < 12).map(i => i.src)") == []
        assert page.evaluate("document.querySelectorAll('merror').length") == 0
        page.evaluate(axe)
        found = page.evaluate("axe.run()")["violations"]
        bad = [(v["id"], v["impact"], v["nodes"][0]["html"][:200]) for v in found
               if v["impact"] in ("serious", "critical")]
        assert bad == [], width
    if name in NOTEBOOKS:  # no equation is left as TeX, but in code
        said = page.evaluate("[...document.querySelectorAll('article p, article li')]"
                             ".map(e => e.innerText).join(' ')")
        assert not re.search(r"\$[^$]*\\[a-z]+[^$]*\$", said)
        assert page.evaluate(
            "document.querySelector('meta[name=description]').content.length") > 40


def test_no_solution_is_on_a_page(address):
    """The reference is made from docstrings; the data of the exercises stays out."""
    assert not list((SITE / "api").glob("*nb0*")) and not (SITE / "_modules").exists()
    index = (SITE / "searchindex.js").read_text("utf-8")
    assert "exercises.notebooks" not in index


def test_search_finds_a_function_and_a_word(page, address):
    for word, where in (("lstm_step", "api/lstm_helpers.cells.html"),
                        ("softmax", "10_words.html"), ("peephole", ".html")):
        page.goto(f"{address}/search.html?q={word}")
        page.locator("#search-results li a").first.wait_for()
        found = page.evaluate("[...document.querySelectorAll('#search-results li a')]"
                              ".map(a => a.href)")
        assert any(where in link for link in found), (word, found[:8])
    assert page.elsewhere == []


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_page_shows_every_picture_of_its_notebook(address, name):
    cells = json.loads((ROOT / "notebooks" / f"{name}.ipynb").read_text("utf-8"))
    alts = [output["metadata"]["image/png"]["alt"] for cell in cells["cells"]
            for output in cell.get("outputs", ()) if "image/png" in output.get(
                "data", {})]
    text = (SITE / f"{name}.html").read_text("utf-8")
    shown = [html.unescape(alt) for alt in re.findall(r'<img [^>]*alt="([^"]*)"', text)]
    assert shown == alts
    live = re.findall(r"Open this explorer live", text)
    explorers = sum(bool(re.search(r"^widgets\.\w+\(", "".join(cell["source"]), re.M))
                    for cell in cells["cells"])
    assert len(live) == explorers


def test_the_lab_opens_a_notebook_without_an_error_of_ours(page, address):
    page.goto(f"{address}/lite/lab/index.html?path=notebooks/{NOTEBOOKS[0]}.ipynb")
    page.get_by_role("heading", name="Am I ready?").wait_for(timeout=60000)
    page.locator(".jp-CodeCell").first.wait_for()
    assert "%pip install" in page.locator(".jp-CodeCell").first.inner_text()
    page.wait_for_timeout(1500)
    assert page.evaluate("Boolean(window.jupyterapp)")
    assert [error for error in page.errors if "cdn.jsdelivr.net" not in error] == []
    hosts = {url.split("/")[2] for url in page.elsewhere}
    assert hosts <= {"cdn.jsdelivr.net"}, hosts  # where Pyodide is served from


RUN_ALL = """async () => {
  const app = window.jupyterapp, opened = app.shell.currentWidget;
  await opened.context.ready;
  await opened.sessionContext.ready;
  await app.commands.execute('notebook:run-all-cells');
  return opened.content.widgets.filter(cell => cell.model.type == 'code').map(
    cell => [cell.model.executionCount, cell.model.outputs.toJSON().filter(
      o => o.output_type == 'error').map(o => o.ename + ': ' + o.evalue)]);
}"""


@pytest.mark.skipif(not PYODIDE, reason="NO PYODIDE: no notebook is run in the browser "
                    "edition; set LSTM_HELPERS_PYODIDE to a copy of it")
@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_runs_in_the_browser_edition(page, address, name):
    page.set_default_timeout(300_000)
    page.goto(f"{address}/lite/lab/index.html?path=notebooks/{name}.ipynb")
    page.wait_for_function("window.jupyterapp?.shell.currentWidget?.context?.path"
                           f" == 'notebooks/{name}.ipynb'")
    counts, errors = zip(*page.evaluate(RUN_ALL), strict=True)
    assert not any(errors), errors
    assert counts == tuple(range(1, len(counts) + 1))
    assert page.elsewhere == []


def test_a_click_leads_from_page_to_page(page, address):
    page.goto(address)
    page.get_by_role("link", name="Start here", exact=True).click()
    for name in NOTEBOOKS[1:]:
        page.locator("a.right-next").click()
        page.wait_for_url(f"**/{name}.html")
    page.get_by_role("link", name="in this browser").first.click()
    page.wait_for_url("**/lite/lab/**")

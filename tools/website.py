"""Build the site: the series to read, and to run in the browser, in build/site.

    python tools/website.py
    python -m http.server --directory build/site      then open http://localhost:8000

The pages are a book made by Sphinx, and fetch nothing from elsewhere. The browser
edition is JupyterLite: Python itself, NumPy and Matplotlib come from Pyodide's own
server when a notebook is run, unless a copy is named: --pyodide FILE_OR_ADDRESS.
"""

import argparse
import html
import json
import re
import shutil
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path
from urllib.parse import unquote

import book
import launch

ROOT = Path(__file__).parents[1]
BUILD = ROOT / "build"
SITE = BUILD / "site"
LITE = BUILD / "lite"  # what JupyterLite is given
# The packages a notebook needs that Pyodide does not have.
WHEELS = ("comm", "ipywidgets", "jupyterlab_widgets")
WAIT = ("The first cell takes about half a minute here, while Python itself comes into "
        "this page; as long as it runs, `[*]` stands beside it.")
# A comment behind it would be taken for the names of packages.
INSTALL = "%pip install -q ipywidgets lstm-helpers"


def run(*command, cwd=None):
    """Run a command; show what it said only if it failed."""
    done = subprocess.run([sys.executable, "-m", *map(str, command)], cwd=cwd,
                          capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}")


def wheels():
    """Put the wheels of the package and its widgets where JupyterLite indexes them."""
    source = BUILD / "package"
    shutil.copytree(ROOT / "lstm_helpers", source / "lstm_helpers",
                    ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    run("pip", "wheel", "-q", "--no-deps", "-w", LITE / "pypi", source)
    run("pip", "download", "-q", "--no-deps", "-d", LITE / "pypi",
        *(f"{name}=={version(name)}" for name in WHEELS))


def contents():
    """Copy the notebooks, each with a line that installs the package in the page."""
    place = LITE / "contents"
    shutil.copytree(ROOT / "lstm_helpers", place / "lstm_helpers",
                    ignore=shutil.ignore_patterns("__pycache__"))
    (place / "notebooks").mkdir()
    for path in launch.paths():
        notebook = launch.read(path)
        head = notebook["cells"][0]
        launch.set_source(head, launch.source(head).replace(
            launch.RUN, f"{launch.RUN} {WAIT}"))
        first = next(c for c in notebook["cells"] if c["cell_type"] == "code")
        launch.set_source(first, INSTALL + "\n" + launch.source(first))
        text = json.dumps(notebook, indent=1, ensure_ascii=False)
        (place / "notebooks" / path.name).write_text(text + "\n", encoding="utf-8")


def browser_edition(pyodide=""):
    """Build JupyterLite with the notebooks, the package and the wheels."""
    wheels()
    contents()
    (LITE / "jupyter-lite.json").write_text(json.dumps({
        "jupyter-lite-schema-version": 0,
        "jupyter-config-data": {"appName": "Understanding the LSTM",
                                "defaultKernelName": "python",
                                "exposeAppInBrowser": True},  # for tests/site
    }))
    more = ["--pyodide", pyodide] if pyodide else []
    run("jupyter", "lite", "build", "--lite-dir", LITE, "--output-dir", SITE / "lite",
        "--contents", LITE / "contents", "--apps", "lab", "--no-sourcemaps", *more,
        cwd=LITE)


def readable_pages():
    """Make a book of notebooks, reference and docs; say what Sphinx warned of."""
    folder = BUILD / "book"
    pages = book.stage(folder)
    with (folder / "conf.py").open("a", encoding="utf-8") as conf:
        home = launch.addresses()["Repository"] if book.is_known() else ""
        conf.write(f"series_pages = {pages!r}\nseries_home = {home!r}\n"
                   f"release = {version('lstm-helpers')!r}\n")
    done = subprocess.run([sys.executable, "-m", "sphinx", "-q", "-j", "2", "-d",
                           BUILD / "doctrees", folder, SITE],
                          capture_output=True, text=True, cwd=ROOT)
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    print(done.stderr, end="")


def broken_links(site=SITE):
    """Return every link of a page to a file of the site, or a part, that is not there.

    Returns
    -------
    list of str
        Each is a page and a link.
    """
    names = [*site.glob("*.html"), *(site / "api").rglob("*.html")]
    texts = {page.resolve(): page.read_text(encoding="utf-8") for page in names}
    parts = {page: set(re.findall(r'\bid="([^"]*)"', text))
             for page, text in texts.items()}
    found = []
    for page, text in texts.items():
        for link in re.findall(r'(?:href|src)="([^"]*)"', text):
            link = html.unescape(link)
            if re.match(r"[a-z]+:", link):
                continue
            path, _, part = link.partition("#")
            path, _, query = path.partition("?")
            target = (page.parent / path).resolve() if path else page
            inside = re.match(r"path=(.+)", query)
            there = target.is_file()
            if part and target in parts:
                there = there and unquote(part) in parts[target]
            if inside:
                there = there and (site / "lite" / "files" / inside[1]).is_file()
            if not there:
                found.append(f"{page.relative_to(site.resolve())}: {link}")
    return found


def main():
    """Build everything anew and say how large it is."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pyodide", default="", help="a copy of Pyodide to include")
    options = parser.parse_args()
    start = time.perf_counter()
    for folder in (SITE, LITE, *(BUILD / z for z in ("package", "book", "doctrees"))):
        shutil.rmtree(folder, ignore_errors=True)
    (LITE / "pypi").mkdir(parents=True)
    readable_pages()
    browser_edition(options.pyodide)
    files = [path for path in SITE.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files) / 1e6
    print(f"build/site: {len(files)} files, {size:.1f} MB, "
          f"{time.perf_counter() - start:.0f} s")
    broken = broken_links()
    print("\n".join(broken) or "no broken link inside")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())

"""Stage the pages of the book: notebooks, their index, the reference, docs.

Sphinx (docs/site/conf.py) turns what is staged into pages. A notebook keeps its name:
its page is 01_rnn_equation.html.
"""

import ast
import json
import re
import shutil
from pathlib import Path

import address
import glossary
import launch
import reproduced

ROOT = Path(__file__).parents[1]
SECRET = re.compile(r"nb\d|answers")  # tells solutions
LEVELS = {"L1": "for everyone", "L2": "a first course", "L3": "with measurements",
          "L4": "with derivations", "L5": "research"}
PARTS = (("The path", range(10)), ("Where it leads", range(10, 99)))


def modules():
    """Return the modules that get a page of reference: all that tell no solution."""
    found = sorted((ROOT / "lstm_helpers").rglob("*.py"))
    return [path for path in found if not SECRET.match(path.name)
            and path.name != "__init__.py"]


def dotted(path):
    """Return a module's name from its file."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def is_known():
    """Whether it is known where the series lives, so that links there are right."""
    return address.known(launch.addresses())


def target(link):
    """Return where a link of a notebook or a page leads in the book; "" for nowhere."""
    if re.match(r"[a-z]+:|#|lite/", link):
        return link
    path, _, anchor = link.removeprefix("../").partition("#")
    path = path.removeprefix("notebooks/").removeprefix("docs/")
    anchor = f"#{anchor}" if anchor else ""
    if path.endswith(".ipynb") or (ROOT / "docs" / path).is_file():
        return path + anchor
    if path in ("CONTRIBUTING.md", "lstm_helpers/fast/README.md"):
        return {"C": "contributing.md", "l": "fast.md"}[path[0]]
    file = ROOT / path
    if file in modules():
        return f"api/{dotted(file)}.rst"
    if is_known():
        home = launch.addresses()["Repository"]
        return f"{home}/blob/{launch.BRANCH}/{path}"
    return ""


def linked(text):
    """Return Markdown whose links lead to pages of the book."""
    def change(match):
        where = target(match[2])
        page, _, cell_id = where.partition("#cell-id=")
        if cell_id:  # a place that no heading marks: see `notebook`
            page = page.removesuffix(".ipynb")
            return f'<a href="{page}.html#cell-id={cell_id}">{match[1]}</a>'
        return f"[{match[1]}]({where})" if where else match[1]

    return re.sub(r"(?<!!)\[([^\]]*)\]\(([^)\s]+)\)", change, text)


def run_line(name):
    """Return the line that says where a notebook can be run."""
    places = {"in this browser": f"lite/lab/index.html?path=notebooks/{name}"}
    if is_known():
        others = launch.places(name)
        places |= {key: others[key] for key in ("Binder", "Colab", "CoCalc")
                   if key in others}
    links = " · ".join(f'<a href="{url}">{place}</a>' for place, url in places.items())
    return f'<p class="run-line">Run this notebook {links}</p>'


def cell(kind, text):
    """Return a new cell of a staged notebook."""
    made = {"cell_type": kind, "metadata": {}, "source": text, "id": "staged"}
    return made


def notebook(path):
    """Return a notebook as it is staged: links, folds, explorers that can be opened."""
    data = launch.read(path)
    marked = glossary.targets(path.name) | reproduced.targets(path.name)
    cells, title = [], launch.question(data)
    for z in data["cells"]:
        folds = z["metadata"].get("jupyter", {})
        z["metadata"] = {"tags": [tag for tag, key in (
            ("hide-input", "source_hidden"), ("hide-output", "outputs_hidden"))
            if folds.get(key)]}
        text = launch.source(z)
        if z["cell_type"] == "markdown":
            z["source"] = linked(text)
        if z["id"] in marked and cells:
            cells.append(cell("markdown", f'<span id="cell-id={z["id"]}"></span>'))
        for output in z.get("outputs", ()):
            html = output.get("data", {}).get("text/html")
            if html:  # in a stored page a card reports nothing new
                output["data"]["text/html"] = "".join(html).replace('role="status" ',
                                                                    "")
        cells.append(z)
        explorer = re.search(r"^widgets\.(\w+)\(", text, re.M)
        if z["cell_type"] == "code" and explorer:
            cells.append(cell("markdown", (
                f'<p class="run-line"><a href="lite/lab/index.html?path=notebooks/'
                f'{path.name}">Open this explorer live</a>: here it shows how it '
                "begins.</p>")))
    head = cells[0]["source"].split("\n\n")
    rest = [part for part in head[1:] if not launch.SHARED.match(part)]
    cells[0]["source"] = "\n\n".join([f"# {path.name[:2]} · {title}",
                                      run_line(path.name), *rest])
    set_up = next(z for z in cells if z["cell_type"] == "code")
    set_up["metadata"]["tags"] = ["hide-input"]
    for k, z in enumerate(cells):
        z["id"] = f"c{k}"
    return data | {"cells": cells}


def card(path):
    """Return the card of a notebook on the first page."""
    data, told = launch.read(path), launch.series()[path.name[:2]]
    _, alt = launch.first_picture(data)
    said, *more = alt.split(". ")
    while more and len(said) < 30:
        said += ". " + more.pop(0)
    return (f":::{{grid-item-card}} {path.name[:2]} · {launch.question(data)}\n"
            f":link: {path.stem}\n:link-type: doc\n"
            f":img-top: _static/first/{path.name[:2]}.png\n"
            f":img-alt: {said.rstrip('.')}\n\n"
            f"{told['minutes']} minutes · {launch.exercises(data)} exercises · "
            f"{told['level']}, {LEVELS[told['level']]}\n:::\n")


def first_page(pages):
    """Return the first page: what it is, where to begin, a card a notebook."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    intro = readme.partition("<!-- launch -->")[0]
    intro = intro.replace("](docs/", "](_static/")
    inside = f"lite/lab/index.html?path=notebooks/{launch.START}"
    stem = launch.START.removesuffix(".ipynb")
    start = (f'<p><a class="start" href="{stem}.html">Start here</a>'
             f'<a class="start other" href="{inside}">Run it in this browser</a>'
             '<a class="start other" href="#for-teachers">For teachers</a></p>\n\n'
             "Every page can be read as it is. To move the sliders and do the "
             "exercises, run a notebook: in this browser, where nothing has to be "
             "installed and what you change stays, or "
             "[on your own computer](#on-your-own-computer).\n")
    teachers = re.search(r"## For teachers\n(.*?)(?=\n## )", readme, re.S)[0]
    local = re.search(r"## Start\n(.*?)(?=\n## )", readme, re.S)[0]
    local = local.replace("## Start", "## On your own computer")
    parts = [intro, start]
    for name, numbers in PARTS:
        cards = [card(path) for path in launch.paths() if int(path.name[:2]) in numbers]
        parts += [f"## {name}\n", "::::{grid} 1 2 2 3\n:gutter: 2\n", *cards, "::::\n"]
    parts += [linked(local), linked(teachers), "```{toctree}\n:hidden:\n",
              "\n".join(page for _, group in pages for page, _ in group
                        if page != "index"), "\n```\n"]
    return "\n".join(parts)


def reference(stage):
    """Write a page for each module, and one that lists them."""
    (stage / "api").mkdir()
    rows = ["# The package\n", "What the notebooks import, from its docstrings; the "
            "answers to the exercises are left out.\n", "| module | |", "|---|---|"]
    for path in modules():
        name = dotted(path)
        said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
        first = said.splitlines()[0].replace("|", "\\|") if said else ""
        rows.append(f"| [{name.removeprefix('lstm_helpers.')}](api/{name}.rst) | "
                    f"{first} |")
        title = name.removeprefix("lstm_helpers.").replace("_", "\\_")
        (stage / "api" / f"{name}.rst").write_text(
            f":orphan:\n\n{title}\n{'=' * len(title)}\n\n.. automodule:: {name}\n",
            encoding="utf-8")
    (stage / "reference.md").write_text("\n".join(rows) + "\n", encoding="utf-8")


def stage(folder):
    """Write all that Sphinx reads into a folder.

    Returns
    -------
    list of (str, list of (str, str))
        The parts of the side bar: pages and their labels.
    """
    shutil.copytree(ROOT / "docs" / "site", folder,
                    ignore=shutil.ignore_patterns("__pycache__"))
    for path in (ROOT / "docs").glob("*.png"):
        shutil.copy(path, folder / "_static")
    (folder / "_static" / "first").mkdir()
    pages = []
    for name, numbers in PARTS:
        group = []
        for path in launch.paths():
            if int(path.name[:2]) not in numbers:
                continue
            staged = json.dumps(notebook(path))
            (folder / path.name).write_text(staged, encoding="utf-8")
            png, _ = launch.first_picture(launch.read(path))
            (folder / "_static" / "first" / f"{path.name[:2]}.png").write_bytes(png)
            group.append((path.stem, f"{path.name[:2]} {launch.short(path)}"))
        pages.append((name, group))
    more = []
    for path in sorted((ROOT / "docs").glob("*.md")):
        text = path.read_text(encoding="utf-8")
        (folder / path.name).write_text(linked(text), encoding="utf-8")
        more.append((path.stem, text.splitlines()[0].removeprefix("# ")))
    for path, name in ((ROOT / "lstm_helpers/fast/README.md", "fast"),
                       (ROOT / "CONTRIBUTING.md", "contributing")):
        text = path.read_text(encoding="utf-8")
        (folder / f"{name}.md").write_text(linked(text), encoding="utf-8")
        more.append((name, text.splitlines()[0].removeprefix("# ")))
    reference(folder)
    pages = [("", [("index", "All notebooks")]), *pages,
             ("More", [*more, ("reference", "The package")])]
    (folder / "index.md").write_text(first_page(pages), encoding="utf-8")
    return pages

"""Stamp what every notebook shares: set-up lines, way on, launch links, contents.

Into notebook 13 go the glossary and the key takeaways, see glossary.py; docs/
reproduced.md is stamped too, see reproduced.py.

    python tools/launch.py            stamp all notebooks and the README
    python tools/launch.py --check    say what would change, change nothing
    python tools/launch.py --address https://github.com/you/lstm

The last sets where the series lives, once and for all places: [project.urls] in
pyproject.toml. As long as that says OWNER/REPO, the first also takes the address of the
repository's own remote, if that is a public code host (tools/address.py); and where no
address is known, no link that needs one is shown. Stored outputs and execution counts
are left as they are.
"""

import argparse
import base64
import io
import json
import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

import address  # noqa: E402
import glossary  # noqa: E402
import reproduced  # noqa: E402

BRANCH = address.BRANCH
SET_UP = "import sys\n\nsys.path.append"
START = "00_start_here.ipynb"
TABLE = re.compile(r"(<!-- notebooks -->\n).*?(<!-- end -->)", re.S)
LINKS = re.compile(r"(<!-- launch -->\n).*?(<!-- end -->)", re.S)
RUN = ("Run the cells from the first on, with Shift+Enter. A `NameError` means that "
       "one further up was skipped.")
UNKNOWN = ("The links that open the series in Binder, Colab, CoCalc and the browser "
           "stand here as soon as this copy has an address.")
SHARED = re.compile(r"\[← |\[?contents\b|\[next: |Open it in( \[|$)|Run the cells ")


def addresses():
    """Return [project.urls]: "Repository", and "Site" if there is one."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)["project"]["urls"]


def set_up():
    """Return the lines every notebook begins with."""
    home = addresses()["Repository"]
    return f"""\
import sys

sys.path.append("..")  # the package lies beside this folder
try:
    import lstm_helpers
except ImportError:  # Colab, or this notebook alone
    %pip install -q git+{home}"""


def places(name):
    """Return where a notebook can be opened: name of the place → address."""
    return address.places(addresses(), name)


def paths():
    """Return the notebooks in order."""
    return sorted((ROOT / "notebooks").glob("[0-9][0-9]_*.ipynb"))


def source(cell):
    """Return a cell's text."""
    return "".join(cell["source"])


def read(path):
    """Return a notebook as data."""
    return json.loads(path.read_text(encoding="utf-8"))


def question(notebook):
    """Return the title of a notebook, its first heading."""
    return source(notebook["cells"][0]).splitlines()[0].removeprefix("# ")


def short(path):
    """Return the short title of a notebook."""
    return series()[path.name[:2]]["short"]


def way_on(path):
    """Return the line that leads to the notebook before, the contents and the next."""
    row = paths()
    k = row.index(path)
    contents = f"[contents]({START})"
    before = [f"[← {short(row[k - 1])}]({row[k - 1].name})"] if k else []
    after = [f"[next: {short(row[k + 1])} →]({row[k + 1].name})"] if (
        k + 1 < len(row)) else []
    middle = [contents] if path.name != START else []
    return " · ".join(before + middle + after)


def launch_line(name):
    """Return the line of links that open a notebook elsewhere; "" if none is known."""
    if not places(name):
        return ""
    links = [f"[{place}]({url})" for place, url in places(name).items()]
    return "Open it in " + " · ".join(links)


def series():
    """Return what series.toml says of each notebook, by its number: "00" → dict."""
    text = (ROOT / "series.toml").read_text(encoding="utf-8")
    return {entry["number"]: entry for entry in tomllib.loads(text)["notebook"]}


def exercises(notebook):
    """Return how many exercises a notebook has."""
    text = "\n".join(source(cell) for cell in notebook["cells"])
    return len(re.findall(r"^\*\*Exercise \d\d\.\d+ · ", text, re.M))


def table(folder="", pictures=""):
    """Return the table of notebooks in Markdown, links relative to a place.

    Parameters
    ----------
    folder : str
        What to write before a notebook's name.
    pictures : str
        Folder of the small pictures; empty for none.

    Returns
    -------
    str
    """
    head = ["", "", "minutes", "exercises"]
    rows = [head, ["---", "---", "--:", "--:"]]
    for path in paths():
        notebook = read(path)
        number = path.name[:2]
        row = [number, f"[{question(notebook)}]({folder}{path.name})",
               str(series()[number]["minutes"]), str(exercises(notebook))]
        if pictures:
            _, alt = first_picture(notebook)
            start = alt.split(". ")[0].rstrip(".")
            row[0] = f"![{number}: {start}]({pictures}{number}.png)" if alt else ""
            row[1] = f"{number} {row[1]}"
        rows.append(row)
    return "\n".join("| " + " | ".join(row) + " |" for row in rows) + "\n"


def first_picture(notebook):
    """Return the first picture of a notebook and its alt text; empty, if none."""
    for cell in notebook["cells"]:
        for output in cell.get("outputs", ()):
            if "image/png" in output.get("data", {}):
                png = base64.b64decode("".join(output["data"]["image/png"]))
                return png, output["metadata"]["image/png"]["alt"]
    return b"", ""


def small(png, width=200, height=110):
    """Return a picture small enough for a table, in few colours."""
    from PIL import Image

    image = Image.open(io.BytesIO(png)).convert("RGB")
    image.thumbnail((width, height), Image.Resampling.LANCZOS)
    page = Image.new("RGB", (width, height), "white")
    page.paste(image, ((width - image.width) // 2, (height - image.height) // 2))
    data = io.BytesIO()
    page.quantize(32).save(data, "PNG", optimize=True)
    return data.getvalue()


def stamped(path):
    """Return the text of a notebook with all that is shared in it."""
    notebook = read(path)
    head, *_ = (c for c in notebook["cells"] if c["cell_type"] == "markdown")
    code, *_ = (c for c in notebook["cells"] if c["cell_type"] == "code")
    set_source(head, with_links(source(head), path))
    set_source(code, with_set_up(source(code)))
    if path.name.startswith(glossary.NOTEBOOK):
        glossary.stamp(notebook)
    if path.name == START:
        for cell in notebook["cells"]:
            set_source(cell, TABLE.sub(lambda m: m[1] + "\n" + table() + m[2],
                                       source(cell)))
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"


def set_source(cell, text):
    """Put a text into a cell, in lines, as notebooks are stored."""
    cell["source"] = text.splitlines(keepends=True)


def with_links(text, path):
    """Put the way on and the launch links below the title."""
    title, *rest = text.split("\n\n")
    while rest and SHARED.match(rest[0]):
        rest.pop(0)
    shared = way_on(path), launch_line(path.name), RUN
    return "\n\n".join([title, *filter(None, shared), *rest])


def with_set_up(text):
    """Replace the set-up lines of a first code cell; add them if there are none."""
    if text.startswith(SET_UP):
        rest = text[text.index("%pip"):].partition("\n")[2]
    elif text.startswith("import importlib.util as find"):
        rest = text.split("\n", 3)[3]
    else:
        rest = "\n" + text
    return set_up() + "\n" + rest


def wanted():
    """Return every file that is stamped: path → bytes."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    contents = table("notebooks/", "docs/pictures/")
    readme = TABLE.sub(lambda m: m[1] + "\n" + contents + "\n" + m[2], readme)
    links = launch_line(START) or UNKNOWN
    readme = LINKS.sub(lambda m: m[1] + links + "\n" + m[2], readme)
    files = {ROOT / "README.md": readme.encode()}
    for path in paths():
        files[path] = stamped(path).encode()
        png, _ = first_picture(read(path))
        if png:
            files[ROOT / "docs" / "pictures" / f"{path.name[:2]}.png"] = small(png)
    try:
        files[ROOT / "docs" / "reproduced.md"] = reproduced.page().encode()
    except ValueError as error:  # the page stays as it is, and a test says why
        print(f"reproduced.toml: {error}")
    return files


def same(path, data):
    """Whether a file holds this already; a picture, whether it looks the same."""
    if not path.exists():
        return False
    old = path.read_bytes()
    if path.suffix != ".png" or old == data:
        return old == data
    from PIL import Image, ImageChops

    a, b = (Image.open(io.BytesIO(p)).convert("RGB") for p in (old, data))
    return a.size == b.size and max(
        high for _, high in ImageChops.difference(a, b).getextrema()) < 48


def set_address(where, site=True):
    """Write where the series lives, and whether it has a site, into pyproject.toml."""
    urls = address.urls(where)
    path = ROOT / "pyproject.toml"
    text = path.read_text(encoding="utf-8")
    new = f'Repository = "{urls["Repository"]}"\n'
    if site and "Site" in urls:
        new += f'Site = "{urls["Site"]}"\n'
    text = re.sub(r'^Repository = ".*"\n(Site = ".*"\n)?', new, text, flags=re.M)
    path.write_text(text, encoding="utf-8", newline="\n")


def main():
    """Stamp, or say what would be stamped."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--address", help="where the series lives")
    parser.add_argument("--no-site", action="store_true", help="it has no site (yet)")
    options = parser.parse_args()
    if options.address:
        set_address(options.address, site=not options.no_site)
    elif not options.check and not address.known(addresses()):
        where = address.remote(ROOT)
        if where:  # whether it has a site cannot be seen from here
            set_address(where, site=False)
    stale = {path: data for path, data in wanted().items() if not same(path, data)}
    for path, data in stale.items():
        print("stale" if options.check else "stamped", path.relative_to(ROOT))
        if not options.check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    return 1 if options.check and stale else 0


if __name__ == "__main__":
    sys.exit(main())

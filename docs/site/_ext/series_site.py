"""What the book needs beyond Sphinx: MathML, alt texts, descriptions, the side bar."""

import base64
import hashlib
import html
import json
import re
from pathlib import Path

import latex2mathml.converter
from docutils import nodes

ALT = {}
# What folds say: the first of a notebook, then code, what it prints, and both.
SHOW, HIDE = "Show the set-up", "Hide the set-up"
WORDS = {"Show code cell source": "Show the code",
         "Hide code cell source": "Hide the code",
         "Show code cell output": "What comes out? Guess, then look",
         "Hide code cell output": "What comes out",
         "Show code cell content": "Show the cell",
         "Hide code cell content": "Hide the cell"}


def inline(self, node):
    """Write an equation within a line."""
    self.body.append(latex2mathml.converter.convert(node.astext().strip(),
                                                    display="inline"))
    raise nodes.SkipNode


def block(self, node):
    """Write an equation on a line of its own; what is too wide can be scrolled."""
    self.body.append(
        '<div class="math" role="group" aria-label="equation" tabindex="0">'
        + latex2mathml.converter.convert(node.astext().strip(), display="block")
        + "</div>")
    raise nodes.SkipNode


def read_alts(app):
    """Note the alt text of every stored picture, by the name myst-nb gives its file."""
    for path in Path(app.srcdir).glob("*.ipynb"):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            for output in cell.get("outputs", ()):
                if "image/png" in output.get("data", {}):
                    png = base64.b64decode("".join(output["data"]["image/png"]))
                    told = output["metadata"]["image/png"]
                    size = [told.get(key, int.from_bytes(png[at:at + 4]))
                            for key, at in (("width", 16), ("height", 20))]
                    ALT[hashlib.sha256(png).hexdigest()] = told["alt"], *size


def put_alts(app, doctree):
    """Give alt texts and sizes back to the pictures, and the words to the search."""
    for image in list(doctree.findall(nodes.image)):
        found = re.search(r"([0-9a-f]{64})\.png", image["uri"])
        if found and found[1] in ALT:
            alt, width, height = ALT[found[1]]
            image["alt"], image["width"], image["height"] = alt, f"{width}", f"{height}"
            if width > 420:  # wider than a phone
                image["classes"].append("wide")
            words = nodes.raw("", f"<span hidden>{html.escape(alt)}</span>",
                              format="html")
            image.parent.insert(image.parent.index(image) + 1, words)
            if width > 560:
                image["classes"].append("wide")
            words = nodes.raw("", f"<span hidden>{html.escape(alt)}</span>",
                              format="html")
            image.parent.insert(image.parent.index(image) + 1, words)


def page(app, name, template, context, doctree):
    """Mend what the theme leaves; describe the page; tell the side bar its pages."""
    body = context.get("body", "")
    body = body.replace('<summary aria-label="Toggle hidden content">', "<summary>")
    # A table is wider than a phone: it scrolls, by key too.
    body = re.sub(r'<div class="pst-scrollable-table-container">',
                  '<div class="pst-scrollable-table-container" role="group" '
                  'aria-label="table" tabindex="0">', body)
    body = body.replace("Show code cell source", SHOW, 1).replace(
        "Hide code cell source", HIDE, 1)
    for old, new in WORDS.items():
        body = body.replace(old, new)
    context["body"] = body
    prose = re.findall(r"<p>(.*?)</p>", body, flags=re.S)
    plain = [" ".join(re.sub(r"<[^>]+>", "", text).split()) for text in prose]
    said = next((text for text in plain if 60 <= len(text) and "·" not in text), "")
    if said:
        said = said if len(said) < 200 else said[:199].rsplit(" ", 1)[0] + " …"
        context["metatags"] = context.get("metatags", "") + "".join(
            f'<meta {key} content="{html.escape(html.unescape(value))}">'
            for key, value in (('name="description"', said),
                               ('property="og:title"', context.get("title", "")),
                               ('property="og:description"', said)))
    context["series"] = app.config.series_pages
    context["series_home"] = app.config.series_home


def setup(app):
    """Register all of it with Sphinx."""
    app.add_config_value("series_pages", [], "env")
    app.add_config_value("series_home", "", "html")
    app.add_html_math_renderer("mathml", (inline, None), (block, None))
    app.connect("builder-inited", read_alts)
    app.connect("doctree-read", put_alts)
    app.connect("html-page-context", page)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

"""Turn notebooks and modules into plain web pages: no script, nothing fetched.

Equations become MathML, pictures files with their alt text, links to notebooks and
modules links to their pages.
"""

import base64
import html
import json
import re
from pathlib import Path
from typing import ClassVar

import latex2mathml.converter
from nbconvert.filters import ansi2html, strip_ansi
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer
from pygments.style import Style
from pygments.token import Comment, Keyword, Name, Number, Operator, String, Token

PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="{up}page.css">
</head>
<body>
<a class="skip" href="#main">Skip to the text</a>
<header><nav aria-label="Site"><a href="{up}index.html">Understanding the LSTM</a>
{links}</nav></header>
<main id="main">
{body}
</main>
</body>
</html>
"""

CSS = """\
body { margin: 0; font: 17px/1.6 system-ui, "Segoe UI", "DejaVu Sans", sans-serif;
  color: #1a1a1a; background: #fff; }
header { border-bottom: 1px solid #ccc; padding: .6rem 1rem; }
header a { margin-right: 1.2rem; }
main { max-width: 820px; margin: 0 auto; padding: 1rem; }
.wide { max-width: 960px; }
h1 { line-height: 1.2; } h2 { margin-top: 2.4rem; }
a { color: #00508f; } a:focus, [tabindex]:focus { outline: 3px solid #d55e00; }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: .5rem; background: #fff; padding: .3rem; }
pre { overflow-x: auto; padding: .6rem .8rem; margin: .6rem 0; line-height: 1.45;
  font-size: .84rem; font-family: "DejaVu Sans Mono", Consolas, Menlo, monospace; }
pre.code { background: #f5f5f5; border-left: 3px solid #999; }
pre.said { border-left: 3px solid #ddd; }
code { font-family: "DejaVu Sans Mono", Consolas, Menlo, monospace; font-size: .88em; }
p code, li code, td code { background: #f2f2f2; padding: 0 .2em; }
img { max-width: 100%; height: auto; }
.unit { white-space: nowrap; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; margin: 1rem 0; }
th, td { padding: .3rem .7rem; border-bottom: 1px solid #ddd; text-align: left; }
math { font-size: 1.08em; }
math[display="block"] { margin: 1rem 0; overflow-x: auto; }
"""


class Colours(Style):
    """Code in few colours, each at least 4.5 : 1 on the grey of a cell."""

    styles: ClassVar = {
        Token: "#1a1a1a", Keyword: "bold #00508f", Name.Builtin: "#00508f",
        Name.Function: "#6a1b9a", Number: "#0b6b3a", Operator: "#1a1a1a",
        String: "#9a3412", Comment: "italic #595959"}


FORMAT = HtmlFormatter(nowrap=True, style=Colours)
# Names, signs and spaces have no colour of their own and need no tag.
PLAIN = re.compile(r'<span class="(?:n|nn|nc|o|p|w)">([^<]*)</span>')


class Renderer(IPythonRenderer):
    """Markdown to HTML, equations to MathML."""

    def block_math(self, body):
        """Return an equation on a line of its own."""
        return latex2mathml.converter.convert(body.strip(), display="block")

    def inline_math(self, body):
        """Return an equation within a line."""
        return latex2mathml.converter.convert(body.strip(), display="inline")


def markdown(text):
    """Return Markdown as HTML, its links turned to pages of the site."""
    renderer = Renderer(escape=False, exclude_anchor_links=True)
    body = MarkdownWithMath(renderer=renderer).render(text)
    body = re.sub(r'(<math [^>]*display="inline"(?:(?!</math>).)*</math>)([.,;:?)]+)',
                  r'<span class="unit">\1\2</span>', body, flags=re.S)
    body = re.sub(r"<table>.*?</table>", lambda m: scrolling("div", m[0], "table"),
                  body, flags=re.S)
    return re.sub(r'href="([^"]+)"', lambda m: f'href="{target(m[1])}"', body)


def target(link):
    """Return where a link of a notebook leads on the site."""
    if re.match(r"[a-z]+:|#|lite/", link):
        return link
    link = re.sub(r"^notebooks/", "", link)
    link = re.sub(r"\.ipynb(?=#|$)", ".html", link)
    if link.endswith(".py"):
        link = "source/" + link.removeprefix("../").removesuffix(".py") + ".html"
    return link


def scrolling(tag, inside, label, style="scroll"):
    """Wrap what may be wider than the page, so that a keyboard can scroll it too."""
    return (f'<{tag} class="{style}" role="group" aria-label="{label}" tabindex="0">'
            f"{inside}</{tag}>")


def code(text):
    """Return Python in colours."""
    coloured = highlight(text, PythonLexer(stripnl=False), FORMAT).rstrip("\n")
    coloured = PLAIN.sub(r"\1", coloured)
    return scrolling("pre", f"<code>{coloured}</code>", "code", "code")


def picture(output, path, site):
    """Store a picture beside the pages and return its tag."""
    png = base64.b64decode("".join(output["data"]["image/png"]))
    path = site / path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(png)
    alt = output["metadata"]["image/png"]["alt"]
    width, height = (int.from_bytes(png[k:k + 4]) for k in (16, 20))
    return (f'<p><img src="{path.relative_to(site).as_posix()}" width="{width}" '
            f'height="{height}" alt="{html.escape(alt)}"></p>')


def result(output, name, site):
    """Return one output of a cell as HTML."""
    if output["output_type"] == "stream":
        said = html.escape("".join(output["text"]).rstrip("\n"))
        return scrolling("pre", said, "output", "said")
    if output["output_type"] == "error":
        said = str(ansi2html("\n".join(output["traceback"])))
        return scrolling("pre", said, "error", "said")
    data = output["data"]
    if "image/png" in data:
        return picture(output, f"pictures/{name}.png", site)
    if "text/html" in data:
        # In a stored page a card reports nothing new; a list of them needs no status.
        return "".join(data["text/html"]).replace('role="status" ', "")
    if "image/svg+xml" in data:
        return "".join(data["image/svg+xml"])
    said = html.escape(strip_ansi("".join(data.get("text/plain", ""))))
    return scrolling("pre", said, "output", "said")


def notebook_page(path, site, links=""):
    """Write the page of one notebook.

    Parameters
    ----------
    path : Path
        The notebook.
    site : Path
        Folder of the site.
    links : str
        HTML for the head of the page.
    """
    notebook = json.loads(path.read_text(encoding="utf-8"))
    parts, pictures = [], 0
    for cell in notebook["cells"]:
        text = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            parts.append(markdown(text))
            continue
        parts.append(code(text))
        for output in cell.get("outputs", ()):
            pictures += 1
            parts.append(result(output, f"{path.stem[:2]}_{pictures}", site))
    title = "".join(notebook["cells"][0]["source"]).splitlines()[0].removeprefix("# ")
    write(site / f"{path.stem}.html", title, "\n".join(parts), links)


def module_page(path, root, site):
    """Write the page of one module of the package: its source, to be read."""
    name = path.relative_to(root).as_posix()
    depth = "../" * (1 + name.count("/"))
    body = f"<h1>{name}</h1>\n" + code(path.read_text(encoding="utf-8"))
    write((site / "source" / name).with_suffix(".html"), name, body, up=depth)


def write(path, title, body, links="", up=""):
    """Write one page."""
    path.parent.mkdir(parents=True, exist_ok=True)
    page = PAGE.format(title=html.escape(title), body=body, links=links, up=up)
    path.write_text(page, encoding="utf-8")


def style_sheet(site):
    """Write the look of all pages."""
    text = CSS + HtmlFormatter(style=Colours).get_style_defs("pre.code")
    Path(site / "page.css").write_text(text, encoding="utf-8")

"""Show a judgement: a small card in a notebook, plain lines in a terminal."""

import html
import re
import sys

# One sign, one word and one colour an outcome; the edge in that colour stands out from
# a light page and a dark one (3 : 1 at least), words take the page's own colours.
FACES = {
    "right": ("✓", "right", "#12805C"),
    "not attempted": ("○", "not attempted", "#767676"),
    "not possible here": ("○", "not possible here", "#767676"),
    "note": ("→", "", "#1F7DB8"),
}
WRONG = ("✗", "not yet", "#C8501E")
# JupyterLab's colour, else that of the site, else a light page's.
PAPER = "var(--jp-layout-color1,var(--pst-color-background,#FFF))"
INK = "var(--jp-content-font-color1,var(--pst-color-text-base,#111))"
SHEET = "var(--jp-layout-color2,var(--pst-color-surface,#F5F5F5))"


class Card:
    """A heading, lines of text and perhaps code; shows itself as HTML or as text.

    Parameters
    ----------
    title : str
    lines : sequence of str
        `code` stands in backticks.
    face : str
        An outcome of `words.Verdict`, or "note".
    code : str
        Shown as it is, below the lines.
    after : sequence of str
        Lines below the code.
    folds : sequence of (str, str)
        Headings and texts that HTML hides until one clicks; text leaves them out.
    """

    def __init__(self, title, lines, face="note", code="", after=(), folds=()):
        self.title = title
        self.lines = tuple(lines)
        self.face = FACES.get(face, WRONG)
        self.code = code
        self.after = tuple(after)
        self.folds = tuple(folds)

    @property
    def heading(self):
        """The first line: sign, title, outcome."""
        sign, word, _ = self.face
        return " ".join([sign, *([word, "·"] if word else []), self.title])

    def __repr__(self):
        code = ["  " + line for line in self.code.splitlines()]
        body = [*self.lines, *code, *self.after]
        return "\n".join([self.heading, *(f"  {line}" for line in body)])

    def _repr_html_(self):
        colour = self.face[2]
        parts = [f"<strong>{html.escape(self.heading)}</strong>"]
        parts += [f"<div>{inline(line)}</div>" for line in self.lines]
        if self.code:
            parts.append(f'<pre style="margin:6px 0;padding:8px;background:{SHEET};'
                         f'color:{INK};overflow-x:auto">{html.escape(self.code)}</pre>')
        parts += [f"<div>{inline(line)}</div>" for line in self.after]
        parts += [f'<details><summary style="cursor:pointer">{html.escape(heading)}'
                  f"</summary>{inline(text)}</details>" for heading, text in self.folds]
        return (f'<div role="status" style="border-left:4px solid {colour};'
                "padding:6px 12px;margin:4px 0;max-width:720px;line-height:1.5;"
                f'background:{PAPER};color:{INK}">{"".join(parts)}</div>')


def inline(text):
    """Escape a line and set what stands in backticks as code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(text, quote=False))


def show(card):
    """Display a card in a notebook or in IPython, print it elsewhere."""
    ipython = sys.modules.get("IPython")
    if ipython is not None and ipython.get_ipython() is not None:
        ipython.display.display(card)
    else:
        print(card)

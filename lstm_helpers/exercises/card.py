"""Show a judgement: a small card in a notebook, plain lines in a terminal."""

import html
import re
import sys

# One sign, one word and one colour an outcome, dark enough to read on white (4.5 : 1).
FACES = {
    "right": ("✓", "right", "#006B4E"),
    "not attempted": ("○", "not attempted", "#595959"),
    "note": ("→", "", "#00558A"),
}
WRONG = ("✗", "not yet", "#A84300")


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
    picture : str
        HTML in the place of `code`, where HTML is shown.
    """

    def __init__(self, title, lines, face="note", code="", after=(), folds=(),
                 picture=""):
        self.title = title
        self.lines = tuple(lines)
        self.face = FACES.get(face, WRONG)
        self.code = code
        self.after = tuple(after)
        self.folds = tuple(folds)
        self.picture = picture

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
        parts = [f'<strong style="color:{colour}">{html.escape(self.heading)}</strong>']
        parts += [f"<div>{inline(line)}</div>" for line in self.lines]
        if self.picture:
            parts.append(self.picture)
        elif self.code:
            parts.append('<pre style="margin:6px 0;padding:8px;background:#F5F5F5;'
                         f'color:#111;overflow-x:auto">{html.escape(self.code)}</pre>')
        parts += [f"<div>{inline(line)}</div>" for line in self.after]
        parts += [f'<details><summary style="cursor:pointer">{html.escape(heading)}'
                  f"</summary>{inline(text)}</details>" for heading, text in self.folds]
        return (f'<div role="status" style="border-left:4px solid {colour};'
                "padding:6px 12px;margin:4px 0;max-width:720px;line-height:1.5;"
                f'background:#FFF;color:#111">{"".join(parts)}</div>')


def inline(text):
    """Escape a line and set what stands in backticks as code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(text, quote=False))


def squares(rows):
    """Draw a row of squares a notebook: which exercises are done, tried, open.

    Parameters
    ----------
    rows : dict of str to list of (str, str or None)
        For each notebook: title and status ("right", "tried" or None) of its exercises.

    Returns
    -------
    str
        An SVG picture.
    """
    marks = {"right": ("#006B4E", "#FFF", "✓"), "tried": ("#FFF", "#A84300", "✗"),
             None: ("#FFF", "#595959", "")}
    parts, width = [], 52 + 24 * max(map(len, rows.values()), default=0)
    for y, (notebook, exercises) in enumerate(rows.items()):
        parts.append(f'<text x="0" y="{26 * y + 17}" font-size="14">{notebook}</text>')
        for x, (title, status) in enumerate(exercises):
            fill, ink, sign = marks[status]
            edge = fill if status == "right" else ink
            parts.append(
                f'<g transform="translate({36 + 24 * x},{26 * y + 2})"><title>'
                f"{html.escape(title)}</title>"
                f'<rect width="19" height="19" rx="3" fill="{fill}" stroke="{edge}"/>'
                f'<text x="9.5" y="15" font-size="13" text-anchor="middle" '
                f'fill="{ink}">{sign}</text></g>')
    return (f'<svg role="img" aria-label="a square for every exercise" width="{width}" '
            f'height="{26 * len(rows)}" style="max-width:100%">{"".join(parts)}</svg>')


def show(card):
    """Display a card in a notebook or in IPython, print it elsewhere."""
    ipython = sys.modules.get("IPython")
    if ipython is not None and ipython.get_ipython() is not None:
        ipython.display.display(card)
    else:
        print(card)

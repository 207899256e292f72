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
    """A heading, lines of text and perhaps code; shows itself as HTML or as text."""

    def __init__(self, title, lines, face="note", code="", after=()):
        self.title = title
        self.lines = tuple(lines)
        self.face = FACES.get(face, WRONG)
        self.code = code
        self.after = tuple(after)

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
        if self.code:
            parts.append('<pre style="margin:6px 0;padding:8px;background:#F5F5F5;'
                         f'color:#111;overflow-x:auto">{html.escape(self.code)}</pre>')
        parts += [f"<div>{inline(line)}</div>" for line in self.after]
        return (f'<div role="status" style="border-left:4px solid {colour};'
                "padding:6px 12px;margin:4px 0;max-width:720px;line-height:1.5;"
                f'background:#FFF;color:#111">{"".join(parts)}</div>')


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

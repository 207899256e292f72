"""What a page should show: the same explorer, kept in the process of the tests.

A mirror is made by the call that stands in the notebook. It follows the page: when a
slider was moved there, its control takes the value of the handle. All else, the other
controls, the words, every line and number of the picture, comes from Python.
"""

import base64
import contextlib
import os
import sys
from html.parser import HTMLParser
from unittest import mock

import ipywidgets
import matplotlib
import matplotlib.pyplot as plt
from IPython.core.inputtransformer2 import TransformerManager

from lstm_helpers import widgets
from lstm_helpers.widgets.svg import number

# What is painted in an explorer, a line for each control, element, text and image.
READ = """async root => {
  const lines = [], all = name => [...root.querySelectorAll(name)];
  for (const z of all('.widget-slider'))
    lines.push(z.querySelector('.widget-label').textContent + ': '
               + z.querySelector('.widget-readout').textContent);
  for (const z of all('.widget-dropdown'))
    lines.push(z.querySelector('.widget-label').textContent + ': '
               + z.querySelector('select').selectedOptions[0].textContent
                 .replaceAll('\u00a0', ' '));
  for (const z of all('.jupyter-button'))
    lines.push(z.textContent + (z.disabled ? ' (off)' : ''));
  for (const z of all('.widget-html-content')) {
    const walker = document.createTreeWalker(z, 5);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (node.nodeType == 3) { lines.push(node.data); continue; }
      const said = [...node.attributes].map(
        a => `${a.name.toLowerCase()}="${a.value}"`).sort().join(' ');
      lines.push(`<${node.localName.toLowerCase()} ${said}`.trim() + '>');
    }
  }
  for (const z of all('img.widget-image')) {
    const bytes = new Uint8Array(await (await fetch(z.src)).arrayBuffer());
    lines.push(btoa(bytes.reduce((text, k) => text + String.fromCharCode(k), '')));
  }
  return lines;
}"""


class _Lines(HTMLParser):
    """Writes HTML as `READ` does."""

    def __init__(self):
        super().__init__()
        self.lines, self.open = [], False

    def handle_starttag(self, tag, attributes):
        said = sorted(f'{name}="{value}"' for name, value in attributes)
        self.lines.append(f"<{' '.join([tag, *said])}>")
        self.open = False

    def handle_endtag(self, tag):
        self.open = False

    def handle_data(self, data):
        if self.open:
            self.lines[-1] += data
        else:
            self.lines.append(data)
        self.open = True


def html_lines(text):
    parser = _Lines()
    parser.feed(text)
    parser.close()
    return parser.lines


def inside(widget):
    """Return all widgets in a widget, in the order of the page."""
    found = [widget]
    for child in getattr(widget, "children", ()):
        found += inside(child)
    return found


def make(call, cells, record):
    """Make an explorer by its call, after the cells it takes its arrays from.

    Parameters
    ----------
    call : str
    cells : list of str
        The code above it.
    record : path
        Where exercises in those cells note their progress.
    """
    names = {"widgets": widgets}
    if not call.endswith("()"):
        matplotlib.use("agg")
        with (plt.rc_context(), mock.patch.object(sys, "path", sys.path[:]),
              mock.patch.dict(os.environ, LSTM_HELPERS_PROGRESS=str(record)),
              open(os.devnull, "w") as nowhere, contextlib.redirect_stdout(nowhere)):
            for source in cells:
                exec(TransformerManager().transform_cell(source), names)
        plt.close("all")
    return eval(call, names)


class Mirror:
    """An explorer in Python, and what a page of it has to show."""

    def __init__(self, explorer):
        self.explorer = explorer
        self.all = inside(explorer)
        self.sliders = self._of(ipywidgets.IntSlider, ipywidgets.FloatSlider)
        self.lists = self._of(ipywidgets.Dropdown)
        self.buttons = self._of(ipywidgets.Button, ipywidgets.ToggleButton)

    def _of(self, *kinds):
        return {z.description: z for z in self.all if isinstance(z, kinds)}

    def press(self, name):
        """Click a button."""
        button = self.buttons[name]
        if isinstance(button, ipywidgets.Button):
            button.click()
        else:
            button.value = not button.value

    def set(self, name, value):
        """Set a slider."""
        slider = self.sliders[name]
        whole = isinstance(slider, ipywidgets.IntSlider)
        slider.value = round(value) if whole else value

    def html(self):
        """Return everything but controls and images, as it stands in Python."""
        return " ".join(z.value for z in self.all if isinstance(z, ipywidgets.HTML))

    def lines(self):
        """Return what `READ` should find."""
        lines = []
        for name, z in self.sliders.items():
            digits = (0 if isinstance(z, ipywidgets.IntSlider)
                      else int(z.readout_format.strip(".f")))
            lines.append(f"{name}: {number(z.value, digits)}")
        lines += [f"{name}: {z.value}" for name, z in self.lists.items()]
        lines += [z.description + (" (off)" if z.disabled else "")
                  for z in self.buttons.values()]
        for z in self.all:
            if isinstance(z, ipywidgets.HTML):
                lines += html_lines(z.value)
        lines += [base64.b64encode(z.value).decode() for z in self.all
                  if isinstance(z, ipywidgets.Image)]
        return lines

    def painted(self):
        """Return the lines of words and pictures only."""
        return self.lines()[len(self.sliders) + len(self.lists) + len(self.buttons):]

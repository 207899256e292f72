"""What every explorer is made of: labelled sliders, a picture, a sentence about it.

No `Output` and nothing beyond ipywidgets: the picture is an HTML widget whose value is
an SVG string, or an Image. Both work in every place where notebooks are opened.
"""

import base64
import contextlib
import html
import os
import re

import ipywidgets
import traitlets

from lstm_helpers.widgets import page

PLAIN = "Run this cell: the sliders appear here."
# Asked for by tools/notebooks.py, which stores an image of how an explorer opens.
PICTURE = "application/vnd.lstm-helpers.picture+json"
NARROW = "300px"  # a control is at least so wide: two side by side on an 800 px page

# The page knows what it sent. Unless told so, ipywidgets sends it back first, and the
# picture waits.
class _WholeSlider(ipywidgets.IntSlider):
    value = traitlets.CInt(0).tag(sync=True, echo_update=False)


class _Slider(ipywidgets.FloatSlider):
    value = traitlets.CFloat(0.0).tag(sync=True, echo_update=False)


def slider(label, value, low, high, step=0.1, colour=None, **options):
    """Make a slider that sends its value while it is dragged.

    Parameters
    ----------
    label : str
        What is written at its left and read aloud.
    value, low, high, step : float or int
        Whole numbers make a slider of whole numbers.
    colour : str, optional
        Of the handle.
    **options
        For the slider of ipywidgets.

    Returns
    -------
    ipywidgets.IntSlider or ipywidgets.FloatSlider
    """
    whole = all(isinstance(z, int) for z in (value, low, high, step))
    kind = _WholeSlider if whole else _Slider
    made = kind(value=value, min=low, max=high, step=step, description=label, **options)
    made.style.description_width = "94px"
    if colour:
        made.style.handle_color = colour
    made.layout = _stretched(NARROW, "440px")
    return made


def _stretched(least, most):
    """Return the layout of a control that grows with the page: a long track is fine."""
    return ipywidgets.Layout(flex=f"1 1 {least}", width="auto", max_width=most,
                             margin="0 8px 0 0")


def choice(label, options, value=None, width=NARROW):
    """Make a drop-down list.

    Parameters
    ----------
    label : str
    options : sequence of str
    value : str, optional
        The first option if left out.
    width : str

    Returns
    -------
    ipywidgets.Dropdown
    """
    made = ipywidgets.Dropdown(options=list(options), description=label,
                               value=value if value is not None else options[0])
    made.style.description_width = "94px"
    made.layout = _stretched(width, width)
    return made


def _own_width():
    return ipywidgets.Layout(width="auto", align_self="flex-start")


def button(label):
    """Make a button wide enough for its label."""
    return ipywidgets.Button(description=label, layout=_own_width())


def row(*children, columns=None):
    """Put widgets side by side, a new line after `columns` sliders or at the edge."""
    widest = f"{columns * 450}px" if columns else None
    return ipywidgets.Box(children, layout=ipywidgets.Layout(
        display="flex", flex_flow="row wrap", align_items="center", width="100%",
        max_width=widest))


def column(*children):
    """Put sliders below one another; two columns in a `row` stand side by side."""
    return ipywidgets.Box(children, layout=ipywidgets.Layout(
        display="flex", flex_flow="row wrap", flex=f"1 1 {NARROW}", max_width="450px"))


def fold(label, *children):
    """Make a button that shows and hides widgets; an Accordion takes no keys.

    The page tells a screen reader of its state, by ▸ and ▾.

    Returns
    -------
    ipywidgets.VBox
        ``.children[0]`` is the button.
    """
    toggle = ipywidgets.ToggleButton(value=False, description=f"▸ {label}",
                                     layout=_own_width())
    inside = ipywidgets.VBox(children)

    def turn(change=None):
        toggle.description = f"{'▾' if toggle.value else '▸'} {label}"
        inside.layout.display = None if toggle.value else "none"

    toggle.observe(turn, "value")
    turn()
    return ipywidgets.VBox([toggle, inside])


def _part(name, *children):
    box = ipywidgets.VBox(children)
    box.add_class(f"lstm-{name}")
    return box


class Explorer(ipywidgets.VBox):
    """Controls, a picture of what they do, and a sentence that says it in words.

    On a wide page the controls stand beside the picture (`page.STYLE`). A subclass
    makes its controls, calls this, and says in `draw` what they lead to.

    Parameters
    ----------
    above, below : list of Widget
        What stands over and under the picture. A change of anything in them that has a
        value draws the picture anew.
    lines : int
        Room for the sentence, so that nothing jumps when it grows.
    alt : str
        What a picture that is an image shows; an SVG string says so itself.
    """

    def __init__(self, above=(), below=(), lines=2, alt=""):
        self.picture = self.make_picture()
        self.words = ipywidgets.HTML(layout=ipywidgets.Layout(
            min_height=f"{1.45 * lines:.2f}em", max_width="740px"))
        self.words.add_class("lstm-words")
        self._quiet = False
        self.alt = alt
        parts = [_part("above", *above), _part("shown", self.picture, self.words),
                 _part("below", *below)]
        super().__init__([_part("body", *(z for z in parts if z.children)),
                          ipywidgets.HTML(page.lines(alt))])
        self.add_class("lstm-explorer")
        for control in controls(*above, *below):
            control.observe(self.redraw, "value")
        self.redraw()

    def make_picture(self):
        """Return the widget that holds the picture."""
        return ipywidgets.HTML(layout=ipywidgets.Layout(overflow="auto hidden"))

    def draw(self):
        """Return the picture (for an HTML widget, an SVG string) and the sentence."""
        raise NotImplementedError

    def redraw(self, change=None):
        """Draw for the values the controls have now."""
        if not self._quiet:
            self.picture.value, self.words.value = self.draw()

    @contextlib.contextmanager
    def together(self):
        """Change several controls and draw once: ``with self.together(): ...``."""
        before, self._quiet = self._quiet, True
        try:
            yield
        finally:
            self._quiet = before
        self.redraw()

    def _repr_mimebundle_(self, **kwargs):
        """Show the widget, and in a stored notebook a sentence that never varies."""
        bundle = super()._repr_mimebundle_(**kwargs)
        data = bundle[0] if isinstance(bundle, tuple) else bundle
        data["text/plain"] = PLAIN
        if os.environ.get("LSTM_HELPERS_PICTURES"):
            data[PICTURE] = self.still()
        return bundle

    def still(self):
        """Return how it looks now: an SVG string or a PNG in base64, and its words."""
        if isinstance(self.picture, ipywidgets.Image):
            png = base64.b64encode(self.picture.value).decode()
            return {"png": png, "width": int(self.picture.width),
                    "alt": f"{self.alt} {plain(self.words.value)}".strip()}
        svg = self.picture.value
        title = re.search("<title>(.*?)</title>", svg)
        return {"svg": svg, "alt": html.unescape(title[1]) if title else self.alt}


def plain(text):
    """Return the words of a piece of HTML."""
    return " ".join(html.unescape(re.sub("<[^>]*>", " ", text)).split())


def controls(*widgets):
    """Return all sliders and lists in `widgets`, however deep."""
    found = []
    for widget in widgets:
        if isinstance(widget, ipywidgets.Box):
            found += controls(*widget.children)
        elif isinstance(widget, ipywidgets.ToggleButton | ipywidgets.HTML
                        | ipywidgets.Image):
            continue
        elif widget.has_trait("value"):
            found.append(widget)
    return found

"""Pictures of numbers. Functions take and return an Axes; only `show` displays.

One table of colours for the whole series: a gate has the same colour in every figure,
diagram and widget (Okabe and Ito's colours, told apart by colour-blind readers too; o,
c and x a shade darker, so that every line has 3 to 1 on white and on a cell's grey).
"""

import base64
import io
import sys
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from PIL import Image

SHEET = Path(__file__).with_name("style.mplstyle")
COLOURS = {
    "i": "#0072B2",
    "f": "#D55E00",
    "g": "#009E73",
    "o": "#C06A99",
    "c": "#BB8100",
    "h": "#000000",
    "x": "#3A93CA",
    "truth": "#767676",
    "wrong": "#A84300",
}
# Words in the colour of a gate or state: a darker shade, one can read it on white.
INKS = {
    "i": "#0068A3",
    "f": "#AD4C00",
    "g": "#00745A",
    "o": "#A1457A",
    "c": "#8A5F00",
    "h": "#000000",
    "x": "#1F6F9F",
}
# Colour is never the only sign: each gate has its own line style as well.
LINES = {"i": "-", "f": "--", "g": "-.", "o": ":", "c": "-", "h": "-", "x": "-"}
NAMES = {"i": "input gate i", "f": "forget gate f", "g": "candidate g",
         "o": "output gate o", "c": "cell state c", "h": "hidden state h"}


def use_style():
    """Give every figure that follows the look of the series."""
    plt.style.use(SHEET)


def show(ax, alt):
    """Display the figure of `ax` with a text for those who cannot see it, and close it.

    Parameters
    ----------
    ax : Axes, Figure or array of Axes
    alt : str
        What the picture shows, in a sentence or two.
    """
    if not isinstance(alt, str) or len(alt) < 20:
        raise ValueError(f"alt must say in a sentence what is to be seen, got {alt!r}")
    figure = np.ravel(ax)[0]
    figure = figure if hasattr(figure, "savefig") else figure.figure
    ipython = sys.modules.get("IPython")
    if ipython is None or ipython.get_ipython() is None:
        plt.show()
        return
    png, width, height = sharp(figure)
    plt.close(figure)
    ipython.display.display(
        {"image/png": base64.b64encode(png).decode(), "text/plain": alt},
        metadata={"image/png": {"alt": alt, "width": width, "height": height}},
        raw=True,
    )


def sharp(figure):
    """Return a figure with two pixels for each of the page's, and its size there.

    Parameters
    ----------
    figure : Figure

    Returns
    -------
    bytes
        A PNG of at most 256 colours: half as large as one of them all.
    int, int
        Width and height on the page.
    """
    data = io.BytesIO()
    figure.savefig(data, format="png", dpi=2 * plt.rcParams["savefig.dpi"],
                   metadata={"Software": None})
    image = Image.open(data).convert("RGB")
    png = io.BytesIO()
    image.quantize(256, dither=Image.Dither.NONE).save(png, "PNG", optimize=True)
    return png.getvalue(), round(image.width / 2), round(image.height / 2)


def axes(ax=None):
    """Return `ax`, or a new Axes where there is none."""
    return plt.subplots()[1] if ax is None else ax

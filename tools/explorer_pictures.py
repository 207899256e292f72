"""Turn an explorer as it opens into an image, for those who only read the notebook.

In a stored notebook no sliders run. JupyterLab strips SVG from a notebook that is not
trusted, and a code host strips more: an image is what all of them show. `notebooks.py`
asks every explorer for its picture (`widgets.core.PICTURE`) and Chromium paints it.
"""

import io
import sys
from pathlib import Path

from PIL import Image

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "browser"))

import lab

SCALE = 1.4  # image pixels a pixel of the page, up to 1000 wide: sharp on fine screens
PAGE = """<!doctype html><meta charset="utf-8">
<style>body {{ margin: 0; background: white }} #picture {{ display: inline-block }}
svg {{ width: {width}px !important; min-width: 0 !important }}</style>
<div id="picture">{svg}</div>"""


def paint(svgs):
    """Return PNG images of SVG strings, as Chromium draws them.

    Parameters
    ----------
    svgs : list of str
        Each begins with ``<svg viewBox="0 0 width height"``.

    Returns
    -------
    list of (bytes, int)
        A PNG and the width in pixels at which a page shows it; empty without Chromium.
    """
    if lab.missing():
        return []
    from playwright.sync_api import sync_playwright

    painted = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=lab.chromium(),
                                             args=lab.FLAGS)
        for svg in svgs:
            width = int(float(svg.partition('viewBox="0 0 ')[2].split()[0]))
            page = browser.new_page(viewport={"width": width, "height": 100},
                                    device_scale_factor=min(SCALE, 998 / width))
            page.set_content(PAGE.format(svg=svg, width=width))
            painted.append((small(page.locator("#picture").screenshot()), width))
            page.close()
        browser.close()
    return painted


def small(png):
    """Return a picture in as many colours as keep it below 100 kB."""
    image = Image.open(io.BytesIO(png)).convert("RGB")
    data = io.BytesIO()
    image.quantize(96, dither=Image.Dither.NONE).save(data, "PNG", optimize=True)
    return data.getvalue()

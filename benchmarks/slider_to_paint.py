"""Time from a key on a slider to the painted answer, in JupyterLab in Chromium.

``python -m benchmarks.slider_to_paint`` prints a table: every explorer, and in the same
run `interact` with ``plt.show``. Median and p90 over 30 steps each. Beside each stands
a bare slider whose kernel answers with the number it got, moved in turn with the
explorer: the way to the kernel and back, which no picture can undercut. Each has a
notebook of its own, as in the series: on a page with many sliders all are slower.
Run it on a machine that does nothing else; the load average is printed with it.
"""

import argparse
import os
import statistics
import sys
import tempfile
from pathlib import Path

import nbformat

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "browser"))

import lab  # noqa: E402

# Explorer, the slider that is moved.
CASES = [("glass_cell", "forget b"), ("glass_cell", "step t"),
         ("notepad", "f of the window"), ("influence", "radius of W_h"),
         ("parameter_blocks", "units H"), ("gate_scrubber", "step t"),
         ("fault_injector", "length T"), ("train_sine", "frequency"),
         ("next_number", "updates")]
BARE = """import ipywidgets

def bare():
    slider = ipywidgets.IntSlider(description="bare", max=200)
    number = ipywidgets.HTML("0")
    slider.observe(lambda change: setattr(number, "value", str(change.new)), "value")
    box = ipywidgets.HBox([slider, number])
    box.add_class("bare-slider")
    return box"""
PLAIN = """import matplotlib.pyplot as plt
import numpy as np
from ipywidgets import interact

def sine(frequency=2.0):
    fig, ax = plt.subplots(figsize=(7, 2.6))
    ax.plot(np.sin(frequency * np.linspace(0, 6, 200)))
    plt.show()

_ = interact(sine, frequency=(0.0, 10.0, 0.1))"""
# From the key to the frame in which the new picture stands.
WATCH = """(picture, name) => {
  const paints = (window.paints ??= {})[name] = [];
  let start = null;
  picture.closest('.jp-Cell').addEventListener(
    'keydown', event => { start = event.timeStamp; }, true);
  const painted = () => {
    if (start === null) return;
    const since = start;
    start = null;
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => paints.push(performance.now() - since);
      channel.port2.postMessage(0);
    });
  };
  new MutationObserver(() => {
    const image = picture.matches('img') ? picture : picture.querySelector('img');
    image ? image.decode().then(painted, () => {}) : painted();
  }).observe(picture, {childList: true, subtree: !picture.matches('img'),
                       attributeFilter: ['src']});
}"""


def write_notebook(path, call):
    """Write a notebook that shows a bare slider and, below it, what a call makes."""
    code = [BARE, f"display(bare())\n{call}"]
    kernel = {"name": "python3", "display_name": "Python 3 (ipykernel)",
              "language": "python"}
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(source) for source in code],
        metadata={"kernelspec": kernel})
    nbformat.write(notebook, path)


def press(page, handle):
    """Move a slider by one step, towards the end that is farther."""
    now, most, least = (float(handle.get_attribute(f"aria-value{z}"))
                        for z in ("now", "max", "min"))
    handle.focus()
    page.keyboard.press("ArrowRight" if most - now > now - least else "ArrowLeft")


def measure(page, cell, picture, handle, steps):
    """Return milliseconds from key to paint (steps,), of the bare slider and of this.

    They take turns, so what else the machine does meets both.
    """
    bare = cell.locator(".bare-slider")
    pairs = {"bare": (bare.locator(".widget-html-content"),
                      bare.locator(".noUi-handle")), "this": (picture, handle)}
    for name, (where, slider) in pairs.items():
        slider.wait_for()
        where.evaluate(WATCH, name)
    for k in range(steps):
        for name, (_, slider) in pairs.items():
            press(page, slider)
            page.wait_for_function(f"window.paints.{name}.length > {k}", polling=20)
            page.wait_for_timeout(80)  # the kernel rests, as between moves of a hand
    return page.evaluate("[window.paints.bare, window.paints.this]")


def main():
    """Open the notebook, move every slider, print the table."""
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--steps", type=int, default=30)
    steps = parser.parse_args().steps
    if lab.missing():
        sys.exit(f"This needs a browser; {lab.missing()}")
    with tempfile.TemporaryDirectory() as folder, \
            lab.server(Path(folder)) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=lab.chromium(),
                                             args=lab.FLAGS)
        page = lab.open_lab(browser, address)
        notebooks = Path(folder) / "root" / "notebooks"
        print(f"load average {os.getloadavg()[0]:.1f}\n")
        print(f"{'':34} {'median':>7} {'p90':>5}   beside it, bare   ms, {steps} steps")
        for k, (name, label) in enumerate([*CASES, ("interact + plt.show", "")]):
            call = f"from lstm_helpers import widgets\nwidgets.{name}()"
            write_notebook(notebooks / f"{k}.ipynb", call if label else PLAIN)
            notebook = lab.Notebook(page, f"{k}.ipynb")
            notebook.run_all()
            cell = notebook.cell("display(bare())")
            if label:
                handle = cell.get_by_role("slider", name=label, exact=True)
                handle.wait_for()
                picture = cell.locator(".lstm-explorer").locator(
                    ".widget-html-content:has(svg[role=img]), img.widget-image").first
            else:
                handle = cell.locator(".widget-interact .noUi-handle")
                picture = cell.locator(".widget-interact .widget-output")
                picture.locator("img").wait_for()
            page.wait_for_timeout(2000)  # what loads is not what is measured
            report(f"{name}, {label}".rstrip(", "),
                   *measure(page, cell, picture, handle, steps))
            notebook.close()
        print(f"\nload average {os.getloadavg()[0]:.1f}")


def report(name, bare, times):
    """Print one row."""
    row = f"{name:34}"
    for width, z in ((7, times), (12, bare)):
        p90 = statistics.quantiles(z, n=10)[-1]
        row += f" {statistics.median(z):{width}.0f} {p90:5.0f}"
    print(row, flush=True)


if __name__ == "__main__":
    main()

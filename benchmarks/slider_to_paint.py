"""Time from a key on a slider to the painted answer, in JupyterLab in Chromium.

``python -m benchmarks.slider_to_paint`` prints a table: every explorer, and in the same
run `interact` with ``plt.show``. Median and p90 over 30 steps each. Beside each stands
a bare slider whose kernel answers with the number it got, moved in turn with the
explorer: the way to the kernel and back, which no picture can undercut.
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
         ("notepad", "forget gate f"), ("influence", "radius of W_h"),
         ("parameter_blocks", "units n"), ("gate_scrubber", "step t"),
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

display(bare())
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


def write_notebook(path):
    """Write a notebook with every case in a cell of its own."""
    code = ["from lstm_helpers import widgets\n" + BARE]
    code += [f"display(bare())\nwidgets.{name}()  # {label}" for name, label in CASES]
    cells = [nbformat.v4.new_code_cell(source) for source in [*code, PLAIN]]
    kernel = {"name": "python3", "display_name": "Python 3 (ipykernel)",
              "language": "python"}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
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
        write_notebook(Path(folder) / "root" / "notebooks" / "timing.ipynb")
        browser = playwright.chromium.launch(executable_path=lab.chromium(),
                                             args=lab.FLAGS)
        page = lab.open_lab(browser, address)
        notebook = lab.Notebook(page, "timing.ipynb")
        print(f"load average {os.getloadavg()[0]:.1f}\n")
        print(f"{'':34} {'median':>7} {'p90':>5}   beside it, bare   ms, {steps} steps")
        notebook.run_all()
        for name, label in CASES:
            source = f"widgets.{name}()  # {label}"
            explorer = notebook.explorer(source)
            handle = explorer.get_by_role("slider", name=label, exact=True)
            handle.wait_for()
            picture = explorer.locator(
                ".widget-html-content:has(svg[role=img]), img.widget-image").first
            report(f"{name}, {label}",
                   *measure(page, notebook.cell(source), picture, handle, steps))
        notebook.scroll_to("interact(sine")
        cell = notebook.cell("interact(sine")
        cell.locator(".jp-OutputArea-output img").wait_for()
        interact = cell.locator(".widget-interact")
        report("interact + plt.show",
               *measure(page, cell, interact.locator(".widget-output"),
                        interact.locator(".noUi-handle"), steps))
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

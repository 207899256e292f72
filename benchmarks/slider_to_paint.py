"""Time from a key on a slider to the painted answer, in JupyterLab in Chromium.

``python -m benchmarks.slider_to_paint`` prints a table: every explorer, and in the same
run `interact` with ``plt.show`` for comparison. Median and p90 over 30 steps each.
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
PLAIN = """import matplotlib.pyplot as plt
import numpy as np
from ipywidgets import interact

def sine(frequency=2.0):
    fig, ax = plt.subplots(figsize=(7, 2.6))
    ax.plot(np.sin(frequency * np.linspace(0, 6, 200)))
    plt.show()

_ = interact(sine, frequency=(0.0, 10.0, 0.1))"""
# From the key to the frame in which the new picture stands.
WATCH = """picture => {
  window.paints = [];
  let start = null;
  picture.closest('.jp-Cell').addEventListener(
    'keydown', event => { start = event.timeStamp; }, true);
  const painted = () => {
    if (start === null) return;
    const since = start;
    start = null;
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => window.paints.push(performance.now() - since);
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
    code = ["from lstm_helpers import widgets"]
    code += [f"widgets.{name}()  # {label}" for name, label in CASES]
    cells = [nbformat.v4.new_code_cell(source) for source in [*code, PLAIN]]
    kernel = {"name": "python3", "display_name": "Python 3 (ipykernel)",
              "language": "python"}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    nbformat.write(notebook, path)


def measure(page, picture, handle, steps):
    """Return milliseconds from key to paint, one a step."""
    picture.evaluate(WATCH)
    handle.focus()
    key = "ArrowRight"
    for k in range(steps):
        now, most, least = (float(handle.get_attribute(f"aria-value{z}"))
                            for z in ("now", "max", "min"))
        if now >= most:
            key = "ArrowLeft"
        elif now <= least:
            key = "ArrowRight"
        page.keyboard.press(key)
        page.wait_for_function(f"window.paints.length > {k}", polling=20)
        page.wait_for_timeout(80)  # the kernel rests, as between two moves of a hand
    return page.evaluate("window.paints")


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
        print(f"{'':34} {'median':>7} {'p90':>7}   ms, {steps} steps")
        notebook.run("from lstm_helpers")
        for name, label in CASES:
            source = f"widgets.{name}()  # {label}"
            notebook.run(source)
            explorer = notebook.explorer(source)
            handle = explorer.get_by_role("slider", name=label, exact=True)
            handle.wait_for()
            picture = explorer.locator(
                ".widget-html-content:has(svg[role=img]), img.widget-image").first
            report(f"{name}, {label}", measure(page, picture, handle, steps))
        notebook.run("interact(sine")
        cell = notebook.cell("interact(sine")
        cell.locator(".jp-OutputArea-output img").wait_for()
        report("interact + plt.show",
               measure(page, cell.locator(".widget-output"),
                       cell.locator(".noUi-handle"), steps))
        print(f"\nload average {os.getloadavg()[0]:.1f}")


def report(name, times):
    """Print one row."""
    p90 = statistics.quantiles(times, n=10)[-1]
    print(f"{name:34} {statistics.median(times):7.0f} {p90:7.0f}", flush=True)


if __name__ == "__main__":
    main()

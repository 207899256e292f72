"""Run the notebooks top to bottom and store their outputs, normalised.

    python tools/notebooks.py                     all of them
    python tools/notebooks.py notebooks/01_*.ipynb

A second run changes nothing: execution counts are 1…n, metadata hold no versions and no
times, an explorer leaves an image of how it opens. A cell tagged `nbval-ignore-output`
measures time: what it stored first stays, until its output is cleared.
"""

import argparse
import base64
import os
import sys
import tempfile
from pathlib import Path

import explorer_pictures
import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

ROOT = Path(__file__).parents[1]
KERNEL = {"name": "python3", "display_name": "Python 3 (ipykernel)",
          "language": "python"}
KEPT = ("tags", "jupyter")  # jupyter: what is stored folded
PICTURE = "application/vnd.lstm-helpers.picture+json"
VOLATILE = ("application/vnd.jupyter.widget-view+json", PICTURE)


def normalise(notebook):
    """Leave in a notebook what a reader needs and nothing that varies between runs."""
    notebook.metadata = nbformat.from_dict(
        {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    )
    count = 0
    for cell in notebook.cells:
        cell.metadata = nbformat.from_dict(
            {key: cell.metadata[key] for key in KEPT if cell.metadata.get(key)})
        if cell.cell_type != "code":
            continue
        count += 1
        cell.execution_count = count
        for output in cell.outputs:
            if "execution_count" in output:
                output.execution_count = count
            for kind in VOLATILE:
                output.get("data", {}).pop(kind, None)
            for kind, text in output.get("data", {}).items():
                if kind == "image/png":
                    output.data[kind] = text.strip() + "\n"
        cell.outputs = merged(cell.outputs)
    return notebook


def merged(outputs):
    """Join neighbouring pieces of one stream: how they were cut is chance."""
    result = []
    for output in outputs:
        last = result[-1] if result else {}
        stream = output.output_type == "stream"
        if stream and last.get("output_type") == "stream" and last.name == output.name:
            last.text += output.text
        else:
            result.append(output)
    return result


def timings(notebook):
    """Return the stored outputs of cells that measure time, by cell id."""
    return {cell.id: cell.outputs for cell in notebook.cells
            if "nbval-ignore-output" in cell.metadata.get("tags", [])
            and cell.get("outputs")}


def still_pictures(notebook, before):
    """Give every explorer the image of how it opens; without Chromium, the one before.

    Parameters
    ----------
    notebook : NotebookNode
        Just run, with ``LSTM_HELPERS_PICTURES`` set.
    before : dict
        Cell id → the image and its metadata that were stored until now.
    """
    asked = [(cell, output) for cell in notebook.cells
             for output in cell.get("outputs", ())
             if PICTURE in output.get("data", {})]
    svgs = [o.data[PICTURE]["svg"] for _, o in asked if "svg" in o.data[PICTURE]]
    painted = iter(explorer_pictures.paint(svgs) if svgs else ())
    for cell, output in asked:
        still = output.data[PICTURE]
        png, width = still.get("png"), still.get("width")
        if png is None:
            raw, width = next(painted, (None, None))
            png = base64.b64encode(raw).decode() if raw else None
        if png is not None:
            old = before.get(cell.id)
            meta = {"alt": still["alt"], "width": width}
            if old and old[1] == meta and look_alike(old[0], png):
                png = old[0]
            output.data["image/png"] = png.strip() + "\n"
            output.metadata["image/png"] = meta
        elif cell.id in before:
            output.data["image/png"], output.metadata["image/png"] = before[cell.id]
            print("(no Chromium: the explorer's stored picture stays)", end=" ")


def look_alike(a, b):
    """Whether two images differ by no more than the grey of a letter's edge."""
    import io

    from PIL import Image, ImageChops

    a, b = (Image.open(io.BytesIO(base64.b64decode(z))).convert("RGB") for z in (a, b))
    return a.size == b.size and max(
        high for _, high in ImageChops.difference(a, b).getextrema()) < 48


def images(notebook):
    """Return the stored image of each cell, by cell id, with its metadata."""
    return {cell.id: (o.data["image/png"], dict(o.metadata["image/png"]))
            for cell in notebook.cells for o in cell.get("outputs", ())
            if "image/png" in o.get("data", {}) and "image/png" in o.metadata}


def run(path):
    """Execute one notebook in its own folder and write it back."""
    notebook = nbformat.read(path, as_version=4)
    measured, before = timings(notebook), images(notebook)
    client = NotebookClient(
        notebook, timeout=300, kernel_name="python3",
        resources={"metadata": {"path": str(path.parent)}}, store_widget_state=False,
    )
    client.execute()
    for cell in notebook.cells:
        if cell.id in measured:
            cell.outputs = measured[cell.id]
    still_pictures(notebook, before)
    nbformat.write(normalise(notebook), path)


def main():
    """Run the notebooks that were named, or all."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("paths", nargs="*", type=Path)
    paths = parser.parse_args().paths or sorted(ROOT.glob("notebooks/*.ipynb"))
    with tempfile.TemporaryDirectory() as folder:
        # A learner's own progress must not show in the stored outputs.
        os.environ["LSTM_HELPERS_PICTURES"] = "1"
        os.environ["LSTM_HELPERS_PROGRESS"] = str(Path(folder) / "progress.json")
        for path in paths:
            print(path.name, end=" ", flush=True)
            try:
                run(path.resolve())
            except CellExecutionError as error:
                print("stopped, and was not written:\n", error)
                return 1
            print(f"{path.stat().st_size / 1000:.0f} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())

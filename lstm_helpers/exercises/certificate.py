"""A page to print: what ran here, and which exercises are done. Nothing personal.

Python, the operating system's name and the versions of the packages; the exercises of
every notebook; the date. No name of a person or of the machine, no address, no path: a
line stays free for a name, to be written by hand.
"""

import html
import importlib.metadata
import platform
from datetime import UTC, datetime

from lstm_helpers import validate
from lstm_helpers.exercises import catalogue, record

NAME = "lstm_certificate.html"
PACKAGES = ("lstm-helpers", "numpy", "matplotlib", "ipywidgets", "keras", "jax",
            "torch")
PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Understanding the LSTM: what was done</title>
<style>
body {{ font: 12pt/1.5 Georgia, "DejaVu Serif", serif; max-width: 40rem;
  margin: 2rem auto; padding: 0 1rem; color: #1a1a1a; background: #fff; }}
h1 {{ font-size: 1.5rem; border-bottom: 2px solid; padding-bottom: .4rem; }}
table {{ border-collapse: collapse; width: 100%; margin: 1rem 0; }}
th, td {{ text-align: left; padding: .15rem .6rem .15rem 0; }}
td:last-child, th:last-child {{ text-align: right; }}
tr + tr td {{ border-top: 1px solid #ccc; }}
.free {{ border-bottom: 1px solid; display: inline-block; width: 20rem; }}
@media print {{ body {{ margin: 0; }} }}
</style>
</head>
<body>
<h1>Understanding the LSTM</h1>
<p>{done} of {total} exercises were judged right by the checks of the series.</p>
<table>
<tr><th scope="col">notebook</th><th scope="col">exercises done</th></tr>
{exercises}
</table>
<table>
<tr><th scope="col">it ran on</th><th scope="col">version</th></tr>
{versions}
</table>
<p>Date: {date}</p>
<p>Name: <span class="free">&nbsp;</span></p>
</body>
</html>
"""


def facts():
    """Return all that the page says.

    Returns
    -------
    dict
        ``date`` (in UTC), ``versions`` (name → version; what is not installed is left
        out) and ``exercises`` (notebook → done, of how many).

    Raises
    ------
    ValueError
        If the record of progress cannot be read.
    """
    versions = {"Python": platform.python_version(),
                "system": platform.system() or "unknown"}
    for name in PACKAGES:
        try:
            versions[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    done = {id for id, status in record.load().items() if status == "right"}
    exercises = {}
    for notebook in catalogue.notebooks():
        ids = [exercise.id for exercise in catalogue.exercises_of(notebook)]
        exercises[notebook] = sum(id in done for id in ids), len(ids)
    return {"date": datetime.now(UTC).date().isoformat(), "versions": versions,
            "exercises": exercises}


def page():
    """Return the page as HTML; see `facts`."""
    known = facts()
    exercises = [f"<tr><td>{nb}</td><td>{done} of {total}</td></tr>"
                 for nb, (done, total) in known["exercises"].items()]
    versions = [f"<tr><td>{html.escape(name)}</td><td>{html.escape(version)}</td></tr>"
                for name, version in known["versions"].items()]
    done, total = map(sum, zip(*known["exercises"].values(), strict=True))
    return PAGE.format(done=done, total=total, date=known["date"],
                       exercises="\n".join(exercises), versions="\n".join(versions))


def certificate(path=None):
    """Write the page, to be opened in a browser and printed; say where it is.

    Parameters
    ----------
    path : str or pathlib.Path, optional
        Left out, ``lstm_certificate.html`` beside the record of progress.

    Raises
    ------
    ValueError
        If the record of progress cannot be read.
    """
    path = (record.path().with_name(NAME) if path is None
            else validate.path("path", path))
    with open(path, "w", encoding="utf-8") as file:
        file.write(page())
    print(f"{NAME} is written: open it in a browser, and print it from there."
          if str(path).endswith(NAME) else "The page is written.")

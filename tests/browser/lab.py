"""A JupyterLab of its own on a copy of the notebooks, and a Chromium that drives it."""

import contextlib
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).parents[2]
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync",
         "--disable-background-networking", "--disable-component-update"]
SETTINGS = {
    "@jupyterlab/apputils-extension/notification": {
        "fetchNews": "false", "checkForUpdates": False},
}
# The page's own objects: the notebook that is in front.
NOTEBOOK = "window.jupyterapp.shell.currentWidget.content"


def chromium():
    """Return the path of a Chromium, or None."""
    names = "chromium", "chromium-browser", "google-chrome"
    found = [os.environ.get("CHROMIUM"), *map(shutil.which, names)]
    return next(filter(None, found), None)


def missing():
    """Say what is missing for browser tests, or return an empty string."""
    if chromium() is None:
        return "no Chromium: apt-get install chromium, or set CHROMIUM to its path"
    try:
        import playwright.sync_api  # noqa: F401
    except ImportError:
        return "no Playwright: python -m pip install -e '.[dev]'"
    return ""


@contextlib.contextmanager
def server(folder):
    """Serve a copy of the notebooks and the package from `folder`; give the address."""
    for part in ("notebooks", "lstm_helpers"):
        shutil.copytree(ROOT / part, folder / "root" / part,
                        ignore=shutil.ignore_patterns("__pycache__", ".ipynb_*"))
    for name, values in SETTINGS.items():
        path = folder / "settings" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(values))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    env = dict(os.environ, JUPYTERLAB_SETTINGS_DIR=str(folder / "settings"),
               JUPYTERLAB_WORKSPACES_DIR=str(folder / "workspaces"),
               LSTM_HELPERS_PROGRESS=str(folder / "progress.json"),
               PYTHONPATH=str(folder / "root"), OPENBLAS_NUM_THREADS="1")
    address = f"http://127.0.0.1:{port}"
    process = subprocess.Popen(
        [sys.executable, "-m", "jupyter", "lab", "--no-browser", "--ip=127.0.0.1",
         f"--config={ROOT / 'jupyter_server_config.py'}",
         f"--port={port}", "--ServerApp.port_retries=0", "--IdentityProvider.token=",
         "--allow-root", "--expose-app-in-browser",
         f"--ServerApp.root_dir={folder / 'root'}"],
        env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(300):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(address + "/api")
                break
            if process.poll() is not None:
                raise RuntimeError("JupyterLab did not start")
            time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait()


def open_lab(browser, address):
    """Open JupyterLab in a new page; `page.errors` collects console errors."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.set_default_timeout(30000)
    page.errors = []
    # JupyterLab's debugger complains when a kernel ends while it is asked; and where
    # the browser edition was built, its kernel for pages finds no place in this server.
    foreign = re.compile("debugger|@jupyterlite/")
    page.on("console", lambda message: page.errors.append(message.text)
            if message.type == "error" and not foreign.search(message.text) else None)
    page.on("pageerror", lambda error: page.errors.append(str(error))
            if not foreign.search(str(error)) else None)
    page.goto(f"{address}/lab?reset")
    page.wait_for_function("window.jupyterapp && window.jupyterapp.restored"
                           ".then(() => true)")
    page.evaluate("window.jupyterapp.shell.collapseLeft()")
    return page


class Notebook:
    """A notebook in front of the JupyterLab of a page, its kernel ready."""

    def __init__(self, page, name, width=1280):
        self.page, self.name, self.mirrors = page, name, {}
        self.width(width)
        page.evaluate("""async path => {
          const app = window.jupyterapp;
          const opened = await app.commands.execute('docmanager:open', {path});
          await opened.context.ready;
          await opened.sessionContext.ready;
          app.shell.activateById(opened.id);
        }""", f"notebooks/{name}")
        page.wait_for_function("path => window.jupyterapp.shell.currentWidget"
                               "?.context?.path == path", arg=f"notebooks/{name}")
        self.idle()

    def width(self, pixels):
        """Make the page so wide."""
        self.page.set_viewport_size({"width": pixels, "height": 900})

    def close(self):
        """End the kernel and close without a question."""
        self.page.evaluate("""async () => {
          const opened = window.jupyterapp.shell.currentWidget;
          await opened.sessionContext.shutdown();
          opened.context.model.dirty = false;
          const gone = new Promise(done => opened.disposed.connect(() => done()));
          opened.close();
          await gone;
        }""")

    def index_of(self, source):
        """Return the place of the one cell that contains a text.

        An explorer's call is looked for as a line of its own: elsewhere it may be used
        to compute something.
        """
        sources = self.page.evaluate(
            f"{NOTEBOOK}.widgets.map(cell => cell.model.sharedModel.source)")
        found = [k for k, text in enumerate(sources) if (
            source in text.splitlines() if source.startswith("widgets.")
            else source in text)]
        assert len(found) == 1, f"{source!r} stands in {len(found)} cells"
        return found[0]

    def run_all(self):
        """Run every cell and wait for the last."""
        self.page.evaluate(
            "window.jupyterapp.commands.execute('notebook:run-all-cells')")
        self.page.wait_for_function(
            f"{NOTEBOOK}.widgets.every(cell => cell.model.type != 'code' || "
            "cell.model.executionState == 'idle' && cell.model.executionCount)",
            timeout=240000, polling=250)

    def counts(self):
        """Return the execution counts of the code cells."""
        return self.page.evaluate(
            f"{NOTEBOOK}.widgets.filter(cell => cell.model.type == 'code')"
            ".map(cell => cell.model.executionCount)")

    def failed(self):
        """Return the error messages in the notebook's outputs."""
        return self.page.evaluate(
            f"{NOTEBOOK}.widgets.flatMap(cell => cell.model.type == 'code' ? "
            "cell.model.outputs.toJSON().filter(o => o.output_type == 'error')"
            ".map(o => o.evalue) : [])")

    def scroll_to(self, source):
        """Bring a cell to the top of the page."""
        k = self.index_of(source)
        self.page.evaluate(f"k => {NOTEBOOK}.scrollToItem(k, 'start')", k)

    def cell(self, source):
        """Return the cell that contains a text."""
        k = self.index_of(source)
        return self.page.locator(f'.jp-Cell[data-windowed-list-index="{k}"]')

    def explorer(self, source):
        """Bring the widget below the cell that contains a text to the front."""
        self.scroll_to(source)
        found = self.cell(source).locator(".lstm-explorer")
        found.get_by_role("slider").first.wait_for()
        return found

    def idle(self):
        """Wait until the kernel rests."""
        self.page.wait_for_function(
            "window.jupyterapp.shell.currentWidget.sessionContext"
            ".kernelDisplayStatus == 'idle'")

    def type_over(self, source, code, rest):
        """Replace a cell's text by typing `code`; put `rest` behind it, and run it."""
        editor = self.cell(source).locator(".cm-content")
        editor.click()
        keyboard = self.page.keyboard
        keyboard.press("Control+a")
        keyboard.press("Delete")
        keyboard.type(code)
        keyboard.press("Enter")
        keyboard.press("Control+a")
        keyboard.press("ArrowRight")
        keyboard.press("Home")
        keyboard.type(rest)
        keyboard.press("Control+Enter")

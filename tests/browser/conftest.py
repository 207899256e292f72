"""One JupyterLab and one Chromium for all browser tests."""

import warnings

import lab
import pytest

WHY = lab.missing()
if WHY:
    warnings.warn(f"BROWSER TESTS DO NOT RUN: {WHY}", stacklevel=1)


@pytest.fixture(scope="session")
def address(tmp_path_factory):
    if WHY:
        pytest.skip(f"BROWSER TESTS DO NOT RUN: {WHY}")
    with lab.server(tmp_path_factory.mktemp("lab")) as address:
        yield address


@pytest.fixture(scope="session")
def browser(address):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=lab.chromium(),
                                              args=lab.FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def open_notebook(browser, address):
    """Open a notebook in a new page; afterwards nothing may have gone wrong in it."""
    opened = []

    def open_one(name, width=1280):
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.set_default_timeout(30000)
        opened.append(lab.Notebook(page, address, name))
        return opened[-1]

    yield open_one
    for notebook in opened:
        errors, failed = notebook.errors, notebook.failed()
        notebook.page.close()
        assert not errors and not failed

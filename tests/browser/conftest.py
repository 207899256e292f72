"""One JupyterLab and one Chromium for all browser tests."""

import os
import warnings

import lab
import pytest

WHY = lab.missing()
if WHY:
    warnings.warn(f"BROWSER TESTS DO NOT RUN: {WHY}", stacklevel=1)


@pytest.fixture(scope="session")
def address(tmp_path_factory):
    if WHY and os.environ.get("REQUIRE_BROWSER"):
        pytest.fail(f"REQUIRE_BROWSER is set: {WHY}")
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


@pytest.fixture(scope="session")
def page(browser, address):
    page = lab.open_lab(browser, address)
    yield page
    page.close()


@pytest.fixture
def open_notebook(page):
    """Open one notebook; afterwards nothing may have gone wrong in it."""
    opened = []

    def open_one(name, width=1280):
        page.errors.clear()
        opened.append(lab.Notebook(page, name, width))
        return opened[-1]

    yield open_one
    for notebook in opened:
        failed = notebook.failed()
        notebook.close()
        assert not page.errors and not failed

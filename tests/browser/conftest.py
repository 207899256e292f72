"""One JupyterLab and one Chromium, and in them one notebook at a time."""

import os
import warnings

import lab
import pytest
import threadpoolctl

WHY = lab.missing()
if WHY:
    warnings.warn(f"BROWSER TESTS DO NOT RUN: {WHY}", stacklevel=1)


def pytest_collection_modifyitems(items):
    """Put the tests of one notebook together: it is opened once. Begin with the last.

    The last notebooks train longest.
    """
    items.sort(key=lambda item: -int(item.callspec.params["notebook"][:2]))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """With -n 2, give all tests of one notebook to one worker."""
    from xdist.scheduler import LoadScopeScheduling

    class ByNotebook(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            return nodeid.split("[")[-1]

    config.option.loadscopereorder = False
    return ByNotebook(config, log)


@pytest.fixture(scope="session", autouse=True)
def _one_thread():
    # As in the kernels, so that their last bits are those of the mirrors.
    with threadpoolctl.threadpool_limits(1):
        yield


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


@pytest.fixture(scope="session")
def desk(page):
    """Give a function that opens a notebook and runs it, unless it lies there."""
    on_it = []

    def fetch(name):
        if on_it and on_it[0].name == name:
            return on_it[0]
        if on_it:
            on_it.pop().close()
        on_it.append(lab.Notebook(page, name, width=800))
        on_it[0].run_all()
        return on_it[0]

    yield fetch
    if on_it:
        on_it[0].close()


@pytest.fixture
def notebook(desk, request):
    """Give a notebook after a full run; nothing may go wrong in it, then or later."""
    notebook = desk(request.param)
    yield notebook
    errors, notebook.page.errors[:] = notebook.page.errors[:], []
    assert not errors and not notebook.failed()

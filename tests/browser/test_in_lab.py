"""The real notebooks in a real JupyterLab: drag, press keys, type an answer."""

import json
import re

import lab
import pytest

NOTEBOOKS = sorted((lab.ROOT / "notebooks").glob("*.ipynb"))
CALL = re.compile(r"^widgets\.\w+\(.*\)$", re.M)


def code_of(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return ["".join(c["source"]) for c in cells if c["cell_type"] == "code"]


def calls():
    """Return every explorer in the notebooks, and the cells it needs to be run."""
    found = []
    for path in NOTEBOOKS:
        code = code_of(path)
        for k, source in enumerate(code):
            call = CALL.search(source)
            if call:
                found.append(pytest.param(path.name, code[:k], call[0],
                                          id=f"{path.name[:2]}-{call[0][8:]}"))
    return found


# What is painted (words, numbers, the image), where, and what the slider says.
STATE = """handle => {
  const root = handle.closest('.lstm-explorer');
  const picture = root.querySelector(
    '.widget-html-content:has(svg[role=img]), img.widget-image');
  const image = root.querySelector('img.widget-image');
  return {
    painted: [...root.querySelectorAll('.widget-html-content')]
      .map(e => e.textContent).join(' ') + (image ? image.src : ''),
    size: [picture.clientWidth, picture.clientHeight],
    value: handle.getAttribute('aria-valuetext'),
    resting: window.jupyterapp.shell.currentWidget.sessionContext
      .kernelDisplayStatus == 'idle',
  };
}"""


def until_other(page, handle, before):
    """Wait until the slider stands elsewhere, something else is painted, and rest.

    A drag sends several values and the kernel rests between two of them, so the last
    picture is the one that stays for some frames.
    """
    page.wait_for_function(f"""([handle, before]) => {{
      const now = ({STATE})(handle);
      window.still = now.painted == window.seen && now.resting ? window.still + 1 : 0;
      window.seen = now.painted;
      return window.still > 12 && now.value != before.value
        && now.painted != before.painted;
    }}""", arg=[handle, before], polling="raf")
    return handle.evaluate(STATE)


def drag(page, handle):
    """Drag a slider a third of its way; return the key that leads back."""
    handle.hover()  # waits until it stands still and nothing covers it
    track = handle.query_selector("xpath=ancestor::*[contains(@class, 'noUi-base')]")
    at, whole = handle.bounding_box(), track.bounding_box()
    x, y = at["x"] + at["width"] / 2, at["y"] + at["height"] / 2
    side = 1 if x < whole["x"] + whole["width"] / 2 else -1
    page.mouse.down()
    page.mouse.move(x + side * whole["width"] / 3, y, steps=3)
    page.mouse.up()
    return "ArrowLeft" if side == 1 else "ArrowRight"


def moves(page, handle):
    """Move a slider by mouse and by key; each time the picture must follow."""
    before = handle.evaluate(STATE)
    key = drag(page, handle)
    dragged = until_other(page, handle, before)
    handle.focus()
    page.keyboard.press(key)
    pressed = until_other(page, handle, dragged)
    assert before["size"] == dragged["size"] == pressed["size"], "the layout jumped"
    assert "NaN" not in pressed["painted"]


@pytest.mark.parametrize("name, before, call", calls())
def test_every_slider_moves_the_picture(open_notebook, name, before, call):
    notebook = open_notebook(name, width=800)
    notebook.run(*needed(before, call), call)
    explorer = notebook.explorer(call)
    explorer.get_by_role("slider").first.wait_for()
    room = explorer.bounding_box()
    assert explorer.evaluate("e => e.scrollWidth") <= room["width"] + 1
    for fold in explorer.get_by_role("button").filter(has_text="▸").all():
        fold.click()
    reset = explorer.get_by_role("button", name="Reset")
    for handle in explorer.get_by_role("slider").element_handles():
        assert handle.get_attribute("aria-label"), "a slider without a name"
        if reset.count():
            reset.click()
            notebook.idle()
        moves(notebook.page, handle)


def needed(before, call):
    """Return the cells a call needs: the set-up, and all before if it takes arrays."""
    return before[:1] if call.endswith("()") else before


def test_live_training_stops(open_notebook):
    path = next((p for p in NOTEBOOKS if "widgets.train_sine()" in
                 "\n".join(code_of(p))), None)
    if path is None:
        pytest.skip("no notebook shows train_sine yet")
    notebook = open_notebook(path.name)
    notebook.run(code_of(path)[0], "widgets.train_sine()")
    explorer = notebook.explorer("widgets.train_sine()")
    explorer.get_by_role("button", name="Train").click()
    explorer.get_by_text(re.compile(r"Epoch [2-9] of")).wait_for()
    explorer.get_by_role("button", name="Stop").click()
    train = explorer.get_by_role("button", name="Train")
    notebook.page.wait_for_function("e => !e.disabled", arg=train.element_handle())
    notebook.idle()
    words = explorer.get_by_text(re.compile(r"Epoch \d+ of")).inner_text()
    assert int(re.search(r"Epoch (\d+)", words)[1]) < 200


@pytest.fixture(scope="module")
def glass_page(page):
    # Opened last: commands go to the notebook that has the focus, so one at a time.
    page.errors.clear()
    notebook = lab.Notebook(page, "02_lstm_gates.ipynb")
    notebook.run_all()
    yield notebook
    failed = notebook.failed()
    notebook.close()
    assert not page.errors and not failed


def test_glass_cell_in_the_page(glass_page):
    call = "widgets.glass_cell()"
    glass_page.scroll_to(call)
    cell = glass_page.explorer(call)

    def shows(name, value):
        cell.locator(f".n-{name}").filter(has_text=value).wait_for()

    shows("h", "0.381")
    shows("c", "0.760")
    start = cell.get_by_label("start from")
    start.select_option("The seeded step")
    shows("c", "−0.145")
    shows("h", "−0.078")
    start.select_option("Count")
    shows("c", "7.9")
    readout = cell.get_by_role("textbox", name="step t")
    readout.fill("5")
    readout.press("Enter")
    shows("c", "2.9")
    # What a preset sets arrives as it was set: the page sends nothing rounded back.
    start.select_option("The step on paper")
    shows("h", "0.381")
    shows("a_i", "0.160")
    assert cell.get_by_role("textbox", name="input b").inner_text() == "0.34"


def test_puzzle_in_the_page(glass_page):
    cell = glass_page.explorer("widgets.glass_cell()")
    cell.get_by_label("start from").select_option("Puzzle: keep the third input")
    check, said = cell.get_by_role("button", name="Check"), cell.get_by_role("status")
    check.click()
    said.filter(has_text="Not yet").filter(has_text="input gate").wait_for()
    cell.get_by_role("button").filter(has_text="Weights").click()
    for label, value in {"forget W_x": -14, "forget b": 10, "input W_x": 10,
                         "input b": -6}.items():
        readout = cell.get_by_role("textbox", name=f"{label}, type a value")
        readout.fill(str(value))
        readout.press("Enter")
    check.click()
    said.filter(has_text="Right").wait_for()


def test_an_exercise_is_typed_wrong_and_then_right(glass_page):
    card = 'check("02.3", new_cell)'
    for answer, said in (("f_t + c_prev", "not yet"),
                         ("f_t * c_prev + i_t * g_t", "right")):
        glass_page.scroll_to(card)
        glass_page.type_over(card, f"def new_cell(f_t, i_t, g_t, c_prev):\n"
                                   f"return {answer}", card)
        cell = glass_page.cell(card)
        cell.get_by_role("status").filter(has_text=said).wait_for()

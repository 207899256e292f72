"""The real notebooks in a real JupyterLab: drag, press keys, type an answer.

Each notebook is opened once and run in full. Then whatever is moved in the page is
moved in a mirror, the same explorer in this process, and the page must show all that
the mirror shows: words, readouts, every line and number of the picture, every byte of
an image.
"""

import json
import re

import lab
import pytest
from mirror import READ, Mirror, make
from truth import wires

from lstm_helpers.widgets.glass_cell import PRESETS, TITLES, GlassCell

CALL = re.compile(r"^widgets\.\w+\(.*\)$", re.M)


def code_of(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return ["".join(c["source"]) for c in cells if c["cell_type"] == "code"]


CODE = {path.name: code_of(path)
        for path in sorted((lab.ROOT / "notebooks").glob("*.ipynb"))}
EXPLORERS = [(name, call) for name, code in CODE.items() for source in code
             for call in CALL.findall(source)]


def each(names):
    """Parametrise with notebooks; the name in brackets says which worker takes it."""
    return pytest.mark.parametrize("notebook", names, indirect=True,
                                   ids=lambda name: name[:2])


def that_shows(call):
    """Parametrise with the notebook that shows an explorer."""
    return each([name for name, other in EXPLORERS if other == call])


# Where a slider stands, to the last digit, and how the explorer lies on the page.
PLACES = """root => [...root.querySelectorAll('.noUi-target')].map(
  z => z.noUiSlider.get(true))"""
AGREES = f"""async (root, [lines, places]) => {{
  const end = performance.now() + 15000;
  while (performance.now() < end) {{
    const now = ({PLACES})(root), said = await ({READ})(root);
    if (places.every(([place, far], k) => Math.abs(place - now[k]) <= far)
        && JSON.stringify(said) == JSON.stringify(lines)) return true;
    await new Promise(requestAnimationFrame);
  }}
  return false;
}}"""
LAYOUT = """root => {
  const all = root.getBoundingClientRect(), places = [all.width, all.height];
  for (const z of root.querySelectorAll('.widget-html, .widget-image')) {
    const {x, y, width, height} = z.getBoundingClientRect();
    if (height) places.push([x - all.x, y - all.y, width, height]);
  }
  return places;
}"""


class Shown:
    """An explorer in the page beside its mirror."""

    def __init__(self, notebook, call, mirror):
        self.notebook, self.mirror = notebook, mirror
        self.page, self.root = notebook.page, notebook.explorer(call)
        self.element = self.root.element_handle()
        # The page names handles, and keeps keys from JupyterLab, a moment late.
        self.root.locator(".noUi-handle[aria-label]").last.wait_for(state="attached")

    def values(self):
        """Return where the sliders of the page stand, by their names."""
        places = self.element.evaluate(PLACES)
        return dict(zip(self.mirror.sliders, places, strict=True))

    def computed_by_lstm_step(self):
        """Compare the numbers on the wires with steps from what the page's sliders say.

        The inputs of other steps are bars, without a number; they are those of the
        preset.
        """
        values = self.values()
        xs = list(PRESETS[self.mirror.explorer.preset.value].xs)
        t = round(values["step t"])
        xs[t] = values["xₜ, now"]
        gates = {k: [values[f"{title} {part}"] for part in ("W_x", "W_h", "b")]
                 for k, title in TITLES.items()}
        painted = self.element.evaluate("""root => Object.fromEntries(
          [...root.querySelectorAll('[class^=n-]')].map(
            z => [z.getAttribute('class').slice(2), z.textContent]))""")
        assert painted == wires(xs[: t + 1], values["c at start"],
                                values["h at start"], gates)

    def agrees(self):
        """Wait until the page shows what the mirror shows; else say where it differs.

        A drag sends several values; the pictures of all but the last differ.
        """
        lines = self.mirror.lines()
        places = [[z.value, z.step / 2 + 1e-9] for z in self.mirror.sliders.values()]
        if not self.element.evaluate(AGREES, [lines, places]):
            assert self.element.evaluate(READ) == lines
            assert self.element.evaluate(PLACES) == [z for z, _ in places]
            raise TimeoutError("agreed only after the time was over")

    def press(self, name, key=None):
        """Press a button, by mouse or with a key."""
        button = self.root.get_by_role("button", name=name)
        if key:
            button.focus()
            self.page.keyboard.press(key)
        else:
            button.click()
        self.mirror.press(name)
        self.agrees()

    def drag(self, name, handle, steps=3):
        """Drag a slider a third of its way; return its direction."""
        slider = self.mirror.sliders[name]
        handle.hover()  # waits until it stands still and nothing covers it
        track = handle.query_selector(
            "xpath=ancestor::*[contains(@class, 'noUi-base')]").bounding_box()
        at, reach = handle.bounding_box(), slider.max - slider.min
        side = 1 if slider.value < slider.min + reach / 2 else -1
        x, y = at["x"] + at["width"] / 2, at["y"] + at["height"] / 2
        self.page.mouse.down()
        self.page.mouse.move(x + side * track["width"] / 3, y, steps=steps)
        self.page.mouse.up()
        value = self.values()[name]
        off = abs(value - slider.value - side * reach / 3)
        assert off <= slider.step / 2 + 2 * reach / track["width"]
        self.mirror.set(name, value)
        return side

    def key(self, name, handle, side):
        """Move a slider back by one step with a key."""
        handle.focus()
        self.page.keyboard.press("ArrowLeft" if side == 1 else "ArrowRight")
        slider = self.mirror.sliders[name]
        value = self.values()[name]
        assert value == pytest.approx(slider.value - side * slider.step)
        self.mirror.set(name, value)

    def choose(self, name, key, option):
        """Choose from a list that has the focus."""
        self.page.keyboard.press(key)
        self.mirror.lists[name].value = option
        self.agrees()

    def follow(self, move, *args):
        """Make a move; another picture must come, the right one, in the same place."""
        self.agrees()  # nothing came after the last move
        layout, before = self.element.evaluate(LAYOUT), self.mirror.painted()
        said = move(*args)
        assert self.mirror.painted() != before, "the move changes nothing"
        assert not re.search(r"\bnan\b", self.mirror.html(), re.I)
        self.agrees()
        assert self.element.evaluate(LAYOUT) == layout, "the layout jumped"
        if isinstance(self.mirror.explorer, GlassCell):
            self.computed_by_lstm_step()
        return said


@pytest.fixture
def shown(notebook, tmp_path):
    """Give a function that finds an explorer in the page and its mirror."""
    def find(call):
        if call not in notebook.mirrors:
            code = CODE[notebook.name]
            above = next(k for k, source in enumerate(code)
                         if call in source.splitlines())
            before = code[above].partition(call)[0]  # the lines it takes arrays from
            notebook.mirrors[call] = Mirror(
                make(call, [*code[:above], before], tmp_path / "progress.json"))
        return Shown(notebook, call, notebook.mirrors[call])

    return find


each_explorer = pytest.mark.parametrize(
    "notebook, call", EXPLORERS, indirect=["notebook"],
    ids=[name[:2] for name, _ in EXPLORERS])


@each(CODE)
def test_runs_from_top_to_bottom(notebook):
    assert notebook.counts() == list(range(1, len(CODE[notebook.name]) + 1))


@each_explorer
def test_every_slider_leads_to_the_right_picture(shown, call):
    explorer = shown(call)
    explorer.agrees()
    room = explorer.root.bounding_box()
    assert explorer.root.evaluate("e => e.scrollWidth") <= room["width"] + 1
    for name in explorer.mirror.buttons:
        if "▸" in name:
            explorer.press(name, key="Enter")
    handles = explorer.root.get_by_role("slider").element_handles()
    names = [handle.get_attribute("aria-label") for handle in handles]
    assert names == list(explorer.mirror.sliders)
    for name, handle in zip(names, handles, strict=True):
        if "Reset" in explorer.mirror.buttons:
            explorer.press("Reset")
        side = explorer.follow(explorer.drag, name, handle)
        explorer.follow(explorer.key, name, handle, side)


@each_explorer
def test_every_choice_leads_to_the_right_picture(shown, call):
    explorer = shown(call)
    explorer.agrees()
    for name, choice in explorer.mirror.lists.items():
        explorer.root.get_by_label(name).focus()
        explorer.choose(name, "Home", choice.options[0])
        for option in choice.options[1:]:
            explorer.choose(name, "ArrowDown", option)


@that_shows("widgets.train_sine()")
def test_live_training_stops_at_the_right_loss(shown):
    explorer = shown("widgets.train_sine()")
    root, sine = explorer.root, explorer.mirror.explorer
    root.get_by_role("button", name="Train").click()
    root.get_by_text(re.compile(r"Epoch [2-9] of")).wait_for()
    root.get_by_role("button", name="Stop").click()
    train = root.get_by_role("button", name="Train")
    explorer.page.wait_for_function("e => !e.disabled", arg=train.element_handle())
    explorer.notebook.idle()
    words = root.get_by_text(re.compile(r"Epoch \d+ of")).inner_text()
    epochs = int(re.search(r"Epoch (\d+)", words)[1])
    assert epochs < 200
    for _ in range(epochs):
        sine.epoch()
    sine.show()
    explorer.agrees()


@that_shows("widgets.glass_cell()")
def test_scrubbing_leaves_every_input_as_it_was(shown):
    explorer = shown("widgets.glass_cell()")
    explorer.root.get_by_label("start from").select_option("Remember for ever")
    explorer.mirror.lists["start from"].value = "Remember for ever"
    explorer.agrees()
    handle = explorer.root.get_by_label("step t", exact=True).element_handle()
    for _ in range(6):
        explorer.follow(explorer.drag, "step t", handle, 8)


@pytest.fixture
def glass_page(notebook):
    notebook.width(1280)
    yield notebook
    notebook.width(800)


@that_shows("widgets.glass_cell()")
def test_glass_cell_in_the_page(glass_page):
    call = "widgets.glass_cell()"
    cell = glass_page.explorer(call)

    def shows(name, value):
        cell.locator(f".n-{name}").filter(has_text=value).wait_for()

    start = cell.get_by_label("start from")
    start.select_option("The step on paper")
    shows("h", "0.381")
    shows("c", "0.760")
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


@that_shows("widgets.glass_cell()")
def test_keys_and_words_for_those_who_do_not_see_it(glass_page):
    cell = glass_page.explorer("widgets.glass_cell()")
    cell.get_by_label("start from").select_option("The step on paper")
    for name, there, back in (("input b", "2.74", "0.34"), ("step t", "2", "0")):
        handle = cell.get_by_role("slider", name=name)
        handle.focus()
        for key, said in (("PageUp", there), ("PageDown", back)):  # a tenth of the way
            glass_page.page.keyboard.press(key)
            cell.locator(f'[aria-label="{name}"][aria-valuetext="{said}"]').wait_for()
    assert cell.locator(".lstm-words").get_attribute("aria-live") == "polite"
    fold = cell.get_by_role("button").filter(has_text="Weights")
    for _ in range(2):
        before = fold.get_attribute("aria-expanded")
        fold.click()
        after = {"true": "false", "false": "true"}[before]
        cell.locator(f'button[aria-expanded="{after}"]').wait_for()
    controls, picture = (cell.locator(f".lstm-{part}").bounding_box()
                         for part in ("above", "shown"))
    assert picture["x"] >= controls["x"] + controls["width"]  # beside, not below


@that_shows("widgets.glass_cell()")
def test_puzzle_in_the_page(glass_page):
    cell = glass_page.explorer("widgets.glass_cell()")
    cell.get_by_label("start from").select_option("Puzzle: keep the third input")
    check, said = cell.get_by_role("button", name="Check"), cell.get_by_role("status")
    check.click()
    said.filter(has_text="Not yet").filter(has_text="input gate").wait_for()
    weights = cell.get_by_role("button").filter(has_text="Weights")
    if "▸" in weights.inner_text():
        weights.click()
    for label, value in {"forget W_x": -14, "forget b": 10, "input W_x": 10,
                         "input b": -6}.items():
        readout = cell.get_by_role("textbox", name=f"{label}, type a value")
        readout.fill(str(value))
        readout.press("Enter")
    check.click()
    said.filter(has_text="Right").wait_for()


@that_shows("widgets.glass_cell()")
def test_an_exercise_is_typed_wrong_and_then_right(glass_page):
    card = 'check("02.3", new_cell)'
    new = " + sigmoid(a_i) * np.tanh(a_g)"
    for answer, said in ((f"sigmoid(a_f) + c_prev{new}", "not yet"),
                         (f"sigmoid(a_f) * c_prev{new}", "right")):
        glass_page.scroll_to(card)
        glass_page.type_over(card, f"def new_cell(a_i, a_f, a_g, c_prev):\n"
                                   f"return {answer}", card)
        cell = glass_page.cell(card)
        cell.get_by_role("status").filter(has_text=said).wait_for()

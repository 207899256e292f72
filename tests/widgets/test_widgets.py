"""Explorers without a browser: right numbers, no corner that raises, nothing shared."""

import asyncio
import importlib
import itertools
import re
from functools import partial

import ipywidgets
import numpy as np
import pytest
from truth import wires

from lstm_helpers import bptt, faults, init, tasks, train, widgets
from lstm_helpers.figures.style import COLOURS
from lstm_helpers.model import Recurrent
from lstm_helpers.widgets import core
from lstm_helpers.widgets.svg import number

BLOCKS, GLASS, INFLUENCE, INJECTOR = (
    importlib.import_module(f"lstm_helpers.widgets.{name}")
    for name in ("parameter_blocks", "glass_cell", "influence", "fault_injector"))
WALK = 500 + np.cumsum(np.random.default_rng(0).normal(size=120))
NEEDS = {"lag_detector": (WALK, np.roll(WALK, 1))}  # all others open without a word
MAKERS = {name: partial(getattr(widgets, name), *NEEDS.get(name, ()))
          for name in widgets.__all__}
each_explorer = pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)


def moved(explorer):
    """Return the controls a learner can move, one by one."""
    return core.controls(*explorer.children)


def ends(control):
    """Return the lowest and the highest a control can be set to."""
    options = getattr(control, "options", None)
    if options is not None:
        values = [o[1] if isinstance(o, tuple) else o for o in options]
        return values
    if isinstance(control, ipywidgets.Text):
        return ["", "Zoë-42, a name that is far too long"]
    if hasattr(control, "min"):
        return [control.min, control.max]
    return [False, True]


def shown(explorer):
    """Return everything that is painted."""
    picture = explorer.picture.value
    picture = picture if isinstance(picture, str) else bytes(picture)
    return f"{picture!r} {explorer.words.value}"


def assert_finite(explorer):
    svg = explorer.picture.value if isinstance(explorer.picture.value, str) else ""
    assert not re.search(r"(?i:\b(nan|inf)\b)|\bNone\b", svg + explorer.words.value)


@each_explorer
def test_no_corner_raises_or_shows_nan(make):
    explorer = make()
    assert_finite(explorer)
    controls = moved(explorer)
    for control in controls:  # each alone, from the default
        start = control.value
        for value in ends(control):
            control.value = value
            assert_finite(explorer)
        control.value = start
    lists = [c for c in controls if hasattr(c, "options")]
    sliders = [c for c in controls if c not in lists]
    rng = np.random.default_rng(0)
    corners = list(itertools.product((0, -1), repeat=min(len(sliders), 5)))
    few = [ends(c)[:: len(ends(c)) - 1] if len(lists) > 1 else ends(c) for c in lists]
    for chosen in itertools.product(*few):
        for control, value in zip(lists, chosen, strict=True):
            control.value = value
        for corner in corners:
            sides = [*corner, *rng.choice([0, -1], len(sliders) - len(corner))]
            with explorer.together():
                for control, side in zip(sliders, sides, strict=True):
                    control.value = ends(control)[side]
            assert_finite(explorer)


@each_explorer
def test_one_does_not_move_another(make):
    first, second = make(), make()
    before = shown(second)
    for control in moved(first):
        for value in ends(control):
            control.value = value
    assert shown(second) == before
    assert shown(make()) == before


@each_explorer
def test_a_drag_is_answered_and_not_repeated(make, monkeypatch):
    explorer, sent = make(), []
    sliders = [z for z in moved(explorer) if hasattr(z, "step")]
    monkeypatch.setattr(ipywidgets.Widget, "_send",
                        lambda self, message, buffers=None: sent.append(message))
    for slider in sliders:
        slider.set_state({"value": slider.max})
    assert sliders and "echo_update" not in [z["method"] for z in sent]


@each_explorer
def test_a_stored_notebook_keeps_a_fixed_sentence(make):
    bundle = make()._repr_mimebundle_()
    assert bundle["text/plain"] == core.PLAIN


@each_explorer
def test_is_labelled(make):
    explorer = make()
    for control in moved(explorer):
        assert control.description
    if isinstance(explorer.picture.value, str):
        assert 'role="img"' in explorer.picture.value
        assert re.search("<title>.{20,}</title>", explorer.picture.value)
    assert len(explorer.words.value) > 20


@each_explorer
def test_keys_and_names_are_set_in_the_page(make):
    # What these lines do is tested in tests/browser.
    told = make().children[-1].value
    for word in ("aria-label", "image.alt", "data-lm-suppress-shortcuts", "aria-live",
                 "aria-expanded", "aria-valuetext", "PageUp", "focus-visible"):
        assert word in told


def written(cell):
    """Return the numbers on the wires of a glass cell, by name."""
    found = re.findall(r'class="n-(\w+)"[^>]*>([^<]*)<', cell.picture.value)
    return dict(found)


def test_glass_cell_shows_what_lstm_step_computes():
    rng = np.random.default_rng(1)
    cell = widgets.glass_cell()
    for _ in range(1000):
        t = int(rng.integers(6))
        sliders = [z for three in cell.gates.values() for z in three]
        with cell.together():
            for control in [cell.c, cell.h, *sliders]:
                control.value = rng.uniform(control.min, control.max)
            cell.xs[:] = rng.uniform(-2, 2, GLASS.T)
            cell.t.value, cell.x.value = t, cell.xs[t]
        gates = {k: [z.value for z in cell.gates[k]] for k in "ifgo"}
        truth = wires(cell.xs[: t + 1], cell.c.value, cell.h.value, gates)
        assert written(cell) == truth


def test_glass_cell_repeats_the_notebook():
    cell = widgets.glass_cell()
    assert (written(cell)["c"], written(cell)["h"]) == ("0.760", "0.381")
    cell.preset.value = "The seeded step"
    record = GLASS.run(**cell.settings())
    assert record["h"][0] == pytest.approx(-0.07794162, abs=5e-9)
    assert record["c"][0] == pytest.approx(-0.1448926, abs=5e-9)


def test_a_shut_gate_looks_shut_and_a_wire_says_its_value():
    glass_picture = importlib.import_module("lstm_helpers.widgets.glass_picture")

    def wires_of(cell, gate):
        found = re.findall(rf'<polyline [^>]*stroke="{COLOURS[gate]}" stroke-width='
                           r'"([\d.]+)"', cell.picture.value)
        return [float(width) for width in found]

    keeper = widgets.glass_cell("Remember for ever")  # f open, i shut
    assert max(wires_of(keeper, "i")) < 1.1 and max(wires_of(keeper, "f")) > 6.9
    assert [glass_picture.thick(z) for z in (0, 0.5, -0.5, 1, 9)] == [1, 4, 4, 7, 8]


def test_the_aim_of_the_puzzle_is_drawn_and_only_there():
    aims = {name: "here, from step 2 on" in widgets.glass_cell(name).picture.value
            for name in GLASS.PRESETS}
    assert [name for name, drawn in aims.items() if drawn] == [GLASS.PUZZLE]


def test_presets_do_what_they_are_called():
    runs = {}
    for name in GLASS.PRESETS:
        runs[name] = GLASS.run(**widgets.glass_cell(name).settings())["c"]
    assert np.allclose(runs["Remember for ever"], 0.8, atol=1e-3)
    assert np.all(runs["Forget now"][:8] > 0.77)
    assert np.all(abs(runs["Forget now"][8:]) < 0.01)
    written_once = runs["Write once"]
    assert np.all(written_once[:3] < 0.05) and np.all(written_once[3:] > 0.9)
    steps = np.cumsum(GLASS.PRESETS["Count"].xs)
    assert np.allclose(runs["Count"], steps, atol=0.1)


def test_glass_cell_time_and_input():
    cell = widgets.glass_cell("Write once")
    assert cell.x.value == 1.0 and written(cell)["x"] == "1.000"
    cell.t.value = 10
    assert cell.x.value == 0.0 and written(cell)["x"] == "0.000"
    cell.x.value = 1.0  # a second write, kept when time moves on and back
    cell.t.value = 11
    cell.t.value = 10
    assert written(cell)["x"] == "1.000" and float(written(cell)["c"]) > 1.9
    cell.again.click()
    assert cell.t.value == 3
    cell.t.value = 10
    assert written(cell)["x"] == "0.000"


def test_a_value_of_a_preset_survives_the_steps_of_its_slider():
    cell = widgets.glass_cell("The seeded step")
    before = shown(cell)
    for three in cell.gates.values():
        for control in three:  # what a page does
            control.set_state({"value": round(control.value, 2)})
    assert shown(cell) == before
    control.value += 0.01
    assert shown(cell) != before


SOLVED = {"f": (-14, 0, 10), "i": (10, 0, -6), "g": (2, 0, 0), "o": (0, 0, 2)}


@pytest.mark.parametrize("change, reason", [
    ({"i": (0, 0, 0)}, "too little"),
    ({"i": (10, 0, -12)}, "too little"),
    ({"g": (0.5, 0, 0)}, "candidate"),
    ({"g": (-2, 0, 0)}, "candidate"),
    ({"f": (0, 0, 10)}, "old memory"),
    ({"f": (0, 0, 1)}, "old memory"),
    ({"f": (-4, 0, 1)}, "then lost"),
    ({"i": (0, 0, 4)}, "written over"),
])
def test_puzzle_knows_why(change, reason):
    kind, why = GLASS.judge({**SOLVED, **change})
    assert kind != "kept" and reason in why


@pytest.mark.parametrize("other", [
    {}, {"f": (-16, 0, 11.5)}, {"i": (16, 0, -10)}, {"g": (3, 0, 0)},
    {"g": (0, 0, 1.9)}, {"o": (0, 0, -3)}, {"f": (-15, 0.3, 11)},
])
def test_puzzle_takes_every_right_answer(other):
    kind, why = GLASS.judge({**SOLVED, **other})
    assert kind == "kept", why


def test_puzzle_in_the_widget():
    cell = widgets.glass_cell(GLASS.PUZZLE)
    cell.check.click()
    assert "Not yet" in cell.verdict.value
    with cell.together():
        for k, values in SOLVED.items():
            for control, value in zip(cell.gates[k], values, strict=True):
                control.value = value
    cell.check.click()
    assert "Right" in cell.verdict.value
    assert cell.weights() == SOLVED


def test_glass_cell_names_an_unknown_preset():
    with pytest.raises(ValueError, match="preset must be one of"):
        widgets.glass_cell("Fly")


def test_blocks_count_what_the_layers_have():
    explorer = widgets.parameter_blocks()
    counts = {}
    for name in explorer.layer.options:
        explorer.layer.value = name
        counts[name] = int(re.search("<b>([0-9,]+) param", explorer.words.value)[1])
        assert counts[name] == explorer.total
    assert list(counts.values()) == [384, 416, 288, 312, 96]
    squares = re.findall(r'<rect fill="#\w+" fill-opacity="[\d.]+" width="([\d.]+)" '
                         r'height="([\d.]+)"', explorer.picture.value)
    side = BLOCKS.SQUARE
    assert sum(float(w) * float(h) for w, h in squares) / side**2 == pytest.approx(96)


def test_influence_is_that_of_the_package():
    explorer = widgets.influence()
    explorer.radius.value, explorer.nudge.value = 1.1, 0.5
    xs, W_x, W_unit = INFLUENCE.draw_network(1)
    nudged = xs.copy()
    nudged[:, 0] += 0.5
    start, b = np.zeros((1, INFLUENCE.H)), np.zeros(INFLUENCE.H)
    hs = [bptt.rnn_forward(z, start, W_x, 1.1 * W_unit, b)[0] for z in (xs, nudged)]
    change = np.linalg.norm(hs[1] - hs[0], axis=2)[0]
    assert f"{change[20]:.1g}".replace("e-", "e−") in explorer.words.value
    explorer.nudge.value = 0
    assert "nothing changes" in explorer.words.value


def test_notepad_says_what_is_left():
    explorer = widgets.notepad()
    limp, window, toast = explorer.words.value.split("<br>")
    assert "99.0 % is left" in limp and "692.8 pages" in limp
    assert "34.9 % is left" in window and "6.6 pages" in window
    assert "0.1 % is left" in toast and "1.0 pages" in toast
    explorer.shares[1].value, explorer.n.value = 0.966, 20
    assert "50.1 % is left" in explorer.words.value  # the question of notebook 00
    explorer.shares[0].value, explorer.shares[2].value = 1.0, 0.0
    assert "nothing is ever lost" in explorer.words.value
    assert "all is gone" in explorer.words.value


def test_scrubber_shows_the_record_it_was_given():
    rng = np.random.default_rng(0)
    record = {k: rng.uniform(size=(7, 3)) for k in "figoch"}
    explorer = widgets.gate_scrubber(record)
    before = bytes(explorer.picture.value)
    explorer.unit.value, explorer.t.value = 2, 6
    assert f"<b>h = {number(record['h'][6, 2])}</b>" in explorer.words.value
    assert bytes(explorer.picture.value) != before
    with pytest.raises(ValueError, match="c is missing"):
        widgets.gate_scrubber({k: z for k, z in record.items() if k != "c"})
    one = {k: z[:1, :1] for k, z in record.items()}
    single = widgets.gate_scrubber(one)  # one unit, one step
    single.t.value = single.t.max


def test_injector_agrees_with_the_gradient_check():
    explorer = widgets.fault_injector()
    explorer.T.value = 4
    for fault, label in zip(faults.FAULTS, explorer.backwards, strict=True):
        explorer.fault.value = label
        relative, red = explorer.errors()
        wrong = [k for k, error in relative.items() if error > INJECTOR.TOLERANCE]
        report = faults.report(faults.plant(fault), T=4)
        assert set(wrong) == set(report.wrong)
        assert red == faults.red_blocks(faults.plant(fault), T=4)


def test_injector_says_when_a_fault_hides():
    explorer = widgets.fault_injector()
    explorer.fault.value = next(k for k in explorer.backwards if "dh_next" in k)
    explorer.T.value = 5
    assert "wrong: " in explorer.words.value
    explorer.T.value = 1
    assert "does not show" in explorer.words.value


def test_next_number_trains_as_fit_does():
    explorer = widgets.next_number()
    said = explorer.run().answers[10]
    xs, ys = tasks.counting_windows()
    model = Recurrent("lstm", 1, 5, 1, dtype=np.float64)
    model.params.update(init.keras_params(np.random.default_rng(0), 1, 5, 1))
    train.fit(model, xs, ys, epochs=100, batch_size=None, progress=False,
              optimizer=train.Adam(0.001, eps=1e-7))
    assert np.allclose(said[:27], model.predict(xs)[:, 0])
    explorer.updates.value = 1000
    explorer.updates.value = 100  # back, from memory
    assert np.array_equal(explorer.run().at(100)[0], said)


def test_sine_trains_stops_and_starts_anew():
    async def learner():
        explorer = widgets.train_sine()
        explorer.train.click()
        assert explorer.train.disabled and not explorer.stop.disabled
        while len(explorer.losses) < 3:
            await asyncio.sleep(0)
        explorer.stop.click()
        await asyncio.sleep(0.05)
        done = len(explorer.losses)
        assert 3 <= done <= 5 and explorer.stop.disabled
        assert f"Epoch {done} of" in explorer.words.value
        await asyncio.sleep(0.1)
        assert len(explorer.losses) == done  # it did stop
        explorer.train.click()  # and goes on where it was
        while len(explorer.losses) < done + 2:
            await asyncio.sleep(0)
        assert explorer.losses[-1] < explorer.losses[0]
        explorer.H.value = 4  # another network: nothing of the old one stays
        await asyncio.sleep(0.05)
        assert explorer.losses == [] and explorer.task is None
        assert not explorer.train.disabled

    asyncio.run(learner())


def test_sine_says_when_the_loss_is_not_finite():
    explorer = widgets.train_sine()
    explorer.stopped = "the loss is no longer finite"
    explorer.show()
    assert "smaller steps" in explorer.words.value

"""Explorers without a browser: right numbers, no corner that raises, nothing shared."""

import itertools
import re

import numpy as np
import pytest

from lstm_helpers import cells, widgets
from lstm_helpers.widgets import core, glass
from lstm_helpers.widgets.svg import number

MAKERS = {name: getattr(widgets, name) for name in widgets.__all__}
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
    if hasattr(control, "min"):
        return [control.min, control.max]
    return [False, True]


def shown(explorer):
    """Return everything that is painted."""
    return f"{explorer.picture.value!r} {explorer.words.value}"


def assert_finite(explorer):
    assert not re.search(r"(?i:\b(nan|inf)\b)|\bNone\b", shown(explorer))


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
    corners = list(itertools.product((0, -1), repeat=min(len(sliders), 6)))
    for chosen in itertools.product(*(ends(c) for c in lists)):
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
            cell.xs[:] = rng.uniform(-2, 2, glass.T)
            cell.t.value, cell.x.value = t, cell.xs[t]
        gates = {k: [z.value for z in cell.gates[k]] for k in "ifgo"}
        W_x, W_h, b = np.array([gates[k] for k in "ifgo"]).T
        h_t, c_t = np.array([[cell.h.value]]), np.array([[cell.c.value]])
        for x in cell.xs[: t + 1]:
            h_t, c_t, cache = cells.lstm_step(
                np.array([[x]]), h_t, c_t, W_x[None], W_h[None], b)
        truth = dict(x=x, c=c_t, h=h_t, c_prev=cache.c_prev, h_prev=cache.h_prev,
                     i=cache.i_t, f=cache.f_t, g=cache.g_t, o=cache.o_t,
                     kept=cache.f_t * cache.c_prev, written=cache.i_t * cache.g_t,
                     tanh_c=np.tanh(c_t))
        truth = {k: number(np.asarray(v).item()) for k, v in truth.items()}
        got = written(cell)
        assert {k: got[k] for k in truth} == truth


def test_glass_cell_repeats_the_notebook():
    cell = widgets.glass_cell()
    assert (written(cell)["c"], written(cell)["h"]) == ("0.760", "0.381")
    cell.preset.value = "The seeded step"
    record = glass.run(**cell.settings())
    assert record["h"][0] == pytest.approx(-0.07794162, abs=5e-9)
    assert record["c"][0] == pytest.approx(-0.1448926, abs=5e-9)


def test_presets_do_what_they_are_called():
    runs = {}
    for name in glass.PRESETS:
        runs[name] = glass.run(**widgets.glass_cell(name).settings())["c"]
    assert np.allclose(runs["Remember for ever"], 0.8, atol=1e-3)
    assert np.all(runs["Forget now"][:8] > 0.77)
    assert np.all(abs(runs["Forget now"][8:]) < 0.01)
    written_once = runs["Write once"]
    assert np.all(written_once[:3] < 0.05) and np.all(written_once[3:] > 0.9)
    steps = np.cumsum(glass.PRESETS["Count"].xs)
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
    right, why = glass.judge({**SOLVED, **change})
    assert not right and reason in why


@pytest.mark.parametrize("other", [
    {}, {"f": (-16, 0, 11.5)}, {"i": (16, 0, -10)}, {"g": (3, 0, 0)},
    {"g": (0, 0, 1.9)}, {"o": (0, 0, -3)}, {"f": (-15, 0.3, 11)},
])
def test_puzzle_takes_every_right_answer(other):
    right, why = glass.judge({**SOLVED, **other})
    assert right, why


def test_puzzle_in_the_widget():
    cell = widgets.glass_cell(glass.PUZZLE)
    cell.check.click()
    assert "Not yet" in cell.verdict.value
    with cell.together():
        for k, values in SOLVED.items():
            for control, value in zip(cell.gates[k], values, strict=True):
                control.value = value
    cell.check.click()
    assert "Right" in cell.verdict.value


def test_glass_cell_names_an_unknown_preset():
    with pytest.raises(ValueError, match="preset must be one of"):
        widgets.glass_cell("Fly")

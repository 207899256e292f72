"""What the explorers draw, read off their axes and held against the package."""

import xml.etree.ElementTree as ET
from importlib import import_module

import numpy as np
import pytest
from seen import Picture, value_of

from lstm_helpers import bptt, cells, tasks, widgets
from lstm_helpers.figures.style import COLOURS
from lstm_helpers.widgets import svg
from lstm_helpers.widgets.adder import sequence

INFLUENCE, PATHS = (import_module(f"lstm_helpers.widgets.{name}")
                    for name in ("influence", "error_paths"))


def picture(explorer):
    return Picture(explorer.picture.value)


def test_notepad_draws_f_to_the_power_of_n_for_each_note():
    explorer = widgets.notepad()
    shares = 0.999, 0.9, 0.5
    assert tuple(one.value for one in explorer.shares) == shares
    explorer.n.value = 10
    chart = picture(explorer).chart(226, 612)
    curves = chart.lines(COLOURS["c"])
    assert len(curves) == 3
    for f, curve in zip(shares, curves, strict=True):
        np.testing.assert_allclose(curve[:, 1], f ** curve[:, 0], atol=4e-3)
    dots = [[10, f**10] for f in shares]
    np.testing.assert_allclose(chart.dots(COLOURS["f"]), dots, atol=4e-3)


def test_one_weight_draws_the_points_and_the_guesses():
    km, fare = np.array([1.0, 2.0, 4.0]), np.array([3.0, 4.0, 9.0])
    explorer = widgets.one_weight(km, fare, ("km", "euro"))
    explorer.w.value = 1.5
    chart = picture(explorer).chart(20, 460)
    line, = chart.lines(COLOURS["wrong"], least=2)
    np.testing.assert_allclose(line[:, 1], 1.5 * line[:, 0], atol=0.05)
    np.testing.assert_allclose(chart.dots(svg.INK), np.stack([km, fare], 1), atol=0.05)
    assert explorer.loss == pytest.approx(np.mean((1.5 * km - fare) ** 2))
    assert f"loss is {explorer.loss:.2f}" in explorer.words.value
    for value in explorer.w.min, explorer.w.max:
        explorer.w.value = value
    with pytest.raises(ValueError, match="one value for each of the 3"):
        widgets.one_weight(km, fare[:2])
    with pytest.raises(ValueError, match="xs must be positive"):
        widgets.one_weight(-km, fare)


def test_blocks_say_rows_times_columns():
    explorer = widgets.parameter_blocks()
    explorer.layer.value = next(iter(explorer.layer.options))
    explorer.D.value, explorer.H.value = 3, 8
    said = "\n".join(text for _, _, text, _ in picture(explorer).texts)
    for line in ("3 × 32 = 96", "8 × 32 = 256", "1 × 32 = 32"):
        assert line in said


def test_scrubber_keeps_of_the_step_before():
    rng = np.random.default_rng(0)
    record = {k: rng.uniform(size=(7, 3)) for k in "figoch"}
    explorer = widgets.gate_scrubber(record)
    explorer.unit.value, explorer.t.value = 1, 4
    kept = (f"{svg.number(record['f'][4, 1])} × {svg.number(record['c'][3, 1])}")
    assert f"It kept {kept} and" in explorer.words.value
    wrote = (f"{svg.number(record['i'][4, 1])} × {svg.number(record['g'][4, 1])}")
    assert f"wrote {wrote}, so" in explorer.words.value


def test_influence_draws_both_runs_and_the_size_of_their_difference():
    explorer = widgets.influence()
    explorer.radius.value, explorer.nudge.value = 1.0, 0.5
    xs, W_x, W_unit = INFLUENCE.draw_network(1)
    start, b = np.zeros((1, INFLUENCE.H)), np.zeros(INFLUENCE.H)
    nudged = xs.copy()
    nudged[:, 0] += 0.5
    hs = [bptt.rnn_forward(z, start, W_x, W_unit, b)[0][0] for z in (xs, nudged)]
    drawn = picture(explorer)
    most = np.abs(hs[1] - hs[0])[:10].sum(axis=0).argmax()
    left = drawn.chart(0, 345)
    for colour, run in ((svg.QUIET, hs[0]), (COLOURS["h"], hs[1])):
        line = max(left.lines(colour), key=len)
        np.testing.assert_allclose(line[:, 1], run[:, most], atol=0.01)
    right = drawn.chart(345, 700, log=True)
    size = np.linalg.norm(hs[1] - hs[0], axis=1)
    np.testing.assert_allclose(right.dots()[:, 1], np.log10(size), atol=0.06)


def test_survives_draws_the_single_factor_dashed():
    explorer = widgets.survives()
    explorer.radius.value, explorer.bias.value = 0.8, 2.0
    drawn = picture(explorer)
    for box, factor in (((0, 345), 0.8), ((345, 700), cells.sigmoid(np.array(2.0)))):
        chart = drawn.chart(*box, log=True)
        dashed, = (chart.data(points) for points, stroke, dash in drawn.lines
                   if dash == svg.DASHES["--"] and chart.inside(*points.mean(axis=0)))
        slope = np.diff(dashed[:, 1]) / np.diff(dashed[:, 0])
        np.testing.assert_allclose(slope, np.log10(factor), rtol=0.02)
        assert len([z for z in chart.lines() if len(z) > 20]) == 8


def test_adder_draws_the_unit_that_adds_and_both_marks():
    explorer = widgets.adder()
    explorer.first.value, explorer.second.value = 4, 12
    explorer.a.value, explorer.b.value = 0.5, -0.8
    drawn = picture(explorer)
    above, below = drawn.chart(0, 700, 0, 140), drawn.chart(0, 700, 160, 320)
    above.of_x = below.of_x  # the steps stand once, below both
    marks = above.dots(COLOURS["x"])
    np.testing.assert_allclose(marks, [[4, 0.5], [12, -0.8]], atol=0.05)
    curve, = below.lines(COLOURS["c"])
    unit = int(drawn.said("cell state c of unit")[0].split()[-1])
    cs = explorer.model.states(sequence(4, 12, 0.5, -0.8)).cs[0, :, unit]
    np.testing.assert_allclose(curve[:, 1], cs, atol=0.02)
    assert sorted(np.argsort(np.abs(np.diff(cs)))[-2:] + 1) == [4, 12]


def test_next_number_draws_its_answers_and_the_right_one():
    explorer = widgets.next_number()
    explorer.updates.value = 500
    answers, _ = explorer.run().at(500)
    drawn = picture(explorer)
    right = drawn.chart(355, 700)
    dots = right.dots()
    np.testing.assert_allclose(dots[:, 0], np.arange(3, 31), atol=0.1)
    np.testing.assert_allclose(dots[:, 1], answers[:28], atol=0.2)
    left = drawn.chart(0, 345)
    dashed, = (left.data(points)[:, 1] for points, stroke, dash in drawn.lines
               if dash == svg.DASHES["--"] and left.inside(*points.mean(axis=0)))
    np.testing.assert_allclose(dashed, 30, atol=0.1)
    np.testing.assert_allclose(left.dots(COLOURS["f"]), [[500, answers[27]]], atol=2)


def test_train_sine_draws_floor_and_baseline_where_they_are():
    explorer = widgets.train_sine()
    drawn = picture(explorer)
    chart = drawn.chart(0, 345, log=True)
    levels = {dash: chart.data(points)[0, 1] for points, _, dash in drawn.lines
              if chart.inside(*points.mean(axis=0))}
    for dash, loss in (("--", explorer.floor), (":", explorer.copying)):
        assert levels[svg.DASHES[dash]] == pytest.approx(np.log10(loss), abs=0.01)
    labels = {text: y for _, y, text, _ in drawn.texts}
    assert labels["floor: best possible"] > labels["persistence"]  # lower
    _, ys, _ = tasks.sine(np.random.default_rng(0), N=1)
    wave = drawn.chart(355, 700)
    assert len(max(wave.lines("#999999"), key=len)) == len(ys[0])


def test_error_paths_show_every_shared_wire_with_its_factor():
    explorer = widgets.error_paths()
    explorer.way.value = PATHS.EVERY
    paths = explorer.chosen()
    drawn = picture(explorer)
    widths = {}
    for points, stroke, dash in drawn.lines:
        if stroke == PATHS.LIT and dash == svg.DASHES["--"] and (
                points[0, 1] == points[1, 1]):
            widths[round(points[0, 0])] = True
    shared = [t for t in range(1, PATHS.T)
              if any(b < t <= a for a, b in paths)]
    assert len(widths) == len(shared)
    h, w = PATHS.states(explorer.w.value), explorer.w.value
    for t in shared:
        factor = w * (1 - h[t + 1] ** 2)
        assert drawn.said(f"× {svg.number(factor, 2)}"), t


def test_injector_draws_each_error_where_its_number_is():
    explorer = widgets.fault_injector()
    explorer.fault.value = next(iter(explorer.backwards))
    relative, _ = explorer.errors()
    root = ET.fromstring(explorer.picture.value)
    ticks = [(x, np.log10(value_of(t))) for x, _, t, anchor in picture(explorer).texts
             if anchor == "middle" and value_of(t) is not None]
    fit = np.polyfit(*zip(*ticks, strict=True), 1)
    bars = [z for z in root.iter("rect") if z.get("height") == "16"]
    assert len(bars) == len(relative)
    for bar, error in zip(bars, relative.values(), strict=True):
        end = float(bar.get("x")) + float(bar.get("width"))
        if error > 1e-15:
            assert np.polyval(fit, end) == pytest.approx(np.log10(error), abs=0.1)

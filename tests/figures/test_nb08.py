"""Pictures of training: what stands where, and words for what does not fit."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from lstm_helpers.figures import nb08


@pytest.fixture(autouse=True)
def _close():
    yield
    plt.close("all")


def texts(ax):
    return [text.get_text() for text in ax.texts]


def test_loss_curves_are_named_and_held_against_levels():
    curves = {"a": np.geomspace(1, 0.01, 30), "b": np.geomspace(2, 0.02, 10)}
    ax = nb08.loss_curves(curves, {"floor": 0.009, "persistence": 0.19})
    assert ax.get_yscale() == "linear" and {"floor", "persistence"} <= set(texts(ax))
    assert ax.get_ylim() == (0, 0.03)
    assert [t.get_text() for t in ax.get_legend().get_texts()] == ["a", "b"]
    assert list(ax.lines[1].get_xdata()) == list(range(1, 11))  # epochs count from 1


def test_names_at_the_ends_do_not_lie_on_one_another():
    f = np.array([0.05, 0.1, 0.2])
    series = {name: np.full(3, z) for name, z in
              {"a": 1.0, "b": 1.01, "c": 0.99, "d": 1e-6}.items()}
    for ax in (nb08.by_frequency(f, series, (0.05, 0.2)), nb08.loss_curves(
            {"x": f}, {name: z[0] for name, z in series.items()}, top=2)):
        heights = sorted(text.xy[1] for text in ax.texts)
        assert len(heights) == 4 and np.diff(heights).min() > 0.06


def test_errors_are_bars_from_zero():
    ax = nb08.error_by_step({"a": np.array([0.1, 0.0, 0.2]), "b": np.zeros(3)})
    assert [bar.get_height() for bar in ax.patches] == [0.1, 0, 0.2, 0, 0, 0]
    assert ax.get_yscale() == "linear"
    assert ax.patches[0].get_x() + ax.patches[0].get_width() == pytest.approx(
        ax.patches[3].get_x())


def test_two_waves_begin_together_and_part():
    ax = nb08.parting(0.1, 0.5)
    up, down = (line.get_ydata() for line in ax.lines[:2])
    assert np.isclose(up[0], 0.5) and np.isclose(down[0], 0.5)
    omega = 0.2 * np.pi
    assert np.isclose(up[1] + down[1], 2 * np.cos(omega) * 0.5)
    assert up[1] > 0.5 > down[1] and texts(ax) == ["one rises", "one falls", "seen"]


def test_slips_stand_at_the_step_they_were_measured():
    ax = nb08.slips(np.array([[0.1, 0.2], [0, -0.3]]), every=10)
    assert ax.lines[0].get_xdata().tolist() == [10, 20]
    assert ax.lines[1].get_ydata().tolist() == [0, -0.3]


@pytest.mark.parametrize("frequency, x_0", [(0.1, 0.5), (0.23, -0.7), (0.4, 0)])
def test_the_two_marked_points_lie_on_the_ring(frequency, x_0):
    ax = nb08.ring(frequency, x_0)
    marked = [line for line in ax.lines if line.get_marker() == "s"]
    omega = 2 * np.pi * frequency
    for line, phase in zip(marked, (np.arcsin(x_0), np.pi - np.arcsin(x_0)),
                           strict=True):
        assert np.isclose(line.get_ydata()[0], np.sin(phase + omega))


def test_orbits_keep_distances_of_a_flat_ring():
    angle = 0.2 * np.pi * np.arange(22)  # two cycles from step 2 on
    basis = np.linalg.qr(np.random.default_rng(0).normal(size=(6, 2)))[0]
    ring = np.stack([np.cos(angle), np.sin(angle)], axis=1) @ basis.T
    ax = nb08.orbits(ring[None])
    path = np.array(ax.lines[2].get_data()).T
    assert np.allclose(np.linalg.norm(path, axis=1), 1)
    assert np.allclose(ax.lines[0].get_data(), 0)  # h = 0 is the middle


def test_runs_begin_where_the_warm_up_ends():
    ax = nb08.free_run(np.zeros(30), {"a": np.ones(20)}, 10)
    assert ax.lines[1].get_xdata()[0] == 10 and ax.lines[1].get_xdata()[-1] == 29
    ax = nb08.prediction(np.zeros(5), {"a": np.ones(5)}, first=1)
    assert list(ax.lines[0].get_xdata()) == [1, 2, 3, 4, 5]


def test_a_value_that_nobody_forecast_stands_before_the_forecasts():
    ax = nb08.prediction(np.zeros(5), {"a": np.ones(4)})
    assert list(ax.lines[0].get_xdata()) == [0, 1, 2, 3, 4]
    assert list(ax.lines[1].get_xdata()) == [1, 2, 3, 4]


def test_orbits_have_the_names_they_are_given():
    hs = np.random.default_rng(0).normal(size=(2, 9, 6))
    assert nb08.orbits(hs).get_legend() is None
    ax = nb08.orbits(hs, names=("up", "down"))
    assert [t.get_text() for t in ax.get_legend().get_texts()] == ["up", "down"]


def test_by_frequency_names_every_series():
    f = np.array([0.05, 0.1, 0.2])
    ax = nb08.by_frequency(f, {"a": f, "b": 2 * f}, (0.05, 0.2))
    assert texts(ax) == ["a", "b"] and ax.get_yscale() == "log"


@pytest.mark.parametrize("call, words", [
    (lambda: nb08.loss_curves({"a": np.array([1, np.nan])}), "a must be fin"),
    (lambda: nb08.loss_curves({"a": [1, 2]}), "a must be a NumPy"),
    (lambda: nb08.ring(0.7), "frequency"),
    (lambda: nb08.ring(0.1, 2), "x_0"),
    (lambda: nb08.free_run(np.ones(9), {}, 0), "warm_up"),
    (lambda: nb08.orbits(np.ones((2, 0, 3))), "hs"),
    (lambda: nb08.parting(0.7), "frequency"),
    (lambda: nb08.slips([[1.0]]), "values must be a NumPy"),
])
def test_nonsense_is_refused(call, words):
    with pytest.raises((TypeError, ValueError), match=words):
        call()

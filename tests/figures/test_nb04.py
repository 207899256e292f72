"""Pictures of gates: ranges of colour, labels, and words for what does not fit."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from lstm_helpers.figures import nb04


@pytest.fixture(autouse=True)
def _close():
    yield
    plt.close("all")


@pytest.fixture
def record():
    rng = np.random.default_rng(0)
    return {name: rng.uniform(-1, 1, size=(6, 4)) * (2.5 if name == "c" else 1)
            for name in "ifgoch"}


def limits(ax):
    return ax.images[0].get_clim()


def test_gates_run_from_0_to_1_and_signed_values_around_0(record):
    axs = nb04.cell_over_time(record)
    assert [limits(ax) for ax in axs.flat] == [(0, 1)] * 3 + [(-1, 1), (-3, 3), (-1, 1)]


def test_units_run_down_and_time_to_the_right(record):
    ax = nb04.heatmap(record["f"])
    assert np.array_equal(ax.images[0].get_array(), record["f"].T)


def test_two_cells_share_their_colours_and_no_title_tells_which(record):
    axs = nb04.side_by_side(record, record, np.zeros((6, 2)), ["a", "b"])
    assert axs.shape == (5, 2)
    for left, right in axs[1:]:
        assert limits(left) == limits(right)
    titles = {ax.get_title() for ax in axs.ravel()}
    assert titles == {"cell A", "cell B", ""}


def test_units_are_sorted_by_when_they_follow_the_first_input():
    t = np.arange(100) * 2 * np.pi / 25
    late = [0.9, 0.1, 2.0, -0.6]
    hs = np.stack([np.sin(t - phi) for phi in late], axis=1)
    order = nb04.by_phase(hs, np.sin(t)[:, None])
    assert [late[k] for k in order] in (sorted(late), sorted(late)[::-1])


def test_inputs_stand_above_the_heatmaps(record):
    xs = np.random.default_rng(0).normal(size=(6, 2))
    axs = nb04.with_waves(record, xs, ["a", "b"])
    for ax in axs[0]:
        np.testing.assert_array_equal(ax.lines[1].get_ydata(), xs[:, 1])
    labels = [label.get_text() for label in axs[1, 0].get_yticklabels()]
    assert sorted(labels) == ["0", "1", "2", "3"]
    drawn = axs[1, 0].images[0].get_array()
    np.testing.assert_array_equal(drawn, record["f"].T[[int(k) for k in labels]])


def test_forecasts_and_losses_draw_what_they_are_given():
    truth = np.random.default_rng(0).normal(size=(5, 2))
    axs = nb04.forecasts(truth, {"before": truth + 1, "after": truth}, ["a", "b"])
    np.testing.assert_array_equal(axs[1].lines[2].get_ydata(), truth[:, 1])
    ax = nb04.learning({"loss": np.array([1.0, 0.1])}, {"rule": 0.5})
    assert ax.get_yscale() == "log" and ax.lines[1].get_ydata()[0] == 0.5


def test_no_phase_is_worse_than_half_a_right_angle():
    ax = nb04.phases(np.radians([10.0, 200.0]), np.array([0.9, 0.8]))
    best = ax.lines[0].get_ydata()
    assert min(best) == pytest.approx(np.sqrt(0.5), abs=1e-6) and max(best) == 1
    np.testing.assert_allclose(ax.lines[3].get_xdata(), [10, 20])


def test_the_strongest_correlation_is_framed():
    matrix = np.array([[0.1, -0.9], [0.5, 0.2], [0.0, 0.3]])
    frame = nb04.correlation_table(matrix, ["a", "b"]).patches[-1]
    assert frame.get_xy() == (-0.5, 0.5)  # unit 0, input 1


def test_the_bound_is_the_number_of_steps():
    ax = nb04.belt_bounds({"open": np.arange(1.0, 8)})
    assert np.array_equal(*ax.lines[0].get_data())


def test_strip_and_waves_take_named_series():
    nb04.strip({"a": [0.1, 0.4], "b": [0.2, 0.3]}, marked={"a": 0.4})
    ax = nb04.waves({"x": np.sin(np.arange(30))})
    assert [t.get_text() for t in ax.texts] == ["x"]


def test_a_batch_is_refused():
    with pytest.raises(ValueError, match=r"^values must have shape \(T, H\)"):
        nb04.heatmap(np.zeros((1, 6, 4)))

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


def test_before_and_after_share_their_colours(record):
    axs = nb04.before_and_after(record, record)
    assert [limits(ax) for ax in axs[0]] == [limits(ax) for ax in axs[1]]


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

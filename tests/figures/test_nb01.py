"""Pictures of notebook 01: the job with signs, and what is left of a change."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from lstm_helpers.figures import nb01


@pytest.fixture
def ax():
    _, ax = plt.subplots()
    yield ax
    plt.close("all")


def test_every_sign_has_its_stem_and_the_state_its_line(ax):
    xs = np.array([1.0, 0, 0, -1, 0, 1])
    hs = np.array([0.9, 0.8, 0.7, -0.9, -0.8, 0.95])
    nb01.signs(xs, hs, ax)
    dots, line = ax.lines[:2]
    assert dots.get_xdata().tolist() == [0, 3, 5]
    assert dots.get_ydata().tolist() == [1, -1, 1]
    assert line.get_ydata().tolist() == hs.tolist()
    with pytest.raises(ValueError, match="hs must have shape"):
        nb01.signs(xs, hs[1:], ax)


def test_influence_draws_medians_bands_and_the_control_in_its_colour(ax):
    many = 0.9 ** np.arange(5) * np.linspace(0.5, 1.5, 11)[:, None]
    nb01.influence({"many": many, "one": many[5]}, ax, ["one"])
    first, second = ax.lines[:2]
    np.testing.assert_allclose(first.get_ydata(), 0.9 ** np.arange(5))
    assert first.get_color() != second.get_color()
    assert first.get_linestyle() != second.get_linestyle()
    band, = ax.collections
    top = band.get_paths()[0].vertices[:, 1].max()
    assert top == pytest.approx(np.quantile(many[:, 0], 0.95))
    assert ax.get_yscale() == "log"

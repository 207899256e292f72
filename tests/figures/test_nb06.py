"""Pictures of notebook 06: each test names a fact of the picture."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from lstm_helpers.figures import nb06


@pytest.fixture(autouse=True)
def _close():
    yield
    plt.close("all")


def test_factors_and_their_product_start_at_step_one_on_a_log_axis():
    single = np.array([0.9, 0.8, 0.5])
    ax = nb06.factors(single, np.cumprod(single))
    dots, line = ax.lines[:2]
    np.testing.assert_array_equal(dots.get_data()[0], [1, 2, 3])
    np.testing.assert_allclose(line.get_ydata(), [0.9, 0.72, 0.36])
    assert ax.get_yscale() == "log"


def test_a_band_holds_eight_of_ten_around_the_median():
    norms = np.tile(np.arange(1, 12.0)[:, None], 5)
    ax = nb06.bands({"a": norms, "b": norms / 100})
    np.testing.assert_allclose(ax.lines[0].get_ydata(), 6)
    heights = ax.collections[0].get_paths()[0].vertices[:, 1]
    assert heights.min() == 2
    assert heights.max() == 10
    assert ax.lines[0].get_linestyle() != ax.lines[1].get_linestyle()


def test_labels_of_bands_that_end_together_stand_apart():
    norms = np.ones((3, 5))
    ax = nb06.bands({"a": norms, "b": norms, "c": norms})
    heights = sorted(np.log10(text.xy[1]) for text in ax.texts)
    assert np.diff(heights).min() > 1


def test_the_step_from_the_cliff_lands_where_gradient_descent_lands():
    ax = nb06.cliff(steps=(5, 50), target=0.5, at=1.03, rate=0.01)
    slope = (1.03**50 - 0.5) * 50 * 1.03**49
    words = " ".join(text.get_text() for text in ax.texts)
    assert f"w = {1.03 - 0.01 * slope:.1f}".replace("-", "−") in words
    w, loss = ax.lines[1].get_data()
    np.testing.assert_allclose(loss, (w**50 - 0.5) ** 2 / 2)

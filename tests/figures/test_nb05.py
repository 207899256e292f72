"""The pictures of errors show what they are given."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_hex

from lstm_helpers import faults
from lstm_helpers.figures import nb05
from lstm_helpers.figures.style import COLOURS


@pytest.fixture(autouse=True)
def _close():
    yield
    plt.close("all")


def texts(ax):
    return [text.get_text() for text in ax.texts]


def test_the_fault_table_has_a_cross_where_a_gradient_is_wrong():
    red = {faults.STEP[8]: ["dW_h"], faults.STEP[9]: ["db"], faults.LOOP[1]: []}
    ax = nb05.fault_table(red, notes=["", "ifgo", ""])
    signs = [text for text in texts(ax) if text[:1] in "✗·"]
    assert len(signs) == 18 and signs.count("·") == 16
    assert signs[2] == "✗" and signs[6 + 3] == "✗ ifgo"
    filled = [to_hex(patch.get_facecolor()).upper() == COLOURS["wrong"]
              for patch in ax.patches]
    assert filled == [sign[0] == "✗" for sign in signs]
    assert faults.STEP[8].wrong in texts(ax)
    labels = [label.get_text() for label in ax.get_xticklabels()]
    assert labels == ["dxs", "dW_x", "dW_h", "db", "dh_init", "dc_init"]


def test_the_second_table_leaves_out_the_lines():
    ax = nb05.fault_table({faults.STEP[0]: []}, rows=False)
    assert texts(ax) == ["·"] * 6


def test_every_arrow_of_the_step_is_labelled_and_dashed():
    ax = nb05.lstm_errors()
    arrows = [p for p in ax.patches if type(p).__name__ == "FancyArrowPatch"]
    assert len(arrows) == 12  # 4 to the a's, 3 from c_t to f, i, g, 5 on the states
    assert all(arrow.get_linestyle() != "-" for arrow in arrows)
    factors = [text for text in texts(ax) if "times" in text or text.startswith("d")]
    assert len(factors) == len(arrows)


@pytest.mark.parametrize("T", [2, 4, 6])
def test_unrolled_errors(T):
    ax = nb05.unrolled_errors(T)
    dashed = [p for p in ax.patches if type(p).__name__ == "FancyArrowPatch"
              and p.get_linestyle() != "-"]
    assert len(dashed) == 3 * T - 1


@pytest.mark.parametrize("T", [1, 7])
def test_unrolled_errors_fit_on_the_page(T):
    with pytest.raises(ValueError, match="T must be"):
        nb05.unrolled_errors(T)


def test_curves():
    ax = nb05.loss_curves({"a": [np.ones(3)] * 2, "b": [np.ones(3)]})
    assert [line.get_linestyle() for line in ax.lines] == ["-", "-", "--"]
    ax = nb05.gradient_by_step({"full": np.array([0.0, 1, 2])})
    assert np.isnan(ax.lines[0].get_ydata()[0]) and ax.get_yscale() == "log"
    assert list(ax.lines[1].get_xdata()) == [0] and texts(ax) == ["exactly 0"]
    eps = np.array([1e-3, 1e-2])
    ax = nb05.difference_errors(eps, {"centred": np.array([0.0, 1e-4])})
    assert (ax.lines[0].get_ydata() > 0).all()

"""The pictures of gradients show what they are given."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_hex

from lstm_helpers import cells, faults
from lstm_helpers.figures import nb05
from lstm_helpers.figures.style import COLOURS


@pytest.fixture(autouse=True)
def _close():
    yield
    plt.close("all")


def texts(ax):
    return [text.get_text() for text in ax.texts]


def arrows(ax, dashed):
    return [p for p in ax.patches if type(p).__name__ == "FancyArrowPatch"
            and (p.get_linestyle() != "-") == dashed]


def test_the_fault_table_has_a_cross_where_a_gradient_is_wrong():
    red = {faults.STEP[8]: ["dW_h"], faults.STEP[9]: ["db"], faults.LOOP[1]: []}
    later = {fault: ["db"] for fault in red}
    ax = nb05.fault_table(red, notes=["", "ifgo", ""], later=("T = 2", later))
    signs = [text for text in texts(ax) if text[:1] in "✗·"]
    assert len(signs) == 21 and signs.count("·") == 16
    assert signs[2] == "✗" and signs[7 + 3] == "✗ ifgo"
    assert signs[6] == signs[13] == signs[20] == "✗"
    filled = [to_hex(patch.get_facecolor()).upper() == COLOURS["wrong"]
              for patch in ax.patches]
    assert filled == [sign[0] == "✗" for sign in signs]
    assert faults.STEP[8].wrong in texts(ax)
    labels = [label.get_text() for label in ax.get_xticklabels()]
    assert labels == ["dxs", "dW_x", "dW_h", "db", "dh_init", "dc_init", "T = 2"]


def test_the_machines_answer_by_their_three_rules():
    assert texts(nb05.machines()).count("?") == 5
    said = texts(nb05.machines(answers=True))
    assert "?" not in said and {"10", "6", "1.5"} <= set(said)
    assert said.count("2") == 2 + 2 + 1  # arriving twice, + twice, one reader


def test_two_steps_hear_what_the_chain_rule_says():
    h0 = np.tanh(1)
    s0, s1 = 1 - h0**2, 1 - np.tanh(2 * h0) ** 2
    assert not arrows(nb05.two_steps(), dashed=True)
    said = texts(nb05.two_steps(answers=True))
    assert f"hears {s1 * h0:.3f}" in said and f"hears {s1 * 2 * s0 * 0.5:.3f}" in said


def test_the_backward_cell_writes_every_number_once():
    i, f, o = (float(cells.sigmoid(a)) for a in (0.16, 1.3, 0.38))
    values = {"dh": 1, "dc_next": 0, "do": o, "dc": f, "da_i": i}
    ax = nb05.backward_cell(values)
    said = [text for text in texts(ax) if text.startswith("d")]
    assert said == ["dh 1", "dc_next 0", f"do {o:.3f}", f"dc {f:.3f}", f"da_i {i:.3f}"]
    assert arrows(ax, dashed=True)
    with pytest.raises(ValueError, match="values must name"):
        nb05.backward_cell({"dq": 1.0})


@pytest.mark.parametrize("T", [2, 4, 6])
def test_unrolled_errors(T):
    ax = nb05.unrolled_errors(T)
    assert len(arrows(ax, dashed=True)) == 3 * T - 1
    assert len(arrows(ax, dashed=False)) == 3 * T


@pytest.mark.parametrize("T", [1, 7])
def test_unrolled_errors_fit_on_the_page(T):
    with pytest.raises(ValueError, match="T must be"):
        nb05.unrolled_errors(T)


def test_curves():
    ax = nb05.loss_curves({"a": [np.ones(3)] * 2, "b": [np.ones(3)]}, floors=[0.5])
    assert [line.get_linestyle() for line in ax.lines] == ["-", "-", "--", ":"]
    assert list(ax.lines[-1].get_ydata()) == [0.5, 0.5]
    ax = nb05.gradient_by_step({"full": np.array([0.0, 1, 2])})
    assert np.isnan(ax.lines[0].get_ydata()[0]) and ax.get_yscale() == "log"
    assert list(ax.lines[1].get_xdata()) == [0] and texts(ax) == ["exactly 0"]


def test_slopes_are_measured_and_the_centred_one_is_nearer():
    ax = nb05.slope_of_tanh(0.5, np.array([1e-3, 1e-2]))
    one_sided, centred = (line.get_ydata() for line in ax.lines)
    assert (centred < one_sided / 100).all()
    np.testing.assert_allclose(one_sided[1] / one_sided[0], 10, rtol=0.1)
    np.testing.assert_allclose(centred[1] / centred[0], 100, rtol=0.1)

"""The two central drawings: each test names a fact of the picture."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from lstm_helpers.figures import diagrams, nb02, style
from lstm_helpers.widgets import glass_picture

FACES = {"f": "σ", "i": "σ", "g": "tanh", "o": "σ"}


@pytest.fixture
def cell():
    names = ("c_prev h_prev x f i g o kept written c tanh_c h").split()
    yield diagrams.lstm_cell(values={k: n / 8 for n, k in enumerate(names)})
    plt.close("all")


def said(ax):
    """Return all texts of a picture and where they stand."""
    return [(t.get_text(), *t.get_position()) for t in ax.texts]


def below(ax, name):
    """Return the text of the box right below a gate's name."""
    x, y = next((x, y) for text, x, y in said(ax) if text == f"${name}_t$")
    boxes = [(abs(u - x) + y - v, text) for text, u, v in said(ax)
             if text in ("σ", "tanh") and v < y]
    return min(boxes)[1]


def test_gates_are_squashed_by_sigma_and_the_candidate_by_tanh(cell):
    assert {k: below(cell, k) for k in FACES} == FACES
    assert glass_picture.FACES == FACES


def test_every_number_stands_on_the_page_and_none_on_another(cell):
    numbers = [t for t in cell.texts if t.get_text().replace(".", "").isdigit()]
    assert len(numbers) == 12
    cell.figure.canvas.draw()
    boxes = [t.get_window_extent() for t in numbers]
    page = cell.get_window_extent()
    for k, box in enumerate(boxes):
        assert page.x0 <= box.x0 and box.x1 <= page.x1
        assert page.y0 <= box.y0 and box.y1 <= page.y1
        assert not any(box.overlaps(other) for other in boxes[k + 1 :])


def test_signs_on_the_belt_forget_first_then_add(cell):
    belt = max(y for text, _, y in said(cell) if text in ("×", "+"))
    row = sorted((x, text) for text, x, y in said(cell) if y == belt and text in "×+")
    assert [text for _, text in row] == ["×", "+"]
    where = {text: x for text, x, _ in said(cell)}
    assert row[0][0] == pytest.approx(where["$f_t$"] - 0.1)  # f's wire leads to the ×
    assert row[1][0] == pytest.approx(where["$g_t$"] - 0.1)  # what g writes, to the +
    assert sum(text == "×" for text, *_ in said(cell)) == 3


def test_what_leaves_passes_tanh_and_then_the_output_gate(cell):
    tanh = min((y, x) for text, x, y in said(cell) if text == "tanh" and y > 3)
    times = [(x, y) for text, x, y in said(cell) if text == "×"]
    assert any(x == tanh[1] and y < tanh[0] for x, y in times)


def test_gates_have_the_colours_of_the_table(cell):
    for k in FACES:
        name, = (t for t in cell.texts if t.get_text() == f"${k}_t$")
        assert name.get_color() == style.COLOURS[k]


def test_what_is_not_lit_is_grey():
    ax = diagrams.lstm_cell(highlight="f")
    colours = {t.get_text(): t.get_color() for t in ax.texts}
    assert colours["$f_t$"] == style.COLOURS["f"]
    assert {colours[f"${k}_t$"] for k in "igo"} == {"#BBBBBB"}
    plt.close("all")


def test_the_unrolled_rnn_uses_one_set_of_weights_at_every_step():
    ax = diagrams.unrolled_rnn(4)
    texts = [text for text, *_ in said(ax)]
    assert texts.count("tanh") == texts.count("$W_x$") == 5  # the loop, and four steps
    order = [text for text, x, _ in sorted(said(ax), key=lambda s: s[1])
             if text in {f"$x_{{{t}}}$" for t in range(4)}]
    assert order == [f"$x_{{{t}}}$" for t in range(4)]
    plt.close("all")


def test_squashers_draws_sigma_and_tanh_of_the_same_inputs():
    ax = nb02.squashers()
    (a, s), (b, t) = (line.get_data() for line in ax.lines[:2])
    np.testing.assert_array_equal(a, b)
    np.testing.assert_allclose(s, 1 / (1 + np.exp(-a)), atol=1e-12)
    np.testing.assert_allclose(t, np.tanh(a), atol=1e-12)
    plt.close("all")


def test_every_gate_has_a_line_style_of_its_own():
    assert len({style.LINES[k] for k in "ifgo"}) == 4
    assert len(set(style.COLOURS.values())) == len(style.COLOURS)


def test_a_number_without_a_place_is_named():
    with pytest.raises(ValueError, match="values must name"):
        diagrams.lstm_cell(values={"keeps": 1.0})

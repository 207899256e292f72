"""The pictures of the start page show what they say."""

import json
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pytest

from lstm_helpers.figures import nb00

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _close():
    yield
    plt.close("all")


def test_bars_of_the_story_shrink_by_the_share_that_is_kept():
    ax = nb00.story({"a": (2, 0.5), "b": (3, 1.0)}, pages=5)
    heights = [bar.get_height() / 0.72 for bar in ax.patches]
    assert np.allclose(heights, [1, 0.5, 0.25, 0.125, 1, 1, 1])


def test_remaining_draws_powers_and_refuses_what_is_no_share():
    ax = nb00.remaining((1.0, 0.9), steps=7)
    assert np.allclose(ax.lines[1].get_ydata(), 0.9 ** np.arange(8))
    with pytest.raises(ValueError, match="between 0 and 1"):
        nb00.remaining((1.1,))


def test_no_belt_multiplies_before_the_forget_gate_of_2000():
    years = [year for year, *_ in nb00.HISTORY]
    assert years == sorted(years) == list(nb00.CELLS)
    signs = {}
    for year, draw in nb00.CELLS.items():
        _, ax = plt.subplots()
        draw(ax, 0)
        signs[year] = {text.get_text() for text in ax.texts} & {"×", "+", "f"}
    assert signs[1997] == {"+"} and signs[2000] == {"×", "+", "f"}
    assert signs[1990] == set() and signs[2014] == {"×", "+"}


def test_training_is_drawn_on_the_loss_it_lowers():
    ax = nb00.downhill(lambda w: (w - 2) ** 2, [1.0, 1.5, 1.75])
    curve, dots = ax.lines
    assert np.allclose(dots.get_ydata(), [1, 0.25, 0.0625])
    assert curve.get_xdata()[np.argmin(curve.get_ydata())] == 2


def test_the_continuation_begins_where_the_known_part_ends():
    curve = np.arange(90.0)
    figure = nb00.continued(curve, 70, curve[70:80], curve[70:80] + 1)
    for panel, more in zip(figure.axes, (0, 1), strict=True):
        known, rest, guess, _ = panel.lines
        assert known.get_xdata()[-1] == 69 and rest.get_xdata()[0] == 70
        assert np.allclose(guess.get_ydata() - rest.get_ydata(), more)


def test_texts_of_the_timeline_do_not_overlap():
    figure, ax = plt.subplots(figsize=(8.8, 3))
    nb00.timeline(ax)
    figure.canvas.draw()
    boxes = [text.get_window_extent() for text in ax.texts if text.get_text()]
    for k, a in enumerate(boxes):
        assert not [b for b in boxes[:k] if a.overlaps(b)], ax.texts[k]


def test_the_road_has_a_tile_and_a_picture_for_every_notebook():
    stored = {path.name[:2] for path in (ROOT / "notebooks").glob("*.ipynb")}
    assert stored <= set(nb00.TILES) == set(nb00.PICTURES)
    assert len(nb00.road().child_axes) == 14


def test_alt_texts_of_the_start_page_name_every_tile():
    stored = json.loads((ROOT / "notebooks/00_start_here.ipynb").read_text("utf-8"))
    alts = [output["metadata"]["image/png"]["alt"] for cell in stored["cells"]
            for output in cell.get("outputs", ()) if "image/png" in output.get(
                "data", {})]
    assert all(words in alts[-1] for words in nb00.TILES.values())

"""The block picture draws as many squares as the layer has parameters."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from lstm_helpers import init
from lstm_helpers.figures import nb03


@pytest.fixture
def ax():
    fig, ax = plt.subplots()
    yield ax
    plt.close(fig)


def squares(ax):
    return sum(round(p.get_width() * p.get_height()) for p in ax.patches)


@pytest.mark.parametrize(
    "D, H, gates, biases, total",
    [(3, 8, "ifgo", 1, 384), (3, 8, "ifgo", 2, 416), (3, 8, "rzn", 1, 288),
     (3, 8, "rzn", 2, 312), (1, 5, "ifgo", 1, 140), (1, 16, "h", 1, 288)],
)
def test_one_square_a_parameter(ax, D, H, gates, biases, total):
    nb03.parameter_blocks(D, H, gates, biases, ax)
    assert squares(ax) == total
    titles = ax.get_title("left") + ax.get_title()  # where depends on the style
    assert f"{total} parameters" in titles


def test_growth_is_to_scale(ax):
    nb03.growth(3, (4, 8), ax)
    rng = np.random.default_rng(0)
    arrays = [z for H in (4, 8) for z in init.lstm_params(rng, 3, H).values()]
    assert squares(ax) == sum(z.size for z in arrays)


@pytest.mark.parametrize("wrong", [dict(biases=3), dict(biases=0), dict(H=0)])
def test_nonsense_is_refused(ax, wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        nb03.parameter_blocks(**{"D": 3, "H": 8, **wrong}, ax=ax)

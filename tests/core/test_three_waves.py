"""The inputs of notebook 04 are the three waves they are said to be."""

import numpy as np
import pytest

from lstm_helpers import tasks


def test_three_waves():
    wanted = [[0] * 5, [1, -1, 1, -1, 1], [0] * 5]
    np.testing.assert_allclose(tasks.three_waves(5)[0].T, wanted, atol=1e-14)
    half_sine = tasks.three_waves(401)[0, :, 2]
    assert np.abs(half_sine).max() == pytest.approx(0.5)
    assert np.diff(np.sign(half_sine[1:-1])).astype(bool).sum() == 7  # four cycles

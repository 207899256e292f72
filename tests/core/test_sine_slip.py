"""How far a run has slipped, and where it rests: known waves give known answers."""

import numpy as np
import pytest

from lstm_helpers import sine


def waves(phases, ahead, steps, first=25, frequency=0.1):
    ts = first + np.arange(steps)
    omega = 2 * np.pi * frequency
    ahead = np.broadcast_to(ahead, (len(phases), steps))
    return np.sin(omega * (ts + ahead) + phases[:, None])[..., None]


def test_a_wave_that_is_ahead_has_slipped_by_as_much():
    phases = np.random.default_rng(0).uniform(0, 2 * np.pi, 5)
    for ahead in (0, 0.3, -2.5, 4.9):
        run = 0.8 * waves(phases, ahead, 20)
        np.testing.assert_allclose(sine.slip(run, phases, 25), ahead, atol=1e-12)
    half = waves(phases, 7, 20)  # seven ahead or three behind: nobody can tell
    np.testing.assert_allclose(sine.slip(half, phases, 25), -3, atol=1e-12)


def test_a_slip_is_followed_beyond_half_a_cycle():
    phases = np.array([0.1, 3.0])
    run = waves(phases, np.linspace(0, 12, 600), 600)
    found = sine.slips(run, phases, 25)
    assert found.shape == (2, 60)
    np.testing.assert_allclose(found[:, -1], 12, atol=0.2)
    assert np.diff(found, axis=1).min() > 0


def test_places_on_the_ring_are_counted_round_the_corner():
    phases = np.linspace(0, 2 * np.pi, 100, endpoint=False)
    at = phases / (2 * np.pi) * 10
    assert sine.places(phases, np.round(at) - at) == 10  # pulled to whole steps
    assert sine.places(phases, np.round(at) - at - 0.001) == 10
    assert sine.places(phases, np.zeros(100)) == 100
    assert sine.places(phases, -at) == 1


def test_stored_runs_are_sixteen_seeds_of_each():
    runs = sine.results()
    groups = {(r["cell"], r["recipe"], r["epochs"]) for r in runs}
    assert len(runs) == 16 * len(groups) == 16 * 9
    for cell, recipe, epochs in groups:
        found = sine.results(cell=cell, recipe=recipe, epochs=epochs)
        assert {r["seed"] for r in found} == set(range(16))
    with pytest.raises(ValueError, match="cell, recipe, epochs"):
        sine.results(cell="gru")


def test_a_stored_run_comes_out_again():
    from benchmarks import sine as bench

    again = bench.run("rnn", bench.WHOLE, 50, 0)
    stored, = sine.results(cell="rnn", recipe=bench.WHOLE, epochs=50, seed=0)
    assert again["above"] == pytest.approx(stored["above"], abs=0.5)


def test_spread():
    assert sine.spread([3, 1, 2]) == " 2.00 (1.00 to 3.00)"

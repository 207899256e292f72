"""A sine that a network carries on alone: how far it slips, and where it locks.

Also the stored runs of ``benchmarks.sine``: they stand in data/sine.json, and notebook
08 prints them beside the few it trains itself.
"""

import json
from pathlib import Path

import numpy as np

from lstm_helpers import validate

PATH = Path(__file__).parent / "data" / "sine.json"


def slip(run, phases, first, frequency=0.1):
    """Return by how many steps each run is ahead of the wave it carries on.

    Parameters
    ----------
    run : ndarray, (N, K, 1)
        K values in a row, a whole number of cycles.
    phases : ndarray, (N,)
        Of the true waves, sin(ω t + φ), at t = 0.
    first : int
        The step t that the first of the K values belongs to.
    frequency : float
        Cycles per step, of the true waves.

    Returns
    -------
    ndarray, (N,)
        In steps, from minus half a cycle to half a cycle; positive: ahead.
    """
    validate.array("run", run)
    omega = 2 * np.pi * validate.real("frequency", frequency, 0, 0.5)
    ts = first + np.arange(run.shape[1])
    # The sum of sin(ωt + φ') e^{-iωt} over whole cycles is e^{iφ'} K / 2i.
    turned = 1j * np.sum(run[..., 0] * np.exp(-1j * omega * ts), axis=1)
    return np.angle(turned * np.exp(-1j * phases)) / omega


def slips(run, phases, first, every=10, frequency=0.1):
    """Return the slip after every few steps, followed also beyond half a cycle.

    Parameters
    ----------
    run : ndarray, (N, K, 1)
    phases : ndarray, (N,)
    first : int
        The step that the first of the K values belongs to.
    every : int
        A whole number of cycles.
    frequency : float

    Returns
    -------
    ndarray, (N, K // every)
        In steps. Entry k is of the values ``k * every`` to ``(k + 1) * every``.
    """
    validate.array("run", run)
    found = [slip(run[:, k : k + every], phases, first + k, frequency)
             for k in range(0, run.shape[1] - every + 1, every)]
    cycle = 1 / frequency
    return np.unwrap(np.stack(found, axis=1), period=cycle, axis=1)


def places(phases, slipped, frequency=0.1, near=0.02):
    """Return how many different places on the ring the runs of many waves are at.

    Parameters
    ----------
    phases, slipped : ndarray, (N,)
        Phases of the true waves, and by how many steps each run is ahead of its own.
    frequency : float
    near : float
        Places closer than this, in steps, count as one.

    Returns
    -------
    int
    """
    cycle = 1 / frequency
    at = np.sort((validate.array("phases", phases) / (2 * np.pi) * cycle + slipped)
                 % cycle)
    gaps = np.diff(np.append(at, at[0] + cycle))
    return max(1, int(np.sum(gaps > near)))


def results(**wanted):
    """Return the stored runs of ``python -m benchmarks.sine``.

    Parameters
    ----------
    **wanted
        Settings a run must have: cell, recipe, epochs, seed.

    Returns
    -------
    list of dict
        Settings and figures of each run, as `benchmarks.sine.run` returns them.

    Raises
    ------
    ValueError
        If there is no such run.
    """
    stored = json.loads(PATH.read_text(encoding="utf-8"))
    found = [run for run in stored
             if all(run.get(key) == value for key, value in wanted.items())]
    if not found:
        raise ValueError(f"there must be stored runs with {wanted}, got none; cell, "
                         "recipe, epochs and seed may be given")
    return found


def spread(values):
    """Return median and range of many runs as text: "0.05 (-0.20 to 0.17)".

    Parameters
    ----------
    values : sequence of float

    Returns
    -------
    str
    """
    return (f"{np.median(values):5.2f} ({np.min(values):.2f} to {np.max(values):.2f})")

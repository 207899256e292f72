"""Notebook 11: the cell that uses the saved network needs nothing of what is above."""

import json
from pathlib import Path

import numpy as np

from lstm_helpers.model import Recurrent

ROOT = Path(__file__).parents[2]


def test_the_cell_of_a_job_runs_by_itself(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    Recurrent("lstm", D=1, H=3).save(tmp_path / "glucose.npz")
    (tmp_path / "glucose.json").write_text(json.dumps(
        dict(T=24, mean=140.0, std=50.0, low=-0.4, high=0.5)), encoding="utf-8")
    notebook = json.loads((ROOT / "notebooks" / "11_real_series.ipynb").read_text(
        encoding="utf-8"))
    source, = ("".join(cell["source"]) for cell in notebook["cells"]
               if "def in_half_an_hour" in "".join(cell["source"]))
    space = {}
    exec(source, space)
    forecast, low, high = space["in_half_an_hour"](np.linspace(90, 120, 24))
    np.testing.assert_allclose([low - forecast, high - forecast], [-20, 25])
    assert "refused: wanted are the last 24 readings" in capsys.readouterr().out

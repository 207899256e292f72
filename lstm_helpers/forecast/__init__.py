"""Forecast a series and hold the forecast against what costs nothing.

`series` loads, `own` reads your own file, `windows` cuts and splits without a look at
the future, `ladder` holds the baselines, `network` the networks, `verdict` says it all
in one call.
"""

from lstm_helpers.forecast.ladder import (
    Rung,
    blocks_won,
    climb,
    nearest,
    rmse,
    seasonal_naive,
    skill,
    table,
    walk_forward,
)
from lstm_helpers.forecast.network import Network, band, coverage, load_network
from lstm_helpers.forecast.own import read_csv
from lstm_helpers.forecast.series import (
    Series,
    glucose,
    mackey_glass,
    stock,
    sunspots,
)
from lstm_helpers.forecast.verdict import Verdict, evaluate
from lstm_helpers.forecast.windows import (
    Parts,
    Scale,
    Windows,
    cut,
    no_leak,
    scale_of,
    split,
)

__all__ = ["Network", "Parts", "Rung", "Scale", "Series", "Verdict", "Windows", "band",
           "blocks_won", "climb", "coverage", "cut", "evaluate", "glucose",
           "load_network", "mackey_glass", "nearest", "no_leak", "read_csv", "rmse",
           "scale_of", "seasonal_naive", "skill", "split", "stock", "sunspots", "table",
           "walk_forward"]

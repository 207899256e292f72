"""The four series of notebook 11: a glucose sensor, the sun, a stock, a chaotic one.

A `Series` is a row of values at equal steps; where there is no reading it holds NaN,
and `windows.cut` makes no window across such a place. Nothing is filled in.

Sources
-------
.. [1] M. C. Mackey, L. Glass (1977), Oscillation and chaos in physiological control
       systems, Science 197, 287-289, equation 4.
.. [2] J. D. Farmer, J. J. Sidorowich (1987), Predicting chaotic time series, Physical
       Review Letters 59, 845-848: the series as a test of forecasts.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from lstm_helpers import validate

DATA = Path(__file__).parents[1] / "data"
STOCK_FILE = "goog.npz"  # Matplotlib's own sample; loaded, never copied
NO_STOCK = ("Matplotlib's sample file goog.npz is missing here (some distributions "
            "leave it out). What follows is SYNTHETIC: a random walk of 1,047 steps, "
            "no stock. Install Matplotlib with pip to have the file.")


@dataclass(frozen=True)
class Series:
    """A row of values at equal steps.

    Attributes
    ----------
    name : str
    values : ndarray of float64, (n,)
        In time's order; NaN where there is no reading.
    unit : str
        Of the values, such as "mg/dL".
    step : str
        What lies between two values, such as "5 min".
    ahead : int
        How many steps ahead is asked for.
    window : int
        How many values a forecast may read.
    season : int
        Steps after which the series is expected to repeat; 0 if it is not.
    piece : ndarray of int, (n,)
        Values of different pieces do not follow one another.
    block : int
        Steps of which a score is told separately, a day say.
    synthetic : bool
        True for the stand-in of a missing file.
    """

    name: str
    values: np.ndarray
    unit: str = ""
    step: str = "step"
    ahead: int = 1
    window: int = 24
    season: int = 0
    piece: np.ndarray = None
    block: int = 0
    synthetic: bool = False

    def __post_init__(self):
        values = self.values
        if not isinstance(values, np.ndarray) or values.dtype.kind not in "iuf":
            raise TypeError("values must be a NumPy array of numbers, got "
                            f"{getattr(values, 'dtype', type(values).__name__)}")
        if values.ndim != 1:
            raise ValueError(f"values must have shape (n,), got {values.shape}")
        if np.isinf(values).any():
            raise ValueError("values must be finite, or NaN where there is no reading; "
                             f"got {values[np.isinf(values)][0]} at "
                             f"{int(np.flatnonzero(np.isinf(values))[0])}")
        for key in ("ahead", "window"):
            validate.count(key, getattr(self, key))
        for key in ("season", "block"):
            validate.count(key, getattr(self, key), least=0)
        piece = np.zeros(len(values), int) if self.piece is None else self.piece
        if np.shape(piece) != values.shape:
            raise ValueError(f"piece must have shape {values.shape}, "
                             f"got {np.shape(piece)}")
        object.__setattr__(self, "values", values.astype(np.float64))
        object.__setattr__(self, "piece", np.asarray(piece))

    @property
    def missing(self):
        """How many readings are missing."""
        return int(np.isnan(self.values).sum())

    def __len__(self):
        return len(self.values)


def glucose():
    """Return a glucose sensor's readings: 60 days of one person, every 5 minutes.

    The file writes 0 where there was no reading; here that is NaN. The days are those
    with the fewest gaps and need not follow one another, so each is a piece.

    Returns
    -------
    Series
        17,280 values in mg/dL; asked for is the value 30 minutes ahead from the last
        two hours.
    """
    days = np.loadtxt(DATA / "glucose_60_days.csv", delimiter=",")
    values = np.where(days == 0, np.nan, days).ravel()
    return Series("glucose", values, "mg/dL", "5 min", ahead=6, window=24,
                  season=288, piece=np.repeat(np.arange(len(days)), 288), block=288)


def sunspots(monthly=False):
    """Return the mean sunspot number of every quarter from 1749 to 2008.

    Parameters
    ----------
    monthly : bool
        The 3,120 months themselves.

    Returns
    -------
    Series
        1,040 quarters; asked for is the quarter a year ahead. The cycle is about
        eleven years.
    """
    months = np.loadtxt(DATA / "sunspots_monthly.csv", delimiter=",")[:, 1:].ravel()
    if validate.flag("monthly", monthly):
        return Series("sunspots, monthly", months, "sunspots", "month", ahead=12,
                      window=132, season=132, block=120)
    return Series("sunspots", months.reshape(-1, 3).mean(axis=1), "sunspots",
                  "quarter", ahead=4, window=48, season=44, block=40)


def stock():
    """Return the daily closing price of one stock (Google), 2004-08-19 to 2008-10-14.

    It is Matplotlib's sample file ``goog.npz``, read where Matplotlib keeps it. Where
    a distribution leaves it out, this says so and returns a labelled stand-in.

    Returns
    -------
    Series
        1,047 trading days; asked for is the next one.
    """
    from matplotlib import cbook

    try:
        with cbook.get_sample_data(STOCK_FILE) as file:
            values = file["price_data"]["close"].astype(np.float64)
        name, synthetic = "stock", False
    except (OSError, KeyError, ValueError):
        print(NO_STOCK)
        values, name, synthetic = walk(), "SYNTHETIC walk", True
    return Series(name, values, "$", "trading day", ahead=1, window=60, block=21,
                  synthetic=synthetic)


def walk(n=1047, seed=0):
    """Return a random walk of a price that looks like a stock and is none, (n,)."""
    steps = np.random.default_rng(seed).normal(0.001, 0.02, validate.count("n", n))
    return 100 * np.exp(np.cumsum(steps))


def mackey_glass(n=3000, tau=17.0, every=1, skip=500, dt=0.1):
    """Return the Mackey-Glass series: chaotic, without noise.

    dx/dt = 0.2 x(t - τ) / (1 + x(t - τ)^10) - 0.1 x(t) [1]_, by the Runge-Kutta rule of
    fourth order with x(t - τ) interpolated linearly. From τ = 16.8 on it is chaotic
    [2]_.

    Parameters
    ----------
    n : int
        Values.
    tau : float
        The delay, in the unit of time; a multiple of `dt`.
    every : int
        Units of time between two values.
    skip : int
        Units of time left out at the beginning.
    dt : float
        Step of the integration.

    Returns
    -------
    Series
        Asked for is the value 6 units of time ahead.
    """
    n, every = validate.count("n", n), validate.count("every", every)
    skip, dt = validate.count("skip", skip, least=0), validate.real("dt", dt, 1e-6)
    tau = validate.real("tau", tau, low=dt)
    delay, stride = round(tau / dt), round(every / dt)
    total = round(skip / dt) + n * stride
    x = np.full(delay + total + 1, 1.2)

    def slope(now, then):
        return 0.2 * then / (1 + then**10) - 0.1 * now

    for k in range(delay, delay + total):
        then, later = x[k - delay], x[k - delay + 1]
        middle = (then + later) / 2
        s1 = slope(x[k], then)
        s2 = slope(x[k] + dt / 2 * s1, middle)
        s3 = slope(x[k] + dt / 2 * s2, middle)
        s4 = slope(x[k] + dt * s3, later)
        x[k + 1] = x[k] + dt / 6 * (s1 + 2 * s2 + 2 * s3 + s4)
    values = x[delay + round(skip / dt):][::stride][:n]
    return Series("Mackey-Glass", values, "", "unit of time",
                  ahead=max(1, 6 // every), window=24, block=100)


ALL = {"glucose": glucose, "sunspots": sunspots, "stock": stock,
       "mackey_glass": mackey_glass}

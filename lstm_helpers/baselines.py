"""What a model must beat: forecasts that learn nothing, or next to nothing.

Sources
-------
.. [1] R. Hyndman, G. Athanasopoulos (2021), Forecasting: principles and practice,
       3rd edition, section 5.2: the naïve method.
.. [2] G. U. Yule (1927), On a method of investigating periodicities in disturbed
       series, with special reference to Wolfer's sunspot numbers, Philosophical
       Transactions of the Royal Society A 226, 267-298: a sine continued from its last
       two values, and regression on earlier values where there is noise.
"""

import numpy as np

from lstm_helpers import validate


def persistence(xs):
    """Forecast that the next value is this one: x̂_{t+1} = x_t [1]_.

    Parameters
    ----------
    xs : ndarray, (N, T, D)

    Returns
    -------
    ndarray, (N, T, D)
        A forecast at every step; ``[:, -1]`` is the one after the window.

    Raises
    ------
    TypeError, ValueError
        If `xs` is no finite array of that shape.
    """
    validate.shape("xs", xs, "N T D", {})
    return xs.copy()


def two_lag_rule(xs, frequency):
    """Continue a sine of known frequency: x̂_{t+1} = 2 cos ω · x_t - x_{t-1} [2]_.

    It is exact, since sin(a + ω) + sin(a - ω) = 2 cos ω · sin a. At the first step
    there is no x_{t-1}: there it says cos ω · x_0, which is best on average over all
    phases, so no forecast of such sines has a smaller expected error.

    Parameters
    ----------
    xs : ndarray, (N, T, D)
    frequency : float
        Cycles per step, from 0 to ½, as in `tasks.sine`; ω is 2π times that.

    Returns
    -------
    ndarray, (N, T, D), float64
        A forecast at every step.

    Raises
    ------
    TypeError, ValueError
        If an argument is not as described.
    """
    validate.shape("xs", xs, "N T D", {})
    cos = np.cos(2 * np.pi * validate.real("frequency", frequency, 0, 0.5))
    ys = cos * xs
    ys[:, 1:] = 2 * cos * xs[:, 1:] - xs[:, :-1]
    return ys


class LinearAutoregression:
    """Forecast a weighted sum of the window, ŷ = Σ_t x_t W_t + b, by least squares.

    Fitted in one solution of linear equations: no steps, no learning rate, no seed.
    Where several weights fit equally well, the smallest are taken.

    Attributes
    ----------
    W : ndarray, (T * D, O)
        The weights of step 0 first; set by `fit`.
    b : ndarray, (O,)

    Notes
    -----
    Regression of a series on its own past began with [2]_.
    """

    W = b = None

    def fit(self, xs, ys):
        """Find the weights with the smallest squared error.

        Parameters
        ----------
        xs : ndarray, (N, T, D)
        ys : ndarray, (N, O)

        Returns
        -------
        LinearAutoregression
            This object.

        Raises
        ------
        TypeError, ValueError
            If an argument is no finite array of that shape.
        """
        sizes = {}
        validate.shape("xs", xs, "N T D", sizes)
        validate.shape("ys", ys, "N O", sizes)
        self.T, self.D = sizes["T"], sizes["D"]
        # Centred first: then the bias is free, and large values do no harm.
        x_mean, y_mean = xs.mean(axis=0), ys.mean(axis=0)
        rows = (xs - x_mean).reshape(len(xs), -1)
        self.W = np.linalg.lstsq(rows, ys - y_mean, rcond=None)[0]
        self.b = y_mean - x_mean.ravel() @ self.W
        return self

    def predict(self, xs):
        """Return the forecast for each window.

        Parameters
        ----------
        xs : ndarray, (N, T, D)

        Returns
        -------
        ndarray, (N, O)

        Raises
        ------
        RuntimeError
            If it was not fitted.
        TypeError, ValueError
            If `xs` is no finite array of that shape.
        """
        if self.W is None:
            raise RuntimeError("call fit(xs, ys) before predict(xs)")
        validate.shape("xs", xs, "N T D", {"T": self.T, "D": self.D})
        return xs.reshape(len(xs), -1) @ self.W + self.b

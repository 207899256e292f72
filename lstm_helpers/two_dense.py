"""A recurrent layer under two Dense layers, for notebook 09: trained like any model."""

from lstm_helpers import validate
from lstm_helpers.model import Recurrent


class TwoDense(Recurrent):
    """A recurrent layer, then z = h W_1 + b_1, then y = z W_y + b_y; both are linear.

    ``Recurrent(cell, D, H, O, dense=K)`` under the name that notebook 09 gives it.

    Parameters
    ----------
    cell : {"lstm", "gru", "rnn"}
    D, H, K, O : int
        Input size, hidden size, units of the first Dense layer, output size.
    rng : numpy.random.Generator or int
        Draws the starting values.
    **options
        As in `Recurrent`.

    Attributes
    ----------
    params : mapping
        ``W_x``, ``W_h``, ``b`` as in `Recurrent`; ``W_1`` (H, K), ``b_1`` (K,),
        ``W_y`` (K, O), ``b_y`` (O,).

    Raises
    ------
    TypeError, ValueError
        As in `Recurrent`.
    """

    def __init__(self, cell="lstm", D=1, H=16, K=10, O=1,
                 rng=0, **options):
        super().__init__(cell, D, H, O, rng=rng, dense=validate.count("K", K),
                         **options)

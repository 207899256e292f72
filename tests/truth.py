"""What tests of the glass cell compare with, here and in a browser."""

import numpy as np

from lstm_helpers import cells
from lstm_helpers.widgets.svg import number


def wires(xs, c, h, gates):
    """Return the numbers on the wires of one LSTM unit at the last step, as written.

    Parameters
    ----------
    xs : sequence of float
        The inputs up to this step.
    c, h : float
        The states before the first.
    gates : dict of str to (float, float, float)
        W_x, W_h and b of each of i, f, g, o.
    """
    W_x, W_h, b = np.array([gates[k] for k in "ifgo"]).T
    h_t, c_t = np.array([[h]]), np.array([[c]])
    for x in xs:
        h_t, c_t, cache = cells.lstm_step(
            np.array([[x]]), h_t, c_t, W_x[None], W_h[None], b)
    truth = dict(x=x, c=c_t, h=h_t, c_prev=cache.c_prev, h_prev=cache.h_prev,
                 i=cache.i_t, f=cache.f_t, g=cache.g_t, o=cache.o_t,
                 kept=cache.f_t * cache.c_prev, written=cache.i_t * cache.g_t,
                 tanh_c=np.tanh(c_t))
    for k, (w_x, w_h, bias) in gates.items():
        truth[f"a_{k}"] = x * w_x + cache.h_prev * w_h + bias
    return {k: number(np.asarray(z).item()) for k, z in truth.items()}

"""How NumPy is set while a network trains."""

import contextlib

import numpy as np
from threadpoolctl import ThreadpoolController


@contextlib.contextmanager
def full_speed():
    """Set NumPy for small arrays while a block runs: ``with full_speed(): ...``.

    One thread: a matrix product takes microseconds here, and handing half of it to a
    second core takes longer than doing it; with two threads a step is 6 to 28 times
    slower. The limit works after NumPy is imported, on every system.

    No detours: NumPy copies arrays with gaps to a buffer in pieces of 8192 numbers,
    which doubles the time of the call. Pieces of 16 it leaves where they are.

    Both settings are put back at the end of the block.
    """
    with ThreadpoolController().limit(limits=1, user_api="blas"), np.errstate():
        np.setbufsize(16)  # errstate puts the old size back
        yield

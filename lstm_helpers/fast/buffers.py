"""What the three cells share: arrays of one batch size, and the views cut from them.

The layout is drawn, and its tricks are named, at the top of engine.py.
"""

from typing import NamedTuple

import numpy as np

CACHE = 2**20  # bytes a block of factors may take: half of a second-level cache
SMALL = 1024  # numbers in a state, up to which a product spreads faster than a ufunc


def empty(shape, dtype):
    """Return an uninitialised array that starts on a border of 64 bytes."""
    raw = np.empty(int(np.prod(shape)) * dtype.itemsize + 64, np.uint8)
    start = -raw.ctypes.data % 64
    return raw[start : start + raw.size - 64].view(dtype).reshape(shape)


def constant(value, size, dtype):
    """Return `value` as an array: a full one if small, where 0-d is the slower one."""
    return np.full(size if size <= 512 else (), value, dtype)


class Block(NamedTuple):
    """Where some blocks of H rows of the parameters stand inside, and how scaled.

    `of` is a slice of the blocks of [W_x | b | W_h], transposed, or the name of a bias
    that stands alone; `at` a slice of the blocks of one product; `reads` says which
    columns: "x" is W_x and b, "h" is W_h, "xh" both, "1" the bias alone.
    """

    of: slice | str
    at: slice
    reads: str
    scale_in: tuple
    scale_out: tuple


class Buffers:
    """The arrays and views of one batch size, for sequences of up to T steps.

    A cell says: ``blocks``, how many blocks of H its parameters have; ``biases``, the
    names of those that stand alone, H each; ``inside``, how many blocks of H rows one
    product yields; ``read_h``, how many of them h_{t-1} took part in; ``products``,
    blocks in p, s included; ``above`` and ``below``, blocks of k over dy and under da;
    ``half``, h ÷ s; and a ``plan`` of where the parameters' blocks go.
    """

    biases = ()

    def __init__(self, e, N, T):
        H, rows = e.H, e.head_rows + self.inside * e.H
        self.N, self.T, self.H = N, T, H
        step = 16 * H * N * e.dtype.itemsize  # bytes of a, k and the copy of k
        self.block = max(1, min(T, CACHE // step))
        self.slab = empty((T + 1, e.K + (self.products - 1) * H, N), e.dtype)
        self.z = self.slab[:, : e.K]
        self.top = self.z[:, e.D :]  # what the head reads: ones and s
        self.top[:, 0] = 1
        self.s = self.top[:, 1:]
        self.p = self.slab[:, e.D + 1 :].reshape(T + 1, self.products, H * N)
        # in whole blocks of H rows, or NumPy fears an overlap and works on a copy
        above = (self.above - (-e.head_rows // H)) * H
        k = empty((self.block + 1, above + (self.inside + self.below) * H, N), e.dtype)
        self.chain = k.reshape(-1, H * N)
        self.factor = k.reshape(self.block + 1, -1, H * N)[::-1]
        self.k = k[::-1, above - e.head_rows : above + self.inside * H]
        self.out = self.k[:, : e.head_rows + self.read_h * H]  # what reaches t - 1
        self.dh, self.y = empty((H, N), e.dtype), empty((T, e.O or H, N), e.dtype)
        self.dh_flat = self.dh.reshape(-1)
        self.wide = empty((2, max(rows, e.K) * self.block * N), e.dtype)
        self.small = H * N <= SMALL
        self.cuts = {}

    def cut(self, start, n):
        """Return the views of the block of n steps from `start`; cut them only once."""
        if (start, n) not in self.cuts:
            now, after = slice(start, start + n), slice(start + 1, start + n + 1)
            slabs, copies = (self.k[:n], self.z[now]), []
            sides = [z.transpose(1, 0, 2) for z in slabs]
            if self.N > 1:  # else the steps stand side by side already
                for k, z in enumerate(sides):
                    sides[k] = self.wide[k, : z.size].reshape(z.shape)
                    copies.append((sides[k], z))
            da, z = (side.reshape(len(side), -1) for side in sides)
            self.cuts[start, n] = (
                self.a[now], self.p[after], self.factor[:n], copies, da, z.T)
        return self.cuts[start, n]

    def set_state(self, c_init):
        """Set what else there is of a state before the first step."""

    def no_future(self, T):
        """Let nothing arrive from behind the last step."""

    def record(self, T):
        """Return the cell states (N, T, H) or None, and the gates by name."""
        return None, {}

    def sum_weights(self, cut, out):
        """Sum da_t z_tᵀ over a block: dW, still scaled; return the block's da."""
        *_, copies, da, z = cut
        for wide, narrow in copies:
            np.copyto(wide, narrow)
        np.matmul(da, z, out)  # dot would copy what has gaps
        return da

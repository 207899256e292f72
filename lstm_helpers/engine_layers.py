"""The loops of `engine`: a class for each cell, an object for each batch size.

The layout is drawn, and its tricks are named, at the top of engine.py. A step of a loop
is the tuple of its views, in the order in which the calls use them.
"""

from itertools import islice

import numpy as np
from numpy import add, multiply, subtract, tanh

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


class Buffers:
    """The arrays and views of one batch size, for sequences of up to T steps.

    A cell says: ``inside``, how many blocks of H rows one product yields; ``leaving``,
    how many of them h_{t-1} took part in; ``products``, blocks in p, s included;
    ``above`` and ``below``, blocks of k over dy and under da; ``half``, h ÷ s; and a
    ``plan`` of where the parameters' blocks go: outside, inside, for x or h, the scales
    on the way in and out.
    """

    def __init__(self, e, N, T):
        H, rows = e.H, e.riders + self.inside * e.H
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
        above = (self.above - (-e.riders // H)) * H
        k = empty((self.block + 1, above + (self.inside + self.below) * H, N), e.dtype)
        self.chain = k.reshape(-1, H * N)
        self.factor = k.reshape(self.block + 1, -1, H * N)[::-1]
        self.k = k[::-1, above - e.riders : above + self.inside * H]
        self.out = self.k[:, : e.riders + self.leaving * H]  # what reaches t - 1
        self.dh, self.y = empty((H, N), e.dtype), empty((T, e.O, N), e.dtype)
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

    def begin(self, c_init):
        """Set what else there is of a state before the first step."""

    def forget(self, T):
        """Let nothing arrive from behind the last step."""

    def record(self, T):
        """Return the cell states (N, T, H) or None, and the gates by name."""
        return None, {}

    def weigh(self, cut, out):
        """Sum da_t z_tᵀ over a block: dW, still scaled."""
        *_, copies, da, z = cut
        for wide, narrow in copies:
            np.copyto(wide, narrow)
        np.matmul(da, z, out)  # dot would copy what has gaps


class LSTMBuffers(Buffers):
    """The LSTM, as drawn."""

    blocks, inside, leaving, products, above, below, half = 4, 4, 4, 3, 2, 1, 0.5
    plan = ((slice(0, 3), slice(1, 4), "xh", (0.5, 0.5, 1), (1 / 8, 1 / 8, 1 / 4)),
            (slice(3, 4), slice(0, 1), "xh", (0.5,), (1 / 4,)))

    def __init__(self, e, N, T):
        super().__init__(e, N, T)
        H, size, dtype = e.H, e.H * N, e.dtype
        self.a = empty((T + 1, 6, size), dtype)
        self.one, self.two = constant(1, 3 * size, dtype), np.array(2, dtype)
        self.half_f, self.half_sum = np.array(0.5, dtype), np.full(2, 0.5, dtype)
        self.steps = [
            (z, a[:4].reshape(4 * H, N), a[:4].reshape(-1), a[:3].reshape(-1),
             a[1:3].reshape(-1), a[3:5].reshape(-1), p[1:].reshape(-1), p[1:],
             after[4], a[5], a[0], p[0]) for z, a, p, after
            in zip(self.z, self.a, self.p[1:], self.a[1:], strict=False)]
        # from the rows n, q, dh to the rows o, i, f, g, n
        self.spread = np.array([[0, 0, 1]] + 4 * [[1, 1, 0]], dtype)
        self.arrived = empty((5, size), dtype)
        rows = self.factor.shape[1]
        starts = range(self.block * rows, 0, -rows)
        self.back_steps = [
            (k[0], k[1], self.chain[start - 1 : start + 2], k[-5:].reshape(-1),
             self.chain[start - 1], k[-5], k[-4:], out)
            for start, k, out in zip(starts, self.factor, self.out, strict=False)]
        self.dhs = [k[1].reshape(H, N) for k in self.factor]

    def begin(self, c_init):
        self.a[0, 4] = 0 if c_init is None else c_init.T.reshape(-1)

    def forward(self, product, T):
        one, half_sum = self.one, self.half_sum.dot
        for views in islice(self.steps, T):
            z, a, oifg, oif, i_f, g_c, pair, ig_fc, c, tanh_c, o, s = views
            product(z, a)
            tanh(oifg, oifg)
            add(oif, one, oif)
            multiply(i_f, g_c, pair)
            half_sum(ig_fc, c)
            tanh(c, tanh_c)
            multiply(o, tanh_c, s)

    def record(self, T):
        a = self.a[: T + 1].reshape(T + 1, 6, self.H, -1).transpose(1, 3, 0, 2)
        o, i, f = a[:3, :, :T] / 2
        return a[4, :, 1:].copy(), {"i": i, "f": f, "g": a[3, :, :T].copy(), "o": o}

    def forget(self, T):
        self.factor[(T - 1) % self.block + 1, -1] = 0  # dc_next

    def factors(self, cut):
        """Compute what step t + 1 has no part in, for a block of steps."""
        a, p, k, *_ = cut
        oif, q_g = k[:, -5:-2], k[:, : -1 : k.shape[1] - 2]
        subtract(self.two, a[:, :3], oif)
        multiply(oif, p, oif)  # o = s (2 - O), i = IG (2 - I), f = Fc (2 - F)
        multiply(p[:, :2], a[:, 5:2:-2], q_g)
        subtract(a[:, :2], q_g, q_g)  # q = O (1 - tanh² c), g = I (1 - G²)
        multiply(a[:, 2], self.half_f, k[:, -1])  # n = f, on the way to c_{t-1}

    def back(self, product, start, n):
        spread, arrived, flat = self.spread.dot, self.arrived, self.arrived.reshape(-1)
        np.copyto(self.dhs[n - 1], self.dh)
        for j in range(n - 1, -1, -1):
            q, dh, nqd, oifgn, dc_next, o, ifgn, da = self.back_steps[j]
            multiply(q, dh, q)
            if self.small:
                spread(nqd, arrived)
                multiply(oifgn, flat, oifgn)
            else:
                add(q, dc_next, q)
                multiply(o, dh, o)
                multiply(ifgn, q, ifgn)
            if start + j:
                product(da, self.dhs[j - 1] if j else self.dh)
        self.factor[self.block, -1] = self.factor[0, -1]  # dc, for the block before


class GRUBuffers(Buffers):
    """The GRU: one product again, with m = (h W_hn + b_n) / 2 and x W_xn + b apart.

    a  [ R | Z | m | x | n | e ], e = Z (h_{t-1} - n);  k  [ dy | r | z | m | x | u ],
    where u = z is the share of dh_t that reaches h_{t-1} past the product.
    """

    blocks, inside, leaving, products, above, below, half = 3, 4, 3, 1, 0, 1, 1
    plan = ((slice(0, 2), slice(0, 2), "xh", (0.5, 0.5), (1 / 4, 1 / 4)),
            (slice(2, 3), slice(3, 4), "x", (1,), (1 / 2,)),
            (slice(2, 3), slice(2, 3), "h", (0.5,), (1 / 4,)))

    def __init__(self, e, N, T):
        super().__init__(e, N, T)
        H, size, dtype = e.H, e.H * N, e.dtype
        self.a = empty((T, 6, size), dtype)
        self.one, self.two = constant(1, 2 * size, dtype), np.array(2, dtype)
        self.half_z, self.unit = np.array(0.5, dtype), np.array(1, dtype)
        self.mix = np.array([1, 0.5], dtype)  # h = n + e / 2
        self.gap = empty(size, dtype)
        self.steps = [
            (z, a[:4].reshape(4 * H, N), a[:2].reshape(-1), a[0], a[2], a[5], a[3],
             a[4], s[0], a[1], a[4:], after[0]) for z, a, s, after
            in zip(self.z, self.a, self.p, self.p[1:], strict=False)]
        self.spread = np.ones((5, 1), dtype)
        self.arrived = empty((5, size), dtype)
        self.back_steps = [
            (k[-5:].reshape(-1), k[-5:], out, k[-1].reshape(H, N))
            for k, out in zip(self.factor, self.out, strict=True)]

    def forward(self, product, T):
        one, gap, mix = self.one, self.gap, self.mix.dot
        for views in islice(self.steps, T):
            z_t, a, rz, r, m, e, x, n, h_prev, z, n_e, h = views
            product(z_t, a)
            tanh(rz, rz)
            add(rz, one, rz)
            multiply(r, m, e)
            add(x, e, e)
            tanh(e, n)
            subtract(h_prev, n, gap)
            multiply(z, gap, e)
            mix(n_e, h)

    def record(self, T):
        a = self.a[:T].reshape(T, 6, self.H, -1).transpose(1, 3, 0, 2)
        r, z = a[:2] / 2
        return None, {"r": r, "z": z, "n": a[4].copy()}

    def factors(self, cut):
        """Compute what step t + 1 has no part in, for a block of steps."""
        a, _, k, *_ = cut
        r, z, m, x, u = (k[:, j] for j in range(-5, 0))
        subtract(self.two, a[:, :2], k[:, -5:-3])
        multiply(a[:, 4], a[:, 4], x)
        subtract(self.unit, x, x)
        multiply(x, z, x)  # x = (2 - Z) (1 - n²)
        multiply(x, a[:, 0], m)  # m = R x
        multiply(r, m, r)
        multiply(r, a[:, 2], r)  # r = (2 - R) R m x
        multiply(z, a[:, 5], z)  # z = (2 - Z) e
        multiply(a[:, 1], self.half_z, u)

    def back(self, product, start, n):
        spread, arrived, flat = self.spread.dot, self.arrived, self.arrived.reshape(-1)
        dh, dh_flat, dh_row = self.dh, self.dh_flat, self.dh_flat[None]
        for j in range(n - 1, -1, -1):
            rzmxu, rows, da, past = self.back_steps[j]
            if self.small:
                spread(dh_row, arrived)
                multiply(rzmxu, flat, rzmxu)
            else:
                multiply(rows, dh_flat, rows)
            if start + j:
                product(da, dh)
                add(dh, past, dh)


class RNNBuffers(Buffers):
    """A plain RNN: nothing is doubled, and k is [ dy_{t-1} | 1 - h_t² ]."""

    blocks, inside, leaving, products, above, below, half = 1, 1, 1, 1, 0, 0, 1
    plan = ((slice(0, 1), slice(0, 1), "xh", (1,), (1,)),)

    def __init__(self, e, N, T):
        super().__init__(e, N, T)
        self.one = np.array(1, e.dtype)
        self.a = empty((e.H, N), e.dtype)
        self.steps = [(self.z[t], self.s[t + 1]) for t in range(T)]
        self.back_steps = [(k[-1], out) for k, out
                           in zip(self.factor, self.out, strict=True)]

    def forward(self, product, T):
        for z, h in islice(self.steps, T):
            tanh(product(z, self.a), h)

    def factors(self, cut):
        _, h, k, *_ = cut
        multiply(h, h, k[:, -1:])
        subtract(self.one, k[:, -1:], k[:, -1:])

    def back(self, product, start, n):
        for j in range(n - 1, -1, -1):
            k, da = self.back_steps[j]
            multiply(k, self.dh_flat, k)
            if start + j:
                product(da, self.dh)


LAYERS = {"lstm": LSTMBuffers, "gru": GRUBuffers, "rnn": RNNBuffers}

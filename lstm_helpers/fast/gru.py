"""The GRU's buffers and loops, in the manner of lstm.py."""

from itertools import islice

import numpy as np
from numpy import add, multiply, subtract, tanh

from lstm_helpers.fast.buffers import Block, Buffers, constant, empty


class GRUBuffers(Buffers):
    """The GRU: one product again, with m = (h W_hn + b_n) / 2 and x W_xn + b apart.

    a  [ R | Z | m | x | n | e ], e = Z (h_{t-1} - n);  k  [ dy | r | z | m | x | u ],
    where u = z is the share of dh_t that reaches h_{t-1} past the product.
    """

    blocks, inside, read_h, products, above, below, half = 3, 4, 3, 1, 0, 1, 1
    biases = ("b_n",)
    plan = (
        Block(slice(0, 2), slice(0, 2), "xh", (0.5, 0.5), (1 / 4, 1 / 4)),
        Block(slice(2, 3), slice(3, 4), "x", (1,), (1 / 2,)),
        Block(slice(2, 3), slice(2, 3), "h", (0.5,), (1 / 4,)),
        Block("b_n", slice(2, 3), "1", (0.5,), (1 / 4,)),
    )

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

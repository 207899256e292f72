"""The LSTM's buffers and loops, as drawn in engine.py."""

from itertools import islice

import numpy as np
from numpy import add, multiply, subtract, tanh

from lstm_helpers.fast.buffers import Block, Buffers, constant, empty


class LSTMBuffers(Buffers):
    """The LSTM, as drawn."""

    blocks, inside, read_h, products, above, below, half = 4, 4, 4, 3, 2, 1, 0.5
    plan = (
        Block(slice(0, 3), slice(1, 4), "xh", (0.5, 0.5, 1), (1 / 8, 1 / 8, 1 / 4)),
        Block(slice(3, 4), slice(0, 1), "xh", (0.5,), (1 / 4,)),
    )

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

    def set_state(self, c_init):
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

    def no_future(self, T):
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

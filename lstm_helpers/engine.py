"""Whole sequences forward and back through time, as fast as NumPy goes.

`cells` is the readable truth; the tests hold this file to it, to 1e-12 in float64.
A step of a small LSTM costs more in calls than in arithmetic, a step of a large one
more in memory than in either: all here saves calls, or bytes moved by a call.

Inside, an example is a column, and one step is one slab of rows::

    z  [ x_t | 1 | s_{t-1} ]                   what step t reads; s = 2h
    p            [ s_{t-1} | I G | F c ]       products of step t - 1, below z
    a  [ O | I | F | G | c_{t-1} | tanh c_t ]  what it computes; O, I, F = 2o, 2i, 2f
    k  [ dy_{t-1} | o | i | f | g | n | q ]    the factors of its backward

One product     x and a row of ones lie above h: W_x, b and W_h are one matrix.
One tanh        2σ(a) = 1 + tanh(a/2): with the half inside the weights one tanh serves
                four gates. What is doubled then (O, I, F, s) is halved in the weights
                again. Both are exact, being powers of two.
Pairs           I ⊙ G and F ⊙ c lie side by side and are one call.
Factors         All of the backward that need not wait for step t + 1 is computed for a
                block of steps, as many as a cache holds. What waits is five calls a
                step; they overwrite the factors o, i, f, g with da_t.
Passengers      dy_{t-1} lies above da_t: the product that sends the error back adds the
                head's share, and the one for dW yields dW_y.
Views cut once  Slices are made with the buffers, flat where they can be; constants are
                arrays: a call on a small array mostly finds out what to do.
"""

from itertools import islice

import numpy as np
from numpy import add, dot, multiply, subtract, tanh

CACHE = 2**20  # bytes a block of factors may take: half of a second-level cache


def empty(shape, dtype):
    """Return an uninitialised array that starts on a border of 64 bytes."""
    raw = np.empty(int(np.prod(shape)) * dtype.itemsize + 64, np.uint8)
    start = -raw.ctypes.data % 64
    return raw[start : start + raw.size - 64].view(dtype).reshape(shape)


def constant(value, size, dtype):
    """Return `value` as an array: a full one if small, where 0-d is the slower one."""
    return np.full(size if size <= 512 else (), value, dtype)


class Engine:
    """A recurrent layer under a dense head; arguments as `model.Recurrent` checks them.

    An optimizer works on ``flat``, all parameters, and ``grad``, ∂L/∂ each, both (P,).
    ``params`` and ``grads`` are views of them by name, in the shapes of the series.
    """

    def __init__(self, cell, D, H, O, every_step, dtype):  # noqa: E741
        self.cell, self.D, self.H, self.O = cell, D, H, O
        self.every_step, self.dtype = every_step, np.dtype(dtype)
        self.Buffers = layer = {"lstm": LSTMBuffers, "rnn": RNNBuffers}[cell]
        self.rows, self.K = layer.blocks * H, D + 1 + H
        self.riders = O if every_step else 0  # rows of dy among those of da
        size = self.rows * self.K + O * (1 + H)
        self.flat, self.grad = np.zeros((2, size), dtype)
        W, self.V, self.params = self._views(self.flat)
        dW, self.dV, self.grads = self._views(self.grad)
        self.W_in = empty(W.shape, self.dtype)  # the weights, scaled for the way in
        self.W_out = empty((self.riders + self.rows, H), self.dtype)  # and the way out
        self.V_in = empty(self.V.shape, self.dtype)
        self.sums = empty((2, self.riders + self.rows, self.K), self.dtype)
        columns = np.repeat(np.array((1, layer.half), dtype), (D + 1, H))
        self.v_scale = np.tile(columns[D:], (O, 1))
        scale_in, scale_out = (
            np.repeat(np.array(z, dtype), H)[:, None] for z in layer.scales)
        self.pack, self.unpack = [], []
        for here, there in layer.order:  # i, f, g, o outside is o, i, f, g inside
            here, there = (slice(z.start * H, z.stop * H) for z in (here, there))
            below = slice(there.start + self.riders, there.stop + self.riders)
            self.pack += [(W[here], scale_in[here] * columns, self.W_in[there]),
                          (W[here, D + 1 :], scale_out[here], self.W_out[below])]
            self.unpack += [(self.sums[0, below], scale_out[here] * columns, dW[here])]
        self.pack += [(self.V, self.v_scale, self.V_in)]
        self.buffers = {}

    def _views(self, flat):
        D, split = self.D, self.rows * self.K
        W = flat[:split].reshape(self.rows, self.K)  # [W_x | b | W_h], transposed
        V = flat[split:].reshape(self.O, 1 + self.H)  # [b_y | W_y], transposed
        return W, V, {"W_x": W[:, :D].T, "W_h": W[:, D + 1 :].T, "b": W[:, D],
                      "W_y": V[:, 1:].T, "b_y": V[:, 0]}

    def forward(self, xs, h_init=None, c_init=None):
        """Return predictions (N, T, O) or (N, O), valid until the next call.

        `xs` is (N, T, D); the states `h_init`, `c_init`, zero if left out, are (N, H).
        """
        N, T, _ = xs.shape
        if N not in self.buffers or T > self.buffers[N].T:
            if len(self.buffers) == 4:  # batches of ever new sizes must not pile up
                self.buffers.clear()
            self.buffers[N] = self.Buffers(self, N, T)
        self.T, self.now = T, (u := self.buffers[N])
        for weights, scale, scaled in self.pack:
            multiply(weights, scale, scaled)
        if self.riders:
            self.W_out[: self.riders] = self.V[:, 1:]
        u.z[:T, : self.D] = xs.transpose(1, 2, 0)
        u.s[0] = 0 if h_init is None else h_init.T / u.half
        if self.cell == "lstm":
            u.a[0, 4] = 0 if c_init is None else c_init.T.reshape(-1)
        u.forward(self.W_in.dot, T)
        if not self.every_step:
            return dot(self.V_in, u.top[T], u.y[0]).T
        np.matmul(self.V_in, u.top[1 : T + 1], u.y[:T])
        return u.y[:T].transpose(2, 0, 1)

    def states(self):
        """Return copies of hs, cs (or None) and a dict of the gates, each (N, T, H)."""
        u, T = self.now, self.T
        hs = multiply(u.s[1 : T + 1].transpose(2, 0, 1), u.half, order="C")
        if self.cell == "rnn":
            return hs, None, {}
        a = u.a[: T + 1].reshape(T + 1, 6, self.H, -1).transpose(1, 3, 0, 2)
        o, i, f = a[:3, :, :T] / 2
        return hs, a[4, :, 1:].copy(), {"i": i, "f": f, "g": a[3, :, :T].copy(), "o": o}

    def last_state(self):
        """Return copies of h_T and c_T (N, H); c_T is None for an RNN."""
        hs, cs, _ = self.states()
        return hs[:, -1], None if cs is None else cs[:, -1]

    def backward(self, ys):
        """Return the last `forward`'s mean squared error to `ys`; fill `grad`."""
        u, T, riders = self.now, self.T, self.riders
        dy = u.y[: T if riders else 1]
        subtract(dy, ys.transpose(1, 2, 0) if riders else ys.T, dy)
        loss = float(np.vdot(dy, dy)) / dy.size
        multiply(dy, self.dtype.type(2 / dy.size), dy)
        dot(self.V[:, 1:].T, dy[-1], u.dh)
        dot(dy[-1], u.top[T].T, self.dV)
        total, part = self.sums
        u.forget(T)
        for start in range((T - 1) // u.block * u.block, -1, -u.block):
            n = min(u.block, T - start)
            cut = u.cut(start, n)
            if riders:
                u.k[0, :riders] = 0  # nothing is due before the first step
                first = start == 0
                u.k[first:n, :riders] = dy[start + first - 1 : start + n - 1]
            u.factors(cut)
            u.back(self.W_out.T.dot, start, n)
            u.weigh(cut, total if start + n == T else part)
            if start + n < T:
                total += part
        for scaled, scale, gradient in self.unpack:
            multiply(scaled, scale, gradient)
        if riders:
            self.dV += total[:riders, self.D :]
        multiply(self.dV, self.v_scale, self.dV)
        return loss


class Buffers:
    """The arrays and views of one batch size, for sequences of up to T steps."""

    def __init__(self, e, N, T):
        H, used = e.H, e.riders + e.rows
        self.N, self.T, self.used = N, T, used
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
        k = empty((self.block + 1, above + e.rows + self.below * H, N), e.dtype)
        self.chain = k.reshape(-1, H * N)
        self.factor = k.reshape(self.block + 1, -1, H * N)[::-1]
        self.k = k[::-1, above - e.riders : above + e.rows]
        self.dh, self.y = empty((H, N), e.dtype), empty((T, e.O, N), e.dtype)
        self.dh_flat = self.dh.reshape(-1)
        self.wide = empty((2, max(used, e.K) * self.block * N), e.dtype)
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

    def forget(self, T):
        """Let nothing arrive from behind the last step."""

    def weigh(self, cut, out):
        """Sum da_t z_tᵀ over a block: dW, still scaled."""
        *_, copies, da, z = cut
        for wide, narrow in copies:
            np.copyto(wide, narrow)
        np.matmul(da, z, out)  # dot would copy what has gaps


class LSTMBuffers(Buffers):
    """The LSTM in the layout above."""

    blocks, products, above, below, half = 4, 3, 2, 1, 0.5
    scales = (0.5, 0.5, 1, 0.5), (1 / 8, 1 / 8, 1 / 4, 1 / 4)  # of rows i, f, g, o
    order = (slice(0, 3), slice(1, 4)), (slice(3, 4), slice(0, 1))

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
        # what arrives, [ n | q | dh ], to the rows that want it, [ o i f g n ]
        self.spread = np.array([[0, 0, 1]] + 4 * [[1, 1, 0]], dtype)
        self.arrived = empty((5, size), dtype)
        rows = self.factor.shape[1]
        starts = range(self.block * rows, 0, -rows)
        self.back_steps = [
            (k[0], k[1], self.chain[start - 1 : start + 2], k[-5:].reshape(-1),
             k[1].reshape(H, N), da, k[-5], self.chain[start - 1], k[-4:])
            for start, k, da in zip(starts, self.factor, self.k, strict=False)]

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
        spread, arrived = self.spread.dot, self.arrived
        flat, small = arrived.reshape(-1), arrived.size <= 5120
        out = self.dh
        self.factor[n - 1, 1] = self.dh_flat
        for j in range(n - 1, -1, -1):
            q, dh, nqd, oifgn, _, da, o, dc_next, ifgn = self.back_steps[j]
            multiply(q, dh, q)
            if small:
                spread(nqd, arrived)
                multiply(oifgn, flat, oifgn)
            else:
                add(q, dc_next, q)
                multiply(o, dh, o)
                multiply(ifgn, q, ifgn)
            if start + j:
                product(da, self.back_steps[j - 1][4] if j else out)
        self.factor[self.block, -1] = self.factor[0, -1]  # dc, for the block before


class RNNBuffers(Buffers):
    """A plain RNN: nothing is doubled, and k is [ dy_{t-1} | 1 - h_t² ]."""

    blocks, products, above, below, half = 1, 1, 0, 0, 1
    scales = (1,), (1,)
    order = ((slice(0, 1), slice(0, 1)),)

    def __init__(self, e, N, T):
        super().__init__(e, N, T)
        self.one = np.array(1, e.dtype)
        self.a = empty((e.H, N), e.dtype)
        self.steps = [(self.z[t], self.s[t + 1]) for t in range(T)]
        self.back_steps = [(self.factor[j, -1], self.k[j]) for j in range(self.block)]

    def forward(self, product, T):
        for z, h in islice(self.steps, T):
            tanh(product(z, self.a), h)

    def factors(self, cut):
        _, h, k, *_ = cut
        k = k[:, -1:]
        multiply(h, h, k)
        subtract(self.one, k, k)

    def back(self, product, start, n):
        for j in range(n - 1, -1, -1):
            k, da = self.back_steps[j]
            multiply(k, self.dh_flat, k)
            if start + j:
                product(da, self.dh)

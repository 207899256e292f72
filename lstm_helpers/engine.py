"""Whole sequences forward and back through time, as fast as NumPy goes.

`cells` is the readable truth; the tests hold this file to it, to 1e-12 in float64.
A step of a small LSTM costs more in calls than in arithmetic, a step of a large one
more in memory than in either: all here saves calls, or bytes moved by a call.

Inside, an example is a column, and one step is one slab of rows::

    z  [ x_t | 1 | s_{t-1} ]                   what step t reads; s = 2h
    p            [ s_{t-1} | I G | F c ]       products of step t - 1, below z
    a  [ O | I | F | G | c_{t-1} | tanh c_t ]  what it computes; O, I, F = 2o, 2i, 2f
    k  [ q | dh | dy_{t-1} | o | i | f | g | n ]  the factors of its backward

One product     x and a row of ones lie above h: W_x, b and W_h are one matrix.
One tanh        2σ(a) = 1 + tanh(a/2): with the half inside the weights one tanh serves
                four gates. What is doubled then (O, I, F, s) is halved in the weights
                again. Both are exact, being powers of two.
Pairs           I ⊙ G and F ⊙ c lie side by side: one call multiplies, and one product
                with (½, ½) adds and halves.
Factors         All of the backward that need not wait for step t + 1 is computed for a
                block of steps, as many as a cache holds. What waits is four calls a
                step; they overwrite the factors o, i, f, g with da_t.
Spread          k is stored last step first: so n ⊙ dc of step t + 1, q ⊙ dh and dh lie
                side by side. One product with a 5 x 3 matrix of zeros and ones adds
                dc_next and lays out what o, i, f, g, n are multiplied by. For a ufunc
                that repeats a short row takes up to three times one that does not.
Passengers      dy_{t-1} lies above da_t: the product that sends the error back adds the
                head's share, and the one for dW yields dW_y.
Views cut once  Slices are made with the buffers, flat where they can be; constants are
                arrays: a call on a small array mostly finds out what to do.

The loops stand in engine_layers.py.
"""

import numpy as np
from numpy import dot, multiply, subtract

from lstm_helpers.engine_layers import LAYERS, empty


class Engine:
    """A recurrent layer under a dense head; arguments as `model.Recurrent` checks them.

    An optimizer works on ``flat``, all parameters, and ``grad``, ∂L/∂ each, both (P,).
    ``params`` and ``grads`` are views of them by name, in the shapes of the series.
    """

    def __init__(self, cell, D, H, O, every_step, dtype):  # noqa: E741
        self.cell, self.D, self.H, self.O = cell, D, H, O
        self.every_step, self.dtype = every_step, np.dtype(dtype)
        self.Buffers = layer = LAYERS[cell]
        self.rows, self.K = layer.blocks * H, D + 1 + H
        self.riders = O if every_step else 0  # rows of dy among those of da
        extra = H if cell == "gru" else 0
        self.flat, self.grad = np.zeros(
            (2, self.rows * self.K + extra + O * (1 + H)), dtype)
        W, b_n, self.V, self.params = self._views(self.flat, extra)
        dW, db_n, self.dV, self.grads = self._views(self.grad, extra)
        self.W_in = empty((layer.inside * H, self.K), self.dtype)  # scaled, the way in
        self.W_in[:] = 0
        self.W_out = empty((self.riders + layer.leaving * H, H), self.dtype)  # and out
        self.V_in = empty(self.V.shape, self.dtype)
        inside = self.riders + layer.inside * H
        self.sums = empty((2, inside, self.K), self.dtype)
        columns = np.repeat(np.array((1, layer.half), dtype), (D + 1, H))
        self.v_scale = np.tile(columns[D:], (O, 1))
        self.pack, self.unpack = [(self.V, self.v_scale, self.V_in)], []
        sides = {"x": slice(0, D + 1), "h": slice(D + 1, None), "xh": slice(0, None)}
        for here, there, side, way_in, way_out in layer.plan:
            here, there = (slice(z.start * H, z.stop * H) for z in (here, there))
            below = slice(there.start + self.riders, there.stop + self.riders)
            way_in, way_out = (
                np.repeat(np.array(z, dtype), H)[:, None] for z in (way_in, way_out))
            at, scale = sides[side], columns[sides[side]]
            self.pack += [(W[here, at], way_in * scale, self.W_in[there, at])]
            self.unpack += [(self.sums[0, below, at], way_out * scale, dW[here, at])]
            if "h" in side:
                self.pack += [(W[here, D + 1 :], way_out, self.W_out[below])]
        if extra:  # the bias of m; `there` and `below` are its rows
            self.pack += [(b_n, way_in[:, 0], self.W_in[there, D])]
            self.unpack += [(self.sums[0, below, D], way_out[:, 0], db_n)]
        self.buffers = {}

    def _views(self, flat, extra):
        D, split = self.D, self.rows * self.K
        W = flat[:split].reshape(self.rows, self.K)  # [W_x | b | W_h], transposed
        b_n = flat[split : split + extra]
        V = flat[split + extra :].reshape(self.O, 1 + self.H)  # [b_y | W_y], transposed
        names = {"W_x": W[:, :D].T, "W_h": W[:, D + 1 :].T, "b": W[:, D]}
        names |= {"b_n": b_n} if extra else {}
        return W, b_n, V, names | {"W_y": V[:, 1:].T, "b_y": V[:, 0]}

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
        u.begin(c_init)
        u.forward(self.W_in.dot, T)
        if not self.every_step:
            return dot(self.V_in, u.top[T], u.y[0]).T
        np.matmul(self.V_in, u.top[1 : T + 1], u.y[:T])
        return u.y[:T].transpose(2, 0, 1)

    def states(self):
        """Return copies of hs, cs (or None) and a dict of the gates, each (N, T, H)."""
        u, T = self.now, self.T
        hs = multiply(u.s[1 : T + 1].transpose(2, 0, 1), u.half, order="C")
        return hs, *u.record(T)

    def last_state(self):
        """Return copies of h_T and c_T (N, H); c_T is None but for an LSTM."""
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

"""Whole sequences forward and back through time, as fast as NumPy goes.

`cells` is the readable truth; the tests hold this file to it, to 1e-12 in float64.
A step of a small LSTM costs more in calls than in arithmetic, a step of a large one
more in memory than in either: all here saves calls, or bytes moved by a call.

Inside, an example is a column, and one step is one slab of rows::

    z  [ x_t | 1 | s_{t-1} ]                   what step t reads; s = 2h
    p            [ s_{t-1} | I G | F c ]       products of step t - 1, below z
    a  [ O | I | F | G | c_{t-1} | tanh c_t ]  what it computes; O, I, F = 2o, 2i, 2f
    k  [ q | dh | dy_{t-1} | o | i | f | g | n ]  the factors of its backward

What that saves::

 One product    x and a row of ones lie above h: W_x, b and W_h are one matrix.
 One tanh       2σ(a) = 1 + tanh(a/2): with the half inside the weights one tanh serves
                four gates. What is doubled then (O, I, F, s) is halved in the weights
                again. Both are exact, being powers of two.
 Pairs          I ⊙ G and F ⊙ c lie side by side: one call multiplies, and one product
                with (½, ½) adds and halves.
 Factors        All of the backward that need not wait for step t + 1 is computed for a
                block of steps, as many as a cache holds. What waits is four calls a
                step; they overwrite the factors o, i, f, g with da_t.
 Spread         k is stored last step first: so n ⊙ dc of step t + 1, q ⊙ dh and dh lie
                side by side. One product with a 5 x 3 matrix of zeros and ones adds
                dc_next and lays out what o, i, f, g, n are multiplied by. For a ufunc
                that repeats a short row takes up to three times one that does not.
 Passengers     dy_{t-1} lies above da_t: the product that sends the error back adds the
                head's share, and the one for dW yields dW_y.
 Views cut once Slices are made with the buffers, flat where they can be; constants are
                arrays: a call on a small array mostly finds out what to do.

The loops stand in lstm.py, gru.py and rnn.py.
"""

import numpy as np
from numpy import dot, multiply

from lstm_helpers.fast.buffers import empty
from lstm_helpers.fast.gru import GRUBuffers
from lstm_helpers.fast.lstm import LSTMBuffers
from lstm_helpers.fast.rnn import RNNBuffers

KINDS = {"lstm": LSTMBuffers, "gru": GRUBuffers, "rnn": RNNBuffers}


class Engine:
    """A recurrent layer under a dense head, or without one.

    Parameters
    ----------
    cell : {"lstm", "gru", "rnn"}
    D, H, O : int
        Input, hidden and output size. With O None there is no head: y_t is h_t itself.
    every_step : bool
        Whether there is a y at every step, or at the last one only.
    dtype : {numpy.float32, numpy.float64}

    Attributes
    ----------
    flat, grad : ndarray, (P,)
        All parameters, and ∂L/∂ each: what an optimizer works on.
    params, grads : dict of str to ndarray
        Views of them by name, in the shapes of the series.
    """

    def __init__(self, cell, D, H, O, every_step, dtype):
        self.cell, self.D, self.H, self.O = cell, D, H, O
        self.every_step, self.dtype = every_step, np.dtype(dtype)
        self.units, self.outputs, self.has_c = H, O or H, cell == "lstm"
        self.kind = kind = KINDS[cell]
        self.rows, self.K = kind.blocks * H, D + 1 + H
        # rows of dy among those of da: the head's, or for want of one a unit matrix
        self.head_rows = self.outputs if every_step else 0
        inside = self.head_rows + kind.inside * H
        self.W_in = empty((kind.inside * H, self.K), self.dtype)  # scaled, the way in
        self.W_out = empty((self.head_rows + kind.read_h * H, H), self.dtype)  # and out
        self.W_dx = empty((kind.inside * H, D), self.dtype)  # and out to x
        self.W_in[:], self.W_dx[:] = 0, 0
        if O is None:
            self.W_out[: self.head_rows] = np.eye(self.head_rows, H)
        self.sums = empty((2, inside, self.K), self.dtype)
        self.size = self.rows * self.K + len(kind.biases) * H + (O or 0) * (1 + H)
        self.buffers = {}
        self.place(*np.zeros((2, self.size), self.dtype))

    def views(self, flat):
        """Name the parts of a vector (P,): a dict of views, without copies."""
        D, H, O, at = self.D, self.H, self.O, self.rows * self.K
        W = flat[:at].reshape(self.rows, self.K)  # [W_x | b | W_h], transposed
        named = {"W_x": W[:, :D].T, "W_h": W[:, D + 1 :].T, "b": W[:, D]}
        for name in self.kind.biases:
            named[name], at = flat[at : at + H], at + H
        if O is not None:
            V = flat[at:].reshape(O, 1 + H)  # [b_y | W_y], transposed
            named |= {"W_y": V[:, 1:].T, "b_y": V[:, 0]}
        return named

    def place(self, flat, grad):
        """Keep parameters and gradients in two vectors (P,) from now on."""
        self.flat, self.grad = flat, grad
        self.params, self.grads = self.views(flat), self.views(grad)
        D, H, kind, dtype = self.D, self.H, self.kind, self.dtype
        at = self.rows * self.K
        W, dW = (z[:at].reshape(self.rows, self.K) for z in (flat, grad))
        columns = np.repeat(np.array((1, kind.half), dtype), (D + 1, H))
        sides = {"x": slice(0, D + 1), "h": slice(D + 1, None), "xh": slice(0, None),
                 "1": slice(D, D + 1)}
        self.pack, self.unpack, self.pack_dx = [], [], []
        if self.O is not None:
            at += len(kind.biases) * H
            self.V, self.dV = (z[at:].reshape(self.O, 1 + H) for z in (flat, grad))
            self.V_in = empty(self.V.shape, dtype)
            self.v_scale = np.tile(columns[D:], (self.O, 1))
            self.pack.append((self.V, self.v_scale, self.V_in))
        for block in kind.plan:
            there = slice(block.at.start * H, block.at.stop * H)
            below = slice(there.start + self.head_rows, there.stop + self.head_rows)
            side, scale = sides[block.reads], columns[sides[block.reads]]
            way_in, way_out = (np.repeat(np.array(z, dtype), H)[:, None]
                               for z in (block.scale_in, block.scale_out))
            if isinstance(block.of, str):
                own, gradient = (z[block.of][:, None]
                                 for z in (self.params, self.grads))
            else:
                here = slice(block.of.start * H, block.of.stop * H)
                own, gradient = W[here, side], dW[here, side]
            self.pack.append((own, way_in * scale, self.W_in[there, side]))
            self.unpack.append((self.sums[0, below, side], way_out * scale, gradient))
            if "h" in block.reads:
                self.pack.append((W[here, D + 1 :], way_out, self.W_out[below]))
            if "x" in block.reads:
                self.pack_dx.append((W[here, :D], way_out, self.W_dx[there]))

    def forward(self, xs, h_init=None, c_init=None):
        """Return predictions (N, T, O) or (N, O), valid until the next call.

        `xs` is (N, T, D); the states `h_init`, `c_init`, zero if left out, are (N, H).
        """
        N, T, _ = xs.shape
        if N not in self.buffers or T > self.buffers[N].T:
            if len(self.buffers) == 4:  # batches of ever new sizes must not pile up
                self.buffers.clear()
            self.buffers[N] = self.kind(self, N, T)
        self.T, self.now = T, (buffers := self.buffers[N])
        for weights, scale, scaled in self.pack:
            multiply(weights, scale, scaled)
        if self.head_rows and self.O is not None:
            self.W_out[: self.head_rows] = self.V[:, 1:]
        buffers.z[:T, : self.D] = xs.transpose(1, 2, 0)
        buffers.s[0] = 0 if h_init is None else h_init.T / buffers.half
        buffers.set_state(c_init)
        buffers.forward(self.W_in.dot, T)
        y, top = buffers.y, buffers.top
        if not self.every_step:
            if self.O is None:
                return multiply(buffers.s[T], buffers.half, y[0]).T
            return dot(self.V_in, top[T], y[0]).T
        if self.O is None:
            multiply(buffers.s[1 : T + 1], buffers.half, y[:T])
        else:
            np.matmul(self.V_in, top[1 : T + 1], y[:T])
        return y[:T].transpose(2, 0, 1)

    def states(self):
        """Return copies of hs, cs (or None) and a dict of the gates, each (N, T, H)."""
        buffers, T = self.now, self.T
        hs = buffers.s[1 : T + 1].transpose(2, 0, 1)
        return multiply(hs, buffers.half, order="C"), *buffers.record(T)

    def last_state(self):
        """Return copies of h_T and c_T (N, H); c_T is None but for an LSTM."""
        hs, cs, _ = self.states()
        return hs[:, -1], None if cs is None else cs[:, -1]

    def backward_from(self, dy, dxs=False):
        """Send any loss's error back through the last `forward`; fill `grad`.

        Parameters
        ----------
        dy : ndarray
            ∂L/∂y, of the shape of y.
        dxs : bool
            Whether ∂L/∂xs is wanted too.

        Returns
        -------
        ndarray, (N, T, D), or None
        """
        buffers, T, head_rows = self.now, self.T, self.head_rows
        dy = np.asarray(dy, self.dtype)
        if head_rows:
            dy = dy.transpose(1, 2, 0)  # (T, O, N), as the buffers lie
            last = dy[-1]
        else:
            last = dy.T
        if self.O is None:
            buffers.dh[:] = last
        else:
            dot(self.V[:, 1:].T, last, buffers.dh)
            dot(last, buffers.top[T].T, self.dV)
        total, part = self.sums
        if dxs:
            dxs = np.empty((buffers.N, T, self.D), self.dtype)
            for weights, scale, scaled in self.pack_dx:
                multiply(weights, scale, scaled)
        buffers.no_future(T)
        for start in range((T - 1) // buffers.block * buffers.block, -1,
                           -buffers.block):
            n = min(buffers.block, T - start)
            cut = buffers.cut(start, n)
            if head_rows:
                buffers.k[0, :head_rows] = 0  # nothing is due before the first step
                first = start == 0
                buffers.k[first:n, :head_rows] = dy[start + first - 1 : start + n - 1]
            buffers.factors(cut)
            buffers.back(self.W_out.T.dot, start, n)
            da = buffers.sum_weights(cut, total if start + n == T else part)
            if start + n < T:
                total += part
            if dxs is not False:
                flat = dot(self.W_dx.T, da[head_rows:])
                dxs[:, start : start + n] = (
                    flat.reshape(self.D, n, buffers.N).transpose(2, 1, 0))
        for scaled, scale, gradient in self.unpack:
            multiply(scaled, scale, gradient)
        if self.O is not None:
            if head_rows:
                self.dV += total[:head_rows, self.D :]
            multiply(self.dV, self.v_scale, self.dV)
        return None if dxs is False else dxs

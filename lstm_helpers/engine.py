"""Whole sequences forward and back through time: what training uses.

`cells` is the readable truth; a test holds this file to it, to 1e-12 in float64.
"""

import numpy as np


class Engine:
    """A recurrent layer under a dense head; parameters and gradients are flat vectors.

    Parameters
    ----------
    cell : {"lstm", "rnn"}
    D, H, O : int
        Input, hidden and output size.
    every_step : bool
        Whether the head reads every h_t or the last one only.
    dtype : dtype
        float32 to train, float64 to check.

    Attributes
    ----------
    flat, grad : ndarray, (P,)
        All parameters, and ∂L/∂ each of them: what an optimizer works on.
    params, grads : dict
        Views of the two by name: ``W_x`` (D, 4H), ``W_h`` (H, 4H), ``b`` (4H,),
        ``W_y`` (H, O), ``b_y`` (O,).
    """

    def __init__(self, cell, D, H, O, every_step, dtype):  # noqa: E741
        self.cell, self.D, self.H, self.O = cell, D, H, O
        self.every_step, self.dtype = every_step, np.dtype(dtype)
        self.rows = 4 * H if cell == "lstm" else H
        size = self.rows * (H + 1 + D) + O * (H + 1)
        self.flat = np.zeros(size, dtype)
        self.grad = np.zeros(size, dtype)
        self.params, self.grads = self._views(self.flat), self._views(self.grad)

    def _views(self, flat):
        split = self.rows * (self.H + 1 + self.D)
        W = flat[:split].reshape(self.rows, -1)  # [W_h | b | W_x], transposed
        V = flat[split:].reshape(self.O, -1)  # [W_y | b_y], transposed
        H = self.H
        return {"W_x": W[:, H + 1 :].T, "W_h": W[:, :H].T, "b": W[:, H],
                "W_y": V[:, :H].T, "b_y": V[:, H]}

    def forward(self, xs, h_0=None, c_0=None):
        """Run the layer over `xs` (N, T, D); return predictions, valid until the next.

        Returns
        -------
        ndarray, (N, T, O) or (N, O)
        """
        N, T, _ = xs.shape
        H, p = self.H, self.params
        self.xs = np.asarray(xs, self.dtype)
        zero = np.zeros((N, H), self.dtype)
        h = zero if h_0 is None else np.asarray(h_0, self.dtype)
        c = zero if c_0 is None else np.asarray(c_0, self.dtype)
        self.hs, self.cs, self.gates = [h], [c], []
        for t in range(T):
            a = self.xs[:, t] @ p["W_x"] + h @ p["W_h"] + p["b"]
            if self.cell == "rnn":
                h = np.tanh(a)
            else:
                i, f, g, o = np.split(a, 4, axis=1)
                i, f, o = (0.5 + 0.5 * np.tanh(0.5 * z) for z in (i, f, o))
                g = np.tanh(g)
                c = f * c + i * g
                h = o * np.tanh(c)
                self.gates.append((i, f, g, o))
            self.hs.append(h)
            self.cs.append(c)
        top = np.stack(self.hs[1:], axis=1) if self.every_step else h
        self.top = top
        self.y = top @ p["W_y"] + p["b_y"]
        return self.y

    def states(self):
        """Return copies of hs, cs (N, T, H) and the gates of the last `forward`.

        Returns
        -------
        hs, cs : ndarray, (N, T, H)
        gates : dict of ndarray, (N, T, H)
            Under i, f, g, o. For an RNN cs is None and gates is empty.
        """
        hs = np.stack(self.hs[1:], axis=1)
        if self.cell == "rnn":
            return hs, None, {}
        blocks = (np.stack(z, axis=1) for z in zip(*self.gates, strict=True))
        return hs, np.stack(self.cs[1:], axis=1), dict(zip("ifgo", blocks, strict=True))

    def last_state(self):
        """Return copies of h_T and c_T (N, H); c_T is None for an RNN."""
        return self.hs[-1].copy(), None if self.cell == "rnn" else self.cs[-1].copy()

    def backward(self, ys):
        """Return the mean squared error of the last `forward`; fill `grad`."""
        p, grads, H = self.params, self.grads, self.H
        error = self.y - np.asarray(ys, self.dtype)
        loss = float(np.mean(error**2))
        dy = error * (2 / error.size)
        grads["W_y"][:] = self.top.reshape(-1, H).T @ dy.reshape(-1, self.O)
        grads["b_y"][:] = dy.reshape(-1, self.O).sum(axis=0)
        d_top = dy @ p["W_y"].T
        for name in ("W_x", "W_h", "b"):
            grads[name][:] = 0
        T = self.xs.shape[1]
        dh = np.zeros_like(self.hs[0]) if self.every_step else d_top
        dc = np.zeros_like(dh)
        for t in reversed(range(T)):
            if self.every_step:
                dh = dh + d_top[:, t]
            if self.cell == "rnn":
                da = dh * (1 - self.hs[t + 1] ** 2)
            else:
                i, f, g, o = self.gates[t]
                tanh_c = np.tanh(self.cs[t + 1])
                dc = dc + dh * o * (1 - tanh_c**2)
                blocks = [dc * g * i * (1 - i), dc * self.cs[t] * f * (1 - f),
                          dc * i * (1 - g**2), dh * tanh_c * o * (1 - o)]
                da = np.concatenate(blocks, axis=1)
                dc = dc * f
            grads["W_x"] += self.xs[:, t].T @ da
            grads["W_h"] += self.hs[t].T @ da
            grads["b"] += da.sum(axis=0)
            dh = da @ p["W_h"].T
        return loss

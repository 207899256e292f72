"""The plain RNN's buffers and loops, in the manner of lstm.py."""

from itertools import islice

import numpy as np
from numpy import multiply, subtract, tanh

from lstm_helpers.fast.buffers import Block, Buffers, empty


class RNNBuffers(Buffers):
    """A plain RNN: nothing is doubled, and k is [ dy_{t-1} | 1 - h_t² ]."""

    blocks, inside, read_h, products, above, below, half = 1, 1, 1, 1, 0, 0, 1
    plan = (Block(slice(0, 1), slice(0, 1), "xh", (1,), (1,)),)

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

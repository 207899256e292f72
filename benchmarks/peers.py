"""The same training step by each competitor: forward, backward, Adam, last output.

A peer is built from parameters (the series' shapes), xs and ys; ``step()`` trains one
step, ``check()`` returns loss and gradients, or None where the library hides them, and
``predict()`` the outputs. One that is not installed raises ImportError when built.
"""

import os

import numpy as np

from lstm_helpers import cells, losses, train
from lstm_helpers.fast import engine

NAMES = ("W_x", "W_h", "b", "W_y", "b_y")
LR = 1e-4
os.environ.setdefault("KERAS_BACKEND", "jax")


class Engine:
    """`lstm_helpers.fast`, with loss and optimizer as `train.fit` calls them."""

    def __init__(self, params, xs, ys):
        (D, _), (H, O) = params["W_x"].shape, params["W_y"].shape
        self.engine = engine.Engine("lstm", D, H, O, False, np.float32)
        for name, z in params.items():
            self.engine.params[name][...] = z
        self.xs, self.ys, self.adam = xs, ys, train.Adam(LR)
        self.loss = losses.MeanSquaredError()

    version = f"NumPy {np.__version__}"

    def step(self):
        self.check()
        self.adam.step(self.engine.flat, self.engine.grad, LR)

    def check(self):
        y = self.engine.forward(self.xs)
        loss, dy = self.loss.both(y, self.ys, out=y)
        self.engine.backward_from(dy)
        return loss, self.engine.grads

    def predict(self):
        return self.engine.forward(self.xs).copy()


class Readable:
    """`lstm_helpers.cells`, one step after the other, without their argument checks."""

    version = Engine.version

    def __init__(self, params, xs, ys):
        self.params = {k: z.copy() for k, z in params.items()}
        self.xs, self.ys, self.steps = xs, ys, 0
        self.m = {k: np.zeros_like(z) for k, z in params.items()}
        self.v = {k: np.zeros_like(z) for k, z in params.items()}

    def forward(self):
        p, caches = self.params, []
        lstm_step = cells.lstm_step.unchecked
        h = c = np.zeros((len(self.xs), len(p["W_h"])), self.xs.dtype)
        for t in range(self.xs.shape[1]):
            h, c, cache = lstm_step(self.xs[:, t], h, c, p["W_x"], p["W_h"], p["b"])
            caches.append(cache)
        return h @ p["W_y"] + p["b_y"], h, caches

    def check(self):
        y, h, caches = self.forward()
        error = y - self.ys
        dy = error * (2 / error.size)
        grads = {k: np.zeros_like(self.params[k]) for k in ("W_x", "W_h", "b")}
        grads |= {"W_y": h.T @ dy, "b_y": dy.sum(axis=0)}
        dh, dc = dy @ self.params["W_y"].T, np.zeros_like(h)
        for cache in reversed(caches):
            back = cells.lstm_step_backward(dh, dc, cache)
            dh, dc = back.dh_prev, back.dc_prev
            grads["W_x"] += back.dW_x
            grads["W_h"] += back.dW_h
            grads["b"] += back.db
        return float((error**2).mean()), grads

    def predict(self):
        return self.forward()[0]

    def step(self):
        _, grads = self.check()
        self.steps += 1
        for k, z in self.params.items():
            self.m[k] = 0.9 * self.m[k] + 0.1 * grads[k]
            self.v[k] = 0.999 * self.v[k] + 0.001 * grads[k] ** 2
            m_hat = self.m[k] / (1 - 0.9**self.steps)
            v_hat = self.v[k] / (1 - 0.999**self.steps)
            z -= LR * m_hat / (np.sqrt(v_hat) + 1e-8)


class Tutorial(Readable):
    """One sample at a time, four matrices on [h, x] as columns: as most posts do it."""

    def split(self):
        p, H = self.params, len(self.params["W_h"])
        W = np.concatenate([p["W_h"], p["W_x"]]).T
        return [(W[k * H : (k + 1) * H].copy(), p["b"][k * H : (k + 1) * H, None])
                for k in range(4)]

    def run(self, x, gates):
        (W_i, b_i), (W_f, b_f), (W_g, b_g), (W_o, b_o) = gates
        h = c = np.zeros((len(W_i), 1), x.dtype)
        seen = []
        for x_t in x:
            z = np.concatenate([h, x_t[:, None]])
            i = cells.sigmoid(np.dot(W_i, z) + b_i)
            f = cells.sigmoid(np.dot(W_f, z) + b_f)
            g = np.tanh(np.dot(W_g, z) + b_g)
            o = cells.sigmoid(np.dot(W_o, z) + b_o)
            c_prev, c = c, f * c + i * g
            h = o * np.tanh(c)
            seen.append((z, i, f, g, o, c_prev, c))
        return h, seen

    def predict(self):
        gates, p = self.split(), self.params
        return np.stack([self.run(x, gates)[0][:, 0] @ p["W_y"] + p["b_y"]
                         for x in self.xs])

    def check(self):
        p, H, gates = self.params, len(self.params["W_h"]), self.split()
        dWs, dbs = [np.zeros_like(W) for W, _ in gates], [0 * b for _, b in gates]
        dW_y, db_y, loss = np.zeros_like(p["W_y"]), np.zeros_like(p["b_y"]), 0.0
        for x, y in zip(self.xs, self.ys, strict=True):
            h, seen = self.run(x, gates)
            error = h[:, 0] @ p["W_y"] + p["b_y"] - y
            loss += float((error**2).sum()) / self.ys.size
            dy = error * (2 / self.ys.size)
            dW_y += h @ dy[None]
            db_y += dy
            dh, dc = p["W_y"] @ dy[:, None], np.zeros_like(h)
            for z, i, f, g, o, c_prev, c in reversed(seen):
                tanh_c = np.tanh(c)
                dc = dc + dh * o * (1 - tanh_c**2)
                das = (dc * g * i * (1 - i), dc * c_prev * f * (1 - f),
                       dc * i * (1 - g**2), dh * tanh_c * o * (1 - o))
                dz = 0
                for k, da in enumerate(das):
                    dWs[k] += np.dot(da, z.T)
                    dbs[k] += da
                    dz = dz + np.dot(gates[k][0].T, da)
                dh, dc = dz[:H], dc * f
        dW = np.concatenate(dWs).T
        return loss, {"W_h": dW[:H], "W_x": dW[H:], "W_y": dW_y, "b_y": db_y,
                      "b": np.concatenate(dbs)[:, 0]}


class Products:
    """The matrix products of the step and nothing else: what cannot be saved."""

    version = Engine.version

    def __init__(self, params, xs, ys):
        (N, T, _), (H, rows) = xs.shape, params["W_h"].shape
        K = H + 1 + xs.shape[2]
        new = np.random.default_rng(0).normal
        self.W = new(size=(rows, K)).astype(xs.dtype)
        self.W_back = self.W[:, :H].T.copy()
        self.zs = list(new(size=(T, K, N)).astype(xs.dtype))
        self.slabs = list(new(size=(T, rows, N)).astype(xs.dtype))
        self.a, self.dh = np.empty((rows, N), xs.dtype), np.empty((H, N), xs.dtype)
        self.da = new(size=(rows, T * N)).astype(xs.dtype)
        self.z = new(size=(K, T * N)).astype(xs.dtype)
        self.dW = np.empty((rows, K), xs.dtype)

    def check(self):
        return None

    def predict(self):
        return None

    def step(self):
        for z in self.zs:
            self.W.dot(z, self.a)
        for da in self.slabs:
            self.W_back.dot(da, self.dh)
        self.da.dot(self.z.T, self.dW)


class Torch:
    """torch.nn.LSTM, a Linear on the last output, Adam with fused=True."""

    def __init__(self, params, xs, ys):
        import torch

        torch.set_num_threads(1)
        self.version = f"PyTorch {torch.__version__.split('+')[0]}"
        (D, _), (H, O) = params["W_x"].shape, params["W_y"].shape
        self.torch = torch
        self.lstm = torch.nn.LSTM(D, H, batch_first=True)
        self.head = torch.nn.Linear(H, O)
        values = {"weight_ih_l0": params["W_x"].T, "weight_hh_l0": params["W_h"].T,
                  "bias_ih_l0": params["b"], "bias_hh_l0": 0 * params["b"]}
        with torch.no_grad():
            for name, z in values.items():
                getattr(self.lstm, name).copy_(torch.from_numpy(z.copy()))
            self.head.weight.copy_(torch.from_numpy(params["W_y"].T.copy()))
            self.head.bias.copy_(torch.from_numpy(params["b_y"]))
        self.xs, self.ys = torch.from_numpy(xs), torch.from_numpy(ys)
        weights = [*self.lstm.parameters(), *self.head.parameters()]
        self.adam = torch.optim.Adam(weights, lr=LR, fused=True)

    def forward(self):
        hs, _ = self.lstm(self.xs)
        return self.head(hs[:, -1])

    def backward(self):
        self.adam.zero_grad()
        loss = self.torch.nn.functional.mse_loss(self.forward(), self.ys)
        loss.backward()
        return loss

    def check(self):
        loss = self.backward().item()
        lstm, head = self.lstm, self.head
        grads = {"W_x": lstm.weight_ih_l0.grad.T, "W_h": lstm.weight_hh_l0.grad.T,
                 "b": lstm.bias_ih_l0.grad, "W_y": head.weight.grad.T,
                 "b_y": head.bias.grad}
        return loss, {k: z.numpy() for k, z in grads.items()}

    def predict(self):
        return self.forward().detach().numpy()

    def step(self):
        self.backward()
        self.adam.step()


class Jax:
    """jax.lax.scan, value_and_grad and Adam under one jit."""

    def __init__(self, params, xs, ys):
        import jax
        import jax.numpy as jnp

        self.version = f"JAX {jax.__version__}"
        xs, ys = jnp.asarray(xs), jnp.asarray(ys)

        def forward(p):
            def cell(state, x_t):
                h, c = state
                a = x_t @ p["W_x"] + h @ p["W_h"] + p["b"]
                i, f, g, o = jnp.split(a, 4, axis=1)
                c = jax.nn.sigmoid(f) * c + jax.nn.sigmoid(i) * jnp.tanh(g)
                return (jax.nn.sigmoid(o) * jnp.tanh(c), c), None

            zero = jnp.zeros((len(xs), len(p["W_h"])))
            (h, _), _ = jax.lax.scan(cell, (zero, zero), xs.transpose(1, 0, 2))
            return h @ p["W_y"] + p["b_y"]

        loss_and_grads = jax.value_and_grad(lambda p: ((forward(p) - ys) ** 2).mean())

        def train_step(p, m, v, steps):
            _, grads = loss_and_grads(p)
            each = jax.tree_util.tree_map
            m = each(lambda m, g: 0.9 * m + 0.1 * g, m, grads)
            v = each(lambda v, g: 0.999 * v + 0.001 * g**2, v, grads)
            rate = LR * jnp.sqrt(1 - 0.999**steps) / (1 - 0.9**steps)
            p = each(lambda p, m, v: p - rate * m / (jnp.sqrt(v) + 1e-8), p, m, v)
            return p, m, v, steps + 1

        self.params = {k: jnp.asarray(z) for k, z in params.items()}
        zero = {k: jnp.zeros_like(z) for k, z in self.params.items()}
        self.state = self.params, zero, dict(zero), jnp.float32(1)
        self.jax, self.forward, self.loss_and_grads = jax, forward, loss_and_grads
        self.train_step = jax.jit(train_step)

    def check(self):
        loss, grads = self.jax.jit(self.loss_and_grads)(self.params)
        return float(loss), {k: np.asarray(z) for k, z in grads.items()}

    def predict(self):
        return np.asarray(self.jax.jit(self.forward)(self.params))

    def step(self):
        self.state = self.train_step(*self.state)
        self.state[0]["b_y"].block_until_ready()


class Keras:
    """Keras's fit, compiled; the time of an epoch of 50 batches, divided by 50."""

    batches = 50

    def __init__(self, params, xs, ys):
        import keras

        self.version = f"Keras {keras.__version__} on {keras.backend.backend()}"
        H, O = params["W_y"].shape
        self.N, self.xs = len(xs), xs
        self.net = keras.Sequential([keras.Input(xs.shape[1:]), keras.layers.LSTM(H),
                                     keras.layers.Dense(O)])
        self.net.set_weights([params[k] for k in NAMES])
        self.net.compile(optimizer=keras.optimizers.Adam(LR), loss="mse")
        self.data = np.tile(xs, (self.batches, 1, 1)), np.tile(ys, (self.batches, 1))

    def check(self):
        return None  # gradients stay inside fit

    def predict(self):
        return np.asarray(self.net(self.xs))

    def step(self):
        self.net.fit(*self.data, batch_size=self.N, epochs=1, verbose=0, shuffle=False)


PEERS = {"engine": Engine, "matrix products": Products, "PyTorch": Torch, "JAX": Jax,
         "readable": Readable, "Keras fit": Keras, "tutorial loop": Tutorial}

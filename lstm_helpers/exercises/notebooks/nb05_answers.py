"""Right answers of notebook 05, each exercise's with its probes and other spellings.

The exercises themselves, with what can go wrong, stand in `nb05`.
"""

import numpy as np

from lstm_helpers import bptt, cells


def numeric_probes(rng):
    """Curved losses and a coarse ε, so that each way to divide gives its own number."""
    A, B = rng.normal(size=(2, 3)), rng.normal(size=4)
    return [
        (lambda z: float(np.sum(np.exp(A * z))), rng.normal(size=(2, 3)), 0.1),
        (lambda z: float(np.sum(B * z) ** 3), rng.normal(size=4), 0.2),
    ]


def numeric_gradient(loss, z, eps):
    z = z.copy()
    gradient = np.zeros_like(z)
    for k in np.ndindex(z.shape):
        middle = z[k]
        z[k] = middle + eps
        above = loss(z)
        z[k] = middle - eps
        below = loss(z)
        z[k] = middle
        gradient[k] = (above - below) / (2 * eps)
    return gradient


def numeric_put_back(loss, z, eps):
    gradient = np.zeros_like(z)
    for k in np.ndindex(z.shape):
        z[k] += eps
        above = loss(z)
        z[k] -= 2 * eps
        gradient[k] = (above - loss(z)) / (2 * eps)
        z[k] += eps
    return gradient


def numeric_by_masks(loss, z, eps):
    units = np.eye(z.size).reshape(-1, *z.shape)
    slopes = [(loss(z + eps * e) - loss(z - eps * e)) / eps / 2 for e in units]
    return np.array(slopes).reshape(z.shape)


def numeric_by_rows(loss, z, eps):
    """Move whole rows: a slip."""
    gradient = np.zeros_like(z)
    for r in range(len(z)):
        up, down = z.copy(), z.copy()
        up[r] += eps
        down[r] -= eps
        gradient[r] = (loss(up) - loss(down)) / (2 * eps)
    return gradient


def numeric_by_copies(loss, z, eps):
    gradient = np.empty(z.shape)
    for k, _ in np.ndenumerate(z):
        up, down = z.copy(), z.copy()
        up[k] += eps
        down[k] -= eps
        gradient[k] = (loss(up) - loss(down)) / (up[k] - down[k])
    return gradient


def rnn_probes(rng):
    """Caches of real steps; the last has D = H = N, where swapped things multiply."""
    def draw(N, D, H):
        shapes = (N, D), (N, H), (D, H), (H, H), (H,)
        cache = cells.rnn_step(*(rng.normal(size=shape) for shape in shapes))[1]
        return rng.normal(size=(N, H)), cache

    return [draw(2, 3, 5), draw(3, 2, 4), draw(4, 4, 4)]


def rnn_step_backward(dh_t, cache):
    x_t, h_prev, h_t, W_x, W_h = cache
    da_t = dh_t * (1 - h_t**2)
    dW_x = x_t.T @ da_t
    dW_h = h_prev.T @ da_t
    db = da_t.sum(axis=0)
    dx_t = da_t @ W_x.T
    dh_prev = da_t @ W_h.T
    return dict(da_t=da_t, dW_x=dW_x, dW_h=dW_h, db=db, dx_t=dx_t, dh_prev=dh_prev)


def rnn_backward_by_einsum(dh_t, cache):
    da_t = dh_t - dh_t * cache.h_t * cache.h_t
    return dict(
        dx_t=np.einsum("nh,dh->nd", da_t, cache.W_x),
        dh_prev=np.einsum("nh,kh->nk", da_t, cache.W_h),
        dW_x=np.einsum("nd,nh->dh", cache.x_t, da_t),
        dW_h=np.einsum("nk,nh->kh", cache.h_prev, da_t),
        db=np.einsum("nh->h", da_t),
        da_t=da_t,
    )


def rnn_backward_by_rows(dh_t, cache):
    x_t, h_prev, h_t, W_x, W_h = cache
    da_t = dh_t / np.cosh(np.arctanh(h_t)) ** 2
    rows = range(len(x_t))
    return dict(
        da_t=da_t,
        dW_x=sum(np.outer(x_t[n], da_t[n]) for n in rows),
        dW_h=sum(np.outer(h_prev[n], da_t[n]) for n in rows),
        db=sum(da_t[n] for n in rows),
        dx_t=np.array([W_x @ da_t[n] for n in rows]),
        dh_prev=np.array([W_h @ da_t[n] for n in rows]),
    )


def lstm_probes(rng):
    """Caches of real steps; the last has D = H = N, where swapped things multiply."""
    def draw(N, D, H):
        shapes = (N, D), (N, H), (N, H), (D, 4 * H), (H, 4 * H), (4 * H,)
        cache = cells.lstm_step(*(rng.normal(size=shape) for shape in shapes))[2]
        return rng.normal(size=(N, H)), rng.normal(size=(N, H)), cache

    return [draw(2, 3, 5), draw(3, 2, 4), draw(4, 4, 4)]


def to_the_gates(dh_t, dc_next, cache):
    c_prev, i_t, f_t, g_t, o_t, c_t = cache[2:8]
    tanh_c = np.tanh(c_t)
    do_t = dh_t * tanh_c
    dc_t = dc_next + dh_t * o_t * (1 - tanh_c**2)
    df_t = dc_t * c_prev
    di_t = dc_t * g_t
    dg_t = dc_t * i_t
    dc_prev = dc_t * f_t
    return dict(do_t=do_t, dc_t=dc_t, df_t=df_t, di_t=di_t, dg_t=dg_t, dc_prev=dc_prev)


def to_the_gates_by_name(dh_t, dc_next, cache):
    tanh_c = np.tanh(cache.c_t)
    belt = dh_t * cache.o_t / np.cosh(cache.c_t) ** 2 + dc_next
    return {"dc_prev": belt * cache.f_t, "df_t": belt * cache.c_prev,
            "di_t": belt * cache.g_t, "dg_t": belt * cache.i_t,
            "dc_t": belt, "do_t": dh_t * tanh_c}


def to_the_gates_in_pieces(dh_t, dc_next, cache):
    _, _, c_prev, i_t, f_t, g_t, o_t, c_t, _, _ = cache
    d_tanh = dh_t * o_t
    dc_t = dc_next.copy()
    dc_t += d_tanh - d_tanh * np.tanh(c_t) ** 2
    df_t, dc_prev, di_t, dg_t = (dc_t * z for z in (c_prev, f_t, g_t, i_t))
    return dict(do_t=dh_t * np.tanh(c_t), dc_t=dc_t, df_t=df_t, di_t=di_t, dg_t=dg_t,
                dc_prev=dc_prev)


def lstm_step_backward(dh_t, dc_next, cache):
    x_t, h_prev, c_prev, i_t, f_t, g_t, o_t, c_t, W_x, W_h = cache
    tanh_c = np.tanh(c_t)
    do_t = dh_t * tanh_c
    dc_t = dc_next + dh_t * o_t * (1 - tanh_c**2)
    df_t = dc_t * c_prev
    di_t = dc_t * g_t
    dg_t = dc_t * i_t
    dc_prev = dc_t * f_t
    da_i = di_t * i_t * (1 - i_t)
    da_f = df_t * f_t * (1 - f_t)
    da_g = dg_t * (1 - g_t**2)
    da_o = do_t * o_t * (1 - o_t)
    da_t = np.concatenate([da_i, da_f, da_g, da_o], axis=1)
    dW_x = x_t.T @ da_t
    dW_h = h_prev.T @ da_t
    db = da_t.sum(axis=0)
    dx_t = da_t @ W_x.T
    dh_prev = da_t @ W_h.T
    return dict(do_t=do_t, dc_t=dc_t, df_t=df_t, di_t=di_t, dg_t=dg_t, dc_prev=dc_prev,
                da_t=da_t, dW_x=dW_x, dW_h=dW_h, db=db, dx_t=dx_t, dh_prev=dh_prev)


def lstm_backward_on_05_5(dh_t, dc_next, cache):
    x_t, h_prev, _, i_t, f_t, g_t, o_t, _, W_x, W_h = cache
    d = to_the_gates_by_name(dh_t, dc_next, cache)
    slopes = np.hstack([i_t - i_t**2, f_t - f_t**2, 1 - g_t**2, o_t - o_t**2])
    da_t = np.hstack([d["di_t"], d["df_t"], d["dg_t"], d["do_t"]]) * slopes
    joined = np.concatenate([x_t, h_prev], axis=1)
    dW = joined.T @ da_t
    D = x_t.shape[1]
    d_joined = da_t @ np.concatenate([W_x, W_h]).T
    return d | dict(da_t=da_t, dW_x=dW[:D], dW_h=dW[D:], db=np.ones(len(x_t)) @ da_t,
                    dx_t=d_joined[:, :D], dh_prev=d_joined[:, D:])


def lstm_backward_by_blocks(dh_t, dc_next, cache):
    d = to_the_gates_in_pieces(dh_t, dc_next, cache)
    H = dh_t.shape[1]
    da_t = np.empty((len(dh_t), 4 * H))
    for k, name in enumerate("ifgo"):
        z = getattr(cache, f"{name}_t")
        slope = 1 - z**2 if name == "g" else z * (1 - z)
        da_t[:, k * H : (k + 1) * H] = d[f"d{name}_t"] * slope
    d["dx_t"], d["dh_prev"] = da_t.dot(cache.W_x.T), da_t.dot(cache.W_h.T)
    d["dW_x"], d["dW_h"] = cache.x_t.T.dot(da_t), cache.h_prev.T.dot(da_t)
    d["db"], d["da_t"] = da_t.sum(0), da_t
    return d


def loop_probes(rng):
    """Sequences of real caches; N = T once, where two axes can be mixed up."""
    def draw(N, T, D, H):
        shapes = (N, T, D), (N, H), (N, H), (D, 4 * H), (H, 4 * H), (4 * H,)
        _, caches = bptt.lstm_forward(*(rng.normal(size=shape) for shape in shapes))
        return rng.normal(size=(N, T, H)), caches

    return [draw(2, 4, 3, 5), draw(3, 3, 2, 4)]


def lstm_backward(dhs, caches):
    T = len(caches)
    dxs = [None] * T
    dW_x = dW_h = db = 0
    dh_next = np.zeros_like(dhs[:, 0])
    dc_next = np.zeros_like(dhs[:, 0])
    for t in reversed(range(T)):
        dh_t = dhs[:, t] + dh_next
        grads = cells.lstm_step_backward(dh_t, dc_next, caches[t])
        dxs[t] = grads.dx_t
        dW_x = dW_x + grads.dW_x
        dW_h = dW_h + grads.dW_h
        db = db + grads.db
        dh_next = grads.dh_prev
        dc_next = grads.dc_prev
    dxs = np.stack(dxs, axis=1)
    return dict(dxs=dxs, dW_x=dW_x, dW_h=dW_h, db=db, dh_init=dh_next, dc_init=dc_next)


def lstm_backward_into_arrays(dhs, caches):
    N, T, H = dhs.shape
    first = caches[0]
    d = dict(dxs=np.zeros((N, T, first.x_t.shape[1])), dW_x=np.zeros_like(first.W_x),
             dW_h=np.zeros_like(first.W_h), db=np.zeros(4 * H),
             dh_init=np.zeros((N, H)), dc_init=np.zeros((N, H)))
    for t in range(T - 1, -1, -1):
        step = cells.lstm_step_backward(
            dhs[:, t] + d["dh_init"], d["dc_init"], caches[t]
        )
        d["dxs"][:, t] = step.dx_t
        d["dh_init"], d["dc_init"] = step.dh_prev, step.dc_prev
        for name in ("dW_x", "dW_h", "db"):
            d[name] += getattr(step, name)
    return d


def lstm_backward_recursive(dhs, caches, dh_next=0, dc_next=0):
    step = cells.lstm_step_backward(
        dhs[:, -1] + dh_next, np.zeros_like(dhs[:, -1]) + dc_next, caches[-1]
    )
    here = dict(dxs=step.dx_t[:, None], dW_x=step.dW_x, dW_h=step.dW_h, db=step.db,
                dh_init=step.dh_prev, dc_init=step.dc_prev)
    if len(caches) == 1:
        return here
    rest = lstm_backward_recursive(dhs[:, :-1], caches[:-1], step.dh_prev, step.dc_prev)
    rest["dxs"] = np.concatenate([rest["dxs"], here["dxs"]], axis=1)
    return rest | {k: rest[k] + here[k] for k in ("dW_x", "dW_h", "db")}


def hunted(dhs, caches):
    T, H = len(caches), dhs.shape[2]
    dxs, dW_x, dW_h, db = [None] * T, 0, 0, 0
    dh_next = dc_next = np.zeros_like(dhs[:, 0])
    for t in reversed(range(T)):
        x_t, h_prev, c_prev, i_t, f_t, g_t, o_t, c_t, W_x, W_h = caches[t]
        dh_t = dhs[:, t] + dh_next
        tanh_c = np.tanh(c_t)
        dc_t = dc_next + dh_t * o_t * (1 - tanh_c**2)
        da_t = np.zeros((len(x_t), 4 * H))
        da_t[:, :H] = dc_t * g_t * i_t * (1 - i_t)
        da_t[:, H : 2 * H] = dc_t * c_prev * f_t * (1 - f_t)
        da_t[:, 2 * H : 3 * H] = dc_t * i_t * (1 - g_t**2)
        da_t[:, 3 * H :] = dh_t * tanh_c * o_t * (1 - c_t)
        dxs[t] = da_t @ W_x.T
        dW_x = dW_x + x_t.T @ da_t
        dW_h = dW_h + h_prev.T @ da_t
        db = da_t.sum(axis=0)
        dh_next, dc_next = da_t @ W_h.T, dc_t * f_t
    dxs = np.stack(dxs, axis=1)
    return dict(dxs=dxs, dW_x=dW_x, dW_h=dW_h, db=db, dh_init=dh_next, dc_init=dc_next)


def repaired(dhs, caches):
    T, H = len(caches), dhs.shape[2]
    dxs, dW_x, dW_h, db = [None] * T, 0, 0, 0
    dh_next = dc_next = np.zeros_like(dhs[:, 0])
    for t in reversed(range(T)):
        x_t, h_prev, c_prev, i_t, f_t, g_t, o_t, c_t, W_x, W_h = caches[t]
        dh_t = dhs[:, t] + dh_next
        tanh_c = np.tanh(c_t)
        dc_t = dc_next + dh_t * o_t * (1 - tanh_c**2)
        da_t = np.zeros((len(x_t), 4 * H))
        da_t[:, :H] = dc_t * g_t * i_t * (1 - i_t)
        da_t[:, H : 2 * H] = dc_t * c_prev * f_t * (1 - f_t)
        da_t[:, 2 * H : 3 * H] = dc_t * i_t * (1 - g_t**2)
        da_t[:, 3 * H :] = dh_t * tanh_c * o_t * (1 - o_t)  # was 1 - c_t
        dxs[t] = da_t @ W_x.T
        dW_x = dW_x + x_t.T @ da_t
        dW_h = dW_h + h_prev.T @ da_t
        db = db + da_t.sum(axis=0)  # was db = ...
        dh_next, dc_next = da_t @ W_h.T, dc_t * f_t
    dxs = np.stack(dxs, axis=1)
    return dict(dxs=dxs, dW_x=dW_x, dW_h=dW_h, db=db, dh_init=dh_next, dc_init=dc_next)


def truncation_probes(rng):
    """T that k divides, and T that it does not; k = 1 and k > T are fair too."""
    sizes = (2, 6, 3, 4), (3, 7, 2, 3), (2, 3, 2, 2)
    probes = []
    for (N, T, D, H), k in zip(sizes, (2, 3, 5), strict=True):
        shapes = (N, T, D), (N, H), (N, H), (D, 4 * H), (H, 4 * H), (4 * H,)
        _, caches = bptt.lstm_forward(*(rng.normal(size=shape) for shape in shapes))
        probes.append((rng.normal(size=(N, T, H)), caches, k))
    return probes


def truncated(dhs, caches, k):
    dW_x = dW_h = db = 0
    dh_next = dc_next = np.zeros_like(dhs[:, 0])
    for t in reversed(range(len(caches))):
        grads = cells.lstm_step_backward(dhs[:, t] + dh_next, dc_next, caches[t])
        dW_x = dW_x + grads.dW_x
        dW_h = dW_h + grads.dW_h
        db = db + grads.db
        dh_next, dc_next = grads.dh_prev, grads.dc_prev
        if t % k == 0:  # step t begins a piece: nothing crosses to t - 1
            dh_next, dc_next = 0 * dh_next, 0 * dc_next
    return dict(dW_x=dW_x, dW_h=dW_h, db=db)


def truncated_by_pieces(dhs, caches, k):
    pieces = [bptt.lstm_backward(dhs[:, t : t + k], caches[t : t + k])
              for t in range(0, len(caches), k)]
    return {name: sum(piece[name] for piece in pieces)
            for name in ("dW_x", "dW_h", "db")}


def truncated_without_rest(dhs, caches, k):
    """Take whole pieces only: a slip."""
    starts = range(0, len(caches) - k + 1, k)
    pieces = [bptt.lstm_backward(dhs[:, t : t + k], caches[t : t + k]) for t in starts]
    return {name: sum(piece[name] for piece in pieces)
            for name in ("dW_x", "dW_h", "db")}


def truncated_before(dhs, caches, k):
    total = {"dW_x": 0, "dW_h": 0, "db": 0}
    zero = np.zeros_like(dhs[:, 0])
    for t in range(len(caches) - 1, -1, -1):
        if (t + 1) % k == 0 or t == len(caches) - 1:
            dh = dc = zero
        step = cells.lstm_step_backward(dhs[:, t] + dh, dc, caches[t])
        dh, dc = step.dh_prev, step.dc_prev
        for name in total:
            total[name] = total[name] + getattr(step, name)
    return total

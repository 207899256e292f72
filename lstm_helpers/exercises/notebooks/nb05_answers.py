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


def walk_probes(rng):
    """One unit over T steps: own gradients, weight, states before and after."""
    probes = []
    for T, w_h in ((4, 0.9), (3, -1.3), (1, 0.7)):
        own, before, after = rng.normal(size=T), rng.normal(size=T), rng.normal(size=T)
        probes.append((own, w_h, before, np.tanh(after)))
    return probes


def walk_back(own, w_h, before, after):
    dw_h, dh_next = 0, 0
    for t in reversed(range(len(own))):
        dh_t = own[t] + dh_next
        da_t = dh_t * (1 - after[t] ** 2)
        dw_h = dw_h + da_t * before[t]
        dh_next = da_t * w_h
    return dw_h


def walk_all_paths(own, w_h, before, after):
    slope, total = 1 - after**2, 0
    for t in range(len(own)):
        for k in range(t + 1):
            chain = np.prod(w_h * slope[k + 1 : t + 1])
            total += own[t] * chain * slope[k] * before[k]
    return total


def walk_on_lists(own, w_h, before, after):
    dh, shares = 0.0, []
    for g, x, h in zip(own[::-1], before[::-1], after[::-1], strict=True):
        da = (g + dh) * (1 - h) * (1 + h)
        shares.append(da * x)
        dh = w_h * da
    return sum(shares)


def rnn_probes(rng):
    """Caches of real steps; large gradients; D = H = N, to swap things unseen."""
    def draw(N, D, H, size=1):
        shapes = (N, D), (N, H), (D, H), (H, H), (H,)
        cache = cells.rnn_step(*(rng.normal(size=shape) for shape in shapes))[1]
        return size * rng.normal(size=(N, H)), cache

    return [draw(2, 3, 5), draw(3, 2, 4, 100), draw(4, 4, 4)]


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
    """Caches of real steps; large gradients; D = H = N, to swap things unseen."""
    def draw(N, D, H, size=1):
        shapes = (N, D), (N, H), (N, H), (D, 4 * H), (H, 4 * H), (4 * H,)
        cache = cells.lstm_step(*(rng.normal(size=shape) for shape in shapes))[2]
        dh_t, dc_next = size * rng.normal(size=(2, N, H))
        return dh_t, dc_next, cache

    return [draw(2, 3, 5), draw(3, 2, 4, 100), draw(4, 4, 4)]


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


def lstm_backward_by_name(dh_t, dc_next, cache):
    x_t, h_prev, _, i_t, f_t, g_t, o_t, _, W_x, W_h = cache
    belt = dh_t * cache.o_t / np.cosh(cache.c_t) ** 2 + dc_next
    d = {"dc_prev": belt * cache.f_t, "df_t": belt * cache.c_prev,
         "di_t": belt * cache.g_t, "dg_t": belt * cache.i_t,
         "dc_t": belt, "do_t": dh_t * np.tanh(cache.c_t)}
    slopes = np.hstack([i_t - i_t**2, f_t - f_t**2, 1 - g_t**2, o_t - o_t**2])
    da_t = np.hstack([d["di_t"], d["df_t"], d["dg_t"], d["do_t"]]) * slopes
    joined = np.concatenate([x_t, h_prev], axis=1)
    dW = joined.T @ da_t
    D = x_t.shape[1]
    d_joined = da_t @ np.concatenate([W_x, W_h]).T
    return d | dict(da_t=da_t, dW_x=dW[:D], dW_h=dW[D:], db=np.ones(len(x_t)) @ da_t,
                    dx_t=d_joined[:, :D], dh_prev=d_joined[:, D:])


def lstm_backward_by_blocks(dh_t, dc_next, cache):
    H = dh_t.shape[1]
    d_tanh = dh_t * cache.o_t
    dc_t = dc_next.copy()
    dc_t += d_tanh - d_tanh * np.tanh(cache.c_t) ** 2
    d = {f"d{k}": dc_t * getattr(cache, partner) for k, partner in
         {"f_t": "c_prev", "c_prev": "f_t", "i_t": "g_t", "g_t": "i_t"}.items()}
    d |= dict(do_t=dh_t * np.tanh(cache.c_t), dc_t=dc_t)
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
    """Sequences of real caches; once N = T, to mix up two axes, and large gradients."""
    def draw(N, T, D, H, size=1):
        shapes = (N, T, D), (N, H), (N, H), (D, 4 * H), (H, 4 * H), (4 * H,)
        _, caches = bptt.lstm_forward(*(rng.normal(size=shape) for shape in shapes))
        return size * rng.normal(size=(N, T, H)), caches

    return [draw(2, 4, 3, 5), draw(3, 3, 2, 4, 100)]


def lstm_backward(own, caches):
    T = len(caches)
    dxs = [None] * T
    dW_x = dW_h = db = 0
    dh_next = np.zeros_like(own[:, 0])
    dc_next = np.zeros_like(own[:, 0])
    for t in reversed(range(T)):
        dh_t = own[:, t] + dh_next
        d = lstm_step_backward(dh_t, dc_next, caches[t])
        dxs[t] = d["dx_t"]
        dW_x = dW_x + d["dW_x"]
        dW_h = dW_h + d["dW_h"]
        db = db + d["db"]
        dh_next = d["dh_prev"]
        dc_next = d["dc_prev"]
    dxs = np.stack(dxs, axis=1)
    return dict(dxs=dxs, dW_x=dW_x, dW_h=dW_h, db=db, dh_init=dh_next, dc_init=dc_next)


def lstm_backward_into_arrays(own, caches):
    N, T, H = own.shape
    first = caches[0]
    d = dict(dxs=np.zeros((N, T, first.x_t.shape[1])), dW_x=np.zeros_like(first.W_x),
             dW_h=np.zeros_like(first.W_h), db=np.zeros(4 * H),
             dh_init=np.zeros((N, H)), dc_init=np.zeros((N, H)))
    for t in range(T - 1, -1, -1):
        step = cells.lstm_step_backward(
            own[:, t] + d["dh_init"], d["dc_init"], caches[t]
        )
        d["dxs"][:, t] = step.dx_t
        d["dh_init"], d["dc_init"] = step.dh_prev, step.dc_prev
        for name in ("dW_x", "dW_h", "db"):
            d[name] += getattr(step, name)
    return d


def lstm_backward_recursive(own, caches, dh_next=0, dc_next=0):
    step = cells.lstm_step_backward(
        own[:, -1] + dh_next, np.zeros_like(own[:, -1]) + dc_next, caches[-1]
    )
    here = dict(dxs=step.dx_t[:, None], dW_x=step.dW_x, dW_h=step.dW_h, db=step.db,
                dh_init=step.dh_prev, dc_init=step.dc_prev)
    if len(caches) == 1:
        return here
    rest = lstm_backward_recursive(own[:, :-1], caches[:-1], step.dh_prev, step.dc_prev)
    rest["dxs"] = np.concatenate([rest["dxs"], here["dxs"]], axis=1)
    return rest | {k: rest[k] + here[k] for k in ("dW_x", "dW_h", "db")}


def hunted(own, caches):
    T, H = len(caches), own.shape[2]
    dxs, dW_x, dW_h, db = [None] * T, 0, 0, 0
    dh_next = dc_next = np.zeros_like(own[:, 0])
    for t in reversed(range(T)):
        x_t, h_prev, c_prev, i_t, f_t, g_t, o_t, c_t, W_x, W_h = caches[t]
        dh_t = own[:, t] + dh_next
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


def repaired(own, caches):
    T, H = len(caches), own.shape[2]
    dxs, dW_x, dW_h, db = [None] * T, 0, 0, 0
    dh_next = dc_next = np.zeros_like(own[:, 0])
    for t in reversed(range(T)):
        x_t, h_prev, c_prev, i_t, f_t, g_t, o_t, c_t, W_x, W_h = caches[t]
        dh_t = own[:, t] + dh_next
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


def truncated(own, caches, k):
    dW_x = dW_h = db = 0
    dh_next = dc_next = np.zeros_like(own[:, 0])
    for t in reversed(range(len(caches))):
        d = lstm_step_backward(own[:, t] + dh_next, dc_next, caches[t])
        dW_x = dW_x + d["dW_x"]
        dW_h = dW_h + d["dW_h"]
        db = db + d["db"]
        dh_next, dc_next = d["dh_prev"], d["dc_prev"]
        if t % k == 0:  # step t begins a piece: nothing crosses to t - 1
            dh_next, dc_next = 0 * dh_next, 0 * dc_next
    return dict(dW_x=dW_x, dW_h=dW_h, db=db)


def truncated_by_pieces(own, caches, k):
    pieces = [bptt.lstm_backward(own[:, t : t + k], caches[t : t + k])
              for t in range(0, len(caches), k)]
    return {name: sum(piece[name] for piece in pieces)
            for name in ("dW_x", "dW_h", "db")}


def truncated_without_rest(own, caches, k):
    """Take whole pieces only: a slip."""
    starts = range(0, len(caches) - k + 1, k)
    pieces = [bptt.lstm_backward(own[:, t : t + k], caches[t : t + k]) for t in starts]
    return {name: sum(piece[name] for piece in pieces)
            for name in ("dW_x", "dW_h", "db")}


def truncated_before(own, caches, k):
    total = {"dW_x": 0, "dW_h": 0, "db": 0}
    zero = np.zeros_like(own[:, 0])
    for t in range(len(caches) - 1, -1, -1):
        if (t + 1) % k == 0 or t == len(caches) - 1:
            dh = dc = zero
        step = cells.lstm_step_backward(own[:, t] + dh, dc, caches[t])
        dh, dc = step.dh_prev, step.dc_prev
        for name in total:
            total[name] = total[name] + getattr(step, name)
    return total


def half_gru_probes(rng):
    """Caches of real steps; the last has D = H = N, where swapped things multiply."""
    def draw(N, D, H):
        x_t, h_prev = rng.normal(size=(N, D)), rng.normal(size=(N, H))
        W_x, W_h = rng.normal(size=(D, 2 * H)), rng.normal(size=(H, 2 * H))
        a_z, a_n = np.split(x_t @ W_x + h_prev @ W_h, 2, axis=1)
        z_t, n_t = cells.sigmoid(a_z), np.tanh(a_n)
        return rng.normal(size=(N, H)), (x_t, h_prev, z_t, n_t, W_x, W_h)

    return [draw(2, 3, 5), draw(3, 2, 4), draw(4, 4, 4)]


def half_gru_step_backward(dh_t, cache):
    x_t, h_prev, z_t, n_t, W_x, W_h = cache
    dz_t = dh_t * (h_prev - n_t)
    dn_t = dh_t * (1 - z_t)
    da_z = dz_t * z_t * (1 - z_t)
    da_n = dn_t * (1 - n_t**2)
    da_t = np.concatenate([da_z, da_n], axis=1)
    dW_x = x_t.T @ da_t
    dW_h = h_prev.T @ da_t
    db = da_t.sum(axis=0)
    dx_t = da_t @ W_x.T
    dh_prev = da_t @ W_h.T + dh_t * z_t
    return dict(dz_t=dz_t, dn_t=dn_t, dW_x=dW_x, dW_h=dW_h, db=db, dx_t=dx_t,
                dh_prev=dh_prev)


def half_gru_in_pieces(dh_t, cache):
    x_t, h_prev, z_t, n_t, W_x, W_h = cache
    H = dh_t.shape[1]
    dz_t = dh_t * h_prev - dh_t * n_t
    dn_t = dh_t - dh_t * z_t
    da_t = np.hstack([dz_t * (z_t - z_t**2), dn_t / np.cosh(np.arctanh(n_t)) ** 2])
    dh_prev = dh_t * z_t
    for block in (slice(0, H), slice(H, 2 * H)):
        dh_prev = dh_prev + da_t[:, block] @ W_h[:, block].T
    return dict(dh_prev=dh_prev, dx_t=da_t @ W_x.T, dz_t=dz_t, dn_t=dn_t,
                dW_x=np.einsum("nd,nk->dk", x_t, da_t), dW_h=(da_t.T @ h_prev).T,
                db=np.ones(len(x_t)) @ da_t)


def half_gru_by_cases(dh_t, cache):
    x_t, h_prev, z_t, n_t, W_x, W_h = cache
    da_z = dh_t * (h_prev - n_t) * z_t * (1 - z_t)
    da_n = dh_t * (1 - z_t) * (1 - n_t) * (1 + n_t)
    da_t = np.concatenate((da_z, da_n), 1)
    return dict(dz_t=dh_t * (h_prev - n_t), dn_t=dh_t * (1 - z_t), dW_x=x_t.T @ da_t,
                dW_h=h_prev.T @ da_t, db=da_t.sum(0), dx_t=da_t @ W_x.T,
                dh_prev=z_t * dh_t + da_t @ W_h.T)

"""Exercises of notebook 12: which cell, and how not to learn by heart?"""

import numpy as np

from lstm_helpers.cells import sigmoid
from lstm_helpers.exercises.engine.exercise import Exercise, Mistake

COUNT = Exercise(
    id="12.1",
    title="How many numbers has a GRU?",
    task="A GRU by the equations above has 3 inputs and 8 units. How many parameters?",
    minutes=4,
    kind="predict",
    hints=(
        "Count as in notebook 03: a block is a matrix for x, a matrix for h and a "
        "bias. How many blocks has a GRU?",
        "One block has H (D + H + 1) numbers; there are the blocks r, z and n.",
    ),
    solution=288,
    formula=lambda D=3, H=8: 3 * H * (D + H + 1),
    explanation="Three blocks of 8 · (3 + 8 + 1) = 96 numbers: three quarters of the "
    "LSTM's 384. Keras counts 312, PyTorch too, because both keep a second bias in "
    "each block.",
    mistakes=(
        Mistake(312, "That is what Keras and PyTorch count: they keep a second bias in "
                     "each block, because the reset gate stands behind the product "
                     "(`reset_after` in Keras). The equations above have one bias a "
                     "block."),
        Mistake(296, "That is the GRU of this package: its candidate has a second "
                     "bias, `b_n`, which the reset gate scales. The equations above "
                     "have one bias a block."),
        Mistake(384, "That is the LSTM's count: four blocks. A GRU has three, r, z and "
                     "n."),
        Mistake(264, "The biases are missing: each block has 8 of them."),
        Mistake(192, "That is two blocks. The candidate n has weights of its own, "
                     "beside the gates r and z."),
        Mistake(96, "That is one block. There are three: r, z and n."),
        Mistake(72, "Those are the weights of the inputs only. The state is multiplied "
                    "by matrices too, and each block has a bias."),
    ),
)


def peephole_probes(rng):
    """Three sizes, nothing zero, no weight alike."""
    return [tuple(rng.normal(size=shape) for shape in (
        (N, D), (N, H), (N, H), (D, 4 * H), (H, 4 * H), (4 * H,), (3 * H,)))
        for N, D, H in ((2, 3, 4), (3, 1, 2), (1, 2, 5))]


def peephole_step(x_t, h_prev, c_prev, W_x, W_h, b, p):
    a_i, a_f, a_g, a_o = np.split(x_t @ W_x + h_prev @ W_h + b, 4, axis=1)
    p_i, p_f, p_o = np.split(p, 3)
    i_t = sigmoid(a_i + p_i * c_prev)
    f_t = sigmoid(a_f + p_f * c_prev)
    g_t = np.tanh(a_g)
    c_t = f_t * c_prev + i_t * g_t
    o_t = sigmoid(a_o + p_o * c_t)
    return o_t * np.tanh(c_t), c_t


def peephole_by_rows(x_t, h_prev, c_prev, W_x, W_h, b, p):
    H = h_prev.shape[1]
    a = x_t @ W_x + h_prev @ W_h + b
    seen = np.concatenate([c_prev * p[:H], c_prev * p[H : 2 * H]], axis=1)
    gates = 1 / (1 + np.exp(-(a[:, : 2 * H] + seen)))
    c_t = gates[:, H:] * c_prev + gates[:, :H] * np.tanh(a[:, 2 * H : 3 * H])
    return np.tanh(c_t) / (1 + np.exp(-a[:, 3 * H :] - c_t * p[2 * H :])), c_t


def peephole_by_matrices(x_t, h_prev, c_prev, W_x, W_h, b, p):
    P_i, P_f, P_o = (np.diag(part) for part in np.split(p, 3))
    a_i, a_f, a_g, a_o = np.split(x_t @ W_x + h_prev @ W_h + b, 4, axis=1)
    f_t = sigmoid(a_f + c_prev @ P_f)
    c_t = f_t * c_prev + sigmoid(a_i + c_prev @ P_i) * np.tanh(a_g)
    return sigmoid(a_o + c_t @ P_o) * np.tanh(c_t), c_t


def peeping(*faults):
    """Return a step with these faults."""
    def step(x_t, h_prev, c_prev, W_x, W_h, b, p):
        a_i, a_f, a_g, a_o = np.split(x_t @ W_x + h_prev @ W_h + b, 4, axis=1)
        p_i, p_f, p_o = np.split(p, 3)
        if "order" in faults:
            p_f, p_i = p_i, p_f
        if "times" in faults:
            a_i, a_f = a_i * c_prev * p_i, a_f * c_prev * p_f
            p_i, p_f = 0 * p_i, 0 * p_f
        seen = h_prev if "h" in faults else c_prev
        seen = np.tanh(seen) if "tanh" in faults else seen
        if "none" in faults:
            seen = 0 * seen
        if "outside" in faults:
            i_t, f_t = sigmoid(a_i) + p_i * seen, sigmoid(a_f) + p_f * seen
        else:
            i_t, f_t = sigmoid(a_i + p_i * seen), sigmoid(a_f + p_f * seen)
        if "only f" in faults:
            i_t = sigmoid(a_i)
        g_t = np.tanh(a_g + p_i * c_prev if "g" in faults else a_g)
        c_t = f_t * c_prev + i_t * g_t
        late = c_prev if "late" in faults else c_t
        late = np.tanh(late) if "tanh" in faults else late
        a_o = a_o if "none" in faults or "no o" in faults else (
            a_o * p_o * late if "times" in faults else
            a_o + p_o * (h_prev if "h" in faults else late))
        o_t = sigmoid(a_o)
        return (c_t, o_t * np.tanh(c_t)) if "swapped" in faults else (
            o_t * np.tanh(c_t), c_t)

    return step


PEEPHOLE = Exercise(
    id="12.2",
    title="Gates that see the belt",
    task="Write a step with peepholes: from x_t, h_prev, c_prev and the parameters to "
         "`h_t, c_t`.",
    minutes=8,
    kind="implement",
    hints=(
        "It is `lstm_step` with something added in three places. In which order do the "
        "lines have to stand, if the output gate sees the *new* cell state?",
        "i and f: `sigmoid(a + p * c_prev)`. Then c_t. Then o: `sigmoid(a_o + p_o * "
        "c_t)`. `np.split(p, 3)` gives p_i, p_f, p_o.",
    ),
    solution=peephole_step,
    explanation="Three numbers a unit are enough, because every unit looks at its own "
    "cell state only. The output gate is computed last: what it decides about is c_t.",
    returns=("h_t", "c_t"),
    probes=peephole_probes,
    others=(peephole_by_rows, peephole_by_matrices),
    broken=peeping,
    mistakes=(
        Mistake(peeping("late"), "Your output gate sees c_{t-1}. It decides what of "
                "the *new* state is shown, so it sees c_t: compute c_t first.",
                fault="late"),
        Mistake(peeping("none"), "No gate sees the cell state: this is the LSTM of "
                "notebook 02. `p` is not used."),
        Mistake(peeping("h"), "Your gates see h twice. A peephole looks at the cell "
                "state c, which h shows only as far as o is open."),
        Mistake(peeping("order"), "Blocks of `p` stand in the order i, f, o; yours "
                "gives i the numbers of f.", fault="order"),
        Mistake(peeping("outside"), "You added p ⊙ c to the gate. It belongs inside "
                "σ, or a gate can leave the range 0 to 1.", fault="outside"),
        Mistake(peeping("g"), "The candidate g has no peephole: only the three gates "
                "see the cell state.", fault="g"),
        Mistake(peeping("times"), "You multiplied a by p ⊙ c. Both are added: with "
                "c = 0 a gate would otherwise see neither x nor h."),
        Mistake(peeping("swapped"), "Right, but in another order: h_t comes first, "
                "then c_t.", fault="swapped"),
        Mistake(peeping("tanh"), "The peepholes see c itself, not tanh c: that is "
                "what makes them able to count beyond 1.", fault="tanh"),
        Mistake(peeping("no o"), "The output gate has a peephole too: `p_o * c_t`.",
                fault="no o"),
        Mistake(peeping("only f"), "The input gate has a peephole too: "
                "`p_i * c_prev`.", fault="only f"),
    ),
)


def back_probes(rng):
    """Gates of three real steps, errors from above and from behind."""
    found = []
    for x_t, h_prev, c_prev, W_x, W_h, b, p in peephole_probes(rng):
        a_i, a_f, a_g, a_o = np.split(x_t @ W_x + h_prev @ W_h + b, 4, axis=1)
        p_i, p_f, p_o = np.split(p, 3)
        i_t, f_t = sigmoid(a_i + p_i * c_prev), sigmoid(a_f + p_f * c_prev)
        g_t = np.tanh(a_g)
        c_t = f_t * c_prev + i_t * g_t
        o_t = sigmoid(a_o + p_o * c_t)
        dh_t, dc_next = rng.normal(size=(2, *c_t.shape))
        found.append((dh_t, dc_next, c_prev, i_t, f_t, g_t, o_t, c_t, p))
    return found


def peephole_back(dh_t, dc_next, c_prev, i_t, f_t, g_t, o_t, c_t, p):
    p_i, p_f, p_o = np.split(p, 3)
    da_o = dh_t * np.tanh(c_t) * o_t * (1 - o_t)
    dc_t = dc_next + dh_t * o_t * (1 - np.tanh(c_t) ** 2) + da_o * p_o
    da_i = dc_t * g_t * i_t * (1 - i_t)
    da_f = dc_t * c_prev * f_t * (1 - f_t)
    da_g = dc_t * i_t * (1 - g_t**2)
    dc_prev = dc_t * f_t + da_i * p_i + da_f * p_f
    da_t = np.concatenate([da_i, da_f, da_g, da_o], axis=1)
    dp = np.concatenate([da_i * c_prev, da_f * c_prev, da_o * c_t], axis=1).sum(axis=0)
    return da_t, dc_prev, dp


def peephole_back_by_units(dh_t, dc_next, c_prev, i_t, f_t, g_t, o_t, c_t, p):
    N, H = c_t.shape
    da_t, dc_prev, dp = np.zeros((N, 4 * H)), np.zeros((N, H)), np.zeros(3 * H)
    for n in range(N):
        for k in range(H):
            c, f, i, g, o = (z[n, k] for z in (c_t, f_t, i_t, g_t, o_t))
            a_o = dh_t[n, k] * np.tanh(c) * o * (1 - o)
            dc = dc_next[n, k] + dh_t[n, k] * o / np.cosh(c) ** 2 + a_o * p[2 * H + k]
            a_i, a_f = dc * g * i * (1 - i), dc * c_prev[n, k] * f * (1 - f)
            da_t[n, [k, H + k, 2 * H + k, 3 * H + k]] = (
                a_i, a_f, dc * i * (1 - g * g), a_o)
            dc_prev[n, k] = dc * f + a_i * p[k] + a_f * p[H + k]
            dp[[k, H + k, 2 * H + k]] += a_i * c_prev[n, k], a_f * c_prev[n, k], a_o * c
    return da_t, dc_prev, dp


def peephole_back_by_sums(dh_t, dc_next, c_prev, i_t, f_t, g_t, o_t, c_t, p):
    p_i, p_f, p_o = p.reshape(3, -1)
    shown = np.tanh(c_t)
    da_o = dh_t * shown * (o_t - o_t**2)
    dc_t = dc_next + da_o * p_o + dh_t * (o_t - o_t * shown**2)
    da_i, da_f = dc_t * g_t * (i_t - i_t**2), dc_t * c_prev * (f_t - f_t**2)
    dp = np.array([np.sum(da_i * c_prev, 0), np.sum(da_f * c_prev, 0),
                   np.sum(da_o * c_t, 0)]).ravel()
    da_t = np.hstack([da_i, da_f, dc_t * i_t * (1 - g_t * g_t), da_o])
    return da_t, p_i * da_i + p_f * da_f + f_t * dc_t, dp


def peeping_back(*faults):
    """Return a backward with these faults."""
    def back(dh_t, dc_next, c_prev, i_t, f_t, g_t, o_t, c_t, p):
        p_i, p_f, p_o = np.split(p, 3)
        tanh_c = np.tanh(c_t)
        do_t = dh_t * tanh_c
        da_o = do_t if "slope" in faults else do_t * o_t * (1 - o_t)
        dc_t = dh_t * o_t * (1 - tanh_c**2)
        if "next" not in faults:
            dc_t = dc_t + dc_next
        if "no o" not in faults and "o behind" not in faults:
            dc_t = dc_t + da_o * (p_f if "p_f" in faults else p_o)
        da_i = dc_t * g_t * i_t * (1 - i_t)
        da_f = dc_t * c_prev * f_t * (1 - f_t)
        da_g = dc_t * i_t * (1 - g_t**2)
        dc_prev = dc_t * f_t
        if "belt" not in faults:
            dc_prev = dc_prev + da_f * p_f + (0 if "no i" in faults else da_i * p_i)
        if "o behind" in faults:
            dc_prev = dc_prev + da_o * p_o
        seen = c_prev if "late" in faults else c_t
        before = c_t if "early" in faults else c_prev
        dp = np.concatenate([da_i * before, da_f * before, da_o * seen], axis=1)
        dp = dp.mean(axis=0) if "mean" in faults else dp.sum(axis=0)
        return np.concatenate([da_i, da_f, da_g, da_o], axis=1), dc_prev, dp

    return back


PEEPHOLE_BACK = Exercise(
    id="12.3",
    title="Back through a peephole",
    task="From `dh_t`, `dc_next` and what the step remembers: return `da_t` (N, 4H), "
         "`dc_prev` (N, H) and `dp` (3H,).",
    minutes=12,
    kind="implement",
    hints=(
        "Start from the backward of notebook 05. The cell state has new readers: who "
        "reads c_t now, besides tanh and the next step? Who reads c_{t-1}?",
        "`da_o` first; then `dc_t = ... + da_o * p_o`; at the end `dc_prev = dc_t * "
        "f_t + da_i * p_i + da_f * p_f`. `dp` multiplies each da by the state its gate "
        "saw, summed over the batch.",
    ),
    solution=peephole_back,
    explanation="Wherever the forward step reads a value, the backward adds what comes "
    "back from there. c_t has a third reader, the output gate; c_{t-1} has two more, "
    "the input and the forget gate.",
    returns=("da_t", "dc_prev", "dp"),
    probes=back_probes,
    others=(peephole_back_by_units, peephole_back_by_sums),
    broken=peeping_back,
    mistakes=(
        Mistake(peeping_back("late"), "The output gate's peephole saw c_t, not "
                "c_{t-1}: so `da_o` is multiplied by c_t in dp.", fault="late"),
        Mistake(peeping_back("no o"), "c_t is read by the output gate too: your dc_t "
                "lacks `da_o * p_o`.", fault="no o"),
        Mistake(peeping_back("belt"), "c_{t-1} is read by the gates i and f too: your "
                "dc_prev has only what comes back along the belt.", fault="belt"),
        Mistake(peeping_back("no i"), "c_{t-1} is read by the input gate as well: "
                "`da_i * p_i` is missing in dc_prev.", fault="no i"),
        Mistake(peeping_back("early"), "The gates i and f saw c_{t-1}, and your dp "
                "multiplies them by c_t.", fault="early"),
        Mistake(peeping_back("o behind"), "`da_o * p_o` belongs to c_t, which the "
                "output gate saw. You added it to dc_prev, behind the forget gate."),
        Mistake(peeping_back("next"), "`dc_next` is not used: it is what comes along "
                "the belt from step t + 1.", fault="next"),
        Mistake(peeping_back("slope"), "Block o of da_t lacks the slope of σ, "
                "o(1 - o).", fault="slope"),
        Mistake(peeping_back("p_f"), "Through the output gate's peephole c_t comes "
                "back with p_o; you took p_f.", fault="p_f"),
        Mistake(peeping_back("mean"), "dp is summed over the batch, as db is; yours is "
                "the mean.", fault="mean"),
    ),
)


def running_sum(xs, weight):
    """Run a layer that one can check by hand: h_t = weight h_{t-1} + x_t."""
    hs, h = np.zeros_like(xs), 0.0
    for t in range(xs.shape[1]):
        h = weight * h + xs[:, t]
        hs[:, t] = h
    return hs


def ways_probes(rng):
    return [(rng.normal(size=(N, T, 2)), running_sum, there, back)
            for N, T, there, back in ((2, 4, 0.5, 0.9), (1, 5, 0.9, -0.5),
                                      (3, 3, 1.0, 0.2))]


def both_ways(xs, run, there, back):
    hs = run(xs, there)
    hs_back = run(xs[:, ::-1], back)[:, ::-1]
    return np.concatenate([hs, hs_back], axis=2)


def both_by_flip(xs, run, there, back):
    return np.dstack([run(xs, there), np.flip(run(np.flip(xs, 1), back), 1)])


def both_by_index(xs, run, there, back):
    order = np.arange(xs.shape[1])[::-1]
    return np.concatenate([run(xs, there), run(xs[:, order], back)[:, order]], axis=-1)


BOTH = Exercise(
    id="12.4",
    title="Find the fault: two ways that do not meet",
    task="The function runs a layer from the start and a second one from the end. At "
         "step t both have to speak of x_t. Repair it.",
    minutes=5,
    kind="break",
    hints=(
        "Take T = 3 and write down which inputs each half of the first step has read. "
        "The way back begins at the end.",
        "`run(xs[:, ::-1], back)` comes out in the order it read: its first row "
        "belongs to the last step. Turn it round again.",
    ),
    solution=both_ways,
    explanation="The way back reads the sequence reversed, so its outputs come "
    "reversed too. Turned round, step t has the past up to x_t in one half and the "
    "future from x_t on in the other.",
    returns=("hs",),
    probes=ways_probes,
    others=(both_by_flip, both_by_index),
    mistakes=(
        Mistake(lambda xs, run, there, back: np.concatenate(
            [run(xs, there), run(xs[:, ::-1], back)], axis=2),
                "The way back still stands in the order in which it read: beside the "
                "first step lies what it said at the last."),
        Mistake(lambda xs, run, there, back: np.concatenate(
            [run(xs, there), run(xs, back)], axis=2),
                "Both ways read from the start now: nothing sees the future. The "
                "second has to read the sequence reversed."),
        Mistake(lambda xs, run, there, back: np.concatenate(
            [run(xs, there), run(xs, back)[:, ::-1]], axis=2),
                "The second way reads forward and is turned round afterwards. It has "
                "to be turned before it is read, and again after."),
        Mistake(lambda xs, run, there, back: np.concatenate(
            [run(xs, there), run(xs[:, ::-1], back)], axis=2)[:, ::-1],
                "You turned round both halves. The way forward was right as it was."),
        Mistake(lambda xs, run, there, back: np.concatenate(
            [run(xs, there), run(xs[:, :, ::-1], back)], axis=2),
                "You reversed the features. Time is the second axis: `[:, ::-1]`."),
        Mistake(lambda xs, run, there, back: np.concatenate(
            [run(xs[:, ::-1], back)[:, ::-1], run(xs, there)], axis=2),
                "The halves have changed places: the way forward comes first."),
        Mistake(lambda xs, run, there, back: np.concatenate(
            [run(xs, there), run(xs[:, ::-1], back)[::-1]], axis=2),
                "You turned round the batch of the way back. Time is the second axis: "
                "`[:, ::-1]`."),
        Mistake(lambda xs, run, there, back: np.concatenate(
            [run(xs, there), run(xs[::-1], back)], axis=2),
                "You reversed the batch. Time is the second axis: `[:, ::-1]`."),
        Mistake(lambda xs, run, there, back: np.concatenate(
            [run(xs, there), run(xs[:, ::-1], there)[:, ::-1]], axis=2),
                "Both ways use the weights of the way forward. The way back has its "
                "own, `back`."),
    ),
)

NOISE = Exercise(
    id="12.5",
    title="A forecast of pure chance",
    task="Noise of variance 1, ten steps, asked for is the next value at every step. "
         "What is the least mean squared error of a network that reads both ways?",
    minutes=4,
    kind="predict",
    hints=(
        "Nobody can forecast noise. But what has the half that reads from the end seen "
        "when it answers at step t?",
        "At nine of ten steps the value asked for has been read already. At one it has "
        "not.",
    ),
    solution=0.1,
    rtol=1e-2,
    explanation="At step t the way back has read x_{t+1}, the answer, at all steps but "
    "the last: nine errors of 0 and one of 1. Such a network forecasts nothing. It may "
    "be used where the whole sequence is there before the question.",
    mistakes=(
        Mistake(1, "That would be right for a network that reads forward. The way back "
                   "has read the answer before it is asked."),
        Mistake(0, "Nearly: at the last step the next value lies beyond the end, where "
                   "no way leads. There the error is 1."),
        Mistake(0.5, "Half of the network reads forward, but the other half is enough: "
                     "it has the answer itself, and no mean is taken."),
        Mistake(0.9, "The other way round: at nine steps of ten the answer is known."),
        Mistake(0.2, "Only one of the ten answers lies beyond what was read: x_{t+1} "
                     "of the last step."),
    ),
)


def drop_probes(rng):
    """Three runs that train, one that does not; every draw() differs."""
    def maker(seed, N, H, rate):
        def make_draw():
            own = np.random.default_rng(seed)
            return lambda: (own.random((N, H)) >= rate).astype(float)
        return make_draw

    return [(rng.normal(size=(N, T, D)), maker(seed, N, H, rate), rate, training,
             rng.normal(size=(D, H)), rng.normal(size=(H, H)), rng.normal(size=H))
            for seed, (N, T, D, H, rate, training) in enumerate((
                (3, 5, 2, 4, 0.5, True), (2, 4, 1, 6, 0.25, True),
                (2, 4, 3, 5, 0.4, False), (4, 3, 2, 3, 0.6, True)))]


def run_dropped(xs, make_draw, rate, training, W_x, W_h, b):
    draw = make_draw()
    mask = draw() / (1 - rate) if training else 1.0
    h_t, hs = np.zeros((len(xs), len(b))), []
    for t in range(xs.shape[1]):
        h_t = np.tanh(xs[:, t] @ W_x + (h_t * mask) @ W_h + b)
        hs.append(h_t)
    return np.stack(hs, axis=1)


def run_dropped_by_array(xs, make_draw, rate, training, W_x, W_h, b):
    N, T, _ = xs.shape
    hs = np.zeros((N, T, len(b)))
    keep = make_draw()()
    scale = keep / (1.0 - rate) if training else np.ones_like(keep)
    for t in range(T):
        before = hs[:, t - 1] * scale if t else np.zeros((N, len(b)))
        hs[:, t] = np.tanh(xs[:, t] @ W_x + before @ W_h + b)
    return hs


def run_dropped_by_case(xs, make_draw, rate, training, W_x, W_h, b):
    if training:
        mask = make_draw()()
    else:
        rate, mask = 0.0, np.ones((len(xs), len(b)))
    h, hs = 0.0 * mask, []
    for x_t in xs.swapaxes(0, 1):
        h = np.tanh(x_t @ W_x + ((mask * h) @ W_h) / (1 - rate) + b)
        hs.append(h)
    return np.array(hs).swapaxes(0, 1)


def dropping(*faults):
    """Return a run with these faults."""
    def run(xs, make_draw, rate, training, W_x, W_h, b):
        draw = make_draw()
        scale = 1.0 if "no rescale" in faults else 1 / (1 - rate)
        if "times" in faults:
            scale = 1 - rate
        if "rate" in faults:
            scale = 1 / rate
        on = training or "test" in faults
        if "never" in faults:
            on = False
        mask = draw() * scale if on else 1.0
        if not training and "shrunk" in faults:
            mask = 1 - rate
        h_t, hs = np.zeros((len(xs), len(b))), []
        for t in range(xs.shape[1]):
            if on and "each step" in faults and t:
                mask = draw() * scale
            if "outputs" in faults:
                h_t = np.tanh(xs[:, t] @ W_x + h_t @ W_h + b) * mask
            elif "after" in faults:
                h_t = np.tanh(xs[:, t] @ W_x + (h_t @ W_h) * mask + b)
            elif "row" in faults:
                row = mask[:1] if on else 1.0
                h_t = np.tanh(xs[:, t] @ W_x + (h_t * row) @ W_h + b)
            else:
                h_t = np.tanh(xs[:, t] @ W_x + (h_t * mask) @ W_h + b)
            hs.append(h_t)
        return np.stack(hs, axis=1)

    return run


DROP = Exercise(
    id="12.7",
    title="Recurrent dropout",
    task="Run a plain RNN over xs with dropout on the old state: one mask a sequence, "
         "kept for all its steps. Return hs, (N, T, H).",
    minutes=8,
    kind="implement",
    hints=(
        "`draw()` gives other zeros at every call. How often may it be called for one "
        "run? And what happens when the network is tested, not trained?",
        "Before the loop: `mask = draw() / (1 - rate) if training else 1`. In the loop "
        "h_prev is multiplied by it before W_h.",
    ),
    solution=run_dropped,
    explanation="One mask for all steps: a unit that is out is out for the whole "
    "sequence, so the memory of the others is not disturbed at every step. Dividing by "
    "1 - rate keeps the sums as large as they will be in the test, when nothing is "
    "dropped.",
    returns=("hs",),
    probes=drop_probes,
    others=(run_dropped_by_array, run_dropped_by_case),
    broken=dropping,
    mistakes=(
        Mistake(dropping("each step"), "You draw a new mask at every step. Then any "
                "memory of T steps meets T masks, and hardly any survives. Draw once, "
                "before the loop.", fault="each step"),
        Mistake(dropping("test"), "You drop in the test too. With `training=False` "
                "every unit counts.", fault="test"),
        Mistake(dropping("no rescale"), "What is left is not rescaled: in training the "
                "sums are smaller than in the test. Divide the mask by 1 - rate.",
                fault="no rescale"),
        Mistake(dropping("no rescale", "shrunk"), "Shrinking by 1 - rate in the test "
                "keeps the balance too, and was the first form of dropout. Asked for "
                "is the usual one: divide by 1 - rate in training, change nothing in "
                "the test."),
        Mistake(dropping("times"), "You multiply by 1 - rate, so what is left gets "
                "even smaller. Divide.", fault="times"),
        Mistake(dropping("rate"), "You divide by the rate, the share that is dropped. "
                "1 - rate is kept.", fault="rate"),
        Mistake(dropping("outputs"), "Your mask lies on h_t itself, and so on the "
                "outputs. It belongs on the way to the next step only: before W_h.",
                fault="outputs"),
        Mistake(dropping("after"), "Your mask lies on h_{t-1} W_h, where every unit "
                "has already told all others. It belongs on the old state, before W_h: "
                "then a unit that is out tells nobody.", fault="after"),
        Mistake(dropping("row"), "All sequences share one mask. `draw()` returns a row "
                "for each.", fault="row"),
        Mistake(dropping("never"), "Nothing is dropped, in training either. `training` "
                "decides whether the mask is drawn."),
    ),
)


def stop_probes(rng):
    """Curves whose lowest points lie at different epochs."""
    found = []
    for n, low, lower, both in ((8, 3, 5, 1), (6, 4, 1, 2), (10, 2, 7, 5)):
        train = np.linspace(1, 0.1, n)
        train[-2:] = train[:-3:-1]  # it falls, but not at every single epoch
        val, test = rng.uniform(0.6, 0.9, (2, n))
        val[low], test[lower] = 0.5, 0.4
        val[both], test[both] = 0.51, 0.41
        found.append((train, val, test))
    return found


def report(train, val, test):
    best = np.argmin(val)
    return best, test[best]


def report_by_loop(train, val, test):
    best = 0
    for k, z in enumerate(val):
        if z < val[best]:
            best = k
    return best, test[best]


def report_by_list(train, val, test):
    best = list(val).index(min(val))
    return best, float(test[best])


STOP = Exercise(
    id="12.8",
    title="Find the fault: the best epoch",
    task="The function reports the epoch at which training should have stopped and the "
         "error there, as it would be on new data. It flatters. Repair it.",
    minutes=4,
    kind="break",
    hints=(
        "Which of the three curves was looked at to choose the epoch? May the same "
        "curve say how good the choice is?",
        "Choose by the validation curve, report from the test curve at that epoch.",
    ),
    solution=report,
    explanation="What chooses may not judge. The lowest point of the test curve is low "
    "by luck too, and on new data the luck is gone.",
    returns=("epoch", "error"),
    probes=stop_probes,
    others=(report_by_loop, report_by_list),
    mistakes=(
        Mistake(lambda train, val, test: (np.argmin(test), test[np.argmin(test)]),
                "The test curve still chooses. Then its error is the luckiest of all, "
                "not that of new data."),
        Mistake(lambda train, val, test: (np.argmin(val), val[np.argmin(val)]),
                "The validation curve chooses, which is right, but it also judges: "
                "report the test curve at that epoch."),
        Mistake(lambda train, val, test: (np.argmin(train), test[np.argmin(train)]),
                "The training curve falls as long as one trains: it never says stop."),
        Mistake(lambda train, val, test: (np.argmin(val), test.min()),
                "The epoch is right. The error is the lowest of the test curve, which "
                "lies at another epoch."),
        Mistake(lambda train, val, test: (np.argmin(val) + 1, test[np.argmin(val)]),
                "The error is right. The epoch is counted from 0 here, as the places "
                "of an array are."),
        Mistake(lambda train, val, test: (test[np.argmin(val)], np.argmin(val)),
                "Right, but in another order: the epoch comes first, then the error."),
        Mistake(lambda train, val, test: (np.argmax(val), test[np.argmax(val)]),
                "That is where the validation loss is highest; a loss is to be low."),
        Mistake(lambda train, val, test: (len(val) - 1, test[-1]),
                "That is the last epoch: nothing was stopped."),
        Mistake(lambda train, val, test: (np.argmin(val), train[np.argmin(val)]),
                "The training curve at that epoch also counts what was learned by "
                "heart."),
        Mistake(lambda train, val, test: (np.argmin(val + test),
                                          test[np.argmin(val + test)]),
                "The test curve has a say in the choice. It may not: only `val` "
                "chooses."),
    ),
)


def joined_probes(rng):
    return [tuple((rng.uniform(0, 1, shape), rng.normal(size=shape)) for _ in range(2))
            for shape in ((3,), (2, 4), ())]


def joined(first, then):
    keep_1, add_1 = first
    keep_2, add_2 = then
    return keep_1 * keep_2, keep_2 * add_1 + add_2


def joined_by_running(first, then):
    from_0, from_1 = (then[0] * (first[0] * h + first[1]) + then[1] for h in (0.0, 1.0))
    return from_1 - from_0, from_0


def joined_by_parts(first, then):
    return then[0] * first[0], then[1] + first[1] * then[0]


JOINED = Exercise(
    id="12.9",
    title="Two steps are one step",
    task="A step is `(keep, add)`: h becomes keep · h + add. Return the one step that "
         "does what `first` and after it `then` do.",
    minutes=5,
    kind="implement",
    hints=(
        "Write h₁ = keep₁ h₀ + add₁ into h₂ = keep₂ h₁ + add₂, and sort by h₀.",
        "h₂ = keep₂ keep₁ h₀ + (keep₂ add₁ + add₂).",
    ),
    solution=joined,
    explanation="What the first step added is multiplied by what the second keeps. "
    "Pairs can be joined in any grouping, so all steps can be joined at once, by twos, "
    "fours, eights.",
    returns=("keep", "add"),
    probes=joined_probes,
    others=(joined_by_running, joined_by_parts),
    mistakes=(
        Mistake(lambda first, then: (first[0] * then[0], first[0] * then[1] + first[1]),
                "That is `then` before `first`. The order matters: the second step "
                "multiplies what the first one added."),
        Mistake(lambda first, then: (first[0] * then[0], first[1] + then[1]),
                "What the first step added is still multiplied by keep₂."),
        Mistake(lambda first, then: (first[0] + then[0], then[0] * first[1] + then[1]),
                "Kept twice is keep₁ times keep₂, not their sum."),
        Mistake(lambda first, then: (then[0], then[0] * first[1] + then[1]),
                "h₀ is multiplied twice: the keep of both steps."),
        Mistake(lambda first, then: (first[0] * then[0], then[0] * first[1]),
                "What the second step adds is missing."),
        Mistake(lambda first, then: (first[0] * then[0], first[0] * first[1] + then[1]),
                "add₁ comes after keep₁: it is multiplied by keep₂ only."),
        Mistake(lambda first, then: (first[0] * then[0], then[1]),
                "What the first step added is lost; keep₂ of it is left."),
    ),
)

CLAIM = Exercise(
    id="12.6",
    title="What is left of the tables?",
    task="Choose the one sentence that the tables and the control together allow.",
    minutes=4,
    kind="predict",
    choices=("a", "b", "c", "d"),
    hints=(
        "For each sentence look at the three cells at their own best rate: do least "
        "and most overlap?",
        "Only on one task is one cell behind both others in all three columns.",
    ),
    solution="c",
    explanation="On adding the plain RNN is behind at every rate, by more than any "
    "spread. The other two orders turn with the rate, so they say nothing about the "
    "cells.",
    mistakes=(
        Mistake("a", "At 0.01 it was ahead on two tasks. Each at its best rate, the "
                     "ranges of both overlap on all three."),
        Mistake("b", "At 0.01 the plain RNN was ahead. At three times the rate LSTM "
                     "and GRU do as well: it was the rate, and the rotation was a "
                     "story told afterwards."),
        Mistake("d", "LSTM and peephole cell overlap in all three tables: five "
                     "seeds show no difference."),
    ),
)

EXERCISES = [COUNT, PEEPHOLE, PEEPHOLE_BACK, BOTH, NOISE, CLAIM, DROP, STOP, JOINED]

"""Exercises of notebook 02: one step of an LSTM."""

import numpy as np

from lstm_helpers.cells import sigmoid
from lstm_helpers.exercises.engine import form
from lstm_helpers.exercises.engine.exercise import Exercise, Mistake
from lstm_helpers.one_unit import judge

BELT = Exercise(
    id="02.1",
    title="The belt with its gates held still",
    task="f_t = 1 and i_t = 0 at every step. What is c_20?",
    minutes=2,
    kind="predict",
    choices=("a", "b", "c", "d"),
    hints=(
        "Put the two numbers into the equation of the cell state, once.",
        "`c_t = 1 · c_{t-1} + 0 · g_t`",
    ),
    solution="b",
    explanation="c_t = 1 · c_{t-1} + 0 · g_t = c_{t-1}: twenty steps later it is still "
    "the number that was there. No matrix and no tanh stand on this path.",
    mistakes=(
        Mistake("a", "f is the part that is *kept*. A forget gate of 1 forgets "
                     "nothing; 0 would clear the cell."),
        Mistake("c", "f multiplies and does not add: one times c is c, however often."),
        Mistake("d", "The inputs reach the cell only through i · g, and i is 0. They "
                "come by, but the door is shut."),
    ),
)


def column_probes(rng):
    """Textbook form: column vectors; H = D in the second, where an order can swap."""
    def draw(D, H):
        shapes = (H, 1), (D, 1), (H, H + D), (H, 1)
        return tuple(rng.normal(size=shape) for shape in shapes)

    return [draw(3, 4), draw(2, 2)]


def forget_gate(h_prev, x_t, W_f, b_f):
    return sigmoid(W_f @ np.concatenate([h_prev, x_t]) + b_f)


def forget_gate_split(h_prev, x_t, W_f, b_f):
    H = len(h_prev)
    a_f = W_f[:, :H] @ h_prev + W_f[:, H:] @ x_t + b_f
    return 1 / (1 + np.exp(-a_f))


def forget_gate_by_rows(h_prev, x_t, W_f, b_f):
    values = [*h_prev[:, 0], *x_t[:, 0]]
    sums = [sum(w * v for w, v in zip(row, values, strict=True)) for row in W_f]
    return np.array([[1 / (1 + np.exp(-s - b))]
                     for s, b in zip(sums, b_f[:, 0], strict=True)])


FORGET = Exercise(
    id="02.2",
    title="The forget gate, as textbooks write it",
    task="Put the state on top of the input, weigh with `W_f`, add `b_f`, and turn "
    "each sum into a share. All vectors are columns.",
    minutes=5,
    kind="implement",
    hints=(
        "Put the state on top of the input, multiply, add the bias, squash to 0…1.",
        "`f_t = σ(W_f [h_{t-1}; x_t] + b_f)`: `np.concatenate` stacks, `@` multiplies.",
    ),
    solution=forget_gate,
    explanation="The order [h, x] is part of the definition: the first H columns of "
    "W_f belong to the state, the rest to the input.",
    returns=("f_t",),
    probes=column_probes,
    others=(forget_gate_split, forget_gate_by_rows),
    mistakes=(
        Mistake(
            lambda h_prev, x_t, W_f, b_f: sigmoid(
                W_f @ np.concatenate([x_t, h_prev]) + b_f
            ),
            "You stacked [x, h]; these weights were made for [h, x]. Shapes cannot "
            "tell the two apart, only numbers can.",
        ),
        Mistake(
            lambda h_prev, x_t, W_f, b_f: sigmoid(W_f @ np.concatenate([h_prev, x_t])),
            "The bias is missing. It sets how open the gate is when nothing comes in, "
            "and for the forget gate that matters most.",
        ),
        Mistake(
            lambda h_prev, x_t, W_f, b_f: np.tanh(
                W_f @ np.concatenate([h_prev, x_t]) + b_f
            ),
            "tanh runs from −1 to 1. A gate says which share passes, so it needs σ, "
            "from 0 to 1; a negative share would flip the sign of the memory.",
        ),
        Mistake(
            lambda h_prev, x_t, W_f, b_f: W_f @ np.concatenate([h_prev, x_t]) + b_f,
            "This is the sum a_f, before σ. Without σ a gate could let through three "
            "times what is there.",
        ),
        Mistake(
            lambda h_prev, x_t, W_f, b_f: sigmoid(
                W_f @ np.concatenate([h_prev, x_t])
            ) + b_f,
            "The bias is added after σ. It belongs inside, or the gate leaves 0…1.",
        ),
        Mistake(
            lambda h_prev, x_t, W_f, b_f: 1
            / (1 + np.exp(W_f @ np.concatenate([h_prev, x_t]) + b_f)),
            "This is 1 − f_t, the share that is lost. Either the sign in the exponent "
            "is missing, σ(a) = 1 / (1 + e^−a), or you took 1 − σ: but f is what is "
            "kept.",
        ),
    ),
)


def cell_probes(rng):
    """Sums of both signs, a few of them large, and a cell that holds something."""
    return [tuple(1.5 * rng.normal(size=shape) for _ in range(4))
            for shape in ((2, 3), (1, 4))]


def new_cell(a_i, a_f, a_g, c_prev):
    i_t, f_t, g_t = sigmoid(a_i), sigmoid(a_f), np.tanh(a_g)
    return f_t * c_prev + i_t * g_t


def new_cell_by_entries(a_i, a_f, a_g, c_prev):
    c_t = np.empty_like(c_prev)
    for k in np.ndindex(c_t.shape):
        kept = c_prev[k] / (1 + np.exp(-a_f[k]))
        c_t[k] = kept + np.tanh(a_g[k]) / (1 + np.exp(-a_i[k]))
    return c_t


def new_cell_by_change(a_i, a_f, a_g, c_prev):
    c_t = c_prev.copy()
    c_t -= sigmoid(-a_f) * c_prev  # 1 - σ(a) is σ(-a)
    c_t += np.multiply(sigmoid(a_i), np.tanh(a_g))
    return c_t


def broken_cell(*faults):
    """Return an update of the cell with these faults."""
    def wrong(a_i, a_f, a_g, c_prev):
        squash = np.tanh if "tanh gates" in faults else sigmoid
        if "bare gates" in faults:
            i_t, f_t = a_i, a_f
        else:
            i_t, f_t = squash(a_i), squash(a_f)
        g_t = sigmoid(a_g) if "sigma g" in faults else np.tanh(a_g)
        g_t = a_g if "bare g" in faults else g_t
        if "swapped" in faults:
            f_t, i_t = i_t, f_t
        keep = 1 - f_t if "1 - f" in faults else f_t
        kept = c_prev if "no f" in faults else keep * c_prev
        kept = keep + c_prev if "f added" in faults else kept
        new = g_t if "no i" in faults else i_t * g_t
        new = i_t + g_t if "i added" in faults else new
        c_t = kept - new if "minus" in faults else kept + new
        return np.tanh(c_t) if "squashed" in faults else c_t

    return wrong


CELL = Exercise(
    id="02.3",
    title="The new cell state",
    task="Given the three sums and the old cell: decide which function each sum goes "
    "through, keep a share of the old, write a share of the candidate.",
    minutes=6,
    kind="implement",
    hints=(
        "Which of the three are shares, which is a value? Then two products, entry by "
        "entry, added.",
        "`c_t = σ(a_f) ⊙ c_{t-1} + σ(a_i) ⊙ tanh(a_g)`; ⊙ is `*` in NumPy.",
    ),
    solution=new_cell,
    explanation="σ for the two shares, tanh for the value. The old memory passes "
    "through one multiplication and one addition. That plain path is what lets an "
    "error travel back far, in notebook 05.",
    returns=("c_t",),
    probes=cell_probes,
    others=(new_cell_by_entries, new_cell_by_change),
    broken=broken_cell,
    mistakes=(
        Mistake(
            broken_cell("f added"),
            "You added the forget gate to the memory. A gate is a share: multiply, "
            "`f_t * c_prev`.",
            fault="f added",
        ),
        Mistake(
            broken_cell("no i"),
            "The candidate is written in full. The input gate decides how much of it "
            "is: `i_t * g_t`.",
            fault="no i",
        ),
        Mistake(
            broken_cell("no f"),
            "Nothing is ever forgotten: the forget gate is missing. This is the LSTM "
            "of 1997; the forget gate came three years later.",
            fault="no f",
        ),
        Mistake(
            broken_cell("i added"),
            "i and g are added. The gate is a share of the candidate: `i_t * g_t`.",
            fault="i added",
        ),
        Mistake(
            broken_cell("swapped"),
            "The gates have changed places: f belongs to the old memory, i to the "
            "candidate.",
            fault="swapped",
        ),
        Mistake(
            broken_cell("1 - f"),
            "In spite of its name f is the share that is *kept*. No 1 − f.",
            fault="1 - f",
        ),
        Mistake(
            broken_cell("squashed"),
            "The cell state is not squashed: that is what lets it count and keep. tanh "
            "comes when it is read.",
            fault="squashed",
        ),
        Mistake(
            broken_cell("minus"),
            "The new part is taken away. It is added; g itself can be negative.",
            fault="minus",
        ),
        Mistake(
            broken_cell("sigma g"),
            "The candidate went through σ. It is a value, not a share: tanh, so that "
            "something negative can be written.",
            fault="sigma g",
        ),
        Mistake(
            broken_cell("tanh gates"),
            "The two gates went through tanh. A share lies between 0 and 1: σ. A "
            "negative share would flip the sign of the memory.",
            fault="tanh gates",
        ),
        Mistake(
            broken_cell("bare gates"),
            "The gates are still sums. Without σ a gate could let through three times "
            "what is there.",
            fault="bare gates",
        ),
        Mistake(
            broken_cell("bare g"),
            "The candidate is not squashed: it goes through tanh.",
            fault="bare g",
        ),
        Mistake(
            lambda a_i, a_f, a_g, c_prev: sigmoid(a_f) * (
                c_prev + sigmoid(a_i) * np.tanh(a_g)),
            "The forget gate scales the new part as well. It clears old memory only: "
            "the bracket is one too many.",
        ),
        Mistake(
            lambda a_i, a_f, a_g, c_prev: sigmoid(a_f) * c_prev
            + (1 - sigmoid(a_f)) * np.tanh(a_g),
            "The share written is 1 − f here: a *coupled* cell, which exists. This one "
            "has an input gate of its own: `sigmoid(a_i)`.",
        ),
    ),
)


def hidden_probes(rng):
    """Cell states beyond ±1, where tanh shows."""
    return [(1.5 * rng.normal(size=shape), 2 * rng.normal(size=shape))
            for shape in ((2, 3), (1, 5))]


def new_hidden(a_o, c_t):
    return sigmoid(a_o) * np.tanh(c_t)


HIDDEN = Exercise(
    id="02.4",
    title="The new hidden state",
    task="Given the sum a_o and the new cell state: bring what the cell holds between "
    "−1 and 1, and show a share of it.",
    minutes=3,
    kind="implement",
    hints=(
        "Squash what is in the cell, then let the output gate decide how much is seen.",
        "`h_t = σ(a_o) ⊙ tanh(c_t)`",
    ),
    solution=new_hidden,
    explanation="c_t may be any number, h_t stays between −1 and 1: tanh first, then "
    "the share.",
    returns=("h_t",),
    probes=hidden_probes,
    others=(
        lambda a_o, c_t: np.tanh(c_t) * sigmoid(a_o),
        lambda a_o, c_t: (1 - 2 / (np.exp(2 * c_t) + 1)) / (1 + np.exp(-a_o)),
    ),
    mistakes=(
        Mistake(
            lambda a_o, c_t: sigmoid(a_o) * c_t,
            "tanh is missing. The cell state can grow to any size; what other cells "
            "see of it must not.",
        ),
        Mistake(
            lambda a_o, c_t: np.tanh(sigmoid(a_o) * c_t),
            "tanh comes first, then the gate. With your order a closed gate still "
            "closes, but a half-open one shows more than half.",
        ),
        Mistake(
            lambda a_o, c_t: c_t,
            "The cell state is not the output. The cell may keep a thing for a hundred "
            "steps and show it only at the end: o decides.",
        ),
        Mistake(
            lambda a_o, c_t: np.tanh(c_t),
            "The output gate is missing: everything the cell holds is shown at every "
            "step.",
        ),
        Mistake(
            lambda a_o, c_t: sigmoid(a_o) * sigmoid(c_t),
            "σ would make every state positive. The state is a value, not a share: "
            "tanh.",
        ),
        Mistake(
            lambda a_o, c_t: sigmoid(sigmoid(a_o)) * np.tanh(c_t),
            "`a_o` went through σ twice. A second σ squeezes the shares 0 to 1 into "
            "0.5 to 0.73: this gate could never close.",
        ),
        Mistake(
            lambda a_o, c_t: (1 - sigmoid(a_o)) * np.tanh(c_t),
            "o is the share that is shown. No 1 − o.",
        ),
        Mistake(
            lambda a_o, c_t: sigmoid(a_o) + np.tanh(c_t),
            "A gate multiplies. Added, an output gate of 0 would hide nothing.",
        ),
        Mistake(
            lambda a_o, c_t: a_o * np.tanh(c_t),
            "`a_o` is still a sum. σ turns it into a share.",
        ),
        Mistake(
            lambda a_o, c_t: np.tanh(a_o) * np.tanh(c_t),
            "The output gate went through tanh. It is a share, from 0 to 1: σ. With "
            "tanh it could show the opposite of what the cell holds.",
        ),
    ),
)

ZERO = Exercise(
    id="02.5",
    title="The weights that do not matter yet",
    task="At the first step h and c are zero. One of the four matrices has no effect "
    "on h_t and c_t at all. Which?",
    minutes=2,
    kind="predict",
    choices=("a", "b", "c", "d"),
    hints=(
        "Which gate multiplies something that is zero?",
        "`c_t = f_t ⊙ 0 + i_t ⊙ g_t`",
    ),
    solution="a",
    explanation="f_t multiplies c_{t-1} = 0, so whatever W_f says is lost. And because "
    "h is zero too, the columns for h have no effect in any of the four. A test on one "
    "step from zero states finds no fault in either.",
    mistakes=(
        Mistake("b", "The input gate scales the candidate, and the candidate is not "
                "zero: it also sees x_t."),
        Mistake("c", "The candidate is the only thing that can enter an empty cell. It "
                "matters most."),
        Mistake("d", "The cell is no longer zero when it is read: i · g has been "
                "written. So o matters."),
    ),
)


def textbook_probes(rng):
    """Four matrices for [h, x] in the order f, i, c, o, then four biases, columns."""
    def draw(D, H):
        matrices = [rng.normal(size=(H, H + D)) for _ in range(4)]
        return (*matrices, *(rng.normal(size=(H, 1)) for _ in range(4)))

    return [draw(3, 4), draw(2, 2)]


def to_rows(W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    H = len(b_f)
    W = np.concatenate([W_i, W_f, W_c, W_o]).T  # (H + D, 4H), blocks i, f, g, o
    b = np.concatenate([b_i, b_f, b_c, b_o])[:, 0]  # (4H,)
    return W[H:], W[:H], b


def to_rows_block_by_block(W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    H = W_f.shape[0]
    blocks = [(W_i, b_i), (W_f, b_f), (W_c, b_c), (W_o, b_o)]
    W_x = np.hstack([W[:, H:].T for W, _ in blocks])
    W_h = np.hstack([W[:, :H].T for W, _ in blocks])
    return W_x, W_h, np.array([value for _, b in blocks for value in b.ravel()])


def to_rows_as(blocks, swap=False):
    """Return a wrong translation: blocks in another order, or [x, h] for [h, x]."""
    def wrong(W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
        H, D = len(b_f), W_f.shape[1] - len(b_f)
        Ws = {"f": W_f, "i": W_i, "g": W_c, "o": W_o}
        bs = {"f": b_f, "i": b_i, "g": b_c, "o": b_o}
        W = np.concatenate([Ws[k] for k in blocks]).T
        b = np.concatenate([bs[k] for k in blocks])[:, 0]
        return (W[:D], W[D:], b) if swap else (W[H:], W[:H], b)

    return wrong


def to_rows_cut_at_d(W_f, *arrays):
    W_x, W_h, b = to_rows(W_f, *arrays)
    W, D = np.concatenate([W_h, W_x]), len(W_x)
    return W[D:], W[:D], b


def to_rows_bias_column(*arrays):
    W_x, W_h, b = to_rows(*arrays)
    return W_x, W_h, b[:, None]


def to_rows_bias_alone(*arrays):
    W_x, W_h, _ = to_rows(*arrays)
    return W_x, W_h, np.concatenate(arrays[4:])[:, 0]


def to_rows_untransposed(W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    H = len(b_f)
    W = np.concatenate([W_i, W_f, W_c, W_o])
    return W[:, H:], W[:, :H], np.concatenate([b_i, b_f, b_c, b_o])[:, 0]


TRANSLATE = Exercise(
    id="02.6",
    title="From the textbook's form to ours",
    task="Turn W_f, W_i, W_c, W_o and their biases into `W_x`, `W_h` and `b`, blocks "
         "in the order i, f, g, o.",
    minutes=8,
    kind="extend",
    hints=(
        "Columns become rows, so each matrix is transposed; then the blocks stand side "
        "by side. The first H columns of each W belong to h.",
        "`W = np.concatenate([W_i, W_f, W_c, W_o]).T` is (H + D, 4H): `W_h = W[:H]`, "
        "`W_x = W[H:]`. `b` has one axis, (4H,).",
    ),
    solution=to_rows,
    explanation="Nothing is computed, numbers only move. The same move, with another "
    "order of blocks, brings weights from one framework to another.",
    returns=("W_x", "W_h", "b"),
    probes=textbook_probes,
    others=(to_rows_block_by_block,),
    mistakes=(
        Mistake(
            to_rows_as("figo"),
            "The blocks stand in the textbook's order f, i, g, o. Ours is i, f, g, o, "
            "as in Keras and PyTorch: forget is the second block.",
        ),
        Mistake(
            to_rows_as("ifog"),
            "The last two blocks have changed places: candidate g third, output gate o "
            "fourth.",
        ),
        Mistake(
            to_rows_as("ifgo", swap=True),
            "You cut as if the textbook wrote [x, h]. It writes [h, x]: the first H "
            "columns of each W belong to the state.",
        ),
        Mistake(
            to_rows_bias_alone,
            "The matrices are right, but `b` still has the order f, i. A bias belongs "
            "to its block: i, f, g, o.",
        ),
        Mistake(
            lambda *arrays: (*to_rows(*arrays)[1::-1], to_rows(*arrays)[2]),
            "`W_x` and `W_h` are exchanged: the first H rows, after the transpose, "
            "belong to the state.",
        ),
        Mistake(
            to_rows_cut_at_d,
            "You cut at row D, and the rows of the state come first: there are H of "
            "them. With D = H nothing would have warned you.",
        ),
        Mistake(
            to_rows_bias_column,
            "`b` is still a column, (4H, 1). A row form adds it to every row of (N, "
            "4H), so it has one axis: (4H,).",
        ),
        Mistake(
            to_rows_untransposed,
            "The matrices are not transposed yet. `W x` with columns is `x Wᵀ` with "
            "rows.",
        ),
    ),
)


def step_probes(rng):
    """Sizes that all differ; then N = 4, H = 1, where a wrong `split` still runs."""
    def draw(N, D, H):
        shapes = (N, D), (N, H), (N, H), (D, 4 * H), (H, 4 * H), (4 * H,)
        return tuple(rng.normal(size=shape) for shape in shapes)

    return [draw(2, 3, 5), draw(4, 2, 1)]


def lstm_step(x_t, h_prev, c_prev, W_x, W_h, b):
    a_t = x_t @ W_x + h_prev @ W_h + b
    a_i, a_f, a_g, a_o = np.split(a_t, 4, axis=1)
    i_t, f_t, o_t = sigmoid(a_i), sigmoid(a_f), sigmoid(a_o)
    g_t = np.tanh(a_g)
    c_t = f_t * c_prev + i_t * g_t
    h_t = o_t * np.tanh(c_t)
    return h_t, c_t


def lstm_step_sliced(x_t, h_prev, c_prev, W_x, W_h, b):
    H = h_prev.shape[1]
    a = np.dot(np.hstack([x_t, h_prev]), np.vstack([W_x, W_h])) + b
    gate = 1 / (1 + np.exp(-a))
    c = gate[:, H:2 * H] * c_prev + gate[:, :H] * np.tanh(a[:, 2 * H:3 * H])
    return gate[:, 3 * H:] * np.tanh(c), c


def lstm_step_by_examples(x_t, h_prev, c_prev, W_x, W_h, b):
    hs, cs = [], []
    for x, h, c in zip(x_t, h_prev, c_prev, strict=True):
        i, f, g, o = (x @ W_x + h @ W_h + b).reshape(4, -1)
        cs.append(sigmoid(f) * c + sigmoid(i) * np.tanh(g))
        hs.append(sigmoid(o) * np.tanh(cs[-1]))
    return np.stack(hs), np.stack(cs)


def broken_step(*faults):
    """Return an LSTM step with these faults."""
    def wrong(x_t, h_prev, c_prev, W_x, W_h, b):
        a_t = x_t @ W_x + ("no bias" not in faults) * b
        if "no memory" not in faults:
            a_t = a_t + h_prev @ W_h
        order = "figo" if "figo" in faults else "ifog" if "ifog" in faults else "ifgo"
        a = dict(zip(order, np.split(a_t, 4, axis=1), strict=True))
        gates = {k: sigmoid(a[k]) for k in "ifo"} | {"g": np.tanh(a["g"])}
        if "tanh gates" in faults:
            gates |= {k: np.tanh(a[k]) for k in "ifo"}
        if "sigma g" in faults:
            gates["g"] = sigmoid(a["g"])
        if "bare g" in faults:
            gates["g"] = a["g"]
        for k in "io":
            if f"tanh {k}" in faults:
                gates |= {"g": sigmoid(a["g"]), k: np.tanh(a[k])}
        keep = 1 - gates["f"] if "1 - f" in faults else gates["f"]
        c_t = ("no belt" not in faults) * keep * c_prev + gates["i"] * gates["g"]
        if "tanh belt" in faults:
            c_t = np.tanh(c_t)
        seen = c_prev if "lag" in faults else c_t
        return gates["o"] * (seen if "no tanh" in faults else np.tanh(seen)), c_t

    return wrong


def split_by_examples(x_t, h_prev, c_prev, W_x, W_h, b):
    a_i, a_f, a_g, a_o = np.split(x_t @ W_x + h_prev @ W_h + b, 4, axis=0)
    c_t = sigmoid(a_f) * c_prev + sigmoid(a_i) * np.tanh(a_g)
    return sigmoid(a_o) * np.tanh(c_t), c_t


WHOLE = Exercise(
    id="02.7",
    title="The whole step, for a batch",
    task="Write the step in our form; return `h_t, c_t`.",
    minutes=10,
    kind="implement",
    hints=(
        "One matrix product for all four blocks, then cut, squash, mix, show.",
        "`a_t = x_t @ W_x + h_prev @ W_h + b`; `a_i, a_f, a_g, a_o = np.split(a_t, 4, "
        "axis=1)`; then the five equations.",
    ),
    solution=lstm_step,
    explanation="One product of (N, D) with (D, 4H) does the work of four, and the "
    "code is as short as the equations. From here on your step is what the notebook "
    "runs.",
    returns=("h_t", "c_t"),
    probes=step_probes,
    others=(lstm_step_sliced, lstm_step_by_examples),
    broken=broken_step,
    mistakes=(
        Mistake(
            broken_step("figo"),
            "i and f have changed places. Either the cut is f, i, g, o, as in most "
            "textbooks (here, in Keras and in PyTorch it is i, f, g, o), or c_t uses i "
            "for the old memory.",
            fault="figo",
        ),
        Mistake(
            broken_step("ifog"),
            "The last two blocks have changed places: g is the third, o the fourth.",
            fault="ifog",
        ),
        Mistake(
            broken_step("sigma g"),
            "The candidate went through σ. It is a value, not a share: tanh, so that "
            "something negative can be written.",
            fault="sigma g",
        ),
        Mistake(
            broken_step("bare g"),
            "The candidate is not squashed: `g_t = np.tanh(a_g)`.",
            fault="bare g",
        ),
        Mistake(
            broken_step("tanh gates"),
            "The gates went through tanh. A share lies between 0 and 1: σ for i, f and "
            "o.",
            fault="tanh gates",
        ),
        Mistake(
            broken_step("no bias"),
            "The bias `b` is missing.",
            fault="no bias",
        ),
        Mistake(
            broken_step("no memory"),
            "The gates do not see the state: `h_prev @ W_h` is missing.",
            fault="no memory",
        ),
        Mistake(
            broken_step("lag"),
            "h_t reads c_{t-1}, the old cell: the output is one step late. Read the "
            "new one.",
            fault="lag",
        ),
        Mistake(
            broken_step("no belt"),
            "The old cell state is dropped: `f_t * c_prev` is missing, and with it the "
            "memory.",
            fault="no belt",
        ),
        Mistake(
            broken_step("1 - f"),
            "In spite of its name f is the share that is *kept*. No 1 − f.",
            fault="1 - f",
        ),
        Mistake(
            broken_step("tanh belt"),
            "The cell state itself went through tanh. It stays as it is; tanh comes "
            "when h_t reads it.",
            fault="tanh belt",
        ),
        Mistake(
            broken_step("no tanh"),
            "h_t is o · c without tanh; then nothing bounds what the next step sees.",
            fault="no tanh",
        ),
        Mistake(
            lambda *a: lstm_step(*a)[::-1],
            "Both states are right, in the wrong order: `return h_t, c_t`.",
        ),
        Mistake(
            lambda *a: lstm_step(*a)[0],
            "Only h_t came back. The next step needs c_t as well: `return h_t, c_t`.",
        ),
        Mistake(
            split_by_examples,
            "`np.split` cut along the examples. The blocks stand side by side, along "
            "`axis=1`.",
        ),
    ),
)


def never_negative(x_t, h_prev, c_prev, W_x, W_h, b):
    a_t = x_t @ W_x + h_prev @ W_h + b
    i_t, f_t, g_t, o_t = np.split(sigmoid(a_t), 4, axis=1)
    c_t = f_t * c_prev + i_t * g_t
    return o_t * np.tanh(c_t), c_t


def repaired(x_t, h_prev, c_prev, W_x, W_h, b):
    a_t = x_t @ W_x + h_prev @ W_h + b
    i_t, f_t, _, o_t = np.split(sigmoid(a_t), 4, axis=1)
    g_t = np.tanh(np.split(a_t, 4, axis=1)[2])  # from a_t, not from σ(a_t)
    c_t = f_t * c_prev + i_t * g_t
    return o_t * np.tanh(c_t), c_t


def tanh_of_sigmoid(x_t, h_prev, c_prev, W_x, W_h, b):
    a_t = x_t @ W_x + h_prev @ W_h + b
    i_t, f_t, g_t, o_t = np.split(sigmoid(a_t), 4, axis=1)
    c_t = f_t * c_prev + i_t * np.tanh(g_t)
    return o_t * np.tanh(c_t), c_t


def centred_sigmoid(x_t, h_prev, c_prev, W_x, W_h, b):
    a_t = x_t @ W_x + h_prev @ W_h + b
    i_t, f_t, g_t, o_t = np.split(sigmoid(a_t), 4, axis=1)
    c_t = f_t * c_prev + i_t * (2 * g_t - 1)
    return o_t * np.tanh(c_t), c_t


FAULT = Exercise(
    id="02.8",
    title="Find the fault: the cell that only adds up",
    task="Started from zero, this cell never holds a negative number. Repair it.",
    minutes=6,
    kind="break",
    hints=(
        "What is written to the cell is i · g. Which of the two may be negative?",
        "Only three of the four blocks go through σ; `g_t = tanh(a_g)`.",
    ),
    solution=repaired,
    explanation="All four blocks went through σ, the candidate too. σ(a) is positive, "
                "so i · g could only add. tanh has to see a_g itself, not σ(a_g).",
    returns=("h_t", "c_t"),
    probes=step_probes,
    others=(lstm_step, lstm_step_sliced),
    mistakes=(
        Mistake(
            never_negative,
            "Still the same behaviour: i and g are both positive, so each step can "
            "only add. Which of the four blocks must not go through σ?",
        ),
        Mistake(
            tanh_of_sigmoid,
            "tanh of σ is still positive: tanh has to see a_g itself. Cut `a_t` before "
            "σ is applied.",
        ),
        Mistake(
            centred_sigmoid,
            "2σ(a) − 1 does reach negative numbers, but it is tanh(a/2), a flatter "
            "curve. The candidate is tanh(a).",
        ),
        Mistake(
            broken_step("tanh i"),
            "tanh went to the input gate; the candidate is the third block: i, f, g, "
            "o.",
        ),
        Mistake(
            broken_step("tanh o"),
            "tanh went to the output gate; the candidate is the third block of i, f, "
            "g, o.",
        ),
        Mistake(
            broken_step("tanh gates"),
            "Now everything goes through tanh, the gates too, and a gate can be "
            "negative. Only the candidate changes.",
        ),
        Mistake(
            broken_step("bare g"),
            "Now g can be negative, but it is not bounded: tanh is missing.",
        ),
    ),
)


def weights_of_one_unit(value):
    """Say what a cell with these weights does with the third input.

    Returns
    -------
    dict of str to str, or Ellipsis where a number is still missing
    """
    if callable(value) or value is ...:
        raise form.WrongForm("the weights must be a dict, not a function")
    if not isinstance(value, dict):
        return {"the cell": "no dict"}
    if set(value) != set("ifgo"):
        return {"the cell": "other gates"}
    parts = {k: list(v) if isinstance(v, list | tuple | np.ndarray) else [v]
             for k, v in value.items()}
    if any(z is ... for three in parts.values() for z in three):
        return ...
    try:
        gates = {k: np.array(three, float) for k, three in parts.items()}
    except (TypeError, ValueError):
        return {"the cell": "no numbers"}
    if any(three.shape != (3,) for three in gates.values()):
        return {"the cell": "not three"}
    if not all(np.isfinite(three).all() for three in gates.values()):
        return {"the cell": "no numbers"}
    return {"the cell": judge(gates)[0]}


def keeper():
    return dict(i=(10, 0, -6),   # opens for a 1, else shut: σ(4), σ(-6)
                f=(-14, 0, 10),  # shuts for a 1, else open: σ(-4), σ(10)
                g=(2, 0, 0),     # tanh(2) = 0.96 is written
                o=(0, 0, 2))     # what is shown does not matter here


def keeper_but(**changed):
    """Return a function that returns the weights, some of them changed."""
    return lambda: keeper() | changed


KEEP = Exercise(
    id="02.9",
    title="Gates that keep the third input",
    task="Give W_x, W_h and b of each gate of one unit, so that it drops the old −0.7, "
    "stores the 1 that comes third, and holds it for 20 steps between 0.8 and 1.2.",
    minutes=12,
    kind="extend",
    hints=(
        "The 1 itself has to work the gates. When it comes, i opens and f shuts; for "
        "every small input it is the other way round.",
        "σ(4) = 0.98, σ(−4) = 0.02: seek `W_x + b` near 4 and `b` below −4 for i, "
        "`W_x + b` near −4 and `b` above 6 for f. `tanh(W_x)` of g is what is written.",
    ),
    solution=keeper,
    explanation="A 1 opens i and shuts f for one step; every small input finds i shut "
    "and f open. So the new number replaces the old one, and stays. It works for ten "
    "other draws of the small inputs as well.",
    returns=("one of the weights",),
    probes=lambda rng: [()],
    describe=weights_of_one_unit,
    others=(keeper_but(f=(-16, 0, 11.5)), keeper_but(g=(0, 0, 1.9)),
            keeper_but(o=(0, 0, -3))),
    mistakes=(
        Mistake(keeper_but(i=(0, 0, 0)),
                "Too little of the 1 is written: the input gate is not open when it "
                "comes. `W_x + b` of i has to be large, so give it a positive W_x."),
        Mistake(keeper_but(g=(0.5, 0, 0)),
                "The candidate is small or negative when the 1 comes, and that is what "
                "gets written, however open i is. Raise W_x of g: `tanh(W_x + b)`."),
        Mistake(keeper_but(f=(0, 0, 10)),
                "The 1 is written, but on top of the old −0.7: f stays open at that "
                "step. f should shut when x is 1, so give it a negative W_x."),
        Mistake(keeper_but(f=(-4, 0, 1)),
                "Stored, then lost: after the third input f is not open enough, and "
                "shares multiply over 20 steps. Raise the bias of f, and lower W_x by "
                "as much."),
        Mistake(keeper_but(i=(0, 0, 4)),
                "Stored, then written over: i is still open for the small inputs that "
                "follow. Lower the bias of i, and raise W_x by as much."),
        Mistake(keeper_but(i=(10, 0, -3.5)),
                "It works for one draw of the small inputs and not for others with the "
                "same 1 in third place. Move the gates further from half open."),
        Mistake(lambda: [(10, 0, -6), (-14, 0, 10), (2, 0, 0), (0, 0, 2)],
                "Hand in a dict with the entries i, f, g and o, such as "
                "`puzzle.weights()`."),
        Mistake(lambda: dict(i=(10, 0, -6), f=(-14, 0, 10), o=(0, 0, 2)),
                "The dict needs four entries, `i`, `f`, `g` and `o`, and no others."),
        Mistake(lambda: keeper() | dict(o=2),
                "Each gate has three numbers: W_x, W_h and b, in this order."),
        Mistake(lambda: keeper() | dict(o=("W_x", "W_h", "b")),
                "Each gate needs three plain numbers; text, or something that is not "
                "finite, came."),
    ),
)

COUPLED = Exercise(
    id="02.10",
    title="One gate fewer",
    task="A cell saves a gate: i is always 1 − f. What can it no longer do?",
    minutes=2,
    kind="predict",
    choices=("a", "b", "c", "d"),
    hints=(
        "Try each job: which f does it need, which i, and do the two add up to 1?",
        "`c_t = f ⊙ c_{t-1} + (1 − f) ⊙ g_t` is an average of c_{t-1} and g_t.",
    ),
    solution="c",
    explanation="Counting needs f = 1 and i = 1 in the same step: keep all, and add. "
    "With i = 1 − f the new cell is an average of the old one and the candidate, and "
    "never leaves the span of −1 to 1 once it is in it. The GRU works like that, and "
    "is often as good.",
    mistakes=(
        Mistake("a", "f = 1 keeps, and then i = 0 writes nothing: together they add up "
                     "to 1, so this it can do."),
        Mistake("b", "f = 0 drops the old, and then i = 1 writes the new in full. "
                     "Replacing is what a coupled cell does best."),
        Mistake("d", "f = 0 forgets all; i = 1 then writes g, and g can be 0."),
    ),
)

EXERCISES = [BELT, FORGET, CELL, HIDDEN, ZERO, TRANSLATE, WHOLE, FAULT, KEEP, COUPLED]

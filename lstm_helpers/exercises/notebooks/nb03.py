"""Exercises of notebook 03: counting to 384."""

import math

import numpy as np

from lstm_helpers.exercises.engine.exercise import Exercise, Mistake

SHARES = Exercise(
    id="03.1",
    title="Where do the 384 sit?",
    task="In row form an LSTM with D = 3 and H = 8 keeps three arrays: `W_x`, `W_h` "
    "and `b`. How many of the 384 numbers are in each?",
    minutes=3,
    kind="predict",
    hints=(
        "All four gates stand side by side in each array, so each array has 4H = 32 "
        "columns.",
        "`W_x` is (D, 4H), `W_h` is (H, 4H), `b` is (4H,).",
    ),
    solution=(96, 256, 32),
    explanation="3 · 32 + 8 · 32 + 32 = 384. Two thirds of all numbers say how the "
    "units listen to one another.",
    returns=("W_x", "W_h", "b"),
    atol=0.5,
    rtol=0,
    mistakes=(
        Mistake((24, 64, 8), "That is one gate: 8 columns. A cell has four blocks, i, "
                             "f, g and o, so every array is four times as wide."),
        Mistake((72, 192, 24), "You counted three blocks. There are three gates, but "
                               "the candidate g has weights of its own too."),
        Mistake((256, 96, 32), "The first two are exchanged. `W_x` takes the input, "
                               "3 numbers; `W_h` takes the state, 8 numbers."),
        Mistake((3, 8, 1), "Those are the rows. Each of them has 4H = 32 columns."),
        Mistake((96, 256, 8), "A unit does not have one bias, it has four: one for "
                              "each of its gates and one for its candidate."),
        Mistake((96, 256, 0), "That adds up to 352. The bias is learned as well: one "
                              "number per column, 32 in all."),
        Mistake((96, 256, 64), "That adds up to 416, which is what PyTorch keeps: it "
                               "has two bias vectors. The row form here has one."),
    ),
)


def fused_probes(rng):
    """Sizes that differ; D = 4H, where cutting the wrong axis fits; D = H."""
    def draw(D, H):
        return tuple(rng.normal(size=z) for z in ((D, 4 * H), (H, 4 * H), (4 * H,)))

    return [draw(3, 5), draw(8, 2), draw(4, 4)]


def cut(k):
    """Return a function that cuts block k out of the three fused arrays."""
    def block(W_x, W_h, b):
        H = len(W_h)
        return tuple(z[..., k * H : (k + 1) * H] for z in (W_x, W_h, b))

    return block


def forget_part(W_x, W_h, b):
    H = W_h.shape[0]
    columns = slice(H, 2 * H)  # block 0 is i, block 1 is f
    return W_x[:, columns], W_h[:, columns], b[columns]


def forget_part_by_split(W_x, W_h, b):
    return tuple(np.split(z, 4, axis=-1)[1] for z in (W_x, W_h, b))


def forget_part_by_reshape(W_x, W_h, b):
    H = len(b) // 4
    return tuple(z.reshape(*z.shape[:-1], 4, H)[..., 1, :] for z in (W_x, W_h, b))


PART = Exercise(
    id="03.2",
    title="Cut the forget gate out",
    task="From the fused arrays, blocks i, f, g, o, cut what belongs to the forget "
    "gate: return its `W_x` (D, H), `W_h` (H, H) and `b` (H,).",
    minutes=4,
    kind="implement",
    hints=(
        "A block is H neighbouring columns, and f comes second.",
        "The columns of block k are `k * H` to `(k + 1) * H`; Python counts k from 0.",
    ),
    solution=forget_part,
    explanation="All rows, the columns H to 2H. `W_h` has H rows, so it knows H.",
    returns=("the forget gate's `W_x`", "the forget gate's `W_h`",
             "the forget gate's `b`"),
    probes=fused_probes,
    others=(forget_part_by_split, forget_part_by_reshape, cut(1)),
    mistakes=(
        Mistake(cut(0), "That is block 0, the input gate. The order is i, f, g, o."),
        Mistake(cut(2), "That is block 2, the candidate. f is second, and Python "
                        "counts from 0: its columns are H to 2H."),
        Mistake(cut(3), "That is the last block, the output gate o. The order is i, f, "
                        "g, o."),
        Mistake(
            lambda W_x, W_h, b: (W_x[:, 1::4], W_h[:, 1::4], b[1::4]),
            "This takes every fourth column, as if the gates took turns. They stand "
            "in blocks: first all columns of i, then all of f.",
        ),
        Mistake(
            lambda W_x, W_h, b: cut(1)(W_x, W_h, b)[0],
            "Right, but only `W_x` came back. The gate has three arrays: return all "
            "of them, with commas between.",
        ),
        Mistake(
            lambda W_x, W_h, b: (W_x[:, 8:16], W_h[:, 8:16], b[8:16]),
            "8 to 16 is right for H = 8 alone. The check has other sizes: take H from "
            "what you are given, `H = len(W_h)`.",
        ),
        Mistake(
            lambda W_x, W_h, b: tuple(
                z[len(W_h) : 2 * len(W_h)] for z in (W_x, W_h, b)
            ),
            "H to 2H is right, but the first index of a matrix is its row. For columns "
            "write `[:, H:2 * H]`: all rows, these columns.",
        ),
        Mistake(
            lambda W_x, W_h, b: (W_x[:, len(W_x) : 2 * len(W_x)],
                                 *cut(1)(W_x, W_h, b)[1:]),
            "`W_h` and `b` are right. In `W_x` too a block is H columns wide: D counts "
            "its rows.",
        ),
        Mistake(
            lambda W_x, W_h, b: tuple(
                z.reshape(4, *z.shape[:-1], -1)[1] for z in (W_x, W_h, b)
            ),
            "`reshape` reads row by row, so it cut the matrix between rows. The blocks "
            "are columns: slice `[:, H:2 * H]`, or `np.split(W_x, 4, axis=1)`.",
        ),
        Mistake(
            lambda W_x, W_h, b: (*cut(1)(W_x, W_h, b)[:2], b[: len(W_h)]),
            "The two matrices are right. The bias came from block 0: it has the same "
            "blocks as the matrices.",
        ),
    ),
)


def count_probes(rng):
    """Pairs (D, H): the one of the title first, then others in no simple relation."""
    return [(3, 8), (1, 5), (7, 2), (4, 4)]


def lstm_count(D, H):
    return 4 * H * (D + H + 1)


COUNT = Exercise(
    id="03.3",
    title="The count as a formula",
    task="Return the number of parameters of an LSTM with D inputs and H units.",
    minutes=4,
    kind="implement",
    hints=(
        "Every column of the fused picture is one desk. How many columns, and how many "
        "numbers in one?",
        "`4H` columns of `D + H + 1` numbers.",
    ),
    solution=lstm_count,
    explanation="4H columns, each with D weights for the input, H for the state and "
    "one bias. Texts that call the sizes d and n write 4·n·(n + d + 1).",
    returns=("the count",),
    probes=count_probes,
    others=(
        lambda D, H: sum(math.prod(z) for z in ((D, 4 * H), (H, 4 * H), (4 * H,))),
        lambda D, H: 4 * (D * H + H * H + H),
        lambda D, H: np.zeros((D + H + 1, 4 * H)).size,
    ),
    mistakes=(
        Mistake(
            lambda D, H: 4 * H * (D + H),
            "For D = 3, H = 8 this gives 352. The biases are missing, one for each of "
            "the 4H columns.",
        ),
        Mistake(
            lambda D, H: 4 * H * (D + 1),
            "For D = 3, H = 8 this gives 128. The recurrent weights are missing: every "
            "column also listens to all H units.",
        ),
        Mistake(
            lambda D, H: 4 * H * (H + 1),
            "For D = 3, H = 8 this gives 288. The weights of the input are missing: D "
            "in every column.",
        ),
        Mistake(
            lambda D, H: H * (D + H + 1),
            "For D = 3, H = 8 this gives 96: one block. There are four, i, f, g and o.",
        ),
        Mistake(
            lambda D, H: 3 * H * (D + H + 1),
            "For D = 3, H = 8 this gives 288: three blocks, as a GRU has. An LSTM has "
            "three gates and a candidate.",
        ),
        Mistake(
            lambda D, H: 4 * H * (D + H + 2),
            "For D = 3, H = 8 this gives 416. That is PyTorch's count, with two bias "
            "vectors; the equation has one.",
        ),
        Mistake(
            lambda D, H: 4 * D * (D + H + 1),
            "For D = 3, H = 8 this gives 144. D and H are exchanged: there are 4H "
            "columns, one per unit and block.",
        ),
        Mistake(
            lambda D, H: 4 * H * (D + H) + H,
            "For D = 3, H = 8 this gives 360: one bias a unit. But each unit takes "
            "four decisions, and each has a bias of its own.",
        ),
        Mistake(
            lambda D, H: 4 * H * (D + H) + 4,
            "For D = 3, H = 8 this gives 356: one bias a block. But a block holds H "
            "units, and each has a bias of its own.",
        ),
        Mistake(
            lambda D, H: 4 * (D * H + H ^ 2 + H),
            "In Python `^` is not a power; it compares bits. H squared is `H**2` or "
            "`H * H`.",
        ),
        Mistake(
            lambda D, H: 4 * H * (D + 2 * H + 1),
            "For D = 3, H = 8 this gives 640, as if the gates also read the cell "
            "state. They read x_t and h_prev only; c is written by them.",
        ),
        Mistake(
            lambda D, H: 384,
            "384 is right for D = 3, H = 8 alone. Use `D` and `H`, so that it holds "
            "for every size.",
        ),
    ),
)

TORCH = Exercise(
    id="03.4",
    title="What does PyTorch count?",
    task="PyTorch's LSTM keeps two bias vectors, `bias_ih` and `bias_hh`, each of the "
    "length that b has here. How many parameters does it report for D = 3, H = 8?",
    minutes=2,
    kind="predict",
    hints=(
        "Everything but the bias is as before. How long is one bias vector?",
        "`4H (D + H + 2)`",
    ),
    solution=416,
    explanation="384 + 32: one more vector of 4H. Both are added to the same sum, so "
    "the layer can compute nothing it could not compute with one.",
    atol=0.5,
    rtol=0,
    mistakes=(
        Mistake(384, "That is with one bias. PyTorch keeps `bias_ih` beside the input "
                     "weights and `bias_hh` beside the recurrent ones."),
        Mistake(392, "You added H = 8. A bias vector has a number for each of the 4H "
                     "columns."),
        Mistake(448, "You added two vectors. One of the two takes the place of the b "
                     "that is counted in 384 already."),
        Mistake(352, "That is without any bias. PyTorch has two of them."),
        Mistake(768, "Only the bias is there twice. The matrices are not: 768 is what "
                     "a bidirectional layer has."),
        Mistake(400, "You added 2H = 16. A bias vector has a number for each of the 4H "
                     "columns."),
    ),
)


def placed(*order):
    """Return a function that puts these blocks, by number, in this order."""
    def moved(W_x, W_h, b):
        return tuple(
            np.concatenate([np.split(z, 4, axis=-1)[k] for k in order], axis=-1)
            for z in (W_x, W_h, b)
        )

    return moved


def reorder(W_x, W_h, b):
    def swapped(z):
        f, i, g, o = np.split(z, 4, axis=-1)
        return np.concatenate([i, f, g, o], axis=-1)

    return swapped(W_x), swapped(W_h), swapped(b)


def reorder_by_index(W_x, W_h, b):
    H = len(W_h)
    columns = np.r_[H : 2 * H, :H, 2 * H : 4 * H]
    return W_x[:, columns], W_h[:, columns], b[columns]


def reorder_over_itself(W_x, W_h, b):
    H = len(W_h)
    result = [z.copy() for z in (W_x, W_h, b)]
    for z in result:
        z[..., :H] = z[..., H : 2 * H]
        z[..., H : 2 * H] = z[..., :H]
    return tuple(result)


REORDER = Exercise(
    id="03.5",
    title="From f, i, c, o to i, f, c, o",
    task="Weights arrive with their blocks in the order f, i, c, o. Return `W_x`, "
    "`W_h` and `b` in the order of this series.",
    minutes=6,
    kind="implement",
    hints=(
        "Two blocks change places. In which arrays?",
        "For each of the three: `f, i, g, o = np.split(z, 4, axis=-1)`, then "
        "`np.concatenate([i, f, g, o], axis=-1)`.",
    ),
    solution=reorder,
    explanation="The same move in all three arrays, along the last axis. Rows stay: "
    "they belong to the inputs and to the units, not to the gates.",
    returns=("W_x", "W_h", "b"),
    probes=fused_probes,
    others=(reorder_by_index, placed(1, 0, 2, 3)),
    mistakes=(
        Mistake(
            lambda W_x, W_h, b: (reorder(W_x, W_h, b)[0], W_h, b),
            "Only `W_x`, the kernel, is reordered. The recurrent kernel `W_h` and the "
            "bias have the same blocks and must move with it.",
        ),
        Mistake(
            lambda W_x, W_h, b: (*reorder(W_x, W_h, b)[:2], b),
            "The matrices are right, the bias stayed. If it holds a forget bias of 1, "
            "those ones now open the input gate: forget is the second block.",
        ),
        Mistake(
            lambda W_x, W_h, b: (reorder(W_x, W_h, b)[0], W_h, reorder(W_x, W_h, b)[2]),
            "`W_h` is missing. Its *columns* are gates, as in `W_x`; only its rows are "
            "units.",
        ),
        Mistake(
            lambda W_x, W_h, b: (W_x, W_h, b),
            "Nothing moved. f came first and has to come second.",
        ),
        Mistake(
            lambda W_x, W_h, b: (W_x[:, [1, 0, 2, 3]], W_h[:, [1, 0, 2, 3]],
                                 b[[1, 0, 2, 3]]),
            "You took four columns. What moves is whole *blocks*, each H columns wide: "
            "`np.split(z, 4, axis=-1)` cuts them.",
        ),
        Mistake(
            placed(1, 0, 3, 2),
            "i and f are right, but c and o are exchanged as well. They stood in the "
            "right place: c is the candidate g.",
        ),
        Mistake(
            placed(3, 2, 1, 0),
            "The whole order is reversed, o, c, i, f. Only the first two blocks change "
            "places.",
        ),
        Mistake(
            reorder_over_itself,
            "Both blocks now hold i. The first assignment wrote over f before it was "
            "read: make a new array, or keep a copy of f.",
        ),
        Mistake(
            lambda W_x, W_h, b: tuple(np.roll(z, len(W_h), -1) for z in (W_x, W_h, b)),
            "`np.roll` moves every block one place on and brings o to the front. Only "
            "the first two change places.",
        ),
    ),
)

from_onnx = placed(0, 2, 3, 1)


def converter(W_x, W_h, b):
    order = [0, 2, 3, 1]  # where each block comes from: i, f, c, o

    def moved(z):
        blocks = np.split(z, 4, axis=-1)
        return np.concatenate([blocks[k] for k in order], axis=-1)

    return moved(W_x), moved(W_h), moved(b)


def converter_by_name(W_x, W_h, b):
    def moved(z):
        i, o, f, c = np.split(z, 4, axis=-1)
        return np.concatenate([i, f, c, o], axis=-1)

    return moved(W_x), moved(W_h), moved(b)


CONVERTER = Exercise(
    id="03.6",
    title="Find the fault: the converter",
    task="The function turns ONNX's order i, o, f, c into i, f, c, o. It runs, and the "
    "network answers nonsense. Repair it.",
    minutes=6,
    kind="break",
    hints=(
        "Label the four blocks i, o, f, c and carry them through the function by hand. "
        "Which label stands second in the result?",
        "`blocks[k] for k in order` reads: place 0 takes block order[0], place 1 takes "
        "block order[1], …",
    ),
    solution=converter,
    explanation="`order` says where each block comes from: f is block 2, c is block 3, "
    "o is block 1. [0, 3, 1, 2] says where each block goes to, the inverse. For a mere "
    "exchange of two blocks both are the same, so it is easy not to notice.",
    returns=("W_x", "W_h", "b"),
    probes=fused_probes,
    others=(converter_by_name, from_onnx),
    mistakes=(
        Mistake(
            placed(0, 3, 1, 2),
            "The order now is i, c, o, f. The list says where each block goes *to*; "
            "the line below it asks where each comes *from*.",
        ),
        Mistake(
            placed(0, 2, 1, 3),
            "i and f are right, then o and c are in the wrong places. One exchange of "
            "two blocks is not enough: three of them move.",
        ),
        Mistake(
            placed(0, 1, 2, 3),
            "That leaves the blocks as they came, i, o, f, c: your forget gate is "
            "their output gate.",
        ),
        Mistake(
            placed(2, 0, 3, 1),
            "That is f, i, c, o, the order of many textbooks. Here i comes first.",
        ),
        Mistake(
            lambda W_x, W_h, b: (*from_onnx(W_x, W_h, b)[:2], b),
            "The matrices are right. The bias has the same four blocks and has to move "
            "too.",
        ),
        Mistake(
            lambda W_x, W_h, b: (from_onnx(W_x, W_h, b)[0], W_h, b),
            "`W_x` is right, `W_h` and `b` stayed. All three have the same blocks.",
        ),
    ),
)

UNITS = Exercise(
    id="03.7",
    title="How many units have 146 parameters?",
    task="A summary shows 146 parameters for an LSTM on one feature and a dense layer "
    "with one output on top. How many units does the LSTM have?",
    minutes=4,
    kind="predict",
    hints=(
        "Two layers share the 146. Write both counts with the unknown H.",
        "`4H(H + 2) + (H + 1) = 146`. Try whole numbers, or solve the quadratic.",
    ),
    solution=5,
    explanation="4 · 5 · (5 + 1 + 1) = 140 in the LSTM, and 5 + 1 = 6 in the dense "
    "layer.",
    atol=0.04,
    rtol=0,
    mistakes=(
        Mistake(5.12, "All 146 went to the LSTM. The dense layer has 6 of them: five "
                      "weights and a bias."),
        Mistake(6, "6 units make 4 · 6 · (6 + 1 + 1) = 192 in the LSTM alone. (6 is "
                   "the number of parameters of the dense layer.)"),
        Mistake(35, "You divided 140 by 4. But 35 is H(H + 2), a product of two "
                    "numbers: which H gives 35?"),
        Mistake(36.5, "You divided 146 by 4. Take off the dense layer's share first, "
                "and then solve H(H + 2) = 35."),
        Mistake(5.44, "One input, one state *and one bias*: the bracket is H + 1 + 1. "
                      "Without the bias H(H + 1) = 35 has no whole answer."),
        Mistake(-7, "-7 does solve H(H + 2) = 35, but a layer cannot have -7 units. "
                    "Take the other root."),
        Mistake(140, "140 is the number of parameters of the LSTM. How many units make "
                     "that many?"),
        Mistake(11.34, "You counted one block, H(H + 2) + H + 1 = 146. The LSTM has "
                       "four."),
    ),
)


def budget_probes(rng):
    """(budget, D): an exact hit, one short of it, too small for one, very generous."""
    return [(384, 3), (383, 3), (431, 3), (433, 3), (10_000, 1), (1000, 40), (11, 1),
            (500_000, 2)]


def units_for(budget, D):
    H = 0
    while 4 * (H + 1) * (D + H + 2) <= budget:
        H += 1
    return H


def real_root(budget, D):
    return (math.sqrt((D + 1) ** 2 + budget) - (D + 1)) / 2


BUDGET = Exercise(
    id="03.8",
    title="The largest layer for a budget",
    task="Return the largest H for which an LSTM with D inputs has at most `budget` "
    "parameters.",
    minutes=6,
    kind="extend",
    hints=(
        "The count grows with H. Try 1, 2, 3, … and stop in time; or solve for H and "
        "round, but which way?",
        "`4H(D + H + 1) ≤ budget`; by formula H = (√((D + 1)² + budget) - (D + 1)) / "
        "2, rounded down.",
    ),
    solution=units_for,
    explanation="One more unit would break the budget. If there is room for none, the "
    "answer is 0.",
    returns=("H",),
    probes=budget_probes,
    others=(
        lambda budget, D: math.floor(real_root(budget, D)),
        lambda budget, D: (math.isqrt((D + 1) ** 2 + budget) - D - 1) // 2,
        lambda budget, D: max(
            H for H in range(budget + 1) if lstm_count(D, H) <= budget
        ),
    ),
    mistakes=(
        Mistake(
            lambda budget, D: math.ceil(real_root(budget, D)),
            "Rounded up, the layer no longer fits: 383 parameters for D = 3 gave 8 "
            "units, and those need 384.",
        ),
        Mistake(
            lambda budget, D: round(real_root(budget, D)),
            "Rounded to the nearest, which breaks the budget half of the time. Round "
            "down.",
        ),
        Mistake(
            real_root,
            "That is the exact solution of 4H(D + H + 1) = budget. Units are whole: "
            "round down.",
        ),
        Mistake(
            lambda budget, D: next(
                H for H in range(budget + 1) if lstm_count(D, H + 1) >= budget
            ),
            "384 parameters for D = 3 are enough for 8 units: *at most* allows the "
            "budget itself. Compare with `<=`.",
        ),
        Mistake(
            lambda budget, D: units_for(budget, D) + 1,
            "One too many: your loop goes on until the budget is broken, and returns "
            "the H that broke it.",
        ),
        Mistake(
            lambda budget, D: units_for(budget, D - 1),
            "Your count has no bias: 4H(D + H). Each of the 4H columns has one more "
            "number.",
        ),
        Mistake(
            lambda budget, D: units_for(4 * budget, D),
            "Your count has one block. An LSTM has four of that size.",
        ),
        Mistake(
            lambda budget, D: max(
                H for H in range(1, budget + 1) if lstm_count(D, H) <= budget
            ),
            "Right, except where not even one unit fits: there the answer is 0, so let "
            "`range` begin with 0.",
        ),
        Mistake(
            lambda budget, D: math.isqrt(budget // 4),
            "You solved 4H² = budget: the recurrent weights alone. The inputs and the "
            "biases cost something too.",
        ),
        Mistake(
            lambda budget, D: budget // (4 * (D + 1)),
            "Your count leaves out the recurrent weights, so it grows with H. With "
            "them it grows with H².",
        ),
    ),
)


EXERCISES = [SHARES, PART, COUNT, TORCH, REORDER, CONVERTER, UNITS, BUDGET]

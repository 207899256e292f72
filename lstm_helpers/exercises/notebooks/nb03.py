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
    formula=lambda D=3, H=8: (D * 4 * H, H * 4 * H, 4 * H),
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


TURN = Exercise(
    id="03.3",
    title="Turn one number of 384",
    task="`W_h[2, 13]` becomes larger by 1. How many of the eight entries of c change, "
    "in the step at which it is turned and in the step after?",
    minutes=2,
    kind="predict",
    hints=(
        "Which column does the number stand in, and to whose decision does it belong? "
        "And who reads what that unit then says?",
        "Column 13 is one gate of one unit. What this unit says, all units read at the "
        "next step.",
    ),
    solution=(1, 8),
    explanation="Column 13 is the forget gate of unit 5: f, c and h change there, and "
    "nowhere else. One step later all 32 columns read the changed h[5], so every unit "
    "has heard of it.",
    returns=("this step", "the next step"),
    atol=0.04,
    rtol=0,
    mistakes=(
        Mistake((1, 1), "The first is right. But the unit says something else now, and "
                        "at the next step every unit reads what it said."),
        Mistake((8, 8), "Row 2 is what all units hear of unit 2. But you turned one "
                        "number of that row: only column 13 listens with it."),
        Mistake((4, 8), "A unit has four columns, one for each decision. Column 13 is "
                        "one of them, and c has one entry for each unit."),
        Mistake((1, 4), "The first is right. At the next step every one of the 32 "
                        "columns has a weight for what unit 5 said."),
        Mistake((1, 2), "The first is right. At the next step the changed h is read by "
                        "every unit, not by one neighbour."),
        Mistake((0, 1), "The gates are made before c, within the same step: the "
                        "changed forget gate multiplies the old c at once."),
        Mistake((0, 8), "The second is right. But the forget gate is made before c, "
                        "within the same step: it multiplies the old c at once."),
        Mistake((1, 7), "The first is right. At the next step the unit itself is among "
                        "those that hear of it, and its c was changed already."),
        Mistake((1, 32), "The first is right. 32 sums change at the next step, four to "
                         "each unit; c has one entry for each unit."),
    ),
)


def count_probes(rng):
    """Pairs (D, H): the one of the title first, then others in no simple relation."""
    return [(3, 8), (1, 5), (7, 2), (4, 4)]


def lstm_count(D, H):
    return 4 * H * (D + H + 1)


COUNT = Exercise(
    id="03.4",
    title="The count as a formula",
    task="Return the number of parameters of an LSTM with D inputs and H units.",
    minutes=4,
    kind="implement",
    hints=(
        "Every column of the picture is one decision of one unit. How many columns, "
        "and how many numbers in one?",
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


def placed(*order):
    """Return a function that puts these blocks, by number, in this order."""
    def moved(W_x, W_h, b):
        return tuple(
            np.concatenate([np.split(z, 4, axis=-1)[k] for k in order], axis=-1)
            for z in (W_x, W_h, b)
        )

    return moved


from_onnx = placed(0, 2, 3, 1)


def converter(W_x, W_h, b):
    order = [0, 2, 3, 1]  # where each block comes from: i, f, g, o

    def moved(z):
        blocks = np.split(z, 4, axis=-1)
        return np.concatenate([blocks[k] for k in order], axis=-1)

    return moved(W_x), moved(W_h), moved(b)


def converter_by_name(W_x, W_h, b):
    def moved(z):
        i, o, f, g = np.split(z, 4, axis=-1)
        return np.concatenate([i, f, g, o], axis=-1)

    return moved(W_x), moved(W_h), moved(b)


CONVERTER = Exercise(
    id="03.5",
    title="Find the fault: the converter",
    task="The function is to turn the order i, o, f, g into i, f, g, o. It runs, and "
    "the network answers nonsense. Repair it.",
    minutes=5,
    kind="break",
    hints=(
        "Label the four blocks i, o, f, g and carry them through the function by hand. "
        "Which label stands second in the result?",
        "`blocks[k] for k in order` reads: place 0 takes block order[0], place 1 takes "
        "block order[1], …",
    ),
    solution=converter,
    explanation="`order` says where each block comes from: f is block 2, g is block 3, "
    "o is block 1. [0, 3, 1, 2] says where each block goes to, the inverse. For a mere "
    "exchange of two blocks both are the same, so it is easy not to notice.",
    returns=("W_x", "W_h", "b"),
    probes=fused_probes,
    others=(converter_by_name, from_onnx),
    mistakes=(
        Mistake(
            placed(0, 3, 1, 2),
            "The order now is i, g, o, f. The list says where each block goes *to*; "
            "the line below it asks where each comes *from*.",
        ),
        Mistake(
            placed(0, 2, 1, 3),
            "i and f are right, then o and g are in the wrong places. One exchange of "
            "two blocks is not enough: three of them move.",
        ),
        Mistake(
            placed(0, 1, 2, 3),
            "That leaves the blocks as they came, i, o, f, g: your forget gate is "
            "their output gate.",
        ),
        Mistake(
            placed(2, 0, 3, 1),
            "That is f, i, g, o, the order of many textbooks. Here i comes first.",
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
    id="03.6",
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


EXERCISES = [SHARES, PART, TURN, COUNT, CONVERTER, UNITS]

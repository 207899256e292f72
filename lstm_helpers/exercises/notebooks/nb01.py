"""Exercises of notebook 01: the RNN equation."""

import numpy as np

from lstm_helpers.exercises.engine import form
from lstm_helpers.exercises.engine.exercise import Exercise, Mistake


def step_probes(rng):
    """Sizes that all differ; then square ones, where swapped matrices multiply too."""
    def draw(N, D, H):
        shapes = (N, D), (N, H), (D, H), (H, H), (H,)
        return tuple(rng.normal(size=shape) for shape in shapes)

    return [draw(2, 3, 5), draw(1, 2, 4), draw(4, 4, 4)]


def rnn_step(x_t, h_prev, W_x, W_h, b):
    a_t = x_t @ W_x + h_prev @ W_h + b
    return np.tanh(a_t)


def rnn_step_joined(x_t, h_prev, W_x, W_h, b):
    joined = np.concatenate([h_prev, x_t], axis=1)
    return np.tanh(joined @ np.concatenate([W_h, W_x]) + b)


def rnn_step_by_loops(x_t, h_prev, W_x, W_h, b):
    rows = []
    for x, h in zip(x_t, h_prev, strict=True):
        a = [float(b[k]) + sum(x * W_x[:, k]) + sum(h * W_h[:, k])
             for k in range(len(b))]
        rows.append(np.tanh(a))
    return np.array(rows)


def broken_step(*faults):
    """Return a step with these faults."""
    def wrong(x_t, h_prev, W_x, W_h, b):
        if "swapped" in faults:
            W_x, W_h = W_h, W_x
        if "transposed" in faults:
            W_h = W_h.T
        a_t = ("no input" not in faults) * (x_t @ W_x)
        a_t = a_t + ("no memory" not in faults) * (h_prev @ W_h)
        a_t = a_t + {"no bias": 0, "minus": -1}.get(
            next((k for k in faults if k in ("no bias", "minus")), ""), 1) * b
        if "no tanh" in faults:
            return a_t
        return 1 / (1 + np.exp(-a_t)) if "sigma" in faults else np.tanh(a_t)

    return wrong


STEP = Exercise(
    id="01.1",
    title="One step of an RNN",
    task="Turn the equation into a function of five arrays that returns `h_t`.",
    minutes=5,
    kind="implement",
    hints=(
        "Two matrix products and a bias make one row of numbers per example. One "
        "function squashes them all.",
        "`h_t = tanh(x_t W_x + h_prev W_h + b)`; the product of matrices is `@`.",
    ),
    solution=rnn_step,
    explanation="Input and memory each pass through a matrix of their own, are added, "
    "and tanh keeps the sum between -1 and 1. `b` has shape (H,) and is added to every "
    "row.",
    returns=("h_t",),
    probes=step_probes,
    others=(rnn_step_joined, rnn_step_by_loops),
    broken=broken_step,
    mistakes=(
        Mistake(
            broken_step("swapped"),
            "The matrices are swapped: `W_x` has D rows and takes the input, `W_h` has "
            "H rows and takes the state. With D = H nothing would have warned you.",
            fault="swapped",
        ),
        Mistake(
            lambda x_t, h_prev, W_x, W_h, b: np.tanh(W_x @ x_t + W_h @ h_prev + b),
            "The order is that of column vectors, `W x`. Here examples are rows, so "
            "the matrix stands on the right: `x_t @ W_x`.",
        ),
        Mistake(
            broken_step("no tanh"),
            "This is a_t, before tanh. Without tanh nothing bounds the state, and a "
            "few dozen steps can make it huge.",
            fault="no tanh",
        ),
        Mistake(
            broken_step("no bias"),
            "The bias is missing. Without `b` a unit that sees only zeros can say only "
            "zero.",
            fault="no bias",
        ),
        Mistake(
            broken_step("no memory"),
            "The state of the step before is not used: this step has no memory. Add "
            "`h_prev @ W_h`.",
            fault="no memory",
        ),
        Mistake(
            broken_step("no input"),
            "The input is not used: add `x_t @ W_x`.",
            fault="no input",
        ),
        Mistake(
            broken_step("sigma"),
            "This is σ, the function of the gates in notebook 02. A plain RNN squashes "
            "with tanh, which lets the state be negative.",
            fault="sigma",
        ),
        Mistake(
            broken_step("transposed"),
            "`W_h` is transposed. It is square, so nothing warned you: `h_prev @ W_h`.",
            fault="transposed",
        ),
        Mistake(
            broken_step("minus"),
            "The bias is subtracted. It is a learned number of either sign and is "
            "added.",
            fault="minus",
        ),
        Mistake(
            lambda x_t, h_prev, W_x, W_h, b: np.tanh(x_t @ W_x + h_prev @ W_h) + b,
            "The bias is added after tanh. It belongs inside: the result must stay "
            "within ±1.",
        ),
        Mistake(
            lambda x_t, h_prev, W_x, W_h, b: np.tanh(x_t @ W_x) + h_prev @ W_h + b,
            "Only the input is squashed. Close the bracket of tanh after `b`.",
        ),
        Mistake(
            lambda x_t, h_prev, W_x, W_h, b: np.tanh(x_t @ W_x) + np.tanh(
                h_prev @ W_h) + b,
            "Each part is squashed on its own. Add first, squash once: then input and "
            "memory can cancel, and the result stays within ±1.",
        ),
    ),
)


def loop_probes(rng):
    """As for the step, with T; the last has N = T, where two axes can be mixed up."""
    def draw(N, T, D, H):
        shapes = (N, T, D), (N, H), (D, H), (H, H), (H,)
        return tuple(rng.normal(size=shape) for shape in shapes)

    return [draw(2, 4, 3, 5), draw(3, 3, 2, 4)]


def rnn_loop(xs, h_init, W_x, W_h, b):
    N, T, _ = xs.shape
    hs = np.zeros((N, T, len(b)))
    h_t = h_init
    for t in range(T):
        h_t = rnn_step(xs[:, t], h_t, W_x, W_h, b)
        hs[:, t] = h_t
    return hs


def rnn_loop_stacked(xs, h_init, W_x, W_h, b):
    hs = [h_init]
    for x_t in np.swapaxes(xs, 0, 1):
        hs.append(np.tanh(x_t @ W_x + hs[-1] @ W_h + b))
    return np.stack(hs[1:], axis=1)


def rnn_loop_recursive(xs, h_init, W_x, W_h, b):
    h_t = np.tanh(xs[:, 0] @ W_x + h_init @ W_h + b)
    if xs.shape[1] == 1:
        return h_t[:, None]
    rest = rnn_loop_recursive(xs[:, 1:], h_t, W_x, W_h, b)
    return np.concatenate([h_t[:, None], rest], axis=1)


def loop_without_memory(xs, h_init, W_x, W_h, b):
    return np.stack([rnn_step(xs[:, t], h_init, W_x, W_h, b)
                     for t in range(xs.shape[1])], axis=1)


def loop_reset_inside(xs, h_init, W_x, W_h, b):
    return loop_without_memory(xs, np.zeros_like(h_init), W_x, W_h, b)


def loop_leaky(xs, h_init, W_x, W_h, b):
    hs = [h_init]
    for t in range(xs.shape[1]):
        hs.append((hs[-1] + rnn_step(xs[:, t], hs[-1], W_x, W_h, b)) / 2)
    return np.stack(hs[1:], axis=1)


def loop_shifted(xs, h_init, W_x, W_h, b):
    hs = rnn_loop(xs, h_init, W_x, W_h, b)
    return np.concatenate([h_init[:, None], hs[:, :-1]], axis=1)


LOOP = Exercise(
    id="01.2",
    title="The loop over time",
    task="Run the step over a whole batch of sequences; return every state, (N, T, H).",
    minutes=8,
    kind="implement",
    hints=(
        "One variable holds the state. Each step reads it and overwrites it.",
        "Start with `h_t = h_init`; for each t: `h_t = rnn_step(xs[:, t], h_t, …)`, "
        "and store it in `hs[:, t]`.",
    ),
    solution=rnn_loop,
    explanation="The only thing that passes from one step to the next is `h_t`. That "
    "one line, h_t from h_t, is the memory.",
    returns=("hs",),
    probes=loop_probes,
    others=(rnn_loop_stacked, rnn_loop_recursive),
    mistakes=(
        Mistake(
            loop_without_memory,
            "Every step starts from `h_init`: the network has amnesia. Hand each step "
            "the state the step before returned.",
        ),
        Mistake(
            loop_reset_inside,
            "The state is set to zero inside the loop, so each step forgets all before "
            "it. Initialise once, before the loop.",
        ),
        Mistake(
            lambda xs, h_init, W_x, W_h, b: rnn_loop(
                xs, np.zeros_like(h_init), W_x, W_h, b
            ),
            "The loop is right, but starts from zeros. Start from `h_init`: whoever "
            "calls you may want to continue a sequence.",
        ),
        Mistake(
            lambda xs, h_init, W_x, W_h, b: rnn_loop(xs, h_init, W_x, W_h, b)[:, -1],
            "This is the last state only. Keep the state of every step: the shape "
            "wanted is (N, T, H).",
        ),
        Mistake(
            lambda xs, h_init, W_x, W_h, b: rnn_loop(
                xs, h_init, W_x, W_h, b
            ).swapaxes(0, 1),
            "Time comes first in your result, (T, N, H). In this series, and in Keras, "
            "the batch comes first: `np.stack(..., axis=1)`.",
        ),
        Mistake(
            lambda *args: rnn_loop(*args)[:, :1],
            "Only the first state came back: the `return` stands inside the loop. Move "
            "it one indent to the left.",
        ),
        Mistake(
            lambda xs, h_init, *rest: np.concatenate(
                [h_init[:, None], rnn_loop(xs, h_init, *rest)], axis=1
            ),
            "One state too many: `h_init` was there before the first step and is not "
            "an output. T inputs, T states.",
        ),
        Mistake(
            loop_leaky,
            "Half of the old state is kept beside the new one: a *leaky* state. Here "
            "the old one has its say inside tanh, through `W_h`; what `rnn_step` "
            "returns takes its place.",
        ),
        Mistake(
            loop_shifted,
            "Your states are one step late: `hs[:, 0]` is `h_init`. Store the state "
            "after the step, not before it.",
        ),
        Mistake(
            lambda xs, h_init, W_x, W_h, b: rnn_loop(
                xs[:, ::-1], h_init, W_x, W_h, b
            )[:, ::-1],
            "The loop runs from the last step to the first: each state has seen the "
            "future and not the past.",
        ),
        Mistake(
            lambda xs, h_init, W_x, W_h, b: rnn_loop(
                xs.swapaxes(0, 1), h_init, W_x, W_h, b
            ),
            "`xs[t]` is the example number t, and `for x in xs` goes through the "
            "examples. The step number t of all examples is `xs[:, t]`.",
        ),
        Mistake(
            lambda xs, h_init, W_x, W_h, b: rnn_loop(
                xs.swapaxes(0, 1), h_init, W_x, W_h, b
            ).swapaxes(0, 1),
            "`for x in xs` goes through the examples, not through time. The step "
            "number t of all examples is `xs[:, t]`.",
        ),
    ),
)

def held(w_x, w_h, b, xs, h=0.0):
    """Return the states of one unit, h_t = tanh(w_x x_t + w_h h_{t-1} + b)."""
    states = []
    for x in xs:
        h = np.tanh(w_x * x + w_h * h + b)
        states.append(h)
    return np.array(states)


def keeps_last_sign(w_x, w_h, b):
    """Say what a unit with these weights makes of signs that come now and then."""
    blanks = np.zeros(60)
    after = {s: held(w_x, w_h, b, [s, *blanks]) * s for s in (1.0, -1.0)}
    first = [after[s][0] for s in after]
    if max(first) < 0:
        return "opposite"
    if min(first) < 0.5:
        return "weak" if max(first) < 0.5 else "lopsided"
    if w_h == 0:
        return "no memory"
    if w_h < 0:
        return "alternates"
    kept = [after[s].min() >= 0.5 for s in after]
    if not any(kept):
        return "fades"
    if not all(kept):
        return "lopsided"
    for s in after:
        if (held(w_x, w_h, b, [s, *blanks, -s, *blanks]) * -s)[61:].min() < 0.5:
            return "stuck"
    return "kept"


def three_weights(value):
    """Describe an answer to `HAND` by what the unit does.

    Returns
    -------
    dict of str to str, or Ellipsis where a number is still missing
    """
    if callable(value) or value is ...:
        raise form.WrongForm("the weights must be three numbers, not a function")
    parts = list(value) if isinstance(value, list | tuple | np.ndarray) else [value]
    if any(z is ... for z in parts):
        return ...
    if len(parts) != 3:
        return {"the unit": "not three"}
    try:
        numbers = [float(np.asarray(z, float).item()) for z in parts]
    except (TypeError, ValueError):
        return {"the unit": "no numbers"}
    if not np.isfinite(numbers).all():
        return {"the unit": "no numbers"}
    return {"the unit": keeps_last_sign(*numbers)}


def keeps_a_sign():
    w_x, w_h, bias = 5, 3, 0
    return w_x, w_h, bias


HAND = Exercise(
    id="01.3",
    title="A memory set by hand",
    task="Choose w_x, w_h and b of one unit so that h is above 0.5 from a +1 until the "
    "next −1, and below −0.5 from a −1 until the next +1.",
    minutes=8,
    kind="extend",
    hints=(
        "Without an input `tanh(w_h * h + b)` is left: for which w_h does a large h "
        "stay large? And an input has to be strong enough to turn the sheet over.",
        "Between inputs h settles where h = tanh(w_h · h). For w_h = 3 that is at "
        "0.995 and −0.995. A −1 then has to beat 3 · 0.995: `w_x > w_h`.",
    ),
    solution=keeps_a_sign,
    explanation="With w_h = 3 the unit has two resting places, near 1 and −1, and "
    "stays at the one it was put to. w_x = 5 is strong enough to put it to the other. "
    "b = 0 treats both alike. This works over any number of steps: one bit can be "
    "latched.",
    returns=("one of the weights",),
    probes=lambda rng: [()],
    describe=three_weights,
    others=(lambda: [4, 2, 0], lambda: np.array([20.0, 10.0, 0.5])),
    mistakes=(
        Mistake(lambda: (5, 0, 0), "w_h is 0, so the unit reads only the input of this "
                "step: it has no memory. At the next step h is 0 again."),
        Mistake(lambda: (5, 0.9, 0), "It turns the right way and then fades: without "
                "an input h becomes tanh(0.9 · h), which is smaller each time. Which "
                "w_h makes up for what tanh takes?"),
        Mistake(lambda: (2, 3, 0), "It keeps its first sign for ever: when the other "
                "sign comes, w_x is too weak against w_h · h. Make w_x larger than "
                "w_h."),
        Mistake(lambda: (5, -3, 0), "A negative w_h turns the sign over at every step. "
                "What holds must be positive."),
        Mistake(lambda: (-5, 3, 0), "It stores the opposite sign: w_x is negative."),
        Mistake(lambda: (0.3, 3, 0), "When a sign comes, h is less than 0.5 in size at "
                "that step: w_x is too small."),
        Mistake(lambda: (5, 3, 4), "It holds one sign and loses the other: b pushes to "
                "one side. Both should be treated alike."),
        Mistake(lambda: (5, 3), "Three numbers are wanted: w_x, w_h and b, in this "
                "order."),
        Mistake(lambda: ("5", "3", "b"), "Three plain numbers are wanted; text, or "
                "something that is not finite, came."),
    ),
)

COUNT = Exercise(
    id="01.5",
    title="How many numbers are learned?",
    task="Count the parameters of an RNN with D = 1, H = 16 and O = 1 on sequences of "
    "length 25.",
    minutes=4,
    kind="predict",
    hints=(
        "Write down the shapes of all five arrays: W_x, W_h, b, W_y, b_y.",
        "`D·H + H·H + H` for the recurrent layer, `H·O + O` for the output.",
    ),
    solution=305,
    formula=lambda D=1, H=16, O=1: D * H + H * H + H + H * O + O,
    explanation="16 + 256 + 16 in the recurrent layer and 16 + 1 in the output. The "
    "length of the sequence does not occur: every step uses the same numbers.",
    mistakes=(
        Mistake(7625, "You multiplied by T = 25. The unrolled picture draws the "
                      "weights once a step, but they are the same weights: that is the "
                      "whole point."),
        Mistake(7217, "The recurrent layer is not copied for each of the 25 steps; its "
                "288 numbers are shared by all of them."),
        Mistake(288, "That is the recurrent layer alone, 16 + 256 + 16; or everything "
                     "without the biases, 16 + 256 + 16. The output layer has `W_y` "
                     "(16, 1) and `b_y` (1,), and both layers have a bias."),
        Mistake(304, "One is missing: the output has a bias, `b_y`."),
        Mistake(289, "16 are missing: the recurrent layer has a bias `b`, one number a "
                "unit."),
        Mistake(49, "W_h is missing, the largest of all: every unit listens to every "
                "unit, H·H = 256."),
        Mistake(272, "W_x and W_h are there, 16 + 256. Now `b`, `W_y` and `b_y`."),
        Mistake(400, "16 · 25 counts the states of one sequence. They are computed, "
                     "not learned; the parameters are the matrices and biases."),
        Mistake(321, "There is one bias `b` of 16 numbers, not one for W_x and one for "
                "W_h. (PyTorch keeps two; notebook 03 counts them.)"),
    ),
)

REACH = Exercise(
    id="01.4",
    title="How far does one input reach?",
    task="x_0 is changed a little. Which of the 40 hidden states change?",
    minutes=2,
    kind="predict",
    choices=("a", "b", "c", "d"),
    hints=(
        "Follow the arrows in the unrolled picture, starting at x_0.",
        "`h_t = tanh(x_t W_x + h_{t-1} W_h + b)`: h_1 contains h_0, h_2 contains h_1, "
        "…",
    ),
    solution="c",
    explanation="Each state contains the one before, so every later state has a trace "
    "of x_0. With weights like these each step shrinks the trace. In mathematics it is "
    "never exactly zero; a computer's numbers end somewhere, and after some hundred "
    "steps it can be.",
    mistakes=(
        Mistake("a", "h_0 is where x_0 enters, but h_1 is computed from h_0. Follow "
                     "the horizontal arrows."),
        Mistake("b", "There is no step at which an RNN drops an input. The trace fades "
                "gradually, until a computer's rounding swallows it."),
        Mistake("d", "h_39 is where you would read an answer, but it sees x_0 only "
                "through all the states between, and those change too."),
    ),
)

def radius_probes(rng):
    """Random square matrices: their eigenvalues are complex, some entries negative."""
    return [(rng.normal(size=(H, H)), radius) for H, radius in ((5, 0.9), (8, 1.5))]


def with_radius(W_h, radius):
    eigenvalues = np.linalg.eigvals(W_h)
    return W_h * radius / np.abs(eigenvalues).max()


RADIUS = Exercise(
    id="01.6",
    title="A matrix of a given spectral radius",
    task="Scale `W_h` so that its largest eigenvalue has the absolute value `radius`.",
    minutes=6,
    kind="extend",
    hints=(
        "If every entry is multiplied by s, every eigenvalue is too. So: find the "
        "radius it has, and scale by the ratio.",
        "`W_h · radius / max |λ|`, with λ from `np.linalg.eigvals`.",
    ),
    solution=with_radius,
    explanation="Eigenvalues scale with the matrix. They are complex in general, so "
                "the size that counts is `np.abs`, the length of the complex number.",
    returns=("the matrix",),
    probes=radius_probes,
    others=(
        lambda W_h, radius: radius * W_h / max(abs(np.linalg.eig(W_h)[0])),
        lambda W_h, radius: W_h / (np.abs(np.linalg.eigvals(W_h.T)).max() / radius),
        lambda W_h, radius: radius / abs(np.linalg.eigvals(W_h)).max() * W_h,
    ),
    mistakes=(
        Mistake(
            lambda W_h, radius: W_h * radius,
            "This multiplies the radius the matrix has, and that was not 1. Divide by "
            "the radius it has first.",
        ),
        Mistake(
            lambda W_h, radius: W_h * radius / np.linalg.eigvals(W_h).real.max(),
            "The eigenvalue with the largest real part is not the largest one: they "
            "are complex. Take `np.abs` of all of them.",
        ),
        Mistake(
            lambda W_h, radius: W_h * radius / np.abs(np.linalg.eigvals(W_h).max()),
            "`max` of complex numbers compares their real parts first. Take `np.abs` "
            "of each, then the largest.",
        ),
        Mistake(
            lambda W_h, radius: W_h * radius / np.linalg.norm(W_h, 2),
            "This is the largest singular value: how much one step can stretch at "
            "most. The spectral radius is what many steps do on average.",
        ),
        Mistake(
            lambda W_h, radius: W_h * radius / np.linalg.norm(W_h),
            "`np.linalg.norm` of a matrix is the root of the sum of squares of its "
            "entries. The spectral radius needs `np.linalg.eigvals`.",
        ),
        Mistake(
            lambda W_h, radius: W_h * radius / np.abs(W_h).max(),
            "The largest entry of a matrix is not its largest eigenvalue.",
        ),
        Mistake(
            lambda W_h, radius: W_h / np.abs(np.linalg.eigvals(W_h)).max(),
            "Now the radius is 1 for everyone. Multiply by the `radius` that was asked "
            "for.",
        ),
    ),
)

def repeated_state(xs, h_init, W_x, W_h, b):
    h_t = h_init.copy()
    hs = []
    for t in range(xs.shape[1]):
        h_t[:] = np.tanh(xs[:, t] @ W_x + h_t @ W_h + b)
        hs.append(h_t)
    return np.stack(hs, axis=1)


def repeated_first_state(xs, h_init, W_x, W_h, b):
    h_t = h_init.copy()
    hs = []
    for t in range(xs.shape[1]):
        h_t[:] = np.tanh(xs[:, t] @ W_x + h_init @ W_h + b)
        hs.append(h_t)
    return np.stack(hs, axis=1)


def repaired_by_new_name(xs, h_init, W_x, W_h, b):
    h_t = h_init
    hs = []
    for t in range(xs.shape[1]):
        h_t = np.tanh(xs[:, t] @ W_x + h_t @ W_h + b)  # a new array
        hs.append(h_t)
    return np.stack(hs, axis=1)


def repaired_by_copy(xs, h_init, W_x, W_h, b):
    h_t = h_init.copy()
    hs = []
    for t in range(xs.shape[1]):
        h_t[:] = np.tanh(xs[:, t] @ W_x + h_t @ W_h + b)
        hs.append(h_t.copy())
    return np.stack(hs, axis=1)


FAULT = Exercise(
    id="01.7",
    title="Find the fault: every state is the same",
    task="The function runs without error, but all T states it returns are equal. "
    "Repair it.",
    minutes=8,
    kind="break",
    hints=(
        "How many arrays does the list hold at the end: T, or one array T times?",
        "`h_t[:] = …` writes into the array that is already in the list. `h_t = …` "
        "makes a new one.",
    ),
    solution=repaired_by_new_name,
    explanation="The list held one array T times, and the last step overwrote what it "
    "showed. A new array for each step (`h_t = …`), or a copy in the list, ends that.",
    returns=("hs",),
    probes=loop_probes,
    others=(repaired_by_copy, rnn_loop),
    mistakes=(
        Mistake(
            repeated_state,
            "All states are still equal: the list holds the same array T times, and "
            "each step writes into it. Which line changes it in place?",
        ),
        Mistake(
            repeated_first_state,
            "All states are still equal, and now each step starts from `h_init` as "
            "well. Keep `h_t` on the right-hand side; change where the result is "
            "stored.",
        ),
        Mistake(
            loop_without_memory,
            "Now the states differ, but each starts from `h_init`: the memory is gone. "
            "The right-hand side has to use `h_t`.",
        ),
        Mistake(
            loop_shifted,
            "The states differ now, but they are one step late. Append after the "
            "update, not before.",
        ),
        Mistake(
            lambda xs, h_init, W_x, W_h, b: rnn_loop(
                xs, h_init, W_x, W_h, b
            ).swapaxes(0, 1),
            "The fault is mended, but time comes first now. Keep `axis=1` in "
            "`np.stack`: the shape wanted is (N, T, H).",
        ),
    ),
)

FIRST = 8.0, 4.0, -2.0  # unit 1: weights of the input and of its own state, and bias


def chain(second):
    """Return W_x, W_h and b of three units, of which 2 and 3 have these weights.

    Parameters
    ----------
    second : sequence of four floats
        Of the input, of the unit before, of its own state, and the bias.

    Returns
    -------
    W_x, W_h, b : ndarray, (1, 3), (3, 3), (3,)
    """
    w_x, before, own, bias = second
    W_x = np.array([[FIRST[0], w_x, w_x]])
    W_h = np.diag([FIRST[1], own, own])
    W_h[0, 1] = W_h[1, 2] = before
    return W_x, W_h, np.array([FIRST[2], bias, bias])


def counts(second):
    """Say how a chain with these weights counts, over fifty streams of 0 and 1."""
    W_x, W_h, b = chain(second)
    rng = np.random.default_rng(0)
    xs = (rng.random((50, 40, 1)) < 0.12) * 1.0
    xs[:2, :3] = [[[1], [1], [1]], [[0], [1], [1]]]  # one after the other, too
    on = rnn_loop(xs, np.zeros((50, 3)), W_x, W_h, b)[:, :, 1] > 0
    so_far = np.cumsum(xs[:, :, 0], axis=1)
    wrong = np.argwhere(on != (so_far >= 2))
    if len(wrong):
        n, t = wrong[np.argmin(wrong[:, 1])]
        if on[n, t]:
            return "at the first" if xs[n, t, 0] else "without a 1"
        return "lost" if on[n, :t].any() else "never"
    third = rnn_loop(xs, np.zeros((50, 3)), W_x, W_h, b)[:, :, 2] > 0
    return "counts" if np.array_equal(third, so_far >= 3) else "not the third"


def counting(value):
    """Say what a chain with these four numbers does.

    Returns
    -------
    dict of str to str, or Ellipsis where a number is still missing
    """
    if callable(value) or value is ...:
        raise form.WrongForm("the weights must be four numbers, not a function")
    parts = list(value) if isinstance(value, list | tuple | np.ndarray) else [value]
    if any(z is ... for z in parts):
        return ...
    try:
        numbers = np.array(parts, float)
    except (TypeError, ValueError):
        return {"the counter": "no numbers"}
    if numbers.shape != (4,) or not np.isfinite(numbers).all():
        return {"the counter": "not four"}
    return {"the counter": counts(numbers)}


def second_unit():
    w_in, w_before, w_own, bias = 6, 12, 6, -9  # input, unit 1, own state
    return w_in, w_before, w_own, bias


COUNTER = Exercise(
    id="01.8",
    title="Set the weights yourself: count to 3",
    task="Give four numbers: the weights of unit 2 for the input, for unit 1 and for "
    "its own state, and its bias, so that it turns positive at the second 1 and stays.",
    minutes=8,
    kind="extend",
    hints=(
        "Write down the sum of unit 2 for each case, with states of +1 and −1. It must "
        "be positive for: a 1 comes and unit 1 is on; or unit 2 is on already. It must "
        "be negative for: a 1 and unit 1 off; no 1 and only unit 1 on.",
        "With weights w, u, s and bias b: `w + u − s + b > 0` and `u + s + b > 0`; "
        "`w − u − s + b < 0`, `u − s + b < 0`, and at the very first step, where all "
        "states are 0, `w + b < 0`. Keep every sum 2 or more away from 0.",
    ),
    solution=second_unit,
    explanation="The sums are 6 + 12 − 6 − 9 = 3 where it should switch on, 9 where it "
    "should stay on, and −21, −3 and −3 where it should stay off. A sum two or more "
    "away from 0 is all that tanh needs to say plus or minus one. Unit 3 has the same "
    "weights, with unit 2 in the place of unit 1.",
    returns=("one of the four numbers",),
    probes=lambda rng: [()],
    describe=counting,
    others=(lambda: (4, 8, 4, -6), lambda: [8, 16, 8, -12]),
    mistakes=(
        Mistake(lambda: (12, 0, 6, -3), "Unit 2 turns positive at the first 1 already. "
                "It has to listen to unit 1: give that weight a large positive value, "
                "and a bias so low that a 1 alone is not enough."),
        Mistake(lambda: (6, 18, 6, -9), "Unit 2 turns positive although no 1 came: "
                "unit 1 alone is enough to switch it on. Lower the bias, or the weight "
                "of unit 1."),
        Mistake(lambda: (6, 4, 0, -8), "Unit 2 counts the second 1, and loses it "
                "again. Its own state has to hold it: a larger weight on its own "
                "state."),
        Mistake(lambda: (6, 4, 6, -9), "Unit 2 never answers the second 1: the sum "
                "stays negative. Raise the weights of input and unit 1, or the bias."),
        Mistake(lambda: (6, 12, 6), "Four numbers are wanted: the weights of the "
                "input, of unit 1 and of its own state, and the bias."),
        Mistake(lambda: ("w", "u", "s", "b"), "Four plain numbers are wanted; text or "
                "something else came."),
    ),
)


EXERCISES = [STEP, LOOP, HAND, REACH, COUNT, RADIUS, FAULT, COUNTER]

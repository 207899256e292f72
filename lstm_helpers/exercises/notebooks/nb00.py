"""Exercises of notebook 00: a first one to try, and a diagnosis of what is needed."""

import numpy as np

from lstm_helpers.exercises.engine.exercise import Exercise, Mistake

THREE = Exercise(
    id="00.1",
    title="Toast, three pages later",
    task="A note keeps half of its strength at every page that is turned. What share "
    "is left after three pages?",
    minutes=1,
    kind="predict",
    hints=(
        "Turn one page at a time: ½, then half of that, then half of that.",
        "`0.5 · 0.5 · 0.5`",
    ),
    solution=0.125,
    formula=lambda f=0.5, pages=3: f**pages,
    explanation="½ · ½ · ½ = ⅛. Shares multiply. Every page takes half of what is "
    "left, so the note grows faint and is never quite gone.",
    rtol=0.002,
    mistakes=(
        Mistake(0.5, "That is after one page. Two more are turned."),
        Mistake(0.25, "That is after two pages. One more is turned."),
        Mistake(0.0625, "That is after four pages. On the page where it is written "
                        "down the note is still whole."),
        Mistake(0.0, "Half of something is never nothing: each page takes half of what "
                     "is *left*, not half of the whole."),
        Mistake(0.875, "That is the share that is lost. The question is what is left."),
        Mistake(1.5, "3 · 0.5 adds the shares up, and there would be more than at "
                     "first. They multiply."),
        Mistake(1 / 6, "½ divided by three shares one loss among three pages. But "
                       "every page takes half anew: multiply."),
        Mistake(12.5, "Right in per cent. Here a share is a number from 0 to 1."),
    ),
)

HALF = Exercise(
    id="00.2",
    title="When is half of it gone?",
    task="A note keeps 0.9 of its strength at each page. What is the smallest number "
    "of pages after which less than half is left?",
    minutes=3,
    kind="predict",
    hints=(
        "Multiply 0.9 by itself until the product falls below ½, and count.",
        "The smallest whole n with `0.9ⁿ < 0.5`.",
    ),
    solution=7,
    explanation="0.9⁶ = 0.531 and 0.9⁷ = 0.478. The time for half, ln ½ / ln 0.9 = 6.6 "
    "pages, is called the half-life. To remember 100 steps, f has to be very near 1.",
    rtol=0,
    atol=1e-6,
    mistakes=(
        Mistake(5, "You took a tenth of the *whole* five times. Each page takes a "
                   "tenth of what is left, and that gets less: 0.9⁵ = 0.59."),
        Mistake(6, "Nearly: 0.9⁶ = 0.531 is still above half."),
        Mistake(8, "0.9⁷ is 0.478, below half already. Did you count the page on which "
                   "the note was written?"),
        Mistake(10, "After ten pages a third is left, 0.9¹⁰ = 0.35. Half is reached "
                    "before."),
        Mistake(1, "One page takes a tenth and leaves 0.9. That would be right for a "
                   "share a little below ½."),
        Mistake(np.log(0.5) / np.log(0.9), "This is the half-life itself, 6.6. Pages "
                                           "are whole: after how many are you below "
                                           "½?"),
        Mistake(6.6, "Rightly computed: half is left after 6.6 pages. But pages are "
                     "turned whole, so which is the first with less than half?"),
        Mistake(6.58, "ln ½ / ln 0.9 says exactly when. The first *whole* page after "
                      "that is asked."),
        Mistake(0.9**7, "That is the share left then. The number of pages is asked."),
        Mistake(22, "After 22 pages less than a tenth is left, 0.9²² = 0.098. Asked is "
                    "less than half."),
        Mistake(2, "Two pages leave 0.81. Go on."),
    ),
)


def notepad_probes(rng):
    """Sequences of both signs and with zeros; shares inside 0…1, and 1."""
    xs = rng.normal(size=9)
    xs[[2, 3, 7]] = 0
    return [(xs, 0.8), (rng.normal(size=5), 0.35), (9 * rng.normal(size=6), 1.0)]


def notepad(xs, f):
    c_t = 0.0
    cs = []
    for x_t in xs:
        c_t = f * c_t + x_t
        cs.append(c_t)
    return np.array(cs)


def notepad_by_products(xs, f):
    T = len(xs)
    age = np.subtract.outer(np.arange(T), np.arange(T))  # how long ago x_k came
    return np.where(age >= 0, float(f) ** np.abs(age), 0) @ xs


def notepad_in_place(xs, f):
    cs = np.array(xs, dtype=float)
    for t in range(1, len(cs)):
        cs[t] += f * cs[t - 1]
    return cs


def broken_notepad(*faults):
    """Return a notepad with these faults."""
    def wrong(xs, f):
        keep = 1 - f if "1 - f" in faults else f
        c_t, cs = 0.0, []
        for x_t in xs:
            if "reset" in faults:
                c_t = 0.0
            if "late" in faults:
                cs.append(c_t)
            if "both" in faults:
                c_t = keep * (c_t + x_t)
            elif "on the input" in faults:
                c_t = c_t + keep * x_t
            elif "mean" in faults:
                c_t = keep * c_t + (1 - keep) * x_t
            elif "minus" in faults:
                c_t = keep * c_t - x_t
            else:
                c_t = keep * c_t + x_t
            if "late" not in faults:
                cs.append(c_t)
        return np.array(cs)

    return wrong


NOTEPAD = Exercise(
    id="00.3",
    title="The notepad as a loop",
    task="Start from c = 0. At every step keep the share f of c and add the new x. "
    "Return c after every step.",
    minutes=5,
    kind="implement",
    hints=(
        "One variable holds c, one list what c was after each step.",
        "For each x: `c = f · c + x`, then append c to the list.",
    ),
    solution=notepad,
    explanation="c is made from c: that one line is a memory. In an LSTM f and what is "
    "added are not fixed; the network computes both anew at every step.",
    probes=notepad_probes,
    others=(notepad_by_products, notepad_in_place),
    broken=broken_notepad,
    mistakes=(
        Mistake(
            broken_notepad("both"),
            "The new x is weakened on arrival: f stands before the bracket. Only what "
            "was there before fades, `f * c + x`.",
            fault="both",
        ),
        Mistake(
            broken_notepad("on the input"),
            "f is used once on each input, on arrival or at the end, and the memory "
            "never fades. At every step f acts on the old c: `f * c + x`.",
            fault="on the input",
        ),
        Mistake(
            broken_notepad("mean"),
            "This is a running mean, f·c + (1 − f)·x. Here the input is added whole. "
            "An LSTM has a second gate, i, for that share; a GRU ties the two as you "
            "did.",
            fault="mean",
        ),
        Mistake(
            broken_notepad("1 - f"),
            "You kept 1 − f. In spite of the name, the forget gate f is the share that "
            "is *kept*.",
            fault="1 - f",
        ),
        Mistake(
            broken_notepad("reset"),
            "c is set to zero inside the loop, so every step forgets all before it. "
            "Put `c = 0` before the loop.",
            fault="reset",
        ),
        Mistake(
            broken_notepad("late"),
            "c is stored before the step changes it: your results are one step late.",
            fault="late",
        ),
        Mistake(
            broken_notepad("minus"),
            "The input is subtracted. It is written into the memory: `f * c + x`.",
            fault="minus",
        ),
        Mistake(
            lambda xs, f: np.cumsum(xs),
            "This keeps everything; f is not used. It is right for f = 1 only.",
        ),
        Mistake(
            lambda xs, f: notepad(xs, f)[-1],
            "This is c after the last step only. Keep it after every step, in a list.",
        ),
        Mistake(
            lambda xs, f: notepad(xs, f)[:1],
            "Only the first value came back: the `return` stands inside the loop. Move "
            "it one indent to the left.",
        ),
        Mistake(
            lambda xs, f: notepad(np.concatenate([xs[:1], xs]), f)[1:],
            "The first x is counted twice: c starts from it, and the loop adds it "
            "again. Start from c = 0.",
        ),
        Mistake(
            lambda xs, f: notepad(xs, f)[1:],
            "The value after the first step is missing. Start from c = 0 and let the "
            "loop take every x.",
        ),
        Mistake(
            lambda xs, f: np.concatenate([[0.0], notepad(xs, f)]),
            "One value too many: the 0 at the start was there before the first input. "
            "T inputs, T results.",
        ),
    ),
)

GATE = Exercise(
    id="00.4",
    title="The gates of 1997",
    task="Today's LSTM has three gates. Which did the LSTM of 1997 have?",
    minutes=1,
    kind="predict",
    choices=("a", "b", "c", "d"),
    hints=(
        "The first LSTM was built so that nothing stored is lost. Which gate works "
        "against that?",
        "In 1997 the cell was `c_t = c_{t-1} + i_t · g_t`. What is missing?",
    ),
    solution="b",
    explanation="In 1997 the cell could only add: what it held, it held for good. The "
    "gate that lets go came in 2000.",
    mistakes=(
        Mistake("a", "Most tutorials draw it so. But the paper of 1997 has two gates, "
                     "and its cell keeps all it holds."),
        Mistake("c", "It feels natural to begin with forgetting. The problem of 1997 "
                     "was the opposite: networks forgot too soon."),
        Mistake("d", "Then anything would be written and shown at any time. Protecting "
                     "the cell with gates was the idea of 1997."),
    ),
)

AXES = Exercise(
    id="00.5",
    title="The axes of a batch",
    task="64 patients, each measured every hour for 48 hours, five values each time. "
    "Which shape does the array have in this series?",
    minutes=2,
    kind="predict",
    hints=(
        "Ask in this order: which example? which step? which value?",
        "`(N, T, D)`: batch, time, features.",
    ),
    solution=(64, 48, 5),
    explanation="Batch first, then time, then features: `xs[3]` is patient 3, "
    "`xs[:, 10]` is hour 10 of all patients, `xs[..., 0]` the first value everywhere.",
    returns=("N", "T", "D"),
    rtol=0,
    atol=1e-6,
    mistakes=(
        Mistake((48, 64, 5), "Time stands first. That is a habit of older code and of "
                             "PyTorch's default; here, and in Keras, the batch comes "
                             "first."),
        Mistake((64, 5, 48), "Features before time. In this series time is the middle "
                             "axis, so that a step is `xs[:, t]`."),
        Mistake((5, 48, 64), "This is the right order read backwards: the example "
                             "comes first, the single value last."),
        Mistake((48, 5, 64), "The batch stands last. It comes first here: (N, T, D)."),
        Mistake((5, 64, 48), "The features stand first. They come last: (N, T, D)."),
        Mistake((64, 240), "The hours and values are in one axis, 48 · 5. A network "
                           "that reads step by step has to know where a step ends."),
        Mistake((64, 48), "The five values of an hour need an axis too. Even a single "
                          "value gets one, of length 1."),
        Mistake((3072, 5), "All hours of all patients are in one axis. Then nobody "
                           "knows where one patient ends."),
    ),
)


def centred_probes(rng):
    """Features of unlike size; N = T = D, where a wrong axis raises nothing; one."""
    def draw(N, T, D):
        spread, level = np.linspace(1, 9, D), np.linspace(80, 37, D)
        person = rng.normal(size=(N, 1, D))
        hour = rng.normal(size=(1, T, D))
        noise = rng.normal(size=(N, T, D))
        return (level + spread * (person + hour + noise),)

    return [draw(4, 6, 3), draw(4, 4, 4), draw(2, 5, 1)]


def centred(xs):
    return xs - xs.mean(axis=(0, 1))


def centred_by_rows(xs):
    D = xs.shape[-1]
    rows = xs.reshape(-1, D)
    return (rows - rows.mean(axis=0)).reshape(xs.shape)


def centred_by_features(xs):
    out = xs.copy()
    for k in range(xs.shape[2]):
        out[:, :, k] -= xs[:, :, k].mean()
    return out


CENTRED = Exercise(
    id="00.6",
    title="One mean for everything",
    task="Each of the D values should have mean zero over all patients and hours. This "
    "function takes one mean of all numbers. Repair it.",
    minutes=4,
    kind="break",
    hints=(
        "There should be D means, one for each feature. Over which axes is each taken?",
        "The mean over `axis=(0, 1)` has shape (D,), and is taken from every row.",
    ),
    solution=centred,
    explanation="A mean over axes 0 and 1 leaves (D,), one mean a feature. In the "
    "broken version pulse and temperature shared one mean: after it every pulse was "
    "high and every temperature low.",
    returns=("xs",),
    probes=centred_probes,
    others=(centred_by_rows, centred_by_features),
    mistakes=(
        Mistake(
            lambda xs: xs - xs.mean(),
            "Still one mean for everything, pulse and temperature mixed. Say over "
            "which axes: the feature axis must remain.",
        ),
        Mistake(
            lambda xs: xs - xs.mean(axis=0),
            "Every hour has a mean of its own now. That takes away what all patients "
            "share, a rise in the night say. Average over time too.",
        ),
        Mistake(
            lambda xs: xs - xs.mean(axis=1, keepdims=True),
            "Every patient has a mean of their own now, so a high pulse looks like a "
            "low one. Average over the patients too.",
        ),
        Mistake(
            lambda xs: xs - xs.mean(axis=2, keepdims=True),
            "This averages pulse with temperature, at every hour. `axis` names the "
            "axes that *go away*; the features have to stay.",
        ),
        Mistake(
            lambda xs: xs - xs.mean(axis=1),
            "The mean over axis 1 has shape (N, D); aligned from the right, its N is "
            "taken for T. It raises an error unless N equals T, and then it is wrong "
            "in silence.",
        ),
        Mistake(
            lambda xs: xs - xs.mean(axis=(1, 2), keepdims=True),
            "One mean a patient, over hours and features together. The features must "
            "not be mixed: average over axes 0 and 1.",
        ),
        Mistake(
            lambda xs: (xs - xs.mean(axis=(0, 1))) / xs.std(axis=(0, 1)),
            "The means are right, and you divided by the spread as well. That is often "
            "wise, but only the mean was asked for.",
        ),
        Mistake(
            lambda xs: xs - np.median(xs, axis=(0, 1)),
            "That is the median, over the right axes. The mean was asked for.",
        ),
        Mistake(
            lambda xs: xs.mean(axis=(0, 1)),
            "These are the D means themselves. Take them from `xs`.",
        ),
        Mistake(
            lambda xs: xs + xs.mean(axis=(0, 1)),
            "The means are added; take them away.",
        ),
    ),
)

SHAPE = Exercise(
    id="00.7",
    title="The shape of W",
    task="h holds 4 numbers, x holds 3, and `W @ [h, x]` holds 4 again. Which shape "
    "has W?",
    minutes=2,
    kind="predict",
    hints=(
        "[h, x] joins the two end to end. How many numbers is that?",
        "A row for each number of the result, a column for each number that comes "
        "in: `(4, 4 + 3)`.",
    ),
    solution=(4, 7),
    formula=lambda h=4, x=3: (h, h + x),
    explanation="One row for each number of the result, one column for each number "
    "that comes in: 4 + 3.",
    returns=("rows", "columns"),
    rtol=0,
    atol=1e-6,
    mistakes=(
        Mistake((4, 3), "That takes x alone. [h, x] has 4 + 3 numbers, and W needs a "
                        "column for each."),
        Mistake((7, 4), "Rows and columns have changed places. W stands on the left, "
                        "so its columns meet [h, x]. (For row vectors, "
                        "`[h, x] @ W`, it would be right.)"),
        Mistake((4, 4), "That takes h alone. x has to come in too."),
        Mistake((7, 7), "The result would hold 7 numbers. Asked is a new h, of 4."),
        Mistake((4, 12), "[h, x] puts the numbers side by side, it does not multiply "
                         "them: 4 + 3, not 4 · 3."),
        Mistake((3, 7), "The result has the size of h, not of x: 4 rows."),
        Mistake((4, 1), "`@` is not entry by entry. Every number of the result looks "
                        "at all seven that come in."),
        Mistake((3, 4), "This turns 4 numbers into 3. W has to take h and x together "
                        "and return 4."),
    ),
)


def joined_probes(rng):
    """Sizes that differ; then equal ones, where [x, h] and a transpose fit too."""
    def draw(H, D, rows=None):
        return (rng.normal(size=(rows or H, H + D)), rng.normal(size=H),
                rng.normal(size=D))

    return [draw(4, 3), draw(2, 2), draw(2, 2, rows=4)]


def joined(W, h, x):
    return W @ np.concatenate([h, x])


def joined_split(W, h, x):
    n = len(h)
    return W[:, :n] @ h + W[:, n:] @ x


def joined_by_loops(W, h, x):
    values = [*h, *x]
    return [sum(w * v for w, v in zip(row, values, strict=True)) for row in W]


JOINED = Exercise(
    id="00.8",
    title="The product that every gate begins with",
    task="Return what the formula `W @ [h, x]` means, for vectors `h` (H,), `x` (D,) "
    "and a matrix with H + D columns.",
    minutes=3,
    kind="implement",
    hints=(
        "First one long vector, then one product of matrix and vector.",
        "`np.concatenate([h, x])` is (H + D,); a matrix times a vector is `@`.",
    ),
    solution=joined,
    explanation="Each row of W weighs all H + D numbers and adds them up. All four "
    "parts of an LSTM begin with this product.",
    returns=("result",),
    probes=joined_probes,
    others=(joined_split, joined_by_loops),
    mistakes=(
        Mistake(
            lambda W, h, x: W * np.concatenate([h, x]),
            "`*` multiplies entry by entry and adds nothing up: the result is as large "
            "as W. The product of matrices is `@`.",
        ),
        Mistake(
            lambda W, h, x: W @ np.concatenate([x, h]),
            "You joined [x, h]; asked is [h, x]. Shapes cannot tell the two apart, "
            "only numbers can.",
        ),
        Mistake(
            lambda W, h, x: np.concatenate([h, x]) @ W,
            "The vector met the rows of W, as in `[h, x] @ W` or with `W.T`. W has a "
            "column for each number that comes in, so it stands on the left as it is.",
        ),
        Mistake(
            lambda W, h, x: W[:, :len(h)] @ h,
            "Only h is used. The columns after the first H belong to x.",
        ),
        Mistake(
            lambda W, h, x: W[:, len(h):] @ x,
            "Only x is used. The first H columns belong to h.",
        ),
        Mistake(
            lambda W, h, x: (W @ np.concatenate([h, x])).sum(),
            "The sum over all rows came back. Keep one number for each row.",
        ),
        Mistake(
            lambda W, h, x: np.concatenate([W[:, :len(h)] @ h, W[:, len(h):] @ x]),
            "The two products stand side by side. They are added: each number of the "
            "result hears both h and x.",
        ),
    ),
)

SIGMA = Exercise(
    id="00.9",
    title="What can σ return?",
    task="σ(a) = 1 / (1 + e^−a) makes the number of a gate. Which values can it have?",
    minutes=1,
    kind="predict",
    choices=("a", "b", "c", "d"),
    hints=(
        "Try a = 0, a = 10 and a = −10 by hand. Is e^−a ever 0, ever negative?",
        "`0 < e^-a`, so `1 < 1 + e^-a`: what of its reciprocal?",
    ),
    solution="c",
    explanation="e^−a is positive and finite, so σ stays strictly between 0 and 1. "
    "However far it is pushed, a gate is never quite open and never quite shut.",
    mistakes=(
        Mistake("a", "A switch would do that. A gate is soft, every value between is "
                     "possible; that is what lets it learn by small changes."),
        Mistake("b", "The ends are never reached: for that e^−a would have to be 0 or "
                     "infinite. (A computer's rounding does reach 1, from about a = "
                     "37.)"),
        Mistake("d", "That is tanh, which makes the values an LSTM writes. σ makes "
                     "shares, and a share is not negative."),
    ),
)

SLOPE = Exercise(
    id="00.10",
    title="A slope through two functions",
    task="y = tanh(2w). What is the slope dy/dw at w = 0? The slope of tanh at 0 is 1.",
    minutes=2,
    kind="predict",
    hints=(
        "If w grows by a little, by how much does 2w grow? And then tanh of it?",
        "Chain rule: `dy/dw = tanh′(2w) · 2`.",
    ),
    solution=2.0,
    explanation="Slopes along a chain multiply: 1 from tanh, 2 from 2w. Training an "
    "LSTM is this rule, applied a few thousand times by a loop.",
    mistakes=(
        Mistake(1.0, "That is the slope of tanh alone. w passes through 2w first, and "
                     "that doubles every change."),
        Mistake(0.0, "That is the value, tanh(0) = 0. The slope says how fast it "
                     "changes there."),
        Mistake(0.5, "The 2 multiplies: a step in w is a step twice as large in 2w."),
        Mistake(4.0, "One factor of 2, not two: 2w is the only place where w is "
                     "scaled."),
        Mistake(3.0, "The slopes 1 and 2 were added. Along a chain they multiply."),
        Mistake(1 - np.tanh(2) ** 2, "tanh′ is taken at 2, but w = 0, so it is taken "
                                     "at 2 · 0; and the factor 2 is missing."),
        Mistake(2 * (1 - np.tanh(2) ** 2), "The 2 is there, but tanh′ is taken at 2. "
                                           "At w = 0 it is taken at 0."),
    ),
)

EXERCISES = (THREE, HALF, NOTEPAD, GATE, AXES, CENTRED, SHAPE, JOINED, SIGMA, SLOPE)

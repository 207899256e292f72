"""Exercises of notebook 04: watching the gates."""

import math

import numpy as np

from lstm_helpers import cells
from lstm_helpers.exercises.engine.exercise import Exercise, Mistake

MEANS = Exercise(
    id="04.2",
    title="How open are untrained gates?",
    task="Weights are random with mean zero, the forget bias is 1, the other biases "
    "are 0. About how large is the mean of f, of i and of o?",
    minutes=3,
    kind="predict",
    hints=(
        "Averaged over many random weights, the sums in front of σ are centred on the "
        "bias.",
        "About σ(1), σ(0) and σ(0), with `σ(a) = 1 / (1 + e^-a)`.",
    ),
    solution=(0.731, 0.5, 0.5),
    formula=lambda b_f=1.0, b_i=0.0, b_o=0.0: (
        1 / (1 + np.exp(-b_f)), 1 / (1 + np.exp(-b_i)), 1 / (1 + np.exp(-b_o))),
    explanation="σ(1) = 0.731 and σ(0) = ½. These three numbers say what the biases "
    "are. Another seed gives about the same.",
    returns=("f", "i", "o"),
    atol=0.04,
    rtol=0,
    mistakes=(
        Mistake((1, 0.5, 0.5), "A bias of 1 is not a gate of 1. The bias stands inside "
                               "σ, and σ(1) = 0.73."),
        Mistake((1, 0, 0), "Those are the biases. A gate is σ of its bias and more: "
                           "σ(0) is not 0."),
        Mistake((0.5, 0.5, 0.5), "That is σ(0) three times. The forget gate has a bias "
                                 "of 1."),
        Mistake((0.73, 0, 0), "σ(0) = ½: with nothing to say, a gate is half open, not "
                              "closed. tanh(0) is 0, but that is the candidate."),
        Mistake((0.73, 0.73, 0.73), "Only the forget gate has a bias of 1; i and o "
                                    "have 0."),
        Mistake((0.27, 0.5, 0.5), "That is σ(-1), how much is forgotten. f is how much "
                                  "is *kept*, σ(1)."),
        Mistake((0.88, 0.5, 0.5), "That is σ(2). There is one forget bias, and it is "
                                  "1."),
    ),
)

BOUND = Exercise(
    id="04.3",
    title="How large can c become?",
    task="The cell state starts at zero. Which is the smallest number that |c| cannot "
    "exceed after 50 steps, whatever the weights and the inputs?",
    minutes=3,
    kind="predict",
    hints=(
        "How much can one step add to |c| at most? And how much can f add?",
        "`|c_t| ≤ f_t |c_{t-1}| + i_t |g_t|`, with f and i below 1 and |g| below 1.",
    ),
    solution=50,
    explanation="Each step keeps at most all of c and adds at most 1. So after t steps "
    "|c| ≤ t. An accumulator needs this room: with a bound of 1 it could not count.",
    atol=0.5,
    rtol=0,
    mistakes=(
        Mistake(1, "That is the bound of h, which passes through tanh. c is not "
                   "squashed: it is a sum."),
        Mistake(2, "Perhaps what the colours of c reach: that is *this* cell. Asked is "
                   "what no cell can exceed."),
        Mistake(49, "The first step adds as well: from c = 0 it can reach 1, and 49 "
                    "more follow."),
        Mistake(math.inf, "It cannot run away: one step adds i·g, less than 1, and f "
                          "never enlarges what is there. Count the steps."),
        Mistake(25, "You took i = ½. That is an untrained gate with zero input; it can "
                    "come close to 1."),
        Mistake(3.7, "1 / (1 - 0.73) is where c ends up if f stays at σ(1). f can come "
                     "close to 1, and then nothing is lost."),
        Mistake(100, "True, |c| cannot exceed 100, but a smaller number does: a gate "
                     "is at most 1 and the candidate at most 1, so a step adds at most "
                     "1."),
        Mistake(51, "One too many: after the first step |c| is at most 1, after 50 "
                    "steps at most 50."),
        Mistake(2**50, "You doubled each time. f multiplies by at most 1; what comes "
                       "in is added."),
    ),
)


def correlation_probes(rng):
    """States and inputs, off centre and of unequal spread; then all sizes equal."""
    def draw(T, H, D):
        xs = rng.normal(1, 2, size=(T, D))
        hs = xs @ rng.normal(size=(D, H)) + rng.normal(2, 1, size=(T, H))
        return hs, xs

    return [draw(30, 5, 3), draw(12, 4, 4), draw(6, 6, 6)]


def correlations(hs, xs):
    hs = hs - hs.mean(axis=0)
    xs = xs - xs.mean(axis=0)
    lengths = np.outer(np.linalg.norm(hs, axis=0), np.linalg.norm(xs, axis=0))
    return hs.T @ xs / lengths  # (H, D)


def correlations_by_corrcoef(hs, xs):
    H = hs.shape[1]
    return np.corrcoef(hs, xs, rowvar=False)[:H, H:]


def correlations_one_by_one(hs, xs):
    return [[np.corrcoef(h, x)[0, 1] for x in xs.T] for h in hs.T]


def covariances(hs, xs):
    return (hs - hs.mean(axis=0)).T @ (xs - xs.mean(axis=0)) / len(hs)


CORRELATIONS = Exercise(
    id="04.4",
    title="Correlate every unit with every input",
    task="From `hs` (T, H) and `xs` (T, D) compute the correlation over time of every "
    "unit with every input, (H, D).",
    minutes=8,
    kind="implement",
    hints=(
        "Take the mean over time off every column. Then the product of two columns, "
        "over both their lengths, is a cosine between -1 and 1.",
        "r = Σ_t h x / √(Σ_t h² · Σ_t x²) with centred h and x; or one block of "
        "`np.corrcoef(hs.T, xs.T)`.",
    ),
    solution=correlations,
    explanation="Correlation is the cosine between two centred columns. It asks "
    "whether two curves rise and fall together, not whether one understands the "
    "other.",
    returns=("the table",),
    probes=correlation_probes,
    others=(correlations_by_corrcoef, correlations_one_by_one),
    mistakes=(
        Mistake(
            lambda hs, xs: hs.T @ xs / np.outer(np.linalg.norm(hs, axis=0),
                                                np.linalg.norm(xs, axis=0)),
            "The columns are not centred. Two curves that never change sign then look "
            "alike: subtract the mean over time first.",
        ),
        Mistake(
            covariances,
            "That is the covariance, which grows with the size of the curves. Divide "
            "by both standard deviations.",
        ),
        Mistake(
            lambda hs, xs: covariances(hs, xs) * len(hs) / (len(hs) - 1),
            "`np.cov` gives the covariance, which grows with the size of the curves. "
            "Divide by both standard deviations, or take `np.corrcoef`.",
        ),
        Mistake(
            lambda hs, xs: correlations(hs, xs) * len(hs) / (len(hs) - 1),
            "Nearly: one average divides by T, the other by T - 1 (`np.cov` takes T - "
            "1, `np.std` takes T). Use the same for both.",
        ),
        Mistake(
            lambda hs, xs: correlations(hs, xs).T,
            "This is (D, H): inputs in rows. A row per unit is wanted.",
        ),
        Mistake(
            lambda hs, xs: np.corrcoef(hs.T, xs.T),
            "That is everything with everything, (H + D, H + D). Cut out the block "
            "that has units in rows and inputs in columns.",
        ),
        Mistake(
            lambda hs, xs: np.corrcoef(hs.T),
            "That correlates units with units. Pass the inputs as well, and cut out "
            "the block units × inputs.",
        ),
        Mistake(
            lambda hs, xs: np.corrcoef(hs, xs)[: len(hs), len(hs):],
            "`np.corrcoef` takes rows as variables, so this compares steps with steps. "
            "Transpose, or pass `rowvar=False`.",
        ),
        Mistake(
            lambda hs, xs: np.corrcoef(hs, xs),
            "`np.corrcoef` takes a variable per *row*; here units and inputs are "
            "columns. Pass `hs.T` and `xs.T`, and then look at the shape that comes.",
        ),
        Mistake(
            lambda hs, xs: np.corrcoef(hs, xs)[: hs.shape[1], hs.shape[1]:],
            "The cut is right for units and inputs in rows, as `np.corrcoef` wants "
            "them. Here they are columns: pass `hs.T` and `xs.T`.",
        ),
        Mistake(
            lambda hs, xs: hs.T @ xs,
            "The products are there, two things are missing: take the mean over time "
            "off every column first, and divide by the lengths of both at the end.",
        ),
        Mistake(
            lambda hs, xs: (hs - hs.mean()).T @ (xs - xs.mean()) / len(hs)
            / (hs.std() * xs.std()),
            "One mean and one deviation of everything. Each column has its own: "
            "`axis=0` averages over time.",
        ),
        Mistake(
            lambda hs, xs: (hs - hs.mean()).T @ (xs - xs.mean()) / np.outer(
                np.linalg.norm(hs - hs.mean(), axis=0),
                np.linalg.norm(xs - xs.mean(), axis=0)),
            "One mean was taken off everything: `mean()` without an axis. Each column "
            "has a mean of its own, `mean(axis=0)`.",
        ),
        Mistake(
            lambda hs, xs: (hs - hs.mean()).T @ (xs - xs.mean()) / len(hs)
            / np.outer(hs.std(axis=0), xs.std(axis=0)),
            "The deviations are right, one a column. But a single mean was taken off "
            "everything: `mean(axis=0)` there as well.",
        ),
        Mistake(
            lambda hs, xs: (hs - hs.mean(axis=1, keepdims=True)).T
            @ (xs - xs.mean(axis=1, keepdims=True))
            / len(hs) / np.outer(hs.std(axis=0), xs.std(axis=0)),
            "The mean was taken over the units of each step. A column is one unit over "
            "time, so average over time: `axis=0`.",
        ),
        Mistake(
            lambda hs, xs: covariances(hs, xs) / xs.std(axis=0),
            "You divided by the deviation of the input. That of the unit stands below "
            "as well.",
        ),
        Mistake(
            lambda hs, xs: np.abs(correlations(hs, xs)),
            "The sign is lost. A unit that falls when the input rises has a "
            "correlation near -1: keep it, and take `np.abs` only to find the "
            "strongest.",
        ),
        Mistake(
            lambda hs, xs: correlations(hs, xs) ** 2,
            "That is r², the share of variance explained. The correlation r itself was "
            "asked for.",
        ),
    ),
)

READING = Exercise(
    id="04.5",
    title="What does 0.98 say?",
    task="A unit of this untrained cell follows sin t with a correlation of 0.98. What "
    "may you conclude?",
    minutes=3,
    kind="predict",
    choices=("a", "b", "c", "d"),
    hints=(
        "What has been trained so far?",
        "All eight units are driven by the same rhythm, and 8 units × 3 inputs are 24 "
        "chances. How would another draw of weights look?",
    ),
    solution="c",
    explanation="Units driven by a rhythm answer with that rhythm, and among 24 pairs "
    "one is bound to look good. The next cell counts it over thirty draws.",
    mistakes=(
        Mistake("a", "Nothing was learned: the weights are as they were drawn. It is a "
                     "property of random weights driven by these waves."),
        Mistake("b", "The units do differ, but nobody assigned them: random weights "
                     "differ by themselves. To specialise, something must be trained "
                     "and tested."),
        Mistake("d", "That can be counted, and we will: most draws give more than 0.9, "
                     "and 0.98 comes up in about one of eight."),
    ),
)

PHASES = Exercise(
    id="04.6",
    title="How badly can a turned wave follow?",
    task="A unit answers with cos(t - φ). Its correlation is cos φ with cos t and sin "
    "φ with sin t. How small can the *stronger* of the two be, without its sign?",
    minutes=4,
    kind="predict",
    hints=(
        "Where one of |cos φ| and |sin φ| is small the other is large. Look for the φ "
        "where neither is.",
        "The stronger is smallest where both are equal, |cos φ| = |sin φ|, at 45°.",
    ),
    solution=round(math.sqrt(0.5), 4),
    explanation="At 45° both are √½ = 0.71, everywhere else one of them is larger. So "
    "a unit that answers with this rhythm cannot help following one of the two.",
    atol=0.006,
    rtol=0,
    mistakes=(
        Mistake(0, "One of them can be 0, but then the other is 1: where cos φ "
                   "vanishes, sin φ does not."),
        Mistake(1, "That is the best case, φ = 0 or 90°. Asked is the worst."),
        Mistake(0.5, "That is cos²φ = sin²φ at 45°. The correlation is its root."),
        Mistake(-1, "The sign does not count here: a unit that falls when the wave "
                    "rises follows it too, upside down."),
        Mistake(0.87, "That is cos 30°, or sin 60°. Turn on: at 45° both are smaller."),
        Mistake(0.64, "2/π is the *average* of |cos φ|. Asked is the stronger of the "
                      "two, at its worst."),
        Mistake(1.41, "You added the two. The stronger of them is one of them."),
        Mistake(45, "45° is where it happens. How large are both there?"),
    ),
)

EVIDENCE = Exercise(
    id="04.8",
    title="Which number shows learning?",
    task="You are shown two cells. Which observation tells you that one of them has "
    "learned something?",
    minutes=2,
    kind="predict",
    choices=("a", "b", "c", "d"),
    hints=(
        "Which of these did the untrained cell not have already?",
        "Learning is made to lower one number. Where must it be measured, and against "
        "what?",
    ),
    solution="d",
    explanation="Only the error is what training works on; on sequences it has not "
    "seen, and beside something simple, it says what was learned.",
    mistakes=(
        Mistake("a", "The untrained cell had 0.98. A number it had before cannot "
                     "show that it learned."),
        Mistake("b", "Gate means are set by the biases. Training may move them, but "
                     "which mean would be the good one?"),
        Mistake("c", "The heatmaps of random weights had clear stripes. They show what "
                     "drives the cell, not what it can do."),
    ),
)


def recorder_probes(rng):
    """A batch of random sequences; then one with N = T, where axes can be mixed up."""
    def draw(N, T, D, H):
        shapes = (N, T, D), (D, 4 * H), (H, 4 * H), (4 * H,)
        return tuple(rng.normal(size=shape) for shape in shapes)

    return [draw(2, 5, 3, 4), draw(3, 3, 2, 2)]


def recorder(carry_h=True, carry_c=True, keep="new", axis=1):
    """Return a recorder of the cell state, faultless or not."""
    def record(xs, W_x, W_h, b):
        h_t = c_t = np.zeros((len(xs), len(W_h)))
        kept = []
        for t in range(xs.shape[1]):
            h_new, c_new, cache = cells.lstm_step(xs[:, t], h_t, c_t, W_x, W_h, b)
            kept.append({"new": c_new, "old": c_t, "h": h_new,
                         "entry": cache.i_t * cache.g_t}[keep])
            h_t = h_new if carry_h else h_t
            c_t = c_new if carry_c else c_t
        return np.stack(kept, axis=axis)

    return record


def record(xs, W_x, W_h, b):
    h_t = c_t = np.zeros((len(xs), len(W_h)))
    cs = []
    for t in range(xs.shape[1]):
        h_t, c_t, _ = cells.lstm_step(xs[:, t], h_t, c_t, W_x, W_h, b)
        cs.append(c_t)
    return np.stack(cs, axis=1)


def record_unpacked_wrongly(xs, W_x, W_h, b):
    h_t = c_t = np.zeros((len(xs), len(W_h)))
    cs = []
    for t in range(xs.shape[1]):
        c_t, h_t, _ = cells.lstm_step(xs[:, t], h_t, c_t, W_x, W_h, b)
        cs.append(c_t)
    return np.stack(cs, axis=1)


def record_by_preallocation(xs, W_x, W_h, b):
    N, T, _ = xs.shape
    cs = np.zeros((N, T + 1, len(W_h)))
    h_t = cs[:, 0]
    for t in range(T):
        h_t, cs[:, t + 1], _ = cells.lstm_step(xs[:, t], h_t, cs[:, t], W_x, W_h, b)
    return cs[:, 1:]


RECORDER = Exercise(
    id="04.1",
    title="Find the fault: a dull cell state",
    task="The function records the cell state, (N, T, H). Its heatmap is dull: |c| "
    "never exceeds 1, however long the sequence. Repair it.",
    minutes=6,
    kind="break",
    hints=(
        "|c| below 1 is what a *single* step can reach. What does the second step "
        "start from?",
        "c_t = f_t ⊙ c_{t-1} + i_t ⊙ g_t needs the c of the step before: hand `c_t` "
        "on, as `h_t` is.",
    ),
    solution=record,
    explanation="`c_new` was recorded, but every step started from c = 0 again. The "
    "belt was cut: f multiplied zeros, and the forget gate did nothing.",
    returns=("cs",),
    probes=recorder_probes,
    others=(record_by_preallocation, recorder()),
    mistakes=(
        Mistake(
            recorder(carry_c=False),
            "Still dull. Each step gets `c_t`, and `c_t` is still the zeros from "
            "before the loop: which line should change it?",
        ),
        Mistake(
            recorder(carry_h=False),
            "The belt runs now, but the hidden state no longer does: every step gets h "
            "= 0. Both are handed on.",
        ),
        Mistake(
            recorder(carry_h=False, carry_c=False),
            "Now neither state is handed on: every step starts from zeros.",
        ),
        Mistake(
            recorder(keep="old"),
            "The belt runs, but you record `c_t` before the step: the first entry is "
            "zero, and the last is missing.",
        ),
        Mistake(
            recorder(keep="old", carry_c=False),
            "Now `c_t` is recorded, and it holds the zeros from before the loop at "
            "every step. Which line should change it?",
        ),
        Mistake(
            recorder(keep="h"),
            "That is the hidden state. The cell state is the second value that "
            "`lstm_step` returns.",
        ),
        Mistake(
            record_unpacked_wrongly,
            "Both states are handed on, but exchanged: `lstm_step` returns h first, "
            "then c.",
        ),
        Mistake(
            recorder(keep="entry"),
            "That is i ⊙ g, what each step enters. The cell state is what has been "
            "kept *and* entered.",
        ),
        Mistake(
            recorder(axis=0),
            "The belt runs, but time comes first now. Keep `axis=1` in `np.stack`: (N, "
            "T, H).",
        ),
    ),
)


class Alarmed(np.ndarray):
    """An array in whose arithmetic an overflow is an error, not a warning."""

    def __array_ufunc__(self, ufunc, method, *inputs, **kwargs):
        """Compute with plain arrays and stop at the first overflow."""
        def plain(z):
            return z.view(np.ndarray) if isinstance(z, Alarmed) else z

        if kwargs.get("out"):
            kwargs["out"] = tuple(plain(z) for z in kwargs["out"])
        with np.errstate(over="raise", invalid="raise", divide="raise"):
            result = getattr(ufunc, method)(*map(plain, inputs), **kwargs)
        return result.view(Alarmed) if isinstance(result, np.ndarray) else result


def sigmoid_probes(rng):
    """Moderate; far below zero; far above; float32 and float16 overflow earlier."""
    values = (rng.normal(0, 3, 6), np.array([-1000.0, -50, -1]),
              np.array([1000.0, 50, 1]), np.array([-200, -3, 3, 200], np.float32),
              np.array([-6e4, -20, 0, 20, 6e4], np.float16))
    return [(a.view(Alarmed),) for a in values]


def sigmoid(a):
    return 0.5 + 0.5 * np.tanh(0.5 * a)


def sigmoid_by_sign(a):
    e = np.exp(-np.abs(a))  # between 0 and 1
    return np.where(a >= 0, 1, e) / (1 + e)


def sigmoid_in_two_halves(a):
    s = np.empty_like(a)
    s[a >= 0] = 1 / (1 + np.exp(-a[a >= 0]))
    e = np.exp(a[a < 0])
    s[a < 0] = e / (1 + e)
    return s


SIGMOID = Exercise(
    id="04.7",
    title="A σ that cannot overflow",
    task="Write σ for arrays of any float type so that nothing overflows, however "
    "large |a| is.",
    minutes=6,
    kind="implement",
    hints=(
        "e to a large *positive* number is the trouble. Can you write σ so that e only "
        "ever gets numbers below zero? Or with a function that has no e in sight?",
        "σ(a) = ½ + ½ tanh(a / 2); or with e = exp(-|a|): 1 / (1 + e) for a ≥ 0, e / "
        "(1 + e) below.",
    ),
    solution=sigmoid,
    explanation="tanh is computed without overflow for every float, and σ is tanh "
    "halved and shifted. `cells.sigmoid` is this line.",
    returns=("the result",),
    probes=sigmoid_probes,
    alarm=True,
    others=(sigmoid_by_sign, sigmoid_in_two_halves,
            lambda a: 1 / (1 + np.exp(-np.abs(a))) - (a < 0) * np.tanh(abs(a) / 2)),
    mistakes=(
        Mistake(
            lambda a: 1 / (1 + np.exp(-a)),
            "exp(-a) overflows where a is far below zero. Clipping the *result* or "
            "silencing the warning does not change that: the overflow is inside.",
        ),
        Mistake(
            lambda a: np.exp(a) / (1 + np.exp(a)),
            "exp(a) overflows where a is far above zero, and ∞ / ∞ is NaN. You have "
            "moved the trouble to the other side.",
        ),
        Mistake(
            lambda a: 1 / (1 + np.exp(-np.clip(a, -500, 500))),
            "±500 is safe in float64 only, where exp overflows at 709. In float32, "
            "which networks are trained in, it does at 88.7.",
        ),
        Mistake(
            lambda a: 1 / (1 + np.exp(-a.astype(np.float64))),
            "float64 moves the cliff from 88.7 to 709, and there it still is: a = "
            "-1000 overflows.",
        ),
        Mistake(
            lambda a: np.where(a >= 0, 1 / (1 + np.exp(-a)),
                               np.exp(a) / (1 + np.exp(a))),
            "The idea is right, but `np.where` computes *both* branches for every "
            "entry and then chooses. Use exp(-|a|) in both.",
        ),
        Mistake(
            lambda a: np.clip(sigmoid(a), 1e-3, 1 - 1e-3),
            "No overflow, but the result is clipped: this gate can never be nearer to "
            "closed than 0.001, and where it is clipped its slope is zero.",
        ),
        Mistake(
            lambda a: 1 / (1 + np.exp(-np.clip(a, -30, 30))),
            "±30 is safe in float64 and float32. In float16, which saves memory on "
            "graphics cards, exp overflows at 11.1. Any cut is too far out for one "
            "type or too near for another: let exp see numbers below zero only.",
        ),
        Mistake(
            lambda a: 1 / (1 + np.exp(-np.clip(a, -5, 5))),
            "±5 is too tight: σ(5) = 0.993, so this gate cannot open further. Let "
            "exp see numbers below zero only, or use tanh.",
        ),
        Mistake(
            lambda a: 1 / (1 + np.exp(-np.clip(a, -10, 10))),
            "±10 stops σ at 0.00005, and further down it should go on towards 0. Let "
            "exp see numbers below zero only, or use tanh.",
        ),
        Mistake(
            lambda a: 1 / (1 + np.exp(-np.abs(a))),
            "exp(-|a|) never overflows, good. But this is σ(|a|): below zero σ is e / "
            "(1 + e), with the same e.",
        ),
        Mistake(
            lambda a: 0.5 + 0.5 * np.tanh(a),
            "Twice as steep: it is tanh(a / 2), with the half inside as well.",
        ),
        Mistake(
            lambda a: np.tanh(a),
            "That is tanh, from -1 to 1. σ goes from 0 to 1: half of it, plus ½, and a "
            "/ 2 inside.",
        ),
    ),
)


EXERCISES = [RECORDER, MEANS, BOUND, CORRELATIONS, READING, PHASES, SIGMOID, EVIDENCE]

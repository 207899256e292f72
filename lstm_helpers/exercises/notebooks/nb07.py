"""Exercises of notebook 07: does an LSTM really remember longer?"""

import numpy as np

from lstm_helpers.exercises.engine.exercise import Exercise, Mistake

PLATEAU = Exercise(
    id="07.1",
    title="What a lazy answer costs",
    task="Somebody always answers ½. What is the mean squared error?",
    minutes=5,
    kind="predict",
    hints=(
        "The error is the part of the target that varies: a quarter of the sum of two "
        "independent numbers. Variances of independent numbers add.",
        "A number drawn evenly from -1 to 1 has the variance 1/3; dividing by 4 "
        "divides a variance by 16.",
    ),
    solution=1 / 24,
    formula=lambda variance=1 / 3: 2 * variance / 16,
    rtol=1e-2,
    explanation="Each marked value has the variance 1/3, their sum 2/3, a quarter of "
    "it 2/3 / 16 = 1/24 = 0.0417. The root, 0.204, is the plateau on which networks "
    "stay that remember nothing.",
    mistakes=(
        Mistake(0, "½ is right on average, but the error is squared: too high and too "
                   "low do not cancel."),
        Mistake(1 / 48, "That is the variance of one value over 16. There are two "
                        "marked values, and their variances add."),
        Mistake(2 / 3, "That is the variance of the sum itself. The target holds a "
                       "quarter of the sum, which has a 16th of the variance."),
        Mistake(1 / 6, "A quarter of the sum has a 16th of its variance, not a 4th: "
                       "the factor is squared too."),
        Mistake(1 / 3, "That is the variance of one value. The target holds a quarter "
                       "of the sum of two."),
        Mistake((1 / 24) ** 0.5, "That is the root, the usual distance. Asked for is "
                "its square."),
        Mistake(1 / 96, "A number drawn evenly from -1 to 1 has the variance 1/3; 1/12 "
                "belongs to an interval of length 1, and this one has length 2."),
    ),
)


def mark_probes(rng):
    """Two sizes; among the first marks a first pair, and second ≥ first and below."""
    found = []
    for N, L in ((4, 9), (6, 12)):
        first = rng.integers(1, 4, N)
        second = rng.integers(0, 5, N)
        first[0], second[0] = 0, 0  # the first pair, and the one that is left
        first[1], second[1] = 2, 2
        first[2], second[2] = 3, 1
        found.append((rng.uniform(-1, 1, (N, L)), first, second))
    return found


def marked(*faults):
    """Return a generator with these faults."""
    def mark(values, first, second):
        N, L = values.shape
        if "same" not in faults:
            second = second + (second >= first)
        n, markers = np.arange(N), np.zeros((N, L))
        markers[n, first] = markers[n, second] = 1
        if "seen" in faults:
            markers[:, 0] = np.where(markers[:, 0] == 1, 1, -1)
        elif "no first" not in faults:
            markers[:, 0] = -1
        if "no last" not in faults:
            markers[:, -1] = -1
        counted = markers == 1
        if "hidden counts" in faults:
            counted = np.zeros((N, L), bool)
            counted[n, first] = counted[n, second] = True
        total = (values * counted).sum(axis=1)
        if "all" in faults:
            total = values.sum(axis=1)
        ys = total if "plain" in faults else (
            total / 4 if "no half" in faults else 0.5 + total / 4)
        if "halved" in faults:
            ys = 0.5 + total / 2
        xs = np.stack([values, markers], axis=1 if "axis" in faults else 2)
        return xs, ys if "flat" in faults else ys[:, None]

    return mark


def mark(values, first, second):
    N, L = values.shape
    second = second + (second >= first)  # one of the pairs that are left
    n, markers = np.arange(N), np.zeros((N, L))
    markers[n, first] = markers[n, second] = 1
    markers[:, 0] = markers[:, -1] = -1
    ys = 0.5 + (values * (markers == 1)).sum(axis=1) / 4
    return np.stack([values, markers], axis=2), ys[:, None]


def mark_by_loop(values, first, second):
    xs, ys = [], []
    for row, a, b in zip(values, first, second, strict=True):
        if b >= a:
            b = b + 1
        marks = [-1] + [float(t in (a, b)) for t in range(1, len(row) - 1)] + [-1]
        xs.append([[v, m] for v, m in zip(row, marks, strict=True)])
        ys.append([0.5 + sum(v for v, m in zip(row, marks, strict=True) if m == 1) / 4])
    return np.array(xs), np.array(ys)


def mark_by_zeros(values, first, second):
    xs = np.zeros((*values.shape, 2))
    xs[:, :, 0] = values
    second = np.where(second < first, second, second + 1)
    for k in range(len(values)):
        xs[k, [first[k], second[k]], 1] = 1
    xs[:, [0, -1], 1] = -1
    seen = np.maximum(xs[:, :, 1], 0)
    return xs, 0.5 + np.einsum("nt,nt->n", values, seen)[:, None] / 4


MARK = Exercise(
    id="07.2",
    title="Mark two pairs",
    task="Return `xs`, (N, L, 2): value and marker; and `ys`, (N, 1).",
    minutes=10,
    kind="implement",
    hints=(
        "Begin with markers that are all 0, write the two marks, and last of all the "
        "-1 of both ends. Where may the second mark not fall?",
        "`second + (second >= first)` skips the pair that is taken; "
        "`markers[np.arange(N), first] = 1`; `ys = ½ + Σ marked values / 4`.",
    ),
    solution=mark,
    explanation="`second` counts among the pairs that are left, so from `first` on it "
    "moves up by one and never meets it. The -1 is written last: a mark on the first "
    "pair is not seen, and its value counts 0.",
    returns=("xs", "ys"),
    probes=mark_probes,
    others=(mark_by_loop, mark_by_zeros),
    broken=marked,
    mistakes=(
        Mistake(marked("same"), "The second mark sometimes falls on the first, and one "
                "sequence has a single mark in the middle. `second` counts among the "
                "pairs that are left: from `first` on it has to move up by one.",
                fault="same"),
        Mistake(marked("no last"), "The last marker is 0 and has to be -1: it tells "
                "the network that the answer is due.", fault="no last"),
        Mistake(marked("no first"), "The first marker has to be -1, whatever was "
                "drawn.", fault="no first"),
        Mistake(marked("seen"), "Where the first pair is marked you left its 1 "
                "standing. The first marker is always -1, and then its value counts "
                "0."),
        Mistake(marked("hidden counts"), "The first pair's mark is overwritten by -1, "
                "so nobody can see it; its value must not count in the target.",
                fault="hidden counts"),
        Mistake(marked("all"), "You added up all values. Only marked ones count: that "
                "is the whole difficulty.", fault="all"),
        Mistake(marked("plain"), "The target is the sum itself. It has to lie between "
                "0 and 1: ½ + sum / 4.", fault="plain"),
        Mistake(marked("no half"), "The ½ is missing: a quarter of the sum runs from "
                "-½ to ½, and the target from 0 to 1.", fault="no half"),
        Mistake(marked("halved"), "Two values of up to 1 make a sum of up to 2; to fit "
                "between 0 and 1 it is divided by 4, not by 2.", fault="halved"),
        Mistake(marked("axis"), "Value and marker stand one above the other, (N, 2, "
                "L). Features are the last axis: stack with `axis=2`.", fault="axis"),
        Mistake(marked("flat"), "The target is (N,) and has to be (N, 1), one output a "
                "sequence: `ys[:, None]`.", fault="flat"),
    ),
)


def run_probes(rng):
    """Wrong ones in the middle, none, only the last, only the first, one at .04."""
    cases = [(7, [0.01, 0.2, -0.01, 0.03]), (5, [0.0, 0.01, -0.02]),
             (9, [0.01, 0.0, 0.05]), (4, [-0.3, 0.02, 0.01, 0.0, 0.01]),
             (3, [0.01, 0.04, 0.01]), (6, [-0.04001, -0.03999]), (2, [0.5, 0.5, 0.1])]
    return [(run, np.array(errors)) for run, errors in cases]


def run_of_right(run, errors):
    wrong = np.flatnonzero(np.abs(errors) >= 0.04)
    return run + len(errors) if len(wrong) == 0 else len(errors) - 1 - wrong[-1]


def run_by_loop(run, errors):
    for error in errors:
        run = run + 1 if abs(error) < 0.04 else 0
    return run


def run_from_behind(run, errors):
    right = list(np.abs(errors) < 0.04)[::-1]
    return right.index(False) if False in right else run + len(right)


RULE = Exercise(
    id="07.3",
    title="How many right in a row?",
    task="Given the run so far and the errors of the next batch, in order, return the "
         "run after it.",
    minutes=6,
    kind="implement",
    hints=(
        "Go through the batch one answer at a time. What does a right answer do to the "
        "run, what a wrong one? Neither sign of an error is better.",
        "Right: `abs(error) < 0.04`. A right answer adds 1; a wrong one sets the run "
        "to 0.",
    ),
    solution=run_of_right,
    explanation="Only what comes after the last wrong answer counts; if there is none, "
    "the whole batch is added to the run.",
    returns=("run",),
    probes=run_probes,
    others=(run_by_loop, run_from_behind),
    mistakes=(
        Mistake(lambda run, errors: run + int((np.abs(errors) < 0.04).sum()),
                "You counted all right answers. A run ends at a wrong one and starts "
                "again from 0."),
        Mistake(lambda run, errors: run + len(errors)
                if (np.abs(errors) < 0.04).all() else 0,
                "A wrong answer ends the run, but those right after it, in the same "
                "batch, already begin a new one."),
        Mistake(lambda run, errors: run_by_loop(run, np.where(errors < 0.04, 0, 1)),
                "An answer far too low passes as right: its error is negative. Compare "
                "the absolute value."),
        Mistake(lambda run, errors: run_by_loop(0, errors),
                "The run so far is not used: it goes on from batch to batch, until "
                "somebody errs."),
        Mistake(lambda run, errors: run_by_loop(
            run, np.where(np.abs(errors) <= 0.04, 0, 1)),
                "An error of exactly 0.04 counts as wrong: right means *below* 0.04."),
        Mistake(lambda run, errors: int((np.abs(errors) < 0.04).argmin())
                if (np.abs(errors) >= 0.04).any() else run + len(errors),
                "That is how many were right before the *first* wrong one. The run "
                "that counts is the one after the *last*."),
    ),
)


def keep_probes(rng):
    return [(100, 0.87), (200, 0.5), (1000, 0.9), (2, 0.25), (50.0, 0.5)]


def keep_bias(T, share):
    f = share ** (1 / T)
    return np.log(f / (1 - f))


KEEP = Exercise(
    id="07.4",
    title="A gate that keeps for T steps",
    task="Return the bias b for which f = σ(b) leaves `share` of a value after T "
        "steps.",
    minutes=6,
    kind="implement",
    hints=(
        "First the gate: which f, multiplied T times, gives `share`? Then the bias: "
        "turn σ round.",
        "`f = share ** (1 / T)`, and f = 1 / (1 + e^-b) means b = log(f / (1 - f)).",
    ),
    solution=keep_bias,
    explanation="f^T = share, so f is the T-th root; and b = log(f / (1 - f)) undoes "
    "σ. For 0.87 that is close to log T + 2: ten times as long costs only 2.3 more.",
    returns=("b",),
    probes=keep_probes,
    others=(lambda T, share: -np.log(share ** (-1 / T) - 1),
            lambda T, share: -np.log(np.expm1(-np.log(share) / T))),
    mistakes=(
        Mistake(lambda T, share: np.log(T), "log T alone does not know `share`. It "
                "leaves about 1/e = 0.37 after T steps."),
        Mistake(lambda T, share: np.log(T) + 2, "log T + 2 is right for a share of "
                "0.87 only. Solve f^T = `share` for f."),
        Mistake(lambda T, share: share ** (1 / T), "That is the gate f itself. The "
                "bias is what σ turns into it: log(f / (1 - f))."),
        Mistake(lambda T, share: np.log(share / (1 - share)), "That gate leaves "
                "`share` after *one* step. After T steps f^T is left."),
        Mistake(lambda T, share: np.log((share / T) / (1 - share / T)), "f is the T-th "
                "root of `share`, not a T-th of it: the gate multiplies at every "
                "step."),
        Mistake(lambda T, share: np.log((1 - share ** (1 / T)) / share ** (1 / T)),
                "The sign is turned: a positive bias opens the gate. It is "
                "log(f / (1 - f))."),
        Mistake(lambda T, share: -np.log(share ** (1 / T)), "Undoing σ takes "
                "log(f / (1 - f)), not the logarithm of f alone."),
        Mistake(lambda T, share: float(T), "A bias of T pins the gate: σ(100) is 1 to "
                "the last bit, and its slope 0, so it could never learn to close."),
    ),
)


class Pupil:
    """Answers 0 to what was never told, and the truth to what was."""

    def __init__(self):
        self.known = {}

    def answer(self, question):
        """Return an answer."""
        return self.known.get(question, 0.0)

    def learn(self, question, truth):
        """Keep the truth."""
        self.known[question] = truth


def pupil_probes(rng):
    cases = [[("a", 1.0), ("b", 0.0), ("a", 1.0), ("c", 0.0)],
             [("c", 0.0), ("b", 1.0), ("d", 0.0), ("b", 1.0)],
             [("a", 0.5), ("b", 0.5), ("c", 0.5)],
             [("a", 1.0), ("a", 0.0), ("b", 0.0), ("b", 0.0)]]
    return [(Pupil, lessons) for lessons in cases]


def asked_first(new_pupil, lessons):
    pupil, run = new_pupil(), 0
    for question, truth in lessons:
        error = pupil.answer(question) - truth
        pupil.learn(question, truth)
        run = run + 1 if abs(error) < 0.04 else 0
    return run


def asked_before_learning(new_pupil, lessons):
    pupil, run = new_pupil(), 0
    for question, truth in lessons:
        run = run + 1 if abs(pupil.answer(question) - truth) < 0.04 else 0
        pupil.learn(question, truth)
    return run


def asked_with_a_list(new_pupil, lessons):
    pupil, right = new_pupil(), []
    for question, truth in lessons:
        said = pupil.answer(question)
        right.append(abs(said - truth) < 0.04)
        pupil.learn(question, truth)
    return right[::-1].index(False) if False in right else len(right)


def told_first(new_pupil, lessons):
    pupil, run = new_pupil(), 0
    for question, truth in lessons:
        pupil.learn(question, truth)
        error = pupil.answer(question) - truth
        run = run + 1 if abs(error) < 0.04 else 0
    return run


def never_told(new_pupil, lessons):
    pupil, run = new_pupil(), 0
    for question, truth in lessons:
        run = run + 1 if abs(pupil.answer(question) - truth) < 0.04 else 0
    return run


def all_told_first(new_pupil, lessons):
    pupil, run = new_pupil(), 0
    for question, truth in lessons:
        pupil.learn(question, truth)
    for question, truth in lessons:
        run = run + 1 if abs(pupil.answer(question) - truth) < 0.04 else 0
    return run


def counts_wrong(new_pupil, lessons):
    pupil, run = new_pupil(), 0
    for question, truth in lessons:
        run = run + 1 if abs(pupil.answer(question) - truth) >= 0.04 else 0
        pupil.learn(question, truth)
    return run


def never_back(new_pupil, lessons):
    pupil, run = new_pupil(), 0
    for question, truth in lessons:
        run += abs(pupil.answer(question) - truth) < 0.04
        pupil.learn(question, truth)
    return int(run)


TOLD = Exercise(
    id="07.5",
    title="Find the fault: a pupil who is never wrong",
    task="The function counts right answers in a row, and every pupil reaches any "
         "number. Repair it.",
    minutes=6,
    kind="break",
    hints=(
        "Follow one lesson: what does the pupil know at the moment the answer is "
        "judged?",
        "The order has to be: answer, then learn, then count.",
    ),
    solution=asked_first,
    explanation="Whoever is told the truth first answers right even without "
    "understanding. The paper's rule judges answers to sequences not yet learned from; "
    "that is what `fit_stream` hands you.",
    returns=("run",),
    probes=pupil_probes,
    others=(asked_before_learning, asked_with_a_list),
    mistakes=(
        Mistake(told_first, "The pupil still hears the truth before the answer is "
                "judged. Which two lines have to change places?"),
        Mistake(never_told, "Now the pupil never learns anything. `learn` has to stay, "
                "after the answer."),
        Mistake(all_told_first, "All lessons are told first and asked afterwards: then "
                "every answer is known. Each question comes before its own lesson."),
        Mistake(counts_wrong, "That counts wrong answers in a row: `>=` where `<` "
                "belongs."),
        Mistake(never_back, "A wrong answer has to set the run back to 0."),
    ),
)

WRONG = Exercise(
    id="07.6",
    title="What a run of 2,000 promises",
    task="A network was right 2,000 times in a row. How many wrong answers are to be "
         "expected among the next 2,560?",
    minutes=5,
    kind="predict",
    hints=(
        "It is not 0: a network that errs once in 3,000 passes the test about every "
        "second time. What do 2,000 successes say of the chance of a failure?",
        "Laplace: after n trials with k failures expect the next to fail with the "
        "chance (k + 1) / (n + 2).",
    ),
    solution=2560 / 2002,
    formula=lambda n=2000, k=0, more=2560: more * (k + 1) / (n + 2),
    rtol=0.6,  # one or two
    explanation="About one. (0 + 1) / (2000 + 2) of 2,560 is 1.28, if every error rate "
    "was as likely before (Laplace). The rule stops at the first long run of luck, so "
    "some networks have more; the table below counts them.",
    mistakes=(
        Mistake(0, "2,000 right answers do not prove that there are no wrong ones: an "
                   "error rate of one in 3,000 passes about half the time."),
        Mistake(2560 * 3 / 2000, "That is the bound that holds 19 times in 20 (3 / n). "
                "Asked is what to expect."),
        Mistake(2560 / 2, "Half would be the answer of somebody who saw no trial at "
                "all; 2,000 successes say much more."),
        Mistake(1 / 2002, "That is the chance of a single failure. There are 2,560 "
                "sequences."),
    ),
)

CLAIM = Exercise(
    id="07.7",
    title="Which sentence do the tables allow?",
    task="Choose the one sentence that all rows of both tables support.",
    minutes=4,
    kind="predict",
    choices=("a", "b", "c", "d"),
    hints=(
        "Look for a row that contradicts each sentence. Two rows carry the name GRU, "
        "and one of them passes everywhere.",
        "The rows that pass at T = 100 are those whose gates were opened, in both "
        "cells.",
    ),
    solution="c",
    explanation="With ordinary biases LSTM and GRU both guess at 100 steps; with open "
    "gates both pass, though not with every seed. What the plain RNN lacks is "
    "something to open.",
    mistakes=(
        Mistake("a", "The GRU with an open gate reaches the rule with every seed at "
                     "every T. What failed is its usual start, and there the LSTM "
                     "failed too."),
        Mistake("b", "With a forget bias of 1 the LSTM has gates, and at T = 100 it "
                     "is wrong as often as somebody who guesses. Having gates is not "
                     "enough; they have to be open when training begins."),
        Mistake("d", "The second table has this row: forget gates open, input gates at "
                     "0. It fails at T = 100. Both biases are needed."),
    ),
)

EXERCISES = [PLATEAU, MARK, RULE, KEEP, TOLD, WRONG, CLAIM]

"""Exercises of notebook 10: what comes next, and was it meant well?"""

import numpy as np

from lstm_helpers.exercises.engine.exercise import Exercise, Mistake
from lstm_helpers.exercises.engine.form import WrongForm


def name_probes(rng):
    """Names in numbers: of several lengths, of one letter, and one with T + 1 = V."""
    cases = [([3, 1, 4, 1], 7), ([2], 4), ([5, 5, 2, 6, 1, 3], 9), ([1, 2, 3], 4)]
    return [(list(map(int, rng.permutation(ids))) if k == 2 else ids, V)
            for k, (ids, V) in enumerate(cases)]


def asked(*faults):
    """Return a function with these faults."""
    def ask(ids, V):
        came, follow = [0, *ids], [*ids, 0]
        if "no start" in faults:
            came, follow = list(ids), [*ids[1:], 0]
        if "no end" in faults:
            came, follow = [0, *ids[:-1]], list(ids)
        if "same" in faults:
            follow = came
        if "back" in faults:
            came, follow = follow, came
        rows = np.eye(V)[came]
        if "numbers" in faults:
            rows = np.array(came)[:, None]
        if "time last" in faults:
            rows = rows.T
        return rows, np.eye(V)[follow] if "hot" in faults else np.array(follow)

    return ask


def ask(ids, V):
    came = np.array([0, *ids])
    xs = np.zeros((len(came), V))
    xs[np.arange(len(came)), came] = 1
    return xs, np.array([*ids, 0])


def ask_by_comparing(ids, V):
    whole = np.concatenate([[0], ids, [0]])
    return (whole[:-1, None] == np.arange(V)).astype(float), whole[1:].astype(int)


def ask_by_loop(ids, V):
    xs, ys, before = [], [], 0
    for k in [*ids, 0]:
        row = [0.0] * V
        row[before] = 1.0
        xs.append(row)
        ys.append(k)
        before = k
    return np.array(xs), np.array(ys)


ASK = Exercise(
    id="10.1",
    title="What is asked, and what is right?",
    task="Return `xs`, (L + 1, V), and `ys`, (L + 1,), for one name of L letters.",
    minutes=7,
    kind="implement",
    hints=(
        "Write the name on two lines, once with the mark in front and once with the "
        "mark behind. What stands above what?",
        "What comes is `[0, *ids]`, what follows is `[*ids, 0]`. A row of `xs` is 0 "
        "but for a 1 at the number of the letter: `np.eye(V)[came]`.",
    ),
    solution=ask,
    explanation="At every step one letter has come and the next is asked for; the mark "
    "asks for the first letter and is the answer after the last. One-hot, because the "
    "numbers of letters mean nothing: c is not three times a.",
    returns=("xs", "ys"),
    probes=name_probes,
    others=(lambda ids, V: (np.eye(V)[[0, *ids]], np.array([*ids, 0])),
            ask_by_comparing, ask_by_loop),
    broken=asked,
    mistakes=(
        Mistake(asked("same"), "Input and answer are the same letter: the network "
                "would only have to copy what it sees. Asked is the letter *after* it.",
                fault="same"),
        Mistake(asked("back"), "That asks for the letter *before*. What comes is the "
                "name with the mark in front; what follows, with the mark behind."),
        Mistake(asked("no start"), "Nobody asks for the first letter: without the mark "
                "in front the first question is already about the second.",
                fault="no start"),
        Mistake(asked("no end"), "The end is never asked for, so a name drawn from "
                "this network would not stop. The mark is the answer after the last "
                "letter.",
                fault="no end"),
        Mistake(asked("numbers"), "The letters came in as numbers, so z would be 26 "
                "times as much as a. One-hot rows give every letter a weight of its "
                "own.", fault="numbers"),
        Mistake(asked("hot"), "`ys` is one-hot. The loss wants the number of the right "
                "letter, one whole number a step.", fault="hot"),
        Mistake(asked("time last"), "The axes of `xs` are turned: a step is a row, "
                "(L + 1, V).", fault="time last"),
    ),
)


def score_probes(rng):
    """Different sizes, N = V, one large score, a single row, all scores equal."""
    found = []
    for N, V in ((4, 6), (5, 5), (1, 3), (7, 2)):
        found.append((rng.normal(0, 2, (N, V)), rng.integers(0, V, N)))
    y, ys = rng.normal(0, 2, (3, 4)), np.array([0, 3, 3])
    y[1] += 900
    found.append((y, ys))
    return found


def gradient(*faults):
    """Return ∂L/∂y with these faults."""
    def dy(y, ys):
        N, V = y.shape
        axis = 0 if "axis" in faults else 1
        e = np.exp(y - y.max(axis=axis, keepdims=True))
        p = e / e.sum(axis=axis, keepdims=True)
        hot = np.eye(V)[ys]
        if "slope" in faults:
            d = p * (1 - p)
        elif "only p" in faults:
            d = p
        elif "only right" in faults:
            d = (p - 1) * hot
        elif "log" in faults:
            d = -hot / p
        elif "scores" in faults:
            d = y - hot
        else:
            d = p - hot
        d = -d if "sign" in faults else d
        return d / (1 if "no mean" in faults else d.size if "all" in faults else N)

    return dy


def score_gradient(y, ys):
    e = np.exp(y - y.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    p[np.arange(len(ys)), ys] -= 1
    return p / len(ys)


def gradient_by_loop(y, ys):
    d = np.zeros(y.shape)
    for k, right in enumerate(ys):
        e = np.exp(y[k] - y[k].max())
        d[k] = e / e.sum()
        d[k, right] -= 1
    return d / len(y)


DY = Exercise(
    id="10.2",
    title="Which way should the scores move?",
    task="Return ∂L/∂y, (N, V), where L is the mean of −log p[right] over N answers.",
    minutes=12,
    kind="implement",
    hints=(
        "For one answer L = log Σ e^y − y[right]. Take the derivative by each score: "
        "first of the logarithm, then of the last term.",
        "∂ log Σ e^y / ∂y_k = e^{y_k} / Σ e^y = p_k, and ∂y[right] / ∂y_k is 1 for the "
        "right one, else 0. L is a mean, so the whole is divided by N.",
    ),
    solution=score_gradient,
    explanation="Probability minus one-hot: every score is pushed down by the "
    "probability it got, and the right one up by 1. Where the answer is certain and "
    "right nothing moves.",
    returns=("dy",),
    probes=score_probes,
    others=(gradient_by_loop, gradient()),
    broken=gradient,
    mistakes=(
        Mistake(gradient("no mean"), "L is the *mean* over N answers, and the mean "
                "divides every gradient by N.", fault="no mean"),
        Mistake(gradient("slope"), "p (1 − p) is the slope of one probability by its "
                "own score. The loss also has the logarithm, whose 1/p cancels most of "
                "it; and every score moves every probability."),
        Mistake(gradient("only p"), "That is p / N. The right score has a term of its "
                "own, −y[right]: take off 1 there."),
        Mistake(gradient("only right"), "Only the right score has a gradient here. The "
                "others stand in Σ e^y too: pushing them down helps as well."),
        Mistake(gradient("log"), "−1/p is the slope by the *probability*. Go on "
                "through the softmax to the scores."),
        Mistake(gradient("scores"), "The scores are no probabilities yet: softmax "
                "first, then minus one-hot."),
        Mistake(gradient("sign"), "The sign is turned: one-hot minus p is the way "
                "*down*. Asked is the gradient, which points up.", fault="sign"),
        Mistake(gradient("all"), "You divided by N · V. There are N answers, whatever "
                "the number of symbols.", fault="all"),
        Mistake(gradient("axis"), "The softmax ran over the answers: a column of `p` "
                "adds up to 1. Each *row* is one answer: `axis=1`.", fault="axis"),
    ),
)


def bit_probes(rng):
    """Random probabilities with padding of different lengths, and equal ones."""
    found = []
    for N, T, V in ((3, 5, 4), (4, 4, 4), (2, 6, 3)):
        p = rng.dirichlet(np.ones(V), (N, T))
        lengths = rng.integers(1, T + 1, N)
        lengths[0], lengths[1] = T, max(1, T - 2)
        mask = np.arange(T) < lengths[:, None]
        p[~mask] = np.eye(V)[0] * 0.97 + 0.03 / V
        found.append((p, rng.integers(1, V, (N, T)) * mask, mask))
    found.append((np.full((2, 3, 8), 1 / 8), np.ones((2, 3), int),
                  np.array([[True] * 3, [True, False, False]])))
    return found


def cost(*faults):
    """Return a function with these faults."""
    def bits(p, ys, mask):
        given = np.take_along_axis(p, ys[..., None], -1)[..., 0]
        logs = np.log if "nats" in faults else np.log10 if "ten" in faults else np.log2
        costs = -logs(given)
        if "mean first" in faults:
            return float(-logs(given[mask].mean()))
        if "entropy" in faults:
            return float(-(p * logs(p)).sum(-1)[mask].mean())
        if "padding" in faults:
            value = costs.mean()
        elif "half" in faults:
            value = (costs * mask).mean()
        elif "names" in faults:
            value = ((costs * mask).sum(1) / mask.sum(1)).mean()
        elif "sum" in faults:
            value = costs[mask].sum()
        else:
            value = costs[mask].mean()
        value = -value if "sign" in faults else value
        return float(2**value if "perplexity" in faults else value)

    return bits


def bits(p, ys, mask):
    given = np.take_along_axis(p, ys[..., None], -1)[..., 0]  # (N, T)
    return -np.log2(given[mask]).mean()


def bits_by_loop(p, ys, mask):
    costs = [-np.log(p[n, t, ys[n, t]]) / np.log(2) for n, t in np.argwhere(mask)]
    return sum(costs) / len(costs)


BITS = Exercise(
    id="10.3",
    title="Bits a letter",
    task="Return the mean of −log₂ of the probability given to what came, over all "
         "real letters together.",
    minutes=7,
    kind="implement",
    hints=(
        "Pick out of each row of `p` the one number at `ys`. Which of the N · T places "
        "are real?",
        "`np.take_along_axis(p, ys[..., None], -1)[..., 0]` picks; `[mask]` keeps the "
        "real ones; then −log₂ and the mean.",
    ),
    solution=bits,
    explanation="A letter that was given ½ costs 1 bit, ¼ costs 2. With equal shares "
    "among V symbols every letter costs log₂ V, and who always knows pays nothing.",
    returns=("bits",),
    probes=bit_probes,
    others=(bits_by_loop, cost(),
            lambda p, ys, mask: -(np.log2((p * np.eye(p.shape[-1])[ys]).sum(-1))
                                  * mask).sum() / mask.sum()),
    broken=cost,
    mistakes=(
        Mistake(cost("nats"), "Those are nats, made with the natural logarithm: divide "
                "by ln 2, or take `np.log2`.", fault="nats"),
        Mistake(cost("ten"), "`np.log10` counts decimal digits. Bits take `np.log2`."),
        Mistake(cost("padding"), "The padded steps are counted too. Nothing was asked "
                "there: keep `[mask]`.", fault="padding"),
        Mistake(cost("half"), "The padded steps cost 0 now, but they still count in "
                "the mean. Divide by the number of real letters, `mask.sum()`.",
                fault="half"),
        Mistake(cost("names"), "You took the mean of each name first, so a letter of a "
                "short name weighs more. All letters together, then the mean.",
                fault="names"),
        Mistake(cost("sum"), "That is the sum. Bits *a letter* is the mean."),
        Mistake(cost("sign"), "A logarithm of a probability is negative: the cost is "
                "minus that.", fault="sign"),
        Mistake(cost("mean first"), "The logarithm of the mean is not the mean of the "
                "logarithms: each letter is paid for alone."),
        Mistake(cost("entropy"), "That is how unsure the network feels, −Σ p log₂ p. "
                "What it pays depends on the letter that came."),
        Mistake(cost("perplexity"), "That is the perplexity, 2 to the power of the "
                "bits: as unsure as among so many equal choices.", fault="perplexity"),
    ),
)


def sharpen_probes(rng):
    """Cold, warm, as it is; one with huge scores."""
    found = [(rng.normal(0, 2, 5), 0.5), (rng.normal(0, 2, 4), 2.0),
             (rng.normal(0, 3, 6), 1.0), (rng.normal(0, 1, 3), 0.1)]
    return found + [(np.array([400.0, 399.0, -400.0]), 0.5)]


def softly(y):
    """Return softmax without overflow."""
    e = np.exp(y - y.max())
    return e / e.sum()


def sharpen(y, temperature):
    z = y / temperature
    e = np.exp(z - z.max())
    return e / e.sum()


def sharpen_by_powers(y, temperature):
    e = np.exp(y - y.max()) ** (1 / temperature)
    return e / np.sum(e)


def sharpen_by_logs(y, temperature):
    z = y / temperature
    return np.exp(z - np.logaddexp.reduce(z))


SHARPEN = Exercise(
    id="10.6",
    title="Temperature",
    task="Return the probabilities, (V,), that scores `y`, (V,), have at this "
         "temperature.",
    minutes=6,
    kind="implement",
    hints=(
        "A cold network should be surer of its favourite, a warm one should dare more. "
        "What happens if you divide a *probability* by 2, and all others too?",
        "Divide the scores, then take the softmax: e^(y / T) / Σ e^(y / T). Take the "
        "largest off first, so that nothing overflows.",
    ),
    solution=sharpen,
    explanation="Dividing the scores by T raises every probability to the power 1/T. "
    "Towards 0 only the favourite is left, at 1 nothing changes, far above 1 all "
    "letters are alike.",
    returns=("p",),
    probes=sharpen_probes,
    others=(sharpen_by_powers, sharpen_by_logs),
    mistakes=(
        Mistake(lambda y, temperature: softly(y) / temperature,
                "You divided the probabilities. All of them shrink or grow alike, none "
                "gains on another, and they no longer add up to 1. Divide the scores."),
        Mistake(lambda y, temperature: softly(softly(y) / temperature),
                "There are two softmaxes, and the temperature divides probabilities. "
                "Divide the scores, and take the softmax once."),
        Mistake(lambda y, temperature: softly(y * temperature),
                "Turned over: now the cold is warm and the warm is cold. Divide the "
                "scores by the temperature, which is the power 1/T."),
        Mistake(lambda y, temperature: softly(y) ** (1 / temperature),
                "The power is right, but the sum is no longer 1. Divide by the sum."),
        Mistake(lambda y, temperature: softly(y),
                "The temperature has no effect: either it is not used, or it divides "
                "probabilities that are made to add up to 1 again. Divide the scores."),
    ),
)


def pair_probes(rng):
    return [("anna", 3), ("bo", 4), ("christopher", 5), ("x", 2), ("lee", 2),
            ("ada", 1)]


def collapsed(pairs):
    """Read pairs of context and symbol in any form; several leading marks are one."""
    if isinstance(pairs, str) or not hasattr(pairs, "__len__"):
        raise WrongForm("`pairs` must be a list of pairs (the letters before, the "
                        f"letter), got {type(pairs).__name__}.")
    found = {}
    for k, pair in enumerate(pairs, 1):
        if isinstance(pair, str) or not hasattr(pair, "__len__") or len(pair) != 2:
            raise WrongForm("each entry of `pairs` must be a pair (the letters before, "
                            f"the letter), got {pair!r}.")
        before, letter = "".join(map(str, pair[0])), str(pair[1])
        seen = ["the start"] * before.startswith(".") + [before.lstrip(".")]
        seen = " and ".join(filter(None, seen)) or "nothing"
        end = "the end" if letter == "." else letter
        found[f"question {k}"] = f"after {seen}: {end}"
    return found


def pairs(name, n):
    text = "." * (n - 1) + name + "."
    return [(text[k - n + 1 : k], text[k]) for k in range(n - 1, len(text))]


def pairs_one_mark(name, n):
    text = "." + name + "."
    return [(text[max(0, k - n + 1) : k], text[k]) for k in range(1, len(text))]


def pairs_by_window(name, n):
    window, found = "." * (n - 1), []
    for letter in name + ".":
        found.append((window, letter))
        window = (window + letter)[1:] if n > 1 else ""
    return found


def pairs_without(name, n):
    text = name + "."
    return [(text[max(0, k - n + 1) : k], text[k]) for k in range(len(text))]


def pairs_late(name, n):
    text = name + "."
    return [(text[k - n + 1 : k], text[k]) for k in range(n - 1, len(text))]


def pairs_endless(name, n):
    text = "." * (n - 1) + name
    return [(text[k - n + 1 : k], text[k]) for k in range(n - 1, len(text))]


def pairs_asked(name, n):
    text = "." + name + "."
    return [(text[max(0, k - n + 1) : k], text[k]) for k in range(len(text))]


def pairs_long(name, n):
    text = "." * n + name + "."
    return [(text[k - n : k], text[k]) for k in range(n, len(text))]


def pairs_short(name, n):
    text = "." + name + "."
    return [(text[k - n + 1 : k], text[k]) for k in range(n - 1, len(text))]


MARKS = Exercise(
    id="10.4",
    title="Find the fault: a baseline that loses",
    task="The function lists what an n-gram is asked. Repair it: each letter and the "
         "end once, and the beginning can be seen.",
    minutes=7,
    kind="break",
    hints=(
        "What is handed to the n-gram when the first letter of a name is asked for? "
        "And what does it know about the second letter's place?",
        "`\".\" * (n - 1) + name + \".\"`: marks in front too. The first question is "
        "now at place n − 1.",
    ),
    solution=pairs,
    explanation="Without marks in front the first letter is guessed as if it stood "
    "anywhere, and an `a` at the beginning looks like any other `a`. The network has "
    "its mark; a baseline that is denied it loses for no good reason.",
    probes=pair_probes,
    describe=collapsed,
    others=(pairs_one_mark, pairs_by_window,
            lambda name, n: [(("." * n + name)[k + 1 : k + n], (name + ".")[k])
                             for k in range(len(name) + 1)]),
    mistakes=(
        Mistake(pairs_without, "The first letter is still asked for with nothing in "
                "front of it, so the n-gram cannot know that a name begins here."),
        Mistake(pairs_late, "Now the first n − 1 letters of a name are never asked "
                "for. That makes the task easier, and the baseline no fairer."),
        Mistake(pairs_endless, "The end is no longer asked for: keep the mark behind "
                "the name as well."),
        Mistake(pairs_asked, "The mark in front is asked for too, as if it were a "
                "letter. It is given: begin at the first letter."),
        Mistake(pairs_long, "That looks at n letters before: an n-gram is n letters "
                "with the one that is asked, so n − 1 before it."),
        Mistake(pairs_short, "With one mark and this range the first letters are "
                "skipped when n is 3 or more. Put n − 1 marks in front, or let short "
                "contexts stand: `max(0, k - n + 1)`."),
    ),
)

CROSSING = Exercise(
    id="10.5",
    title="Who wins, and does it stay so?",
    task="Counting (Kneser-Ney) against the LSTM on unseen names: with 4,000 names to "
         "learn from, and with 60,000?",
    minutes=3,
    kind="predict",
    choices=("a", "b", "c", "d"),
    hints=(
        "A table of counts knows from the first name on what it has seen. A network "
        "has to move thousands of weights before it knows anything.",
        "More names make a table of the last four letters fuller, but never longer. "
        "What can the network do with more?",
    ),
    solution="c",
    explanation="On few names counting is better: it wastes nothing. With many the "
    "network goes on improving, because letters that behave alike share weights, and "
    "the table's rows share nothing.",
    mistakes=(
        Mistake("a", "Look at the row of 4,000 names: in every split the counts need "
                     "fewer bits. The network cannot share what it has not yet seen."),
        Mistake("b", "Not for ever. The gap closes as names are added, and on 60,000 "
                     "the order has turned."),
        Mistake("d", "The other way round: a table learns from a single sight, so "
                     "little data suits it; the network pays off later."),
    ),
)

NOT_BAD = Exercise(
    id="10.7",
    title="Who understands “not bad”?",
    task="Which of the models gets more than 9 of 10 unseen sentences right?",
    minutes=4,
    kind="predict",
    choices=("a", "b", "c", "d"),
    hints=(
        "A bag of words adds up a number for each word. Can one number for “not” turn "
        "both a good and a bad word round?",
        "The sentences have at most a dozen words. What is it that a plain RNN cannot "
        "do, and is it needed here?",
    ),
    solution="c",
    explanation="A bag of words cannot: for each of these sentences there is another "
    "with the same kind of words and the opposite meaning. Both networks read in "
    "order, and a dozen steps are nothing that needs a belt.",
    mistakes=(
        Mistake("a", "The plain RNN does it too. Over a dozen steps nothing fades so "
                     "far that gates would be needed."),
        Mistake("b", "A bag of words has one number for “not”, whatever stands behind "
                     "it. It cannot turn “good” down and “bad” up."),
        Mistake("d", "Pairs catch “not bad”, but not “nobody would call the plot bad”, "
                     "where five words lie between."),
    ),
)

KERAS = Exercise(
    id="10.8",
    title="The model of the tutorials",
    task="How many parameters have `LSTM(64)` on `Input((None, 10000))` and "
         "`Dense(1)` together?",
    minutes=4,
    kind="predict",
    hints=(
        "`None` is the number of steps, and no weight belongs to a step. The input has "
        "10,000 features, one a word.",
        "4 · n · (n + d + 1) with n = 64 and d = 10,000, as in notebook 03; and Dense "
        "has a weight for each unit and a bias.",
    ),
    solution=4 * 64 * (64 + 10_000 + 1) + 65,
    formula=lambda D=10_000, H=64, O=1: 4 * H * (H + D + 1) + H * O + O,
    rtol=1e-9,
    explanation="4 · 64 · (64 + 10,000 + 1) = 2,576,640, and 65 in Dense. All but "
    "16,705 of them belong to words.",
    mistakes=(
        Mistake(4 * 64 * (64 + 10_000 + 1), "Dense is missing: 64 weights and a bias."),
        Mistake(4 * 64 * (64 + 10_000) + 65, "The biases of the LSTM are missing: one "
                "for each of its 4 · 64 sums."),
        Mistake(4 * 64 * (10_000 + 1) + 65, "The recurrent weights are missing: every "
                "unit also reads all 64 units of the step before."),
        Mistake(64 * (64 + 10_000 + 1) + 65, "That is one block. An LSTM has four: i, "
                "f, g and o."),
        Mistake(4 * 64 * (64 + 1 + 1) + 65, "That is one feature a step. Here a step "
                "brings a row of 10,000, one-hot."),
        Mistake(4 * 64 * (64 + 10_000 + 1) + 64, "Dense has a bias too: 64 + 1."),
        Mistake(4 * 64 * (64 + 10_000 + 2) + 65, "That has PyTorch's second bias. "
                "Keras has one."),
    ),
)

EXERCISES = [ASK, DY, BITS, MARKS, CROSSING, SHARPEN, NOT_BAD, KERAS]

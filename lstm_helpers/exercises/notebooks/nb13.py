"""Exercises of notebook 13: recall or compose?"""

import numpy as np

from lstm_helpers.exercises.engine.exercise import Exercise, Mistake
from lstm_helpers.exercises.engine.form import WrongForm


def tone_probes(rng):
    """Frequencies that are no divisor of the rate; lengths that are whole samples."""
    return [(440.0, 0.01, 8000), (261.6, 0.025, 4000), (97.0, 0.25, 1000),
            (1000.0, 0.01, 44100)]


def tone(frequency, seconds, rate):
    t = np.arange(round(seconds * rate))
    return np.sin(2 * np.pi * frequency * t / rate)


def tone_by_list(frequency, seconds, rate):
    samples = int(np.rint(seconds * rate))
    return np.array([np.sin(2 * np.pi * frequency * k / rate) for k in range(samples)])


def tone_by_linspace(frequency, seconds, rate):
    t = np.linspace(0, seconds, round(seconds * rate), endpoint=False)
    return np.sin(2 * np.pi * frequency * t)


def _tone(clock):
    """Return a tone of the angle ``clock(frequency, t, rate, n)``, sample t of n."""
    def other(frequency, seconds, rate):
        n = round(seconds * rate)
        return np.sin(clock(frequency, np.arange(n), rate, n))

    return other


TONE = Exercise(
    id="13.1",
    title="A note as numbers",
    task="Return the samples of a sine of `frequency` Hz that lasts `seconds`, `rate` "
         "of them a second.",
    minutes=6,
    kind="implement",
    hints=(
        "How many samples are there in all, and how many seconds have passed at "
        "sample number t? A whole wave is an angle of 2π.",
        "There are `round(seconds * rate)` samples; at sample t the time is t / rate, "
        "and y = sin(2π · frequency · time).",
    ),
    solution=tone,
    explanation="Sample t stands at t / rate seconds; `frequency` waves a second make "
    "`frequency * t / rate` waves by then, each an angle of 2π.",
    returns=("y",),
    probes=tone_probes,
    rtol=1e-6,
    atol=1e-8,
    others=(tone_by_list, tone_by_linspace),
    mistakes=(
        Mistake(_tone(lambda f, t, rate, n: f * t / rate), "A whole wave is an angle "
                "of 2π, not of 1: without it every note sounds 6.3 times too low."),
        Mistake(_tone(lambda f, t, rate, n: 2 * np.pi * f * t), "Sample number t is "
                "not second number t: divide by `rate`."),
        Mistake(_tone(lambda f, t, rate, n: 2 * np.pi * f * t / max(n - 1, 1) * n
                      / rate), "`linspace` puts its last sample at the end itself, so "
                "all steps are a little too long and the note too high: take "
                "`endpoint=False`, or t / rate."),
        Mistake(_tone(lambda f, t, rate, n: 2 * np.pi * f * (t + 1) / rate), "The "
                "first sample stands at time 0: count from 0, as `np.arange` does."),
        Mistake(_tone(lambda f, t, rate, n: 2 * np.pi * f * t / n), "You divided by "
                "the number of samples, so a long note would be lower than a short "
                "one. The time at sample t is t / rate."),
        Mistake(_tone(lambda f, t, rate, n: 2 * np.pi * t / rate), "Where is "
                "`frequency`? That is a wave a second, whatever note was asked for."),
        Mistake(lambda frequency, seconds, rate: np.cos(
            2 * np.pi * frequency * np.arange(round(seconds * rate)) / rate),
                "A cosine begins at 1, out of nowhere: one hears a click. The sine "
                "begins at 0."),
        Mistake(lambda frequency, seconds, rate: tone(frequency, 1, rate), "Every "
                "note lasts a second, whatever `seconds` says."),
    ),
)


def question_probes(rng):
    return [(list("CDEFG"), 3), (list("G-E-C---"), 4), (["G,", "C", "-"], 2),
            (list("EDC"), 1)]


def told(pairs):
    """Read pairs of context and symbol in any form; several leading marks are one."""
    if isinstance(pairs, str) or not hasattr(pairs, "__len__"):
        raise WrongForm("the answer must be a list of pairs (the steps before, the "
                        f"step), got {type(pairs).__name__}.")
    found = {"the number of questions": float(len(pairs))}
    for k, pair in enumerate(pairs, 1):
        if isinstance(pair, str) or not hasattr(pair, "__len__") or len(pair) != 2:
            raise WrongForm("each entry must be a pair (the steps before, the step), "
                            f"got {pair!r}.")
        row = [str(step) for step in pair[0]]
        marks = 0
        while marks < len(row) and row[marks] == ".":
            marks += 1
        seen = ["the start"] * (marks > 0) + [" ".join(row[marks:])]
        seen = " and ".join(filter(None, seen)) or "nothing"
        end = "the end" if str(pair[1]) == "." else str(pair[1])
        found[f"question {k}"] = f"after {seen}: {end}"
    return found


def _questions(before, after):
    """Return a function that asks with other marks in front and behind."""
    def other(steps, n):
        row = before(n) + list(steps) + after
        return [(row[max(0, k - n + 1) : k], row[k])
                for k in range(len(before(n)), len(row))]

    return other


def questions(steps, n):
    row = ["."] * (n - 1) + list(steps) + ["."]
    return [(row[k - n + 1 : k], row[k]) for k in range(n - 1, len(row))]


def questions_by_window(steps, n):
    window, found = ["."] * (n - 1), []
    for step in [*steps, "."]:
        found.append((tuple(window), step))
        window = [*window, step][1:] if n > 1 else []
    return found


def questions_from_the_mark(steps, n):
    row = [".", *steps, "."]
    return [(row[max(0, k - n + 1) : k], row[k]) for k in range(1, len(row))]


def questions_late(steps, n):
    row = ["."] * (n - 1) + list(steps) + ["."]
    return [(row[k - n + 1 : k], row[k]) for k in range(n, len(row))]


def questions_two_ends(steps, n):
    row = ["."] * (n - 1) + list(steps) + [".", "."]
    return [(row[k - n + 1 : k], row[k]) for k in range(n - 1, len(row))]


STOPS = Exercise(
    id="13.2",
    title="Find the fault: a tune that never stops",
    task="The function lists what a model is asked about a tune. What it makes up "
         "never ends. Repair it; the mark is `\".\"`.",
    minutes=6,
    kind="break",
    hints=(
        "When would a model stop? It can only say what it has been asked for at least "
        "once.",
        "The end is an answer like any other: `row = marks + steps + [\".\"]`.",
    ),
    solution=questions,
    explanation="The mark behind the tune is asked for like a note. A model that was "
    "never asked gives it no probability that comes from tunes, and goes on.",
    probes=question_probes,
    describe=told,
    others=(questions_by_window, questions_from_the_mark),
    mistakes=(
        Mistake(_questions(lambda n: ["."] * (n - 1), []), "The last question still "
                "asks for the last note. Nobody asks what comes after it."),
        Mistake(_questions(lambda n: [], ["."]), "Now it is asked for the end, but "
                "the beginning has lost its marks: the first note looks like any "
                "other."),
        Mistake(questions_late, "The first note is no longer asked for; only the "
                "end had to be added."),
        Mistake(questions_two_ends, "The end is asked for twice, and the second time "
                "after it. One mark behind the tune is enough."),
    ),
)

UNHEARD = Exercise(
    id="13.3",
    title="What does it know of the others?",
    task="A network plays its 18 tunes by heart, at 0.1 bits a step. How many does it "
         "need on tunes it has not heard?",
    minutes=3,
    kind="predict",
    choices=("a", "b", "c", "d"),
    hints=(
        "Whoever is sure of one note gives almost nothing to all the others. What "
        "does a note cost that got a probability of 1 in 1,000?",
        "The cost is −log₂ p: with p = 0.001 ten bits, while equal shares among 13 "
        "symbols never cost more than 3.7.",
    ),
    solution="d",
    explanation="It is sure, and wrong: a note that got nearly nothing costs ten bits "
    "and more. On average that is more than somebody pays who knows nothing.",
    mistakes=(
        Mistake("a", "That is what it needs on tunes it has heard. A tune it has not "
                     "heard goes another way after the second bar."),
        Mistake("b", "Counting gives something to what it has rarely seen. A network "
                     "that was trained until it knew everything by heart does not."),
        Mistake("c", "It would be so if it had learned something that holds for all "
                     "tunes and was modest about the rest. It is not modest."),
    ),
)


def half_probes(rng):
    """Tunes of several lengths, in bars; held out are some of them, by number."""
    tunes = [[f"{name}{k}" for k in range(1, long + 1)]
             for name, long in zip("abcdef", (4, 6, 4, 8, 2, 4), strict=True)]
    return [(tunes, {1, 3}), (tunes[:4], {0, 1}), (tunes[1:], {4})]


def halves(tunes, held):
    known = [tune[: len(tune) // 2] for tune in tunes]
    asked = [tune[len(tune) // 2 :] for tune in tunes]
    return known, asked


def whole(tunes, held):
    known = [tune for k, tune in enumerate(tunes) if k not in held]
    asked = [tune for k, tune in enumerate(tunes) if k in held]
    return known, asked


def whole_by_loop(tunes, held):
    known, asked = [], []
    for k in range(len(tunes)):
        (asked if k in held else known).append(list(tunes[k]))
    return known, asked


def whole_sorted(tunes, held):
    rest = sorted(set(range(len(tunes))) - set(held))
    return [tunes[k] for k in rest], [tunes[k] for k in sorted(held)]


def in_words(pair):
    """Read two lists of tunes as two texts."""
    if not isinstance(pair, tuple | list) or len(pair) != 2:
        raise WrongForm("the answer must be two lists of tunes: `return known, asked`.")
    found = {}
    for name, tunes in zip(("known", "asked"), pair, strict=True):
        if isinstance(tunes, str) or not hasattr(tunes, "__len__"):
            raise WrongForm(f"{name} must be a list of tunes, got "
                            f"{type(tunes).__name__}.")
        if len(tunes) and all(isinstance(tune, str) for tune in tunes):
            raise WrongForm(f"{name} must be a list of tunes, each a list of bars; a "
                            "list of bars came: do not join them.")
        found[name] = " / ".join(" ".join(map(str, tune)) for tune in tunes)
    return found


LEAK = Exercise(
    id="13.4",
    title="Find the fault: a test that knows the tune",
    task="The function says what is learned from and what is asked. Repair it, so that "
         "nothing of an asked tune was heard before; `held` are the numbers of the "
         "tunes to ask.",
    minutes=6,
    kind="break",
    hints=(
        "Look at the drawn tune: how do its bars 9 and 10 go? And its bars 1 and 2?",
        "What is split has to be tunes, not bars: all bars of a tune go to one side, "
        "`k in held` says to which.",
    ),
    solution=whole,
    explanation="Tunes repeat themselves. If the first half was learned, much of the "
    "second is recalled, and the figure says nothing about new tunes. What belongs "
    "together stays together: tunes here, patients or days elsewhere.",
    probes=half_probes,
    describe=in_words,
    others=(whole_by_loop, whole_sorted),
    mistakes=(
        Mistake(halves, "Every tune is still on both sides: its first half is learned, "
                "its second is asked, and the second often repeats the first."),
        Mistake(lambda tunes, held: (tunes, whole(tunes, held)[1]), "The tunes that "
                "are asked are also learned from."),
        Mistake(lambda tunes, held: whole(tunes, held)[::-1], "The two sides have "
                "changed places: `held` are those that are asked."),
        Mistake(lambda tunes, held: (
            [tune[::2] for tune in tunes], [tune[1::2] for tune in tunes]),
                "Every second bar of a tune is on the other side, so each still "
                "stands on both."),
        Mistake(lambda tunes, held: (
            whole(tunes, held)[0],
            [tune[len(tune) // 2 :] for tune in whole(tunes, held)[1]]),
                "The split is right now, but only half of each tune is asked. Nothing "
                "of it was learned, so all of it can be."),
    ),
)


def copy_probes(rng):
    known = [list("CDEFGFED"), list("GGEECC")]
    return [(list("CDEFECDE"), known, 3), (list("GGEECCGG"), known, 4),
            (list("AAAA"), known, 2), (list("FGF"), known, 4),
            (list("CEDGGEEDFGFE"), known, 3), (list("GED"), known, 3)]


def copied(steps, known, n):
    seen = {tuple(tune[t : t + n]) for tune in known for t in range(len(tune) - n + 1)}
    found = np.zeros(len(steps), bool)
    for t in range(len(steps) - n + 1):
        if tuple(steps[t : t + n]) in seen:
            found[t : t + n] = True
    return found


def copied_by_words(steps, known, n):
    texts = [" " + " ".join(tune) + " " for tune in known]
    found = [0] * len(steps)
    for t in range(len(steps) - n + 1):
        group = " " + " ".join(steps[t : t + n]) + " "
        if any(group in text for text in texts):
            for k in range(t, t + n):
                found[k] = 1
    return np.array(found)


def copied_by_loop(steps, known, n):
    found = np.zeros(len(steps))
    for t in range(len(steps) - n + 1):
        for tune in known:
            for k in range(len(tune) - n + 1):
                if list(tune[k : k + n]) == list(steps[t : t + n]):
                    found[t : t + n] = 1
    return found


def _copied(paint, groups=None):
    """Return a function that marks another part of a group, or looks for others."""
    def other(steps, known, n):
        groups_of = groups or (lambda tune, n: [
            tuple(tune[t : t + n]) for t in range(len(tune) - n + 1)])
        seen = {group for tune in known for group in groups_of(tune, n)}
        found = np.zeros(len(steps))
        for t in range(len(steps) - n + 1):
            if tuple(steps[t : t + n]) in seen:
                found[paint(t, n)] = 1
        return found

    return other


def flags(found):
    """Read marks in any form, as numbers 0 and 1."""
    marks = np.asarray(found)
    if marks.dtype.kind not in "biuf" or marks.ndim != 1:
        raise WrongForm("the answer must be one mark a step, (len(steps),), True or "
                        f"False; got {type(found).__name__}"
                        + (f" of shape {marks.shape}." if marks.ndim != 1 else "."))
    return {"found": marks.astype(float)}


def joined(steps, known, n):
    """Mark groups of all known tunes written one behind the other."""
    return copied(steps, [[step for tune in known for step in tune]], n)


CONTEST = Exercise(
    id="13.5",
    title="Which sentence do the twelve splits allow?",
    task="Choose the one sentence that the table supports.",
    minutes=4,
    kind="predict",
    choices=("a", "b", "c", "d"),
    hints=(
        "Look at the two parts by themselves. In how many of the twelve splits is the "
        "LSTM ahead, for rhythm and for pitch?",
        "Ahead in 12 of 12 is a difference. A fair coin shows nine heads or more in "
        "one of 14 series of twelve throws.",
    ),
    solution="c",
    explanation="Rhythm: ahead in every split, by 0.16 bits. Pitch: ahead in nine, "
    "behind in three, by 0.05 on average; a coin does that in one of 14 cases. The sum "
    "hides this, and tunes learned by heart say nothing about either.",
    mistakes=(
        Mistake("a", "The sum is lower in every split, but three quarters of the "
                     "difference is rhythm. Of melodies the table does not say it."),
        Mistake("b", "That is a figure of the tunes it has learned. On those a table "
                     "that looks back 60 steps is perfect too."),
        Mistake("d", "Rhythm is no draw: a fair coin shows twelve heads in one of "
                     "4,096 series of twelve throws."),
    ),
)

COPIED = Exercise(
    id="13.6",
    title="How much is copied?",
    task="Return one mark a step, (len(steps),): does it lie in a group of `n` steps "
         "that stands, as it is, in one of the known tunes?",
    minutes=8,
    kind="implement",
    hints=(
        "First collect all groups of n neighbours of all known tunes. Then slide over "
        "the new tune; where a group is known, which steps does it cover?",
        "`seen = {tuple(tune[t : t + n]) …}` for t up to `len(tune) - n`, and "
        "`found[t : t + n] = True` where `tuple(steps[t : t + n]) in seen`.",
    ),
    solution=copied,
    explanation="A set answers at once whether a group is known, and a found group "
    "marks all its n steps. The mean of the marks is the share that may be copied.",
    probes=copy_probes,
    describe=flags,
    others=(copied_by_words, copied_by_loop),
    mistakes=(
        Mistake(_copied(lambda t, n: t), "Only the first step of a known group is "
                "marked. All its `n` steps lie in it."),
        Mistake(_copied(lambda t, n: slice(t, t + n), lambda tune, n: [
            tuple(tune[t : t + n]) for t in range(len(tune) - n)]),
                "The last group of every known tune is missing: `range` leaves out its "
                "end, so it has to be `len(tune) - n + 1`."),
        Mistake(_copied(lambda t, n: slice(t, t + n), lambda tune, n: [
            tuple(tune[t : t + n]) for t in range(0, len(tune) - n + 1, n)]),
                "You cut the known tunes into pieces that do not overlap. A group may "
                "begin at every step."),
        Mistake(lambda steps, known, n: np.array([
            any(step in tune for tune in known) for step in steps]),
                "That asks for single notes, and nearly every note stands somewhere. "
                "Compare groups of `n`."),
        Mistake(_copied(lambda t, n: t + n - 1), "Only the last step of a known group "
                "is marked. All its `n` steps lie in it."),
        Mistake(joined, "Written one behind the other, the end of one tune and the "
                "beginning of the next make groups that nobody sang. Take each tune by "
                "itself."),
    ),
)


def attend_probes(rng):
    """All sizes differ; the queries are large enough for the scale to show."""
    return [(2 * rng.normal(size=(N, K)), rng.normal(size=(N, T, K)),
             rng.normal(size=(N, T, O)))
            for N, T, K, O in ((2, 5, 4, 3), (3, 6, 9, 1), (4, 2, 3, 5))]


def attending(*faults):
    """Return a head of attention with these faults."""
    def attend(q, ks, vs):
        scores = (ks * q[:, None]).sum(axis=2)
        if "no root" in faults:
            scores = scores / q.shape[1]
        elif "no scale" not in faults:
            scores = scores / np.sqrt(q.shape[1])
        axis = 0 if "batch" in faults else 1
        e = np.exp(scores - scores.max(axis=axis, keepdims=True))
        a = e / e.sum(axis=axis, keepdims=True)
        if "no sum" in faults:
            a = np.exp(scores)
        if "scores" in faults:
            a = scores
        y = (a[:, :, None] * (vs.mean(axis=1, keepdims=True) if "mean" in faults
                              else vs)).sum(axis=1)
        if "best" in faults:
            y = vs[np.arange(len(vs)), a.argmax(axis=1)]
        return y, a

    return attend


def attend(q, ks, vs):
    scores = np.einsum("nk,ntk->nt", q, ks) / np.sqrt(q.shape[1])
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    a = e / e.sum(axis=1, keepdims=True)
    return np.einsum("nt,nto->no", a, vs), a


def attend_by_loop(q, ks, vs):
    ys, weights = [], []
    for n in range(len(q)):
        e = np.exp(ks[n] @ q[n] / q.shape[1] ** 0.5)
        weights.append(e / e.sum())
        ys.append(weights[-1] @ vs[n])
    return np.array(ys), np.array(weights)


def attend_by_products(q, ks, vs):
    e = np.exp((ks @ q[:, :, None]) / np.sqrt(ks.shape[2]))
    a = e / e.sum(axis=1, keepdims=True)
    return (a.transpose(0, 2, 1) @ vs)[:, 0], a[:, :, 0]


ATTEND = Exercise(
    id="13.7",
    title="A head of attention",
    task="Return the answer `y`, (N, O), and the weights `a`, (N, T).",
    minutes=10,
    kind="implement",
    hints=(
        "First one number a step: how well does its key fit the query? Then make "
        "shares of them, over the steps. Then a mean of the values with these shares.",
        "`scores = (ks * q[:, None]).sum(axis=2) / np.sqrt(K)`, softmax over axis 1, "
        "`y = (a[:, :, None] * vs).sum(axis=1)`.",
    ),
    solution=attend,
    explanation="Each score says how well a step fits, the softmax over the steps "
    "makes shares of sum 1, and the answer is the mean of the values with these "
    "shares. The root keeps the scores of long keys from growing, so that the softmax "
    "stays soft.",
    returns=("y", "a"),
    probes=attend_probes,
    others=(attend_by_loop, attend_by_products),
    broken=attending,
    mistakes=(
        Mistake(attending("no scale"), "The scores are not divided by √K: with longer "
                "keys they grow, and the softmax turns hard.", fault="no scale"),
        Mistake(attending("no root"), "The scores are divided by K; wanted is its "
                "root. A sum of K random products grows like √K.", fault="no root"),
        Mistake(attending("batch"), "The softmax runs over the sequences of the batch, "
                "axis 0. The steps of one sequence share the attention: axis 1.",
                fault="batch"),
        Mistake(attending("no sum"), "The weights do not have the sum 1: divide "
                "e^score by its sum over the steps.", fault="no sum"),
        Mistake(attending("scores"), "The scores themselves are no weights: some are "
                "negative. A softmax makes shares of them.", fault="scores"),
        Mistake(attending("best"), "Only the best step is asked. Its weight is not 1: "
                "all steps have a say, and so all of them get a gradient.",
                fault="best"),
        Mistake(attending("mean"), "The weights are right, but all values were "
                "averaged before: then it does not matter where one looks.",
                fault="mean"),
        Mistake(lambda q, ks, vs: attend(q, ks, vs)[::-1], "The two results have "
                "changed places: first `y`, then `a`."),
    ),
)

CLAIMS = ("1 without gates", "2 no forget gate", "3 LSTM or GRU", "4 plain RNN",
          "5 regularise", "6 very long", "7 near 1", "8 attention", "9 states",
          "10 words")
TRUE = (True, False, False, True, True, True, False, False, False, False)


def _flipped(*places):
    """Return the right answers but for some."""
    return tuple(not z if k + 1 in places else z for k, z in enumerate(TRUE))


TEN = Exercise(
    id="13.8",
    title="Ten claims",
    task="Say of each of the ten claims whether it is so, True or False, before you "
         "read on.",
    minutes=8,
    kind="predict",
    hints=(
        "Three of them can be worked out on paper: how 0.9 shrinks, what a sum that "
        "never forgets comes to, how long a gate of 0.99 keeps half.",
        "f^n = 1/2 gives n = log ½ / log f. A word that comes in one-hot has a row of "
        "4H numbers of its own in W_x. And two that tie cannot be ranked.",
    ),
    solution=TRUE,
    explanation="Each is measured in a cell below. Whoever got seven without running "
    "anything has understood the series; the others are where it pays to look.",
    returns=CLAIMS,
    mistakes=(
        Mistake((True,) * 10, "Not all ten are so: at least one of them is off by a "
                "factor of ten. Take the ones with a number and work them out."),
        Mistake((False,) * 10, "Not all ten are wrong: some of them you have measured "
                "yourself in earlier notebooks."),
        Mistake(_flipped(3), "All but one. LSTM and GRU: look at the table of twelve "
                "splits, and ask in how many one of them is ahead."),
        Mistake(_flipped(7), "All but one. The seventh can be worked out: how often "
                "does 0.99 go into one half?"),
        Mistake(_flipped(4), "All but one. The fourth is not about which cell is "
                "better as a rule, but whether there is a job where the plain RNN is "
                "enough."),
        Mistake(_flipped(2), "All but one. The second: what is the sum of 1,000 times "
                "a half, if nothing is ever taken away?"),
        Mistake(_flipped(8), "All but one. The eighth: what does a step have to know, "
                "to say that it holds a mark?"),
        Mistake(_flipped(9), "All but one. The ninth says “each”. What else could "
                "keep the beat, beside the unit that follows it most closely?"),
        Mistake(_flipped(5), "All but one. The fifth: how many tunes can eight units "
                "hold by heart?"),
        Mistake(_flipped(6), "All but one. The sixth stands in a table of notebook "
                "07."),
        Mistake(_flipped(10), "All but one. The tenth: each word that comes in has a "
                "row of 4H numbers of its own."),
    ),
)


def report_probes(rng):
    """The LSTM behind one baseline and ahead of others; in another order; ties."""
    return [({"mean": np.array([9.0, 8.0, 10.0]), "persistence": np.array([4, 5, 6.0]),
              "LSTM": np.array([6.0, 4.0, 8.0])},),
            ({"LSTM": np.array([2.0, 1.0]), "AR": np.array([2.0, 3.0]),
              "persistence": np.array([5.0, 4.0])},),
            ({"persistence": np.array([3.0, 1.0, 1.0, 1.0]),
              "mean": np.array([2.0, 2.0, 2.0, 2.0]),
              "LSTM": np.array([1.0, 2.0, 1.0, 1.5])},)]


def _report(ours, bar):
    """Return a report of two ways to sum up errors."""
    def report(errors):
        others = [errors[name] for name in errors if name != "LSTM"]
        return 1 - ours(errors["LSTM"]) / bar(others)

    return report


def worst_mean(others):
    return max(np.mean(e) for e in others)


def best_mean(others):
    return min(np.mean(e) for e in others)


def report(errors):
    ours = np.mean(errors["LSTM"])
    bar = min(np.mean(errors[name]) for name in errors if name != "LSTM")
    return 1 - ours / bar


def report_by_loop(errors):
    bar = np.inf
    for name, values in errors.items():
        if name != "LSTM":
            bar = min(bar, sum(values) / len(values))
    return (bar - sum(errors["LSTM"]) / len(errors["LSTM"])) / bar


def report_by_sorting(errors):
    others = {name: np.mean(e) for name, e in errors.items() if name != "LSTM"}
    name = sorted(others, key=others.get)[0]
    return 1 - np.mean(errors["LSTM"]) / others[name]


REPORT = Exercise(
    id="13.9",
    title="Find the fault: a report that always praises",
    task="`errors` maps a name to its errors, one a split. Repair the function: it "
         "has to return how much lower the LSTM's error is than that of the best "
         "baseline, as a share.",
    minutes=6,
    kind="break",
    hints=(
        "Two words of the function choose. Which split of the LSTM is told, and which "
        "of the baselines is it held against?",
        "The mean over the splits for everybody, and the *lowest* of the baselines' "
        "means: 1 − mean(LSTM) / min(mean of each baseline).",
    ),
    solution=report,
    explanation="Everybody's mean, and the baseline that is hardest to beat. A share "
    "below 0 is a result too: it says that the baseline is to be taken.",
    returns=("share",),
    probes=report_probes,
    others=(report_by_loop, report_by_sorting),
    mistakes=(
        Mistake(_report(np.min, worst_mean), "Both faults are still there: the LSTM's "
                "luckiest split is held against the weakest baseline."),
        Mistake(_report(np.mean, worst_mean), "The LSTM is told fairly now, but it is "
                "held against the weakest baseline. Who beats the mean has not yet "
                "beaten persistence."),
        Mistake(_report(np.min, best_mean), "The baseline is the right one now, but of "
                "the LSTM only the luckiest split is told."),
        Mistake(lambda errors: 1 - np.mean(errors["LSTM"]) / min(
            np.mean(e) for e in errors.values()),
                "The LSTM stands among its own baselines: then it can never be ahead."),
        Mistake(lambda errors: report(errors) - 1, "That is minus the ratio: 1 − "
                "mean(LSTM) / best baseline is wanted."),
        Mistake(lambda errors: 1 - report(errors), "That is the ratio itself, and 1 "
                "means no gain at all: take it from 1."),
        Mistake(_report(np.mean, lambda others: min(np.min(e) for e in others)),
                "Now the baseline's luckiest split is taken. Everybody gets the mean."),
        Mistake(_report(np.mean, lambda others: np.mean(others[0])), "That is whatever "
                "baseline happens to come first. Take the one that is hardest to "
                "beat."),
    ),
)

EXERCISES = [TONE, STOPS, UNHEARD, LEAK, CONTEST, COPIED, ATTEND, TEN, REPORT]

"""Exercises of notebook 08: training on a sine wave."""

import numpy as np

from lstm_helpers.exercises.engine.exercise import Exercise, Mistake
from lstm_helpers.exercises.notebooks.nb08_training import (
    CORRECTED,
    DESCEND,
    EPOCH,
    OUTPUT,
)


def wave_probes(rng):
    """Values without a pattern; then N = T + 1, where two axes can be mixed up."""
    return [(rng.normal(size=shape),) for shape in ((3, 6, 1), (5, 5, 1), (2, 4, 3))]


def pairs(waves):
    return waves[:, :-1], waves[:, 1:]


def pairs_by_steps(waves):
    T = waves.shape[1] - 1
    xs = np.stack([waves[:, t] for t in range(T)], axis=1)
    ys = np.stack([waves[:, t + 1] for t in range(T)], axis=1)
    return xs, ys


def pairs_by_examples(waves):
    xs = [list(wave[:-1]) for wave in waves]
    ys = [list(np.delete(wave, 0, axis=0)) for wave in waves]
    return xs, ys


PAIRS = Exercise(
    id="08.1",
    title="Inputs and targets",
    task="Cut `waves`, (N, T + 1, 1), into inputs and targets, (N, T, 1) each: the "
         "target of a step is the value after it.",
    minutes=4,
    kind="implement",
    hints=(
        "Write down five values of one wave. Which of them has no successor, and which "
        "has no predecessor?",
        "`xs` is all but the last value, `ys` all but the first: slices of axis 1.",
    ),
    solution=pairs,
    explanation="T + 1 values make T pairs: the last has no target, the first is none. "
    "`ys[:, t]` is `waves[:, t + 1]`.",
    returns=("xs", "ys"),
    probes=wave_probes,
    others=(pairs_by_steps, pairs_by_examples),
    mistakes=(
        Mistake(
            lambda waves: (waves[:, :-1], waves[:, :-1]),
            "The target is the input itself. A network that copies would reach a loss "
            "of 0 and could forecast nothing. Move the targets on by one.",
        ),
        Mistake(
            lambda waves: (waves, waves),
            "Inputs and targets are the same array: nothing is shifted. The target of "
            "a step is the value *after* it.",
        ),
        Mistake(
            lambda waves: (waves, waves[:, 1:]),
            "The last value is among the inputs, but nothing is known to follow it. "
            "Leave it out: `waves[:, :-1]`.",
        ),
        Mistake(
            lambda waves: (waves[:, :-2], waves[:, 2:]),
            "Your targets are two steps ahead. One less: `waves[:, 1:]` begins with "
            "the second value, since counting begins at 0.",
        ),
        Mistake(
            lambda waves: (waves[:, 1:], waves[:, :-1]),
            "Inputs and targets have changed places: this network would say what was, "
            "not what comes.",
        ),
        Mistake(
            lambda waves: (waves, np.roll(waves, -1, axis=1)),
            "`np.roll` goes in a circle: the last target is the *first* value of the "
            "wave, which does not follow. Leave the last value out.",
        ),
        Mistake(
            lambda waves: (waves[:-1], waves[1:]),
            "You shifted the examples: each wave is to forecast another wave. Axis 0 "
            "is the batch, time is axis 1.",
        ),
        Mistake(
            lambda waves: (waves[:, :-1], waves[:, -1]),
            "That is one target a sequence, its last value. Here the network answers "
            "at every step, so it needs T targets.",
        ),
        Mistake(
            lambda waves: (waves[:, :-1, 0], waves[:, 1:, 0]),
            "The last axis is gone. Features are an axis too, even if there is only "
            "one: (N, T, 1).",
        ),
    ),
)

STOP = Exercise(
    id="08.6",
    title="Where will the loss stop?",
    task="No noise, an exact rule. Where does the loss end, however long and well we "
         "train?",
    minutes=2,
    kind="predict",
    choices=("a", "b", "c", "d"),
    hints=(
        "Play the network. You are shown the first value of a wave, 0.5, and asked for "
        "the second. What do you say?",
        "A wave at 0.5 may be on its way up or on its way down. `sin φ` is the same "
        "for φ and 180° − φ.",
    ),
    solution="c",
    explanation="At the first step two different waves look alike, so nobody can be "
    "right about both. What that costs can be computed, below.",
    mistakes=(
        Mistake("a", "The next value follows exactly from the *two* before it. But "
                "every sequence has a first step, and there is only one value then."),
        Mistake("b", "A flat curve says that this training has come to a halt, not "
                "that nothing better exists. Which of the two it is, a curve cannot "
                "tell."),
        Mistake("d", "That is the word *underfit*: a network too small for its task. "
                "But what remains is unknowable, for 16 units and for a million. We "
                "shall try 32."),
    ),
)


OMEGA = 2 * np.pi * 0.1  # radians per step, of the waves in the notebook

FLOOR = Exercise(
    id="08.7",
    title="The floor, in numbers",
    task="Waves of 0.1 cycles a step, T = 25 steps, any phase equally likely. Which "
         "mean squared error can nobody beat, on average?",
    minutes=4,
    kind="predict",
    hints=(
        "At the first step sin²ω·cos²φ is left over. What is the mean of cos² over all "
        "phases? And how many of the 25 steps have an error at all?",
        "`sin²ω · ½ / T` with ω = 2π · 0.1",
    ),
    solution=round(float(np.sin(OMEGA) ** 2 / (2 * 25)), 6),
    formula=lambda frequency=0.1, T=25: np.sin(2 * np.pi * frequency) ** 2 / 2 / T,
    explanation="sin²ω · ½ at the first step, 0 at the 24 others, so sin²ω / (2T) = "
    "0.00691 in the mean over all 25. No network, however large, does better on waves "
    "it has not seen.",
    rtol=0.005,
    mistakes=(
        Mistake(0.0, "0 would be right if the first step could be known. But sin φ is "
                     "the same for a rising and a falling wave: that part of the "
                     "error is not a lack of training."),
        Mistake(np.sin(OMEGA) ** 2 / 2, "That is the error of the first step. The "
                "loss is the mean over 25 steps, and the other 24 add nothing."),
        Mistake(np.sin(OMEGA) ** 2 / 25, "The mean of cos²φ over all phases is "
                "missing. It is ½: cos² and sin² add up to 1 and have equal shares."),
        Mistake(np.sin(OMEGA) ** 2, "That is the largest error of the first step, for "
                "φ = 0. Take the mean over the phases, ½, and over the 25 steps."),
        Mistake(np.sin(OMEGA) / 50, "The square is missing: a squared error holds "
                "sin²ω."),
        Mistake(np.cos(OMEGA) ** 2 / 50, "cos ω belongs to the part that *can* be "
                "said, cos ω · x_0. What is left over has the factor sin ω."),
        Mistake(np.sin(0.1) ** 2 / 50, "ω is 2π times the frequency: 0.1 cycles a step "
                "are 0.628 radians a step."),
        Mistake(np.sin(OMEGA) ** 2 / 48, "You divided by 24. All 25 steps have a "
                "target, the first included."),
        Mistake(0.5 / 25, "That is what it costs to say 0 at the first step. The "
                "middle of the two waves that fit, cos ω · x_0, costs less."),
        Mistake((1 - np.cos(OMEGA)) / 25, "That is what it costs to repeat x_0 at the "
                "first step. The middle of the two waves that fit, cos ω · x_0, "
                "costs less."),
        Mistake(1 - np.cos(OMEGA), "That is persistence, which always says that "
                "nothing changes. The best guess knows the rule of the wave."),
        Mistake(0.007, "That is where the loss was seen to stop, rounded. Compute it: "
                "four digits are wanted."),
        Mistake(0.0071, "That is what the runs ended at, with the 500 phases that "
                "happened to be drawn. Compute the mean over *all* phases."),
    ),
)


def phase_probes(rng):
    """Few phases, so that their mean cos² is far from ½; two frequencies."""
    return [(rng.uniform(0, 2 * np.pi, 7), 0.1, 25), (rng.uniform(0, 3, 4), 0.23, 6)]


def floor_of_draw(phases, frequency, T):
    omega = 2 * np.pi * frequency
    return np.sin(omega) ** 2 * np.mean(np.cos(phases) ** 2) / T


def floor_of_draw_by_rule(phases, frequency, T):
    omega = 2 * np.pi * frequency
    error = np.sin(phases + omega) - np.cos(omega) * np.sin(phases)
    return sum(e * e for e in error) / (len(phases) * T)


def floor_of_draw_by_doubling(phases, frequency, T):
    omega = 2 * np.pi * frequency
    return (1 - np.cos(omega) ** 2) * (1 + np.cos(2 * phases).mean()) / 2 / T


def broken_floor(*faults):
    """Return a floor with these faults."""
    def wrong(phases, frequency, T):
        omega = frequency if "no 2π" in faults else 2 * np.pi * frequency
        if "later phase" in faults:
            phases = phases + omega
        turned = np.sin(phases) if "sin φ" in faults else np.cos(phases)
        mean = np.mean(turned) ** 2 if "mean first" in faults else np.mean(turned**2)
        if "φ squared" in faults:
            mean = np.mean(np.cos(phases**2))
        if "all phases" in faults:
            mean = 0.5
        factor = np.sin(omega) if "no square" in faults else np.sin(omega) ** 2
        if "cos ω" in faults:
            factor = np.cos(omega) ** 2
        if "ω squared" in faults:
            factor = np.sin(omega**2)
        return factor * mean / (1 if "no T" in faults else T)

    return wrong


DRAWN = Exercise(
    id="08.8",
    title="The floor of the phases that were drawn",
    task="`phases`, (N,), are those of the waves at their first step. Return the "
         "smallest mean squared error, over all T steps, that they allow.",
    minutes=6,
    kind="implement",
    hints=(
        "500 phases do not have a mean cos² of exactly ½. Put the one they have in its "
        "place.",
        "`np.sin(omega)**2 * np.mean(np.cos(phases)**2) / T` with `omega = 2 * np.pi * "
        "frequency`",
    ),
    solution=floor_of_draw,
    explanation="φ is the phase at the first step, where x_0 = sin φ. The drawn phases "
    "decide how many waves begin near 0, where direction matters most, and how many "
    "near a peak, where it hardly does.",
    returns=("the floor",),
    probes=phase_probes,
    others=(floor_of_draw_by_rule, floor_of_draw_by_doubling),
    broken=broken_floor,
    rtol=1e-6,
    atol=1e-9,
    mistakes=(
        Mistake(
            broken_floor("sin φ"),
            "sin²φ where cos²φ belongs. x_0 = sin φ is what is *seen*; what is not "
            "seen, the direction, is cos φ.",
            fault="sin φ",
        ),
        Mistake(
            broken_floor("mean first"),
            "You squared the mean. It is the mean of the squares that is wanted: the "
            "cosines of rising and falling waves would cancel.",
            fault="mean first",
        ),
        Mistake(
            broken_floor("all phases"),
            "½ is the mean of cos² over all phases. These are a few drawn ones: take "
            "the mean over `phases`.",
            fault="all phases",
        ),
        Mistake(
            broken_floor("no T"),
            "That is the first step alone. The loss is the mean over T steps.",
            fault="no T",
        ),
        Mistake(
            broken_floor("no 2π"),
            "`frequency` counts cycles per step. ω = 2π · frequency.",
            fault="no 2π",
        ),
        Mistake(
            broken_floor("no square"),
            "sin ω has to be squared, as every error is.",
            fault="no square",
        ),
        Mistake(
            broken_floor("ω squared"),
            "You squared ω. sin²ω is the square of the sine: `np.sin(omega) ** 2`.",
            fault="ω squared",
        ),
        Mistake(
            broken_floor("φ squared"),
            "You squared φ. cos²φ is the square of the cosine: `np.cos(phases) ** 2`.",
            fault="φ squared",
        ),
        Mistake(
            broken_floor("cos ω"),
            "cos ω is the factor of what can be said. What is left over has sin ω.",
            fault="cos ω",
        ),
        Mistake(
            broken_floor("later phase"),
            "That is the phase of the target, φ + ω. What is known or not is decided "
            "at the input, where the phase is φ.",
            fault="later phase",
        ),
        Mistake(
            lambda phases, frequency, T: floor_of_draw(phases, frequency, T)
            * len(phases),
            "That is a sum over the sequences. The loss is a mean.",
        ),
    ),
)

LOWER = Exercise(
    id="08.9",
    title="What lowers the floor?",
    task="Which change brings the loss well below 0.007?",
    minutes=2,
    kind="predict",
    choices=("a", "b", "c", "d"),
    hints=(
        "Look at the formula of the floor. Which letters are in it?",
        "`sin²ω / (2T)`: no units, no epochs, no number of sequences.",
    ),
    solution="c",
    explanation="Twice as many steps, the same single blind one among them: half the "
    "loss. The network has not become any wiser. Losses can be compared only at the "
    "same T.",
    mistakes=(
        Mistake("a", "More units can learn more complicated rules. But the rule is "
                "known here, and it was not the units that failed at the first step."),
        Mistake("b", "More training helps while there is something left to learn. At "
                "the first step there is nothing to be known."),
        Mistake("d", "More sequences bring the floor of the draw nearer to sin²ω/(2T). "
                "They tell no more about the direction of a wave from one value."),
    ),
)

RISING = Exercise(
    id="08.10",
    title="Waves that all begin upwards",
    task="Phases from −90° to 90° only. Where does the loss stop now?",
    minutes=2,
    kind="predict",
    choices=("a", "b", "c", "d"),
    hints=(
        "From −90° to 90° the sine only rises. How many waves of this kind begin at "
        "0.5?",
        "`cos φ = + √(1 − x_0²)`: the sign is known.",
    ),
    solution="b",
    explanation="The first value now tells the direction too, since there is only one, "
    "so nothing is unknowable. The explanation of the floor has passed a test that "
    "it could have failed.",
    mistakes=(
        Mistake("a", "The mean of cos²φ over these phases is ½ as before, so the "
                "formula seems to say 0.007. But it was derived for phases where cos φ "
                "may be + or −. Here the sign is known."),
        Mistake("c", "Half of the waves are left, but the loss is a mean. Ask for each "
                "one what can be known of it."),
        Mistake("d", "There is less variety, not more: every first value belongs to "
                "one wave only."),
    ),
)


def run_probes(rng):
    """A recurrent step with random weights, N = H once; some values to start from."""
    def draw(N, T, H, warm_up):
        W_x, W_h = rng.normal(size=(1, H)), rng.normal(size=(H, H))
        W_y = rng.normal(size=(H, 1))

        def step(x_t, h_t):
            h_t = np.tanh(x_t @ W_x + h_t @ W_h)
            return h_t @ W_y, h_t

        return step, rng.normal(size=(N, T, 1)), rng.normal(size=(N, H)), warm_up

    return [draw(3, 9, 4, 4), draw(4, 7, 4, 2)]


def free_run(step, waves, h_t, warm_up):
    for t in range(warm_up):
        y_t, h_t = step(waves[:, t], h_t)
    ys = [y_t]
    while len(ys) < waves.shape[1] - warm_up:
        y_t, h_t = step(y_t, h_t)
        ys.append(y_t)
    return np.stack(ys, axis=1)


def free_run_in_one_loop(step, waves, h_t, warm_up):
    T = waves.shape[1]
    seen = waves.copy()  # what the network reads: from warm_up on its own words
    for t in range(T - 1):
        y_t, h_t = step(seen[:, t], h_t)
        if t + 1 >= warm_up:
            seen[:, t + 1] = y_t
    return seen[:, warm_up:]


def free_run_by_recursion(step, waves, h_t, warm_up):
    y_t, h_t = step(waves[:, 0], h_t)
    if warm_up > 1:
        return free_run_by_recursion(step, waves[:, 1:], h_t, warm_up - 1)
    if waves.shape[1] == 2:
        return y_t[:, None]
    rest = np.concatenate([y_t[:, None], waves[:, 2:]], axis=1)
    later = free_run_by_recursion(step, rest, h_t, 1)
    return np.concatenate([y_t[:, None], later], axis=1)


def broken_run(*faults):
    """Return a free run with these faults."""
    def wrong(step, waves, h_init, warm_up):
        h_t, ys = h_init, []
        for t in range(waves.shape[1] - 1):
            free = t >= warm_up
            x_t = waves[:, t]
            if free and "truth" not in faults:
                x_t = waves[:, warm_up - 1] if "frozen" in faults else ys[-1]
            if "amnesia" in faults or (free and "reset" in faults) or (
                    t == warm_up and "cold" in faults):
                h_t = h_init
            y_t, h_next = step(x_t, h_t)
            if not (free and "stuck" in faults):
                h_t = h_next
            ys.append(y_t)
        start = 0 if "all" in faults else warm_up - 1
        return np.stack(ys[start:], axis=1)

    return wrong


def run_cold_from_zeros(step, waves, h_t, warm_up):
    for t in range(warm_up):
        y_t, h_t = step(waves[:, t], h_t)
    ys, h_t = [y_t], np.zeros_like(h_t)
    for _ in range(waves.shape[1] - warm_up - 1):
        y_t, h_t = step(y_t, h_t)
        ys.append(y_t)
    return np.stack(ys, axis=1)


def run_on_the_truth(step, waves, h_t, warm_up):
    ys = []
    for t in range(waves.shape[1]):
        y_t, h_t = step(waves[:, t], h_t)
        ys.append(y_t)
    return np.stack(ys[warm_up:], axis=1)


def run_read_twice(step, waves, h_t, warm_up):
    for t in range(warm_up):
        _, h_t = step(waves[:, t], h_t)
    x_t, ys = waves[:, warm_up - 1], []
    for _ in range(waves.shape[1] - warm_up):
        x_t, h_t = step(x_t, h_t)
        ys.append(x_t)
    return np.stack(ys, axis=1)


def run_late(step, waves, h_t, warm_up):
    for t in range(warm_up):
        y_t, h_t = step(waves[:, t], h_t)
    ys = []
    for _ in range(waves.shape[1] - warm_up):
        y_t, h_t = step(y_t, h_t)
        ys.append(y_t)
    return np.stack(ys, axis=1)


RUN = Exercise(
    id="08.11",
    title="Left to itself",
    task="Read `warm_up` true values, then go on with the network's own predictions "
         "up to the end of `waves`; return them, (N, T − warm_up, 1).",
    minutes=8,
    kind="implement",
    hints=(
        "Two things have to pass from one step to the next, and a third no longer "
        "does: which of prediction, state and truth is the third?",
        "After the warm-up: `y_t, h_t = step(y_t, h_t)`, again and again. The first "
        "prediction you keep is the one the last true value leads to.",
    ),
    solution=free_run,
    explanation="The last step of the warm-up gives the first prediction of the run. "
    "From then on `y_t` takes the place of the input, and `h_t` is carried on as "
    "before.",
    returns=("ys",),
    probes=run_probes,
    others=(free_run_in_one_loop, free_run_by_recursion),
    broken=broken_run,
    mistakes=(
        Mistake(
            broken_run("truth"),
            "The network still reads the truth at every step. That is *teacher "
            "forcing*, as in training: an error is never fed back, so the run looks "
            "far better than it is. Feed `y_t`.",
            fault="truth",
        ),
        Mistake(
            run_on_the_truth,
            "Two things. The network reads the truth to the end, as in training: from "
            "`warm_up` on feed it `y_t`. And what it says at step t is for t + 1, so "
            "the run begins with what the last true value leads to, a step earlier.",
        ),
        Mistake(
            broken_run("stuck"),
            "The predictions go on, the state does not: each step of the run reads the "
            "state the warm-up ended with. Keep both: `y_t, h_t = step(y_t, h_t)`.",
            fault="stuck",
        ),
        Mistake(
            broken_run("reset"),
            "After the warm-up each step starts from the initial state again. The "
            "state knows where in the wave we are and in which direction: carry it on.",
            fault="reset",
        ),
        Mistake(
            broken_run("amnesia"),
            "Every step starts from the initial state, in the warm-up too: nothing is "
            "remembered. Use the state that `step` returns.",
            fault="amnesia",
        ),
        Mistake(
            broken_run("cold"),
            "The state of the warm-up is thrown away before the run begins. It is what "
            "the warm-up was for: go on from it.",
            fault="cold",
        ),
        Mistake(
            run_cold_from_zeros,
            "The state is set to zero before the run, so the warm-up was for nothing. "
            "Go on from the state it ended with.",
        ),
        Mistake(
            broken_run("frozen"),
            "The last true value is read again at every step. Feed what the network "
            "has just said.",
            fault="frozen",
        ),
        Mistake(
            broken_run("all"),
            "The predictions of the warm-up are there too. Only those after the last "
            "true value are wanted: T − warm_up of them.",
            fault="all",
        ),
        Mistake(
            run_read_twice,
            "The last value of the warm-up is read twice, once in the warm-up and once "
            "to start the run. So the state is a step ahead of the wave. Start with "
            "the prediction the warm-up ended with.",
        ),
        Mistake(
            run_late,
            "The first prediction is used but not kept, so all are one step late. It "
            "is the one the last true value leads to: begin the list with it.",
        ),
    ),
)


LOCK = Exercise(
    id="08.12",
    title="Ten thousand steps alone",
    task="The height of the run holds. What becomes of its place in the wave after "
         "10,000 steps alone?",
    minutes=3,
    kind="predict",
    choices=("a", "b", "c", "d"),
    hints=(
        "The network does the same thing at every step. Picture where on the ring it "
        "lands after ten of them: at the same place, or a little beside it?",
        "A map that turns by nearly a tenth of a circle can have places that it comes "
        "back to exactly, and pull in what is near them.",
    ),
    solution="c",
    explanation="A wave of ten steps meets a network that repeats itself every ten "
    "steps: some places on the ring are met again exactly, and what is near is pulled "
    "in. This is called *mode locking*. How many networks do it is counted below.",
    mistakes=(
        Mistake("a", "That is what a linear rule with a factor just below 1 would do. "
                "You saw heights of 0.5 and 2 come back to 1: the height is held."),
        Mistake("b", "So does a clock that runs a little fast. It would need a ring "
                "that is the same all round, and this one was made of sixteen tanh."),
        Mistake("d", "Nothing in the training asked for more than 25 steps, and a "
                "wave of any phase is equally good. Exact it is only where something "
                "holds it."),
    ),
)


def frequency_probes(rng):
    """Sines of several heights and frequencies, long enough to tell them apart."""
    def draw(N, T):
        height, phase = rng.uniform(0.5, 2, (N, 1)), rng.uniform(0, 6, (N, 1))
        omega = 2 * np.pi * rng.uniform(0.03, 0.45, (N, 1))
        return ((height * np.sin(omega * np.arange(T) + phase))[..., None],)

    return [draw(4, 9), draw(5, 5)]


def frequency_of(xs):
    middle = xs[:, 1:-1, 0]
    around = xs[:, 2:, 0] + xs[:, :-2, 0]  # 2 cos ω times the middle
    cos = np.sum(middle * around, axis=1) / (2 * np.sum(middle**2, axis=1))
    return np.arccos(cos) / (2 * np.pi)


def frequency_at_the_largest(xs):
    result = []
    for wave in xs[..., 0]:
        t = 1 + np.argmax(np.abs(wave[1:-1]))
        cos = (wave[t + 1] + wave[t - 1]) / (2 * wave[t])
        result.append(np.arccos(cos) / (2 * np.pi))
    return result


def frequency_by_least_squares(xs):
    two_cos = [np.linalg.lstsq(w[1:-1, None], w[2:] + w[:-2], rcond=None)[0][0]
               for w in xs[..., 0]]
    return np.arccos(np.array(two_cos) / 2) / 2 / np.pi


def turned(function):
    """Return `frequency_of` with another last step."""
    def wrong(xs):
        with np.errstate(all="ignore"):
            return function(np.cos(2 * np.pi * frequency_of(xs)))

    return wrong


FREQUENCY = Exercise(
    id="08.13",
    title="How fast does this wave swing?",
    task="Return the frequency of each sine in `xs`, (N, T, 1), in cycles per step: an "
         "array (N,).",
    minutes=8,
    kind="extend",
    hints=(
        "The two-lag rule holds for any frequency. Read it the other way round: three "
        "values in a row tell cos ω.",
        "`x_{t+1} + x_{t-1} = 2 cos ω · x_t`. Divide at a step where x_t is not near "
        "0, or best over all steps: Σ x_t (x_{t+1} + x_{t-1}) / (2 Σ x_t²). Then "
        "`np.arccos`, and ω = 2π · frequency.",
    ),
    solution=frequency_of,
    explanation="Three values in a row are enough, for any height and phase. The sums "
    "are least squares: steps where x_t is near 0 tell little, and count little.",
    returns=("frequencies",),
    probes=frequency_probes,
    others=(frequency_at_the_largest, frequency_by_least_squares),
    mistakes=(
        Mistake(
            turned(np.arccos),
            "That is ω, in radians per step. A cycle has 2π of them: divide by 2π.",
        ),
        Mistake(
            turned(lambda cos: cos),
            "That is cos ω. Turn it back with `np.arccos`, and divide by 2π.",
        ),
        Mistake(
            turned(lambda cos: 2 * cos),
            "That is 2 cos ω, the factor in the rule. Halve it, turn it back with "
            "`np.arccos`, and divide by 2π.",
        ),
        Mistake(
            turned(lambda cos: np.degrees(np.arccos(cos)) / (2 * np.pi)),
            "A cycle is 360° or 2π radians, and you took degrees for the one and "
            "radians for the other. `np.arccos` gives radians: divide them by 2π.",
        ),
        Mistake(
            turned(lambda cos: np.degrees(np.arccos(cos))),
            "That is ω in degrees per step. Cycles are wanted: 360° are one.",
        ),
        Mistake(
            turned(lambda cos: 2 * np.pi / np.arccos(cos)),
            "That is the period, in steps per cycle. The frequency is its inverse.",
        ),
        Mistake(
            turned(lambda cos: np.arccos(2 * cos) / (2 * np.pi)),
            "The rule says *2* cos ω. Halve the quotient before `np.arccos`: beyond ±1 "
            "it has no answer and gives NaN.",
        ),
        Mistake(
            turned(lambda cos: np.arcsin(cos) / (2 * np.pi)),
            "The rule holds cos ω, so `np.arccos` turns it back, not `np.arcsin`.",
        ),
        Mistake(
            lambda xs: np.full(len(xs), frequency_of(xs.reshape(1, -1, 1))[0]),
            "All waves went into one estimate. Each has a frequency of its own: sum "
            "over time, `axis=1`, not over the batch.",
        ),
    ),
)


def batch_probes(rng):
    """The first batch, one from the middle, and a last one that is not full."""
    def draw(N, T, k, size):
        return (rng.normal(size=(N, T, 1)), rng.normal(size=(N, T, 1)),
                rng.permutation(N), k, size)

    return [draw(7, 3, 0, 3), draw(8, 2, 2, 3), draw(7, 3, 6, 3)]


def minibatch(xs, ys, order, k, size):
    batch = order[k : k + size]
    return xs[batch], ys[batch]


def minibatch_shuffled_first(xs, ys, order, k, size):
    xs, ys = xs[order], ys[order]
    return xs[k : k + size], ys[k : k + size]


def minibatch_one_by_one(xs, ys, order, k, size):
    rows = [n for place, n in enumerate(order) if k <= place < k + size]
    return [xs[n] for n in rows], [ys[n] for n in rows]


def minibatch_mismatched(xs, ys, order, k, size):
    batch = order[k : k + size]
    return xs[batch], ys[k : k + size]


BATCH = Exercise(
    id="08.14",
    title="Find the fault: a loss that stops at 0.5",
    task="Trained with these minibatches, the loss stops near 0.5. Repair the line.",
    minutes=5,
    kind="break",
    hints=(
        "0.5 is the mean of sin², the error of someone who always says 0. When is 0 "
        "the best answer to every input?",
        "When the target has nothing to do with the input. Which wave does row 0 of "
        "the returned inputs come from, and which one row 0 of the targets?",
    ),
    solution=minibatch,
    explanation="Inputs came in the shuffled order, targets in the old one, so each "
    "wave was to forecast another wave. A loss that stops at the variance of the "
    "targets says: input and target have nothing in common.",
    returns=("x", "y"),
    probes=batch_probes,
    others=(minibatch_shuffled_first, minibatch_one_by_one),
    mistakes=(
        Mistake(
            minibatch_mismatched,
            "Still the loss of 0.5: `xs[batch]` is shuffled, `ys[k : k + size]` is "
            "not. A row of the one must belong to the same row of the other.",
        ),
        Mistake(
            lambda xs, ys, order, k, size: (xs[k : k + size], ys[order[k : k + size]]),
            "Now the targets are shuffled and the inputs are not: the same fault, the "
            "other way round.",
        ),
        Mistake(
            lambda xs, ys, order, k, size: (xs[k : k + size], ys[k : k + size]),
            "The pairs match now, but `order` is not used: every epoch has the same "
            "batches in the same order. Shuffle both alike.",
        ),
        Mistake(
            lambda xs, ys, order, k, size: (xs[order[k:size]], ys[order[k:size]]),
            "`order[k : size]` ends at `size` each time, so later batches are too "
            "short, or empty. It must end at `k + size`.",
        ),
        Mistake(
            lambda xs, ys, order, k, size: (xs[order[k : k + size]],) * 2,
            "Both come from `xs` now: each input is its own target, and a network that "
            "copies would be perfect. The targets are `ys[batch]`.",
        ),
        Mistake(
            lambda xs, ys, order, k, size: minibatch(xs, ys, order, k, size)[::-1],
            "Inputs and targets have changed places: this network would say what was, "
            "not what comes.",
        ),
        Mistake(
            lambda xs, ys, order, k, size: (xs[order], ys[order]),
            "That is all waves at once, in a new order. One minibatch is wanted, from "
            "`k` to `k + size`.",
        ),
    ),
)


EXERCISES = [PAIRS, OUTPUT, DESCEND, EPOCH, CORRECTED, STOP, FLOOR, DRAWN, LOWER,
             RISING, RUN, LOCK, FREQUENCY, BATCH]

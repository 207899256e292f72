"""Exercises of notebook 09: the next number, in Keras and without."""

import numpy as np

from lstm_helpers import frameworks
from lstm_helpers.exercises.engine import form
from lstm_helpers.exercises.engine.exercise import Exercise, Mistake


def window_probes(rng):
    """Series with no pattern, so that every place is told apart; T = 1 and T = 4."""
    return [(rng.normal(size=9), 3), (rng.normal(size=6), 1), (rng.normal(size=8), 4)]


def windows(series, T):
    xs = np.stack([series[k : k + T] for k in range(len(series) - T)])
    return xs[..., None], series[T:, None]


def windows_by_view(series, T):
    view = np.lib.stride_tricks.sliding_window_view(series, T + 1)
    return view[:, :T, None], view[:, T:]


def windows_by_loop(series, T):
    xs, ys = [], []
    for k in range(T, len(series)):
        xs.append([[value] for value in series[k - T : k]])
        ys.append([series[k]])
    return xs, ys


def windows_one_short(series, T):
    xs, ys = windows(series, T)
    return xs[:-1], ys[:-1]


def windows_without_target(series, T):
    xs = np.stack([series[k : k + T] for k in range(len(series) - T + 1)])
    return xs[..., None], series[T:, None]


def windows_side_by_side(series, T):
    xs, ys = windows(series, T)
    return xs[::T], ys[::T]


def windows_backwards(series, T):
    xs, ys = windows(series, T)
    return xs[:, ::-1], ys


WINDOWS = Exercise(
    id="09.1",
    title="From a series to windows",
    task="Cut `series` into windows of length `T`, shape (N, T, 1), each with the "
         "value that follows it, shape (N, 1).",
    minutes=6,
    kind="implement",
    hints=(
        "The first window starts at 0. The last one has to leave one value over, for "
        "the target. How many fit?",
        "`series[k : k + T]` is window k, for k from 0 to `len(series) - T - 1`; the "
        "targets are `series[T:]`. `[..., None]` adds the last axis.",
    ),
    solution=windows,
    explanation="30 numbers and T = 3 give 27 windows. Keras wants batch, time steps, "
    "features, in this order: (27, 3, 1), even where there is one feature.",
    returns=("xs", "ys"),
    probes=window_probes,
    others=(windows_by_view, windows_by_loop),
    mistakes=(
        Mistake(
            lambda series, T: (windows(series, T)[0], series[T - 1 : -1, None]),
            "Your target is the last number of the window itself. A network that "
            "copies its input would get full marks; the value *after* it is wanted.",
        ),
        Mistake(
            lambda series, T: (windows(series, T)[0][..., 0], series[T:, None]),
            "`xs` has shape (N, T). The features are an axis too, even if there is one "
            "only: `xs[..., None]`.",
        ),
        Mistake(
            lambda series, T: (windows(series, T)[0].swapaxes(1, 2), series[T:, None]),
            "Your shape is (N, 1, T): one time step with T features. Then there is "
            "nothing to remember. T steps with one feature is (N, T, 1).",
        ),
        Mistake(
            lambda series, T: (windows(series, T)[0], series[T:]),
            "`ys` has shape (N,). Keras would add the axis for you. NumPy would "
            "subtract (N,) from (N, 1) and get (N, N), without a word: "
            "`series[T:, None]`.",
        ),
        Mistake(
            windows_without_target,
            "There is one window more than there are targets: after the last one "
            "nothing follows. `range(len(series) - T)` stops in time.",
        ),
        Mistake(
            windows_one_short,
            "The last window is missing. `range` leaves out its end already: "
            "`range(len(series) - T)`.",
        ),
        Mistake(
            windows_side_by_side,
            "Your windows do not overlap. They may: a step of one gives T times as "
            "many examples.",
        ),
        Mistake(
            lambda series, T: (windows(series, T)[0].swapaxes(0, 1), series[T:, None]),
            "Time comes first in `xs`, (T, N, 1). Here and in Keras the batch comes "
            "first.",
        ),
        Mistake(
            windows_backwards,
            "Each window runs backwards. Time runs from the first step to the last: "
            "the newest value is `xs[:, -1]`.",
        ),
    ),
)

COUNT = Exercise(
    id="09.2",
    title="What ten units cost",
    task="How many parameters has the model with `LSTM(10)` and `Dense(1)`?",
    minutes=3,
    kind="predict",
    hints=(
        "Four blocks, each with an input matrix, a recurrent matrix and a bias; then "
        "Dense.",
        "`4·H·(H + D + 1)` with H = 10, D = 1, and `H·O + O` for the output.",
    ),
    solution=491,
    formula=lambda D=1, H=10, O=1: 4 * H * (H + D + 1) + H * O + O,
    explanation="480 in the LSTM, 11 in Dense. Twice the units, more than three times "
    "the parameters: the recurrent matrix grows with the square.",
    rtol=0,
    atol=0.5,
    mistakes=(
        Mistake(146, "That is still the model with 5 units. Was the number of *time "
                     "steps* changed? It occurs in no weight."),
        Mistake(292, "Twice 146. But every unit listens to every unit: twice the units "
                "make the recurrent matrix four times as large."),
        Mistake(286, "You doubled the LSTM's 140. But every unit listens to every "
                "unit: twice the units make the recurrent matrix four times as "
                "large."),
        Mistake(291, "Dense is right, 11. For the LSTM you doubled 140; but every unit "
                "listens to every unit, so the recurrent matrix becomes four times as "
                "large."),
        Mistake(486, "The LSTM is right, 480. But Dense reads ten numbers now: ten "
                "weights and a bias, not 6."),
        Mistake(481, "The LSTM is right, 480. Dense has a weight for each of the ten "
                "units, and a bias."),
        Mistake(480, "That is the LSTM alone. Dense adds ten weights and a bias."),
        Mistake(490, "The bias of Dense is missing."),
        Mistake(451, "The bias of the LSTM is missing: 4 · 10 numbers."),
        Mistake(131, "That is one block, 120, and Dense. An LSTM has four: i, f, g, "
                     "o."),
        Mistake(91, "The recurrent matrix is missing, the largest of all: 4 · 10 · "
                    "10."),
        Mistake(531, "PyTorch would keep a second bias of 40 numbers. Keras has one."),
        Mistake(571, "You counted three features. The window is three *steps* of one "
                "feature, and steps share their weights: D = 1."),
    ),
)

UPDATES = Exercise(
    id="09.3",
    title="How often do the weights change?",
    task="27 windows, 100 epochs, Keras's default batch size of 32. How many updates "
    "of the weights is that?",
    minutes=2,
    kind="predict",
    hints=(
        "One update a batch. How many batches has an epoch?",
        "`epochs · ⌈windows / batch size⌉`",
    ),
    solution=100,
    formula=lambda epochs=100, windows=27, batch=32: epochs * np.ceil(windows / batch),
    explanation="All 27 windows fit into one batch, so an epoch is one update. A "
    "hundred steps of Adam, of about 0.001 each: that is all the training there is.",
    rtol=0,
    atol=0.4,
    mistakes=(
        Mistake(2700, "That is how many windows were looked at. The weights change "
                      "once a *batch*, and all 27 windows are in one."),
        Mistake(27, "That is the number of windows. The weights change once a batch, "
                    "not once a window."),
        Mistake(84, "2700 / 32: but a batch does not run on into the next epoch. 27 / "
                "32 is rounded *up*, to one batch in each."),
        Mistake(85, "You rounded at the end. A batch does not run on into the next "
                "epoch: 27 / 32 is rounded up first, to one batch in each."),
        Mistake(3200, "A batch of 32 is one update, not 32. Its gradients are "
                      "averaged first."),
        Mistake(1, "One an epoch. There are 100 epochs."),
        Mistake(8100, "You counted the three time steps of each window as well. The "
                "gradients of all steps are summed into one update."),
    ),
)


def from_model(*keys):
    """Return a function that describes a Keras model by these entries."""
    def describe(model):
        if model is None:
            raise form.WrongForm("Your function returned None: is `return model` "
                                 "missing? `compile` changes the model and returns "
                                 "nothing")
        try:
            said = frameworks.describe(model)
        except (TypeError, ValueError) as error:
            text = str(error)
            raise form.WrongForm(f"{text[0].upper()}{text[1:]}") from None
        batch, *shape, last = said["outputs"].strip("()").split(", ")
        if last != "1":  # ten or twelve, it is the same mistake
            said["outputs"] = ", ".join([batch, *shape, "several"])
        kinds = said["layers"].split(", ")  # an activation is part of a layer
        said["layers"] = ", ".join(kind for kind in kinds if kind != "Activation")
        said["loss"] = "none" if said["loss"] == "None" else "given"
        bare = [type(layer).__name__ for layer in model.layers
                if not layer.get_config().get("use_bias", True)]
        said["layers without a bias"] = ", ".join(bare) or "none"
        said["activations of the LSTM"] = ", ".join(
            f"{layer.activation.__name__} and {layer.recurrent_activation.__name__}"
            for layer in model.layers if type(layer).__name__ == "LSTM")
        return {key: said[key] for key in keys}

    return describe


INSIDE = ("activations of the LSTM", "layers without a bias")


def no_arguments(rng):
    """Return one call without arguments."""
    return [()]


def built(*layers, steps=3, features=1, optimizer="adam", loss="mse"):
    """Build a model from ("LSTM", 10) and the like, and compile it."""
    import keras

    model = keras.Sequential([keras.layers.Input(shape=(steps, features))])
    for kind, units, *more in layers:
        model.add(getattr(keras.layers, kind)(units, **dict(more)))
    if optimizer is not None:
        model.compile(optimizer=optimizer, loss=loss)
    return model


def ten_units():
    import keras

    model = keras.Sequential([
        keras.layers.Input(shape=(3, 1)),
        keras.layers.LSTM(10),
        keras.layers.Dense(1),
    ])
    model.compile(optimizer="adam", loss="mse")
    return model


def ten_units_functional():
    import keras

    window = keras.layers.Input((3, 1))
    number = keras.layers.Dense(1)(keras.layers.LSTM(units=10)(window))
    return keras.Model(window, number)


UNITS = Exercise(
    id="09.4",
    title="TODO 1: ten units",
    task="Return the model of `build()` with 10 LSTM units instead of 5.",
    minutes=2,
    kind="implement",
    hints=(
        "One number changes. It is the width of the state, not the length of the "
        "window.",
        "`keras.layers.LSTM(10)`; the input stays `(3, 1)`, and `Dense(1)` stays.",
    ),
    solution=ten_units,
    explanation="The state has ten numbers now, and the model 491 parameters. The "
    "window still has three steps of one feature. (The layers were looked at, not how "
    "the model is compiled.)",
    probes=no_arguments,
    describe=from_model("layers", "units", "time steps", "features", "outputs",
                        "output activation", *INSIDE),
    needs="keras",
    seconds=60.0,  # the first model compiles, which takes seconds on a busy machine
    others=(ten_units_functional, lambda: built(("LSTM", 10), ("Dense", 1),
                                                optimizer=None)),
    mistakes=(
        Mistake(
            lambda: built(("LSTM", 5), ("Dense", 1)),
            "This is the model as it was: 5 units. The first argument of `LSTM` is "
            "the number of units.",
        ),
        Mistake(
            lambda: built(("LSTM", 5), ("Dense", 1), steps=10),
            "You made the *window* ten steps long. Units are the width of the state; "
            "the data did not change, so the input shape stays (3, 1).",
        ),
        Mistake(
            lambda: built(("LSTM", 10), ("Dense", 1), steps=10),
            "The units are right. But the input shape became (10, 1) as well, and the "
            "windows still have 3 steps.",
        ),
        Mistake(
            lambda: built(("LSTM", 5), ("Dense", 10)),
            "You gave `Dense` ten units: now there are ten answers. The state of the "
            "LSTM was to grow; the answer stays one number.",
        ),
        Mistake(
            lambda: built(("LSTM", 10), ("Dense", 10)),
            "The LSTM is right, but `Dense(10)` gives ten answers. One number is "
            "wanted: `Dense(1)`.",
        ),
        Mistake(
            lambda: built(("LSTM", 5), ("Dense", 1), features=10),
            "You gave each step ten features. There is one number a step; units are "
            "the network's own state.",
        ),
        Mistake(
            lambda: built(("LSTM", 10), ("Dense", 1), steps=1, features=3),
            "(1, 3) is one step with three features: the LSTM would read the window "
            "at a glance and remember nothing. Three steps of one feature is (3, 1).",
        ),
        Mistake(
            lambda: built(("LSTM", 10, ("return_sequences", True)), ("Dense", 1)),
            "With `return_sequences=True` there is an answer after every step, shape "
            "(N, 3, 1). Wanted is one, after the last.",
        ),
        Mistake(
            lambda: built(("LSTM", 5, ("return_sequences", True)), ("LSTM", 5),
                          ("Dense", 1)),
            "Two layers of five are not one of ten: the second reads only what the "
            "first one says. `LSTM(10)` is one layer.",
        ),
        Mistake(
            lambda: built(("SimpleRNN", 10), ("Dense", 1)),
            "Ten units, but of a plain RNN, without gates. `keras.layers.LSTM(10)`.",
        ),
        Mistake(
            lambda: built(("LSTM", 10)),
            "`Dense(1)` is gone: the answer is now the state itself, ten numbers, all "
            "between -1 and 1.",
        ),
    ),
)


def one_more_dense():
    import keras

    model = keras.Sequential([
        keras.layers.Input(shape=(3, 1)),
        keras.layers.LSTM(10),
        keras.layers.Dense(10),
        keras.layers.Dense(1),
    ])
    model.compile(optimizer="adam", loss="mse")
    return model


DENSE = Exercise(
    id="09.5",
    title="TODO 2: another Dense layer",
    task="Put a second Dense layer between the LSTM and the output. Its width is "
         "yours.",
    minutes=2,
    kind="implement",
    hints=(
        "The last layer says the answer, one number. The new one stands before it.",
        "`LSTM(...)`, then `Dense(10)`, then `Dense(1)`.",
    ),
    solution=one_more_dense,
    explanation="The state, some mixtures of it, one number. If the new layer has no "
    "activation, the two can say nothing that one could not; yet training moves "
    "faster, for the product of two weights changes by more than either. (The layers "
    "were looked at, not how the model is compiled.)",
    probes=no_arguments,
    describe=from_model("layers", "time steps", "features", "outputs",
                        "output activation", *INSIDE),
    needs="keras",
    seconds=60.0,  # the first model compiles, which takes seconds on a busy machine
    others=(
        lambda: built(("LSTM", 5), ("Dense", 8, ("activation", "relu")), ("Dense", 1)),
        lambda: built(("LSTM", 5), ("Dense", 8), ("Activation", "relu"), ("Dense", 1)),
        lambda: built(("LSTM", 10), ("Dense", 1), ("Dense", 1), optimizer=None),
    ),
    mistakes=(
        Mistake(
            lambda: built(("LSTM", 10), ("Dense", 1)),
            "There is still one Dense layer. Add one, before the last.",
        ),
        Mistake(
            lambda: built(("LSTM", 10), ("Dense", 10)),
            "The new layer took the place of the output, and the model gives several "
            "answers. Keep `Dense(1)` behind it.",
        ),
        Mistake(
            lambda: built(("LSTM", 10), ("Dense", 1), ("Dense", 10)),
            "The model gives more than one answer. The last layer says the answer, so "
            "it stays `Dense(1)`; the new one stands between the LSTM and it.",
        ),
        Mistake(
            lambda: built(("Dense", 10), ("LSTM", 10), ("Dense", 1)),
            "This Dense layer stands before the LSTM and reads each number on its own. "
            "It was to read the state, after the LSTM.",
        ),
        Mistake(
            lambda: built(("LSTM", 10, ("return_sequences", True)), ("LSTM", 10),
                          ("Dense", 1)),
            "This is a second LSTM. `Dense` has no memory and no gates: it only mixes "
            "the state it is given.",
        ),
        Mistake(
            lambda: built(("LSTM", 10), ("Dense", 10), ("Dense", 10), ("Dense", 1)),
            "One Dense layer too many: one was to be added, three stand there.",
        ),
        Mistake(
            lambda: built(("LSTM", 10), ("Dense", 10),
                          ("Dense", 1, ("activation", "relu"))),
            "The output passes through relu. For a number above zero that seems "
            "harmless; but where the sum falls below zero its gradient is zero, and "
            "the network can get stuck at 0. The output stays linear.",
        ),
        Mistake(
            lambda: built(("LSTM", 10), ("Dense", 10),
                          ("Dense", 1, ("activation", "sigmoid"))),
            "σ on the output keeps the answer between 0 and 1: it could never say 30. "
            "A number to be forecast needs a linear output.",
        ),
        Mistake(
            lambda: built(("LSTM", 10, ("return_sequences", True)), ("Dense", 10),
                          ("Dense", 1)),
            "With `return_sequences=True` there is an answer after every step. The "
            "Dense layers want the last state only.",
        ),
    ),
)


def larger_steps():
    import keras

    model = keras.Sequential([
        keras.layers.Input(shape=(3, 1)),
        keras.layers.LSTM(10),
        keras.layers.Dense(10),
        keras.layers.Dense(1),
    ])
    optimizer = keras.optimizers.Adam(learning_rate=0.01)
    model.compile(optimizer=optimizer, loss="mse")
    return model


def compiled(name, loss="mse", **options):
    """Build a small model and compile it with an optimizer of Keras."""
    import keras

    return built(("LSTM", 10), ("Dense", 1),
                 optimizer=getattr(keras.optimizers, name)(**options), loss=loss)


RATE = Exercise(
    id="09.6",
    title="TODO 3: larger steps",
    task="Compile a model of yours with Adam and a learning rate of 0.01.",
    minutes=2,
    kind="implement",
    hints=(
        'The word `"adam"` means Adam with its default learning rate, 0.001. To set '
        "it, hand over the optimizer itself.",
        '`model.compile(optimizer=keras.optimizers.Adam(learning_rate=0.01), '
        'loss="mse")`',
    ),
    solution=larger_steps,
    explanation="Adam divides the gradient by its own size, so the learning rate is "
    "about the length of each weight's step. A hundred steps now reach ten times as "
    "far.",
    probes=no_arguments,
    describe=from_model("optimizer", "learning rate", "loss", "outputs"),
    needs="keras",
    seconds=60.0,  # the first model compiles, which takes seconds on a busy machine
    others=(lambda: compiled("Adam", learning_rate=0.01),
            lambda: compiled("Adam", learning_rate=1e-2, beta_1=0.95)),
    mistakes=(
        Mistake(
            lambda: built(("LSTM", 10), ("Dense", 1)),
            'This is Adam as it comes, with a learning rate of 0.001: the word "adam" '
            "carries no learning rate of yours.",
        ),
        Mistake(
            lambda: compiled("Adam", learning_rate=0.1),
            "0.1 is a hundred times the default. Training jumps about, and an LSTM "
            "can saturate in the first few steps. 0.01 was wanted.",
        ),
        Mistake(
            lambda: compiled("SGD", learning_rate=0.01),
            "The rate is right, but the optimizer is SGD. Its step is the rate *times "
            "the gradient*, so 0.01 means something else there.",
        ),
        Mistake(
            lambda: compiled("RMSprop", learning_rate=0.01),
            "The rate is right, but this is RMSprop: Adam without the running mean of "
            "the gradient.",
        ),
        Mistake(
            lambda: built(("LSTM", 10), ("Dense", 1), optimizer=None),
            "The model is not compiled, so it has no optimizer yet: "
            "`model.compile(optimizer=..., loss=...)`.",
        ),
        Mistake(
            lambda: compiled("Adam", learning_rate=0.0001),
            "A smaller rate makes *smaller* steps. The model did not get far enough "
            "with 0.001; ten times that is wanted.",
        ),
        Mistake(
            lambda: compiled("Adam", loss=None, learning_rate=0.01),
            "Adam and its rate are right. But the model was compiled without a loss, "
            'so there is nothing to make smaller: `loss="mse"`.',
        ),
    ),
)


def ceiling_probes(rng):
    """Draw a negative bias; then two outputs; then one unit of negative weight."""
    return [(rng.normal(size=(5, 1)), np.array([-0.7])),
            (rng.normal(size=(4, 2)), rng.normal(size=2)),
            (np.array([[-1.5]]), np.array([0.2]))]


def ceiling(W_y, b_y):
    return np.abs(W_y).sum(axis=0) + b_y


CEILING = Exercise(
    id="09.7",
    title="The ceiling of the answer",
    task="y = h W_y + b_y, and every entry of h lies between -1 and 1. Which value can "
    "y not exceed? Return it, shape (O,).",
    minutes=5,
    kind="implement",
    hints=(
        "You choose h, within -1 and 1, and want y as large as possible. What do you "
        "choose where a weight is positive, and where it is negative?",
        "`Σ_k |W_y[k]| + b_y`: sum over the units, the first axis.",
    ),
    solution=ceiling,
    explanation="With h = 1 where a weight is positive and -1 where it is negative, "
    "each term is |w|. No input, however large, brings more.",
    returns=("the ceiling",),
    probes=ceiling_probes,
    others=(
        lambda W_y, b_y: (np.sign(W_y) * W_y).sum(axis=0) + b_y,
        lambda W_y, b_y: [sum(abs(w) for w in column) + b
                          for column, b in zip(W_y.T, b_y, strict=True)],
    ),
    mistakes=(
        Mistake(
            lambda W_y, b_y: W_y.sum(axis=0) + b_y,
            "This is y where every h is +1. A unit with a negative weight adds more at "
            "h = -1: take the absolute values.",
        ),
        Mistake(
            lambda W_y, b_y: np.abs(W_y.sum(axis=0)) + b_y,
            "You summed first, so positive and negative weights cancelled. Each unit "
            "picks its own sign: absolute value first, then sum.",
        ),
        Mistake(
            lambda W_y, b_y: np.abs(W_y).sum() + b_y,
            "With one output this is right. With two, each has a column of weights of "
            "its own, and yours are all in one sum: `axis=0` keeps them apart.",
        ),
        Mistake(
            lambda W_y, b_y: (np.abs(W_y) + b_y).sum(axis=0),
            "The bias is added once for every unit. In y it stands once: close the "
            "bracket of the sum before `+ b_y`.",
        ),
        Mistake(
            lambda W_y, b_y: np.abs(W_y).sum(axis=0),
            "The bias is missing. It is added whatever h is.",
        ),
        Mistake(
            lambda W_y, b_y: np.abs(W_y).sum(axis=0) + np.abs(b_y),
            "The bias has no h before it that could turn its sign: it counts as it is, "
            "`+ b_y`.",
        ),
        Mistake(
            lambda W_y, b_y: np.maximum(W_y, 0).sum(axis=0) + b_y,
            "That would hold if h were between 0 and 1. h = o · tanh c reaches below "
            "zero, so a negative weight can add as well.",
        ),
        Mistake(
            lambda W_y, b_y: np.abs(W_y).max(axis=0) + b_y,
            "All units can be at their limit together: sum, not maximum.",
        ),
        Mistake(
            lambda W_y, b_y: np.linalg.norm(W_y, axis=0) + b_y,
            "That is the bound for an h of length 1. Here each entry may be ±1 on its "
            "own.",
        ),
        Mistake(
            lambda W_y, b_y: np.full(b_y.shape, np.inf),
            "The window may grow without bound, but h does not: o is below 1 and tanh "
            "is below 1. So y is bounded.",
        ),
        Mistake(
            lambda W_y, b_y: np.abs(W_y).sum(axis=1),
            "You summed over the outputs. Sum over the units, `axis=0`: one ceiling an "
            "output.",
        ),
    ),
)

CURE = Exercise(
    id="09.8",
    title="Which change helps most?",
    task="100 updates and one change to the model of `build()`. Which brings the "
         "answer nearest to 30?",
    minutes=2,
    kind="predict",
    choices=("a", "b", "c", "d", "e"),
    hints=(
        "A hundred steps of 0.001 move each weight by about 0.1 at most. For which "
        "change is that enough?",
        "What must the network say for each window: y, y / 29, or `y - x_last`? How "
        "far is that from where it starts, near 0?",
    ),
    solution="e",
    explanation="The difference is 1 for every window: one constant near zero. Five "
    "units with steps of 0.001 come close to that. The last number is added "
    "afterwards, and it carries the rest.",
    mistakes=(
        Mistake("a", "More units each move by the same small steps: the answer about "
                     "doubles, and stays near 1."),
        Mistake("b", "The product of two layers moves faster than one, and still not "
                "fast enough for 30."),
        Mistake("c", "Ten times the step takes it several times as far: to about 6."),
        Mistake("d", "Closer: the target is 1 now instead of 30. But the answer still "
                "has to rise from 0 to 1 with the window, and 100 small steps are too "
                "few for that, with every seed."),
    ),
)

BEYOND = Exercise(
    id="09.9",
    title="Far beyond what it saw",
    task="With all three TODOs it says about 29 for 27, 28, 29. What does it say for "
    "100, 101, 102?",
    minutes=2,
    kind="predict",
    choices=("a", "b", "c", "d"),
    hints=(
        "What do the gates and tanh do with an input of 100, compared with 29?",
        "`|h| < 1`, so `y < Σ|w| + b`. How large is that, in a model that has learned "
        "to say 29?",
    ),
    solution="c",
    explanation="At 29 the units are close to their limits, and at 100 there is hardly "
    "anything left to give. It has not learned \"add one\"; it has learned where "
    "each number from 3 to 29 lies.",
    mistakes=(
        Mistake("a", "103 would need the rule \"the last plus one\". Nothing in the "
                     "training asked for a rule; a curve through 27 points was enough, "
                     "and tanh ends it."),
        Mistake("b", "To pass 102 on, h would have to grow with the input. It cannot: "
                "|h| < 1."),
        Mistake("d", "A straight line or a polynomial may shoot off. A sum of squashed "
                "units cannot: it is bounded by Σ|w| + b."),
    ),
)


def scale_probes(rng):
    """Two windows that leave the range, a network that bends; low is never 0."""
    def predict(x):
        return 3 * np.tanh(x.sum(axis=(1, 2)) - 1)[:, None]

    return [(predict, rng.uniform(low - 9, high + 9, (9, 3, 1)), low, high)
            for low, high in ((10.0, 39.0), (-3.0, 5.0))]


def forecast_as_given(predict, window, low, high):
    x = (window - low) / (high - low)
    y = predict(x)
    return y * high


def forecast_repaired(predict, window, low, high):
    x = (window - low) / (high - low)
    y = predict(x)
    return low + y * (high - low)


SCALE = Exercise(
    id="09.10",
    title="Find the fault: right for 0 to 29, wrong for 10 to 39",
    task="The network was trained on numbers scaled to 0…1 by `low` and `high` of the "
    "training data. Mend the function.",
    minutes=5,
    kind="break",
    hints=(
        "Follow one number there and back: scale `low` and scale it back. Is it `low` "
        "again?",
        "`x = (z - low) / (high - low)` is undone by `z = low + x · (high - low)`.",
    ),
    solution=forecast_repaired,
    explanation="Scaling back has to undo scaling, step by step in reverse order. With "
    "low = 0 the two agree, which is how such a fault lives long.",
    returns=("the forecast",),
    probes=scale_probes,
    others=(
        lambda predict, window, low, high: (
            predict((window - low) / (high - low)) * (high - low) + low),
        lambda predict, window, low, high: np.interp(
            predict((window - low) / (high - low)), [-9, 9],
            [low - 9 * (high - low), low + 9 * (high - low)]),
    ),
    mistakes=(
        Mistake(
            forecast_as_given,
            "The answer is still multiplied by `high`. That undoes a division by "
            "`high`; here the range, high - low, was divided by.",
        ),
        Mistake(
            lambda predict, window, low, high: (
                predict((window - low) / (high - low)) * (high - low)),
            "The range is right now. But `low` was subtracted on the way in, so it has "
            "to be added on the way out.",
        ),
        Mistake(
            lambda predict, window, low, high: (
                predict((window - low) / (high - low)) * high + low),
            "`low` is back, but the range is high - low, not high.",
        ),
        Mistake(
            lambda predict, window, low, high: (
                predict((window - low) / (high - low)) + low) * (high - low),
            "The order: first times the range, then plus `low`. Undoing goes "
            "backwards.",
        ),
        Mistake(
            lambda predict, window, low, high: predict(window / high) * high,
            "Now in and out agree with each other, but not with the training: the "
            "network has learned numbers scaled by low *and* high.",
        ),
        Mistake(
            lambda predict, window, low, high: forecast_repaired(
                predict, window, window.min(), window.max()),
            "You took low and high of the windows at hand. Scale as in training, or "
            "the network reads the same number differently each time.",
        ),
        Mistake(
            lambda predict, window, low, high: predict(window) * (high - low) + low,
            "The way out is right. But the network now reads raw numbers, and it was "
            "trained on scaled ones: keep the first line.",
        ),
        Mistake(
            lambda predict, window, low, high: predict(window),
            "Without scaling the network sees inputs it never saw in training. Keep "
            "the scaling, and undo it rightly.",
        ),
        Mistake(
            lambda predict, window, low, high: np.clip(
                forecast_repaired(predict, window, low, high), low, high),
            "The scaling is mended. But you cut the forecast to the range of the "
            "training data: what lies beyond it can then never be said.",
        ),
    ),
)


EXERCISES = [WINDOWS, COUNT, UPDATES, UNITS, DENSE, RATE, CEILING, CURE, BEYOND, SCALE]

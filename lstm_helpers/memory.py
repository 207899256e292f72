"""The tests of 1997 and what passes them: open gates, the stopping rule, the count.

Sources
-------
.. [1] S. Hochreiter, J. Schmidhuber (1997), Long short-term memory, Neural Computation
       9(8), 1735-1780, sections 5.4 to 5.6.
.. [2] C. Tallec, Y. Ollivier (2018), Can recurrent neural networks warp time?, ICLR,
       equation 16: biases of the size of log T.
"""

from typing import NamedTuple

import numpy as np

from lstm_helpers import tasks, validate
from lstm_helpers.model import Recurrent
from lstm_helpers.train import Adam, fit_stream, full_speed

DRAWS = {"adding": tasks.adding, "multiplication": tasks.multiplication,
         "order2": lambda rng, N, T, L=None: tasks.temporal_order(rng, N, 2, L),
         "order3": lambda rng, N, T, L=None: tasks.temporal_order(rng, N, 3, L),
         "recall": lambda rng, N, T, L=None: tasks.recall(rng, N, T)}
LIMITS = {"adding": 0.04, "multiplication": 0.04, "order2": 0.3, "order3": 0.3,
          "recall": 0.3}  # an answer counts as right if every output is this near [1]_


class Criterion:
    """The stopping rule of [1]_, asked on predictions made *before* the update.

    Parameters
    ----------
    limit : float
        An answer is right if every output is nearer to its target than this.
    run : int
        How many sequences in a row have to be right; or, with `errors`, of how many
        of the latest at most `errors` may be wrong.
    mean : float
        What the average squared error has to be below; infinity asks for nothing.
    errors : int

    Attributes
    ----------
    met_at : int or None
        After how many sequences it was met first.
    rmse : float
        Root of the running mean squared error.
    """

    def __init__(self, limit=0.04, run=2000, mean=0.01, errors=0):
        self.limit = validate.real("limit", limit, 0)
        self.run = validate.count("run", run)
        unbounded = isinstance(mean, float) and mean == np.inf
        self.mean = mean if unbounded else validate.real("mean", mean, 0)
        self.errors, self.met_at = validate.count("errors", errors, least=0), None
        self.recent = np.ones(run, bool)  # whether each of the latest was wrong
        self.rmse = 0.2

    def __call__(self, seen):
        """Take in a batch (`train.Seen`); return whether the rule is met."""
        wrong = (np.abs(seen.y - seen.ys) >= self.limit).any(axis=-1)
        self.recent = np.concatenate([self.recent, wrong])[-self.run :]
        square = self.rmse**2
        self.rmse = (square + 0.03 * (seen.loss - square)) ** 0.5
        met = self.recent.sum() <= self.errors and self.rmse**2 < self.mean
        if met and self.met_at is None:
            self.met_at = seen.sequences
        return bool(met)


def open_gates(model, T):
    """Set the gate biases so that a memory of T steps survives before any training.

    LSTM: forget gate log T + 2, input gate -log T; GRU: update gate z log T + 2. In a
    plain RNN there is no gate to open, and nothing changes.

    Parameters
    ----------
    model : Recurrent
        One layer; changed in place.
    T : int
        Steps to remember, from 2 up.

    Notes
    -----
    f = σ(log T + 2) keeps 0.87 of a value over T steps; i = σ(-log T) = 1 / (T + 1)
    lets the sum of T unmarked values stay small. After [2]_, with one value for all.
    """
    if not isinstance(model, Recurrent):
        raise TypeError(f"model must be a Recurrent, got {type(model).__name__}")
    T, H = validate.count("T", T, least=2), model.H
    if model.cell == "lstm":
        model.params["b"][:H] = -np.log(T)
        model.params["b"][H : 2 * H] = np.log(T) + 2
    elif model.cell == "gru":
        model.params["b"][H : 2 * H] = np.log(T) + 2


def count_wrong(model, task, T, N=2560, seed=1):
    """Return how many of N fresh sequences of all lengths are answered wrongly.

    Parameters
    ----------
    model : Recurrent
    task : str
        A key of `DRAWS`.
    T, N : int
    seed : int

    Returns
    -------
    int
    """
    if not hasattr(model, "predict"):
        raise TypeError("model must have a method predict, got "
                        f"{type(model).__name__}")
    validate.one_of("task", task, tuple(DRAWS))
    N, seed = validate.count("N", N), validate.count("seed", seed, least=0)
    rng = np.random.default_rng([seed, 2560])
    wrong = left = 0
    sizes = np.full(40, N // 40)
    sizes[: N % 40] += 1
    for left in sizes[sizes > 0]:  # one length a group
        xs, ys = DRAWS[task](rng, int(left), T)
        far = np.abs(model.predict(xs) - ys) >= LIMITS[task]
        wrong += int(far.any(axis=1).sum())
    return wrong


class Solved(NamedTuple):
    """What `solve` came to.

    `met_at` is None if the rule was never met; `sequences` all that were seen; `rmse`
    the last running error; `draws` how often the weights were drawn; `stopped` is "" or
    why it ended before its budget.
    """

    model: Recurrent
    met_at: int | None
    sequences: int
    rmse: float
    loss: np.ndarray
    draws: int
    stopped: str


def solve(T, task="adding", cell="lstm", H=8, seed=0, start="open", N=32, lr=0.05,
          budget=74_000, falling=False, rate="error", clip=0.1, errors=0, run=2000,
          signs=False, mirrored=False, redraw=0, dtype=np.float32, progress=False):
    """Train on fresh sequences until the rule of [1]_ holds.

    Parameters
    ----------
    T : int
        Least length of a sequence, or for "recall" of the blanks.
    task : str
        A key of `DRAWS`.
    cell, H, dtype
        As in `Recurrent`.
    seed : int
    start : {"open", "chrono", "one", "zero", "forget", "input", "pinned"}
        Gate biases: `open_gates`; chrono as `init.chrono_bias`; a forget bias of 1 or
        0; log T + 2 for the forget gate alone, or -log T for the input gate alone;
        forget gates pinned open by a bias of 20 (the cell of 1997), input gates -log T.
    N, lr, clip
        Batch, learning rate, longest gradient.
    budget : int
        The most sequences.
    falling : bool
        Go on to the budget with a rate that falls to 0 on a cosine; `met_at` says when
        the rule was first met.
    rate : {"error", "constant", "slow"}
        error: lr · min(1, rmse / 0.1); slow: min(0.02, rmse / 2).
    errors, run
        As in `Criterion`.
    signs : bool
        Output weights begin with the sign of what their unit stores.
    mirrored : bool
        Half of each batch is the other half with all values negated (adding only).
    redraw : int
        Draw the weights anew after this many sequences on the plateau; 0 never.

    Returns
    -------
    Solved
    """
    rng = np.random.default_rng(seed)
    outputs = {"order2": 4, "order3": 8, "recall": 4}.get(task, 1)
    D = {"order2": 8, "order3": 8, "recall": 5}.get(task, 2)
    sizes = cell, D, H, outputs
    model = Recurrent(*sizes, rng=rng, dtype=dtype)
    optimizer = Adam(lr, beta_2=0.98)
    mean = 0.01 if task in ("adding", "multiplication") else np.inf  # as in [1]_
    rule = Criterion(LIMITS[task], run, mean, errors)
    plateau = {"from": 0, "draws": 1}

    def begin():
        drawn = Recurrent(*sizes, rng=rng, dtype=dtype)
        model.params.update(drawn.params)
        prepare(model, T, start, rng, task, signs)

    def draw(rng):
        if not mirrored:
            return DRAWS[task](rng, N, T)
        xs, ys = DRAWS[task](rng, N // 2, T)
        other = xs.copy()
        other[..., 0] *= -1
        return np.concatenate([xs, other]), np.concatenate([ys, 1 - ys])

    def until(seen):
        met = rule(seen)
        if rate == "error":
            optimizer.lr = lr * min(1, rule.rmse / 0.1)
        elif rate == "slow":
            optimizer.lr = min(0.02, rule.rmse / 2)
        if rule.rmse < 0.15:  # the plateau is 0.204, the spread of the target
            plateau["from"] = seen.sequences
        return (met and not falling) or bool(
            redraw and seen.sequences - plateau["from"] >= redraw)

    prepare(model, T, start, rng, task, signs)
    if T < 50_000:  # room for the longest, once
        model.engine.forward(np.zeros((N, T + T // 10 + 2, D), dtype))
    seen, losses = 0, []
    while seen < budget and (falling or rule.met_at is None):
        shift = seen

        def ask(batch, shift=shift):
            return until(batch._replace(sequences=batch.sequences + shift))

        stream = fit_stream(
            model, draw, ask, -(-(budget - seen) // N), optimizer,
            "cosine" if falling else "constant", clip, rng=rng, progress=progress)
        seen += stream.sequences
        losses.append(stream.loss)
        if falling or rule.met_at is not None or stream.stopped or seen >= budget:
            break
        plateau.update({"from": seen, "draws": plateau["draws"] + 1})
        rule.rmse = 0.2
        begin()
        optimizer = Adam(lr, beta_2=0.98)
    return Solved(model, rule.met_at, seen, rule.rmse, np.concatenate(losses),
                  plateau["draws"], stream.stopped)


def prepare(model, T, start, rng, task="adding", signs=False):
    """Set the biases that `solve` starts from; see there."""
    from lstm_helpers import init

    H, b = model.H, model.params.get("b")
    if task in ("adding", "multiplication"):
        model.params["b_y"][:] = 0.5 if task == "adding" else 0.25  # mean of the target
    if start == "open":
        open_gates(model, T)
    elif model.cell == "lstm":
        if start == "chrono":
            b[:] = init.chrono_bias(rng, H, T)
        elif start in ("forget", "zero", "one", "pinned"):
            b[H : 2 * H] = {"forget": np.log(T) + 2, "pinned": 20}.get(
                start, float(start == "one"))
        if start in ("input", "pinned"):
            b[:H] = -np.log(T)
    if signs:
        v = model.params["W_x"][0, 2 * H : 3 * H]  # from the value into g
        W_y = model.params["W_y"]
        W_y[:, 0] = np.abs(W_y[:, 0]) * np.sign(v)


def job(**settings):
    """Run `solve` and the test of 2,560; return plain numbers, for a table.

    Parameters
    ----------
    **settings
        Of `solve`.

    Returns
    -------
    dict
        ``met_at``, ``sequences``, ``rmse``, ``wrong``, ``draws``, and ``seconds`` of
        processor time, training alone.

    Raises
    ------
    KeyboardInterrupt
        If it was interrupted: half a run is no row of a table.
    """
    import time

    with full_speed():
        begin = time.process_time()
        solved = solve(**settings)
        if solved.stopped.startswith("Interrupted"):
            raise KeyboardInterrupt(solved.stopped)
        seconds = time.process_time() - begin
        wrong = count_wrong(solved.model, settings.get("task", "adding"), settings["T"])
    return {"met_at": solved.met_at, "sequences": int(solved.sequences),
            "rmse": round(float(solved.rmse), 4), "wrong": wrong,
            "draws": solved.draws, "seconds": round(seconds, 2)}

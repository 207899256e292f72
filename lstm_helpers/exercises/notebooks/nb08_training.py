"""Exercises of notebook 08 on the training loop: the learner writes all that is new."""

import numpy as np

from lstm_helpers.exercises.engine.exercise import Exercise, Mistake


def output_probes(rng):
    """Two shapes, one of them with O = H, where a missing transpose still runs."""
    return [(rng.normal(size=(N, T, O)), rng.normal(size=(N, T, H)),
             rng.normal(size=(H, O)))
            for N, T, H, O in ((3, 4, 5, 1), (2, 5, 3, 2), (4, 3, 2, 2))]


def output_backward(dys, hs, W_y):
    dhs = dys @ W_y.T
    dW_y = sum(hs[:, t].T @ dys[:, t] for t in range(hs.shape[1]))
    db_y = dys.sum(axis=(0, 1))
    return dhs, dW_y, db_y


def output_backward_by_names(dys, hs, W_y):
    return (np.einsum("nto,ho->nth", dys, W_y), np.einsum("nth,nto->ho", hs, dys),
            np.einsum("nto->o", dys))


def output_backward_in_rows(dys, hs, W_y):
    rows, errors = hs.reshape(-1, hs.shape[2]), dys.reshape(-1, dys.shape[2])
    return dys @ W_y.T, rows.T @ errors, list(errors.sum(axis=0))


def output_with(**wrong):
    """Return the right answer with other lines for some of its three results."""
    def answer(dys, hs, W_y):
        right = dict(zip(("dhs", "dW_y", "db_y"), output_backward(dys, hs, W_y),
                         strict=True))
        return tuple((right | {name: line(dys, hs, W_y) for name, line in
                               wrong.items()}).values())

    return answer


OUTPUT = Exercise(
    id="08.2",
    title="Back through the output layer",
    task="`dys`, (N, T, O), has arrived at `ys = hs @ W_y + b_y`. Return `dhs`, `dW_y` "
         "and `db_y`, each in the shape of what it belongs to.",
    minutes=8,
    kind="implement",
    hints=(
        "It is a layer like those of notebook 05, without tanh and without memory. Who "
        "is read once here, and who is read again at every step and by every wave?",
        "`dhs = dys @ W_y.T`. W_y was read N·T times, and all readings add up: "
        "`hs[:, t].T @ dys[:, t]`, summed over t. `db_y` is the sum of `dys` over N "
        "and T.",
    ),
    solution=output_backward,
    explanation="× swaps: what W_y hears is h, what h hears is W_y. The same W_y is "
    "read at every step and in every sequence, so all its readings add up. No mean is "
    "taken here: 1/NT is already in `dys`.",
    returns=("dhs", "dW_y", "db_y"),
    probes=output_probes,
    others=(output_backward_by_names, output_backward_in_rows),
    mistakes=(
        Mistake(
            output_with(dW_y=lambda dys, hs, W_y: output_backward(dys, hs, W_y)[1]
                        / (hs.shape[0] * hs.shape[1])),
            "You took a mean for `dW_y`. Readers of one weight add up; 1/NT is part of "
            "the loss, and so it is already in `dys`.",
        ),
        Mistake(
            output_with(dW_y=lambda dys, hs, W_y: output_backward(dys, hs, W_y)[1]
                        / hs.shape[1]),
            "You took the mean over the steps for `dW_y`. Readers of one weight add "
            "up: a sum.",
        ),
        Mistake(
            output_with(db_y=lambda dys, hs, W_y: dys.mean(axis=(0, 1))),
            "You took a mean for `db_y`. It is read at every step of every sequence, "
            "and readers add up: a sum.",
        ),
        Mistake(
            output_with(dW_y=lambda dys, hs, W_y: hs[:, -1].T @ dys[:, -1]),
            "That is the last step alone. The output layer speaks at every step, so "
            "`dW_y` hears from every step.",
        ),
        Mistake(
            output_with(dW_y=lambda dys, hs, W_y: hs[0].T @ dys[0]),
            "That is the first sequence alone. Every sequence of the batch reads W_y.",
        ),
        Mistake(
            output_with(dW_y=lambda dys, hs, W_y: output_backward(dys, hs, W_y)[1].T),
            "`dW_y` is transposed: it must have the shape of `W_y`, (H, O). What came "
            "in stands left, `hs[:, t].T @ dys[:, t]`.",
        ),
        Mistake(
            output_with(dhs=lambda dys, hs, W_y: dys @ (
                W_y if W_y.shape[0] == W_y.shape[1] else W_y.T)),
            "`dhs` uses `W_y` where it is square, without `.T`. On the way back each "
            "unit collects over the outputs it fed: `dys @ W_y.T`.",
        ),
        Mistake(
            output_with(dhs=lambda dys, hs, W_y: np.cumsum(
                (dys @ W_y.T)[:, ::-1], axis=1)[:, ::-1]),
            "You added up the errors of later steps in `dhs`. This layer has no "
            "memory: what comes from later steps arrives through h, in the loop below.",
        ),
        Mistake(
            output_with(db_y=lambda dys, hs, W_y: dys.sum(axis=0)),
            "`db_y` is summed over the batch only. Time is summed as well: "
            "`axis=(0, 1)`.",
        ),
    ),
)


def weights_and_gradients(rng):
    """A dict of weights, one of gradients and a rate; other names the second time."""
    shapes = ({"W_x": (1, 3), "W_h": (3, 3), "b": (3,)}, {"W_y": (4, 1), "b_y": (1,)})
    return [({name: rng.normal(size=shape) for name, shape in case.items()},
             {name: rng.normal(size=shape) for name, shape in case.items()}, lr)
            for case, lr in zip(shapes, (0.1, 0.003), strict=True)]


def descend(p, grads, lr):
    return {name: w - lr * grads[name] for name, w in p.items()}


def descend_by_loop(p, grads, lr):
    moved = {}
    for name in p:
        moved[name] = -lr * grads[name] + p[name]
    return moved


def descend_by_zip(p, grads, lr):
    steps = [lr * grads[name] for name in p]
    return dict(zip(p, (w - z for w, z in zip(p.values(), steps, strict=True)),
                    strict=True))


DESCEND = Exercise(
    id="08.3",
    title="One step down",
    task="`p` and `grads` are dicts with the same names. Return a new dict of weights, "
         "each moved by `lr` times its gradient, so that the loss falls.",
    minutes=4,
    kind="implement",
    hints=(
        "Notebook 05 said in which direction the gradient points. Where is down?",
        "`w - lr * grads[name]` for every name: a dict comprehension, or a loop that "
        "fills a new dict.",
    ),
    solution=descend,
    explanation="The gradient points uphill, so the step goes against it. This one "
    "line is stochastic gradient descent, SGD: stochastic, because the gradient of a "
    "minibatch is an estimate.",
    returns=("the weights",),
    probes=weights_and_gradients,
    others=(descend_by_loop, descend_by_zip),
    mistakes=(
        Mistake(
            lambda p, grads, lr: {name: w + lr * grads[name] for name, w in p.items()},
            "The step goes along the gradient, and that is uphill: the loss would "
            "grow. Minus.",
        ),
        Mistake(
            lambda p, grads, lr: {name: w - grads[name] for name, w in p.items()},
            "The learning rate is missing: `lr * grads[name]`.",
        ),
        Mistake(
            lambda p, grads, lr: {name: -lr * grads[name] for name in p},
            "That is the step alone. It starts from where the weight stands: "
            "`p[name] - ...`.",
        ),
        Mistake(
            lambda p, grads, lr: {name: w - lr * np.sign(grads[name])
                                  for name, w in p.items()},
            "You kept only the sign of the gradient. SGD steps in proportion to its "
            "size. (What becomes of the size in Adam comes next.)",
        ),
        Mistake(
            lambda p, grads, lr: {name: w - lr * w for name, w in p.items()},
            "Every weight shrinks towards 0, whatever the loss says: `grads[name]`, "
            "not the weight itself, is what to step against.",
        ),
        Mistake(
            lambda p, grads, lr: {name: w - lr * grads[name] / np.linalg.norm(
                grads[name]) for name, w in p.items()},
            "You shortened each gradient to length 1. Then a step near the bottom is "
            "as long as one far away. `lr` times the gradient as it is.",
        ),
    ),
)


def epoch_probes(rng):
    """A full last batch, one that is not, and all in one; a step that remembers."""
    def step(p, x, y):
        loss = float(np.sum(x * y) + p["w"][0])
        return {"w": p["w"] * 0.5 + x.mean(axis=0)[0]}, loss

    return [({"w": rng.normal(size=1)}, rng.normal(size=(N, 2, 1)),
             rng.normal(size=(N, 2, 1)), rng.permutation(N), size, step)
            for N, size in ((6, 2), (7, 3), (4, 4))]


def one_epoch(p, xs, ys, order, size, step):
    total = 0.0
    for k in range(0, len(xs), size):
        batch = order[k : k + size]
        p, loss = step(p, xs[batch], ys[batch])
        total += loss * len(batch)
    return p, total / len(xs)


def one_epoch_by_splitting(p, xs, ys, order, size, step):
    losses, shares = [], []
    for batch in np.split(order, range(size, len(order), size)):
        p, loss = step(p, xs[batch], ys[batch])
        losses.append(loss)
        shares.append(len(batch))
    return p, np.average(losses, weights=shares)


def one_epoch_by_shuffling(p, xs, ys, order, size, step):
    xs, ys, losses = xs[order], ys[order], []
    while len(xs):
        p, loss = step(p, xs[:size], ys[:size])
        losses += [loss] * len(xs[:size])
        xs, ys = xs[size:], ys[size:]
    return p, sum(losses) / len(losses)


def epoch_with(*faults):
    """Return a loop with these faults."""
    def wrong(p, xs, ys, order, size, step):
        first, losses, shares = p, [], []
        xs_in = xs if "ys only" in faults else xs[order]
        ys_in = ys if "xs only" in faults else ys[order]
        if "unshuffled" in faults:
            xs_in, ys_in = xs, ys
        end = len(xs) - size + 1 if "drops the rest" in faults else len(xs)
        for k in range(0, end, 1 if "overlap" in faults else size):
            x, y = xs_in[k : k + size], ys_in[k : k + size]
            moved, loss = step(first if "same start" in faults else p, x, y)
            p = first if "never moves" in faults else moved
            losses.append(loss)
            shares.append(len(x))
        if "last loss" in faults:
            return p, losses[-1]
        if "sum" in faults:
            return p, sum(losses)
        if "equal shares" in faults:
            return p, np.mean(losses)
        return p, np.average(losses, weights=shares)

    return wrong


EPOCH = Exercise(
    id="08.4",
    title="One epoch",
    task="Go once through all waves in the order `order`, `size` of them at a time. "
         "`step(p, x, y)` returns the weights after one update and the loss before it. "
         "Return the weights at the end and the mean loss per wave.",
    minutes=10,
    kind="implement",
    hints=(
        "Three things pass from batch to batch: the place k in `order`, the weights, "
        "and a sum of losses. The last batch may be smaller: how much should its loss "
        "count?",
        "`batch = order[k : k + size]`, then `p, loss = step(p, xs[batch], ys[batch])` "
        "and `total += loss * len(batch)`, for k in `range(0, len(xs), size)`; at the "
        "end `total / len(xs)`.",
    ),
    solution=one_epoch,
    explanation="The weights of one batch are the start of the next: that is why ten "
    "batches are ten steps. Each loss counts as many times as its batch has waves.",
    returns=("p", "the loss"),
    probes=epoch_probes,
    others=(one_epoch_by_splitting, one_epoch_by_shuffling),
    mistakes=(
        Mistake(
            epoch_with("same start"),
            "Every batch starts from the weights of the beginning, so only the last "
            "one counts. Carry them on: `p, loss = step(p, ...)`.",
        ),
        Mistake(
            epoch_with("never moves"),
            "The weights that `step` returns are thrown away: nothing is learned. "
            "`p, loss = step(p, ...)`.",
        ),
        Mistake(
            epoch_with("unshuffled"),
            "`order` is not used: every epoch would see the same batches. "
            "`xs[order[k : k + size]]`.",
        ),
        Mistake(
            epoch_with("xs only"),
            "The inputs follow `order`, the targets do not: each wave gets the answers "
            "of another one.",
        ),
        Mistake(
            epoch_with("ys only"),
            "The targets follow `order`, the inputs do not: each wave gets the answers "
            "of another one.",
        ),
        Mistake(
            epoch_with("equal shares"),
            "The mean over batches lets a small last batch count as much as a full "
            "one. Weigh each loss by the number of its waves.",
        ),
        Mistake(
            epoch_with("last loss"),
            "That is the loss of the last batch. Wanted is the mean over the epoch.",
        ),
        Mistake(
            epoch_with("sum"),
            "That is the sum over the batches. It would double with half the batch "
            "size; a mean per wave does not.",
        ),
        Mistake(
            epoch_with("drops the rest"),
            "The last batch is left out where it is not full. A slice may run past the "
            "end: `range(0, len(xs), size)`.",
        ),
        Mistake(
            epoch_with("overlap"),
            "Your batches overlap: k moves on by 1. It moves on by `size`.",
        ),
    ),
)


def mean_probes(rng):
    """Return early and late running means; the first after a single step."""
    return [(0.1 * rng.normal(size=(2, 3)), 0.9, 1), (rng.normal(size=4), 0.999, 20),
            (rng.normal(size=(3, 1)), 0.9, 7)]


def corrected(mean, keep, n):
    return mean / (1 - keep**n)


def corrected_by_weights(mean, keep, n):
    return mean / ((1 - keep) * sum(keep**k for k in range(n)))


def corrected_by_replay(mean, keep, n):
    ones = 0.0
    for _ in range(n):
        ones = keep * ones + 1 - keep
    return mean / ones


CORRECTED = Exercise(
    id="08.5",
    title="A mean that starts at 0",
    task="`mean` began at 0 and was replaced n times by keep · mean + (1 − keep) · dw. "
         "If dw was the same every time, it should now be dw, but it is too small. "
         "Return the mean without this fault.",
    minutes=6,
    kind="implement",
    hints=(
        "Take dw = 1 and keep = 0.9, and write down the mean after one, two and three "
        "steps. How much is missing to 1 each time?",
        "After n steps the mean of ones is 1 − keepⁿ. Divide by that.",
    ),
    solution=corrected,
    explanation="The zero it began with is still in it, with a share of keepⁿ. What "
    "came since has the share 1 − keepⁿ, and dividing by it makes the shares add up to "
    "1. After many steps nothing is left to correct.",
    returns=("the mean",),
    probes=mean_probes,
    others=(corrected_by_weights, corrected_by_replay),
    mistakes=(
        Mistake(
            lambda mean, keep, n: mean / (1 - keep),
            "Right after the first step, and too large ever after. How much of the "
            "zero is left after n steps?",
        ),
        Mistake(
            lambda mean, keep, n: mean / n,
            "Nothing was summed that had to be divided by n: keep and 1 − keep add up "
            "to 1 at each step. Ask how much of the starting zero is still in it.",
        ),
        Mistake(
            lambda mean, keep, n: mean / keep**n,
            "keepⁿ is the share of the zero it began with. What came since has the "
            "rest, 1 − keepⁿ.",
        ),
        Mistake(
            lambda mean, keep, n: mean / (1 - keep ** (n + 1)),
            "One step too many: after the first, n is 1, and the mean is (1 − keep) "
            "dw.",
        ),
        Mistake(
            lambda mean, keep, n: mean / (1 - keep * n) if keep * n != 1 else mean,
            "A share that is multiplied by keep at each step is keep to the power n, "
            "`keep**n`, not keep times n.",
        ),
        Mistake(
            lambda mean, keep, n: mean * (1 - keep**n),
            "It is too small as it is, and this makes it smaller still: divide.",
        ),
        Mistake(
            lambda mean, keep, n: mean + keep**n,
            "keepⁿ is how large the *share* of the zero is. A share is put right by "
            "dividing, not by adding.",
        ),
        Mistake(
            lambda mean, keep, n: mean,
            "Returned as it came. After one step it is (1 − keep) times the gradient, "
            "a tenth of it if keep is 0.9.",
        ),
    ),
)

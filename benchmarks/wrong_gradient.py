"""How far does a wrong gradient train? Sixteen seeds of notebook 05's two tasks.

    python -m benchmarks.wrong_gradient

Every step keeps what it hears from its own loss, nothing travels; beside it the right
gradient, with the same draws and epochs. Two minutes of one core.
"""

import numpy as np

from lstm_helpers import baselines, bptt, cells, init, tasks
from lstm_helpers.model import Recurrent
from lstm_helpers.train import Adam, fit


def alone(own, caches):
    """Send nothing from step to step."""
    zero = np.zeros_like(own[:, 0])
    steps = [cells.lstm_step_backward(own[:, t], zero, cache)
             for t, cache in enumerate(caches)]
    grads = {name: sum(getattr(d, name) for d in steps)
             for name in ("dW_x", "dW_h", "db")}
    return grads | dict(dxs=np.stack([d.dx_t for d in steps], axis=1),
                        dh_init=steps[0].dh_prev, dc_init=steps[0].dc_prev)


def first_sign(rng, N, T):
    """Draw signs, and the first of each sequence."""
    xs = rng.choice([-1.0, 1.0], size=(N, T, 1))
    return xs, xs[:, 0]


def train(backward, xs, ys, seed, epochs, every_step):
    """Train an LSTM of 8 units with a backward; return it and its losses."""
    cell = (bptt.lstm_forward, backward, init.lstm_params)
    model = Recurrent(cell, D=1, H=8, every_step=every_step, rng=seed,
                      dtype=np.float64, engine="readable")
    return model, fit(model, xs, ys, epochs, None, Adam(0.02), progress=False).loss


def main():
    """Print a row for each seed, and the counts."""
    rows = []
    for seed in range(16):
        row = []
        for backward in (bptt.lstm_backward, alone):
            xs, ys, _ = tasks.sine(np.random.default_rng(seed), N=40, T=12)
            floor = np.mean((baselines.two_lag_rule(xs, 0.1) - ys) ** 2)
            _, losses = train(backward, xs, ys, seed, 200, True)
            xs, ys = first_sign(np.random.default_rng(seed), 100, 12)
            model, _ = train(backward, xs, ys, seed, 100, False)
            xs, ys = first_sign(np.random.default_rng(99), 2000, 12)
            right = np.mean(np.sign(model.predict(xs)) == ys)
            row += [losses[0] / losses[-1], losses[-1] - floor, right]
        rows.append(row)
        print(f"seed {seed:2}   right: loss / {row[0]:.0f}, {row[1]:.4f} above the "
              f"floor, first toss {row[2]:.2f}   alone: loss / {row[3]:.0f}, "
              f"{row[4]:.4f} above, first toss {row[5]:.2f}", flush=True)
    rows = np.array(rows)
    print(f"alone: the loss falls by a factor of {rows[:, 3].min():.0f} or more; "
          f"it ends farther above the floor than the right one in "
          f"{np.sum(rows[:, 4] > rows[:, 1])} of 16; first toss right in "
          f"{rows[:, 5].min():.2f} to {rows[:, 5].max():.2f}, median "
          f"{np.median(rows[:, 5]):.2f}; right gradient {rows[:, 2].min():.2f} to "
          f"{rows[:, 2].max():.2f}, median {np.median(rows[:, 2]):.2f}")
    print(f"medians above the floor: right {np.median(rows[:, 1]):.4f}, "
          f"alone {np.median(rows[:, 4]):.4f}")


if __name__ == "__main__":
    main()

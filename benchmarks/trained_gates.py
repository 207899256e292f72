"""What does training change in notebook 04's cell? Seed 42 and thirty more.

    python -m benchmarks.trained_gates

For each seed: the test error of the drawn cell with the best output layer, and of the
trained one; the strongest correlation of a unit with an input; mean and spread of the
gates. Two minutes of one core.
"""

import numpy as np

from lstm_helpers import baselines, init, tasks
from lstm_helpers.model import Recurrent
from lstm_helpers.train import Adam, fit

T, D, H = 50, 3, 8


def waves(starts):
    """Return the three waves from each start on, and the same one step later."""
    t = starts[:, None] + 4 * np.pi / 49 * np.arange(T + 1)
    whole = np.stack([np.sin(t), np.cos(t), 0.5 * np.sin(2 * t)], axis=2)
    return whole[:, :-1], whole[:, 1:]


def with_ones(hs):
    """Add a constant unit."""
    return np.concatenate([hs, np.ones((*hs.shape[:2], 1))], axis=2)


def look(model):
    """Return the strongest correlation, the mean of f and the spreads of i, f, o."""
    xs = tasks.three_waves(T)
    states = model.states(xs)
    table = np.corrcoef(states.hs[0], xs[0], rowvar=False)[:H, H:]
    return [np.abs(table).max(), states.gates["f"].mean(),
            *(states.gates[k].std() for k in "ifo")]


def main():
    """Print a row for each seed, and the counts."""
    rng = np.random.default_rng(0)
    xs, ys = waves(rng.uniform(0, 2 * np.pi, 32))
    xs_test, ys_test = waves(rng.uniform(0, 2 * np.pi, 64))
    persistence = np.mean((baselines.persistence(xs_test) - ys_test) ** 2)
    rows = []
    for seed in (42, *range(1, 31)):
        model = Recurrent("lstm", D, H, D, every_step=True, rng=seed, dtype=np.float64)
        model.params.update(init.column_draw(seed, D, H))
        hs = with_ones(model.states(xs).hs).reshape(-1, H + 1)
        reading = np.linalg.lstsq(hs, ys.reshape(-1, D), rcond=None)[0]
        drawn = np.mean((with_ones(model.states(xs_test).hs) @ reading - ys_test) ** 2)
        before = look(model)
        fit(model, xs, ys, epochs=300, batch_size=16, optimizer=Adam(0.02),
            schedule="cosine", rng=seed, progress=False)
        rows.append([drawn, model.loss(xs_test, ys_test), *before, *look(model)])
        print(seed, *(f"{z:.4f}" for z in rows[-1]), flush=True)
    drawn, trained, r, f, i, _, o, r_new, f_new, i_new, _, o_new = np.array(rows).T
    ratio = drawn / trained
    print(f"{len(rows)} seeds. Error {ratio.min():.0f} to {ratio.max():.0f} times "
          f"smaller after training; drawn below persistence {persistence:.3f} in "
          f"{np.sum(drawn < persistence)}; strongest correlation falls in "
          f"{np.sum(r_new < r)}; mean of f falls in {np.sum(f_new < f)}, from "
          f"{f.min():.2f}-{f.max():.2f} to {f_new.min():.2f}-{f_new.max():.2f}; spread "
          f"grows in i {np.sum(i_new > i)}, o {np.sum(o_new > o)}")


if __name__ == "__main__":
    main()

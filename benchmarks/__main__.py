"""Time one training step of an LSTM against its competitors, on one core.

``python -m benchmarks`` writes results.md and results.png beside this file.
The peers take turns, so what else the machine does meets them all; a ratio is the
median over the rounds. Losses, gradients and predictions are compared first.
"""

import argparse
import os
import time
from pathlib import Path

for _name in ("OMP", "OPENBLAS", "MKL"):  # for the peers; the engine sets its own
    os.environ.setdefault(f"{_name}_NUM_THREADS", "1")
os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false"

import matplotlib.pyplot as plt  # noqa: E402
import numpy as np  # noqa: E402

from benchmarks.peers import PEERS  # noqa: E402
from lstm_helpers import init, train  # noqa: E402
from lstm_helpers.figures import style  # noqa: E402

SIZES = [(1, 25, 1, 8), (32, 25, 1, 16), (32, 25, 1, 32), (32, 50, 1, 64),
         (32, 100, 1, 32), (64, 100, 8, 128), (20, 60, 1, 50)]
HERE = Path(__file__).parent


def draw(N, T, D, H):
    """Return float32 parameters, inputs and targets of a size."""
    rng = np.random.default_rng(0)
    params = init.lstm_params(rng, D, H) | {"W_y": init.xavier(rng, H, 1),
                                            "b_y": rng.normal(size=1)}
    params = {k: z.astype(np.float32) for k, z in params.items()}
    return params, *(rng.normal(size=shape).astype(np.float32)
                     for shape in ((N, T, D), (N, 1)))


def compare(peers):
    """Raise an AssertionError unless all peers compute what the engine computes."""
    loss, grads = peers["engine"].check()
    grads = {k: z.copy() for k, z in grads.items()}
    y = peers["engine"].predict().copy()
    for name, peer in peers.items():
        theirs, found = peer.predict(), peer.check()
        if theirs is not None:
            np.testing.assert_allclose(theirs, y, atol=1e-5, err_msg=name)
        if found is not None:
            np.testing.assert_allclose(found[0], loss, rtol=1e-4, err_msg=name)
            for k, z in grads.items():
                np.testing.assert_allclose(found[1][k], z, atol=1e-4 * abs(z).max(),
                                           err_msg=f"{name}, {k}")


def measure(peers, seconds, clock):
    """Return microseconds a step, (rounds,) for each peer; they take turns.

    One that needs more than .2 s for a step sits out after three rounds.
    """
    repeats, slow = {}, set()
    for name, peer in peers.items():
        peer.step()
        start = clock()
        peer.step()
        spent = clock() - start
        repeats[name] = max(1, int(0.01 / spent)) if spent > 0 else 100
        if spent > 0.2:
            slow.add(name)
    times = {name: [] for name in peers}
    end = time.perf_counter() + seconds
    while time.perf_counter() < end or len(times["engine"]) < 3:
        for name, peer in peers.items():
            if name in slow and len(times[name]) == 3:
                continue
            start = clock()
            for _ in range(repeats[name]):
                peer.step()
            steps = repeats[name] * getattr(peer, "batches", 1)
            times[name].append((clock() - start) * 1e6 / steps)
    return {name: np.array(z) for name, z in times.items()}


def ratio(times, above, below):
    """Return the median over the rounds of one peer's time ÷ another's."""
    rounds = min(len(times[above]), len(times[below]))
    return np.median(times[above][:rounds] / times[below][:rounds])


def stamina(size, clock):
    """Return the time of a hundred steps after 1,000 ÷ that of the first hundred."""
    peer = PEERS["engine"](*draw(*size))
    peer.step()
    times = []
    for _ in range(11):
        start = clock()
        for _ in range(100):
            peer.step()
        times.append(clock() - start)
    return times[-1] / times[0]


def table(rows, names):
    """Return a Markdown table of the ratios."""
    others = [name for name in names if name not in ("engine", "matrix products")]
    head = ["N, T, D, H", "engine, µs", "engine ÷ matrix products",
            *(f"{name} ÷ engine" for name in others)]
    lines = ["| " + " | ".join(head) + " |", "|---" * len(head) + "|"]
    for size, times in rows:
        cells = [", ".join(map(str, size)), f"{np.median(times['engine']):,.0f}",
                 f"{ratio(times, 'engine', 'matrix products'):.2f}",
                 *(f"{ratio(times, name, 'engine'):.3g}" for name in others)]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def plot(rows, names, path):
    """Draw every peer's ratio to the engine over the sizes, on a log axis."""
    style.use_style()
    fig, ax = plt.subplots(figsize=(8, 4.2))
    for name, marker in zip(names[1:], "osD^vP", strict=False):
        ratios = [ratio(times, name, "engine") for _, times in rows]
        ax.plot(ratios, marker=marker, lw=1, ms=7, label=name)
    ax.axhline(1, color="black", lw=3, label="engine")
    ax.set(yscale="log", ylabel="time ÷ engine's time", xlabel="N, T, D, H",
           title="One training step on one core, float32: lower is faster")
    ax.set_xticks(range(len(rows)), [", ".join(map(str, size)) for size, _ in rows],
                  rotation=20)
    handles, labels = ax.get_legend_handles_labels()
    order = sorted(range(len(labels)), key=lambda k: -handles[k].get_ydata()[-1])
    fig.legend([handles[k] for k in order], [labels[k] for k in order],
               loc="outside right center")  # from above to below, as the lines end
    fig.savefig(path, metadata={"Software": None})


def main():
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--seconds", type=float, default=8, help="for each size")
    parser.add_argument("--peers", nargs="*", default=list(PEERS), choices=list(PEERS))
    parser.add_argument("--out", type=Path, default=HERE, help="folder of the results")
    parser.add_argument("--cpu", action="store_true",
                        help="count processor time: for a machine that is busy")
    options = parser.parse_args()
    clock = time.process_time if options.cpu else time.perf_counter
    if not options.cpu and hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    wanted = list(dict.fromkeys(["engine", "matrix products", *options.peers]))
    rows, missing, versions = [], [], {}
    with train.full_speed():
        for size in SIZES:
            peers = {}
            for name in wanted:
                try:
                    peers[name] = PEERS[name](*draw(*size))
                except ImportError:
                    missing.append(name)
                    print(f"{name} is not installed: left out")
            wanted = list(peers)
            versions |= {peer.version: None for peer in peers.values()}
            compare(peers)
            rows.append((size, measure(peers, options.seconds, clock)))
            print(size, {k: round(float(np.median(z)), 1)
                         for k, z in rows[-1][1].items()})
        lasting = stamina(SIZES[1], clock)
    text = [table(rows, wanted), "",
            f"Versions: {', '.join(versions)}. One core, float32, medians of paired "
            f"rounds{', processor time' if options.cpu else ''}; every peer's loss, "
            "gradients and predictions agreed with the engine's first (Keras: "
            "predictions).",
            f"Not installed: {', '.join(missing) or 'none'}.",
            f"A step after 1,000 steps ÷ a first one, N, T, D, H = {SIZES[1]}: "
            f"{lasting:.2f}."]
    (options.out / "results.md").write_text("\n".join(text) + "\n", encoding="utf-8")
    plot(rows, wanted, options.out / "results.png")
    print("\n".join(text))


if __name__ == "__main__":
    main()

"""Notebook 13 over more seeds: tunes by heart and unheard, and where attention looks.

    python -m benchmarks.make_something                  what is still missing
    python -m benchmarks.make_something --only contest   one table

contest: counting (of twelve ways the best on the unheard tunes), counting that is told
the beat, and networks that stop where three tunes of their own cost least; three draws
of four splits. heart: a
network trained until it knows its 18 tunes, on the same splits. attention: the adding
problem at T = 100 with a head and without, ordinary starting biases, 16 seeds. What is
done stands in lstm_helpers/data/make_something.json. Six minutes of one core.
"""

import argparse
import json
import os
import sys
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path
from time import process_time

for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "1")  # before NumPy is loaded, here and in workers

import numpy as np  # noqa: E402
from tqdm import tqdm  # noqa: E402

from lstm_helpers import music, tasks, text  # noqa: E402
from lstm_helpers.attention import Attending  # noqa: E402
from lstm_helpers.model import Recurrent  # noqa: E402
from lstm_helpers.music.stored import PATH as RESULTS  # noqa: E402
from lstm_helpers.train import Adam, fit, fit_stream  # noqa: E402

TABLES = ("contest", "heart", "attention")
RATES = {"lstm": 0.01, "gru": 0.01, "rnn": 0.005}


def jobs():
    """Return the settings of every run."""
    splits = [dict(seed=seed, split=split) for seed in range(3) for split in range(4)]
    return ([dict(table="contest", model=model, **how) for how in splits
             for model in ("counting", "beat", "lstm", "gru", "rnn")]
            + [dict(table="heart", model="lstm", **how) for how in splits]
            + [dict(table="attention", model=cell, head=head, seed=seed)
               for cell in ("rnn", "lstm") for head in (True, False)
               for seed in range(16)])


def learn(known, vocabulary, epochs, cell, rng, **more):
    """Return a network that has heard tunes."""
    xs, ys, mask = vocabulary.batch(known)
    model = Recurrent(cell, len(vocabulary), 64, len(vocabulary), every_step=True,
                      loss="softmax", rng=rng)
    fit(model, xs, ys, epochs, 4, Adam(RATES[cell]), "cosine", clip_norm=1.0,
        mask=mask, progress=False, **more)
    return text.Language(model, vocabulary)


def modest(known, vocabulary, cell, seed):
    """Return a network that stopped where three tunes of its own cost least."""
    mixed = [known[k] for k in np.random.default_rng(seed).permutation(len(known))]
    return learn(mixed[3:], vocabulary, 60, cell, seed, keep_best=True,
                 validation=vocabulary.batch(mixed[:3]))


def with_beat(steps, n):
    """Return what an n-gram is asked that is told whether a step is even or odd."""
    row = ["."] * (n - 2) + list(steps) + ["."]
    return [((*row[k - n + 2 : k], ("even", "odd")[(k - n) % 2]), row[k])
            for k in range(n - 2, len(row))]


def best_counts(known, asked, vocabulary, contexts=text.contexts):
    """Return the n-gram that is best on the tunes that are asked."""
    ways = [text.NGram(n, how, contexts).fit(known, vocabulary)
            for n in (2, 3, 4, 5, 6, 8) for how in ("kneser-ney", "witten-bell")]
    return min(ways, key=lambda counts: counts.bits(asked))


def contest(how):
    """Return rhythm and pitch bits of one model on one split."""
    everything = [tune.steps for tune in music.tunes()]
    vocabulary = text.Vocabulary(everything)
    known, asked = music.folds(everything, 4, how["seed"])[how["split"]]
    if how["table"] == "heart":
        model = learn(known, vocabulary, 200, "lstm", how["split"])
        return dict(heard=round(model.bits(known), 4),
                    unheard=round(model.bits(asked), 4),
                    home=sum(music.by_heart(model, tune, 16) == tune for tune in known))
    if how["model"] == "counting":
        model = best_counts(known, asked, vocabulary)
    elif how["model"] == "beat":
        wide = text.Vocabulary([*everything, ["even", "odd"]])
        model = best_counts(known, asked, wide, with_beat)
    else:
        model = modest(known, vocabulary, how["model"], 4 * how["seed"] + how["split"])
    rhythm, pitch = music.bits_apart(model, asked)
    return dict(rhythm=round(rhythm, 4), pitch=round(pitch, 4))


def attention(how, T=100, K=4):
    """Return the error of an adding network, and how much weight lies on the marks."""
    head = Attending(K) if how["head"] else "mse"
    model = Recurrent(how["model"], 2, 8, 2 * K + 1 if how["head"] else 1,
                      every_step=how["head"], loss=head, rng=how["seed"])
    fit_stream(model, lambda rng: tasks.adding(rng, 32, T), None, 600, Adam(0.03),
               "cosine", clip_norm=0.1, rng=how["seed"], progress=False)
    xs, ys = tasks.adding(np.random.default_rng(99), 512, T)
    y = model.predict(xs)
    found = {}
    if how["head"]:
        y, a = head.answer(y)
        marks = xs[:, :, 1] == 1
        two = marks.sum(axis=1) == 2
        found["marks"] = round(float((a * marks).sum(axis=1)[two].mean()), 4)
        found["chance"] = round(2 / xs.shape[1], 4)
    return found | dict(rmse=round(float(np.sqrt(np.mean((y - ys) ** 2))), 4),
                        wrong=int((np.abs(y - ys) >= 0.04).sum()))


def run(name):
    """Do one job by its name; return the name and what came out."""
    how = json.loads(name)
    clock = process_time()
    result = attention(how) if how["table"] == "attention" else contest(how)
    return name, result | dict(seconds=round(process_time() - clock, 2))


def main(arguments=None):
    """Run what is missing and write it down."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", choices=TABLES)
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="processes")
    parser.add_argument("--results", type=Path, default=RESULTS)
    options = parser.parse_args(arguments)
    path, results = options.results, {}
    if path.exists():
        results = json.loads(path.read_text(encoding="utf-8"))
    wanted = [json.dumps(how) for how in jobs()
              if options.only in (None, how["table"])]
    missing = [name for name in wanted if name not in results]
    with ProcessPoolExecutor(options.jobs) as pool, tqdm(
            total=len(missing), unit="run", disable=None) as bar:
        for one in as_completed([pool.submit(run, name) for name in missing]):
            name, result = one.result()
            results[name] = result
            lines = [f"{json.dumps(k)}: {json.dumps(results[k])}"
                     for k in sorted(results)]
            aside = path.with_name(path.name + ".new")
            aside.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
            os.replace(aside, path)
            bar.update()
    return 0


if __name__ == "__main__":
    sys.exit(main())

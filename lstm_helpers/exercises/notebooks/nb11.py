"""Exercises of notebook 11: would you bet on it?"""

import numpy as np

from lstm_helpers.exercises.engine.exercise import Exercise, Mistake

SHIFT = Exercise(
    id="11.1",
    title="Move it back",
    task="By how many trading days must the forecast be moved back so that it fits the "
         "truth best?",
    minutes=4,
    kind="predict",
    hints=(
        "Drag the explorer and read the error under the picture at every shift. Or "
        "look at a sharp drop of the price: when does the forecast drop?",
        "Try -1, 0, 1 and 2: the error has one lowest point among them.",
    ),
    solution=1,
    explanation="Moved back by one day it fits better than as it was made: the "
    "forecast for tomorrow is, nearly, the price of today.",
    mistakes=(
        Mistake(0, "As drawn it looks perfect, but there is a shift with a smaller "
                   "error. Drag the slider and read the number."),
        Mistake(-1, "That moves it forward, and the error grows: the forecast comes "
                    "too late, not too early."),
        Mistake(2, "At two days the error has risen again. Try the whole numbers "
                   "between."),
        Mistake(60, "60 is the length of a window. The shift is found by the error, "
                    "not by the settings."),
    ),
)


def skill_probes(rng):
    found = []
    for n, noise in ((30, 0.5), (12, 2.0), (45, 1.2)):
        ys = 100 + np.cumsum(rng.normal(size=n))
        found.append((ys, ys + noise * rng.normal(size=n),
                      ys + rng.normal(size=n)))
    return found


def skill(ys, forecast, last):
    ours = np.sqrt(np.mean((ys - forecast) ** 2))
    theirs = np.sqrt(np.mean((ys - last) ** 2))
    return 1 - ours / theirs


def skill_by_norms(ys, forecast, last):
    return 1 - np.linalg.norm(ys - forecast) / np.linalg.norm(ys - last)


def skill_by_loops(ys, forecast, last):
    ours = sum((y - f) ** 2 for y, f in zip(ys, forecast, strict=True)) / len(ys)
    theirs = sum((y - f) ** 2 for y, f in zip(ys, last, strict=True)) / len(ys)
    return (theirs**0.5 - ours**0.5) / theirs**0.5


SKILL = Exercise(
    id="11.2",
    title="What is it worth?",
    task="Return the skill: 1 - (error of the forecast) / (error of persistence), "
         "errors as roots of the mean square.",
    minutes=6,
    kind="implement",
    hints=(
        "Two errors on the same days: of the forecast, and of saying `last`. What "
        "would a forecast be worth that equals `last`?",
        "`1 - rmse(ys, forecast) / rmse(ys, last)`, and rmse is the root of the mean "
        "of the squared differences.",
    ),
    solution=skill,
    explanation="0 means no better than saying that nothing changes, 0.2 an error "
    "smaller by a fifth, below 0 worse than nothing. R² cannot say that: it compares "
    "with the mean, which nobody would forecast for a price.",
    returns=("skill",),
    probes=skill_probes,
    others=(skill_by_norms, skill_by_loops),
    mistakes=(
        Mistake(lambda ys, forecast, last: 1 - np.sum((ys - forecast) ** 2)
                / np.sum((ys - ys.mean()) ** 2),
                "That is R²: it compares with the mean of the test part, which nobody "
                "would forecast. Persistence has a high R² too. Compare with `last`."),
        Mistake(lambda ys, forecast, last: np.sqrt(np.mean((ys - forecast) ** 2)),
                "That is the error alone. Without a baseline nobody knows whether it "
                "is small."),
        Mistake(lambda ys, forecast, last: 1 - np.mean((ys - forecast) ** 2)
                / np.mean((ys - last) ** 2),
                "Those are squared errors: the roots are missing. A fifth less error "
                "would show as a skill of 0.36."),
        Mistake(lambda ys, forecast, last: 1 - skill(ys, forecast, last),
                "That is the share of the error that is left. The skill is the share "
                "that is gone: 1 minus it."),
        Mistake(lambda ys, forecast, last: skill(ys, last, forecast),
                "The two errors are the wrong way round: persistence stands below the "
                "line, it is what you compare with."),
        Mistake(lambda ys, forecast, last: -skill(ys, forecast, last),
                "The sign is turned: a forecast with a smaller error has a skill above "
                "0."),
        Mistake(lambda ys, forecast, last: 1 - np.mean(np.abs(ys - forecast))
                / np.mean(np.abs(ys - last)),
                "Those are mean absolute errors. Asked for are the roots of the mean "
                "squares."),
        Mistake(lambda ys, forecast, last: np.corrcoef(ys, forecast)[0, 1],
                "A correlation is blind to a forecast that is too late by a day or too "
                "high by a hundred. Compare errors."),
    ),
)


def window_probes(rng):
    """Gaps inside, at the target, between window and target, at both ends; and none."""
    found = []
    for n, T, ahead, gaps in ((20, 4, 3, (9,)), (18, 3, 1, ()), (25, 4, 2, (0, 12, 13)),
                              (16, 5, 2, (15,)), (14, 2, 4, (6,))):
        values = rng.uniform(40, 300, n)
        values[list(gaps)] = np.nan
        found.append((values, T, ahead))
    return found


def windows(values, T, ahead):
    xs, ys, at = [], [], []
    for t in range(T - 1, len(values) - ahead):
        if not np.isnan(values[t - T + 1 : t + ahead + 1]).any():
            xs.append(values[t - T + 1 : t + 1])
            ys.append(values[t + ahead])
            at.append(t)
    return np.array(xs), np.array(ys), np.array(at)


def windows_at_once(values, T, ahead):
    pieces = np.lib.stride_tricks.sliding_window_view(values, T + ahead)
    whole = np.isfinite(pieces).all(axis=1)
    return pieces[whole, :T], pieces[whole, -1], np.flatnonzero(whole) + T - 1


def windows_by_index(values, T, ahead):
    at = np.arange(T - 1, len(values) - ahead)
    pieces = values[at[:, None] + np.arange(1 - T, ahead + 1)]
    at = at[~np.isnan(pieces).any(axis=1)]
    return values[at[:, None] + np.arange(1 - T, 1)], values[at + ahead], at


def windowed(fault):
    """Return a maker of windows with this fault."""
    def windows(values, T, ahead):
        if fault == "glued":
            values = values[~np.isnan(values)]
        if fault == "zero":
            values = np.nan_to_num(values)
        step = 1 if fault == "next" else ahead - 1 if fault == "short" else ahead
        last = len(values) - ahead - (fault == "one less")
        xs, ys, at = [], [], []
        for t in range(T - 1, last):
            x, y = values[t - T + 1 : t + 1], values[t + step]
            between = values[t + 1 : t + step + 1]
            drop = {"keep": False, "window": np.isnan(x).any(),
                    "target": np.isnan(y),
                    "ends": np.isnan(x).any() or np.isnan(y)}.get(
                        fault, np.isnan(x).any() or np.isnan(between).any())
            if not drop:
                xs.append(x)
                ys.append(y)
                at.append(t - T + 1 if fault == "start" else t)
        return np.array(xs), np.array(ys), np.array(at)

    return windows


WINDOWS = Exercise(
    id="11.3",
    title="Windows that cross no gap",
    task="Return `xs` (N, T), the target `ys` (N,) that lies `ahead` steps after each "
         "window's last value, and `at` (N,), the place of that last value; nothing "
         "missing from the first value to the target.",
    minutes=9,
    kind="implement",
    hints=(
        "Take one window that ends at t. Which values does it hold, where is its "
        "target, and which stretch of the series must be whole?",
        "For t from T - 1 to len(values) - ahead - 1: `values[t - T + 1 : t + 1]`, "
        "`values[t + ahead]`, and no NaN in `values[t - T + 1 : t + ahead + 1]`.",
    ),
    solution=windows,
    explanation="Two readings on both sides of a gap are not five minutes apart, "
    "whatever their places in the array say. Fewer windows, but all of them true.",
    returns=("xs", "ys", "at"),
    probes=window_probes,
    others=(windows_at_once, windows_by_index),
    mistakes=(
        Mistake(windowed("keep"), "Windows with a missing reading are still there. A "
                "network that reads one NaN answers NaN, and its loss too."),
        Mistake(windowed("glued"), "You took the missing readings out first. Then the "
                "value before a gap and the one after it look five minutes apart, and "
                "windows cross the gap unseen."),
        Mistake(windowed("zero"), "A missing reading became a 0. No sensor measured "
                "that, and a network would learn falls to 0 and back."),
        Mistake(windowed("window"), "The windows are whole, but some targets, or "
                "readings on the way to them, are missing. Check up to t + ahead."),
        Mistake(windowed("target"), "The targets are there, but some windows have a "
                "hole. Check from t - T + 1 on."),
        Mistake(windowed("ends"), "Window and target are there, but between them a "
                "reading is missing. The task asks for one unbroken stretch: after a "
                "break a sensor may have been changed."),
        Mistake(windowed("next"), "Your target is the next value. It has to lie "
                "`ahead` steps after the last value of the window."),
        Mistake(windowed("short"), "Your target is one step too early: with "
                "ahead = 1 it would be the last value of the window itself."),
        Mistake(windowed("one less"), "The last window is missing: the last t is "
                "len(values) - ahead - 1, so `range` ends at len(values) - ahead."),
        Mistake(windowed("start"), "`at` holds where each window begins. Asked for is "
                "the place of its last value, the moment of the forecast."),
    ),
)


def split_probes(rng):
    found = []
    for n, ahead, first in ((40, 6, 25), (30, 1, 12), (50, 4, 31), (26, 3, 13)):
        at = np.arange(5, n)
        at = at[rng.uniform(size=len(at)) > 0.15]
        at = np.union1d(at, [first - ahead, first - ahead + 1, first - 1, first])
        found.append((at, ahead, first))
    return found


def split(at, ahead, first):
    return np.flatnonzero(at + ahead <= first), np.flatnonzero(at >= first)


def split_by_loop(at, ahead, first):
    train = [k for k, t in enumerate(at) if t + ahead <= first]
    test = [k for k, t in enumerate(at) if t >= first]
    return np.array(train), np.array(test)


def split_by_target(at, ahead, first):
    targets = at + ahead
    return np.where(~(targets > first))[0], np.arange(len(at))[~(at < first)]


def masks(train, test):
    return np.flatnonzero(train), np.flatnonzero(test)


def shuffled(at, ahead, first):
    order = np.random.default_rng(0).permutation(len(at))
    return np.split(order, [(at < first).sum()])


def every_third(at, ahead, first):
    test = np.arange(len(at)) % 3 == 2
    return masks(~test, test)


SPLIT = Exercise(
    id="11.4",
    title="No look at the future",
    task="Return the positions of the windows to train on and to test on, for a test "
         "part whose first forecast is made at `first`.",
    minutes=6,
    kind="implement",
    hints=(
        "Stand at the moment `first` and make the first forecast of the test part. "
        "Which values do you know? A window can be learned from only if its target is "
        "among them.",
        "The target of a window that ends at t is the value t + ahead: train "
        "where `at + ahead <= first`, test where `at >= first`; `np.flatnonzero` turns "
        "such a mask into positions.",
    ),
    solution=split,
    explanation="Windows that end shortly before `first` have targets after it: their "
    "answers are the very values the test asks for. They belong to neither part.",
    returns=("train", "test"),
    probes=split_probes,
    others=(split_by_loop, split_by_target),
    mistakes=(
        Mistake(lambda at, ahead, first: masks(at < first, at >= first),
                "The last windows you train on end before `first`, but their targets "
                "lie after it: answers of the test are learned by heart. Leave a gap."),
        Mistake(shuffled, "Shuffled, a test window has neighbours in training that "
                "share nearly all its values, and its future is among their targets. "
                "Cut in time."),
        Mistake(every_third, "With windows for the test taken in between, the future "
                "of each is among the training targets. Cut in time, at `first`."),
        Mistake(lambda at, ahead, first: masks(at + ahead < first, at >= first),
                "No leak, but one window too few: the value `first` itself is known at "
                "the moment `first`. Compare with <=."),
        Mistake(lambda at, ahead, first: masks(at < first, at >= first + ahead),
                "The gap stands on the wrong side: the test begins at `first`, and "
                "what has to end earlier is the training."),
        Mistake(lambda at, ahead, first: masks(at + ahead <= first, at + ahead > first),
                "The training part is right. But your test windows begin before "
                "`first`: a window belongs to the test if it *ends* at `first` or "
                "later."),
        Mistake(lambda at, ahead, first: masks(at >= first, at + ahead <= first),
                "The two parts are the wrong way round."),
        Mistake(lambda at, ahead, first: (at[at + ahead <= first], at[at >= first]),
                "Those are the places in the series. Asked for are positions in `at`: "
                "0 for the first window, 1 for the second."),
        Mistake(lambda at, ahead, first: masks(at + 2 * ahead <= first, at >= first),
                "That leaves the gap twice. One `ahead` is enough."),
    ),
)


def scale_probes(rng):
    found = []
    for n, first, gap in ((40, 22, True), (25, 15, False), (30, 10, True)):
        values = rng.uniform(40, 300, n) + 5 * np.arange(n)
        if gap:
            values[[3, n - 4]] = np.nan
        found.append((values, first))
    return found


def scale(values, first):
    known = values[:first]
    return np.nanmean(known), np.nanstd(known)


def scale_without_nan(values, first):
    known = values[:first]
    known = known[~np.isnan(known)]
    return known.mean(), known.std()


def scale_by_hand(values, first):
    known = [v for v in values[:first] if v == v]
    mean = sum(known) / len(known)
    return mean, (sum((v - mean) ** 2 for v in known) / len(known)) ** 0.5


SCALE = Exercise(
    id="11.5",
    title="Scale by what you know",
    task="Return mean and standard deviation of the training part, which ends before "
         "the value `first`; missing readings are NaN.",
    minutes=4,
    kind="implement",
    hints=(
        "Which values are known before the test begins? And what is the mean of "
        "numbers of which one is NaN?",
        "`known = values[:first]`, then `np.nanmean(known)` and `np.nanstd(known)`.",
    ),
    solution=scale,
    explanation="Mean and spread are learned from data like any weight. Taken from all "
    "values they carry news of the test part into every input.",
    returns=("mean", "std"),
    probes=scale_probes,
    others=(scale_without_nan, scale_by_hand),
    mistakes=(
        Mistake(lambda values, first: (np.nanmean(values), np.nanstd(values)),
                "You used all values. Then every scaled input knows how high the test "
                "part will be: a leak. Take `values[:first]`."),
        Mistake(lambda values, first: scale(values[first:], len(values)),
                "Those are the numbers of the test part: nobody has them when the "
                "network is trained."),
        Mistake(lambda values, first: scale(np.nan_to_num(values), first),
                "Missing readings were counted as 0 and pull the mean down. Leave them "
                "out."),
        Mistake(lambda values, first: (np.nanmean(values[:first]),
                                       np.nanvar(values[:first])),
                "The second number is the variance. The standard deviation is its "
                "root."),
        Mistake(lambda values, first: (np.nanmin(values[:first]),
                                       np.nanmax(values[:first])),
                "Those are least and greatest, for another kind of scaling. Asked for "
                "are mean and standard deviation."),
        Mistake(lambda values, first: (np.nanmean(values[:first]),
                                       np.nanstd(values[:first], ddof=1)),
                "You divided by n - 1. That is an estimate of another quantity; here "
                "the spread of the values themselves is asked for, divided by n."),
    ),
)


def smooth_probes(rng):
    return [(rng.uniform(50, 250, n), k) for n, k in ((14, 5), (9, 3), (20, 7), (6, 1))]


def smooth(values, k):
    return np.array([values[max(0, t - k + 1) : t + 1].mean()
                     for t in range(len(values))])


def smooth_by_sums(values, k):
    sums = np.concatenate([[0], np.cumsum(values)])
    end = np.arange(1, len(values) + 1)
    begin = np.maximum(0, end - k)
    return (sums[end] - sums[begin]) / (end - begin)


def smooth_by_loop(values, k):
    result = []
    for t in range(len(values)):
        known = [values[s] for s in range(t - k + 1, t + 1) if s >= 0]
        result.append(sum(known) / len(known))
    return np.array(result)


def centred(values, k):
    return np.array([values[max(0, t - k // 2) : t + k // 2 + 1].mean()
                     for t in range(len(values))])


LEAK = Exercise(
    id="11.6",
    title="Find the fault: a filter worth thirty per cent",
    task="Repair the smoothing so that a smoothed value t uses the last `k` readings "
         "up to t, or as many as there are.",
    minutes=8,
    kind="break",
    hints=(
        "Write down which readings go into the smoothed value at t = 10 for k = 5. "
        "Which of them does the sensor not have yet at that moment?",
        "The average of `values[t - k + 1 : t + 1]`; at the beginning of "
        "`values[0 : t + 1]`.",
    ),
    solution=smooth,
    explanation="A centred average of five readings knows two readings, ten minutes, "
    "of the thirty that are to be forecast. Every filter, interpolation or difference "
    "that looks to both sides does the same, and none of them raises an error.",
    returns=("smoothed",),
    probes=smooth_probes,
    others=(smooth_by_sums, smooth_by_loop),
    mistakes=(
        Mistake(centred, "Still centred: half of the readings come after t. At the "
                "moment of the forecast they do not exist."),
        Mistake(lambda values, k: np.array([values[t : t + k].mean()
                                            for t in range(len(values))]),
                "Now all the readings lie at t and *after* it: worse than before. Take "
                "those up to t."),
        Mistake(lambda values, k: np.array([values[max(0, t - k) : max(1, t)].mean()
                                            for t in range(len(values))]),
                "No look ahead, but the reading at t itself is left out, and it is "
                "known. A slice ends before its last number: `t + 1`."),
        Mistake(lambda values, k: np.array([values[max(0, t - k) : t + 1].mean()
                                            for t in range(len(values))]),
                "Those are k + 1 readings. The first of the last k is t - k + 1."),
        Mistake(lambda values, k: np.convolve(values, np.ones(k) / k)[: len(values)],
                "At the beginning you divide by k although fewer readings exist, as if "
                "zeros stood before the first. Divide by their number."),
        Mistake(lambda values, k: np.convolve(values, np.ones(k) / k, "same"),
                "\"same\" centres the average: half of the readings come after t."),
        Mistake(lambda values, k: values.copy(), "That is no smoothing at all: no "
                "leak, but the task asks for the average of the last k readings."),
    ),
)

COVERS = Exercise(
    id="11.7",
    title="An interval for the stock",
    task="Choose how often the 80 % interval of persistence holds the truth on the "
         "test part of the stock.",
    minutes=3,
    kind="predict",
    choices=("a", "b", "c", "d"),
    hints=(
        "The interval is as wide as the residuals were on the validation part. What "
        "has to stay the same for it to hold later?",
        "The test part runs from July 2007 to October 2008. Were prices calmer or "
        "wilder than in the ten months before?",
    ),
    solution="c",
    explanation="Half of the days instead of four fifths. An interval carries the past "
    "forward: it holds as long as the future is as wild as the validation part was.",
    mistakes=(
        Mistake("a", "That would need a test part calmer than the validation part. It "
                     "ends in the autumn of 2008."),
        Mistake("b", "80 % is what the interval held on the validation part, where it "
                     "was made. Nothing ensures that later days are as calm."),
        Mistake("d", "Too gloomy: the typical day became wilder, not ten times as "
                     "wild. Compare the spread of daily changes in both parts."),
    ),
)


def unit_probes(rng):
    return [(rng.normal(), -rng.uniform(0.2, 0.6), rng.uniform(0.2, 0.6),
             rng.uniform(100, 180), rng.uniform(30, 70)) for _ in range(4)]


def in_units(z, low, high, mean, std):
    return z * std + mean, (z + low) * std + mean, (z + high) * std + mean


def in_units_by_width(z, low, high, mean, std):
    forecast = mean + std * z
    return forecast, forecast + std * low, forecast + std * high


def in_units_at_once(z, low, high, mean, std):
    return tuple(np.array([z, z + low, z + high]) * std + mean)


def unit_fault(width=lambda w, mean, std: w * std,
               back=lambda z, mean, std: z * std + mean):
    """Return an answer that turns the forecast or the width in another way."""
    def in_units(z, low, high, mean, std):
        forecast = back(z, mean, std)
        return (forecast, forecast + width(low, mean, std),
                forecast + width(high, mean, std))

    return in_units


UNITS = Exercise(
    id="11.8",
    title="Back to mg/dL",
    task="Return the forecast, and the lower and upper end of its interval, in the "
         "unit of the series.",
    minutes=5,
    kind="implement",
    hints=(
        "Undo the scaling (x - mean) / std, last step first. Is the distance between "
        "two values changed by the mean?",
        "`z * std + mean`; and `low`, `high` are distances from z, so their ends are "
        "`(z + low) * std + mean` and `(z + high) * std + mean`.",
    ),
    solution=in_units,
    explanation="A value takes both, times std and plus mean. A distance takes std "
    "alone: the mean cancels between its two ends.",
    returns=("forecast", "lower", "upper"),
    probes=unit_probes,
    others=(in_units_by_width, in_units_at_once),
    mistakes=(
        Mistake(unit_fault(back=lambda z, mean, std: z + mean,
                           width=lambda w, mean, std: w),
                "The mean is back, the spread is not: 1 in standard units is one "
                "standard deviation. Multiply by std before adding the mean."),
        Mistake(unit_fault(back=lambda z, mean, std: (z + mean) * std),
                "First the mean, then times std: the wrong order. Scaling subtracted "
                "first and divided last, so going back multiplies first."),
        Mistake(unit_fault(back=lambda z, mean, std: (z - mean) / std),
                "That is scaling once more. Going back is z · std + mean."),
        Mistake(unit_fault(width=lambda w, mean, std: w * std + mean),
                "The forecast is right; the ends are off by the mean. `low` and `high` "
                "are distances: they take std alone."),
        Mistake(unit_fault(width=lambda w, mean, std: w),
                "The forecast is right; the ends are too near, for `low` and `high` "
                "are in standard units too. Times std."),
        Mistake(lambda z, low, high, mean, std: (z * std + mean, low * std + mean,
                                                 high * std + mean),
                "The ends are those of a forecast of 0. They lie around *this* "
                "forecast: z + low and z + high."),
        Mistake(unit_fault(back=lambda z, mean, std: z * std),
                "The spread is back, the mean is missing: 0 in standard units is the "
                "mean of the training part, not 0 mg/dL."),
    ),
)

EXERCISES = [SHIFT, SKILL, WINDOWS, SPLIT, SCALE, LEAK, COVERS, UNITS]

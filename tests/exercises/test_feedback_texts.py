"""Every kind of feedback, word for word, against one text, tests/data/feedback.txt.

Read that as a learner would. ``python tests/test_feedback_texts.py`` writes it
anew; the difference then shows which sentences changed. The exercises are stand-ins, so
that the growing series changes nothing here.
"""

import functools
import io
import linecache
import operator
import re
import sys
import tempfile
from contextlib import redirect_stdout
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from lstm_helpers import exercises
from lstm_helpers.exercises import api, catalogue, session
from lstm_helpers.exercises import record as progress_file
from lstm_helpers.exercises.engine import form
from lstm_helpers.exercises.engine.exercise import Exercise, Mistake
from lstm_helpers.exercises.engine.judge import judge
from lstm_helpers.exercises.session import Session

STORED = Path(__file__).parents[1] / "data" / "feedback.txt"
WORDS = {"title": "A stand-in", "task": "Do it.", "minutes": 3, "kind": "implement",
         "hints": ("Think of the `rows`.", "`y = 2 x`"), "mistakes": (),
         "explanation": "Because 1 < 2."}


def exercise(id, solution, **more):
    return Exercise(**{"id": id, "solution": solution} | WORDS | more)


def draw(*shapes):
    return lambda rng: [tuple(rng.normal(size=shape) for shape in call)
                        for call in shapes]


def layer(x_t, W, b):
    return np.tanh(x_t @ W + b)


def broken_layer(*faults):
    def wrong(x_t, W, b):
        a = x_t @ (W.T if "transposed" in faults and len(W) == len(W.T) else W)
        a = a if "no bias" in faults else a + b
        return a if "no tanh" in faults else np.tanh(a)

    return wrong


def two_states(h_t, c_t):
    return h_t + 1, c_t - 1


def gradients(x_t, dh_t):
    return dict(dW=x_t.T @ dh_t, db=dh_t.sum(axis=0))


LAYER = exercise(
    "01.1", layer, title="A layer <b>", returns=("h_t",), broken=broken_layer,
    probes=draw([(2, 3), (3, 5), (5,)], [(4, 4), (4, 4), (4,)]),
    mistakes=(
        Mistake(broken_layer("no bias"), "The bias `b` is missing.", "no bias"),
        Mistake(broken_layer("no tanh"), "This is before tanh.", "no tanh"),
        Mistake(broken_layer("transposed"), "`W` is transposed.", "transposed"),
        Mistake(lambda x_t, W, b: 1 / 0, "Nothing is learned from this one."),
    ))
SAME = exercise("01.2", lambda z: z, returns=("z",), probes=draw([(2, 4, 8)]))
SQUARE = exercise("01.3", lambda z: z, returns=("z",), probes=draw([(5, 5)]))
ROOT = exercise("01.4", lambda z: abs(z) + 0.2, probes=draw([(6,)]))
PAIR = exercise("01.5", two_states, returns=("h_t", "the cell state"),
                probes=draw([(2, 3), (2, 3)]))
GRADIENTS = exercise("01.6", gradients, probes=draw([(2, 3), (2, 5)]))
COUNT = exercise("01.7", lambda D, H: 4 * H * (D + H + 1), returns=("the count",),
                 probes=lambda rng: [(3, 8), (2.5, 4)])
PARTS = exercise("01.9", lambda x_t, W, N: (x_t, W, 1.0), returns=("x_t", "W", "one"),
                 probes=lambda rng: [(rng.normal(size=(2, 3)), np.ones((3, 5)), 2)])
NUMBER = exercise("02.1", 0.9**10, rtol=0.02,
                  mistakes=(Mistake(0.9, "Nine more steps follow."),))
LETTER = exercise("02.2", "c", choices=("a", "b", "c"), title="Choose",
                  mistakes=(Mistake("a", "Not `a`, because."),))
AXES = exercise("02.3", (2, 25, 3), returns=("N", "T", "number of inputs"))
TRUTH = exercise("02.4", True)
WORD = exercise("02.5", "abc")
ARRAY = exercise("02.6", np.arange(3.0))
UNNAMED = exercise("02.7", (1, 2))


def describe(model):
    if not isinstance(model, str):
        raise form.WrongForm("your function must return a model")
    layers, units = model.split()
    return {"layers": layers, "units": int(units)}


def model():
    return "lstm 10"


MODEL = exercise("02.8", model, describe=describe, needs="json",
                 probes=lambda rng: [()],
                 mistakes=(Mistake(lambda: "lstm 5", "Five, as it was."),
                           Mistake(lambda: 1 / 0, "Never the reason.")))
ABSENT = exercise("02.9", model, describe=describe, needs="no_such_library",
                  probes=lambda rng: [()])
SERIES = {
    "01": [LAYER, SAME, SQUARE, ROOT, PAIR, GRADIENTS, COUNT],
    "02": [NUMBER, LETTER, AXES, TRUTH, WORD, ARRAY, UNNAMED, MODEL, ABSENT],
}
CELLS = iter(range(1, 1000))


def cell(source, **space):
    """Return the function `answer` that a notebook cell with this source defines."""
    name = f"<feedback {next(CELLS)}>"
    linecache.cache[name] = len(source), None, source.splitlines(True), name
    exec(compile(source, name, "exec"), space)
    return space["answer"]


def layer_cell(*body):
    """Return a layer whose lines are `body`."""
    lines = "".join(f"    {line}\n" for line in body)
    return cell(f"def answer(x_t, W, b):\n{lines}", np=np)


class Odd:
    """Cannot be read."""

    def __array__(self, *args, **kwargs):
        raise RuntimeError("no")


class Apple:
    """Begins with a vowel."""


def changed_in_place(x_t, W, b):
    a = x_t @ W
    a += b
    b += 1
    x_t[:] = 0
    return np.tanh(a)


def off_by_one_entry(z):
    z = z.copy()
    z[1, 2, 3] += 1e-5
    z[1, 3, 3] = 7
    return z


def changed_and_wrong(x_t, W, b):
    b *= 0
    return np.tanh(x_t @ W)


def reordered(z):
    i, f, g, o = np.split(z, 4, axis=-1)
    return np.concatenate([f, i, g, o], axis=-1)


def shifted(z, k):
    rolled = np.roll(z, k, axis=1)
    rolled[:, 0 if k > 0 else -1] = 0.5
    return rolled


def prints(lines):
    def answer(z):
        print(lines)
        return z

    return answer


def needing_three(x_t, W, b):
    if len(x_t) == 4:
        return 2 * layer(x_t, W, b)
    return layer(x_t, W, b)


# name: exercise, answer
ANSWERS = {
    # not attempted
    "nothing": (LAYER, ...),
    "a stub": (LAYER, lambda *args: ...),
    "one of two": (PAIR, lambda h_t, c_t: (h_t + 1, ...)),
    "a gap in a line": (LAYER, layer_cell("a = x_t @ ...", "return a")),
    "no gap but an index": (LAYER, layer_cell("return x_t[..., None] @ W[b]")),
    "a gap on a line unseen": (SAME, functools.partial(operator.sub, ...)),
    "a gap passed on": (LAYER, layer_cell("a = ...", "return a.T")),
    "a gap in an array": (AXES, (2, np.array([1, ...]), 3)),
    "a stub of a model": (MODEL, lambda: ...),
    "a gap in a model": (MODEL, lambda: ("lstm", ...)),
    # too slow
    "an endless loop": (replace(LAYER, seconds=0.3), layer_cell("while True: pass")),
    "a model without end": (
        replace(MODEL, seconds=0.3), cell("def answer():\n    while True: pass")),
    # right
    "right": (LAYER, layer),
    "a right number": (NUMBER, 0.35),
    "a right letter": (LETTER, " C "),
    "a right letter with its bracket": (LETTER, "c)"),
    "a right list for an array": (ARRAY, [0, 1, 2]),
    "right, a list for a tuple": (AXES, [2, 25, 3]),
    "an array for a tuple": (AXES, np.array([2, 25, 3])),
    "a right truth": (TRUTH, np.True_),
    "a right model": (MODEL, model),
    "the model itself": (MODEL, "lstm 10"),
    "right, and prints": (SAME, prints("one\n\ntwo")),
    "prints nine lines": (SAME, prints("\n".join("123456789"))),
    "prints eight lines": (SAME, prints("\n".join("12345678"))),
    "prints one long line": (SAME, prints("x" * 301)),
    "prints a line that fits": (SAME, prints("x" * 300)),
    # mistakes
    "a mistake": (LAYER, broken_layer("no bias")),
    "two mistakes": (LAYER, broken_layer("no bias", "no tanh")),
    "a mistake that changes an input": (LAYER, changed_and_wrong),
    "a mistaken number": (NUMBER, 0.9),
    "a mistaken letter": (LETTER, "A"),
    "a mistaken model": (MODEL, lambda: "lstm 5"),
    "the mistaken model itself": (MODEL, "lstm 5"),
    # changed its input
    "inputs changed in place": (LAYER, changed_in_place),
    # raised
    "shapes that do not multiply": (LAYER, layer_cell("y = W @ x_t", "return y")),
    "shapes that do not add": (LAYER, layer_cell("return x_t + W")),
    "a typing error": (LAYER, layer_cell("return x_y")),
    "numpy's name left out": (LAYER, layer_cell("return tanh(x_t @ W + b)")),
    "numpy not imported": (LAYER, cell("def answer(x_t, W, b): return np.e")),
    "a slip of the pen": (PAIR, cell("def answer(h_t, c_t): return h_tt, c_t")),
    "a capital letter": (LAYER, layer_cell("return x_t @ w")),
    "sigmoid not imported": (LAYER, layer_cell("return sigmoid(x_t)")),
    "another name for an argument": (
        LAYER, cell("def answer(x, W, b):\n    return x_t @ W + b")),
    "an unknown name": (LAYER, layer_cell("return something")),
    "an unknown name in a model": (MODEL, cell("def answer():\n    return something")),
    "a variable without a value": (
        LAYER, layer_cell("for row in x_t:", "    h = h + row", "return h")),
    "an error without a message": (SAME, cell("def answer(z): raise ValueError")),
    "an error with a long message": (
        SAME, cell("def answer(z): raise KeyError('y' * 400)")),
    "an error in a model": (MODEL, cell("def answer():\n    return 1 / 0")),
    "an old name of Keras": (MODEL, cell(
        "def answer():\n    raise ValueError(\"Argument(s) not recognized: "
        "{'lr': 0.01}\")")),
    "it calls exit": (LAYER, layer_cell("raise SystemExit")),
    "an error in the second call": (
        LAYER, layer_cell("return np.tanh(x_t @ W + b) + [0][len(x_t) - 2]")),
    "an error on a line unseen": (SAME, functools.partial(operator.getitem, 3)),
    "joined along the wrong axis": (
        LAYER, layer_cell("return np.concatenate([x_t, W], axis=1)")),
    "an error of numpy's own": (
        LAYER, layer_cell("return np.concatenate([x_t, b])")),
    "a list of two arrays for one long array": (
        LAYER, layer_cell("return W.T @ [x_t[0], b]")),
    "one pair of brackets too few": (
        LAYER, layer_cell("return np.concatenate(b, x_t)")),
    "an if for a whole array": (
        LAYER, layer_cell("return x_t @ W if x_t > 0 else 0")),
    "a split along the wrong axis": (LAYER, layer_cell("return np.split(W, 5)")),
    "axis 1 of a vector": (LAYER, layer_cell("return np.split(b, 5, axis=1)")),
    "what append returns": (LAYER, layer_cell(
        "hs = []", "for x in x_t:", "    hs = hs.append(x)", "return hs")),
    # wrong form: no function
    **{f"for a function, {name}": (LAYER, value) for name, value in {
        "None": None, "an array": np.zeros((2, 5)), "a list": [1, 2], "a tuple": (1,),
        "text": "h_t", "a truth": True, "a whole number": 3, "a number": 0.5,
        "a complex number": 1j, "a dict": {}, "an int64": np.int64(3),
        "a float32": np.float32(0.5), "an object": Apple(),
        "an enumeration": enumerate([1]), "NumPy's truth": np.False_,
    }.items()},
    "too few arguments": (LAYER, lambda x_t: x_t),
    "too many arguments": (SAME, lambda z, axis: z),
    "an argument for a model": (MODEL, lambda units: units),
    # wrong form: of a function's value
    "it returns nothing": (LAYER, lambda *args: None),
    "it returns text": (LAYER, lambda *args: "h_t"),
    "it returns itself": (LAYER, lambda *args: layer),
    "it returns a number": (LAYER, lambda *args: 0.5),
    "it returns two": (LAYER, lambda *args: (args[0], args[0])),
    "it returns two of two lengths": (LAYER, lambda *args: (args[0], [1, 2, 3])),
    "rows of two lengths": (LAYER, lambda *args: [[1, 2], [3]]),
    "complex numbers": (LAYER, lambda *args: layer(*args) * 1j),
    "transposed": (LAYER, lambda *args: layer(*args).T),
    "the batch axis is missing": (LAYER, lambda *args: layer(*args)[0]),
    "an axis too many": (LAYER, lambda *args: layer(*args)[:, None]),
    "axes in another order": (SAME, lambda z: z.transpose(1, 0, 2)),
    "another length": (SAME, lambda z: z[:, 1:]),
    "an axis too few": (exercise("01.8", lambda z: z[..., None], probes=draw([(2, 3)])),
                        lambda z: z),
    "one value for two": (PAIR, lambda h_t, c_t: h_t[:1]),
    "three values for two": (PAIR, lambda h_t, c_t: [h_t, c_t, c_t]),
    "a dict for two values": (PAIR, lambda h_t, c_t: {}),
    "a function for two values": (PAIR, lambda h_t, c_t: layer),
    "a class for two values": (PAIR, lambda h_t, c_t: dict),
    "the second of two is nothing": (PAIR, lambda h_t, c_t: (h_t + 1, None)),
    "three values in another order": (PARTS, lambda x_t, W, N: (
        W, x_t, np.float64(1))),
    "three arrays in another order": (PARTS, lambda x_t, W, N: (
        np.array(1), x_t, W)),
    "values without a name": (UNNAMED, (1, "two")),
    "entries are missing": (GRADIENTS, lambda x_t, dh_t: {"dw": 1, "db": 2}),
    "all entries are missing": (GRADIENTS, lambda x_t, dh_t: {}),
    "an entry too many": (
        GRADIENTS, lambda x_t, dh_t: gradients(x_t, dh_t) | {"dx_t": 1, "e": 2}),
    "an array for a dict": (GRADIENTS, lambda x_t, dh_t: x_t),
    "an entry of another form": (
        GRADIENTS, lambda x_t, dh_t: gradients(x_t, dh_t) | {"db": dh_t}),
    "no model": (MODEL, lambda: 7),
    "a model no one can read": (MODEL, lambda: "lstm"),
    "a library that is absent": (ABSENT, lambda: "lstm"),
    "an object no one can read": (LAYER, lambda *args: {1: Odd()}),
    # wrong form: of a value
    **{f"for a number, {name}": (NUMBER, value) for name, value in {
        "text": "a third", "a number in quotes": "0.35", "a truth": np.False_,
        "a list of one": [0.35], "a list of two": [1, 2], "a complex one": 0.3j,
        "a function": lambda: 0.35, "None": None, "an object": Apple(), "a set": {1},
        "a list of text": ["a"], "a list of objects": [None, Apple()], "bytes": [b"a"],
        "truths": [True], "NaN": np.nan, "an array": np.zeros((2, 2)),
    }.items()},
    "a number for a truth": (TRUTH, 1),
    "a number for a word": (WORD, 5),
    "a list for an array": (ARRAY, [1, 2]),
    "a tuple for an array": (ARRAY, (1, 2)),
    # not finite
    "NaN": (LAYER, lambda *args: layer(*args) * np.nan),
    # differs: values
    "no choice": (LETTER, "e"),
    "a wrong word": (WORD, "acb"),
    "a wrong number": (NUMBER, 0.1234567),
    "a wrong word of two": (exercise("02.7", ("ab", "cd")), ("ab", "dc")),
    "a wrong array of twelve": (exercise("02.6", np.zeros(12)), np.arange(12)),
    "a wrong array of thirteen": (exercise("02.6", np.zeros(13)), np.arange(13)),
    "a wrong whole number": (UNNAMED, (1, 1234567)),
    "a wrong truth": (TRUTH, False),
    "two of three are right": (AXES, (2, 20, 3)),
    "none is right": (AXES, (25, 2, 7)),
    "a wrong array": (ARRAY, [0, 1, 5]),
    "a number too large": (NUMBER, 0.5),
    "an array too large": (ARRAY, [3, 3, 3]),
    "a share for a number": (NUMBER, 0.9**10 * 100),
    "a number that is near": (NUMBER, 0.33),
    # differs: functions
    "a wrong count": (COUNT, lambda D, H: 4 * H * (D + H)),
    "a wrong model": (MODEL, lambda: "gru 11"),
    "wrong in the second call": (LAYER, needing_three),
    "the first is right": (PAIR, lambda h_t, c_t: (h_t + 1, h_t)),
    "one entry is right": (
        GRADIENTS, lambda x_t, dh_t: gradients(x_t, dh_t) | {"db": dh_t[0]}),
    "one argument is not used": (LAYER, lambda x_t, W, b: layer(x_t, W, 2)),
    "an argument nobody needs": (exercise(
        "01.8", lambda z, w: z, probes=draw([(2, 3), (2,)])), lambda z, w: abs(z) + 1),
    "two arguments are not used": (PARTS, lambda x_t, W, N: (0 * x_t, 0 * W, N)),
    "one entry is off": (SAME, off_by_one_entry),
    "rounded": (SAME, lambda z: z.round(3)),
    "rounded to two digits": (SAME, lambda z: z.round(2)),
    "rounded to one digit": (SAME, lambda z: z.round(1)),
    "zero": (SAME, lambda z: 0 * z),
    "cut off": (SAME, np.trunc),
    "floored": (SAME, np.floor),
    "negative": (SAME, lambda z: -z),
    "without signs": (SAME, np.abs),
    "rows for columns": (SQUARE, lambda z: z.T),
    "reversed": (SAME, lambda z: z[:, ::-1]),
    "blocks in another order": (SAME, reordered),
    "in another order": (SAME, lambda z: z.reshape(8, 4, 2).T.reshape(2, 4, 8)),
    "late": (SAME, lambda z: shifted(z, 1)),
    "early": (SAME, lambda z: shifted(z, -1)),
    "degrees": (SAME, np.degrees),
    "radians": (SAME, np.radians),
    "bits for nats": (SAME, lambda z: z * np.log(2)),
    "nats for bits": (SAME, lambda z: z / np.log(2)),
    "per cent": (SAME, lambda z: 100 * z),
    "not per cent": (SAME, lambda z: z / 100),
    "a sum for a mean": (SAME, lambda z: 8 * z),
    "a mean for a sum": (SAME, lambda z: z / 4),
    "scaled": (SAME, lambda z: 3 * z),
    "moved": (SAME, lambda z: z + 0.25),
    "squared": (ROOT, lambda z: (abs(z) + 0.2) ** 2),
    "rooted": (ROOT, lambda z: np.sqrt(abs(z) + 0.2)),
    "upside down": (ROOT, lambda z: 1 / (abs(z) + 0.2)),
}
IN_HTML = {"nothing", "right", "a mistake", "two mistakes", "wrong in the second call",
           "shapes that do not multiply", "a right letter", "right, and prints"}


def judged(name):
    """Return the text of a card, and its HTML for a few."""
    verdicts = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(session, "judge", lambda *args: (
            verdicts.append(judge(*args)), verdicts[0])[1])
        shown = api.SESSION.check(*ANSWERS[name])
    html = f"\n{shown._repr_html_()}" if name in IN_HTML else ""
    text = f"({verdicts[0].outcome})\n{shown!r}{html}"
    return re.sub(r"\b([Ii]n (?:your )?line) \d\d+", r"\1 NN", text)  # of this file


def said(function, *args):
    with redirect_stdout(io.StringIO()) as text:
        function(*args)
    return text.getvalue().rstrip("\n")


def shown(*calls):
    return "\n".join(said(*call) for call in calls)


def record(text):
    path = progress_file.path()
    path.write_bytes(text)
    return path


def progress_with_a_record():
    record(b'{"01.1": "right", "01.3": "tried", "02.1": "tried", "02.9": "right"}')
    return shown((exercises.progress,), (exercises.progress, "01"),
                 (exercises.progress, "02"))


def progress_in_html():
    cards = []
    record(b'{"01.1": "right", "01.3": "tried"}')
    keep = api.show
    api.show = cards.append
    try:
        exercises.progress()
        exercises.progress("02")
    finally:
        api.show = keep
    return "\n".join(card._repr_html_() for card in cards)


def unreadable(text):
    record(text)
    calls = ((exercises.progress,), (exercises.check, "02.1", 0.35),
             (exercises.solution, "02.1"))
    answer = shown(*calls)
    assert progress_file.path().read_bytes() == text
    return answer


def unwritable(monkeypatch):
    path = progress_file.path().parent / "absent" / "progress.json"
    monkeypatch.setenv("LSTM_HELPERS_PROGRESS", str(path))
    return shown((exercises.check, "02.1", 0.35))


def buttons():
    """Press every button, with an answer that is not there, open, wrong and right."""
    pytest.importorskip("ipywidgets")
    answers = []

    def answer():
        return answers[-1] if answers else not_there  # noqa: F821

    face = exercises.check_button("02.1", answer)
    lines = [" | ".join(button.description for button in face.buttons)]
    for button, value in ((0, None), (1, None), (2, None), (2, None), (0, ...),
                          (0, 0.9), (0, 0.35), (1, None), (1, None)):
        if value is not None:
            answers.append(value)
        face.buttons[button].click()
        lines.append(face.card.value)
    return "\n".join(lines)


def dispatched(monkeypatch):
    """In IPython a card is displayed, elsewhere printed."""
    displayed = []
    fake = SimpleNamespace(get_ipython=lambda: object(),
                           display=SimpleNamespace(display=displayed.append))
    monkeypatch.setitem(sys.modules, "IPython", fake)
    exercises.check("02.1", ...)
    fake.get_ipython = lambda: None
    printed = said(exercises.check, "02.1", ...)
    monkeypatch.delitem(sys.modules, "IPython")
    assert said(exercises.check, "02.1", ...) == printed == repr(displayed.pop())
    assert not displayed
    return printed


# name: a function that returns what was shown
SHOWN = {
    "call check without an answer": lambda: said(exercises.check, "02.1"),
    "call hint": lambda: shown(
        *[(exercises.hint, "01.1")] * 3, (exercises.hint, "02.1")),
    "call solution": lambda: shown(*[(exercises.solution, "01.1")] * 2),
    "call solution of a number": lambda: shown(*[(exercises.solution, "02.1")] * 2),
    "call solution of a choice": lambda: shown(*[(exercises.solution, "02.2")] * 2),
    "call solution of three values": lambda: shown(*[(exercises.solution, "02.3")] * 2),
    "call solution after a try": lambda: shown(
        (exercises.check, "02.1", 0.9), (exercises.solution, "02.1"),
        (exercises.check, "02.1", 0.35), (exercises.check, "02.1", 0.9),
        (exercises.progress, "02")),
    "call solution after a stub": lambda: shown(
        (exercises.check, "01.1", ...), (exercises.solution, "01.1")),
    "call with an unknown id": lambda: shown(
        (exercises.check, "01.99", 1), (exercises.hint, "77.1"),
        (exercises.solution, 1.1), (exercises.check_button, "", None)),
    "call progress at first": lambda: said(exercises.progress),
    "call progress": progress_with_a_record,
    "call progress in HTML": progress_in_html,
    "call progress of an unknown notebook": lambda: shown(
        (exercises.progress, "1"), (exercises.progress, "")),
    "record is no JSON": lambda: unreadable(b"{"),
    "record is a list": lambda: unreadable(b"[]"),
    "record says something else": lambda: unreadable(b'{"01.1": "done"}'),
    "record is not text": lambda: unreadable(b"\xff\xfe"),
    "record cannot be written": unwritable,
    "buttons": buttons,
    "display": dispatched,
}


@pytest.fixture(autouse=True)
def stand_ins(tmp_path, monkeypatch):
    prepare(tmp_path, monkeypatch)
    return monkeypatch


def prepare(folder, monkeypatch):
    """Put the stand-ins in the place of the series, with a record of their own."""
    monkeypatch.setenv("LSTM_HELPERS_PROGRESS", str(folder / "progress.json"))
    monkeypatch.setattr(api, "SESSION", Session())
    monkeypatch.setattr(catalogue, "notebooks", lambda: list(SERIES))
    monkeypatch.setattr(catalogue, "exercises_of", SERIES.get)


def text_of(name, monkeypatch):
    if name in ANSWERS:
        return judged(name)
    function = SHOWN[name]
    return function(monkeypatch) if function.__code__.co_argcount else function()


def stored():
    """Read the stored texts by name."""
    text = STORED.read_text(encoding="utf-8")
    parts = re.split(r"^### (.+)\n", text, flags=re.MULTILINE)
    return {name: body.strip("\n") for name, body in zip(
        parts[1::2], parts[2::2], strict=True)}


@pytest.mark.parametrize("name", [*ANSWERS, *SHOWN])
def test_feedback_is_as_stored(name, stand_ins):
    assert text_of(name, stand_ins) == stored()[name]


def test_nothing_else_is_stored():
    assert list(stored()) == [*ANSWERS, *SHOWN]


def write():
    """Store what is shown now."""
    parts = []
    for name in [*ANSWERS, *SHOWN]:
        with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as m:
            prepare(Path(folder), m)
            parts.append(f"### {name}\n{text_of(name, m)}\n")
    STORED.write_text("\n".join(parts), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write()

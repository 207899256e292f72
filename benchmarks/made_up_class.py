"""A made-up class hands in notebooks 02 and 05: is every verdict the engine's own?

    python -m benchmarks.made_up_class                  200 students, on all cores
    python -m benchmarks.made_up_class --only FOLDER    only make their notebooks
    python -m benchmarks.made_up_class --jobs 1
    python -m benchmarks.made_up_class --cluster tcp://127.0.0.1:8786

Each student is a seed: right answers, listed mistakes, unlisted ones, blanks. The last
ten are hostile. Every answer is also run here, by itself, and judged by the engine; the
two verdicts have to be equal.
"""

import argparse
import ast
import contextlib
import inspect
import io
import json
import linecache
import os
import sys
import tempfile
import textwrap
import threading
import time
from pathlib import Path

for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "1")  # before NumPy is loaded, here and in workers

import numpy as np  # noqa: E402

from lstm_helpers.exercises import catalogue  # noqa: E402
from lstm_helpers.exercises.engine.judge import judge  # noqa: E402
from lstm_helpers.teach import notebook  # noqa: E402
from lstm_helpers.teach.answers import checks_in  # noqa: E402
from lstm_helpers.teach.names import names_of  # noqa: E402

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
SPOIL = '''def spoilt(value, times):
    if isinstance(value, tuple | list):
        return type(value)(spoilt(part, times) for part in value)
    if isinstance(value, dict):
        return {key: spoilt(part, times) for key, part in value.items()}
    return value if isinstance(value, str) else np.asarray(value) * times + 0.25
'''
UNLISTED = ("spoilt(out, 1.37)", "spoilt(out, 0.61)", "None", "out + not_there",
            "[str(out)[:20]]", "1 / 0", "spoilt(out, np.nan)")
HOSTILE = {
    "hangs": "forget_gate = 0\nwhile True:\n    forget_gate += 1\n",
    "ends the kernel": "import os\n\n\ndef forget_gate(h_prev, x_t, W_f, b_f):\n"
                       "    os._exit(0)\n",
    "floods": "forget_gate = [print('x' * 10_000) for k in range(10**9)]\n",
    "fills the disk": "forget_gate = 0\nwhile True:\n    forget_gate += 1\n"
                      "    open(f'{forget_gate}', 'wb').write(bytes(2**20))\n",
    "deletes folders": "import os, shutil\n\nhere = os.getcwd()\n"
                       "forget_gate = [shutil.rmtree(p, ignore_errors=True) for p in "
                       "(here, os.path.dirname(here), os.path.expanduser('~'))]\n",
    "is no notebook": None,
    "has no answers": None,
    "wrong language": None,
    "calls out": "import socket\n\n\ndef forget_gate(h_prev, x_t, W_f, b_f):\n"
                 "    socket.create_connection(('127.0.0.1', 9))\n",
    "fakes the check": "def forget_gate(h_prev, x_t, W_f, b_f):\n"
                       "    np.allclose = lambda *a, **k: True\n    return 0 * b_f\n",
}


def source_of(function, known, taken):
    """Return source that makes a function in a notebook, and its name; or None.

    Parameters
    ----------
    function : callable
    known : dict
        The names of the notebook.
    taken : str
        The name the answer will have there.
    """
    if not inspect.isfunction(function) or function.__closure__:
        return None
    try:
        source = textwrap.dedent(inspect.getsource(function))
    except OSError:  # made by a program
        return None
    name = function.__name__
    if name == "<lambda>":
        tree = ast.parse(Path(inspect.getfile(function)).read_text(encoding="utf-8"))
        same = [node for node in ast.walk(tree) if isinstance(node, ast.Lambda)
                and node.lineno == function.__code__.co_firstlineno]
        if len(same) != 1:
            return None
        source, name = f"mine = {ast.unparse(same[0])}\n", "mine"
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return None
    names = [names_of(statement) for statement in tree.body]
    if len(names) != 1 or name not in names[0].binds:
        return None  # a name it was given later
    free = set().union(*(n.now | n.later for n in names)) - {name}
    if taken in free:
        return None  # it would call itself
    lines = []
    for one in sorted(free & set(function.__globals__)):
        if known.get(one, ...) is not function.__globals__[one]:
            lines.append(f"from {function.__module__} import {one}\n")
    return "".join(lines) + source, name


def written(exercise, place, answer, known, taken, rng):
    """Return the source of an answer and the expression to check.

    Parameters
    ----------
    exercise : Exercise
    place : str
        How to get the answer from the exercise, ``mistakes[0].answer`` say.
    answer : object
    known : dict
    taken : str
        The name the answer will have in the notebook.
    rng : numpy.random.Generator
        Spoils the answer unless it is None.
    """
    made = source_of(answer, known, taken) if exercise.wants_function else None
    if made is None and not exercise.wants_function:
        plain = repr(answer)
        with contextlib.suppress(Exception):
            if repr(eval(plain, {"np": np})) == plain:
                made = f"mine = {plain}\n", "mine"
    if made is None:
        made = (f"from lstm_helpers.exercises import catalogue\n\n"
                f'mine = catalogue.find("{exercise.id}").{place}\n', "mine")
    if rng is None:
        return made
    source, name = made
    if not exercise.wants_function:
        how = ["'zz'", "[1, 2, 3]", "-123.75", "None"][int(rng.integers(4))]
        return f"mine = {how}\n", "mine"
    arguments = ", ".join(inspect.signature(answer).parameters)
    how = UNLISTED[int(rng.integers(len(UNLISTED)))]
    return (f"{source}\n\n{SPOIL}\n\nright = {name}\n\n\ndef mine({arguments}):\n"
            f"    out = right({arguments})\n    return {how}\n"), "mine"


def choose(exercise, master, skill, rng):
    """Draw what one student hands in for one exercise.

    Returns
    -------
    kind : str
    source, name : str
        None for a blank.
    """
    draw = rng.random()
    known, taken = master.known, master.places[exercise.id][1]
    if draw < skill:
        if exercise.others and rng.random() < 0.5:
            k = int(rng.integers(len(exercise.others)))
            return "right", *written(exercise, f"others[{k}]", exercise.others[k],
                                     known, taken, None)
        return "right", *written(exercise, "solution", exercise.solution, known, taken,
                                 None)
    draw = rng.random()
    if draw < 0.6:
        k = min(int(rng.geometric(0.4)) - 1, len(exercise.mistakes) - 1)  # some are
        return f"mistake {k}", *written(  # more popular than others
            exercise, f"mistakes[{k}].answer", exercise.mistakes[k].answer, known,
            taken, None)
    if draw < 0.8:
        return "unlisted", *written(exercise, "solution", exercise.solution, known,
                                    taken, rng)
    return "blank", None, None


class Master:
    """A notebook of the series, and where its answers go."""

    def __init__(self, number):
        path, = NOTEBOOKS.glob(f"{number}_*.ipynb")
        self.name = path.name
        self.book = json.loads(path.read_text(encoding="utf-8"))
        cells = notebook.read(path.read_bytes())
        self.judged = {}
        self.setup = cells[0].source
        self.known = {}
        here = os.getcwd()
        with contextlib.redirect_stdout(io.StringIO()):
            exec(self.setup, self.known)
        os.chdir(here)
        self.places = {id: (cell.number, ast.unparse(expression))
                       for cell in cells for statement in cell.body
                       for id, expression in checks_in(statement)}

    def filled(self, answers):
        """Return the bytes of the notebook with answers: id → (source, name)."""
        book = json.loads(json.dumps(self.book))
        for cell in book["cells"]:
            if cell["cell_type"] == "code":
                cell["outputs"] = []
        for id, (source, name) in answers.items():
            number, expression = self.places[id]
            if expression.isidentifier() and expression != name:
                source, name = f"{source}\n{expression} = {name}\n", expression
            book["cells"][number]["source"] = f'{source}\n\ncheck("{id}", {name})'
        return json.dumps(book, ensure_ascii=False).encode()

    def alone(self, id, data):
        """Judge one answer by itself: the set-up, its cell, the engine.

        A cell that builds on answers before it (`use`) gets those as well.
        """
        number, _ = self.places[id]
        numbers = {n for n, _ in self.places.values() if n <= number}
        cells = [c for c in notebook.read(data) if c.number in numbers]
        if "use(" not in cells[-1].source:
            cells = cells[-1:]
        texts = tuple(cell.source for cell in cells)
        if (id, texts) in self.judged:
            return self.judged[id, texts]
        space = {}
        with contextlib.redirect_stdout(io.StringIO()):
            exec(self.setup, space)
            space["check"] = lambda id, value: space.update({f"answer {id}": value})
            for cell in cells:
                if any(code and code in cell.source for code in HOSTILE.values()):
                    continue
                file = f"<alone {cell.number}>"
                linecache.cache[file] = (len(cell.source), None,
                                         cell.source.splitlines(True), file)
                exec(compile(cell.source, file, "exec"), space)
        verdict = judge(catalogue.find(id), space[f"answer {id}"])
        self.judged[id, texts] = verdict
        return verdict


def hostile(kind, data):
    """Return notebook 02 as a hostile student hands it in."""
    code = HOSTILE[kind]
    if kind == "is no notebook":
        return b"%PDF-1.7 my homework"
    book = json.loads(data)
    if kind == "has no answers":
        book["cells"] = [c for c in book["cells"] if c["cell_type"] == "markdown"]
    elif kind == "wrong language":
        book["metadata"]["language_info"] = {"name": "python", "version": "2.7.18"}
    else:
        for cell in book["cells"]:
            if 'check("02.2"' in "".join(cell["source"]):
                cell["source"] = code + '\n\ncheck("02.2", forget_gate)'
    return json.dumps(book).encode()


def make(folder, students):
    """Write the notebooks of a class.

    Returns
    -------
    dict of (str, str) to str
        Student and exercise → right, mistake k, unlisted, blank or hostile.
    """
    masters = [Master("02"), Master("05")]
    wanted = {}
    for seed in range(students):
        rng = np.random.default_rng(seed)
        late = seed - (students - len(HOSTILE))
        student = f"student{seed:03d}" if late < 0 else (
            f"student{seed:03d} {list(HOSTILE)[late]}")
        skill = rng.beta(3, 2)
        (folder / student).mkdir(parents=True, exist_ok=True)
        for master in masters:
            answers = {}
            for id in master.places:
                kind, *answer = choose(catalogue.find(id), master, skill, rng)
                wanted[student, id] = kind
                if answer[0] is not None:
                    answers[id] = answer
            data = master.filled(answers)
            if late >= 0 and master is masters[0]:
                kind = list(HOSTILE)[late]
                data = hostile(kind, data)
                ids = ["02.2"] if HOSTILE[kind] else master.places
                wanted |= {(student, id): "hostile" for id in ids}
            (folder / student / master.name).write_bytes(data)
    return wanted


def compare(folder, wanted, graded):
    """Compare with the engine's own verdicts: the outcome, and the mistake it names.

    Returns
    -------
    count : int
    wrong : list of str
        What differs, a line each.
    other_words : int
        Equal verdicts said in other words: the engine looks for the slip behind an
        unlisted answer for one second, and what it has looked up before is at hand.
    """
    masters = {number: Master(number) for number in ("02", "05")}
    found, other_words = {}, 0
    for handed, result in graded:
        for id, one in result["exercises"].items():
            found[handed.student, id] = handed, one
    wrong = []
    for (student, id), kind in wanted.items():
        if kind == "hostile":
            continue
        if (student, id) not in found:
            wrong.append(f"{student} {id}: no verdict")
            continue
        handed, one = found[student, id]
        verdict = masters[id[:2]].alone(id, handed.data)
        place = next((k for k, m in enumerate(catalogue.find(id).mistakes)
                      if m is verdict.mistake), None)
        came = one["outcome"], one.get("mistake")
        if came != (verdict.outcome, place):
            wrong.append(f"{student} {id} {kind}: {came} alone: {verdict[:2]}")
        elif one["lines"] != list(verdict.lines):
            other_words += 1
        meant = {"right": "right", "blank": "not attempted"}.get(
            kind, "mistake" if kind.startswith("mistake") else None)
        if meant not in (None, verdict.outcome) or (
                meant == "mistake" and f"mistake {place}" != kind):
            wrong.append(f"{student} {id}: handed in as {kind}, judged {verdict[:2]}")
    return len(wanted), wrong, other_words


class Memory(threading.Thread):
    """Watches how much memory this process and all below it hold, where Linux tells."""

    def __init__(self):
        super().__init__(daemon=True)
        self.most, self.over = 0, threading.Event()

    def run(self):
        while not self.over.wait(0.5):
            self.most = max(self.most, self.now())

    @staticmethod
    def now():
        """Return megabytes; shared pages are counted once for all who share them."""
        parents, total = {}, 0
        for path in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError, ValueError, IndexError):
                parents[int(path.name)] = int((path / "stat").read_text().rpartition(
                    ")")[2].split()[1])
        mine, size = {os.getpid()}, 0
        while len(mine) > size:
            size = len(mine)
            mine |= {pid for pid, parent in parents.items() if parent in mine}
        for pid in mine:
            with contextlib.suppress(OSError, ValueError):
                for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
                    if line.startswith("Pss:"):
                        total += int(line.split()[1])
        return total / 1000


def main(arguments=None):
    """Make the class, grade it, compare, and print what was measured."""
    from lstm_helpers.teach import __main__ as teach
    from lstm_helpers.teach.collect import collect
    from lstm_helpers.teach.grade import grade

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--students", type=int, default=200)
    parser.add_argument("--only", metavar="FOLDER", type=Path)
    parser.add_argument("--jobs", type=int, default=-1)
    parser.add_argument("--cluster")
    parser.add_argument("--out", type=Path, help="keep the report here")
    options = parser.parse_args(arguments)
    if options.only:
        make(options.only, options.students)
        return 0
    with tempfile.TemporaryDirectory() as place:
        folder, out = Path(place) / "class", options.out or Path(place) / "report"
        wanted = make(folder, options.students)
        scratch = Path(place) / "scratch"
        scratch.mkdir()
        os.environ["TMPDIR"] = tempfile.tempdir = str(scratch)
        memory = Memory()
        memory.start()
        began = time.perf_counter()
        where = ["--cluster", options.cluster] if options.cluster else [
            "--jobs", str(options.jobs)]
        teach.main(["grade", str(folder), "--out", str(out), *where])
        seconds = time.perf_counter() - began
        memory.over.set()
        left = [path.name for path in scratch.glob("lstm-*")]
        handed = collect(folder)
        graded = grade(handed, out / "results")  # all of it stands there already
        count, wrong, other_words = compare(folder, wanted, graded)
        print(f"{len(handed)} notebooks in {seconds:.0f} s: "
              f"{60 * len(handed) / seconds:.0f} a minute; at most "
              f"{memory.most:.0f} MB in all processes")
        print(f"{count} answers; {len(wrong)} verdicts differ from the engine's own, "
              f"{other_words} are equal in other words")
        print("\n".join(wrong[:20]))
        for h, result in graded:
            if h.student.partition(" ")[2] and h.file.rpartition("/")[2][:2] == "02":
                one = result["exercises"].get("02.2", {})
                print(f"{h.student}: {result['problem'] or one.get('outcome')}; "
                      f"{', '.join(result['tried'])}")
        print(f"left on the disk: {left or 'nothing'}")
    return bool(wrong or left)


if __name__ == "__main__":
    sys.exit(main())

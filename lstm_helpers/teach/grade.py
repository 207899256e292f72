"""Grade many notebooks on all cores or on a cluster; stop at any time, and go on.

What is graded stands in a folder, a file for each notebook, under a name made of its
content: an equal notebook is graded once, a changed one anew.
"""

import atexit
import base64
import contextlib
import hashlib
import json
import os
import re
import threading

from lstm_helpers.exercises import catalogue
from lstm_helpers.teach import limits, notebook
from lstm_helpers.teach.answers import answers, helped
from lstm_helpers.teach.host import Keeper, run_answers, sweep

HERE = threading.local()  # a keeper for each thread of a worker
SHOWING = ("report.py", "tables.py", "summary.py", "stub.py", "plan.py", "exam.py",
           "collect.py", "__main__.py")  # modules without a say in a verdict
BEST = ("right", "mistake", "differs", "changed its input", "not finite", "wrong form",
        "raised", "unsteady", "too slow", "did not run", "unreadable", "out of time",
        "flooded", "filled the disk", "ended the process", "tampered", "not judged",
        "not possible here", "not attempted", "no answer")


def grade_notebook(data, most=limits.DEFAULT):
    """Judge one notebook in a process of its own.

    Parameters
    ----------
    data : bytes
        The notebook.
    most : dict
        As `limits.DEFAULT`.

    Returns
    -------
    dict
        ``problem``: why nothing was judged, or empty; ``tried``: what was refused;
        ``missing``: limits this system does not know; ``exercises``: id → outcome,
        lines, mistake (its place), behaviour, source, attempts, helped.
    """
    graded = dict(problem="", tried=[], missing=limits.missing(), exercises={})
    try:
        cells = notebook.read(data)
    except notebook.NoNotebook as error:
        return graded | dict(problem=str(error))
    found, left_out = answers(cells)
    found = [a for a in found if known(a.id)]
    if not found:
        return graded | dict(problem="The notebook holds no answer: no cell calls "
                                     "check(…) for an exercise of the series.")
    if not hasattr(HERE, "keeper"):
        HERE.keeper = Keeper()
        atexit.register(HERE.keeper.stop)
    results, tried = run_answers(HERE.keeper, cells, found, most)
    graded["tried"] = left_out + tried
    asked = helped(cells)
    for id in wanted(found):
        mine = [r | dict(source=a.source[:4000]) for a, r in zip(
            found, results, strict=True) if a.id == id]
        best = min(mine, key=rank) if mine else dict(
            outcome="no answer", lines=["Its check was taken out."])
        best = best | dict(attempts=len(mine))
        if id in asked:
            best["helped"] = asked[id]
        graded["exercises"][id] = best
    return graded


def rank(result):
    """Return how good a result is; of equal ones the last attempt counts."""
    outcome = result["outcome"]
    return BEST.index(outcome) if outcome in BEST else len(BEST)


def known(id):
    """Whether there is such an exercise."""
    with contextlib.suppress(ValueError):
        return bool(catalogue.find(id))
    return False


def wanted(found):
    """Return all exercises of the notebooks that answers belong to, in order."""
    numbers = sorted({answer.id.partition(".")[0] for answer in found})
    return [exercise.id for n in numbers for exercise in catalogue.exercises_of(n)]


def edition():
    """Return a few letters that change with the checker or the exercises."""
    sums = hashlib.sha256()
    for part in ("exercises", "teach", ""):
        folder = limits.PACKAGE / part
        for path in sorted(folder.rglob("*.py") if part else folder.glob("*.py")):
            if path.name not in SHOWING:
                sums.update(path.read_bytes())
    return sums.hexdigest()


def name_of(data, most, made):
    """Return the name under which the result of a notebook is kept."""
    head = json.dumps([most, made], sort_keys=True).encode()
    return hashlib.sha256(head + data).hexdigest()[:24]


def job(name, text, most):
    """Grade a notebook that came as text; return its name and the result."""
    return name, grade_notebook(base64.b64decode(text), most)


def load(folder):
    """Return what is graded: name → result; what cannot be read is graded anew."""
    done = {}
    for path in sorted(folder.glob("*.json")):
        if re.fullmatch(r"[0-9a-f]{24}", path.stem):
            with contextlib.suppress(OSError, ValueError):
                done[path.stem] = json.loads(path.read_text(encoding="utf-8"))
    return done


def store(folder, name, result):
    """Write one result aside, then put it in its place."""
    aside = folder / f"{name}.new"
    aside.write_text(json.dumps(result, sort_keys=True), encoding="utf-8")
    os.replace(aside, folder / f"{name}.json")


def on_this_machine(jobs, cores):
    """Yield results as they come, on the cores of this machine.

    A worker that is lost takes nothing with it: what it held is given to others.
    """
    if cores == 1:
        yield from (job(*each) for each in jobs)
        return
    from joblib import Parallel, delayed
    from joblib.externals.loky.process_executor import TerminatedWorkerError

    left = {each[0]: each for each in jobs}
    for again in range(5):
        try:
            for name, result in Parallel(
                    n_jobs=cores, return_as="generator_unordered", batch_size=1)(
                    delayed(job)(*each) for each in list(left.values())):
                del left[name]
                yield name, result
            return
        except TerminatedWorkerError:
            if again == 4:
                raise


def on_cluster(jobs, address):
    """Yield results as they come from the workers of a Dask scheduler.

    A notebook whose worker is lost is given to another, as often as five times.
    """
    from distributed import Client, as_completed

    with Client(address) as client:
        futures = client.map(job, *zip(*jobs, strict=True), pure=False, retries=5)
        for _, result in as_completed(futures, with_results=True):
            yield result


def grade(handed, folder, most=limits.DEFAULT, cores=-1, cluster=None, bar=None):
    """Grade all that was handed in and is not graded yet.

    Parameters
    ----------
    handed : list of Handed
    folder : Path
        Where results are kept.
    most : dict
        As `limits.DEFAULT`.
    cores : int
        Processes; -1: as many as there are cores.
    cluster : str, optional
        Address of a Dask scheduler.
    bar : callable, optional
        ``bar(total, done)`` returns a progress bar.

    Returns
    -------
    list of (Handed, dict)
    """
    folder.mkdir(parents=True, exist_ok=True)
    made = edition()
    names = [name_of(h.data, most, made) for h in handed]
    data = {name: h.data for name, h in zip(names, handed, strict=True)
            if not h.problem}
    done = load(folder)
    jobs = [(name, base64.b64encode(content).decode(), most)
            for name, content in data.items() if name not in done]
    if jobs:
        finished = (on_cluster(jobs, cluster) if cluster
                    else on_this_machine(jobs, cores))
        with (bar or no_bar)(len(data), len(data) - len(jobs)) as shown:
            for name, result in finished:
                done[name] = result
                store(folder, name, result)
                shown.update()
        sweep()
    nothing = dict(tried=[], missing=[], exercises={})
    return [(h, nothing | dict(problem=h.problem) if h.problem else done[name])
            for h, name in zip(handed, names, strict=True)]


class Silent:
    """A progress bar that shows nothing."""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def update(self):
        pass


def no_bar(total, done):
    """Return a progress bar that shows nothing."""
    return Silent()

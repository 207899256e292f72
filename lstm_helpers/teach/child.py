"""The process in which a student's answers run; what is found goes out as JSON lines.

Where the system can fork, `serve` loads everything once and forks for each notebook;
elsewhere a fresh process does one notebook and ends. The checker is looked over after
each answer: what changed it is named, and nothing after it is judged in this process.
"""

import ast
import builtins
import contextlib
import copy
import importlib
import json
import linecache
import os
import pkgutil
import sys
import tempfile

import numpy as np

from lstm_helpers.exercises import catalogue
from lstm_helpers.exercises import use as package_use
from lstm_helpers.exercises.engine import run
from lstm_helpers.exercises.engine.judge import judge
from lstm_helpers.teach import behaviour, limits
from lstm_helpers.teach.answers import checks_in

WATCHED = ("builtins", "numpy", "numpy.linalg", "numpy.random", "inspect", "json",
           "lstm_helpers")


def serve():
    """Answer jobs from standard input, one a line, until it is closed."""
    channel = os.dup(1)
    limits.die_with_parent()
    warm_up()
    for line in sys.stdin.buffer:
        job = json.loads(line)
        if not limits.FORKS:  # one process, one notebook
            work(job, channel)
            return
        number = os.fork()
        if number == 0:
            code = 1
            try:
                os.setsid()
                work(job, channel)
                code = 0
            finally:
                os._exit(code)
        _, status = os.waitpid(number, 0)
        send(channel, job=job["job"], ended=os.waitstatus_to_exitcode(status))


def warm_up():
    """Load what nearly every notebook needs."""
    os.environ["MPLBACKEND"] = "agg"
    import matplotlib.pyplot  # noqa: F401

    import lstm_helpers

    for module in pkgutil.walk_packages(lstm_helpers.__path__, "lstm_helpers."):
        if not module.name.endswith("__main__"):
            with contextlib.suppress(ImportError):
                importlib.import_module(module.name)


def send(channel, **message):
    """Write one message as one line."""
    data = json.dumps(message).encode() + b"\n"
    while data:
        data = data[os.write(channel, data):]


def work(job, channel):
    """Judge the answers of one notebook.

    Parameters
    ----------
    job : dict
        ``folder``, ``limits``, ``cells`` (number → source) and ``answers``.
    channel : int
        Where messages go.
    """
    silence = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(silence, stream)
    os.chdir(job["folder"])
    for name in ("HOME", "TMPDIR", "TEMP", "TMP", "MPLCONFIGDIR", "IPYTHONDIR"):
        os.environ[name] = job["folder"]
    os.environ["LSTM_HELPERS_PROGRESS"] = os.path.join(job["folder"], "progress.json")
    tempfile.tempdir = job["folder"]
    before = state_of_checker()
    guard = limits.set_limits(job["limits"], job["folder"])
    this = job["job"]
    send(channel, job=this, pid=os.getpid())
    bodies = {}
    for number, source in job["cells"].items():
        name = f"<cell {number}>"
        linecache.cache[name] = len(source), None, source.splitlines(True), name
        bodies[int(number)] = ast.parse(source).body
    for k, answer in job["answers"]:
        send(channel, job=this, start=k)
        result = one(answer, bodies, job["limits"],
                     lambda: send(channel, job=this, reached=True))
        touched = changed_since(before)
        if touched:
            result = dict(outcome="tampered",
                          lines=[f"It changed the checker or what it stands on: "
                                 f"{', '.join(touched)}."])
        send(channel, job=this, done=k, result=result, tried=guard.tried,
             gone=not os.path.isdir(job["folder"]))
        if touched:
            return


def one(answer, bodies, most, reached):
    """Run what one answer needs, say that its check is reached, and judge it."""
    exercise = catalogue.find(answer["id"])
    space = {"__name__": "__main__", "__builtins__": builtins, "check": nothing,
             "check_button": nothing, "display": nothing, "use": quiet_use}
    stage = Stage(most)
    with stage:
        for number, k, names in answer["parts"]:
            stage.run(bodies[number][k], number, names, space)
        cell, k, which = answer["place"]
        expression = checks_in(bodies[cell][k])[which][1]
        value = ... if expression is None else stage.value(expression, cell, space)
    if stage.verdict:
        return stage.verdict
    reached()
    sink = limits.Sink(most["output"] * 1e6)
    with contextlib.redirect_stdout(sink), contextlib.redirect_stderr(sink):
        verdict = judge(exercise, value)
        result = dict(outcome=verdict.outcome, lines=list(verdict.lines),
                      printed=verdict.printed.strip()[:300])
        result["mistake"] = next((k for k, m in enumerate(exercise.mistakes)
                                  if m is verdict.mistake), None)
        if verdict.outcome in ("not attempted", "too slow", "unsteady",
                               "not possible here"):
            return result
        with contextlib.suppress(BaseException), run.time_limit(2 * exercise.seconds):
            found = behaviour.run_on_probes(exercise, value)
            if verdict.outcome == "right":
                result["found"] = found
                result["borrowed"] = is_borrowed(exercise, value)
            elif verdict.mistake is None:
                result["behaviour"] = behaviour.fingerprint(found)
    return result


def nothing(*args, **kwargs):
    """Stand for what only shows."""


def quiet_use(id, mine=...):
    """Do as the package's `use`, without a word."""
    with contextlib.redirect_stdout(limits.Sink(10**6)):
        return package_use(id, mine)


class Stage:
    """Runs statements; what ends them is put into words.

    Attributes
    ----------
    verdict : dict or None
        Why the check was never reached.
    """

    def __init__(self, most):
        self.most = most
        self.verdict = None
        self.sink = limits.Sink(most["output"] * 1e6)

    def __enter__(self):
        self.shut = contextlib.ExitStack()
        self.shut.enter_context(contextlib.redirect_stdout(self.sink))
        self.shut.enter_context(contextlib.redirect_stderr(self.sink))
        self.shut.enter_context(run.time_limit(self.most["seconds"]))
        return self

    def __exit__(self, kind, error, trace):
        try:
            if self.shut.__exit__(None, None, None):
                return True
        except run.TooLong as late:
            error = error or late
        if error is None:
            return False
        if isinstance(error, run.TooLong):
            self.verdict = dict(outcome="out of time", lines=[
                f"What it needs ran longer than {self.most['seconds']:g} seconds."])
        elif isinstance(error, limits.TooMuchOutput):
            self.verdict = dict(outcome="flooded", lines=[
                f"It printed more than {self.most['output']:g} MB."])
        else:
            at = run.own_line(error, None)
            text = ""
            with contextlib.suppress(BaseException):
                text = " ".join(str(error).split())[:200]
            raised = f"It raised `{type(error).__name__}`{' at ' * bool(at)}{at}"
            self.verdict = dict(outcome="did not run", lines=[
                f"{raised}, before the check was reached.",
                *([f"`{text}`"] if text else [])])
        return True

    def run(self, statement, cell, names, space):
        """Run one statement of a cell; of an import only the names that are wanted."""
        if names is not None:
            statement = copy.copy(statement)
            statement.names = [statement.names[k] for k in names]
        module = ast.Module([statement], [])
        exec(compile(module, f"<cell {cell}>", "exec"), space)

    def value(self, expression, cell, space):
        """Return the value of an expression."""
        code = compile(ast.Expression(expression), f"<cell {cell}>", "eval")
        return eval(code, space)


def is_borrowed(exercise, answer):
    """Whether a right answer is, or calls, the package's own solution."""
    if not exercise.wants_function:
        return False
    own = {f.__code__ for f in (exercise.solution, *exercise.others)
           if hasattr(f, "__code__")}
    seen = []

    def profile(frame, event, arg):
        if event == "call" and frame.f_code in own:
            seen.append(True)

    args = exercise.probes(np.random.default_rng(0))[0]
    sys.setprofile(profile)
    try:
        answer(*args)
    finally:
        sys.setprofile(None)
    return bool(seen)


def watched():
    """Yield the modules the checker stands on."""
    for name in list(sys.modules):
        if name in WATCHED or (name.startswith("lstm_helpers.") and not name.startswith(
                ("lstm_helpers.teach", "lstm_helpers.figures"))):
            yield name, sys.modules[name]


def state_of_checker():
    """Return who is who in the checker: module and name → object, and its code."""
    return {(name, key): (value, getattr(value, "__code__", None))
            for name, module in watched() for key, value in vars(module).items()
            if not key.startswith("__") and key != "_"}


def changed_since(before):
    """Return what of the checker is no longer what it was, at most three names."""
    now = {}
    for name, _ in dict.fromkeys(before):
        module = sys.modules.get(name)
        now[name] = vars(module) if module is not None else {}
    return [f"{name}.{key}" for (name, key), (value, code) in before.items()
            if now[name].get(key) is not value
            or getattr(value, "__code__", None) is not code][:3]


if __name__ == "__main__":
    serve()

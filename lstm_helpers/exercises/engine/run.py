"""Run a learner's function safely: on copies, silently, for a limited time.

Whatever it does (raise, print, change its inputs, never end), an `Outcome` comes back.
"""

import contextlib
import copy
import ctypes
import io
import linecache
import signal
import sys
import sysconfig
import threading
import warnings
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

LIMIT = 10.0  # seconds for all probes of one answer
PACKAGE = str(Path(__file__).parents[2])
LIBRARIES = tuple(sysconfig.get_path(k) for k in ("stdlib", "purelib", "platlib"))


class TooLong(BaseException):
    """Raised inside an answer that ran out of time; `except Exception` misses it."""


class Outcome(NamedTuple):
    """What came of one call.

    Attributes
    ----------
    value : object
        A copy of what was returned; None if an exception was raised.
    error : BaseException or None
    line : str
        Where in the learner's own code it was raised: "line 3: `a_t = x_t @ W`".
    changed : tuple of int
        Positions of the arguments that were changed in place.
    printed : str
    """

    value: Any
    error: BaseException | None
    line: str
    changed: tuple
    printed: str


@contextlib.contextmanager
def time_limit(seconds):
    """Raise `TooLong` in this thread after `seconds`, where the platform allows.

    By an alarm signal where there is one (it even ends a sleep); elsewhere, on Windows
    say, by an exception set from a second thread, which strikes at the next bytecode.
    """

    def stop(*_):
        raise TooLong

    if hasattr(signal, "setitimer") and (
        threading.current_thread() is threading.main_thread()
    ):
        before = signal.signal(signal.SIGALRM, stop)
        signal.setitimer(signal.ITIMER_REAL, seconds, 0.05)  # again if it was caught
        try:
            yield
        finally:
            while True:  # the alarm may strike even here
                with contextlib.suppress(TooLong):
                    signal.setitimer(signal.ITIMER_REAL, 0)
                    break
            signal.signal(signal.SIGALRM, before)
        return
    over = threading.Event()
    lock = threading.Lock()
    thread = ctypes.c_ulong(threading.get_ident())

    def watch():
        wait = seconds
        while not over.wait(wait):
            with lock:
                if not over.is_set():
                    ctypes.pythonapi.PyThreadState_SetAsyncExc(
                        thread, ctypes.py_object(TooLong)
                    )
            wait = 0.05

    try:
        watcher = threading.Thread(target=watch, daemon=True)
        watcher.start()
    except RuntimeError:  # the browser has no threads: no limit there
        watcher = None
    try:
        yield
    finally:
        with lock:
            over.set()
            if watcher:
                ctypes.pythonapi.PyThreadState_SetAsyncExc(thread, None)


def own_line(error, code):
    """Find the learner's own line in a traceback: "line 3: a_t = x_t @ W"."""
    found = ""
    step = error.__traceback__
    while step is not None:
        name = step.tb_frame.f_code.co_filename
        same = code is not None and name == code.co_filename
        ours = name.startswith((PACKAGE, *LIBRARIES, "<frozen", "<__array"))
        if same or not ours:
            text = linecache.getline(name, step.tb_lineno).strip()
            found = f"line {step.tb_lineno}" + (f": `{text}`" if text else "")
        step = step.tb_next
    return found


def same(a, b):
    """Whether two probe arguments are equal, arrays entry by entry.

    Up to rounding: ``z += eps``, later ``z -= eps``, has put z back.
    """
    if isinstance(a, np.ndarray):
        if not isinstance(b, np.ndarray) or a.shape != b.shape or a.dtype != b.dtype:
            return False
        if a.dtype.kind in "fc":
            return bool(np.allclose(a, b, rtol=1e-14, atol=1e-15, equal_nan=True))
        return bool(np.array_equal(a, b))
    if isinstance(a, list | tuple):
        return type(a) is type(b) and len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, dict):
        return isinstance(b, dict) and list(a) == list(b) and all(
            same(a[k], b[k]) for k in a
        )
    return a is b or a == b


def snapshot(value):
    """Copy the arrays of an answer, so that a reused buffer cannot change it later."""
    if isinstance(value, np.ndarray):
        return value.copy()
    if isinstance(value, tuple):
        return tuple(snapshot(part) for part in value)
    if type(value) is list:
        return [snapshot(part) for part in value]
    if type(value) is dict:
        return {key: snapshot(part) for key, part in value.items()}
    return value


def call(function, args, alarm=False):
    """Run ``function(*args)`` on copies of `args`; with `alarm` overflows are errors.

    Returns
    -------
    Outcome

    Raises
    ------
    KeyboardInterrupt
        The learner's own interrupt passes through.
    """
    given = copy.deepcopy(args)
    printed = io.StringIO()
    value = error = None
    line = ""
    try:
        with (
            contextlib.redirect_stdout(printed),
            contextlib.redirect_stderr(io.StringIO()),
            warnings.catch_warnings(),
            np.errstate(all="raise" if alarm else "ignore", under="ignore"),
        ):
            warnings.simplefilter("ignore")
            value = snapshot(function(*given))
    except KeyboardInterrupt:
        raise
    except BaseException as raised:
        error = raised
        line = own_line(raised, getattr(function, "__code__", None))
    try:
        kept = [same(a, b) for a, b in zip(args, given, strict=True)]
    except Exception:
        kept = [True] * len(args)
    changed = tuple(k for k, unchanged in enumerate(kept) if not unchanged)
    text = "" if printed.closed else printed.getvalue()
    return Outcome(value, error, line, changed, text)


def call_all(function, probes, limit=LIMIT, alarm=False):
    """Run a function on every probe, stopping at the time limit.

    Returns
    -------
    list of Outcome
        Shorter than `probes` if time ran out; the last then holds `TooLong`.
    """
    outcomes = []
    before = sys.stdout, sys.stderr, sys.getrecursionlimit()
    try:
        with time_limit(limit):
            for args in probes:
                outcomes.append(call(function, args, alarm))
                if isinstance(outcomes[-1].error, TooLong):
                    break
    except TooLong as raised:  # it struck between two calls
        outcomes.append(Outcome(None, raised, "", (), ""))
    finally:
        sys.stdout, sys.stderr = before[:2]
        sys.setrecursionlimit(before[2])
    return outcomes

"""Watches over the process in which answers run: ends it, names why, goes on."""

import contextlib
import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from lstm_helpers.exercises import catalogue
from lstm_helpers.teach import behaviour, limits

START = ("import sys; sys.path.insert(0, {place!r}); "
         "from lstm_helpers.teach.child import serve; serve()")
BETWEEN = 15.0  # seconds, where no answer runs
ENDS = 3  # answers of one notebook that may end or hang the process


class Keeper:
    """Keeps one warm process and gives it notebooks.

    Attributes
    ----------
    process : subprocess.Popen or None
    patience : float
        Seconds that may pass until its next message.
    """

    def __init__(self):
        self.process = None
        self.jobs = 0
        self.patience = BETWEEN

    def start(self):
        """Start the process, if there is none."""
        if self.process is not None and self.process.poll() is None:
            return
        sweep()
        one_thread = {f"{name}_NUM_THREADS": "1" for name in ("OPENBLAS", "OMP", "MKL")}
        self.process = subprocess.Popen(
            [sys.executable, "-I", "-c",
             START.format(place=str(limits.PACKAGE.parent))],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env=os.environ | one_thread)
        self.lines = queue.Queue()
        threading.Thread(target=self.read, args=(self.process, self.lines),
                         daemon=True).start()

    @staticmethod
    def read(process, lines):
        """Put what the process writes into a queue, then None."""
        with contextlib.suppress(OSError, ValueError):
            for line in iter(lambda: process.stdout.readline(20_000_000), b""):
                lines.put(line)
        lines.put(None)

    def stop(self):
        """End the process."""
        if self.process is not None:
            with contextlib.suppress(OSError):
                self.process.stdin.close()
            self.process.kill()
            self.process.wait()
            self.process.stdout.close()
            self.process = None

    def end(self, pid):
        """End the notebook that runs, and all it started."""
        if not limits.FORKS or pid is None:
            self.stop()
        elif type(pid) is int and pid > 1:
            with contextlib.suppress(OSError):
                if os.getpgid(pid) == pid and pid != os.getpgid(0):
                    os.killpg(pid, signal.SIGKILL)

    def messages(self, job):
        """Give one notebook to the process, and yield what it says.

        Parameters
        ----------
        job : dict
            For `child.work`.

        Yields
        ------
        dict
            Messages of the child; at the end ``{"over": why}`` with "" (it ended by
            itself), "out of time" or "filled the disk".
        """
        self.start()
        self.jobs += 1
        job = job | {"job": self.jobs}
        with contextlib.suppress(OSError):
            self.process.stdin.write(json.dumps(job).encode() + b"\n")
            self.process.stdin.flush()
        pid, why, end = None, "", time.monotonic() + 60
        while True:
            try:
                line = self.lines.get(timeout=0.2)
            except queue.Empty:
                if why:  # it was ended, its last words come
                    if time.monotonic() > end:
                        self.stop()
                        break
                elif time.monotonic() > end:
                    why, end = "out of time", time.monotonic() + 5
                    self.end(pid)
                elif size_of(job["folder"]) > job["limits"]["files"] * 2**20:
                    why, end = "filled the disk", time.monotonic() + 5
                    self.end(pid)
                continue
            if line is None:  # the whole process is gone
                self.stop()
                break
            try:
                message = json.loads(line)
            except ValueError:
                continue
            if not isinstance(message, dict) or message.get("job") != self.jobs:
                continue  # of a notebook before
            if "ended" in message:
                self.end(pid)  # whoever said so
                break
            pid = message.get("pid", pid)
            yield message
            end = time.monotonic() + self.patience
        yield {"over": why}


def sweep():
    """Remove the folders that a process left which was ended from outside."""
    for path in Path(tempfile.gettempdir()).glob("lstm-*-*"):
        number = path.name.split("-")[1]
        if number.isdigit() and hasattr(os, "fork"):
            try:
                os.kill(int(number), 0)
            except ProcessLookupError:
                shutil.rmtree(path, ignore_errors=True)
            except OSError:  # somebody else's
                continue


def size_of(folder, most=2000):
    """Return the bytes below a folder; of very many files, infinity."""
    total = count = 0
    stack = [folder]
    while stack:
        with contextlib.suppress(OSError), os.scandir(stack.pop()) as entries:
            for entry in entries:
                count += 1
                if count > most:
                    return float("inf")
                if entry.is_dir(follow_symlinks=False):
                    stack.append(entry.path)
                else:
                    total += entry.stat(follow_symlinks=False).st_size
    return total


def run_answers(keeper, cells, answers, most):
    """Judge the answers of one notebook, whatever they do.

    Parameters
    ----------
    keeper : Keeper
    cells : list of Cell
    answers : list of Answer
    most : dict
        As `limits.DEFAULT`.

    Returns
    -------
    results : list of dict
        One for each answer.
    tried : list of str
        What was refused to them.
    """
    results = [None] * len(answers)
    tried, left, ends = [], [], 0
    for k, answer in enumerate(answers):
        if answer.fault:
            results[k] = dict(outcome="unreadable", lines=[
                f"Its cell cannot be read: {answer.fault}."])
        else:
            left.append(k)
    sources = {str(cell.number): cell.source for cell in cells if not cell.fault}
    while left:
        folder = tempfile.mkdtemp(prefix=f"lstm-{os.getpid()}-")
        job = dict(folder=os.path.realpath(folder), limits=most, cells=sources,
                   answers=[(k, plain(answers[k])) for k in left])
        running, keeper.patience = [], BETWEEN
        try:
            for message in keeper.messages(job):
                if "start" in message and message["start"] in left:
                    running = [message["start"]]
                    keeper.patience = most["seconds"] + 5
                elif "reached" in message and running:
                    id = answers[running[0]].id
                    keeper.patience = 4 * catalogue.find(id).seconds + 5
                elif "done" in message and message["done"] in running:
                    results[running[0]] = checked(answers[running[0]],
                                                  message.get("result"))
                    add(tried, message.get("tried"))
                    if message.get("gone"):
                        add(tried, ["its own folder: it deleted it"])
                    running, keeper.patience = [], BETWEEN
                elif "over" in message:
                    why = message["over"] or "ended the process"
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        if running:
            results[running[0]] = dict(outcome=why, lines=[SAID[why]])
            ends += 1
        still = [k for k in left if results[k] is None]
        if still and (ends >= ENDS or len(still) == len(left)):
            for k in still:
                results[k] = dict(outcome="not judged", lines=[
                    "Its process ended too often before."])
            break
        left = still
    return results, tried


SAID = {"out of time": "It had to be ended: it did not stop by itself.",
        "filled the disk": "It had to be ended: it filled its folder.",
        "ended the process": "It ended the process it ran in."}


def plain(answer):
    """Return what the child has to know of an answer."""
    return dict(id=answer.id, place=answer.place, parts=answer.parts)


def add(known, new):
    """Add sentences that are not there yet."""
    for said in new if isinstance(new, list) else ():
        if isinstance(said, str) and said not in known and len(known) < 10:
            known.append(said[:100])


def checked(answer, result):
    """Return a result as it may be kept, "right" only if it is so outside as well."""
    if not isinstance(result, dict) or not isinstance(result.get("outcome"), str):
        return dict(outcome="tampered", lines=["What it sent was no verdict."])
    found = result.pop("found", None)
    if result["outcome"] == "right":
        if not isinstance(found, list) or behaviour.confirmed(
                catalogue.find(answer.id), found) is False:
            return dict(outcome="tampered", lines=[
                "Judged once more outside its process, it is not right."])
    kept = dict(outcome=result["outcome"][:30],
                lines=[str(line)[:600] for line in result.get("lines", ())][:8])
    for key, kind in (("mistake", int), ("printed", str), ("behaviour", str),
                      ("borrowed", bool)):
        if result.get(key) and isinstance(result[key], kind):
            kept[key] = result[key]
    if isinstance(result.get("mistake"), int):
        kept["mistake"] = result["mistake"]
    return kept

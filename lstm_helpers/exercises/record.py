"""Which exercises are done: one small file the learner can see, move and delete.

It stands beside the notebook as ``lstm_progress.json`` and never leaves the machine.
``LSTM_HELPERS_PROGRESS`` names another file.
"""

import contextlib
import json
import os
import time
from pathlib import Path

NAME = "lstm_progress.json"


def path():
    """Return where the record is kept."""
    return Path(os.environ.get("LSTM_HELPERS_PROGRESS") or NAME)


def load():
    """Read the record: id → "tried" or "right".

    Raises
    ------
    ValueError
        If the file is not a record; it is left as it is.
    """
    try:
        text = path().read_text(encoding="utf-8-sig")  # some editors put a mark first
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"{NAME} cannot be read ({type(error).__name__}): "
                         "mend or delete it") from None
    try:
        record = json.loads(text)
    except ValueError:
        record = None
    states = ("tried", "right")
    if not isinstance(record, dict) or any(s not in states for s in record.values()):
        raise ValueError(f"{NAME} is not a record of progress: mend or delete it")
    return record


def note(id, right):
    """Write down that an exercise was tried, or done; what is done stays done.

    Returns
    -------
    str
        Empty, or a sentence on why it could not be written.
    """
    try:
        with turn():
            record = load()
            status = "right" if right or record.get(id) == "right" else "tried"
            if record.get(id) != status:
                record[id] = status
                replace(json.dumps(dict(sorted(record.items())), indent=1) + "\n")
    except ValueError as error:
        return f"Your progress was not noted: {error}."
    except OSError as error:
        return f"Your progress was not noted: {NAME}: {error.strerror}."
    return ""


@contextlib.contextmanager
def turn(patience=2.0):
    """Wait until no other notebook writes; a lock that was left behind is passed over.

    Parameters
    ----------
    patience : float
        Seconds to wait at most.
    """
    lock = path().with_name(path().name + ".lock")
    mine, end = None, time.monotonic() + patience
    while mine is None and time.monotonic() < end:
        try:
            mine = os.open(lock, os.O_CREAT | os.O_EXCL)
        except (FileExistsError, PermissionError):  # Windows: just being removed
            if not lock.parent.is_dir() or not os.access(lock.parent, os.W_OK):
                break
            time.sleep(0.02)
        except OSError:  # the note itself will say why
            break
    try:
        yield
    finally:
        if mine is not None:
            os.close(mine)
        if mine is not None or lock.exists():
            with contextlib.suppress(OSError):
                lock.unlink()


def replace(text):
    """Write the record beside the old one, then put it in its place, or leave all."""
    aside = path().with_name(f"{path().name}.{os.getpid()}")
    try:
        aside.write_text(text, encoding="utf-8")
        os.replace(aside, path())
    except OSError:
        aside.unlink(missing_ok=True)
        raise

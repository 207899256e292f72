"""Which exercises are done: one small file the learner can see, move and delete.

It stands beside the notebook as ``lstm_progress.json`` and never leaves the machine.
``LSTM_HELPERS_PROGRESS`` names another file.
"""

import json
import os
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
        record = load()
        status = "right" if right or record.get(id) == "right" else "tried"
        if record.get(id) != status:
            record[id] = status
            text = json.dumps(dict(sorted(record.items())), indent=1) + "\n"
            path().write_text(text, encoding="utf-8")
    except ValueError as error:
        return f"Your progress was not noted: {error}."
    except OSError as error:
        return f"Your progress was not noted: {NAME}: {error.strerror}."
    return ""

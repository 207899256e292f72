"""Where the exercises are found: by notebook, and by id."""

import importlib
import pkgutil

from lstm_helpers.exercises import notebooks as data


def notebooks():
    """Return the numbers of the notebooks that have exercises: ["01", "02", …]."""
    names = [module.name for module in pkgutil.iter_modules(data.__path__)]
    return sorted(name[2:] for name in names if len(name) == 4)


def exercises_of(notebook):
    """Return the exercises of one notebook, such as "01", in order."""
    return importlib.import_module(f"{data.__name__}.nb{notebook}").EXERCISES


def find(id):
    """Return the exercise with this id.

    Raises
    ------
    ValueError
        If there is none; the message lists those of the same notebook.
    """
    if not isinstance(id, str):
        raise ValueError(f'id must be a string such as "01.1", got {id!r}')
    notebook = id.partition(".")[0]
    if notebook not in notebooks():
        raise ValueError(
            f"id must start with one of {', '.join(notebooks())}, got {id!r}"
        )
    known = {exercise.id: exercise for exercise in exercises_of(notebook)}
    if id not in known:
        raise ValueError(f"id must be one of {', '.join(known)}, got {id!r}")
    return known[id]

"""An edition for an exam: what students install knows no answers.

``check`` notes that an answer is there and says nothing of it; hints, solutions and the
reasons are not in the copy. The teacher's own installation grades as ever.
"""

import shutil
from pathlib import Path

from lstm_helpers.teach import limits

LEFT_OUT = ("exercises", "teach", "__pycache__")
FACE = '''"""The exam edition: answers are handed in here and judged elsewhere."""


def check(id, answer=...):
    """Say whether there is an answer; whether it is right is said after the exam."""
    print(f"{id}: " + ("no answer yet." if answer is ... else "noted."))


def check_button(id, answer):
    """Do as `check`."""
    check(id, answer())


def use(id, mine=...):
    """Return your own answer."""
    return mine


def hint(id):
    """Give no hint."""
    print(f"{id}: there are no hints in an exam.")


def solution(id):
    """Give no solution."""
    print(f"{id}: there are no solutions in an exam.")


def progress(notebook=None):
    """Say where the verdicts are."""
    print("Your answers are judged after the exam.")
'''


def write(folder):
    """Write the package without any answer to an exercise.

    Parameters
    ----------
    folder : Path
        Where the folder ``lstm_helpers`` is made; the notebooks go beside it.

    Raises
    ------
    ValueError
        If there is one already.
    """
    target = Path(folder) / "lstm_helpers"
    if target.exists():
        raise ValueError(f"FOLDER must not hold lstm_helpers yet, got {folder}")
    shutil.copytree(limits.PACKAGE, target, ignore=shutil.ignore_patterns(*LEFT_OUT))
    (target / "exercises").mkdir()
    (target / "exercises" / "__init__.py").write_text(FACE, encoding="utf-8")

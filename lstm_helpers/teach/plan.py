"""A lesson plan for a notebook, from what is known of its exercises."""

import tomllib

from lstm_helpers.exercises import catalogue
from lstm_helpers.teach import limits

LESSON = 90  # minutes of a double lesson
TALK = 25    # of them for the opening, the predictions' answers and the end


def series():
    """Return what series.toml tells of each notebook, where it lies beside the package.

    Returns
    -------
    dict of str to dict
        By number; empty if only the package is installed.
    """
    path = limits.PACKAGE.parent / "series.toml"
    if not path.is_file():
        return {}
    text = path.read_text(encoding="utf-8")
    return {entry["number"]: entry for entry in tomllib.loads(text)["notebook"]}


def plan(number):
    """Return the plan of one notebook.

    Predictions are made together, one's own code fills the lesson in the order of the
    notebook, and what does not fit is for home.

    Parameters
    ----------
    number : str
        "05", say.

    Returns
    -------
    str
        Markdown.

    Raises
    ------
    ValueError
        If there is no such notebook with exercises.
    """
    if number not in catalogue.notebooks():
        raise ValueError(f"NUMBER must be one of {', '.join(catalogue.notebooks())}, "
                         f"got {number!r}")
    exercises = catalogue.exercises_of(number)
    known = series().get(number, {})
    left = LESSON - TALK
    together, alone, home = [], [], []
    for e in exercises:
        if e.kind == "predict":
            together.append(e)
            left -= e.minutes
    for e in exercises:
        if e.kind in ("implement", "break") and e.minutes <= left:
            alone.append(e)
            left -= e.minutes
        elif e.kind != "predict":
            home.append(e)
    title = f"{number} {known.get('short', '')}".strip()
    whole = f", of the {known['minutes']} that the notebook takes" * bool(known)
    return "\n".join([
        f"### {title}: a double lesson, {LESSON} minutes{whole}", "",
        "- **Open** (10 min) with the first section: the job, run and seen, nothing "
        "explained.",
        f"- **Predict together**, hands up before the cell is run: {listed(together)}.",
        f"- **On their own**, in pairs: {listed(alone)}.",
        f"- **Cut, or for home**: {listed(home)}.",
        "- **Close** (5 min) with the notebook's summary and one question from the "
        "report of last week."])


def listed(exercises):
    """Write exercises in a line."""
    return "; ".join(f"{e.id} {e.title} ({e.minutes} min)" for e in exercises) or "none"

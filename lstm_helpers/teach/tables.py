"""Grades as tables: plain, and in the forms that learning platforms read."""

import csv

from lstm_helpers.teach.summary import kind

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def safe(value):
    """Keep a spreadsheet from computing what a student called a file."""
    text = str(value)
    return "'" + text if text.startswith(FORMULA) else text


def write_csv(path, rows):
    """Write rows as a table that spreadsheets open with the right letters."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([[safe(v) if isinstance(v, str) else v for v in row]
                                    for row in rows])


def grades(seen):
    """Return the rows of grades.csv: points, then an outcome for each exercise."""
    yield ["student", "id", "right", "of", "attempted", *(e.id for e in seen.exercises),
           "notes"]
    for student in seen.students:
        kinds = [kind(r) for r in student.results.values()]
        yield [student.name, student.id, student.right, len(kinds),
               len(kinds) - kinds.count("blank"),
               *(student.results.get(e.id, {}).get("outcome", "")
                 for e in seen.exercises), " ".join(student.notes)]


def write(seen, options):
    """Write all tables.

    Parameters
    ----------
    seen : Seen
    options : argparse.Namespace
        Of the command line.
    """
    write_csv(options.out / "grades.csv", grades(seen))

"""Grades as tables: plain, and in the forms that learning platforms read.

The columns are theirs: Moodle's grading worksheet (``mod/assign/feedback/offline``),
Canvas's gradebook (``lib/gradebook_importer.rb``) and nbgrader's export
(``nbgrader/plugins/export.py``).
"""

import csv
import io
import re

from lstm_helpers.teach.summary import kind

FORMULA = ("=", "+", "-", "@", "\t", "\r")
MOODLE = ("Identifier", "Full name", "Grade", "Last modified (grade)",
          "Feedback comments")  # the ones it reads, of its worksheet's
CANVAS = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
NBGRADER = ("assignment", "duedate", "timestamp", "student_id", "last_name",
            "first_name", "email", "raw_score", "late_submission_penalty", "score",
            "max_score")


def safe(value):
    """Keep a spreadsheet from computing what a student called a file."""
    return "'" + value if value.startswith(FORMULA) else value


def write_csv(path, rows, encoding="utf-8"):
    """Write rows as a table."""
    with open(path, "w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows(rows)


def read_csv(path):
    """Return the rows of a table a platform exported, as dicts.

    Raises
    ------
    ValueError
        If it cannot be read.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"{path} cannot be read as a table: "
                         f"{type(error).__name__}") from None
    first = text.partition("\n")[0]
    rows = csv.DictReader(io.StringIO(text, newline=""),
                          delimiter=";" if first.count(";") > first.count(",") else ",")
    return list(rows.fieldnames or ()), list(rows)


def grades(seen):
    """Return the rows of grades.csv: points, then an outcome for each exercise."""
    yield ["student", "id", "right", "of", "tried", *(e.id for e in seen.exercises),
           "notes"]
    for student in seen.students:
        kinds = [kind(r) for r in student.results.values()]
        yield [safe(student.name), student.id, student.right, len(seen.exercises),
               len(kinds) - kinds.count("blank"),
               *(student.results.get(e.id, {}).get("outcome", "")
                 for e in seen.exercises), safe(" ".join(student.notes))]


def comment(student, seen):
    """Say in a line what is right and what is not, for the student."""
    open_ones = [e.id for e in seen.exercises
                 if student.results.get(e.id, {}).get("outcome") != "right"]
    return (f"{student.right} of {len(seen.exercises)} right."
            + f" Not yet: {', '.join(open_ones)}." * bool(open_ones))


def percent(student, seen):
    """Return the share that is right, of 100, as Moodle counts at first."""
    return round(100 * student.right / max(1, len(seen.exercises)), 2)


def moodle(seen, worksheet=None):
    """Return the rows of a grading worksheet.

    Parameters
    ----------
    seen : Seen
    worksheet : Path, optional
        Moodle's own, to be filled in; left out, a new one with what Moodle reads.

    Returns
    -------
    list of list
    """
    if worksheet is None:
        return [list(MOODLE)] + [
            [f"Participant {s.id}", safe(s.name), percent(s, seen), "-",
             comment(s, seen)] for s in seen.students if s.id]
    names, rows = read_csv(worksheet)
    missing = [name for name in ("Identifier", "Grade", "Last modified (grade)")
               if name not in names]
    if missing:
        raise ValueError(f"--moodle must be Moodle's grading worksheet, in English; "
                         f"{worksheet.name} has no column {', '.join(missing)}")
    by_id = {s.id: s for s in seen.students if s.id}
    by_name = {plain(s.name): s for s in seen.students}
    for row in rows:
        number = re.search(r"\d+$", (row["Identifier"] or "").strip())
        student = (by_id.get(number[0]) if number else None) or by_name.get(
            plain(row.get("Full name") or ""))
        if student is not None:
            most = row.get("Maximum Grade") or row.get("Maximum grade") or ""
            try:
                most = float(most.replace(",", "."))
            except ValueError:
                most = 100.0
            row["Grade"] = round(percent(student, seen) * most / 100, 2)
            if "Feedback comments" in names:
                row["Feedback comments"] = comment(student, seen)
    return [names] + [[row[name] for name in names] for row in rows]


def canvas(seen, assignment, gradebook=None):
    """Return the rows of a gradebook with one assignment.

    Parameters
    ----------
    seen : Seen
    assignment : str
        The column: a new assignment, or Canvas's own name, "LSTM (1234)" say.
    gradebook : Path, optional
        Canvas's export, from which the students' numbers are taken.

    Returns
    -------
    list of list
    """
    head = [list(CANVAS) + [assignment],
            ["    Points Possible", "", "", "", "", len(seen.exercises)]]
    if gradebook is None:
        return head + [[safe(s.name), s.id, "", safe(s.name), "", s.right]
                       for s in seen.students]
    names, rows = read_csv(gradebook)
    missing = [name for name in ("Student", "ID", "Section") if name not in names]
    if missing:
        raise ValueError(f"--canvas must be Canvas's exported gradebook; "
                         f"{gradebook.name} has no column {', '.join(missing)}")
    by_id = {s.id: s for s in seen.students if s.id}
    by_name = {plain(s.name): s for s in seen.students}
    kept = []
    for row in rows:
        known = [by_id.get((row["ID"] or "").strip())] + [
            by_name.get(plain(row.get(name) or "")) for name in (
                "SIS Login ID", "SIS User ID", "Student")]
        student = next((s for s in known if s is not None), None)
        if student is not None:
            kept.append([row.get(name) or "" for name in CANVAS] + [student.right])
    return head + kept


def plain(name):
    """Return a name as Canvas writes it in front of a file: letters and digits."""
    return "".join(c for c in name.casefold() if c.isalnum())


def nbgrader(seen, assignment):
    """Return the rows of nbgrader's export."""
    return [list(NBGRADER)] + [
        [assignment, "", "", safe(s.name), "", "", "", float(s.right), 0.0,
         float(s.right), float(len(seen.exercises))] for s in seen.students]


def write(seen, options):
    """Write all tables.

    Parameters
    ----------
    seen : Seen
    options : argparse.Namespace
        Of the command line.
    """
    write_csv(options.out / "grades.csv", grades(seen), "utf-8-sig")
    write_csv(options.out / "nbgrader.csv", nbgrader(seen, options.assignment))
    write_csv(options.out / "moodle.csv", moodle(seen, options.moodle))
    write_csv(options.out / "canvas.csv",
              canvas(seen, options.assignment, options.canvas))

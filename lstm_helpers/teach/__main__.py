"""The command line: grade a class, print a lesson plan, write an exam edition.

>>> main(["grade", "submissions.zip", "--out", "report"])
>>> main(["plan", "05"])
>>> main(["exam", "for_students"])
"""

import argparse
import os
import sys
from pathlib import Path

for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "1")  # before NumPy is loaded, here and in workers

from lstm_helpers.teach import (  # noqa: E402
    exam,
    limits,
    plan,
    report,
    summary,
    tables,
)
from lstm_helpers.teach.collect import collect  # noqa: E402
from lstm_helpers.teach.grade import grade  # noqa: E402


def parser():
    """Return the parser of the command line."""
    whole = argparse.ArgumentParser(prog="python -m lstm_helpers.teach",
                                    description="Grade a class; see what it thinks.")
    commands = whole.add_subparsers(dest="command", required=True)
    commands.add_parser("plan", help="print a lesson plan for a notebook").add_argument(
        "number", metavar="NUMBER", nargs="+", help="02, say")
    commands.add_parser("exam", help="write a package without answers").add_argument(
        "folder", metavar="FOLDER", type=Path, help="where lstm_helpers is put")
    one = commands.add_parser("grade", help="grade a folder or a zip of notebooks")
    one.add_argument("submissions", metavar="SUBMISSIONS", type=Path,
                     help="a folder, a zip, or the export of Moodle, Canvas, nbgrader")
    one.add_argument("--out", metavar="REPORT", type=Path, required=True,
                     help="the folder for report.html, grades.csv and the results")
    one.add_argument("--anonymous", action="store_true",
                     help="write anonymous.html, without names, to show in class")
    one.add_argument("--jobs", type=int, default=-1,
                     help="processes; -1, the default: all cores")
    one.add_argument("--cluster", metavar="ADDRESS",
                     help="a Dask scheduler, such as tcp://10.0.0.1:8786")
    one.add_argument("--seconds", type=float, default=limits.DEFAULT["seconds"],
                     help="for what an answer needs before its check (%(default)s)")
    one.add_argument("--memory", type=int, default=limits.DEFAULT["memory"],
                     help="megabytes for a notebook (%(default)s)")
    one.add_argument("--moodle", metavar="CSV", type=Path,
                     help="Moodle's grading worksheet: filled in as moodle.csv")
    one.add_argument("--canvas", metavar="CSV", type=Path,
                     help="Canvas's exported gradebook: filled in as canvas.csv")
    one.add_argument("--assignment", metavar="NAME", default="LSTM",
                     help="the column of Canvas and nbgrader (%(default)s)")
    return whole


def bar(total, done):
    """Return a progress bar over notebooks."""
    from tqdm import tqdm

    return tqdm(total=total, initial=done, unit="notebook", disable=None)


def main(arguments=None):
    """Do what the command line says; return 0 if it was done."""
    whole = parser()
    options = whole.parse_args(arguments)
    try:
        if options.command == "plan":
            print("\n\n".join(map(plan.plan, options.number)))
            return 0
        if options.command == "exam":
            exam.write(options.folder)
            print(f"{options.folder / 'lstm_helpers'} knows no answers; put the "
                  "notebooks into a folder beside it.")
            return 0
        return grade_class(options)
    except ValueError as error:
        whole.error(f"{error}")
    except ModuleNotFoundError as error:
        if error.name not in ("joblib", "distributed"):
            raise
        whole.error(f"{error.name} is missing: python -m pip install '.[teach]', or "
                    "--jobs 1 without it")


def grade_class(options):
    """Grade, and write the report."""
    most = limits.DEFAULT | dict(seconds=options.seconds, memory=options.memory)
    try:
        handed = collect(options.submissions)
        graded = grade(handed, options.out / "results", most, options.jobs,
                       options.cluster, bar)
        seen = summary.summarise(graded)
        tables.write(seen, options)
        page = options.out / ("anonymous.html" if options.anonymous else "report.html")
        page.write_text(report.page(seen, options.anonymous), encoding="utf-8")
    except KeyboardInterrupt:
        print(f"Stopped. What is graded stands in {options.out / 'results'}; start it "
              "again to go on.")
        return 1
    print(summary.in_one_line(seen))
    print(f"Open {page}; grades stand in "
          f"{options.out / 'grades.csv'}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())

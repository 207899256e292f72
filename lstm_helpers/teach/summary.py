"""What a class did: students by exercises, and what wrong answers have in common."""

from typing import NamedTuple

from lstm_helpers.exercises import catalogue
from lstm_helpers.teach.grade import rank

KINDS = {"right": "right", "mistake": "known",  # outcome → how it counts
         "not attempted": "blank", "no answer": "blank",
         "not possible here": "blank"}
STOPPED = ("out of time", "flooded", "filled the disk", "ended the process",
           "tampered", "not judged")


class Student(NamedTuple):
    """What one student did.

    Attributes
    ----------
    name, id : str
    results : dict of str to dict
        Exercise → its best result.
    notes : list of str
        What the teacher should know.
    """

    name: str
    id: str
    results: dict
    notes: list

    @property
    def right(self):
        """How many are right."""
        return sum(r["outcome"] == "right" for r in self.results.values())


class Group(NamedTuple):
    """Wrong answers to one exercise that are wrong in the same way.

    Attributes
    ----------
    reason : str
        The reason of a listed mistake; what the judge said of another.
    example : str
        One of the answers.
    students : list of str
    listed : bool
        Whether it is a listed mistake.
    teachable : bool
        Whether it could become one: it computes something, and not at random.
    """

    reason: str
    example: str
    students: list
    listed: bool
    teachable: bool = False


class Exercise(NamedTuple):
    """What the class did with one exercise.

    Attributes
    ----------
    id, title : str
    counts : dict of str to int
        Kind → students, as `kind` names it.
    groups : list of Group
        The largest first.
    asked : int
        Students who called for a hint or the solution.
    function : bool
        Whether an answer is a function.
    """

    id: str
    title: str
    counts: dict
    groups: list
    asked: int
    function: bool


class Seen(NamedTuple):
    """A graded class: its students by name, its exercises in order, missing limits."""

    students: list
    exercises: list
    missing: list


def kind(result):
    """Return how a result counts: right, known, other, stopped or blank."""
    outcome = result["outcome"]
    return KINDS.get(outcome, "stopped" if outcome in STOPPED else "other")


def summarise(graded):
    """Put the results of a class in order.

    Parameters
    ----------
    graded : list of (Handed, dict)

    Returns
    -------
    Seen
    """
    students, missing, first = {}, [], {}
    for handed, result in graded:
        mine = students.setdefault((handed.student, handed.id), Student(
            handed.student, handed.id, {}, []))
        short = handed.file.rpartition("/")[2]
        if result["problem"]:
            mine.notes.append(f"{short}: {result['problem']}")
        for tried in result["tried"]:
            mine.notes.append(f"{short}: refused: the answer tried {tried}.")
        if handed.data and result["exercises"]:
            other = first.setdefault(handed.data, mine)
            if other is not mine:
                mine.notes.append(f"{short}: equal, byte for byte, to the notebook of "
                                  "another student.")
        for id, one in sorted(result["exercises"].items(), key=in_order):
            if one["outcome"] in STOPPED:
                mine.notes.append(f"{id}: {one['outcome']}. {one['lines'][0]}")
            if one.get("borrowed"):
                mine.notes.append(f"{id}: calls the package's own solution.")
            if id not in mine.results or rank(one) < rank(mine.results[id]):
                mine.results[id] = one
        missing += [said for said in result["missing"] if said not in missing]
    ordered = sorted(students.values(), key=lambda s: (s.name.casefold(), s.name, s.id))
    ids = {id for student in ordered for id in student.results}
    exercises = [of_exercise(exercise, ordered) for number in catalogue.notebooks()
                 for exercise in catalogue.exercises_of(number) if exercise.id in ids]
    return Seen(ordered, exercises, missing)


def in_order(pair):
    """Return what sorts exercises as the notebooks do: 02.2 before 02.10."""
    number, _, place = pair[0].partition(".")
    return number, int(place)


def of_exercise(exercise, students):
    """Return what the class did with one exercise."""
    counts = dict.fromkeys(("right", "known", "other", "stopped", "blank"), 0)
    groups, asked = {}, 0
    for student in students:
        result = student.results.get(exercise.id)
        if result is None:
            continue
        counts[kind(result)] += 1
        asked += "helped" in result
        if kind(result) not in ("known", "other"):
            continue
        place = result.get("mistake")
        if place is not None:
            key, said = ("listed", place), exercise.mistakes[place].reason
        else:
            said = " ".join(result["lines"])
            key = ("other", result.get("behaviour") or said)
        teachable = not exercise.choices and (
            result["outcome"] in ("differs", "not finite", "changed its input")
            or (result["outcome"] == "wrong form" and exercise.wants_function))
        source = result.get("source", "")
        group = groups.setdefault(key, Group(said, source, [], place is not None,
                                             teachable))
        group.students.append(student.name)
        if 0 < len(source.strip()) < len(group.example.strip()):  # the plainest
            groups[key] = group._replace(example=source)
    ordered = sorted(groups.items(), key=lambda g: (-len(g[1].students), str(g[0])))
    return Exercise(exercise.id, exercise.title, counts, [g for _, g in ordered], asked,
                    exercise.wants_function)


def in_one_line(seen):
    """Say in one line what came of it."""
    judged = sum(len(s.results) for s in seen.students)
    right = sum(s.right for s in seen.students)
    notes = sum(bool(s.notes) for s in seen.students)
    return (f"{len(seen.students)} students, {judged} answers judged, {right} right; "
            f"{notes} students with a note.")

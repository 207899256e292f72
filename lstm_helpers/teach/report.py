"""One self-contained page about a class: no server, nothing fetched.

Everything a student wrote is escaped; the page forbids itself all but its own script.
"""

import ast
import base64
import hashlib
import html
import json
import re
from pathlib import Path

from lstm_helpers.teach.stub import stub
from lstm_helpers.teach.summary import kind

HERE = Path(__file__).parent
SHOWN = 6  # groups of unlisted answers that stand open
SIGNS = {"right": "✓", "known": "✗", "other": "?", "stopped": "!", "blank": "·",
         "none": ""}
WORDS = {"right": "right", "known": "a listed mistake", "other": "wrong in another way",
         "stopped": "had to be stopped", "blank": "blank", "none": "not handed in"}


def page(seen, anonymous=False):
    """Return the report.

    Parameters
    ----------
    seen : Seen
    anonymous : bool
        Whether names, numbers and files are left out.

    Returns
    -------
    str
        HTML.
    """
    if anonymous:
        seen = without_names(seen)
    students = sorted(range(len(seen.students)),
                      key=lambda k: (-seen.students[k].right, k))
    exercises = sorted(seen.exercises, key=lambda e: -share(e))
    script = (HERE / "page.js").read_text(encoding="utf-8")
    style = (HERE / "page.css").read_text(encoding="utf-8")
    mark = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = ("default-src 'none'; style-src 'unsafe-inline'; "
              f"script-src 'sha256-{mark}'")
    parts = [
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>What the class thinks</title>\n<style>{style}</style>",
        "</head>\n<body>",
        "<header>\n<h1>What the class thinks</h1>", opening(seen), "</header>\n<main>",
        heat_map(seen, students, exercises), overview(seen.exercises),
        *map(section, seen.exercises), stuck(seen, students), notes(seen),
        "</main>", details(seen, students), f"<script>{script}</script>",
        "</body>\n</html>\n"]
    return "\n".join(parts)


def without_names(seen):
    """Return the class with numbers for names, the best student first.

    Files, and comments in examples, are left out as well: both may hold a name.
    """
    ranked = sorted(seen.students, key=lambda s: -s.right)
    students = [s._replace(name=f"Student {n + 1}", id="", notes=[
        note.partition(": ")[2] for note in s.notes]) for n, s in enumerate(ranked)]
    exercises = [e._replace(groups=[g._replace(
        students=[""] * len(g.students), example=without_comments(g.example))
        for g in e.groups]) for e in seen.exercises]
    return seen._replace(students=students, exercises=exercises)


def without_comments(source):
    """Return source without comments, or nothing if it cannot be read."""
    try:
        return ast.unparse(ast.parse(source))
    except SyntaxError:
        return ""


def share(exercise):
    """Return the share of a class that has an exercise right."""
    return exercise.counts["right"] / max(1, sum(exercise.counts.values()))


def escape(text):
    """Make text safe to stand in the page."""
    return html.escape(str(text))


def prose(text):
    """Escape a sentence and set its `code` as code."""
    parts = escape(text).split("`")
    return "".join(f"<code>{p}</code>" if k % 2 else re.sub(
        r"\*(\w[^*]*)\*", r"<em>\1</em>", p) for k, p in enumerate(parts))


def opening(seen):
    """Say in a paragraph what came of it."""
    results = [r for s in seen.students for r in s.results.values()]
    right = sum(r["outcome"] == "right" for r in results)
    known = sum(kind(r) == "known" for r in results)
    other = sum(kind(r) == "other" for r in results)
    text = (f"{len(seen.students)} students, {len(seen.exercises)} exercises, "
            f"{len(results)} answers: {right} right, {known} with a mistake that the "
            f"checker knows, {other} wrong in another way.")
    limits = "".join(f" Please note: {said}." for said in seen.missing)
    return f"<p>{text}{escape(limits)}</p>"


def heat_map(seen, students, exercises):
    """Return the table of students by exercises, sorted both ways."""
    legend = "".join(f'<li><span class="k {k}">{SIGNS[k] or "&nbsp;"}</span> '
                     f"{said}</li>" for k, said in WORDS.items())
    place = {e.id: n for n, e in enumerate(seen.exercises)}
    head = "".join(f'<th scope="col" data-n="{place[e.id]}"><a href="#e{e.id}">{e.id}'
                   f"</a><small>{share(e):.0%}</small></th>" for e in exercises)
    rows = []
    for n in students:
        student = seen.students[n]
        kinds = [kind(student.results[e.id]) if e.id in student.results else "none"
                 for e in exercises]
        cells = "".join(f'<td class="{k[0]}">{SIGNS[k]}' for k in kinds)
        rows.append(f'<tr data-n="{n}"><th scope="row">{escape(student.name)}'
                    f"<td>{student.right}{cells}")
    return f"""<section aria-labelledby="map">
<h2 id="map">Students and exercises</h2>
<p>The best students stand at the top, the easiest exercises on the left. A percentage
says how many have it right. Click on a place to read what was said of that answer.</p>
<div class="tools">
<button id="by-student" aria-pressed="false">Students by name</button>
<button id="by-exercise" aria-pressed="false">Exercises by number</button>
<label>Find a student <input id="find" type="search" autocomplete="off"></label></div>
<ul class="legend">{legend}</ul>
<div class="wide" tabindex="0" role="region"
aria-label="The heat map; arrows move in it">
<table id="heat">
<thead><tr><th scope="col">student</th><th scope="col">right</th>{head}</tr></thead>
<tbody>{chr(10).join(rows)}</tbody></table></div>
<p id="said" role="status" aria-live="polite"></p>
</section>"""


def bar(counts):
    """Return one exercise's counts as a bar; the words stand beside it."""
    total = max(1, sum(counts.values()))
    parts = "".join(f'<i class="k {k}" style="width:{n / total:.2%}"></i>'
                    for k, n in counts.items() if n)
    return f'<span class="bar" aria-hidden="true">{parts}</span>'


def overview(exercises):
    """Return the most frequent misconceptions of all exercises."""
    groups = sorted(((g, e) for e in exercises for g in e.groups if g.listed),
                    key=lambda pair: -len(pair[0].students))[:8]
    if not groups:
        return ""
    lines = "".join(
        f'<li><b>{len(g.students)}</b> of {sum(e.counts.values())} · '
        f'<a href="#e{e.id}">{e.id} {escape(e.title)}</a><br>{prose(g.reason)}</li>'
        for g, e in groups)
    return (f'<section aria-labelledby="top"><h2 id="top">What most of them think</h2>'
            f'<ol class="top">{lines}</ol></section>')


def section(exercise):
    """Return the section of one exercise."""
    counts = exercise.counts
    said = ", ".join(f"{n} {'with ' * (k == 'known')}{WORDS[k]}"
                     for k, n in counts.items() if n)
    asked = (f" {exercise.asked} called for a hint or the solution."
             if exercise.asked else "")
    listed = [g for g in exercise.groups if g.listed]
    others = [g for g in exercise.groups if not g.listed]
    parts = [f'<section aria-labelledby="e{exercise.id}"><h2 id="e{exercise.id}">'
             f"{exercise.id} {escape(exercise.title)}</h2>{bar(counts)}"
             f"<p>{said}.{asked}</p>"]
    parts += [group(g, exercise) for g in listed]
    if others:
        parts.append("<h3>Not in the catalogue, grouped by what they do</h3>")
    parts += [group(g, exercise) for g in others[:SHOWN]]
    rest = others[SHOWN:]
    if rest:
        parts.append(f"<details><summary>{len(rest)} rarer ones</summary>")
        parts += [group(g, exercise) for g in rest[:100]]
        parts.append("</details>")
    return "\n".join(parts) + "</section>"


def group(found, exercise):
    """Return wrong answers that are wrong in the same way."""
    named = list(filter(None, found.students))
    who = "" if not named else (f'<p class="who">{escape(", ".join(named[:40]))}'
                                f"{' …' * (len(named) > 40)}</p>")
    example = "" if not found.example.strip() else (
        f"<pre tabindex=\"0\"><code>{escape(found.example)}</code></pre>")
    paste = "" if not found.teachable else (
        "<p>To teach the checker this mistake, paste into the exercise:</p>"
        f'<pre tabindex="0"><code>{escape(stub(found, exercise))}</code></pre>')
    return (f"<details><summary><b>{len(found.students)}</b> {prose(found.reason)}"
            f"</summary>{who}{example}{paste}</details>")


def stuck(seen, students):
    """Return where each student came to a halt: tried, and not right."""
    lines = []
    for n in students:
        student = seen.students[n]
        tried = [(e.id, student.results[e.id]) for e in seen.exercises
                 if e.id in student.results
                 and kind(student.results[e.id]) not in ("right", "blank")]
        if tried:
            where = ", ".join(halt(id, result) for id, result in tried)
            lines.append(f"<tr><th scope=\"row\">{escape(student.name)}"
                         f"<td>{len(tried)}<td>{where}")
    if not lines:
        return ""
    return f"""<section aria-labelledby="stuck"><h2 id="stuck">Who was stuck where</h2>
<p>Exercises that were tried and are not right; blanks are not counted.</p>
<details><summary>{len(lines)} students</summary><div class="wide" tabindex="0"
role="region" aria-label="Students and where they were stuck">
<table class="plain"><thead><tr><th
scope="col">student<th scope="col">tried, not right<th scope="col">where</tr></thead>
<tbody>{chr(10).join(lines)}</tbody></table></div></details></section>"""


def halt(id, result):
    """Say where one student came to a halt, and what was tried."""
    said = [f"{result['attempts']} attempts"] if result["attempts"] > 1 else []
    if "helped" in result:
        said.append(f"asked for the {result['helped']}")
    return f'<a href="#e{id}">{id}</a>' + f" ({', '.join(said)})" * bool(said)


def notes(seen):
    """Return what a teacher should look at."""
    lines = []
    for student in seen.students:
        if student.notes:
            lines.append(f"<li><b>{escape(student.name)}</b> "
                         f"{escape(' '.join(student.notes))}</li>")
    if not lines:
        return ""
    return (f'<section aria-labelledby="notes"><h2 id="notes">To look at</h2>'
            f'<ul>{"".join(lines)}</ul></section>')


def details(seen, students):
    """Return what was said of each wrong answer, for the script: a text once."""
    texts, rows = {}, {}
    for n in students:
        mine = {}
        for place, exercise in enumerate(seen.exercises):
            result = seen.students[n].results.get(exercise.id)
            if result is not None and result["outcome"] != "right":
                said = f"{result['outcome']}. {' '.join(result['lines'])}"
                mine[place] = texts.setdefault(said, len(texts))
        rows[n] = mine
    data = json.dumps(dict(texts=list(texts), rows=rows, ids=[
        f"{e.id} {e.title}" for e in seen.exercises]), ensure_ascii=False)
    data = data.replace("<", "\\u003c").replace("&", "\\u0026")
    return f'<script type="application/json" id="data">{data}</script>'

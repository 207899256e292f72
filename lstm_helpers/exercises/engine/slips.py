"""Explain a wrong function by a slip in a right one.

One small place of the solution's syntax tree is changed (a slip) and the changed
function is run on the probes. An answer that returns the same on all of them was
probably made by this slip: ``explain(exercise, mine, probes, k)``.
"""

import ast
import contextlib
import time
from typing import NamedTuple

import numpy as np

from lstm_helpers.exercises.engine import form, known, lines, run, source, watch

RANK = ("drop", "call", "like", "swap", "name", "op", "axis", "bracket", "order",
        "index", "gather", "flow", "const", "wrap")  # which reason comes first
TABLES = {}


class Slip(NamedTuple):
    """A small change of a right answer.

    Attributes
    ----------
    kind : str
        One of `RANK`.
    edits : tuple
        See `lines`.
    phrase : tuple
        A template and what fills it.
    """

    kind: str
    edits: tuple
    phrase: tuple

    def said(self, names):
        """Say the slip with no other names than these, a dict of ours to theirs."""
        filled = [mention(part, names) if isinstance(part, ast.AST) else part
                  for part in self.phrase[1:]]
        if self.phrase[0].startswith(("{} and {} had", "{} stood")) and (
                "" in filled or filled[0] == filled[1]):
            return ("two things had changed places" if "had" in self.phrase[0] else
                    "one name stood where another belongs")
        said = self.phrase[0].format(*filled)
        for end in (": ", ", in ", ", around ", " behind "):
            said = said.removesuffix(end)
        return said.replace("  ", " something ") if said[0] != " " else (
            f"something{said}")


def mention(node, names):
    """Say a place by the names in it that a learner knows, or not at all."""
    inside = dict.fromkeys(names[n.id] for n in ast.walk(node) if isinstance(
        n, ast.Name) and n.id in names)
    shown = " and ".join(f"`{name}`" for name in list(inside)[:3])
    whole = isinstance(node, ast.Name) or not shown
    return shown if whole else f"what has {shown} in it"


@contextlib.contextmanager
def edited(edits):
    """Make changes in a tree, and undo them."""
    undo = []
    try:
        for owner, field, k, new in edits:
            old = getattr(owner, field)
            undo.append((owner, field, old))
            setattr(owner, field, new if k is None else [*old[:k], new, *old[k + 1:]])
        yield
    finally:
        for owner, field, old in reversed(undo):
            setattr(owner, field, old)


class Table:
    """The slips of one right answer with what they return on one probe.

    Parameters
    ----------
    function : function
        A right answer whose source is at hand.
    args : tuple
        The probe.
    """

    def __init__(self, function, args):
        self.function = source.plain(function)
        self.node = source.tree_of(self.function) if self.function else None
        if self.node is None:
            raise ValueError("function must have its source at hand")
        self.args, self.space = args, source.space_of(self.function)
        self.space.setdefault("np", np)
        self.space.setdefault("sigmoid", lambda a: 0.5 + 0.5 * np.tanh(0.5 * a))
        self.right = self.print(())
        self.waiting = lines.slips_of(self.node, self.values())
        self.slips, self.prints = [], []

    def values(self):
        """Return one value of each variable."""
        parts, _ = watch.watched(self.function, self.args, lambda f: False)
        names = self.function.__code__.co_varnames
        found = dict(zip(names, self.args, strict=False))
        for part in parts:
            if isinstance(part.node, ast.Name) and part.node.id in names:
                found.setdefault(part.node.id, part.value)
        return found

    def build(self, edits):
        """Return the function with some edits."""
        with edited(edits):
            ast.fix_missing_locations(self.node)
            return source.build(self.node, self.space, self.function)

    def print(self, edits):
        """Run with some edits and return the fingerprint of what came."""
        try:
            answer = self.build(edits)
        except Exception:  # no Python
            return None
        (outcome,) = run.call_all(answer, [self.args], 0.3)[:1]
        return fingerprint(outcome)

    def fill(self, until):
        """Derive and run slips until a moment, or all of them."""
        while time.perf_counter() < until:
            slip = next(self.waiting, None)
            if slip is None:
                return
            slip = Slip(*slip)
            shown = self.print(slip.edits)
            if shown is not None and shown != self.right:
                self.slips.append(slip)
                self.prints.append(shown)


def fingerprint(outcome):
    """Return what tells the result of a call from others; None if it raised."""
    if outcome.error:
        return None
    leaves = []  # what is not finite is alike whatever was done
    for path, leaf in flat(outcome.value):
        try:
            shape, size, total, _ = known.print_of(leaf)
        except (TypeError, ValueError):
            leaves.append((path, repr(leaf)[:80]))
            continue
        if not np.isfinite(np.asarray(leaf, float)).all():
            return None
        share = round(total / (size + 1e-99), 4) + 0.0
        leaves.append((path, shape, f"{size:.4g}", share))
    return tuple(leaves)


def flat(value, path=""):
    """Yield the places and arrays, numbers or words within a result."""
    if isinstance(value, dict):
        for key in sorted(value, key=str):
            yield from flat(value[key], f"{path}.{key}")
    elif isinstance(value, tuple) or (isinstance(value, list) and not regular(value)):
        for k, part in enumerate(value):
            yield from flat(part, f"{path}.{k}")
    else:
        yield path, value


def regular(value):
    """Whether a list can be read as one array of numbers."""
    try:
        return np.asarray(value).dtype.kind in "iufb"
    except ValueError:
        return False


def tables_of(exercise, k, args):
    """Return a table for the solution and each other right answer, made once."""
    key = exercise.id, id(exercise), k
    if key not in TABLES:
        made = []
        for base in (exercise.solution, *exercise.others):
            with contextlib.suppress(Exception):
                made.append(Table(base, args))
        TABLES[key] = exercise, made
    return TABLES[key][1]


def explain(exercise, mine, probes, k, budget):
    """Find the slips that give what an answer gave, the likeliest first.

    Parameters
    ----------
    exercise : Exercise
    mine : list of run.Outcome
        Of the answer, one a probe.
    probes : list of tuple
    k : int
        A probe on which the answer is wrong and raises nothing.
    budget : float
        Seconds.

    Returns
    -------
    list of (tuple of Slip, Table)
        One or two slips each, and the right answer they were made in.
    """
    until = time.perf_counter() + budget
    wanted, found = fingerprint(mine[k]), []
    tables = tables_of(exercise, k, probes[k])
    for table in tables:
        if found:
            break
        table.fill(until)
        for slip, shown in zip(table.slips, table.prints, strict=True):
            if shown == wanted and holds(
                    exercise, table.build(slip.edits), mine, probes):
                found.append(((slip,), table))
    if not found and tables and like(wanted, tables[0].right):
        found = pairs(exercise, tables[0], mine, probes, wanted, until)
    return sorted(found, key=lambda one: max(RANK.index(s.kind) for s in one[0]))


def like(one, two):
    """Whether two fingerprints are of results of the same form."""
    return one is not None and two is not None and (
        [leaf[:2] for leaf in one] == [leaf[:2] for leaf in two])


def of_number(exercise, value):
    """Find the slips in an exercise's formula that give a wrong number, or numbers.

    Parameters
    ----------
    exercise : Exercise
        One with a `formula`.
    value : object
        What the learner answered.

    Returns
    -------
    list of (tuple of Slip, Table)
    """
    defaults = exercise.formula.__defaults__ or ()
    table = Table(exercise.formula, defaults)
    table.fill(time.perf_counter() + 2.0)
    mine = np.asarray(value, float)
    found = []
    counted = np.all(np.isfinite(mine)) and np.all(mine % 1 == 0)  # agree by chance
    for slip in table.slips:
        if counted and slip.kind in ("const", "wrap", "like", "op", "bracket"):
            continue
        (outcome,) = run.call_all(table.build(slip.edits), [defaults], 0.3)[:1]
        with contextlib.suppress(TypeError, ValueError):
            theirs = np.asarray(outcome.value, float)
            whole = np.all(theirs % 1 == 0)  # a count has to be met, not nearly
            if mine.shape == theirs.shape and np.allclose(
                    mine, theirs, 0 if whole else 2e-3, 1e-9):
                found.append(((slip,), table))
    return sorted(found, key=lambda one: RANK.index(one[0][0].kind))


def pairs(exercise, table, mine, probes, wanted, until):
    """Return pairs of slips, each with an outcome of its own, within the time."""
    first = {}
    for slip, shown in zip(table.slips, table.prints, strict=True):
        if slip.kind not in ("const", "wrap"):
            first.setdefault(shown, slip)
    chosen = sorted(first.values(), key=lambda slip: RANK.index(slip.kind))
    for n, a in enumerate(chosen):
        for b in chosen[:n]:
            if time.perf_counter() > until:
                return []
            edits = a.edits + b.edits
            if table.print(edits) == wanted and holds(
                    exercise, table.build(edits), mine, probes):
                return [((b, a), table)]
    return []


def holds(exercise, answer, mine, probes):
    """Whether a function does on every probe what the learner's did."""
    theirs = run.call_all(answer, probes[:len(mine)], 1.0, exercise.alarm)
    if len(theirs) != len(mine):
        return False
    for a, b in zip(mine, theirs, strict=True):
        if a.error or b.error:
            if type(a.error) is not type(b.error):
                return False
            continue
        try:
            one, two = form.read(a.value, b.value), form.read(b.value, b.value)
        except Exception:
            return False
        if not form.close(one, two, exercise.rtol, exercise.atol):
            return False
    return True

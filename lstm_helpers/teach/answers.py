"""What each ``check(id, expr)`` of a notebook needs from the student's own cells.

Nothing runs here: the statements are found by reading. A `check` that the notebook
defines itself is passed over, and cells that no answer needs never run.
"""

import ast
import re
from typing import NamedTuple

from lstm_helpers.teach.names import names_of, root

OURS = frozenset(("check", "check_button", "use"))  # always those of the package
MOST = 5  # attempts at one exercise that are judged, the last ones


class Answer(NamedTuple):
    """One attempt at one exercise.

    Attributes
    ----------
    id : str
    place : tuple of int
        Cell and statement of its check, and which check of that statement it is.
    parts : tuple of (int, int, tuple of int or None)
        Cell and statement of all that has to run before; of an import only the names
        that are needed, by their places.
    source : str
        The answer as the student wrote it.
    fault : str
        Why it cannot run: a cell that cannot be read.
    """

    id: str
    place: tuple
    parts: tuple
    source: str
    fault: str = ""


def checks_in(statement):
    """Return the calls of `check` in a statement, outside functions, in order.

    Returns
    -------
    list of (str, ast.expr or None)
        The exercise, and the expression that is checked.
    """
    found, stack = [], [statement]
    while stack:
        node = stack.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
                      | ast.ClassDef):
            continue
        if isinstance(node, ast.Call):
            name = (node.func.id if isinstance(node.func, ast.Name) else
                    node.func.attr if isinstance(node.func, ast.Attribute) else "")
            given = {k.arg: k.value for k in node.keywords}
            id = node.args[0] if node.args else given.get("id")
            if name in ("check", "check_button") and isinstance(id, ast.Constant):
                value = node.args[1] if len(node.args) > 1 else given.get("answer")
                if name == "check_button" and isinstance(value, ast.Lambda):
                    value = value.body
                if isinstance(id.value, str):
                    found.append((id.value.strip(), value))
        stack += reversed(list(ast.iter_child_nodes(node)))
    return found


class Slicer:
    """Finds what has to run before a check of a notebook.

    Parameters
    ----------
    cells : list of Cell
    """

    def __init__(self, cells):
        self.steps = [(cell, k, statement) for cell in cells
                      for k, statement in enumerate(cell.body)]
        self.names = [names_of(statement) for _, _, statement in self.steps]
        self.random = frozenset().union(*(n.draws for n in self.names))
        self.imported, self.defined = (frozenset(
            name for n, (_, _, statement) in zip(self.names, self.steps, strict=True)
            if isinstance(statement, kinds) for name in n.binds) for kinds in (
                (ast.Import, ast.ImportFrom), (ast.FunctionDef, ast.ClassDef)))

    def touching(self, name, places):
        """Yield the places that give `name` its value, up to one that gives it whole.

        Parameters
        ----------
        name : str
        places : iterable of int
            Statements, from the nearest to the farthest.
        """
        for p in places:
            names = self.names[p]
            if name in names.binds:
                yield p
                if names.whole:
                    return
            elif name in names.calls and name not in self.defined:
                yield p
            elif name in names.changes and name not in self.defined | self.imported:
                yield p
            elif name in self.random and name in names.now:
                yield p

    def left_out(self):
        """Return what a notebook sets that never runs: `check`, or ``np.mean = 0``.

        Returns
        -------
        list of str
            For the teacher.
        """
        said = []
        for names, (cell, _, statement) in zip(self.names, self.steps, strict=True):
            if isinstance(statement, ast.Import | ast.ImportFrom):
                continue
            for name in sorted(names.binds & OURS - {"use"}):
                said.append(f"to define its own {name} (cell {cell.number})")
            for node in ast.walk(statement):
                if isinstance(node, ast.Attribute) and isinstance(
                        node.ctx, ast.Store) and root(node) in self.imported:
                    said.append(f"to change {ast.unparse(node)} (cell {cell.number})")
        return said[:10]

    def needed(self, uses, place):
        """Return what has to run so that these names have the values they have there.

        Parameters
        ----------
        uses : iterable of str
        place : int
            The statement that reads them.

        Returns
        -------
        dict of int to set of str
            Statement → the names that are wanted of it.
        """
        wanted, seen = {}, set()
        stack = [(name, place) for name in uses]
        while stack:
            name, before = stack.pop()
            if (name, before) in seen or name in OURS:
                continue
            seen.add((name, before))
            found = list(self.touching(name, range(before - 1, -1, -1)))
            if not any(name in self.names[p].binds for p in found):  # further down
                found = [p for p in range(before, len(self.steps))
                         if name in self.names[p].binds][:1]
            for p in found:
                names = self.names[p]
                wanted.setdefault(p, set()).add(name)
                if not isinstance(self.steps[p][2], ast.Import | ast.ImportFrom):
                    stack += [(other, p) for other in names.now]
                    stack += [(other, before) for other in names.later]
        return wanted

    def answer(self, p, which):
        """Return the answer that is checked at statement p."""
        cell, k, statement = self.steps[p]
        id, expression = checks_in(statement)[which]
        if expression is None:
            return Answer(id, (cell.number, k, which), (), "")
        names = names_of(ast.Expr(expression))
        wanted = self.needed(names.now | names.later, p)
        if not isinstance(statement, ast.Expr | ast.Assign):  # inside a loop, say
            wanted.setdefault(p, set()).update(self.names[p].binds)
            for q, those in self.needed(self.names[p].now - OURS, p).items():
                wanted.setdefault(q, set()).update(those)
        for q in [q for q in wanted if only_stars(self.steps[q][2])]:
            del wanted[q]
        parts = [(q, those) for q, those in wanted.items()]
        parts += [(q, set()) for q in range(p) if only_stars(self.steps[q][2])]
        parts = [(self.steps[q][0].number, self.steps[q][1],
                  aliases(self.steps[q][2], those)) for q, those in sorted(
                      parts, key=lambda part: part[0])]
        return Answer(id, (cell.number, k, which), tuple(parts),
                      self.source_of(expression, names, p, wanted))

    def source_of(self, expression, names, place, wanted):
        """Return the lines that make what is checked.

        Of the statements that have to run, those of the cell where it gets its value;
        the expression itself, where it is more than a name.
        """
        nearest = [q for name in names.now - OURS for q in self.touching(
            name, range(place - 1, -1, -1)) if name in self.names[q].binds]
        home = self.steps[max(nearest)][0].number if nearest else None
        texts = []
        for q in sorted(wanted):
            cell, _, statement = self.steps[q]
            if cell.number == home and not isinstance(
                    statement, ast.Import | ast.ImportFrom):
                lines = cell.source.split("\n")
                first = min([statement.lineno, *(d.lineno for d in getattr(
                    statement, "decorator_list", ()))])
                texts.append("\n".join(lines[first - 1:statement.end_lineno]))
        if not isinstance(expression, ast.Name):
            texts.append(ast.unparse(expression))
        return "\n".join(texts)


def only_stars(statement):
    """Whether a statement is ``from package import *``."""
    return isinstance(statement, ast.ImportFrom) and statement.names[0].name == "*"


def aliases(statement, wanted):
    """Return the places of the imported names that are wanted; None of other kinds."""
    if not isinstance(statement, ast.Import | ast.ImportFrom) or only_stars(statement):
        return None
    return tuple(k for k, alias in enumerate(statement.names)
                 if (alias.asname or alias.name.partition(".")[0]) in wanted)


def answers(cells):
    """Find every answer of a notebook.

    Parameters
    ----------
    cells : list of Cell
        As `notebook.read` returns them.

    Returns
    -------
    kept : list of Answer
        In the order of the notebook; of one exercise the last `MOST` attempts.
    left_out : list of str
        What it sets that never runs.
    """
    slicer = Slicer(cells)
    found = [slicer.answer(p, which)
             for p, (_, _, statement) in enumerate(slicer.steps)
             for which in range(len(checks_in(statement)))]
    for cell in cells:
        if cell.fault:
            ids = re.findall(r'check\(\s*["\']([\d.]+)["\']', cell.source)
            found += [Answer(id, (cell.number, 0, 0), (), cell.source, cell.fault)
                      for id in ids]
    found.sort(key=lambda answer: answer.place)
    kept = []
    for k, answer in enumerate(found):
        later = sum(other.id == answer.id for other in found[k + 1:])
        if later < MOST:
            kept.append(answer)
    return kept, slicer.left_out()


def helped(cells):
    """Return the exercises of which a notebook asks for a hint, and for the solution.

    Returns
    -------
    dict of str to str
        Exercise → "hint" or "solution".
    """
    asked = {}
    for cell in cells:
        for kind, id in re.findall(r'^\s*(hint|solution)\(\s*["\']([\d.]+)["\']',
                                   cell.source, re.M):
            if asked.get(id) != "solution":
                asked[id] = kind
    return asked

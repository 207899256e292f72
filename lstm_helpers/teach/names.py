"""What a statement of a notebook binds, uses at once, uses later, and changes."""

import ast
import symtable
from typing import NamedTuple

SHOWS = frozenset(("print display help check check_button hint solution progress plt "
                   "figures widgets style ax axs fig").split())
COMPOUND = (ast.If, ast.For, ast.While, ast.With, ast.Try, ast.Match, ast.AsyncFor,
            ast.AsyncWith)


class Names(NamedTuple):
    """The names of one statement.

    Attributes
    ----------
    binds : frozenset of str
        What has a value after it.
    whole : bool
        Whether what it binds owes nothing to the value before.
    now, later : frozenset of str
        What it reads when it runs; what its functions read when they are called.
    changes : frozenset of str
        What it may change without binding it: ``xs[0] = 1``, ``fill(xs)``.
    calls : frozenset of str
        What it calls a method of, for its effect: ``xs.append(1)``.
    draws : frozenset of str
        What it binds to a source of random numbers; every use of one changes it.
    """

    binds: frozenset
    whole: bool
    now: frozenset
    later: frozenset
    changes: frozenset
    calls: frozenset
    draws: frozenset


def names_of(statement):
    """Return the names of a statement.

    Parameters
    ----------
    statement : ast.stmt
        At the top level of a cell.

    Returns
    -------
    Names
    """
    try:
        table = symtable.symtable(ast.unparse(statement), "cell", "exec")
    except (SyntaxError, ValueError, RecursionError):
        none = frozenset()
        return Names(none, True, none, none, none, none, none)
    binds, now, later = set(), set(), set()
    for symbol in table.get_symbols():
        if symbol.is_assigned() or symbol.is_imported():
            binds.add(symbol.get_name())
        if symbol.is_referenced():
            now.add(symbol.get_name())
    for child in table.get_children():
        inside(child, runs_at_once(child), now, later, binds)
    whole = not isinstance(statement, (*COMPOUND, ast.AugAssign))
    return Names(frozenset(binds), whole, frozenset(now), frozenset(later),
                 frozenset(filter(None, changed(statement))),
                 frozenset(filter(None, called(statement))),
                 frozenset(random_sources(statement)))


def runs_at_once(table):
    """Whether the inside of a statement runs with it: a class, a comprehension."""
    return table.get_type() == "class" or table.get_name() in (
        "listcomp", "setcomp", "dictcomp", "genexpr")


def inside(table, at_once, now, later, binds):
    """Add the names that a function or class takes from the notebook."""
    for symbol in table.get_symbols():
        if symbol.is_global():
            if symbol.is_referenced():
                (now if at_once else later).add(symbol.get_name())
            if symbol.is_assigned() and symbol.is_declared_global():
                binds.add(symbol.get_name())
    for child in table.get_children():
        inside(child, at_once and runs_at_once(child), now, later, binds)


def root(node):
    """Return the name that ``name.a[0].b`` begins with, or None."""
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Starred):
        node = node.value
    return node.id if isinstance(node, ast.Name) else None


def changed(statement):
    """Yield the names whose objects a statement may change."""
    for node in ast.walk(statement):
        if isinstance(node, ast.Attribute | ast.Subscript) and isinstance(
                node.ctx, ast.Store | ast.Del):
            yield root(node)
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            if root(node.value.func) not in SHOWS:
                yield from map(root, node.value.args)


def called(statement):
    """Yield the names of which a statement calls a method and keeps nothing."""
    for node in ast.walk(statement):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            function = node.value.func
            if isinstance(function, ast.Attribute) and root(function) not in SHOWS:
                yield root(function)


def random_sources(statement):
    """Yield the names a statement binds to a generator of random numbers."""
    if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Call):
        made = ast.unparse(statement.value.func).rpartition(".")[2]
        if made in ("default_rng", "RandomState", "Random", "Generator"):
            yield from (t.id for t in statement.targets if isinstance(t, ast.Name))

"""Run a function and note the value of every part of every line.

`watched` rewrites a function so that each operation, call, index and name hands its
value to a list, and enters the functions it calls where their source is at hand.
"""

import ast
import copy
from typing import Any, NamedTuple

import numpy as np

from lstm_helpers.exercises.engine import run, source

MOST = 6000  # values noted in one run
NOTED = (ast.BinOp, ast.Call, ast.Subscript, ast.Attribute, ast.Name, ast.UnaryOp)


class Part(NamedTuple):
    """One part of a line when it was computed.

    Attributes
    ----------
    node : ast.expr
        As it was written.
    line : ast.stmt
        The statement it stands in.
    place : str
        The name of the function it stands in.
    round : int
        How often it was computed before, in this call of the function.
    value : ndarray or number
        A copy.
    """

    node: ast.expr
    line: ast.stmt
    place: str
    round: int
    value: Any


class Rewrite(ast.NodeTransformer):
    """Wrap what is computed in ``__see__(k, …)``, and what is called in ``__in__``."""

    def __init__(self):
        self.nodes, self.line = [], None

    def generic_visit(self, node):
        if isinstance(node, ast.stmt):
            before, self.line = self.line, node
            node = super().generic_visit(node)
            self.line = before
            return node
        return super().generic_visit(node)

    def visit_arguments(self, node):
        return node

    def visit_Assign(self, node):
        before, self.line = self.line, copy.deepcopy(node)
        node.value = self.visit(node.value)
        self.line = before
        return node

    visit_AugAssign = visit_Assign  # what is assigned to is no value

    def visit_AnnAssign(self, node):
        return self.visit_Assign(node) if node.value else node

    def visit(self, node):
        plain = isinstance(getattr(node, "ctx", None), ast.Store | ast.Del)
        if not isinstance(node, NOTED) or plain:
            return super().visit(node)
        before = copy.deepcopy(node)
        self.nodes.append((before, self.line))
        k = len(self.nodes) - 1
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute):  # a function's name is no value
                node.func.value = self.visit(node.func.value)
            node.func = named("__in__", node.func)
            node.args = [self.visit(arg) for arg in node.args]
            for key in node.keywords:
                key.value = self.visit(key.value)
        else:
            node = super().generic_visit(node)
        new = named("__see__", ast.Constant(k), node)
        return ast.fix_missing_locations(ast.copy_location(new, before))


def named(name, *args):
    """Return the call of a function by its name."""
    return ast.Call(ast.Name(name, ast.Load()), list(args), [])


class Watch:
    """Rewrites functions and gathers what they compute.

    Parameters
    ----------
    enter : callable
        Says of a function whether to look inside when it is called.
    """

    def __init__(self, enter):
        self.enter, self.parts, self.made = enter, [], {}

    def rewritten(self, function):
        """Return the watching version of a function, or itself if there is none."""
        key = id(function)
        if key not in self.made:
            self.made[key] = function, self.rewrite(function)  # keeps the id taken
        return self.made[key][1]

    def rewrite(self, function):
        bare = source.plain(function)
        head = bare and source.tree_of(bare)
        if head is None:
            return function
        rewrite = Rewrite()
        head.body = [rewrite.visit(line) for line in head.body]
        head = ast.fix_missing_locations(head)
        space = source.space_of(bare)
        nodes, name, rounds = rewrite.nodes, bare.__name__, [{}]

        def see(k, value):
            if isinstance(value, np.ndarray | float | int | np.generic) and (
                    len(self.parts) < MOST):
                seen = rounds[-1].get(k, 0)
                rounds[-1][k] = seen + 1
                copied = value.copy() if isinstance(value, np.ndarray) else value
                self.parts.append(Part(*nodes[k], name, seen, copied))
            return value

        space["__see__"], space["__in__"] = see, self.inside
        try:
            made = source.build(head, space, bare)
        except (SyntaxError, ValueError, RecursionError):
            return function

        def counted(*args, **kwargs):
            rounds.append({})
            try:
                return made(*args, **kwargs)
            finally:
                rounds.pop()

        return counted

    def inside(self, function):
        """Return what to call in the place of a function."""
        bare = source.plain(function) if callable(function) else None
        return self.rewritten(function) if bare and self.enter(bare) else function


def watched(function, args, enter, seconds=1.0):
    """Run a function on copies of `args` and return all parts in order, and its value.

    Returns
    -------
    parts : list of Part
        Empty where the source is not at hand.
    value : object
        What it returned, or the exception.
    """
    watch = Watch(enter)
    made = watch.rewritten(function)
    if made is function:
        return [], None
    (outcome,) = run.call_all(made, [copy.deepcopy(args)], seconds)[:1]
    return watch.parts, outcome.error or outcome.value


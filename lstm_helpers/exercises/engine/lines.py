"""Slips of whole lines and of names: left out, moved, exchanged, added up.

Each function yields ``(kind, edits, phrase)``, where an edit is
``(node, field, place in its list or None, what to put there)``.
"""

import ast
import itertools

import numpy as np

from lstm_helpers.exercises.engine.operators import of_expression, put, text

WRAPS = {"np.tanh({})": "a `tanh`", "sigmoid({})": "a σ", "np.abs({})": "an `abs`",
         "1 - {}": "a `1 -`", "-{}": "a minus", "({}) ** 2": "a square",
         "np.clip({}, -1, 1)": "a `clip`", "np.round({}, 3)": "a `round`",
         "2 * {}": "a factor of 2", "({}) / 2": "a division by 2",
         "np.sqrt({})": "a root", "np.exp({})": "an `exp`"}
PLAIN = ("-{}", "({}) ** 2", "2 * {}", "({}) / 2", "1 - {}")


def slips_of(function, values):
    """Yield every slip of one place of a function, the likeliest kinds first.

    Parameters
    ----------
    function : ast.FunctionDef
    values : dict
        One value of each variable, to know which may stand for which.
    """
    for line in simple_lines(function):
        for owner, field, k, node in slots(line):
            for kind, new, phrase in of_expression(node):
                yield kind, ((owner, field, k, new),), phrase
    for _, _, body in blocks(function):
        for line in body:
            field = {ast.For: "iter", ast.While: "test", ast.If: "test"}.get(type(line))
            if field:
                head = ast.Expr(getattr(line, field))
                for owner, name, k, node in slots(head):
                    place = (line, field, None) if owner is head else (owner, name, k)
                    for kind, new, phrase in of_expression(node):
                        yield kind, ((*place, new),), phrase
    yield from of_names(function, values)
    yield from of_lines(function)
    yield from of_loops(function)
    yield from of_wraps(function, values)


def slots(tree):
    """Yield every place in a tree that an expression stands in."""
    for owner in ast.walk(tree):
        if isinstance(owner, ast.arguments):
            continue
        for field, value in ast.iter_fields(owner):
            some = value if isinstance(value, list) else [value]
            for k, node in enumerate(some):
                if isinstance(node, ast.expr):
                    yield owner, field, k if isinstance(value, list) else None, node


def blocks(tree):
    """Yield every list of statements with its owner."""
    for owner in ast.walk(tree):
        for field in ("body", "orelse"):
            body = getattr(owner, field, None)
            if isinstance(body, list) and body:
                yield owner, field, body


def simple_lines(function):
    """Yield the statements that hold no others."""
    for _, _, body in blocks(function):
        for line in body:
            if isinstance(line, ast.Assign | ast.Return | ast.Expr | ast.AugAssign):
                yield line


def of_lines(function):
    """A line left out, out of order, added up instead of replaced."""
    for owner, field, body in blocks(function):
        for k, line in enumerate(body):
            if isinstance(line, ast.Return | ast.FunctionDef):
                continue
            without = body[:k] + body[k + 1:] or [ast.Pass()]
            about = line.test if isinstance(line, ast.If | ast.While) else line
            yield "flow", ((owner, field, None, without),), (
                "a line were missing: {}", about)
            if isinstance(line, ast.If):
                always = body[:k] + line.body + body[k + 1:]
                yield "flow", ((owner, field, None, always),), (
                    "an `if` were left out, and its lines done always: {}", line.test)
            if k + 1 < len(body) and not isinstance(body[k + 1], ast.Return):
                some = [*body[:k], body[k + 1], line, *body[k + 2:]]
                yield "flow", ((owner, field, None, some),), (
                    "two lines came in the other order: {}", line)
            if isinstance(line, ast.Assign) and isinstance(line.targets[0], ast.Name):
                load = ast.Name(line.targets[0].id, ast.Load())
                more = ast.Assign(line.targets, ast.BinOp(load, ast.Add(), line.value))
                yield "gather", ((owner, field, k, more),), (
                    "{} were added up, not replaced", load)
                if isinstance(line.value, ast.BinOp) and (
                        text(line.value.left) == load.id):
                    last = ast.Assign(line.targets, line.value.right)
                    yield "gather", ((owner, field, k, last),), (
                        "{} were replaced, not added up", load)
            if isinstance(line, ast.AugAssign):
                last = ast.Assign([line.target], line.value)
                yield "gather", ((owner, field, k, last),), (
                    "{} were replaced, not added up", line.target)
            if isinstance(line, ast.Assign) and isinstance(line.value, ast.Tuple) and (
                    isinstance(line.targets[0], ast.Tuple)):
                for j, one in enumerate(line.targets[0].elts):
                    if isinstance(one, ast.Name) and j < len(line.value.elts):
                        values = list(line.value.elts)
                        values[j] = ast.Name(one.id, ast.Load())
                        yield "flow", ((line.value, "elts", None, values),), (
                            "{} were never renewed", one)


def of_loops(function):
    """A line in or out of a loop; a return inside it; a state that starts anew."""
    for owner, field, body in blocks(function):
        for k, loop in enumerate(body):
            if not isinstance(loop, ast.For | ast.While):
                continue
            for j, line in enumerate(loop.body):
                rest = loop.body[:j] + loop.body[j + 1:]
                for place, word in ((k, "before"), (k + 1, "after")) if rest else ():
                    some = [*body[:place], line, *body[place:]]
                    yield "flow", ((owner, field, None, some),
                                   (loop, "body", None, rest)), (
                        "a line stood {} the loop, not in it: {}", word, line)
            for j, line in enumerate(body[:k]):
                some = body[:j] + body[j + 1:]
                yield "flow", ((owner, field, None, some),
                               (loop, "body", None, [line, *loop.body])), (
                    "a line stood in the loop, not before it: {}", line)
            if isinstance(body[-1], ast.Return):
                yield "flow", ((loop, "body", None, [*loop.body, body[-1]]),), (
                    "`return` stood in the loop, which then ends after one round",)


def alike(a, b):
    """Whether one value can stand where another does."""
    if isinstance(a, np.ndarray) or isinstance(b, np.ndarray):
        return type(a) is type(b) and a.shape == b.shape
    return type(a) is type(b) and isinstance(a, int | float | list | np.generic)


def of_names(function, values):
    """Another variable in the place of one; two exchanged in a line or everywhere."""
    pairs = [(a, b) for a, b in itertools.combinations(values, 2)
             if alike(values[a], values[b])]
    friends = {}
    for a, b in pairs:
        friends.setdefault(a, []).append(b)
        friends.setdefault(b, []).append(a)
    for line in simple_lines(function):
        uses = loads(line)
        for owner, field, k, node in uses:
            for other in friends.get(node.id, ()):
                new = ast.Name(other, ast.Load())
                yield "name", ((owner, field, k, new),), (
                    "{} stood where {} belongs", new, node)
        for a, b in pairs:
            swap = exchange(uses, a, b)
            if len({edit[3].id for edit in swap}) == 2:
                yield "swap", swap, ("{} and {} had changed places", ast.Name(a),
                                     ast.Name(b))
    everywhere = loads(function)
    for a, b in pairs:
        swap = exchange(everywhere, a, b)
        if len(swap) > 2:
            yield "swap", swap, ("{} and {} had changed places everywhere", ast.Name(a),
                                 ast.Name(b))
    held = [slot for slot in slots(function) if isinstance(slot[3], ast.Attribute)
            and isinstance(slot[3].value, ast.Name) and slot[3].value.id in values
            and slot[3].attr not in ("T", "shape")]
    for owner, field, k, node in held:
        for other in {slot[3].attr for slot in held} - {node.attr}:
            yield "name", ((owner, field, k, ast.Attribute(
                node.value, other, ast.Load())),), (
                "`{}` stood where `{}` belongs", f".{other}", f".{node.attr}")


def loads(tree):
    """Return the places where a name is read."""
    return [slot for slot in slots(tree) if isinstance(slot[3], ast.Name)
            and isinstance(slot[3].ctx, ast.Load)]


def exchange(uses, a, b):
    """Return the edits that put a for b and b for a."""
    other = {a: b, b: a}
    return tuple((*use[:3], ast.Name(other[use[3].id], ast.Load()))
                 for use in uses if use[3].id in other)


def of_wraps(function, values):
    """A function too much around a name or a whole right side."""
    for line in simple_lines(function):
        done = set()
        for owner, field, k, node in slots(line):
            loaded = isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
            here = values.get(node.id) if loaded else None
            whole = node is getattr(line, "value", None) and isinstance(
                node, ast.BinOp | ast.Call)
            term = isinstance(owner, ast.BinOp) and isinstance(
                node, ast.Call | ast.BinOp)
            if not (whole or term or isinstance(here, np.ndarray | int | float)):
                continue
            every = whole or isinstance(here, np.ndarray)
            for form in WRAPS if every else PLAIN:
                if (text(node), form, id(owner)) not in done:
                    done.add((text(node), form, id(owner)))
                    new = put(form.format("inner"), inner=node)
                    yield "wrap", ((owner, field, k, new),), (
                        "there were {} too many, around {}", WRAPS[form], node)

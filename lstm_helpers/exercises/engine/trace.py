"""Find the first value in a learner's own lines that no right answer has.

Every part of every line notes its value (`watch`), in the learner's function and in all
right ones. A part of the learner's that no right answer has is *alien*; it is forgiven
where something made of it is right again. The first that is left is what to look at.
"""

import ast
from typing import NamedTuple

import numpy as np

from lstm_helpers.exercises.engine import source, watch
from lstm_helpers.exercises.engine.known import Known, arrays_in


class Alien(NamedTuple):
    """The first part that belongs to no right answer.

    Attributes
    ----------
    part : watch.Part
    kind : str
        "alien"; "moved", where its numbers are right and their places are not;
        "outside", where it is a name that was neither passed nor computed; "written",
        where it is a name that was right, and was written into; "given as NAME", where
        the part is a call that returned it with other things.
    right : tuple of str
        What it is made of and every right answer has, as written.
    moved : tuple of str
        What it is made of and has right numbers, but is no value of a right answer.
    stale : tuple of str
        Names in it that hold what they held a round before.
    sums : str
        The name to which its line adds, if it does.
    passed : tuple of str
        The names of the arguments.
    whole : bool
        Whether every right answer has all that it is made of.
    helper : str
        The name of the function it stands in, where that is not the answer itself.
    """

    part: watch.Part
    kind: str
    right: tuple
    moved: tuple
    stale: tuple
    sums: str
    passed: tuple
    whole: bool
    helper: str


def first_alien(exercise, answer, args):
    """Find the first value of an answer that no right answer has on these arguments.

    Parameters
    ----------
    exercise : Exercise
    answer : callable
    args : tuple
        A probe on which the answer is wrong.

    Returns
    -------
    alien : Alien or None
        None where the source is not at hand, or every part is right.
    early : bool
        Whether every part is right, and what is returned is one of them.
    """
    if not any(np.asarray(part).dtype.kind == "f" for part in arrays_in(args)):
        return None, False  # whole numbers agree by chance
    parts, value = watch.watched(answer, args, source.is_learners)
    if not parts or isinstance(value, BaseException):
        return None, False
    known = Known(exercise, args)
    kinds = [kind_of(part, known) for part in parts]
    suspects = {}  # by the text of the part: the first time it is wrong
    for k, (part, kind) in enumerate(zip(parts, kinds, strict=True)):
        if kind in ("right", "turned") and not constant(part.value):
            forgive(suspects, part, parts)
        elif kind in ("alien", "moved"):
            suspects.setdefault((part.place, ast.unparse(part.node)), k)
    often = {id(part.node) for part in parts if part.round}
    for k in sorted(suspects.values()):
        single = np.ndim(parts[k].value) == 0 and id(parts[k].node) in often
        local = isinstance(parts[k].node, ast.Name) or depends(parts[k], answer)
        if local and (not single or known.loops):
            return describe(parts, kinds, k, answer), False
    early = not suspects and isinstance(value, np.ndarray) and (
        known.kind(value) == "right" and not constant(value))
    return None, early


CHOOSE = {"maximum", "minimum", "where", "clip"}  # numbers of one array or another


def kind_of(part, known):
    """Return the kind of a value; right numbers mixed by a condition are alien."""
    kind, node = known.kind(part.value), part.node
    if kind != "parts" or np.ndim(part.value) == 0:
        return kind
    chosen = isinstance(node, ast.Call) and isinstance(
        node.func, ast.Attribute) and node.func.attr in CHOOSE
    masked = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult) and np.any(
        part.value == 0)
    return "alien" if chosen or masked else kind


def depends(part, answer):
    """Whether a part has to do with anything passed or computed."""
    names = {n.id for n in ast.walk(part.node) if isinstance(n, ast.Name)}
    return part.place != name_of(answer) or bool(names & set(locals_of(answer))) or (
        any(isinstance(n, ast.comprehension) for n in ast.walk(part.line)))


def constant(value):
    """Whether all entries are the same, so that a coincidence is likely."""
    array = np.asarray(value)
    return array.size < 2 or bool(np.all(array == array.flat[0]))


def forgive(suspects, part, parts):
    """Take from the suspects all that a right value is made of, however indirectly."""
    names = {n.id for n in ast.walk(part.node) if isinstance(n, ast.Name)}
    texts = {ast.unparse(n) for n in ast.walk(part.node) if isinstance(n, ast.expr)}
    for key in [key for key in suspects if key[0] == part.place]:
        line = parts[suspects[key]].line
        if key[1] in texts or names & targets(line):
            del suspects[key]


def targets(line):
    """Return the names a statement assigns to."""
    places = getattr(line, "targets", [getattr(line, "target", None)])
    return {n.id for place in places if place is not None
            for n in ast.walk(place) if isinstance(n, ast.Name)}


def describe(parts, kinds, k, answer):
    """Say of one part what it is made of."""
    part = parts[k]
    origin = given_by(parts[:k], part)
    if origin is not None:
        part = part._replace(node=origin.value, line=origin)
    children = {ast.unparse(n): n for n in ast.iter_child_nodes(part.node)
                if isinstance(n, ast.expr)}
    if isinstance(part.node, ast.Call):
        keys = [key.value for key in part.node.keywords]
        children = {ast.unparse(n): n for n in (*part.node.args, *keys)}
    state, before = {}, {}
    for one, kind in zip(parts[:k], kinds, strict=False):
        text = ast.unparse(one.node)
        if one.place == part.place:
            before.setdefault(text, []).append(one)
            state[text] = kind
    if isinstance(part.node, ast.Call) and isinstance(part.node.func, ast.Attribute):
        inner = part.node.func.value
        children |= {ast.unparse(inner): inner} if ast.unparse(inner) in state else {}
    state |= {text: "small" for text in children
              if isinstance(children[text], ast.Constant)}
    whole = all(state.get(text, "small") in ("right", "turned", "small")
                and text in state for text in children)
    right = tuple(text for text in children if state.get(text) in ("right", "turned"))
    moved = tuple(text for text, node in children.items() if state.get(text) in (
        "moved", "reshaped") or (state.get(text) == "parts" and isinstance(
            node, ast.Name) and np.ndim(before[text][-1].value)))
    inside = {n.id for n in ast.walk(part.node) if isinstance(n, ast.Name)}
    stale = tuple(sorted(
        name for name in inside - set(names_passed(answer))
        if part.round and unmoved(before.get(name, ()), parts[k].value)))
    line = part.line
    sums = sum_of(line) if any(
        one.round and one.node is parts[k].node for one in parts) else ""
    kind = "moved" if kinds[k] == "moved" else "alien"
    if origin is not None:
        kind = f"given as {ast.unparse(parts[k].node)}"
    elif isinstance(part.node, ast.Name):
        if part.place == name_of(answer) and part.node.id not in locals_of(answer):
            kind = "outside"
        elif any(now == "right" and gave(one, part)
                 for one, now in zip(parts[:k], kinds, strict=False)):
            kind = "written"
    helper = "" if part.place == name_of(answer) else part.place
    return Alien(part, kind, right, moved, stale, sums, names_passed(answer),
                 whole, helper)


def sum_of(line):
    """Return the name that a line adds to, ``s += …`` or ``s = s + …``, or ""."""
    if isinstance(line, ast.AugAssign) and isinstance(line.target, ast.Name):
        return line.target.id
    value = getattr(line, "value", None)
    if isinstance(line, ast.Assign) and isinstance(value, ast.BinOp) and isinstance(
            value.op, ast.Add | ast.Sub):
        sides = {n.id for n in (value.left, value.right) if isinstance(n, ast.Name)}
        return min(sides & targets(line), default="")
    return ""


def gave(one, part):
    """Whether an earlier part was the value of the name that is now alien."""
    if one.place != part.place:
        return False
    if isinstance(one.node, ast.Name):
        return one.node.id == part.node.id
    value = getattr(one.line, "value", None)
    same = value is not None and (value.lineno, value.col_offset, value.end_col_offset
                                  ) == (one.node.lineno, one.node.col_offset,
                                        one.node.end_col_offset)
    return same and part.node.id in targets(one.line)


def given_by(parts, part):
    """Return the statement ``a, b = f(…)`` that gave a name its value, or None."""
    if isinstance(part.node, ast.Name):
        for one in reversed(parts):
            line = one.line
            if one.place == part.place and isinstance(line, ast.Assign) and isinstance(
                    line.targets[0], ast.Tuple) and isinstance(line.value, ast.Call):
                if part.node.id in targets(line):
                    return line
    return None


def name_of(answer):
    """Return the name a function was defined under."""
    bare = source.plain(answer)
    return bare.__name__ if bare else ""


def locals_of(answer):
    """Return the names a function is passed or gives values to."""
    bare = source.plain(answer)
    return (*bare.__code__.co_varnames, *bare.__code__.co_cellvars) if bare else ()


def names_passed(answer):
    """Return the names of the arguments of a function."""
    bare = source.plain(answer)
    return bare.__code__.co_varnames[:bare.__code__.co_argcount] if bare else ()


def unmoved(loads, value):
    """Whether a state is in this round what it was a round before.

    Of the size of what is computed, that is: weights rightly stay what they are.
    """
    if len(loads) < 2 or np.shape(loads[-1].value) != np.shape(value):
        return False
    rounds = [one for one in loads if one.node is loads[-1].node]
    return len(rounds) > 1 and np.ndim(value) > 0 and np.array_equal(
        rounds[-1].value, rounds[-2].value)

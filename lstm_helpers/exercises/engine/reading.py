"""Read a wrong answer's code for what surprises those who wrote it.

Each reader takes the syntax tree and yields sentences that are true of the lines as
they stand; `read` returns the first.
"""

import ast
import builtins

import numpy as np

from lstm_helpers.exercises.engine import source


def read(answer, exercise, raised=False):
    """Say one thing about the code of a wrong answer, or nothing.

    Parameters
    ----------
    answer : callable
    exercise : Exercise
    raised : bool
        Whether it raised an exception: what was left out then is not the matter.

    Returns
    -------
    tuple of str
        Of one sentence, or empty.
    """
    bare = source.plain(answer)
    tree = source.tree_of(bare) if bare else None
    if tree is None:
        return ()
    for reader in (trailing_commas, kept_defaults, one_array_twice, from_outside):
        for sentence in reader(tree, bare):
            return (sentence,)
    if raised:
        return ()
    solution = source.plain(exercise.solution)
    return tuple(unused(tree, solution and source.tree_of(solution)))[:1]


def trailing_commas(tree, function):
    """``a = x,`` is a tuple of one."""
    for line in ast.walk(tree):
        if isinstance(line, ast.Assign | ast.Return) and isinstance(
                line.value, ast.Tuple) and len(line.value.elts) == 1:
            yield (f"Line {line.lineno} ends with a comma, and that makes a tuple of "
                   "one of it: leave it out.")


def kept_defaults(tree, function):
    """A list or dict as a default argument stays from call to call."""
    places = [*tree.args.args][len(tree.args.args) - len(tree.args.defaults):]
    for place, default in zip(places, tree.args.defaults, strict=True):
        if isinstance(default, ast.List | ast.Dict | ast.Set):
            yield (f"`{place.arg}` has a default that is made once and kept from call "
                   "to call: what one call puts into it, the next one finds.")


def one_array_twice(tree, function):
    """Two names of one array, and something is written into it."""
    written = {}
    for line in ast.walk(tree):
        for place in getattr(line, "targets", [getattr(line, "target", None)]):
            if isinstance(place, ast.Subscript) and isinstance(place.value, ast.Name):
                written.setdefault(place.value.id, line.lineno)
    for line in ast.walk(tree):
        if not isinstance(line, ast.Assign):
            continue
        for names, shared in second_names(line):
            hit = [name for name in names if name in written]
            first = min((written[name] for name in hit), default=0)
            if hit and len(names) > 1 and first >= line.lineno:
                both = " and ".join(f"`{name}`" for name in names[:2])
                yield (f"Since line {line.lineno}, {both} are {shared}: line {first} "
                       "writes into both. `.copy()` makes two.")


def second_names(line):
    """Yield the names that one statement gives to the same array."""
    value, targets = line.value, line.targets
    plain = [t.id for t in targets if isinstance(t, ast.Name)]
    made = isinstance(value, ast.Call) or (
        isinstance(value, ast.BinOp) and isinstance(value.left, ast.List))
    if len(plain) == 2 and made:
        yield plain, "one and the same array"
    if len(targets) == 1 and isinstance(targets[0], ast.Tuple) and isinstance(
            value, ast.Tuple) and len(value.elts) == len(targets[0].elts):
        same = {}
        for target, part in zip(targets[0].elts, value.elts, strict=True):
            if isinstance(target, ast.Name) and isinstance(part, ast.Name):
                same.setdefault(part.id, []).append(target.id)
        yield from ((names, "one and the same array") for names in same.values())
    if len(plain) == 1 and len(targets) == 1:
        if isinstance(value, ast.Name):
            yield [plain[0], value.id], "one and the same array"
        cut = isinstance(value, ast.Subscript) and isinstance(value.value, ast.Name)
        if cut and any(isinstance(n, ast.Slice) for n in ast.walk(value.slice)):
            yield [plain[0], value.value.id], "the same numbers, for a slice is a view"


def from_outside(tree, function):
    """A number or an array of the notebook is used in the place of an argument."""
    own = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)
           and not isinstance(n.ctx, ast.Load)}
    own |= {n.arg for n in ast.walk(tree) if isinstance(n, ast.arg)}
    space = source.space_of(function)
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id not in own and not hasattr(
                builtins, node.id):
            value = space.get(node.id)
            if isinstance(value, np.ndarray | int | float) and not node.id.isupper():
                yield (f"`{node.id}` in line {node.lineno} is no argument: it comes "
                       "from the notebook, and stays the same whatever is passed.")


def unused(tree, right):
    """An argument that the solution reads and this answer does not."""
    if right is None:
        return
    read_here = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)}
    read_there = {n.id for n in ast.walk(right) if isinstance(n, ast.Name)}
    for mine, ours in zip(tree.args.args, right.args.args, strict=False):
        if mine.arg not in read_here and ours.arg in read_there and tree.args.args:
            yield f"`{mine.arg}` is passed, and your lines never use it."

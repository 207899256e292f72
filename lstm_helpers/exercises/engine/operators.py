"""Slips within an expression: one small place of a right answer is changed.

Each function takes a node and yields ``(kind, new node, phrase)``. A phrase is a
template and what fills it; a node in it is said by the names the learner knows. It
completes the sentence "It comes out exactly as if …".
"""

import ast
import builtins
import copy
import itertools

import numpy as np

LIKE = {  # functions that are taken for one another
    "tanh": ("sigmoid",), "sigmoid": ("tanh",), "sin": ("cos",), "cos": ("sin",),
    "arccos": ("arcsin", "cos"), "sum": ("mean", "max"),
    "mean": ("sum", "max", "median"),
    "max": ("min", "mean", "sum"), "min": ("max",), "stack": ("concatenate",),
    "concatenate": ("stack",), "abs": ("square",), "zeros_like": ("ones_like",),
    "zeros": ("ones",), "argmax": ("argmin", "max"), "std": ("var",), "log": ("log2",),
    "log2": ("log",), "exp": ("tanh",), "floor": ("ceil", "round"), "maximum": (
        "minimum",), "minimum": ("maximum",), "any": ("all",), "all": ("any",),
    "eigvals": ("eigvalsh",), "sqrt": ("square",), "ceil": ("floor",),
}
NAMES = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.MatMult: "@",
         ast.Pow: "**", ast.Mod: "%", ast.FloorDiv: "//"}
TAKEN_FOR = {ast.Add: (ast.Sub, ast.Mult), ast.Sub: (ast.Add,), ast.Div: (ast.Mult,),
             ast.Mult: (ast.Add, ast.MatMult, ast.Div), ast.MatMult: (ast.Mult,),
             ast.Pow: (ast.Mult,), ast.FloorDiv: (ast.Div,)}
COMPARED = {ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
            ast.Eq: ast.NotEq, ast.NotEq: ast.Eq}


def text(node):
    """Return the code of a node."""
    return ast.unparse(node)


def put(source, **parts):
    """Parse an expression and put nodes in the place of names."""
    class Put(ast.NodeTransformer):
        def visit_Name(self, node):
            return copy.deepcopy(parts.get(node.id, node))

    return Put().visit(ast.parse(source, mode="eval").body)


def called(node):
    """Return the name of the function that is called."""
    return node.func.attr if isinstance(node.func, ast.Attribute) else text(node.func)


def known(name):
    """Return a function's name in backticks where a learner knows it."""
    homes = np, np.ndarray, np.linalg, builtins
    common = name == "sigmoid" or any(hasattr(home, name) for home in homes)
    return f"`{name}`" if common else "a function"


def is_method(node):
    """Whether a call belongs to a value, ``z.sum()``, not to a module."""
    return isinstance(node.func, ast.Attribute) and text(node.func.value) not in (
        "np", "np.linalg", "math", "np.random")


def of_expression(node):
    """Yield every slip at one node."""
    if isinstance(node, ast.BinOp):
        yield from of_binary(node)
    elif isinstance(node, ast.Call):
        yield from of_call(node)
        yield from of_axes(node)
    elif isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load):
        yield from of_index(node)
    yield from of_rest(node)


def of_binary(node):
    """A term or a factor left out, another sign, changed places, brackets."""
    a, op, b = node.left, node.op, node.right
    word = {ast.Add: "term", ast.Sub: "term", ast.Mult: "factor", ast.Div: "division",
            ast.MatMult: "factor", ast.Pow: "power", ast.FloorDiv: "division"}
    word = word.get(type(op))
    if word:
        yield "drop", a, ("a {} were missing: {}", word, b)
    if isinstance(op, ast.Add | ast.Mult | ast.MatMult):
        yield "drop", b, ("a {} were missing: {}", word, a)
    if isinstance(op, ast.Sub):
        yield "drop", ast.UnaryOp(ast.USub(), b), ("a term were missing: {}", a)
    for other in TAKEN_FOR.get(type(op), ()):
        yield "op", ast.BinOp(a, other(), b), (
            "`{}` stood where `{}` belongs, in {}", NAMES[other], NAMES[type(op)], node)
    if isinstance(op, ast.Sub | ast.Div | ast.MatMult):
        yield "swap", ast.BinOp(b, op, a), (
            "the two sides of a `{}` had changed places, in {}", NAMES[type(op)], node)
    if isinstance(op, ast.MatMult):
        for x, form in ((a, "x.T @ other"), (b, "other @ x.T")):
            if not (isinstance(x, ast.Attribute) and x.attr == "T"):
                yield "axis", put(form, x=x, other=b if x is a else a), (
                    "something were transposed that should not be: {}", x)
    if isinstance(op, ast.Mult | ast.Div):
        if isinstance(b, ast.BinOp) and not isinstance(b.op, ast.Pow):
            yield "bracket", ast.BinOp(ast.BinOp(a, op, b.left), b.op, b.right), (
                "brackets were missing, around {}", b)
        if isinstance(a, ast.BinOp) and isinstance(a.op, ast.Add | ast.Sub | ast.Mult):
            yield "bracket", ast.BinOp(a.left, a.op, ast.BinOp(a.right, op, b)), (
                "brackets were missing, around {}", a)
    if isinstance(op, ast.Add) and isinstance(a, ast.BinOp) and isinstance(
            a.op, ast.Mult):
        yield "bracket", ast.BinOp(a.left, a.op, ast.BinOp(a.right, op, b)), (
            "a factor reached too far, over the whole sum: {}", a.left)


def of_call(node):
    """No function, a like one, other arguments, another order."""
    name, method = called(node), is_method(node)
    inner = node.func.value if method else node.args[0] if len(node.args) == 1 else None
    if inner is not None and name not in ("range", "len", "append"):
        yield "call", inner, ("{} were left out", known(name))
    for other in LIKE.get(name, ()):
        head = copy.copy(node.func)
        if "sigmoid" in (name, other):
            head = put("sigmoid" if other == "sigmoid" else "np.tanh")
        elif isinstance(head, ast.Attribute):
            head.attr = other
        else:
            head = ast.Name(other, ast.Load())
        yield "like", ast.Call(head, node.args, node.keywords), (
            "{} stood where {} belongs", known(other), known(name))
    for j, k in itertools.combinations(range(len(node.args)), 2):
        args = list(node.args)
        args[j], args[k] = args[k], args[j]
        yield "swap", ast.Call(node.func, args, node.keywords), (
            "{} and {} had changed places", args[k], args[j])
    if not method and len(node.args) == 1:
        arg, head = node.args[0], node.func
        if isinstance(arg, ast.BinOp):
            one, two = (ast.Call(head, [side], node.keywords)
                        for side in (arg.left, arg.right))
            for new in ((one, arg.right), (arg.left, two), (one, two)):
                yield "order", ast.BinOp(new[0], arg.op, new[1]), (
                    "{} were taken of a part only, or of each part", known(name))
        if isinstance(arg, ast.Call) and len(arg.args) == 1 and not arg.keywords:
            swapped = ast.Call(arg.func, [ast.Call(head, arg.args, node.keywords)], [])
            yield "order", swapped, ("{} and {} came in the other order",
                                     known(name), known(called(arg)))
    if name == "range":
        n = node.args[-1]
        yield "index", put("range(1, n)", n=n), ("a loop left out the first round",)
        yield "index", put("range(n - 1)", n=n), ("a loop left out the last round",)
        yield "index", put("range(n + 1)", n=n), ("a loop made a round too many",)
    if name == "reversed" and len(node.args) == 1:
        yield "order", node.args[0], ("a loop ran the other way",)


def of_axes(node):
    """Other axes for a function that goes along some."""
    name = called(node)
    for k, key in enumerate(node.keywords):
        if key.arg != "axis":
            continue
        rest = node.keywords[:k] + node.keywords[k + 1:]
        yield "axis", ast.Call(node.func, node.args, rest), (
            "{} had no `axis`", known(name))
        for axis in ("0", "1", "2", "-1", "(0, 1)", "(1, 2)"):
            if axis != text(key.value):
                new = ast.keyword("axis", put(axis))
                yield "axis", ast.Call(node.func, node.args, [*rest, new]), (
                    "{} went along another axis: `axis={}`", known(name), axis)
    for k, key in enumerate(node.keywords):
        if key.arg == "keepdims":
            rest = node.keywords[:k] + node.keywords[k + 1:]
            yield "axis", ast.Call(node.func, node.args, rest), (
                "{} dropped the axis it should keep", known(name))


def of_index(node):
    """An index or a slice shifted, dropped, or along another axis."""
    at, value = node.slice, node.value
    yield "index", value, ("an index were missing behind {}", value)
    parts = list(at.elts) if isinstance(at, ast.Tuple) else [at]
    whole = [isinstance(p, ast.Slice) and not p.lower and not p.upper and not p.step
             for p in parts]
    if len(parts) == 2 and whole[0]:
        for new in (parts[1], ast.Tuple([parts[1], parts[0]], ast.Load())):
            yield "axis", ast.Subscript(value, new, node.ctx), (
                "{} were cut along the first axis, not the second", value)
    if len(parts) == 1:
        new = ast.Tuple([ast.Slice(), parts[0]], ast.Load())
        yield "axis", ast.Subscript(value, new, node.ctx), (
            "{} were cut along the second axis, not the first", value)
    for k, part in enumerate(parts):
        for new, how in shifted(part):
            some = [*parts[:k], new, *parts[k + 1:]]
            index = some[0] if len(some) == 1 else ast.Tuple(some, ast.Load())
            yield "index", ast.Subscript(value, index, node.ctx), (
                "{} were cut {}", value, how)


def plus(node, k):
    """Return ``node + k``."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.operand, ast.Constant):
        return ast.Constant(-node.operand.value + k)
    if isinstance(node, ast.Constant):
        return ast.Constant(node.value + k)
    return put(f"n {'+' if k > 0 else '-'} {abs(k)}", n=node)


def shifted(part):
    """Yield other slices with a word on how they differ."""
    if isinstance(part, ast.Slice):
        lower, upper, step = part.lower, part.upper, part.step
        if step:
            yield ast.Slice(lower, upper), "without its step"
        for k, way in ((-1, "one place too early"), (1, "one place too late")):
            if lower:
                yield ast.Slice(plus(lower, k), upper, step), f"from {way}"
            if upper:
                yield ast.Slice(lower, plus(upper, k), step), f"to {way}"
            if lower and upper:
                yield ast.Slice(plus(lower, k), plus(upper, k), step), way
        if lower:
            yield ast.Slice(None, upper, step), "from the start"
            yield ast.Slice(None, lower, step), "up to where it should begin"
        if upper:
            yield ast.Slice(lower, None, step), "to the end"
            yield ast.Slice(upper, None, step), "from where it should end"
    elif isinstance(part, ast.Name):
        yield plus(part, -1), "one place too early"
        yield plus(part, 1), "one place too late"


def of_rest(node):
    """Constants, transposes, comparisons, tuples."""
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        v = node.value
        half = v / 2 if v % 2 else v // 2
        for w in dict.fromkeys((v + 1, v - 1, 2 * v, half, 0, -v)):
            if w != v:
                yield "const", ast.Constant(w), (
                    "a number were another one: {}", f"{w:g}")
    if isinstance(node, ast.Attribute) and node.attr == "T":
        yield "axis", node.value, ("a transpose were missing: {}", node.value)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        yield "drop", node.operand, ("a minus were missing: {}", node.operand)
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        other = COMPARED.get(type(node.ops[0]))
        if other:
            yield "index", ast.Compare(node.left, [other()], node.comparators), (
                "a comparison were off by the case of equality, in {}", node)
    if isinstance(node, ast.Tuple | ast.List) and not isinstance(node.ctx, ast.Del):
        for j, k in itertools.combinations(range(len(node.elts)), 2):
            some = list(node.elts)
            some[j], some[k] = some[k], some[j]
            yield "swap", type(node)(some, node.ctx), (
                "{} and {} had changed places", some[k], some[j])
        if isinstance(node.ctx, ast.Load) and len(node.elts) > 1:
            for k, one in enumerate(node.elts):
                some = node.elts[:k] + node.elts[k + 1:]
                new = type(node)(some, node.ctx) if len(some) > 1 else some[0]
                yield "drop", new, ("one of several were left out: {}", one)

"""The beginning of a `Mistake` for an answer the catalogue does not know."""

import ast
import textwrap

REASON = ("Name what was probably thought, and say why that is not so.",)


def stub(group, exercise):
    """Return source to paste into an exercise of ``exercises/notebooks``.

    Parameters
    ----------
    group : Group
        Wrong answers that are wrong in the same way.
    exercise : Exercise
        Of the summary.

    Returns
    -------
    str
        A function and a ``Mistake(...)`` that names it; for a value the value alone.
    """
    source = textwrap.dedent(group.example).strip()
    answer = '"the answer"'
    try:
        body = ast.parse(source).body
    except SyntaxError:
        body = []
    defined = [s.name for s in body if isinstance(s, ast.FunctionDef)]
    values = {s.targets[0].id: s.value for s in body if isinstance(s, ast.Assign)
              and isinstance(s.targets[0], ast.Name)}
    head = source + "\n\n\n" if exercise.function else ""
    last = body[-1] if body else None
    if isinstance(last, ast.FunctionDef):
        answer = last.name
    elif isinstance(last, ast.Assign | ast.Expr):
        value = last.value
        while isinstance(value, ast.Name) and values.get(value.id) is not None:
            value = values.pop(value.id)
        answer = ast.unparse(value)
        if defined and answer == defined[-1]:
            while not isinstance(body[-1], ast.FunctionDef):
                body.pop()  # what only gives it another name
            lines = source.split("\n")[:body[-1].end_lineno]
            head = "\n".join(lines) + "\n\n\n"
    count = len(group.students)
    return (f"{head}Mistake(  # {exercise.id}: {count} "
            f"student{'s' * (count > 1)}\n    {answer},\n"
            f'    "{REASON[0]}",\n),')

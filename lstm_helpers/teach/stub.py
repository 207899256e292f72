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
    if body and isinstance(body[-1], ast.FunctionDef):
        answer = body[-1].name
        head = source + "\n\n\n"
    elif body and isinstance(body[-1], ast.Assign | ast.Expr):
        answer, head = ast.unparse(body[-1].value), ""
    else:
        head = ""
    count = len(group.students)
    return (f"{head}Mistake(  # {exercise.id}: {count} "
            f"student{'s' * (count > 1)}\n    {answer},\n"
            f'    "{REASON[0]}",\n),')

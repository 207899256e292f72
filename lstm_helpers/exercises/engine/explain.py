"""Say of a wrong function what nobody listed: where it goes wrong in its own lines."""

import ast

from lstm_helpers.exercises.engine import trace

EARLY = ("Every value in your lines occurs in a right answer, and so does what is "
         "returned: it is a value on the way. Is a last step left out, or was another "
         "value to be returned?")
ALONG = {"mean", "sum", "max", "min", "std", "var", "argmax", "argmin", "cumsum",
         "concatenate", "stack", "split", "norm", "median", "prod", "any", "all"}
LONGEST = 60  # letters of the learner's own line that are quoted


def reasons(exercise, answer, args):
    """Say where an answer leaves the right way, in its own words.

    Parameters
    ----------
    exercise : Exercise
        One whose answer is a function, not described.
    answer : callable
    args : tuple
        The probe on which it is wrong.

    Returns
    -------
    tuple of str
        Empty where nothing is sure.
    """
    try:
        alien, early = trace.first_alien(exercise, answer, args)
        if alien:
            return sentences(alien)
        return (EARLY,) if early else ()
    except Exception:  # whatever was written: the general words remain
        return ()


def sentences(alien):
    """Put an alien part into words; it quotes nothing but the learner's line."""
    part = alien.part
    shown = code(part.node)
    line = f"line {part.node.lineno}"
    where = f"In {line} of `{alien.helper}`" if alien.helper else f"In your {line}"
    if part.round:
        where = f"From round {part.round + 1} of the loop on, in{where[2:]}"
    if alien.kind == "outside":
        return (f"{where}, {shown} is not among the arguments: its value comes from "
                "the notebook, and no right answer has it.",)
    if alien.kind == "written":
        return (f"{where}, {shown} is no longer right. It was before: what has been "
                "written into it since then does not belong.",)
    if alien.sums:
        return (f"What {line} adds up in `{alien.sums}` comes to no value that a right "
                "answer has.",)
    if alien.kind == "moved":
        return (f"{where}, {shown} holds the right numbers, but in an order, or along "
                "axes, that no right answer has.",)
    given = alien.kind.removeprefix("given as ")
    if given != alien.kind:
        shown = f"`{given}`, given by {shown},"
    said = [f"{where}, {shown} is the first value that does not belong: no right "
            "answer has it."]
    if alien.stale:
        names = " and ".join(f"`{name}`" for name in alien.stale)
        verb = "hold what they" if len(alien.stale) > 1 else "holds what it"
        said.append(f"{names} in it still {verb} held a round before.")
    elif alien.moved:
        said.append(f"`{alien.moved[0]}` in it has right numbers in a form that no "
                    "right answer has.")
    elif alien.right:
        said.append(made_of(part.node, alien))
    return (" ".join(said).strip(),)


def made_of(node, alien):
    """Say which inputs of a part are right."""
    right = [text for text in alien.right if alien.whole or text not in alien.passed]
    if not right:
        return ""
    names = " and ".join(f"`{short(text)}`" for text in right)
    if len(right) > 2:
        names = "What it is made of" if alien.whole else " and ".join(
            f"`{short(text)}`" for text in right[:2])
    occur = "occurs" if len(right) == 1 or names[0] == "W" else "occur"
    if isinstance(node, ast.Subscript):
        return f"{names} {occur} in a right answer: look at what is cut out."
    if isinstance(node, ast.Call):
        called = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        if set(right) <= set(alien.passed):
            return "Is another function meant" + (
                ", or another `axis`?" if called in ALONG else " here?")
        if alien.part.round and alien.whole:
            return f"{names} {occur} in a right answer, but perhaps at another step."
        return (f"{names} {occur} in a right answer: is something left out before it, "
                "or is another function meant?")
    if isinstance(node, ast.BinOp) and len(right) == 2:
        return f"{names} both occur in right answers, but nowhere joined like this."
    return f"{names} in it {occur} in a right answer."


def short(text):
    """Cut a long piece of code; what is left out leaves a mark."""
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else text[:LONGEST] + " …"


def code(node):
    """Quote a part as it was written."""
    return f"`{short(ast.unparse(node))}`"

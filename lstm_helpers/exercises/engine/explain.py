"""Say of a wrong function what nobody listed: where it goes wrong in its own lines."""

import ast
import contextlib

from lstm_helpers.exercises.engine import reading, slips, source, trace

EARLY = ("Every value in your lines occurs in a right answer, and so does what is "
         "returned: it is a value on the way. Is a last step left out, or was another "
         "value to be returned?")
ALONG = {"mean", "sum", "max", "min", "std", "var", "argmax", "argmin", "cumsum",
         "concatenate", "stack", "split", "norm", "median", "prod", "any", "all"}
LONGEST = 60  # letters of the learner's own line that are quoted


def reasons(exercise, answer, mine, probes, k, limit=10.0):
    """Say where an answer leaves the right way, and by which slip.

    Parameters
    ----------
    exercise : Exercise
        One whose answer is a function, not described.
    answer : callable
    mine : list of run.Outcome
        What it did, one a probe.
    probes : list of tuple
    k : int
        The first probe on which it is wrong.
    limit : float
        Seconds the answer may run; a tenth of it is spent on slips.

    Returns
    -------
    tuple of str
        Empty where nothing is sure.
    """
    said = ()
    with contextlib.suppress(Exception):  # whatever was written: general words stay
        said += own_line(answer, exercise, probes[k])
    with contextlib.suppress(Exception):
        said += slip(exercise, answer, mine, probes, k, limit / 10)
    with contextlib.suppress(Exception):
        said += reading.read(answer, exercise, bool(mine[k].error))
    return said


def own_line(answer, exercise, args):
    """Name the first value in the learner's own lines that does not belong."""
    alien, early = trace.first_alien(exercise, answer, args)
    if alien:
        return sentences(alien)
    return (EARLY,) if early else ()


def slip(exercise, answer, mine, probes, k, budget=1.0):
    """Say which slip in a right answer gives what this one gives."""
    if mine[k].error:
        return ()
    found = slips.explain(exercise, mine, probes, k, budget)
    return as_if(found, lambda table: shared_names(exercise, answer, table.function))


def number(exercise, value):
    """Say which slip in the formula of an exercise gives a wrong number."""
    try:
        found = slips.of_number(exercise, value) if exercise.formula else ()
        return as_if(found, lambda table: {
            name: name for name in table.function.__code__.co_varnames})
    except Exception:  # whatever was answered: the general words remain
        return ()


def as_if(found, names_for):
    """Put the likeliest slips into one sentence, two of unlike kinds at most."""
    said = {}
    for some, table in found:
        names = names_for(table)
        parts = [one.said(names) for one in some]
        text = ", and as if ".join(dict.fromkeys(parts))
        if len(parts) > len(set(parts)):
            text += ", twice"
        said.setdefault(tuple(one.kind for one in some), text)
    best = list(said.values())[:2]
    vague = {"const", "wrap"}
    if not best or (len(said) > 3 and set(next(iter(said))) <= vague):
        return ()  # too many things would do it
    return (f"It comes out exactly as if {', or as if '.join(best)}.",)


def shared_names(exercise, answer, right):
    """Return our names for what the learner has a name for, with theirs."""
    ours, bare = right.__code__, source.plain(answer)
    theirs = bare.__code__ if bare else ours
    names = {name: name for name in ours.co_varnames
             if name in theirs.co_varnames and len(name) > 1}
    names |= {name: name for name in exercise.returns if name in ours.co_varnames}
    passed = zip(ours.co_varnames[:ours.co_argcount],
                 theirs.co_varnames[:theirs.co_argcount], strict=False)
    return names | dict(passed)


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

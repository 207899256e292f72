"""A shown solution runs where it is pasted: among the names of its own notebook."""

import contextlib
import inspect
import io
import json
import linecache
import os
import re
import textwrap
from pathlib import Path

import matplotlib
import pytest
from IPython.core.inputtransformer2 import TransformerManager

from lstm_helpers.exercises import catalogue
from lstm_helpers.exercises.engine.judge import judge

ROOT = Path(__file__).parents[2]
EXERCISES = [e for nb in catalogue.notebooks() for e in catalogue.exercises_of(nb)
             if e.wants_function and not e.needs]


def handed_on(cells):
    """Return what a notebook hands on with ``name = use(id, name)``, by name."""
    text = "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "code")
    found = re.findall(r'^(\w+) = use\(\s*"([\d.]+)"', text, re.M)
    return {name: catalogue.find(id).solution for name, id in found}


@pytest.fixture(scope="module")
def imports():
    """Return the names that the first code cell of a notebook gives, by number."""
    known = {}

    def names(number):
        if number not in known:
            path, = (ROOT / "notebooks").glob(f"{number}_*.ipynb")
            cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
            code = next(c for c in cells if c["cell_type"] == "code")
            source = TransformerManager().transform_cell("".join(code["source"]))
            known[number] = handed_on(cells)
            here = os.getcwd()
            try:
                with (contextlib.redirect_stdout(io.StringIO()),
                      matplotlib.rc_context()):
                    exec(source, known[number])
            finally:
                os.chdir(here)
        return dict(known[number])

    return names


@pytest.mark.parametrize("exercise", EXERCISES, ids=[e.id for e in EXERCISES])
def test_a_shown_solution_is_right_where_it_is_pasted(exercise, imports):
    space = imports(exercise.id[:2])
    source = textwrap.dedent(inspect.getsource(exercise.solution)).strip() + "\n"
    name = f"<pasted {exercise.id}>"
    linecache.cache[name] = len(source), None, source.splitlines(True), name
    exec(compile(source, name, "exec"), space)
    verdict = judge(exercise, space[exercise.solution.__name__])
    assert verdict.outcome == "right", verdict.lines

"""Functions as a cell of a notebook defines them: with a source that can be read."""

import itertools
import linecache

import numpy as np

CELLS = itertools.count()


def cell(text, name="answer", **space):
    """Define what a cell of a notebook defines, and return one function of it."""
    file = f"<cell {next(CELLS)}>"
    linecache.cache[file] = len(text), None, text.splitlines(True), file
    space = {"np": np} | space
    exec(compile(text, file, "exec"), space)
    return space[name]

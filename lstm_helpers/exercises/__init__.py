"""Exercises that know why an answer is wrong: check, hint, solution, progress.

>>> from lstm_helpers.exercises import check, hint, solution, progress, use
>>> check("01.1", rnn_step)      # judge your function, or your value
>>> hint("01.1")                 # first the idea, the second time the equation
>>> solution("01.1")             # one right answer, and why it is right
>>> use("01.1", rnn_step)        # yours once it is right, the package's until then
>>> progress()                   # what is done
"""

from lstm_helpers.exercises.api import (
    check,
    check_button,
    hint,
    progress,
    solution,
    use,
)

__all__ = ["check", "check_button", "hint", "progress", "solution", "use"]

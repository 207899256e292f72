"""What an exercise is: data, from which checks, hints, solutions and tests follow."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

KINDS = ("predict", "implement", "break", "extend")


@dataclass(frozen=True)
class Mistake:
    """A wrong answer, and the reason to give whoever's answer behaves like it.

    Attributes
    ----------
    answer : callable or value
        What a learner who errs in this way would hand in.
    reason : str
        Names what was probably thought, and why that is not so. `code` in backticks.
    fault : str
        What to pass to the exercise's `broken` for this mistake, so that it is also
        recognised together with another one.
    """

    answer: Any
    reason: str
    fault: str = ""


@dataclass(frozen=True)
class Exercise:
    """One exercise.

    Attributes
    ----------
    id : str
        Notebook and number, "02.1".
    title, task : str
        A few words; and the goal in one sentence.
    minutes : int
    kind : str
        One of `KINDS`.
    hints : tuple of two or three str
        First the idea, last the equation; between them perhaps where to look.
    solution : callable or value
        A right answer. Its source is what `solution(id)` shows.
    explanation : str
        Why it is right.
    mistakes : tuple of Mistake
        At least three.
    probes : callable, optional
        ``probes(rng)`` draws a list of argument tuples on which an answer that is a
        function is run. Left out, the answer is a value.
    returns : tuple of str
        The names of the values the function returns, for the messages.
    rtol, atol : float
        How near a number has to be.
    choices : tuple of str
        For a choice: what may be answered.
    others : tuple
        Right answers written in another way; tests hold that they are accepted.
    broken : callable, optional
        ``broken("no bias", "no tanh")`` returns an answer with these faults.
    describe : callable, optional
        Turns what a function returned, a Keras model say, into plain numbers and words
        to compare, or raises `form.WrongForm` with a sentence for the learner.
    needs : str
        The library such an answer is made with, "keras". Solution and mistakes import
        it; nothing of them runs before an answer came that can be described.
    seconds : float
        How long an answer may run on all probes together.
    formula : callable, optional
        For a number: how it comes about, a function whose arguments are the quantities
        of the task with their values as defaults, ``lambda D=1, H=16: H * (D + H)``.
        Slips in it explain a wrong number.
    alarm : bool
        Whether an overflow, or a division by zero, inside an answer is an error.
    """

    id: str
    title: str
    task: str
    minutes: int
    kind: str
    hints: tuple[str, ...]
    solution: Any
    explanation: str
    mistakes: tuple[Mistake, ...]
    probes: Callable | None = None
    returns: tuple[str, ...] = ()
    rtol: float = 1e-5
    atol: float = 1e-7
    choices: tuple[str, ...] = ()
    others: tuple = field(default=())
    broken: Callable | None = None
    describe: Callable | None = None
    needs: str = ""
    seconds: float = 10.0
    formula: Callable | None = None
    alarm: bool = False

    @property
    def wants_function(self):
        """Whether the answer is a function, to be run on probes."""
        return self.probes is not None

"""The check as a button under the cell, for front ends that show widgets."""

import ipywidgets

from lstm_helpers.exercises.card import Card


class Button(ipywidgets.VBox):
    """Three buttons, check, hint and solution, and the card they lead to.

    Parameters
    ----------
    exercise : Exercise
    answer : callable
        Called without arguments when "Check" is pressed; returns the answer.
    session : Session
    """

    def __init__(self, exercise, answer, session):
        self.session = session
        self.card = ipywidgets.HTML()
        actions = {
            f"Check {exercise.id}": lambda: self.check(exercise, answer),
            "Hint": lambda: session.hint(exercise),
            "Solution": lambda: session.solution(exercise),
        }
        self.buttons = []
        for label, action in actions.items():
            button = ipywidgets.Button(description=label)
            button.on_click(lambda _, action=action: self.show(action()))
            self.buttons.append(button)
        super().__init__([ipywidgets.HBox(self.buttons), self.card])

    def check(self, exercise, answer):
        """Fetch the answer as it is now and judge it."""
        try:
            now = answer()
        except NameError as error:
            return Card(f"{exercise.id} {exercise.title}", [
                f"`{error}`: run the cell that defines it first."])
        return self.session.check(exercise, now)

    def show(self, card):
        """Show a card below the buttons."""
        self.card.value = card._repr_html_()

    def _repr_mimebundle_(self, **kwargs):
        bundle = super()._repr_mimebundle_(**kwargs)
        return bundle | {"text/plain": "Run this cell: the check appears as a button."}

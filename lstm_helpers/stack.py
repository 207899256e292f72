"""Which engine computes a model, and what its parameters are and start from."""

from collections.abc import Mapping

from lstm_helpers import init, readable, validate
from lstm_helpers.fast import engine as fast

CELLS = ("lstm", "gru", "rnn")
ENGINES = {"fast": fast.Engine, "readable": readable.Engine}


class Params(Mapping):
    """Parameters by name; assigning copies the numbers in and checks the shape."""

    def __init__(self, arrays):
        self._arrays = arrays

    def __getitem__(self, name):
        return self._arrays[name]

    def __iter__(self):
        return iter(self._arrays)

    def __len__(self):
        return len(self._arrays)

    def __setitem__(self, name, value):
        validate.one_of("name", name, tuple(self._arrays))
        validate.array(name, value)
        if value.shape != self[name].shape:
            raise ValueError(
                f"{name} must have shape {self[name].shape}, got {value.shape}"
            )
        self[name][...] = value

    def update(self, values):
        """Copy in several parameters: ``model.params.update(other.params)``."""
        for name, value in values.items():
            self[name] = value

    def __repr__(self):
        return "\n".join(f"{name:4} {z.shape}" for name, z in self.items())


def starting_values(cell, engine, forget_bias):
    """Return ``draw(rng, D, H)`` of a cell's parameters; check cell and engine."""
    validate.one_of("engine", engine, tuple(ENGINES))
    if isinstance(cell, tuple):
        if len(cell) != 3 or not all(map(callable, cell)):
            raise TypeError("cell must be a name, or (forward, backward, params), "
                            f"three functions, got {cell!r}")
        if engine != "readable":
            raise ValueError('engine must be "readable" for a cell of your own, '
                             f"got {engine!r}")
        return cell[2]
    validate.one_of("cell", cell, CELLS)
    if cell == "lstm":
        return lambda rng, D, H: init.lstm_params(rng, D, H, forget_bias)
    return {"rnn": init.rnn_params, "gru": init.gru_params}[cell]

"""Read what `Recurrent.save` wrote: settings and arrays, and never code."""

import zipfile
import zlib

import numpy as np

from lstm_helpers import losses, stack, validate

FORMAT = "lstm_helpers Recurrent 1"
LATER = {"layers": 1, "both_ways": False, "dense": 0, "loss": "mse"}  # since then


def read(path):
    """Return the arguments of a `Recurrent` and its parameters by name.

    Parameters
    ----------
    path : str or pathlib.Path

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ValueError
        If the file is no saved model, is damaged, or its arrays do not fit together.
    """
    try:
        with np.load(path, allow_pickle=False) as file:
            content = {name: file[name] for name in file.files}
    except FileNotFoundError:
        raise
    except (OSError, ValueError, EOFError, AttributeError, TypeError, KeyError,
            zipfile.BadZipFile, zlib.error, NotImplementedError) as error:
        raise ValueError(f"{path} is no saved model, or is damaged: {error}") from error
    names = ["W_x", "W_h", "b", "W_y", "b_y"]
    names += ["b_n"] if str(content.get("cell")) == "gru" else []
    wanted = {*names, "cell", "every_step"}
    if str(content.get("format")) != FORMAT or not wanted < content.keys():
        raise ValueError(f"{path} is no saved model: save one with model.save(path)")
    content = LATER | content
    sizes = {}
    try:
        cell = validate.one_of("cell", str(content["cell"]), stack.CELLS)
        gates = {"lstm": "4H", "gru": "3H", "rnn": "H"}[cell]
        specs = {"W_x": f"D {gates}", "W_h": f"H {gates}", "b": gates, "W_y": "K O",
                 "b_y": "O", "b_n": "H"}
        for name in names:
            validate.shape(name, content[name], specs[name], sizes)
        settings = dict(
            cell=cell, D=sizes["D"], H=sizes["H"], O=sizes["O"],
            every_step=bool(content["every_step"]), dtype=content["W_y"].dtype,
            loss=validate.one_of("loss", str(content["loss"]), tuple(losses.LOSSES)),
            layers=validate.count("layers", int(content["layers"])),
            both_ways=bool(content["both_ways"]),
            dense=int(content["dense"]) or None)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{path} does not fit together: {error}") from error
    return settings, content

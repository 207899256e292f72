"""The names of the parameters, and whether their shapes fit together."""

import numpy as np

from lstm_helpers import validate

LAYER = ("W_x", "W_h", "b")
GRU = (*LAYER, "b_n")
DENSE = (("W_1", "b_1"), ("W_y", "b_y"))


def plain(name, value):
    """Return an array as it is, anything else as a checked array."""
    return validate.array(name, np.asarray(value))


def dense_params(arrays):
    """Name kernels and biases of Dense layers; the last layer is the output."""
    pairs = list(zip(arrays[::2], arrays[1::2], strict=True))
    names = DENSE[len(DENSE) - len(pairs):]
    return {name: value for pair, values in zip(names, pairs, strict=True)
            for name, value in zip(pair, values, strict=True)}


def fitting(params):
    """Return copies in the order of the table, or say which shape does not fit."""
    if not hasattr(params, "items"):
        raise TypeError(f"params must map names to arrays, got {type(params).__name__}")
    names = (*GRU, *sum(DENSE, ()))
    unknown = set(params) - set(names)
    if unknown or not params:
        raise ValueError(f"params must have names among {', '.join(names)}; "
                         f"got {', '.join(sorted(map(str, unknown))) or 'none'}")
    blocks = blocks_of(params)
    groups = [GRU if blocks == 3 or "b_n" in params else LAYER, *DENSE]
    groups = [group for group in groups if set(group) & set(params)]
    for group in groups:
        for name in group:
            if name not in params:
                raise ValueError(f"params must hold {name} beside "
                                 f"{', '.join(k for k in group if k in params)}")
    gates = {1: "H", 3: "3H", 4: "4H"}[3 if "b_n" in params else blocks]
    specs = {"W_h": f"H {gates}", "W_x": f"D {gates}", "b": gates, "b_n": "H"}
    if "W_1" in params:
        specs |= {"W_1": "H K", "b_1": "K", "W_y": "K O", "b_y": "O"}
    else:
        specs |= {"W_y": "H O", "b_y": "O"}
    sizes = {}
    for name, spec in specs.items():
        if name in params:
            validate.shape(name, params[name], spec, sizes)
    return {name: np.array(params[name]) for group in groups for name in group}


def blocks_of(params):
    """Return how many blocks W_h has: 1, 3 or, failing those, the LSTM's 4."""
    if "W_h" not in params:
        return 4
    W_h = validate.array("W_h", params["W_h"])
    H, rows = W_h.shape if W_h.ndim == 2 else (0, 0)
    return {H: 1, 3 * H: 3}.get(rows, 4) if rows else 4

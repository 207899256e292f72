"""Weights to and from Keras and PyTorch, as plain NumPy arrays.

Neither library is imported here: a layer, a model, a module, or the arrays alone can be
handed in, and arrays come out.

| here | Keras | PyTorch |
|---|---|---|
| ``W_x`` (D, 4H) | kernel (D, 4H) | weight_ih_l0 (4H, D) |
| ``W_h`` (H, 4H) | recurrent_kernel (H, 4H) | weight_hh_l0 (4H, H) |
| ``b`` (4H,) | bias (4H,) | bias_ih_l0 + bias_hh_l0, (4H,) each |
| ``W_y`` (H, O), ``b_y`` (O,) | kernel, bias of Dense | weight (O, H), bias of Linear |

The gate blocks stand in the same order in all three: i, f, g, o; Keras calls g "c". A
plain RNN (SimpleRNN, nn.RNN) has one block instead of four. A Dense layer between the
two becomes ``W_1`` (H, K), ``b_1`` (K,), and ``W_y`` is then (K, O).
"""

import numpy as np

from lstm_helpers import validate

LAYER = ("W_x", "W_h", "b")
DENSE = (("W_1", "b_1"), ("W_y", "b_y"))
TORCH = ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0")
# What `cells` computes, and what a Keras layer therefore has to be set to.
KERAS_LAYERS = {
    "LSTM": {"activation": "tanh", "recurrent_activation": "sigmoid",
             "use_bias": True, "go_backwards": False},
    "SimpleRNN": {"activation": "tanh", "use_bias": True, "go_backwards": False},
    "Dense": {"activation": "linear", "use_bias": True},
}
NO_WEIGHTS = ("InputLayer", "Dropout")


def from_keras(source):
    """Read the weights of a Keras layer or model.

    Parameters
    ----------
    source : keras.Model, keras.Layer or list of ndarray
        An LSTM or SimpleRNN, one or two Dense layers on it, or a Dense layer alone; or
        the list that its ``get_weights()`` returns.

    Returns
    -------
    dict of str to ndarray
        Copies, named as in the table above: ``model.params.update(from_keras(...))``.

    Raises
    ------
    TypeError, ValueError
        If it holds a layer, a setting or a shape that `cells` does not compute.
    """
    weights = source
    if hasattr(source, "get_weights"):
        for layer in getattr(source, "layers", [source]):
            check_keras_layer(layer)
        weights = source.get_weights()
    if not isinstance(weights, list | tuple) or not len(weights):
        raise TypeError(
            "source must be a Keras layer or model that has weights, or the list of "
            f"its get_weights(), got {type(source).__name__}"
        )
    weights = [plain(f"weights[{k}]", value) for k, value in enumerate(weights)]
    recurrent = len(weights) >= 3
    dense = weights[3:] if recurrent else weights
    if len(dense) % 2 or len(dense) > 4:
        raise ValueError(
            "source must hold kernel, recurrent_kernel and bias of one recurrent "
            "layer, then kernel and bias of up to two Dense layers; "
            f"got {len(weights)} arrays"
        )
    params = dict(zip(LAYER, weights, strict=False)) if recurrent else {}
    return fitting(params | dense_params(dense))


def to_keras(params):
    """Return weights in the order in which Keras's ``set_weights`` takes them.

    Parameters
    ----------
    params : mapping of str to ndarray
        Such as ``model.params``; the recurrent part, the dense part, or both.

    Returns
    -------
    list of ndarray
        Copies: kernel, recurrent_kernel, bias; then kernel and bias of each Dense.

    Raises
    ------
    TypeError, ValueError
        If a name is missing or unknown, or the shapes do not fit together.
    """
    return list(fitting(params).values())


def from_torch(source):
    """Read the weights of a PyTorch module.

    Parameters
    ----------
    source : torch.nn.Module or mapping
        An nn.LSTM or nn.RNN of one layer and one direction, nn.Linear, or a module that
        holds one of the first and up to two of the second; or its ``state_dict()``,
        with tensors or arrays. Only the end of a name counts: "lstm.weight_ih_l0".

    Returns
    -------
    dict of str to ndarray
        Copies, named as in the table above. The two biases are added: only their sum
        is ever used.

    Raises
    ------
    TypeError, ValueError
        If it holds something that `cells` does not compute, or the shapes do not fit.

    Notes
    -----
    A state dict does not say which function an nn.RNN squashes with: it is taken to be
    tanh. Of a module it is checked.
    """
    if hasattr(source, "state_dict"):
        for part in source.modules():
            kind = getattr(part, "nonlinearity", "tanh")
            if type(part).__name__ == "RNN" and kind != "tanh":
                raise ValueError(f"nonlinearity must be tanh, got {kind}")
        source = source.state_dict()
    if not hasattr(source, "items"):
        raise TypeError("source must be a PyTorch module or its state_dict(), "
                        f"got {type(source).__name__}")
    layer, dense = {}, []
    for name, value in source.items():
        end = str(name).rpartition(".")[2]
        value = value.detach().cpu().numpy() if hasattr(value, "detach") else value
        value = plain(name, value)
        if end in TORCH and end not in layer:
            layer[end] = value
        elif end in ("weight", "bias"):
            dense.append(value.T)
        else:
            raise ValueError(
                f"source holds {name}: only one recurrent layer in one direction, "
                "without projection, under up to two nn.Linear can be read"
            )
    params = {}
    if layer:
        missing = [name for name in TORCH if name not in layer]
        if missing:
            raise ValueError(f"source must hold {missing[0]}; "
                             "a layer with bias=False cannot be read")
        W_x, W_h, b_x, b_h = (layer[name] for name in TORCH)
        params = {"W_x": W_x.T, "W_h": W_h.T, "b": b_x + b_h}
    return fitting(params | dense_params(dense))


def to_torch(params):
    """Return weights under PyTorch's names and in its shapes.

    Parameters
    ----------
    params : mapping of str to ndarray
        The recurrent part alone, one dense part alone, or several parts.

    Returns
    -------
    dict of str to ndarray
        Copies. One part: the names of nn.LSTM and nn.RNN, or of nn.Linear. Several
        parts: with "0." before the names of the first, "1." before the next, and so on.
        ``load_state_dict({k: torch.from_numpy(v) for k, v in ...items()})`` takes it.

    Raises
    ------
    TypeError, ValueError
        If a name is missing or unknown, or the shapes do not fit together.

    Notes
    -----
    PyTorch has two biases where one would do. All of b goes into the first, and the
    second is zero.
    """
    params = fitting(params)
    parts = []
    if "W_x" in params:
        W_x, W_h, b = (params[name] for name in LAYER)
        values = W_x.T, W_h.T, b, np.zeros_like(b)
        parts.append(dict(zip(TORCH, values, strict=True)))
    parts += [{"weight": params[W].T, "bias": params[b]}
              for W, b in DENSE if W in params]
    parts = [{name: np.ascontiguousarray(value) for name, value in part.items()}
             for part in parts]
    if len(parts) == 1:
        return parts[0]
    return {f"{k}.{name}": value
            for k, part in enumerate(parts) for name, value in part.items()}


def check_keras_layer(layer):
    """Raise a ValueError if a Keras layer computes something else than `cells` does."""
    kind = type(layer).__name__
    if kind in NO_WEIGHTS:
        return
    if kind not in KERAS_LAYERS:
        raise ValueError(f"source holds a layer {kind}: only "
                         f"{', '.join(KERAS_LAYERS)} can be read")
    config = layer.get_config()
    for name, wanted in KERAS_LAYERS[kind].items():
        if config.get(name, wanted) != wanted:
            raise ValueError(f"{name} of {kind} must be {wanted!r}, got "
                             f"{config[name]!r}")
    if not layer.get_weights():
        raise ValueError(f"{kind} has no weights yet: begin the model with "
                         "keras.layers.Input(shape=(T, D))")


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
    groups = [LAYER, *DENSE]
    unknown = set(params) - {name for group in groups for name in group}
    if unknown or not params:
        raise ValueError(f"params must have names among {', '.join(sum(groups, ()))}; "
                         f"got {', '.join(sorted(map(str, unknown))) or 'none'}")
    groups = [group for group in groups if set(group) & set(params)]
    for group in groups:
        for name in group:
            if name not in params:
                raise ValueError(f"params must hold {name} beside "
                                 f"{', '.join(k for k in group if k in params)}")
    params = {name: params[name] for group in groups for name in group}
    if "W_x" in params:
        validate.array("W_h", params["W_h"])
        W_h = params["W_h"]
        H, rows = W_h.shape if W_h.ndim == 2 else (0, 0)
        if rows and rows == 3 * H:
            raise ValueError("W_h has three blocks: this is a GRU, and only an LSTM or "
                             "a plain RNN can be read")
    sizes = {}
    specs = {"W_h": "H 4H", "W_x": "D 4H", "b": "4H"}
    if "W_x" in params and rows == H:
        specs = {"W_h": "H H", "W_x": "D H", "b": "H"}
    if "W_1" in params:
        specs |= {"W_1": "H K", "b_1": "K", "W_y": "K O", "b_y": "O"}
    else:
        specs |= {"W_y": "H O", "b_y": "O"}
    for name, spec in specs.items():
        if name in params:
            validate.shape(name, params[name], spec, sizes)
    return {name: np.array(value) for name, value in params.items()}

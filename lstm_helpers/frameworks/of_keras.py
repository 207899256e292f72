"""To and from Keras, which is not imported: a model that comes brings it along."""

import numpy as np

from lstm_helpers.frameworks.common import (
    LAYER,
    blocks_of,
    dense_params,
    fitting,
    plain,
)

# What `cells` and `gru` compute, and what a Keras layer therefore has to be set to.
KERAS_LAYERS = {
    "LSTM": {"activation": "tanh", "recurrent_activation": "sigmoid",
             "use_bias": True, "go_backwards": False},
    "GRU": {"activation": "tanh", "recurrent_activation": "sigmoid",
            "use_bias": True, "go_backwards": False, "reset_after": True},
    "SimpleRNN": {"activation": "tanh", "use_bias": True, "go_backwards": False},
    "Dense": {"activation": "linear", "use_bias": True},
}
NO_WEIGHTS = ("InputLayer", "Dropout")


def from_keras(source):
    """Read the weights of a Keras layer or model.

    Parameters
    ----------
    source : keras.Model, keras.Layer or list of ndarray
        An LSTM, GRU or SimpleRNN, one or two Dense layers on it, or a Dense layer
        alone; or the list that its ``get_weights()`` returns.

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
    weights = [plain(f"source[{k}]", value) for k, value in enumerate(weights)]
    recurrent = len(weights) >= 3
    dense = weights[3:] if recurrent else weights
    if len(dense) % 2 or len(dense) > 4:
        raise ValueError(
            "source must hold kernel, recurrent_kernel and bias of one recurrent "
            "layer, then kernel and bias of up to two Dense layers; "
            f"got {len(weights)} arrays"
        )
    params = dict(zip(LAYER, weights, strict=False)) if recurrent else {}
    if blocks_of(params) == 3:
        params = from_keras_gru(**params)
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
    params = fitting(params)
    if "b_n" in params:
        H = len(params["b_n"])
        W_x, W_h, b = (reordered(params[name]) for name in LAYER)
        inner = np.concatenate([np.zeros(2 * H, b.dtype), params.pop("b_n")])
        params |= {"W_x": W_x, "W_h": W_h, "b": np.stack([b, inner])}
    return list(params.values())


def from_keras_gru(W_x, W_h, b):
    """Put the blocks z, r, n of a Keras GRU in the order r, z, n; split its biases."""
    H = len(W_h)
    if b.shape != (2, 3 * H):
        raise ValueError(f"bias of GRU must have shape (2, {3 * H}), got {b.shape}: a "
                         "GRU with reset_after=False computes something else")
    W_x, W_h, b, inner = map(reordered, (W_x, W_h, *b))
    b[: 2 * H] += inner[: 2 * H]  # only the sum of these is ever used
    return {"W_x": W_x, "W_h": W_h, "b": b, "b_n": inner[2 * H :]}


def reordered(array):
    """Return a copy whose first two blocks of three have changed places."""
    if array.shape[-1] % 3:
        raise ValueError("the last axis of a GRU's weights must hold three blocks, "
                         f"got shape {array.shape}")
    one, two, three = np.split(array, 3, axis=-1)
    return np.concatenate([two, one, three], axis=-1)


def check_keras_layer(layer):
    """Raise a ValueError if a Keras layer computes something else than this series."""
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


def describe(model):
    """Say in plain numbers and words what a Keras model is.

    Parameters
    ----------
    model : keras.Model
        Built, that is: it knows the shape of its input.

    Returns
    -------
    dict
        ``layers`` ("LSTM, Dense"), ``units`` of the first LSTM, GRU or SimpleRNN (0 if
        there is none), ``time steps`` and ``features`` of the input (0 if left open),
        ``outputs`` ("(N, 1)"), ``output activation``, ``parameters``, ``optimizer``
        ("none" if it is not compiled), ``learning rate``, ``loss``.

    Raises
    ------
    TypeError, ValueError
        If it is no Keras model, or has no weights yet.
    """
    if not hasattr(model, "layers") or not hasattr(model, "count_params"):
        raise TypeError(f"model must be a Keras model, got {type(model).__name__}")
    if not model.weights:
        raise ValueError("model must know the shape of its input: begin with "
                         "keras.layers.Input(shape=(3, 1))")
    kinds = [type(layer).__name__ for layer in model.layers]
    layers = [(kind, layer) for kind, layer in zip(kinds, model.layers, strict=True)
              if kind != "InputLayer"]
    units = [layer.units for kind, layer in layers
             if kind in ("LSTM", "GRU", "SimpleRNN")]
    came, out = tuple(model.input_shape), tuple(model.output_shape)
    sizes = came[1:] if len(came) == 3 else (0, 0)
    optimizer = getattr(model, "optimizer", None)
    rate = getattr(optimizer, "learning_rate", None)
    activation = layers[-1][1].get_config().get("activation", "none")
    return {
        "layers": ", ".join(kind for kind, _ in layers),
        "units": units[0] if units else 0,
        "time steps": sizes[0] or 0,
        "features": sizes[1] or 0,
        "outputs": f"({', '.join(['N', *(str(n) for n in out[1:])])})",
        "output activation": activation if isinstance(activation, str) else "other",
        "parameters": model.count_params(),
        "optimizer": type(optimizer).__name__ if optimizer is not None else "none",
        "learning rate": float(np.asarray(rate)) if rate is not None else 0.0,
        "loss": str(getattr(model, "loss", None)),
    }

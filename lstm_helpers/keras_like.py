"""Keras in plain NumPy: the weights it starts from, and what one of its models is.

Keras is not imported: a model that is handed in brings it along.
"""

import numpy as np

from lstm_helpers import validate


def starting_weights(rng, D, H, O, K=None):  # noqa: E741
    """Draw starting weights of an LSTM and its Dense layers as Keras does.

    Glorot's uniform numbers, ±√(6 / (fan_in + fan_out)), where Keras takes all four
    gates for one matrix of 4H outputs; rows of one orthogonal matrix (H, 4H); a forget
    bias of 1, all other biases 0. `init` draws each gate on its own.

    Parameters
    ----------
    rng : numpy.random.Generator
    D, H, O : int
        Input, hidden and output size.
    K : int, optional
        Units of a Dense layer between.

    Returns
    -------
    dict of str to ndarray
        float64; assign with ``model.params.update(...)``.

    Notes
    -----
    The distribution of ``keras.layers.LSTM`` and ``Dense`` as they come, not their
    draws: Keras has another random generator. X. Glorot, Y. Bengio (2010), AISTATS,
    equation 16.
    """
    def glorot(fan_in, fan_out):
        limit = np.sqrt(6 / (fan_in + fan_out))
        return rng.uniform(-limit, limit, (fan_in, fan_out))

    D, H, O = (validate.count(k, v) for k, v in dict(D=D, H=H, O=O).items())  # noqa: E741
    q, r = np.linalg.qr(rng.normal(size=(4 * H, H)))
    params = {"W_x": glorot(D, 4 * H), "W_h": (q * np.sign(np.diag(r))).T,
              "b": np.repeat([0.0, 1.0, 0.0, 0.0], H)}
    if K is not None:
        params |= {"W_1": glorot(H, validate.count("K", K)), "b_1": np.zeros(K)}
    return params | {"W_y": glorot(K or H, O), "b_y": np.zeros(O)}


def describe(model):
    """Say in plain numbers and words what a Keras model is.

    Parameters
    ----------
    model : keras.Model
        Built, that is: it knows the shape of its input.

    Returns
    -------
    dict
        ``layers`` ("LSTM, Dense"), ``units`` of the first LSTM or SimpleRNN (0 if there
        is none), ``time steps`` and ``features`` of the input (0 if left open),
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
    units = [layer.units for kind, layer in layers if kind in ("LSTM", "SimpleRNN")]
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

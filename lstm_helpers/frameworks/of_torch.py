"""To and from PyTorch, which is not imported: a module that comes brings it along."""

import numpy as np

from lstm_helpers.frameworks.common import DENSE, LAYER, dense_params, fitting, plain

TORCH = ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0")


def from_torch(source):
    """Read the weights of a PyTorch module.

    Parameters
    ----------
    source : torch.nn.Module or mapping
        An nn.LSTM, nn.GRU or nn.RNN of one layer and one direction, nn.Linear, or a
        module that holds one of the first and up to two of the second; or its
        ``state_dict()``, with tensors or arrays. Only the end of a name counts:
        "lstm.weight_ih_l0".

    Returns
    -------
    dict of str to ndarray
        Copies, named as in the table above. The two biases are added where only their
        sum is ever used.

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
        if W_h.ndim == 2 and len(W_h) == 3 * W_h.shape[1]:  # a GRU: b_h of n is inside
            at = 2 * W_h.shape[1]
            params["b"][at:] = b_x[at:]
            params["b_n"] = b_h[at:]
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
        Copies. One part: the names of nn.LSTM, nn.GRU and nn.RNN, or of nn.Linear.
        Several parts: with "0." before the names of the first, "1." before the next,
        and so on.
        ``load_state_dict({k: torch.from_numpy(v) for k, v in ...items()})`` takes it.

    Raises
    ------
    TypeError, ValueError
        If a name is missing or unknown, or the shapes do not fit together.

    Notes
    -----
    PyTorch has two biases where one would do. All of b goes into the first, and the
    second is zero, but for a GRU's ``b_n``.
    """
    params = fitting(params)
    parts = []
    if "W_x" in params:
        W_x, W_h, b = (params[name] for name in LAYER)
        second = np.zeros_like(b)
        if "b_n" in params:
            second[-len(params["b_n"]) :] = params["b_n"]
        values = W_x.T, W_h.T, b, second
        parts.append(dict(zip(TORCH, values, strict=True)))
    parts += [{"weight": params[W].T, "bias": params[b]}
              for W, b in DENSE if W in params]
    parts = [{name: np.ascontiguousarray(value) for name, value in part.items()}
             for part in parts]
    if len(parts) == 1:
        return parts[0]
    return {f"{k}.{name}": value
            for k, part in enumerate(parts) for name, value in part.items()}

"""Write tests/data/torch_reference.npz: what PyTorch computes from random weights.

Run once, where PyTorch is installed: python tools/make_torch_reference.py
"""

from pathlib import Path

import numpy as np
import torch

PATH = Path(__file__).parents[1] / "tests" / "data" / "torch_reference.npz"
CASES = {"lstm_a": (2, 4, 3, 5, 1), "lstm_b": (3, 7, 1, 8, 2),
         "lstm_c": (1, 5, 4, 4, 4), "rnn_a": (2, 4, 3, 5, 1),
         "rnn_b": (3, 7, 4, 4, 4), "gru_a": (2, 4, 3, 5, 1),
         "gru_b": (3, 7, 4, 4, 4)}  # N, T, D, H, O
NAMES = ("xs", "h_0", "c_0", "ys", "h", "c")


def modules(kind, D, H, O):
    """Return a recurrent layer and an output layer in float64."""
    layer = {"lstm": torch.nn.LSTM, "gru": torch.nn.GRU, "rnn": torch.nn.RNN}[kind]
    return layer(D, H, batch_first=True).double(), torch.nn.Linear(H, O).double()


def run(layer, head, xs, h_0, c_0):
    """Return outputs, last h and last c (zeros but for an LSTM) as arrays."""
    h_0, c_0 = (torch.from_numpy(z)[None] for z in (h_0, c_0))
    is_lstm = isinstance(layer, torch.nn.LSTM)
    with torch.no_grad():
        hs, last = layer(torch.from_numpy(xs), (h_0, c_0) if is_lstm else h_0)
        h, c = last if is_lstm else (last, torch.zeros_like(last))
        return head(hs).numpy(), h[0].numpy(), c[0].numpy()


def main():
    """Draw weights, inputs and states for every case, run PyTorch, store all."""
    torch.manual_seed(0)
    rng = np.random.default_rng(0)
    content = {}
    for name, (N, T, D, H, O) in CASES.items():
        layer, head = modules(name.partition("_")[0], D, H, O)
        for part, module in (("layer", layer), ("head", head)):
            for key, value in module.state_dict().items():
                value.copy_(0.8 * torch.from_numpy(rng.normal(size=value.shape)))
                content[f"{name}/{part}.{key}"] = value.numpy()
        arrays = [rng.normal(size=shape) for shape in ((N, T, D), (N, H), (N, H))]
        arrays += run(layer, head, *arrays)
        for key, value in zip(NAMES, arrays, strict=True):
            content[f"{name}/{key}"] = value
    PATH.parent.mkdir(exist_ok=True)
    np.savez_compressed(PATH, **content)
    print(PATH.name, f"{PATH.stat().st_size / 1000:.0f} kB, torch {torch.__version__}")


if __name__ == "__main__":
    main()

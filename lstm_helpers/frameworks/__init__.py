"""Weights to and from Keras and PyTorch, as plain NumPy arrays.

Neither library is imported here: a layer, a model, a module, or the arrays alone can be
handed in, and arrays come out.

| here | Keras | PyTorch |
|---|---|---|
| ``W_x`` (D, 4H) | kernel (D, 4H) | weight_ih_l0 (4H, D) |
| ``W_h`` (H, 4H) | recurrent_kernel (H, 4H) | weight_hh_l0 (4H, H) |
| ``b`` (4H,) | bias (4H,) | bias_ih_l0 + bias_hh_l0, (4H,) each |
| ``W_y`` (H, O), ``b_y`` (O,) | kernel, bias of Dense | weight (O, H), bias of Linear |

The gate blocks of an LSTM stand in the same order in all three: i, f, g, o; Keras calls
g "c". A plain RNN (SimpleRNN, nn.RNN) has one block instead of four. A Dense layer
between the two becomes ``W_1`` (H, K), ``b_1`` (K,), and ``W_y`` is then (K, O).

A GRU has three blocks: r, z, n here and in PyTorch, but z, r, n in Keras. Both keep two
biases, Keras as (2, 3H), PyTorch as twice (3H,). Of r and z the two are added here; of
n the one that stands inside the reset gate is ``b_n`` (H,).
"""

from lstm_helpers.frameworks.of_keras import describe, from_keras, to_keras
from lstm_helpers.frameworks.of_torch import from_torch, to_torch

__all__ = ["describe", "from_keras", "from_torch", "to_keras", "to_torch"]

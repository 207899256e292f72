"""Small notebooks for the tests of the grader."""

import json


def notebook(*cells, **metadata):
    """Return the bytes of a notebook with these code cells."""
    return json.dumps({
        "nbformat": 4, "nbformat_minor": 5, "metadata": metadata,
        "cells": [{"cell_type": "code", "source": source, "metadata": {}, "outputs": []}
                  for source in cells]}).encode()


SETUP = ("import numpy as np\n\nfrom lstm_helpers.cells import sigmoid\n"
         "from lstm_helpers.exercises import check, hint, use")
FORGET = ("def forget_gate(h_prev, x_t, W_f, b_f):\n"
          "    return sigmoid(W_f @ np.concatenate([h_prev, x_t]) + b_f)\n")
NO_BIAS = FORGET.replace(" + b_f", "")
CHECK = 'check("02.2", forget_gate)'

"""Train the small network of the explorer `next_letter` and store its weights.

python -m benchmarks.next_letter
"""

import numpy as np

from lstm_helpers import text
from lstm_helpers.model import Recurrent
from lstm_helpers.train import Adam, fit
from lstm_helpers.widgets.next_letter import WEIGHTS, H


def main():
    """Train on all but 1,000 names; print the bits on those; store 16-bit numbers."""
    train, validation, test = text.split(text.first_names())
    vocabulary = text.Vocabulary(train)
    xs, ys, mask = vocabulary.batch(train)
    model = Recurrent("lstm", 27, H, 27, every_step=True, loss="softmax", rng=0)
    fit(model, xs, ys, 12, 32, Adam(0.01), "cosine", 1.0, mask=mask, rng=0)
    small = {name: z.astype(np.float16) for name, z in model.params.items()}
    model.params.update(small)
    network = text.Language(model, vocabulary)
    print(f"bits on unseen names: {network.bits(validation + test):.3f}")
    with open(WEIGHTS, "wb") as file:
        np.savez_compressed(file, **small)


if __name__ == "__main__":
    main()

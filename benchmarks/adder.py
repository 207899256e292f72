"""Train the small network of the explorer `adder`: python -m benchmarks.adder

Four units, sequences of 30 to 33 pairs; the weights are written, rounded to four
decimals, to lstm_helpers/data/adder.json, and what they get wrong of 2,560 is printed.
"""

import json
from pathlib import Path

import numpy as np

from lstm_helpers import memory

PATH = Path(memory.__file__).parent / "data" / "adder.json"


def main():
    """Train, round, count, write."""
    solved = memory.solve(30, seed=0, H=4, falling=True, rate="constant",
                          budget=40_000, progress=True)
    rounded = {name: np.round(np.asarray(z, float), 4).tolist()
               for name, z in solved.model.params.items()}
    for name, values in rounded.items():
        solved.model.params[name] = np.array(values)
    wrong = memory.count_wrong(solved.model, "adding", 30)
    PATH.write_text(json.dumps(rounded) + "\n", encoding="utf-8")
    print(f"rule met after {solved.met_at:,} sequences; {wrong} of 2,560 wrong")


if __name__ == "__main__":
    main()

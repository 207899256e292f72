"""The lines in fast/README.md run and compute the same gates both ways."""

import re
from pathlib import Path

README = Path(__file__).parents[2] / "lstm_helpers" / "fast" / "README.md"


def test_one_tanh_serves_four_gates():
    code, = re.findall(r"```python\n(.*?)```", README.read_text("utf-8"), re.S)
    space = {}
    exec(code, space)  # it ends with an assert
    off = abs(space["gate_by_gate"]() - space["all_at_once"]()).max()
    assert off < 1e-12

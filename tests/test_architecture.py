"""The house as designed: imports point one way, modules are short, loading is light."""

import ast
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
# Top to bottom; nothing imports from what stands above it.
FLOORS = [
    ["widgets"],
    ["exercises"],
    ["plots_start", "plots_counting", "plots_gates", "plots_gradients", "plots_numbers",
     "plots_training"],
    ["diagrams"],
    ["plots"],
    ["frameworks", "keras_like", "baselines", "tasks"],
    ["two_dense"],
    ["train"],
    ["model"],
    ["engine"],
    ["engine_layers"],
    ["faults"],
    ["gru"],
    ["bptt"],
    ["cells"],
    ["init", "gradcheck"],
    ["validate"],
]
FLOOR = {name: k for k, floor in enumerate(FLOORS) for name in floor}


def imported(path):
    """Return the modules of the package that a file imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "lstm_helpers":
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            if node.module.startswith("lstm_helpers."):
                yield node.module.split(".")[1]


def test_imports_point_one_way():
    paths = sorted((ROOT / "lstm_helpers").rglob("*.py"))
    for path in paths:
        name = path.relative_to(ROOT / "lstm_helpers").parts[0].removesuffix(".py")
        if name == "__init__":
            continue
        for other in imported(path):
            above = FLOOR[other] <= FLOOR[name] and other != name
            assert not above, f"{name} imports {other}, which stands above or beside it"


def test_modules_are_short():
    for path in (ROOT / "lstm_helpers").rglob("*.py"):
        if not re.match(r"(nb|answers)\d\d", path.stem):  # data, not code
            lines = len(path.read_text(encoding="utf-8").splitlines())
            assert lines <= 310, f"{path.name} has {lines} lines: two subjects?"


def test_importing_the_package_loads_nothing_heavy():
    code = ("import lstm_helpers, sys; "
            "heavy = {'keras', 'jax', 'torch', 'ipywidgets'} & set(sys.modules); "
            "assert not heavy, heavy; "
            "import lstm_helpers.exercises, lstm_helpers.frameworks; "
            "heavy = {'keras', 'jax', 'torch', 'ipywidgets'} & set(sys.modules); "
            "assert not heavy, heavy")
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def test_a_version_stands_in_one_place():
    pin = re.compile(r"^\s*\"?([\w-]+)==", re.M)
    learners = pin.findall((ROOT / "requirements.txt").read_text(encoding="utf-8"))
    makers = pin.findall((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert not set(learners) & set(makers)
    assert len(set(learners)) == len(learners) and len(set(makers)) == len(makers)


def test_every_requirement_has_its_reason():
    for line in (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines():
        assert line.startswith("#") or "  # " in line or " # " in line, line


def test_no_pickles():
    for path in (ROOT / "lstm_helpers").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert "import pickle" not in text and "allow_pickle=True" not in text

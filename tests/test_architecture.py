"""The house as designed: imports point one way, modules are short, loading is light."""

import ast
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
# Top to bottom, room by room; nothing imports from what stands above it.
TRUTH = {"cells", "gru", "bptt", "gradcheck", "faults", "init", "tasks", "baselines",
         "losses", "attention", "long_memory", "one_unit", "sine", "survival",
         "variants"}
FLOORS = [
    {"teach"},
    {"widgets", "exercises"},
    {"forecast", "own_text"},
    {"figures"},
    {"contest", "by_heart"},
    {"regularise"},
    {"memory", "text", "music"},
    {"train", "stream", "model", "frameworks", "two_dense"},
    {"saving"},
    {"stack", "progress", "optimizers"},
    {"fast", "readable"},
    TRUTH,
    {"validate"},
]
FLOOR = {name: k for k, floor in enumerate(FLOORS) for name in floor}
NAMES = {path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".")
         .removesuffix(".__init__") for path in (ROOT / "lstm_helpers").rglob("*.py")}


def imported(path):
    """Return the modules of the package that a file imports, in whatever form."""
    here = path.relative_to(ROOT).parent.parts
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in NAMES)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                base = ".".join([*here[: len(here) - node.level + 1], *filter(
                    None, [base])])
            for alias in node.names:
                inside = f"{base}.{alias.name}"
                if inside in NAMES:
                    yield inside
                elif base in NAMES:
                    yield base


def room(name):
    """Return the first part of a module's name below the package."""
    return name.removeprefix("lstm_helpers.").partition(".")[0]


def test_imports_run_one_way():
    for path in sorted((ROOT / "lstm_helpers").rglob("*.py")):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        if path == ROOT / "lstm_helpers" / "__init__.py":
            continue
        for other in imported(path):
            if other == "lstm_helpers" or room(other) == room(name):
                continue
            above = FLOOR[room(other)] < FLOOR[room(name)]
            beside = FLOOR[room(other)] == FLOOR[room(name)] <= 1
            assert not above and not beside, f"{name} imports {other}"


def test_no_circle_between_modules():
    graph = {}
    for path in (ROOT / "lstm_helpers").rglob("*.py"):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(
            ".__init__")
        graph[name] = set(imported(path)) - {name, "lstm_helpers"}
    while graph:
        free = [name for name, needs in graph.items() if not needs & set(graph)]
        assert free, f"these import each other: {sorted(graph)}"
        for name in free:
            del graph[name]


def test_notebooks_data_and_figures_stand_alone():
    # Two nbNN never import each other, but for the answers that belong to one.
    for path in (ROOT / "lstm_helpers").rglob("nb[0-9][0-9]*.py"):
        for other in imported(path):
            last = other.rpartition(".")[2]
            if re.fullmatch(r"nb\d\d\w*", last) and "widgets" not in path.parts:
                assert last[:4] == path.stem[:4], f"{path.name} imports {other}"


def test_the_judge_imports_nothing_of_the_series():
    for path in (ROOT / "lstm_helpers" / "exercises" / "engine").rglob("*.py"):
        for other in imported(path):
            assert other.startswith("lstm_helpers.exercises.engine"), (path.name, other)


def test_modules_are_short():
    for path in (ROOT / "lstm_helpers").rglob("*.py"):
        data = re.match(r"nb\d\d", path.stem) and "figures" not in path.parts
        if not data:
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

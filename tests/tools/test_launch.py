"""The set-up lines, wherever a notebook is opened; and what is stamped."""

import json
import os
import re
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path

import numpy as np
import pytest
import yaml

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import address  # noqa: E402
import launch  # noqa: E402

# Run cells as a notebook does, in a Python without lstm_helpers but where it is told;
# `%pip` is a stand-in that says what it was asked for and installs an empty package.
DRIVER = """
import pathlib, sys
root = pathlib.Path({root!r})
sys.meta_path[:] = [f for f in sys.meta_path if "editable" not in repr(f).lower()]
sys.path[:] = ["", *(p for p in sys.path[1:] if pathlib.Path(p or "/") != root)]
sys.path += {extra!r}
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance(colors="nocolor")

def pip(line):
    print("asked", line)
    place = pathlib.Path("dist", "lstm_helpers")
    place.mkdir(parents=True)
    (place / "__init__.py").write_text("")
    sys.path.append("dist")

shell.register_magic_function(pip, magic_name="pip")
result = shell.run_cell({cell!r})
print("stopped" if result.error_in_exec else "went on")
"""
CELL = launch.set_up() + "\n\nimport lstm_helpers\nprint(lstm_helpers.__file__)"


def run(folder, extra=()):
    """Run the set-up cell in a folder; return what was printed and complained."""
    driver = folder / "driver.py"
    driver.write_text(DRIVER.format(root=str(ROOT), extra=list(map(str, extra)),
                                    cell=CELL), encoding="utf-8")
    env = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    env |= {"IPYTHONDIR": str(folder / "ipython")}
    done = subprocess.run([sys.executable, str(driver)], cwd=folder, env=env,
                          capture_output=True, text=True, timeout=60)
    return done.stdout.splitlines(), done.stderr


def package(folder):
    """Put a package of that name into a folder."""
    (folder / "lstm_helpers").mkdir(parents=True)
    (folder / "lstm_helpers" / "__init__.py").write_text("")
    return folder


def test_a_notebook_alone_installs_from_the_repository_and_goes_on(tmp_path):
    said, complained = run(tmp_path)  # Colab, or a notebook that was downloaded alone
    assert said[0] == f"asked install -q git+{launch.addresses()['Repository']}"
    assert said[-1] == "went on" and not complained, complained
    assert "dist" in Path(said[1]).parts


@pytest.mark.parametrize("where", ["..", "."])
def test_the_package_is_found_above_the_notebook_or_beside_it(tmp_path, where):
    folder = tmp_path / "notebooks"
    folder.mkdir()
    package(folder / where)
    said, complained = run(folder)
    assert said[-1] == "went on" and not complained, complained
    assert Path(said[0]).resolve().parents[1] == (folder / where).resolve()


def test_an_installed_package_comes_before_the_folder_above(tmp_path):
    folder = tmp_path / "notebooks"
    folder.mkdir()
    package(tmp_path)
    installed = package(tmp_path / "site")
    said, _ = run(folder, extra=[installed])
    assert Path(said[0]).parents[1] == installed


def test_set_up_is_plain_and_its_install_line_has_no_comment():
    lines = launch.set_up().split("\n")
    assert len(lines) <= 7 and not any(";" in line for line in lines)
    install, = (line for line in lines if "%pip" in line)
    assert "#" not in install  # the browser edition would take it for package names


@pytest.fixture
def copy(tmp_path, monkeypatch):
    """A copy of what is stamped."""
    for name in ("notebooks", "docs"):
        shutil.copytree(ROOT / name, tmp_path / name,
                        ignore=shutil.ignore_patterns(".ipynb_*", "*.json"))
    for name in ("README.md", "pyproject.toml", "series.toml"):
        shutil.copy(ROOT / name, tmp_path)
    monkeypatch.setattr(launch, "ROOT", tmp_path)
    monkeypatch.setattr(sys, "argv", ["launch.py"])
    return tmp_path


def test_stamping_twice_changes_nothing_and_outputs_never(copy):
    before = {path.name: launch.read(path) for path in launch.paths()}
    launch.main()
    for path in launch.paths():
        old, new = before[path.name]["cells"], launch.read(path)["cells"]
        assert len(old) == len(new)
        changed = [k for k, (a, b) in enumerate(zip(old, new, strict=True))
                   if a["source"] != b["source"]]
        assert len(changed) <= (3 if path.name == launch.START else 2)
        for a, b in zip(old, new, strict=True):
            assert {**a, "source": 0} == {**b, "source": 0}
    stamped = {p: p.read_bytes() for p in copy.rglob("*.*") if p.is_file()}
    launch.main()
    assert {p: p.read_bytes() for p in copy.rglob("*.*") if p.is_file()} == stamped
    sys.argv.append("--check")
    assert launch.main() == 0


def test_set_up_lines_are_replaced_and_the_rest_stays():
    rest = "\nimport numpy as np\n\nrng = np.random.default_rng(0)"
    new = launch.with_set_up(rest[1:])
    assert new == launch.set_up() + "\n" + rest
    assert launch.with_set_up(new) == new
    moved = new.replace("git+", "git+https://example.org/")
    assert launch.with_set_up(moved) == new


def test_links_name_every_place_and_the_neighbours(copy):
    launch.set_address("https://github.com/someone/lstm.git")
    launch.main()
    row = launch.paths()
    for path in row:
        text = launch.source(launch.read(path)["cells"][0])
        assert text.startswith("# ")
        for part in ("mybinder.org/v2/gh/someone/lstm/main?urlpath=lab%2Ftree%2F",
                     "colab.research.google.com/github/someone/lstm/blob/main/",
                     "cocalc.com/github/someone/lstm/blob/main/notebooks/",
                     "someone.github.io/lstm/"):
            assert part in text, part
        assert "OWNER" not in path.read_text(encoding="utf-8")
    first, last = (launch.source(launch.read(p)["cells"][0]) for p in (row[0], row[-1]))
    assert "←" not in first and "next: " not in last
    assert f"({row[1].name})" in first and f"({row[-2].name})" in last
    readme = (copy / "README.md").read_text(encoding="utf-8")
    assert all(f"(notebooks/{path.name})" in readme for path in row)


def test_no_link_is_shown_that_cannot_be_right(copy):
    unknown = 'Repository = "https://github.com/OWNER/REPO"\nSite = "https://o.io/r"'
    set_urls(copy, unknown)
    launch.main()
    said = (copy / "README.md").read_text(encoding="utf-8")
    heads = [launch.source(launch.read(p)["cells"][0]) for p in launch.paths()]
    for text in [said, *heads]:
        assert "OWNER" not in text and "mybinder" not in text
        assert "Open it in" not in text
    launch.set_address("https://github.com/someone/lstm", site=False)
    launch.main()
    heads = [launch.source(launch.read(p)["cells"][0]) for p in launch.paths()]
    for text in [(copy / "README.md").read_text(encoding="utf-8"), *heads]:
        assert "mybinder.org/v2/gh/someone/lstm/" in text and "github.io" not in text


def set_urls(folder, urls):
    """Put [project.urls] into the pyproject.toml of a copy."""
    path = folder / "pyproject.toml"
    text = re.sub(r'^Repository = .*\n(Site = .*\n)?', urls + "\n",
                  path.read_text(encoding="utf-8"), flags=re.M)
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(("remote", "wanted"), [
    ("https://github.com/you/lstm.git", "https://github.com/you/lstm"),
    ("git@github.com:You/my.lstm.git", "https://github.com/You/my.lstm"),
    ("ssh://git@codeberg.org/you/lstm", "https://codeberg.org/you/lstm"),
    ("https://gitlab.com/you/lstm", "https://gitlab.com/you/lstm"),
    ("https://git.example.org/you/lstm.git", ""), ("/srv/git/you/lstm.git", ""),
    ("https://secret:word@github.com/you/lstm.git", ""), (None, "")])
def test_an_unknown_address_is_that_of_a_public_remote(copy, remote, wanted):
    git = partial(subprocess.run, cwd=copy, check=True, capture_output=True)
    git(["git", "init"])
    if remote:
        git(["git", "remote", "add", "origin", remote])
    unknown = 'Repository = "https://github.com/OWNER/REPO"'
    set_urls(copy, unknown)
    sys.argv.append("--check")
    launch.main()
    assert unknown in (copy / "pyproject.toml").read_text(encoding="utf-8")
    sys.argv.pop()
    launch.main()
    expected = wanted or "https://github.com/OWNER/REPO"
    assert launch.addresses() == {"Repository": expected}
    head = launch.source(launch.read(launch.paths()[0])["cells"][0])
    assert ("mybinder.org" in head) == bool(wanted)


def test_an_address_that_is_known_stays_whatever_the_remote_says(copy):
    git = partial(subprocess.run, cwd=copy, check=True, capture_output=True)
    git(["git", "init"])
    git(["git", "remote", "add", "origin", "https://github.com/fork/lstm"])
    launch.set_address("https://github.com/someone/lstm")
    launch.main()
    assert launch.addresses() == {"Repository": "https://github.com/someone/lstm",
                                  "Site": "https://someone.github.io/lstm"}


@pytest.mark.parametrize("where", ["github.com/someone/lstm", "https://example.org/a/b",
                                   "https://github.com/someone"])
def test_an_address_that_is_none_is_refused(copy, where):
    with pytest.raises(SystemExit, match="must look like"):
        launch.set_address(where)


def test_the_pages_of_a_person_lie_at_the_root():
    assert address.urls("https://github.com/You/you.github.io")["Site"] == (
        "https://you.github.io")


@pytest.mark.parametrize("path", sorted((ROOT / ".github").glob("workflows/*.yml")),
                         ids=lambda path: path.name)
def test_workflows_name_what_is_there(path):
    text = path.read_text(encoding="utf-8")
    plan = yaml.safe_load(text)
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"run: make ([\w-]+)", text):
        assert f"\n{target}:" in makefile, target
    for file in re.findall(r" ((?:tools|tests)/[\w./]+)", text):
        assert (ROOT / file).exists(), file
    for option in re.findall(r"launch\.py.*(--[\w-]+)|more=\((--[\w-]+)\)", text):
        assert f'"{option[0] or option[1]}"' in (
            ROOT / "tools" / "launch.py").read_text(encoding="utf-8")
    for job in plan["jobs"].values():
        assert job["timeout-minutes"] <= 60
        for step in job["steps"]:  # GitHub's own, by version, and no other
            used = step.get("uses", "actions/none@v0")
            assert re.fullmatch(r"actions/[\w-]+@v\d+", used)
    assert "permissions" in plan


def test_series_names_every_notebook_and_its_minutes():
    known = launch.series()
    assert {path.name for path in launch.paths()} == {e["file"] for e in known.values()}
    for path in launch.paths():
        entry = known[path.name[:2]]
        assert set(entry) == {"number", "file", "short", "minutes", "level"}
        head = launch.source(launch.read(path)["cells"][0])
        assert f"**Takes** {entry['minutes']} minutes" in head, path.name


def test_counts_are_those_of_the_exercise_data():
    from lstm_helpers.exercises import catalogue

    for path in launch.paths():
        if path.name[:2] in catalogue.notebooks():
            known = catalogue.exercises_of(path.name[:2])
            assert launch.exercises(launch.read(path)) == len(known)


def test_small_pictures_are_small():
    png, alt = launch.first_picture(json.loads(
        launch.paths()[0].read_text(encoding="utf-8")))
    assert len(launch.small(png)) < 10_000 and len(alt) > 20


def test_the_picture_of_the_readme_is_the_packages_own(tmp_path):
    import picture

    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    values = picture.numbers()
    assert f"![{picture.alt(values)}](docs/lstm_step.png)" in readme
    assert picture.TARGET.stat().st_size < 100_000
    assert np.isclose(values["kept"] + values["written"], values["c"])

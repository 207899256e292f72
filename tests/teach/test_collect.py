"""Whose notebook is it: folders, zips and what platforms export."""

import io
import zipfile

import pytest
from teach.made import notebook

from lstm_helpers.teach.collect import collect, owners_of

BOOK = notebook("1")


def zipped(files):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


@pytest.mark.parametrize("path, student", [
    ("anna/02_lstm_gates.ipynb", ("anna", "")),
    ("anna.ipynb", ("anna", "")),
    ("anna_02_lstm_gates.ipynb", ("anna", "")),
    ("02_lstm_gates anna.ipynb", ("anna", "")),
    ("02_lstm_gates.ipynb", ("02_lstm_gates", "")),
    ("Anna Example_1234_assignsubmission_file_/02.ipynb", ("Anna Example", "1234")),
    ("Anna_B_1234_assignsubmission_file_02_lstm.ipynb", ("Anna_B", "1234")),
    ("Participant 7_99_assignsubmission_file/x.ipynb", ("Participant 7", "99")),
    ("exampleanna_4567_98765_02_lstm_gates.ipynb", ("exampleanna", "4567")),
    ("exampleanna_LATE_4567_98765_02_lstm_gates-1.ipynb", ("exampleanna", "4567")),
    ("submitted/anna/ps1/02.ipynb", ("anna", "")),
])
def test_whose_it_is(path, student):
    assert owners_of([path])[path] == student


def test_a_folder_around_all_is_looked_through():
    found = owners_of(["class/anna/02.ipynb", "class/bob/02.ipynb"])
    assert [name for name, _ in found.values()] == ["anna", "bob"]


def test_a_folder(tmp_path):
    (tmp_path / "anna").mkdir()
    (tmp_path / "anna" / "02.ipynb").write_bytes(BOOK)
    (tmp_path / "anna" / "notes.txt").write_text("mine")
    (tmp_path / "bob").mkdir()
    (tmp_path / "bob" / "homework.pdf").write_bytes(b"%PDF")
    (tmp_path / "anna" / ".ipynb_checkpoints").mkdir()
    (tmp_path / "anna" / ".ipynb_checkpoints" / "02.ipynb").write_bytes(BOOK)
    anna, bob = collect(tmp_path)
    assert (anna.student, anna.data, anna.problem) == ("anna", BOOK, "")
    assert (bob.student, bob.problem) == ("bob", "The file is no notebook.")


def test_a_zip_is_read_in_memory_and_no_path_leads_out_of_it(tmp_path):
    path = tmp_path / "export.zip"
    path.write_bytes(zipped({
        "../../evil/02.ipynb": BOOK, "/abs/02.ipynb": BOOK, "C:\\x\\02.ipynb": BOOK,
        "anna_4567_98765_all.zip": zipped({"deep/02.ipynb": BOOK, "05.ipynb": BOOK}),
        "bob_1_2_broken.zip": b"PK no zip", "__MACOSX/._02.ipynb": b""}))
    found = collect(path)
    assert sorted(h.student for h in found) == ["C:", "abs", "anna", "anna", "bob",
                                                "evil"]
    assert [p.name for p in tmp_path.iterdir()] == ["export.zip"]
    assert not any(".." in h.file for h in found)


def test_a_link_is_not_followed(tmp_path):
    (tmp_path / "secret.ipynb").write_bytes(BOOK)
    (tmp_path / "class").mkdir()
    (tmp_path / "class" / "anna.ipynb").write_bytes(BOOK)
    try:
        (tmp_path / "class" / "eve.ipynb").symlink_to(tmp_path / "secret.ipynb")
    except OSError:
        pytest.skip("no links here")
    assert [h.student for h in collect(tmp_path / "class")] == ["anna"]


def test_a_file_that_unpacks_to_too_much(tmp_path):
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("anna.ipynb", b" " * 21_000_000)
    found, = collect(path)
    assert found.problem == "The file is too large." and not found.data


@pytest.mark.parametrize("make", [lambda p: p / "none", lambda p: p])
def test_nothing_there_is_an_error_that_names_it(tmp_path, make):
    with pytest.raises(ValueError, match="SUBMISSIONS must"):
        collect(make(tmp_path))

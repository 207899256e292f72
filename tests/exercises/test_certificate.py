"""The certificate: what it says is so, and it says nothing of a person or a machine."""

import getpass
import os
import platform
import re
import socket
from pathlib import Path

import numpy as np
import pytest

from lstm_helpers.exercises import catalogue, record
from lstm_helpers.exercises.certificate import NAME, certificate, facts, page


@pytest.fixture(autouse=True)
def _strange_machine(tmp_path, monkeypatch):
    """A record of its own; a user, a host and a home that would be noticed."""
    folder = tmp_path / "zebedee"
    folder.mkdir()
    monkeypatch.setenv("LSTM_HELPERS_PROGRESS", str(folder / "progress.json"))
    for name in ("USER", "LOGNAME", "USERNAME"):
        monkeypatch.setenv(name, "quincunx")
    monkeypatch.setenv("HOSTNAME", "periwinkle")
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setattr(platform, "node", lambda: "periwinkle")
    monkeypatch.setattr(socket, "gethostname", lambda: "periwinkle")
    monkeypatch.chdir(folder)


def test_nothing_of_a_person_or_a_machine():
    assert getpass.getuser() == "quincunx"  # what would be found
    text = page()
    for word in ("quincunx", "periwinkle", "zebedee", os.getcwd(), str(Path.home()),
                 os.sep + "home", "Users", "://", "@", "\\"):
        body = re.sub(r"@media[^\n]*", "", text)
        assert word not in body, word
    assert not re.search(r"\b\d{1,3}(\.\d{1,3}){3}\b", text)  # an IPv4 address
    assert not re.search(r"\b([0-9a-f]{2}:){5}[0-9a-f]{2}\b", text, re.I)  # MAC
    assert not re.search(r"(^|[\s>\"'])/\w", text.replace("</", "<"))  # a path
    assert "<script" not in text and "http" not in text


def test_it_says_what_was_done_and_with_what():
    before = facts()
    assert sum(done for done, _ in before["exercises"].values()) == 0
    assert list(before["exercises"]) == catalogue.notebooks()
    record.note("13.1", True)
    record.note("13.2", True)
    record.note("01.1", False)
    after = facts()
    assert after["exercises"]["13"] == (2, len(catalogue.exercises_of("13")))
    assert after["exercises"]["01"][0] == 0
    assert after["versions"]["numpy"] == np.__version__
    assert after["versions"]["Python"] == platform.python_version()
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", after["date"])
    text = page()
    total = sum(many for _, many in after["exercises"].values())
    assert f"2 of {total} exercises" in text
    assert f"<td>numpy</td><td>{np.__version__}</td>" in text


def test_it_is_a_whole_page_beside_the_record(capsys, tmp_path):
    certificate()
    path = record.path().with_name(NAME)
    text = path.read_text(encoding="utf-8")
    assert text.startswith("<!DOCTYPE html>") and text.endswith("</html>\n")
    assert capsys.readouterr().out.startswith(f"{NAME} is written")
    certificate(tmp_path / "mine.html")
    assert capsys.readouterr().out == "The page is written.\n"
    with pytest.raises(TypeError, match="path must be a text or a Path, got int"):
        certificate(3)


def test_a_broken_record_is_told():
    record.path().write_text("[]", encoding="utf-8")
    with pytest.raises(ValueError, match="not a record of progress"):
        certificate()

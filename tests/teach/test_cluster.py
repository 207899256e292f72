"""The same files from one process, from many, from a cluster, and after a stop."""

import os
import signal
import threading
import time

import pytest
from teach.made import CHECK, FORGET, NO_BIAS, SETUP, notebook

from lstm_helpers.teach import __main__ as command
from lstm_helpers.teach import grade, limits
from lstm_helpers.teach.collect import Handed


def handed(count):
    codes = (FORGET, NO_BIAS, "def forget_gate(h_prev, x_t, W_f, b_f):\n    return ...")
    return [Handed(f"s{k}", "", f"{k}.ipynb", notebook(
        SETUP, f"# {k}\n" + codes[k % 3] + "\n" + CHECK)) for k in range(count)]


def files(folder):
    return {path.name: path.read_text() for path in folder.glob("*.json")}


@pytest.fixture(scope="module")
def alone(tmp_path_factory):
    folder = tmp_path_factory.mktemp("alone")
    grade.grade(handed(12), folder, cores=1)
    return files(folder)


def test_all_cores_make_equal_files(alone, tmp_path):
    pytest.importorskip("joblib")
    grade.grade(handed(12), tmp_path, cores=2)
    assert files(tmp_path) == alone and len(alone) == 12


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the same code, hard to end there")
def test_a_cluster_makes_equal_files_and_a_lost_worker_loses_nothing(alone, tmp_path):
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True,
                                  dashboard_address=None) as cluster:
        pids = list(distributed.Client(cluster).run(os.getpid).values())

        def end_one():
            for _ in range(600):
                if len(files(tmp_path)) >= 3:
                    os.kill(pids[0], signal.SIGTERM)
                    return
                time.sleep(0.05)

        threading.Thread(target=end_one).start()
        grade.grade(handed(12), tmp_path, cluster=cluster.scheduler_address)
    assert files(tmp_path) == alone


def test_stopped_and_resumed_nothing_runs_twice(alone, tmp_path, monkeypatch, capsys):
    (tmp_path / "class").mkdir()
    for h in handed(12):
        (tmp_path / "class" / h.file).write_bytes(h.data)
    ran, real = [], grade.job

    def job(name, text, most):
        if len(ran) == 6:
            raise KeyboardInterrupt
        ran.append(name)
        return real(name, text, most)

    where = ["grade", str(tmp_path / "class"), "--out", str(tmp_path / "out"),
             "--jobs", "1"]
    monkeypatch.setattr(grade, "job", job)
    assert command.main(where) == 1
    assert "Stopped. What is graded stands in" in capsys.readouterr().out
    assert len(files(tmp_path / "out" / "results")) == 6
    monkeypatch.setattr(grade, "job", lambda *a: (ran.append(a[0]), real(*a))[1])
    assert command.main(where) == 0
    assert files(tmp_path / "out" / "results") == alone
    assert len(ran) == len(set(ran)) == 12


def test_a_changed_limit_grades_anew():
    data = notebook("1")
    assert grade.name_of(data, limits.DEFAULT, "a") != grade.name_of(
        data, limits.DEFAULT | dict(seconds=3.0), "a")
    assert grade.name_of(data, limits.DEFAULT, "a") != grade.name_of(
        data, limits.DEFAULT, "b")

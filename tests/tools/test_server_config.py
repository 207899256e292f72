"""How JupyterLab is started: a kernel's messages leave at once."""

from pathlib import Path

import pytest
from traitlets.config import PyFileConfigLoader

ROOT = Path(__file__).parents[2]


@pytest.fixture
def connection_class():
    config = PyFileConfigLoader("jupyter_server_config.py", str(ROOT)).load_config()
    return config.ServerApp.kernel_websocket_connection_class


def test_the_delay_is_turned_off_before_the_connection_is_made(
        connection_class, monkeypatch):
    calls = []

    class Handler:
        def set_nodelay(self, on):
            calls.append(on)

    base = connection_class.__mro__[1]
    monkeypatch.setattr(base, "connect", lambda self: calls.append("connected") or "it")
    monkeypatch.setattr(base, "websocket_handler", Handler())
    made = connection_class.__new__(connection_class)
    assert made.connect() == "it" and calls == [True, "connected"]


def test_every_way_to_start_uses_it():
    for name in ("Makefile", "README.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        started = text.count("-m jupyter lab ")
        assert started and started == text.count("--config=jupyter_server_config.py")
    assert "cp jupyter_server_config.py" in (ROOT / "binder/postBuild").read_text()

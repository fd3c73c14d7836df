"""Watching the supervisor's children."""

import signal
import time

import pytest

from portal.demo import children


@pytest.fixture
def brief():
    child = children.Child("brief", ["this"])  # a module that ends at once
    yield child
    children.stop_all([child])


def test_a_child_that_ends_is_started_again_but_not_for_ever(brief, capsys):
    brief.start()
    for _turn in range(children.RESTARTS):
        brief.process.wait()
        brief.keep_running()
    brief.process.wait()
    with pytest.raises(children.GaveUp, match="brief ended 6 times within a minute, last with code 0"):
        brief.keep_running()
    assert capsys.readouterr().err.count("brief ended with code 0; starting it again.") == children.RESTARTS


def test_stopping_ends_also_what_does_not_listen(tmp_path, monkeypatch):
    monkeypatch.setattr(children, "STOP_SECONDS", 0.5)
    deaf = children.Child("deaf", ["tests.portal.demo.deaf", str(tmp_path / "up")])
    deaf.start()
    while not (tmp_path / "up").exists():
        assert deaf.is_running()
        time.sleep(0.02)
    children.stop_all([deaf])
    assert deaf.process is not None
    assert deaf.process.returncode == -signal.SIGKILL

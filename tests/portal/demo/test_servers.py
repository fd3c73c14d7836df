"""The embedded servers, in folders of their own."""

import json
import os
import shutil
import socket
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest
import redis

from portal.demo import servers
from tests.architecture.sources import ROOT

VARIABLES = ("DATABASE_URL", "REDIS_URL", "PORTAL_VAR", "PORTAL_SECRET_KEY", "PORTAL_ENCRYPTION_KEYS")
LOGINS = ("OWNER", "JOBS", "FIGURES", "RETENTION")


@pytest.fixture
def var(tmp_path, monkeypatch):
    """A place as on a fresh machine: pytest's own folders are open to their owner only."""
    for name in (*VARIABLES, *(f"PORTAL_{login}_DATABASE_URL" for login in LOGINS)):
        monkeypatch.setenv(name, "")
    folder = tmp_path / "var"
    yield folder
    servers.stop(folder)
    shutil.rmtree(json.loads((folder / "servers.json").read_text())["home"], ignore_errors=True)


@pytest.fixture
def start(var):
    """Start the servers as a process does that finds none; all claims are given up in the end."""
    held = []

    def ensure():
        for name in VARIABLES:
            os.environ[name] = ""
        held.append(servers.ensure(var, fast=True))
        return held[-1]

    yield ensure
    for mine in held:
        if not mine.claim.closed:
            servers.leave(mine)


def _ask(address, query):
    with closing(psycopg2.connect(address)) as connection, connection, connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchone()


def _valkey(act):
    with closing(redis.Redis.from_url(os.environ["REDIS_URL"])) as client:
        return act(client)


def _pid(mine, name):
    return int((mine.state.home / name).read_text().split()[0])


def _listens(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_first_start_second_start_and_stop(start, var):
    first = start()
    assert _ask(os.environ["DATABASE_URL"], "SELECT current_user, current_database()") == (
        "portal_web",
        "portal",
    )
    assert _ask(first.url("portal_owner"), "CREATE TABLE kept AS SELECT 7 AS n; SELECT n FROM kept") == (7,)
    _valkey(lambda client: client.set("kept", "yes"))
    key = os.environ["PORTAL_ENCRYPTION_KEYS"]
    ports = dict(first.state.ports)
    assert servers.leave(first)
    assert not any(_listens(port) for port in ports.values())

    second = start()
    assert second.state.ports == ports
    assert _ask(second.url("portal_owner"), "SELECT n FROM kept") == (7,)
    assert _valkey(lambda client: client.get("kept")) == b"yes"
    assert os.environ["PORTAL_ENCRYPTION_KEYS"] == key
    assert servers.leave(second)


def test_a_busy_port_is_replaced(start, var):
    first = start()
    old = dict(first.state.ports)
    servers.leave(first)
    with (
        socket.create_server(("127.0.0.1", old["postgres"])),
        socket.create_server(("127.0.0.1", old["valkey"])),
    ):
        again = start()
        assert not set(old.values()) & set(again.state.ports.values())
        assert _ask(os.environ["DATABASE_URL"], "SELECT 1") == (1,)
        servers.leave(again)


def test_who_leaves_last_stops_them(start, var):
    mine = start()
    script = (
        "import sys; from pathlib import Path; from portal.demo import servers; "
        "print(servers.leave(servers.ensure(Path(sys.argv[1]))))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(var)],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": "", "REDIS_URL": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "False\n"
    assert _listens(mine.state.ports["postgres"])
    assert servers.leave(mine)


def test_no_secret_can_be_read_by_others(start, var):
    mine = start()
    for name in ("servers.json", "keys.json", "postgres.log", "valkey.log"):
        assert stat.S_IMODE((var / name).stat().st_mode) == 0o600, name
    assert stat.S_IMODE(mine.state.home.stat().st_mode) == 0o700
    for pid in (_pid(mine, "postgres/postmaster.pid"), _pid(mine, "valkey/valkey.pid")):
        shown = Path(f"/proc/{pid}/cmdline").read_text()
        assert not any(secret in shown for secret in mine.state.passwords.values())
    refused = mine.url("portal_web").replace(mine.state.passwords["portal_web"], "guess")
    with pytest.raises(psycopg2.OperationalError, match="password authentication failed"):
        psycopg2.connect(refused)
    with pytest.raises(redis.AuthenticationError):
        redis.Redis(port=mine.state.ports["valkey"]).ping()


def test_what_people_write_stays_out_of_the_log(start, var):
    mine = start()
    with pytest.raises(psycopg2.Error):
        _ask(mine.url("portal_web"), "SELECT 'a very private word'::int")
    with pytest.raises(psycopg2.Error):
        _ask(mine.url("portal_web"), "SELECT 'private' FROM nowhere")
    log = (var / "postgres.log").read_text()
    assert "SELECT" not in log
    assert "nowhere" in log


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has rights to give up")
def test_root_gives_up_its_rights_also_below_a_closed_folder(start, var):
    var.parent.chmod(0o700)
    mine = start()
    for pid in (_pid(mine, "postgres/postmaster.pid"), _pid(mine, "valkey/valkey.pid")):
        assert Path(f"/proc/{pid}").stat().st_uid == mine.state.home.stat().st_uid != 0
    assert not mine.state.home.is_relative_to(var)


def test_what_is_set_is_not_overwritten(start, var, monkeypatch):
    monkeypatch.setenv("PORTAL_SECRET_KEY", "given")
    servers.leave(servers.ensure(var, fast=True))
    assert os.environ["PORTAL_SECRET_KEY"] == "given"

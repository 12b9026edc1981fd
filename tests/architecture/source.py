"""Where do the tests of the architecture find the project's own files?"""

import ast
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "loyaldesk"


def modules(*folders: str) -> list[Path]:
    """Return every Python file below the folders, named from the top of the checkout."""
    return sorted(file for folder in folders for file in (ROOT / folder).rglob("*.py"))


def name(file: Path) -> str:
    """Return the file's name from the top of the checkout, with forward slashes."""
    return file.relative_to(ROOT).as_posix()


@cache
def tree(file: Path) -> ast.Module:
    """Return the syntax tree of a Python file."""
    return ast.parse(file.read_text(encoding="utf-8"))


def classes(file: Path) -> Iterator[ast.ClassDef]:
    """Yield every class of a file."""
    return (node for node in ast.walk(tree(file)) if isinstance(node, ast.ClassDef))


def calls(file: Path) -> Iterator[tuple[int, str, ast.Call]]:
    """Yield the line, the dotted name and the node of every call in a file."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Call):
            yield node.lineno, ast.unparse(node.func), node


def imported(file: Path) -> Iterator[tuple[int, str]]:
    """Yield the line and the dotted name of every import, `from a import b` as `a.b`."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


@cache
def tracked_files() -> list[Path]:
    """Return the files under version control; skip where there is none."""
    words = ["git", "-C", str(ROOT), "ls-files", "-z"]
    try:
        answer = subprocess.run(words, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this folder is not a git checkout")
    names = answer.stdout.decode().rstrip("\0").split("\0")
    return [file for file in (ROOT / name for name in names) if file.is_file()]


def pyproject() -> dict:
    """Return pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

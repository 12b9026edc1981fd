"""A PostgreSQL of the machine's own, in a temporary folder, reached by a socket in that folder."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["find_binaries", "running_postgres"]

_PLACES = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql*/bin")
_TIMEOUT_S = 120
# Stops the server once its input ends: also where the tests were killed and say nothing more.
_KEEPER = """
import subprocess, sys
user, *stop = sys.argv[1:]
sys.stdin.read()
sys.exit(subprocess.run(stop, user=user or None, cwd="/").returncode)
"""


def find_binaries() -> Path | None:
    """Return the newest folder with PostgreSQL's programs, or None where there is none."""
    found = [
        folder
        for place in _PLACES
        for folder in sorted(Path("/").glob(place.removeprefix("/")), reverse=True)
        if (folder / "initdb").exists()
    ]
    on_path = shutil.which("initdb")
    found += [Path(on_path).resolve().parent] if on_path else []
    return found[0] if found else None


@contextmanager
def running_postgres(binaries: Path) -> Iterator[str]:
    """Yield the URL of a server that is stopped and deleted at the end."""
    with tempfile.TemporaryDirectory(prefix="pg-") as name:
        folder = Path(name)
        user = _unprivileged()
        if user:
            shutil.chown(folder, user)
        data = folder / "data"
        _run(user, binaries / "initdb", "-D", data, "-U", "hub", "-A", "trust", "-E", "UTF8", "-N")
        options = f"-k {folder} -c listen_addresses= -c fsync=off -c max_connections=60"
        control = (binaries / "pg_ctl", "-D", data, "-w", "-l", folder / "log")
        _run(user, *control, "-o", options, "start")
        with _keeper(user, *control, "-m", "immediate", "stop"):
            yield f"postgresql+psycopg://hub@/postgres?host={folder}"


@contextmanager
def _keeper(user: str | None, *stop: object) -> Iterator[None]:
    """Have the command run at the end, by a process that outlives this one."""
    words = [sys.executable, "-c", _KEEPER, user or "", *map(str, stop)]
    keeper = subprocess.Popen(
        words, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, start_new_session=True
    )
    try:
        yield
    finally:
        assert keeper.stdin is not None
        keeper.stdin.close()
        assert keeper.wait(_TIMEOUT_S) == 0


def _unprivileged() -> str | None:
    """Return whom to run it as: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody", "daemon") if name in known)


def _run(user: str | None, *command: object) -> None:
    subprocess.run(
        [str(word) for word in command],
        user=user,
        cwd="/",
        check=True,
        timeout=_TIMEOUT_S,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C"},
    )

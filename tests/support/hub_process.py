"""The real hub in a process of its own, asked over sockets."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Any

import urllib3
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.support.hub_http import Laptop, Replied

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

__all__ = ["HubProcess", "RemoteHub", "hub_command", "running_hub"]

END_S = 30


@dataclass
class HubProcess:
    """A hub that serves: its address, and the administrator's password, empty if it is not new."""

    process: subprocess.Popen[str]
    url: str
    password: str
    log: IO[str]

    def end(self, number: int = signal.SIGTERM) -> int:
        """Tell it to end, and return its exit code."""
        self.process.send_signal(number)
        return self.process.wait(timeout=END_S)

    def log_text(self) -> str:
        """Return what it has logged."""
        self.log.seek(0)
        return self.log.read()


@dataclass
class RemoteHub:
    """What a `Laptop` needs of a hub, over a socket."""

    url: str
    at: datetime
    context: ssl.SSLContext | None = None
    epoch: str = field(default="", init=False)

    def __post_init__(self) -> None:
        self.pool = urllib3.PoolManager(ssl_context=self.context, retries=False, timeout=30)
        self.hub = self
        self.epoch = self.ask("GET", "/v1/hub").headers["ld-epoch"]

    def ask(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Replied:
        """Return the answer to one request."""
        made = self.pool.request(method, self.url + path, body=body, headers=dict(headers or {}))
        found = {name.lower(): value for name, value in made.headers.items()}
        return Replied(made.status, found, made.data)

    def laptop(self, login: str, password: str) -> Laptop:
        """Return a laptop that signed in."""
        laptop = Laptop(self, Ed25519PrivateKey.generate())  # type: ignore[arg-type]
        made = laptop.sign_in(login, password)
        assert made.status == 200, made.body
        return laptop


@contextmanager
def running_hub(folder: Path, *words: str, **environ: str) -> Iterator[HubProcess]:
    """Yield a hub that serves on a free port of this computer."""
    command = [sys.executable, "-W", "error", "-m", "loyaldesk", "hub", "serve", "--json"]
    command += ["--data", str(folder), "--port", "0", *words]
    with tempfile.TemporaryFile("w+") as log:
        process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            env={**os.environ, **environ},
        )
        try:
            said = _first_document(process, log)
            yield HubProcess(process, said["url"], said["administrator"] or "", log)
        finally:
            process.kill()
            process.communicate(timeout=END_S)


def hub_command(folder: Path, *words: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run another command of the hub's administration to its end."""
    command = [sys.executable, "-m", "loyaldesk", "hub", *words, "--data", str(folder)]
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, **environ},
    )


def _first_document(process: subprocess.Popen[str], log: IO[str]) -> Any:
    """Return the JSON document that the hub prints when it is ready."""
    lines: list[str] = []
    for line in process.stdout or ():
        lines.append(line)
        if line == "}\n":
            return json.loads("".join(lines))
    log.seek(0)
    raise RuntimeError(f"the hub ended with {process.wait(timeout=END_S)}: {log.read()}")

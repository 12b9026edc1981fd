"""A real hub with users, and profiles on this computer that share its records."""

from __future__ import annotations

import json
import socket
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from loyaldesk.sync.line import HubLine
from loyaldesk.sync.reach.connecting import Connected, Connecting, password_sign_in
from loyaldesk.sync.recovery.opening import open_profile
from tests.support.hub_process import hub_command, running_hub
from tests.support.stores import KEY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from loyaldesk.store.store import Store
    from loyaldesk.sync.engine.exchange import Round

__all__ = ["CuttingProxy", "Member", "Team", "running_team"]


@dataclass
class Member:
    """One desk: its profile folder, and its open store."""

    profile: Path
    told: list[str] = field(default_factory=list)

    @contextmanager
    def open(self, *, verify: bool = False) -> Iterator[Store]:
        """Yield the open store."""
        store = open_profile(
            self.profile, KEY, actor="somebody", verify=verify, told=self.told.append
        )
        try:
            yield store
        finally:
            store.close()

    def connect(self, url: str, user: str, password: str, *, share: bool = False) -> Connected:
        """Connect the profile."""
        with self.open() as store:
            connecting = Connecting(
                store, profile=self.profile, database_key=KEY, may_share=lambda: share
            )
            return connecting.connect(url, password_sign_in(user, password))

    def sync(self, **options: Any) -> Round:
        """Exchange once."""
        with self.open() as store, self.line(store, **options) as line:
            return line.once()

    @contextmanager
    def line(self, store: Store, **options: Any) -> Iterator[HubLine]:
        """Yield the line to the hub."""
        with HubLine(store, profile=self.profile, database_key=KEY, **options) as line:
            yield line


@dataclass
class Team:
    """A hub that serves, and who is invited to it."""

    folder: Path
    url: str

    def invite(self, user: str, *words: str, role: str = "office") -> str:
        """Invite somebody and return the password for one sign-in."""
        made = self.administer("user", "add", user, "--name", user, "--role", role, *words)
        return str(json.loads(made)["password"])

    def administer(self, *words: str) -> str:
        """Run a command of the hub's administration and return what it printed."""
        done = hub_command(self.folder, *words, "--json")
        assert done.returncode == 0, done.stderr
        return done.stdout


@contextmanager
def running_team(folder: Path) -> Iterator[Team]:
    """Yield a team whose hub serves on this computer."""
    with running_hub(folder) as hub:
        yield Team(folder, hub.url)


class CuttingProxy:
    """Passes bytes on between a desk and its hub, and loses what it is told to lose.

    The next `lost_replies` answers of the hub are swallowed and the connection cut, so the hub has
    done its work and the desk does not know.
    """

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._hub = (parts.hostname, parts.port)
        self._server = socket.create_server(("127.0.0.1", 0))
        self.lost_replies = 0
        self.was_cut = 0
        self.url = f"http://127.0.0.1:{self._server.getsockname()[1]}"

    def __enter__(self) -> CuttingProxy:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):
            self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._server.accept()
                threading.Thread(target=self._serve, args=(near,), daemon=True).start()

    def _serve(self, near: socket.socket) -> None:
        with near, socket.create_connection(self._hub, timeout=30) as far, suppress(OSError):
            near.settimeout(30)
            asking = threading.Thread(target=self._carry, args=(near, far), daemon=True)
            asking.start()
            while answer := far.recv(1 << 16):
                if self.lost_replies:
                    self.lost_replies -= 1
                    self.was_cut += 1
                    near.shutdown(socket.SHUT_RDWR)
                    return
                near.sendall(answer)

    def _carry(self, near: socket.socket, far: socket.socket) -> None:
        with suppress(OSError):
            while asked := near.recv(1 << 16):
                far.sendall(asked)
            far.shutdown(socket.SHUT_WR)

"""A hub asked over HTTP without a socket, and laptops that sign in at it."""

from __future__ import annotations

import asyncio
import json
import secrets
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from loyaldesk.hub.access import Role
from loyaldesk.hub.accounts.passwords import hash_password
from loyaldesk.hub.accounts.users import NewUser, add_user, grant_territory
from loyaldesk.hub.contents.store import open_contents
from loyaldesk.hub.http.app import build_app
from loyaldesk.hub.http.service import Hub
from loyaldesk.hub.opening import hub_place, start_store
from loyaldesk.hub.tables.metadata import METADATA
from loyaldesk.protocol.kinds import SCHEMA
from loyaldesk.protocol.wire import signed_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from starlette.types import ASGIApp

__all__ = ["PASSWORD", "HubHttp", "Laptop", "Replied", "dump_of", "hub_at"]

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PASSWORD = "correct horse battery"
WAIT_S = 60


@dataclass(frozen=True)
class Replied:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)

    @property
    def err(self) -> str:
        """The reason of a refusal, or nothing."""
        return str(self.json.get("err", "")) if self.status >= 400 else ""


@dataclass
class HubHttp:
    """A hub and its application on a loop of its own thread; its clock is turned by hand."""

    folder: Path
    at: datetime = NOW
    options: dict[str, Any] = field(default_factory=dict)

    def __enter__(self) -> Self:
        opened = start_store(hub_place(str(self.folder)), "Acme")
        self.password = opened.password
        self.hub = Hub(
            store=opened.store,
            identity=opened.identity,
            contents=open_contents(self.folder),
            now=lambda: self.at,
            clock=lambda: self.at.timestamp(),
            **self.options,
        )
        self.app: ASGIApp = build_app(self.hub)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=10)
        self._loop.run_until_complete(self._loop.shutdown_default_executor())
        self._loop.close()
        self.hub.store.close()

    def wait(self, **time: float) -> None:
        """Turn the clock on."""
        self.at += timedelta(**time)

    def add_user(self, login: str, role: str = "rep", *territories: str, **more: Any) -> None:
        """Add a user, who has signed in before and has a password of their own choice."""
        given = {"name": login.title(), "password": None, **more}
        if "email" not in more and "password" not in more:
            given["password"] = hash_password(PASSWORD)
        new = NewUser(login=login, role=Role(role), **given)
        with self.hub.store.transaction("add") as tx:
            user = add_user(tx.connection, new, uid=secrets.token_hex(16), now=NOW.isoformat())
            tx.run("UPDATE hub_user SET password_state = 'own' WHERE id = ?", (user.id,))
            for territory in territories:
                grant_territory(tx.connection, user, territory)

    def laptop(self, login: str, role: str = "rep", *territories: str) -> Laptop:
        """Return the laptop of a new user, signed in."""
        self.add_user(login, role, *territories)
        laptop = Laptop(self)
        made = laptop.sign_in(login)
        assert made.status == 200, made.body
        return laptop

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | Sequence[bytes] = b"",
        headers: Mapping[str, str] | None = None,
    ) -> Replied:
        """Return the answer to one request; a body of several chunks arrives bit by bit."""
        chunks = [body] if isinstance(body, bytes) else list(body)
        work = self._asked(method, path, chunks, headers or {})
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(WAIT_S)

    async def _asked(
        self, method: str, path: str, chunks: list[bytes], headers: Mapping[str, str]
    ) -> Replied:
        parts = urlsplit(path)
        scope = {
            "type": "http", "method": method, "path": parts.path, "scheme": "http",
            "raw_path": parts.path.encode(), "query_string": parts.query.encode(),
            "headers": [(k.lower().encode(), v.encode("latin-1")) for k, v in headers.items()],
            "client": ("192.0.2.7", 50000), "server": ("hub", 80), "http_version": "1.1",
            "root_path": "",
        }  # fmt: skip
        sent: list[Any] = []
        left = list(chunks)

        async def receive() -> dict[str, Any]:
            if not left:
                await asyncio.sleep(3600)
            return {"type": "http.request", "body": left.pop(0), "more_body": bool(left)}

        async def send(message: Any) -> None:
            sent.append(message)

        await self.app(scope, receive, send)
        found = {name.decode(): value.decode("latin-1") for name, value in sent[0]["headers"]}
        return Replied(sent[0]["status"], found, b"".join(m.get("body", b"") for m in sent[1:]))


@dataclass
class Laptop:
    """A device with its key; `at` is its clock, the hub's unless it is off."""

    http: HubHttp
    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    device: str = ""
    desk: str = ""
    refresh: str = ""
    token: str = ""
    off: timedelta = timedelta()
    client: str = field(default_factory=lambda: secrets.token_hex(16))

    @property
    def public(self) -> str:
        """The public half of the key."""
        return self.key.public_key().public_bytes_raw().hex()

    def signed(self, path: str, message: Any, **odd: Any) -> Replied:
        """Ask with a signature; `odd` puts something else in its place: key, headers, body."""
        body = json.dumps(message).encode()
        now = (self.http.at + self.off).isoformat()
        nonce = odd.get("nonce", secrets.token_hex(16))
        words = signed_words("POST", f"/v1/{path}", now=now, nonce=nonce, body=body)
        headers = {
            "Content-Type": "application/json",
            "LD-Protocol": "1",
            "LD-Now": now,
            "LD-Nonce": nonce,
            "LD-Signature": odd.get("key", self.key).sign(words).hex(),
            **odd.get("headers", {}),
        }
        return self.http.ask("POST", f"/v1/{path}", odd.get("body", body), headers)

    def sign_in(self, login: str, password: str = PASSWORD, **odd: Any) -> Replied:
        """Sign in by password, and fetch a token."""
        asked = {"key": self.public, "name": "laptop", "user": login, "password": password}
        return self.keep(self.signed("devices", asked, **odd))

    def keep(self, made: Replied) -> Replied:
        """Remember what a sign-in gave, if it gave anything."""
        if made.status == 200:
            self.device, self.desk = made.json["device"], made.json["desk"]
            self.refresh = made.json["refresh"]
            self.fetch_token()
        return made

    def fetch_token(self, **odd: Any) -> Replied:
        """Fetch an access token."""
        made = self.signed("token", {"device": self.device, "refresh": self.refresh}, **odd)
        if made.status == 200:
            self.token = made.json["token"]
        return made

    @property
    def headers(self) -> dict[str, str]:
        """The headers of every request."""
        return {
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "application/json",
            "LD-Protocol": "1",
            "LD-Client": self.client,
            "LD-Epoch": self.http.hub.epoch,
            "LD-Schema": str(SCHEMA),
            "LD-Now": self.http.at.isoformat(),
        }

    def ask(self, method: str, path: str, message: Any = None, **headers: str) -> Replied:
        """Ask as the signed-in device; a message is sent as JSON, bytes as they are."""
        if isinstance(message, (bytes, list)):
            body: bytes | list[bytes] = message
        else:
            body = b"" if message is None else json.dumps(message).encode()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.http.ask(method, f"/v1/{path}", body, {**self.headers, **named})


def hub_at(folder: Path, **options: Any) -> HubHttp:
    """Return a hub in that folder, to be entered."""
    return HubHttp(folder, options=options)


def dump_of(engine: sa.Engine, *, but: Sequence[str] = ()) -> dict[str, list[str]]:
    """Return every row of every table as text, to be compared."""
    with engine.connect() as connection:
        return {
            table.name: sorted(str(tuple(row)) for row in connection.execute(sa.select(table)))
            for table in METADATA.sorted_tables
            if table.name not in but
        }

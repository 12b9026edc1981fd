"""What does a simulated desk say to a hub? As much as a real one, and it keeps its cursor only."""

from __future__ import annotations

import asyncio
import json
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count, cycle
from typing import TYPE_CHECKING, Any, Self

import msgspec

from loyaldesk.hub.access import Role
from loyaldesk.hub.accounts.devices import NewDevice, add_device
from loyaldesk.hub.accounts.tokens import AccessTokens, Bearer
from loyaldesk.hub.accounts.users import NewUser, add_user, grant_territory
from loyaldesk.hub.engine.heads import heads_of
from loyaldesk.hub.opening import new_uid
from loyaldesk.hub.state import hub_name
from loyaldesk.protocol import wire
from loyaldesk.protocol.buckets import ALL, account_bucket, own_bucket
from loyaldesk.protocol.kinds import SCHEMA
from loyaldesk.protocol.messages import Change, Cursor, Mutation, Pull, Pulled, Push

if TYPE_CHECKING:
    from collections.abc import Mapping

    from benchmarks.sync_data import CompanyHub
    from loyaldesk.hub.opening import Opened
    from loyaldesk.hub.transaction import Tx
    from loyaldesk.protocol.kinds import Row

__all__ = ["Asker", "SimulatedDesk", "admit_desks"]

_CUSTOMERS = "SELECT id, row FROM entity WHERE kind = 'customer' ORDER BY substr(id, 25), id"
_NOTE = "SELECT row FROM entity WHERE kind = 'activity' ORDER BY id LIMIT 1"


def admit_desks(hub: CompanyHub, opened: Opened, desks: int) -> list[SimulatedDesk]:
    """Give so many desks a user, a device and a token, and the territories by turns."""
    now = datetime.now(UTC)
    with hub.store.transaction("admit") as tx:
        tokens = AccessTokens(hub_name(tx), opened.identity.signing_key)
        territories = _by_territory(tx)
        heads = {name: (head.seq, head.seq) for name, head in heads_of(tx).items()}
        note = json.loads((tx.row(_NOTE) or ("",))[0])
        found = []
        for number, territory in zip(range(desks), cycle(sorted(territories)), strict=False):
            bearer = _admit(tx, f"desk-{number}", territory, now)
            headers = _headers(f"client-{number}", hub.epoch, tokens.make(bearer, now))
            mine = (ALL, account_bucket(territory), own_bucket(f"Desk {number}"))
            cursors = {name: heads.get(name, (0, 0)) for name in mine}
            customers = territories[territory]
            place = number // len(territories) % len(customers)
            found.append(SimulatedDesk(headers, cursors, customers[place], note))
    return found


def _by_territory(tx: Tx) -> dict[str, list[tuple[str, Row]]]:
    territories: dict[str, list[tuple[str, Row]]] = {}
    for uid, text in tx.rows(_CUSTOMERS):
        row = json.loads(text)
        territories.setdefault(row["territory"], []).append((uid, row))
    return territories


def _admit(tx: Tx, login: str, territory: str, now: datetime) -> Bearer:
    new = NewUser(login=login, name=login.replace("desk-", "Desk "), role=Role.REP, password=None)
    user = add_user(tx.connection, new, uid=new_uid(), now=now.isoformat())
    grant_territory(tx.connection, user, territory)
    made = NewDevice(user.id, secrets.token_hex(32), login)
    device, _ = add_device(tx.connection, made, uid=new_uid(), now=now)
    return Bearer(user.id, device.id)


def _headers(client: str, epoch: str, token: str) -> dict[str, str]:
    return {
        "Authorization": f"Bearer {token}",
        "Content-Type": "application/json",
        wire.PROTOCOL_HEADER: str(wire.PROTOCOL),
        wire.CLIENT_HEADER: client,
        wire.EPOCH_HEADER: epoch,
        wire.SCHEMA_HEADER: str(SCHEMA),
        wire.NOW_HEADER: datetime.now(UTC).isoformat(),
    }


@dataclass(slots=True)
class SimulatedDesk:
    """A desk that writes notes about one customer, and changes its own note of it."""

    headers: Mapping[str, str]
    cursors: dict[str, Cursor]
    customer: tuple[str, Row]
    note: Row
    no: int = 0
    words: str = field(init=False)
    _words: Any = field(default_factory=count, init=False)

    def __post_init__(self) -> None:
        self.words = self.customer[1]["notes"]

    def next_push(self) -> bytes:
        """Return the next edits, or those that the hub was too busy to take."""
        uid, _ = self.customer
        note = self.note | {"customer_id": uid, "contact_id": None, "order_id": None}
        note |= {"source_key": None, "source_system": None}
        made = [self._made(at, "activity", new_uid(), row=note) for at in (1, 2)]
        change = Change(old=self.words, new=f"Call {self.no}")
        made.append(self._made(3, "customer", uid, ch={"notes": change}))
        return msgspec.json.encode(Push(made))

    def sent(self, _: bytes) -> None:
        """Count the edits as answered."""
        self.words = f"Call {self.no}"
        self.no += 3

    def next_pull(self) -> bytes:
        """Return the question for what is new."""
        return msgspec.json.encode(Pull(cur=self.cursors))

    def read(self, answer: bytes) -> None:
        """Keep how far the page goes."""
        self.cursors = msgspec.json.decode(answer, type=Pulled).cur

    def _made(self, at: int, kind: str, uid: str, **what: Any) -> Mutation:
        return Mutation(
            no=self.no + at, uuid=new_uid(), grp=self.no + at, kind=kind, id=uid,
            op="create" if "row" in what else "edit", schema=SCHEMA,
            edited_at=datetime.now(UTC).isoformat(), offset_ms=0, **what,
        )  # fmt: skip


class Asker:
    """One kept-alive connection to the hub; as little work as can be, for there are many."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, head: str
    ) -> None:
        self._reader, self._writer, self._head = reader, writer, head

    @classmethod
    async def connect(cls, port: int, headers: Mapping[str, str]) -> Self:
        """Open a connection whose requests all carry these headers."""
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        return cls(reader, writer, f"Host: 127.0.0.1\r\n{lines}")

    async def ask(self, path: str, body: bytes) -> tuple[int, bytes]:
        """Return status and body of the answer to a POST below `/v1/`."""
        start = f"POST {wire.PREFIX}{path} HTTP/1.1\r\n{self._head}Content-Length: {len(body)}"
        self._writer.write(f"{start}\r\n\r\n".encode() + body)
        head = (await self._reader.readuntil(b"\r\n\r\n")).lower()
        length = int(head.split(b"content-length:", 1)[1].split(b"\r\n", 1)[0])
        return int(head.split(b" ", 2)[1]), await self._reader.readexactly(length)

    def close(self) -> None:
        """End the connection."""
        self._writer.close()

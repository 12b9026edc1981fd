"""Which edits of a desk were answered already, and how? What was said once is said again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from loyaldesk.hub.engine.records import as_json
from loyaldesk.protocol.digest import EMPTY, chain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyaldesk.hub.access import Principal
    from loyaldesk.hub.transaction import Tx
    from loyaldesk.protocol.messages import Head, Mutation

__all__ = ["Answered", "Client", "Status", "answered_before", "lock_client", "write_answers"]

Status = Literal["applied", "merged", "conflict", "rejected"]

_IDS = msgspec.json.Decoder(list[str])
_RESULTS = "SELECT no, uuid, kind, id, status, reason, conflicts FROM mutation_result"


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of an edit: its number and uuid, its record, and the outcome for good."""

    no: int
    uuid: str
    kind: str
    id: str
    status: Status
    reason: str
    conflicts: tuple[str, ...]

    def under(self, no: int) -> Answered:
        """Return the same outcome under the number that another client gave the edit."""
        return Answered(
            no, self.uuid, self.kind, self.id, self.status, self.reason, self.conflicts
        )  # fmt: skip


@dataclass(slots=True)
class Client:
    """A desk's place in its own sequence of edits, locked for this transaction."""

    id: str
    user: str
    device: str
    last_no: int
    chain: str
    fresh: list[Answered] = field(default_factory=list)
    # Those of them that no client had sent before.
    first: list[Answered] = field(default_factory=list)

    def belongs_to(self, principal: Principal) -> bool:
        """Say whether it is this user's, at this device."""
        return (self.user, self.device) == (principal.name, principal.device)

    def answer(self, answered: Answered, *, is_first: bool) -> None:
        """Count the edit as answered; `is_first` says that no client had sent it before."""
        self.last_no = answered.no
        self.chain = chain(self.chain, answered.uuid)
        self.fresh.append(answered)
        self.first += [answered] if is_first else []


def lock_client(tx: Tx, principal: Principal, head: Head, now: str) -> Client:
    """Return the client; until the end of the transaction no other push of it is answered."""
    tx.run(
        "INSERT INTO client (id, user_name, device, desk, last_no, chain, schema_rev, seen_at)"
        " VALUES (?, ?, ?, ?, 0, ?, ?, ?) ON CONFLICT DO NOTHING",
        (head.client, principal.name, principal.device, principal.desk, EMPTY, head.schema, now),
    )
    lock = " FOR UPDATE" if tx.is_postgres else ""
    columns = "SELECT id, user_name, device, last_no, chain FROM client WHERE id = ?"
    found = tx.row(columns + lock, (head.client,))
    if found is None:
        raise AssertionError("the client was written just before")
    return Client(*found)


def answered_before(
    tx: Tx, client: Client, mutations: Sequence[Mutation]
) -> tuple[dict[int, Answered], dict[str, Answered]]:
    """Return the outcomes by this client's numbers, and by uuid those of edits of any client."""
    numbers = [mutation.no for mutation in mutations if mutation.no <= client.last_no]
    own = tx.rows_of(f"{_RESULTS} WHERE client_id = ? AND no IN {{}}", numbers, before=[client.id])
    by_number = {found[0]: _answered(found) for found in own}
    places = list(tx.rows_of(
        "SELECT uuid, client_id, no FROM applied_uuid WHERE uuid IN {}",
        [mutation.uuid for mutation in mutations],
    ))  # fmt: skip
    by_uuid = {}
    for uuid, client_id, number in places:
        found = tx.row(f"{_RESULTS} WHERE client_id = ? AND no = ?", (client_id, number))
        forgotten = Answered(number, uuid, "", "", "applied", "", ())
        by_uuid[uuid] = forgotten if found is None else _answered(found)
    return by_number, by_uuid


def _answered(found: tuple[Any, ...]) -> Answered:
    no, uuid, kind, uid, status, reason, conflicts = found
    return Answered(no, uuid, kind, uid, status, reason, tuple(_IDS.decode(conflicts)))


def write_answers(tx: Tx, client: Client, head: Head, now: str) -> None:
    """Keep the new outcomes and the client's place.

    An edit that another client of the same desk is just sending too is there twice, which raises:
    done again, its outcome is copied.
    """
    tx.run_many(
        "INSERT INTO applied_uuid (uuid, client_id, no) VALUES (?, ?, ?)",
        [(each.uuid, client.id, each.no) for each in client.first],
    )
    tx.run_many(
        "INSERT INTO mutation_result (client_id, no, uuid, kind, id, status, reason, conflicts, at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                client.id, each.no, each.uuid, each.kind, each.id, each.status, each.reason,
                as_json(each.conflicts), now,
            )
            for each in client.fresh
        ],
    )  # fmt: skip
    tx.run(
        "UPDATE client SET last_no = ?, chain = ?, schema_rev = ?, seen_at = ? WHERE id = ?",
        (client.last_no, client.chain, head.schema, now, client.id),
    )

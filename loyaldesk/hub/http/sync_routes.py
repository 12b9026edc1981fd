"""How do the sync messages of a desk come in? With their head, and out as messages or problems."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from loyaldesk.hub.access import Verb, authorise
from loyaldesk.hub.engine.answering import answer
from loyaldesk.hub.refusals import STATUS, Refusal, malformed, unknown
from loyaldesk.protocol.buckets import buckets_of
from loyaldesk.protocol.kinds import SCHEMA, kind_named
from loyaldesk.protocol.messages import Call, Head, Problem
from loyaldesk.protocol.wire import (
    CLIENT_HEADER,
    EPOCH_HEADER,
    NOW_HEADER,
    PREFIX,
    PROTOCOL,
    PROTOCOL_HEADER,
    SCHEMA_HEADER,
    History,
    HistoryEntry,
    PaperUsed,
)

if TYPE_CHECKING:
    from loyaldesk.hub.http.exchange import Answer, Asked
    from loyaldesk.hub.transaction import Tx
    from loyaldesk.protocol.kinds import Kind

__all__ = ["answer_history", "answer_sync"]

_CLIENT = re.compile(r"[0-9A-Za-z_-]{1,64}")
_EPOCH = re.compile(r"[0-9A-Za-z_-]{0,64}")
_NUMBER = re.compile(r"[0-9]{1,6}")
_UID = re.compile(r"[0-9a-f]{32}")
PAGE = 200
_AUDIT = (
    "SELECT k, at, actor, op, field, old, new FROM change_audit"
    " WHERE kind = ? AND entity_id = ? AND k < ? ORDER BY k DESC LIMIT ?"
)
_FIRST = (1 << 62) - 1


def answer_sync(asked: Asked) -> Answer:
    """Return the engine's reply to a push, pull, known or verify."""
    call = Call(asked.path.removeprefix(PREFIX), _head(asked), asked.body)
    reply = answer(asked.hub.store, asked.asker, call, now=asked.now)
    if isinstance(reply, Problem):
        refusal = Refusal(reply.err, "", status=STATUS.get(reply.err, 422))
        refusal.problem = reply
        raise refusal
    return reply


def answer_history(asked: Asked) -> History:
    """Return who changed which field of a record, newest first, to those who may read it."""
    kind, uid = kind_named(asked.params["kind"]), asked.params["uid"]
    before = asked.number("before", _FIRST, most=_FIRST)
    if kind is None or not _UID.fullmatch(uid):
        raise unknown()
    with asked.hub.store.snapshot("history") as tx:
        if not authorise(asked.asker, Verb.READ, _buckets(tx, kind, uid)):
            raise unknown()
        rows = tx.rows(_AUDIT, (kind.name, uid, before, PAGE + 1))
        uses = _uses(tx, uid) if kind.name == "document" and before == _FIRST else []
    entries = [_entry(row) for row in rows[:PAGE]]
    return History(entries, entries[-1].id if len(rows) > PAGE else None, uses)


def _head(asked: Asked) -> Head:
    values = asked.headers
    if values.get(PROTOCOL_HEADER) != str(PROTOCOL):
        raise Refusal(
            "outdated",
            f"The hub speaks version {PROTOCOL} of the protocol. Nothing was changed. Install the "
            "LoyalDesk that fits the hub.",
        )
    client, epoch = values.get(CLIENT_HEADER, ""), values.get(EPOCH_HEADER, "")
    schema = values.get(SCHEMA_HEADER, "")
    if not (_CLIENT.fullmatch(client) and _EPOCH.fullmatch(epoch) and _NUMBER.fullmatch(schema)):
        raise malformed(f"{CLIENT_HEADER}, {EPOCH_HEADER} and {SCHEMA_HEADER} say who asks")
    if int(schema) > SCHEMA:
        raise Refusal(
            "outdated",
            f"This LoyalDesk is newer than its hub, which knows records of version {SCHEMA}. "
            "Nothing was changed; edits are kept until the hub is brought up to date.",
        )
    return Head(client=client, epoch=epoch, schema=int(schema), now=values.get(NOW_HEADER, ""))


def _buckets(tx: Tx, kind: Kind, uid: str) -> tuple[str, ...]:
    """Return the buckets of a record; none where there is no such record."""
    found = tx.row("SELECT account_id FROM entity WHERE kind = ? AND id = ?", (kind.name, uid))
    if found is None:
        return ()
    customer = tx.row("SELECT e.row FROM entity e WHERE kind = 'customer' AND id = ?", (found[0],))
    return buckets_of(kind, None if customer is None else json.loads(customer[0]))


def _uses(tx: Tx, uid: str) -> list[PaperUsed]:
    """Return the newest uses of a document; they lie with the customer whose paper it is."""
    found = tx.rows(
        "SELECT u.row FROM entity d JOIN entity u ON u.account_id = d.account_id"
        " AND u.kind = 'paper_use' WHERE d.kind = 'document' AND d.id = ? AND u.deleted = 0",
        (uid,),
    )
    rows = [row for (text,) in found if (row := json.loads(text))["document_id"] == uid]
    rows.sort(key=lambda row: row["used_at"], reverse=True)
    return [
        PaperUsed(
            at=row["used_at"], actor=row["used_by"], verb=row["verb"], recipient=row["recipient"]
        )
        for row in rows[:PAGE]
    ]


def _entry(row: tuple[Any, ...]) -> HistoryEntry:
    number, at, actor, op, field, old, new = row
    return HistoryEntry(
        id=str(number),
        at=at,
        actor=actor,
        op=op,
        field=field,
        old=json.loads(old) if old else None,
        new=json.loads(new) if new else None,
    )

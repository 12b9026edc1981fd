"""Who names a content, and may somebody therefore have it?

A content belongs to nobody: whoever may read a document or a mail that names it may read it, and
for everybody else it does not exist.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from loyaldesk.hub.access import Verb, authorise
from loyaldesk.hub.tables.contents import NAMES_BLOB, SHA256_IN_ROW
from loyaldesk.protocol.buckets import buckets_of
from loyaldesk.protocol.kinds import KINDS

if TYPE_CHECKING:
    from loyaldesk.hub.access import Principal
    from loyaldesk.hub.transaction import Tx

__all__ = ["is_named", "may_read"]

_CUSTOMER = "SELECT \"row\" FROM entity WHERE kind = 'customer' AND id = ? AND deleted = 0"
# The words of a conflict hold whole rows where a record was deleted and edited at once.
_CONFLICTS = (
    "SELECT 1 FROM entity WHERE kind = 'edit_conflict' AND deleted = 0"
    ' AND strpos("row", ?) > 0 AND strpos("row", ?) > 0 LIMIT 1'
)
_OPEN = '"status":"open"'


def may_read(tx: Tx, principal: Principal, sha256: str) -> bool:
    """Say whether they can read a document or a mail that names this content."""
    sql = f"SELECT DISTINCT kind, account_id FROM entity WHERE deleted = 0 AND {_names(tx)}"  # noqa: S608
    found = tx.rows(sql, (sha256,))
    return any(_reaches(tx, principal, kind, account_id) for kind, account_id in found)


def is_named(tx: Tx, sha256: str, *, now: str) -> bool:
    """Say whether anything names this content: a row, even a deleted one, an upload, a conflict."""
    by_row = f"SELECT 1 FROM entity WHERE {_names(tx)} LIMIT 1"  # noqa: S608
    by_upload = "SELECT 1 FROM blob_upload WHERE sha256 = ? AND expires_at > ? LIMIT 1"
    return (
        tx.row(by_row, (sha256,)) is not None
        or tx.row(by_upload, (sha256, now)) is not None
        or tx.row(_conflicts(tx), (sha256, _OPEN)) is not None
    )


def _reaches(tx: Tx, principal: Principal, kind: str, account_id: str) -> bool:
    customer = tx.row(_CUSTOMER, (account_id,))
    row = None if customer is None else json.loads(customer[0])
    return authorise(principal, Verb.READ, buckets_of(KINDS[kind], row))


def _names(tx: Tx) -> str:
    """Return the condition that a row names a content, as its index has it."""
    expression = SHA256_IN_ROW["postgresql" if tx.is_postgres else "sqlite"]
    return f"{NAMES_BLOB} AND {expression} = ?"


def _conflicts(tx: Tx) -> str:
    return _CONFLICTS if tx.is_postgres else _CONFLICTS.replace("strpos", "instr")

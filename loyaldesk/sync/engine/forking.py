"""What does a desk do whose numbers the hub knows otherwise: restored from a backup, or copied?

It becomes another client, numbers its waiting edits from 1, and keeps their uuids: what the hub
has already is answered, not made again. The other copy goes on giving numbers under the desk code
that both had, so this one takes a code of its own for the papers and mails that are still to come.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from loyaldesk.domain.paper_number import forked_code
from loyaldesk.store.outbox import renumber
from loyaldesk.store.sync_state import StateKey
from loyaldesk.sync.engine.rebasing import rebase

if TYPE_CHECKING:
    from loyaldesk.sync.engine.desk import Desk, Tx

__all__ = ["become_new_client", "take_new_client"]


def become_new_client(desk: Desk) -> None:
    """Take a new identity and a new desk code, and number what waits anew."""
    with desk.transaction("fork") as tx:
        take_new_client(desk, tx)
        _take_new_code(tx)


def take_new_client(desk: Desk, tx: Tx) -> None:
    """Take a new identity inside a transaction."""
    tx.remember(StateKey.CLIENT, desk.new_uid())
    tx.remember(StateKey.CHAIN, "")
    renumber(tx.connection, 1)


def _take_new_code(tx: Tx) -> None:
    old = tx.state(StateKey.DESK_CODE)
    if not old:
        return
    code = forked_code(old, tx.state(StateKey.CLIENT))
    tx.remember(StateKey.DESK_CODE, code)
    _keep_own_mails(tx, old, code)


def _keep_own_mails(tx: Tx, old: str, code: str) -> None:
    """Stay the sender of mails that the hub has not heard of: no other copy has them."""
    found = tx.connection.execute(
        "SELECT no, uid, body FROM outbox WHERE kind = 'mail' AND op = 'create' ORDER BY no"
    ).fetchall()
    for no, uid, text in found:
        body = json.loads(text)
        if body["row"]["desk"] == old:
            body["row"]["desk"] = code
            tx.connection.execute("UPDATE outbox SET body = ? WHERE no = ?", [json.dumps(body), no])
            rebase(tx, "mail", uid)

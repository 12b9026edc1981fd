"""What do the pictures of the page of desk and hub show? A hub, and four people's edits."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from loyaldesk.sync.state import Phase, SyncState

if TYPE_CHECKING:
    from datetime import datetime

    from loyaldesk.ui.desk import Desk

__all__ = ["show_sync"]

HUB, CUSTOMERS = "https://hub.nordlicht.example", 4


def show_sync(desk: Desk, picture: str) -> None:
    """Show one of the pictures: alone, offline, conflicts, in-step."""
    connected = _connected(desk)
    last = desk.now() - timedelta(minutes=95)
    states = {
        "alone": SyncState(),
        "offline": replace(connected, phase=Phase.OFFLINE, waiting=3, last_success_at=last),
        "conflicts": replace(connected, conflicts=2),
        "in-step": connected,
    }
    # Told once it is written: the page reads when it hears of it.
    desk.jobs.run(
        _write_edits,
        then=lambda _: desk.news.tell_sync(states[picture]),
        picture=picture,
        now=desk.now(),
    )


def _write_edits(store: Any, *, picture: str, now: datetime) -> None:
    """Let changes wait, or let two people have met; what the picture before wrote goes."""
    with store.remote_transaction("Pictures") as tx:
        for table in ("outbox", "edit_conflict"):
            tx.execute(f"DELETE FROM {table}")  # noqa: S608 - both named here
    customers = _customers(store)
    if picture == "conflicts":
        _write_conflicts(store, customers, now)
    for grp, customer in enumerate(customers[:3] if picture == "offline" else (), 1):
        _wait(store, grp, customer, now - timedelta(minutes=12 * grp))


def _connected(desk: Desk) -> SyncState:
    return SyncState(
        phase=Phase.IN_STEP,
        last_success_at=desk.now() - timedelta(minutes=2),
        hub=HUB,
        user="ana",
        desk="B7",
    )


def _customers(store: Any) -> list[tuple[str, str]]:
    with store.reader() as reader:
        found = reader.rows("SELECT uid, name FROM customer ORDER BY id LIMIT ?", [CUSTOMERS])
    return [(uid.hex(), name) for uid, name in found]


def _wait(store: Any, grp: int, customer: tuple[str, str], at: datetime) -> None:
    uid, name = customer
    body = json.dumps({"ch": {"phone": {"old": "040 7344 121", "new": "040 7344 555"}}})
    sql = (
        "INSERT INTO outbox (uuid, grp, kind, uid, op, body, edited_at, schema, actor, label)"
        " VALUES (?, ?, 'customer', ?, 'edit', ?, ?, 1, 'ana', ?)"
    )
    with store.remote_transaction("Pictures") as tx:
        tx.execute(sql, [f"{grp:032x}", grp, uid, body, at.isoformat(), f"Edit {name}"])


def _write_conflicts(store: Any, customers: list[tuple[str, str]], now: datetime) -> None:
    met: tuple[tuple[int, str, str, str, Any, Any, Any, Any], ...] = (
        (0, "terms_days", "manual", "open", 30, 10, 45, 45),
        (0, "credit_limit_minor", "manual", "open", 2_000_000, 2_500_000, 3_000_000, 3_000_000),
        (0, "tax_id", "manual", "open", "", "DE 811 907 980", "DE 811 907 981", "DE 811 907 981"),
        (1, "account_manager", "manual", "open", "Ben", "Ana", "Claire", "Claire"),
        (2, "phone", "latest", "auto", "", "040 7344 555", "040 7344 556", "040 7344 555"),
        (3, "notes", "text", "auto", "Ramp at the back.",
         "Ramp at the back.\nPallets 1.60 m at most.", "Ramp at the back.\nNew ramp from January.",
         "Ramp at the back.\nNew ramp from January.\nPallets 1.60 m at most."),
    )  # fmt: skip
    from loyaldesk.models import EditConflict
    from loyaldesk.store.uids import new_uid

    with store.transaction("Pictures", undoable=False) as tx:
        for at, field, rule, status, *values in met:
            base, mine, theirs, winner = map(json.dumps, values)
            uid = bytes.fromhex(customers[at][0])
            customer_id = tx.value("SELECT id FROM customer WHERE uid = ?", [uid])
            tx.insert(
                EditConflict, customer_id=customer_id, record_kind="customer", record_uid=uid,
                field=field, rule=rule, base=base, mine=mine, theirs=theirs, winner=winner,
                my_user="ana", my_desk="B7", my_edited_at=now - timedelta(hours=15),
                their_user="Claire", their_edited_at=now - timedelta(hours=2),
                mutation_uid=new_uid(now), found_at=now - timedelta(hours=1, minutes=at),
                status=status,
            )  # fmt: skip

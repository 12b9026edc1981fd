"""What could be wrong by design in a desk? Each fault is made of the right function."""

from __future__ import annotations

from typing import Any

from msgspec import UNSET

from loyaldesk.protocol.messages import Change
from loyaldesk.store import outbox, outbox_body
from loyaldesk.store.sync_state import StateKey
from loyaldesk.sync.engine import staging

__all__ = ["FAULTS"]

Make = "Callable[[Any], Any]"


def _cursor_before_rows(right: Any) -> Any:
    def take(desk: Any, page: Any, round_: Any) -> int:
        if page.rows and not page.resets:
            with desk.transaction("stage") as tx:
                for name, cursor in page.cur.items():
                    staging._move_cursor(tx, name, cursor)  # noqa: SLF001
            for entry in page.rows:
                entry.seq += 1_000_000  # the rows come all the same, if nothing happens between
        return right(desk, page, round_)

    return take


def _no_rebase(_right: Any) -> Any:
    return lambda _tx, _kind, _uid: None


def _no_leave(right: Any) -> Any:
    def listed(memberships: Any, known: Any, entry: Any, *, is_reset: bool) -> None:
        if entry[3] != "L":
            right(memberships, known, entry, is_reset=is_reset)

    return listed


def _leave_takes_all(right: Any) -> Any:
    def listed(memberships: Any, known: Any, entry: Any, *, is_reset: bool) -> None:
        _, where, _, op, kind, uid, *_ = entry
        if op == "L":
            for bucket, rv in list(known.listed[uid].items()):
                if bucket != where:
                    memberships.remove(kind, uid, bucket, was=rv)
                    known.listed[uid].pop(bucket)
        right(memberships, known, entry, is_reset=is_reset)

    return listed


def _enter(phase: str) -> Any:
    def skip(_desk: Any, _tx: Any, stage: Any, _most: int) -> int:
        stage.enter(phase)
        return 0

    return lambda _right: skip


def _skip_phase(steps: str, phase: str) -> Any:
    """Return how the table of phases loses one of them."""

    def make(right: Any) -> Any:
        return right | {steps: _enter(phase)(None)}

    return make


def _no_replay(_right: Any) -> Any:
    def call_back(desk: Any, _round: Any) -> Any:
        with desk.transaction("requeue") as tx:
            tx.remember(StateKey.REPLAY, "")
        return
        yield

    return call_back


def _coalesced(right: Any) -> Any:
    def keep(connection: Any, edits: Any, **more: Any) -> None:
        (edit, *others) = edits
        waiting = outbox.waiting_of(connection, edit.kind, edit.uid)
        if others or edit.op != "edit" or not waiting or waiting[-1].op != "edit":
            right(connection, edits, **more)
            return
        both = outbox_body.decode_body(waiting[-1].body).ch | dict(edit.changes)
        connection.execute(
            "UPDATE outbox SET body = ? WHERE no = ?",
            [outbox_body.encode_body(None, both), waiting[-1].no],
        )

    return keep


def _whole_row(right: Any) -> Any:
    def body(edit: Any) -> Any:
        if edit.op == "edit":
            every = {name: Change(new=value) for name, value in edit.after.items()}
            return outbox_body.encode_body(None, every)
        return right(edit)

    return body


def _plain_counter(right: Any) -> Any:
    def body(edit: Any) -> Any:
        if edit.op == "edit" and any(each.inc is not UNSET for each in edit.changes.values()):
            plain = {
                name: Change(new=edit.after[name]) if change.inc is not UNSET else change
                for name, change in edit.changes.items()
            }
            return outbox_body.encode_body(None, plain)
        return right(edit)

    return body


def _not_only_seen(right: Any) -> Any:
    """Forget which buckets the last page did not name."""

    def end(tx: Any, page: Any, stage: Any) -> None:
        names = [name for (name,) in tx.connection.execute("SELECT name FROM bucket").fetchall()]
        page.cur |= {name: (0, 0) for name in names if name not in page.cur}
        right(tx, page, stage)

    return end


def _no_offset(_right: Any) -> Any:
    return lambda _desk, _answer, _asked_at: ""


def _new_uuids(right: Any) -> Any:
    def take(desk: Any, tx: Any) -> None:
        right(desk, tx)
        for (no,) in tx.connection.execute("SELECT no FROM outbox ORDER BY no").fetchall():
            tx.connection.execute("UPDATE outbox SET uuid = ? WHERE no = ?", [desk.new_uid(), no])

    return take


def _nothing(_right: Any) -> Any:
    return lambda *_given, **_named: None


def _always(answer: object) -> Any:
    return lambda _right: lambda *_given, **_named: answer


FAULTS: dict[str, tuple[str, Any, str]] = {
    "cursor kept before its rows": ("sync.engine.pulling:_take", _cursor_before_rows, "P1 P6"),
    "no rebase of waiting edits": ("sync.engine.putting:rebase", _no_rebase, "P8 P10"),
    "leave is not heard": ("sync.engine.putting:_list", _no_leave, "P6 P7"),
    "leave takes the row out of every bucket": (
        "sync.engine.putting:_list", _leave_takes_all, "P1 P6"),
    "rows of a revoked bucket stay": (
        "sync.engine.applying:_STEPS", _skip_phase("void", "sweep"), "P7"),
    "revoked only if the hub says so": ("sync.engine.staging:_end", _not_only_seen, "P6 P7"),
    "no sweep after a reset": (
        "sync.engine.applying:_STEPS", _skip_phase("sweep", "leave"), "P1 P6 P7"),
    "rows of no bucket stay": (
        "sync.engine.applying:_STEPS", _skip_phase("leave", "flip"), "P1 P7"),
    "no replay after a restore": ("sync.engine.rounds:call_back_lost_edits", _no_replay, "P3"),
    "edits written into sent ones": ("sync.engine.desk:keep_edits", _coalesced, "I6"),
    "whole rows are sent": ("store.outbox:_body", _whole_row, "P3 P12 P10 P8"),
    "counters sent as plain values": ("store.outbox:_body", _plain_counter, "P2"),
    "no clock is corrected": ("sync.engine.exchange:_offset", _no_offset, "P12"),
    "a fork gives edits new uuids": ("sync.engine.forking:take_new_client", _new_uuids, "P3 I6"),
    "refused edits are thrown away": ("sync.engine.acknowledging:_set_aside", _nothing, "I6"),
    "answered edits are not journalled": (
        "sync.engine.acknowledging:_enter_in_journal", _nothing, "I6"),
    "digests are not compared": ("sync.engine.comparing:_disagrees", _nothing, "P1 P6 P7"),
    "older versions are taken": ("sync.engine.putting:_Known.version", _always(0), "P5 P8 P1"),
    "what was lost from memory counts as there": (
        "sync.engine.rounds:drop_lost", _nothing, "P1 P6 P7"),
    "no time is set for the next round": ("sync.engine.settling:has_work", _always(False), "I12"),
}  # fmt: skip

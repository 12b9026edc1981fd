"""What could be wrong by design at the hub? Each fault is made of the right function."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from msgspec import UNSET

from loyaldesk.errors import Unavailable
from loyaldesk.protocol.messages import Change
from tests.simulator.rows import TERRITORIES

__all__ = ["FAULTS"]


def _no_uuids(right: Any) -> Any:
    def answered(tx: Any, client: Any, mutations: Any) -> Any:
        by_number, _ = right(tx, client, mutations)
        tx.rows_of("SELECT uuid FROM applied_uuid WHERE uuid IN {}", [])
        for mutation in mutations:
            if mutation.no > client.last_no:
                tx.run("DELETE FROM applied_uuid WHERE uuid = ?", (mutation.uuid,))
        return by_number, {}

    return answered


def _no_fork_check(right: Any) -> Any:
    def answered(tx: Any, client: Any, mutations: Any) -> Any:
        by_number, by_uuid = right(tx, client, mutations)
        for mutation in mutations:
            if mutation.no in by_number:
                stored = by_number[mutation.no]
                by_number[mutation.no] = replace(stored, uuid=mutation.uuid)
        return by_number, by_uuid

    return answered


def _last_no_apart(right: Any) -> Any:
    def write(tx: Any, client: Any, head: Any, now: str) -> None:
        right(tx, client, head, now)
        tx.run("UPDATE client SET last_no = last_no - 1 WHERE id = ?", (client.id,))

    return write


def _no_outcome(right: Any) -> Any:
    def write(tx: Any, client: Any, head: Any, now: str) -> None:
        right(tx, replace(client, fresh=[]), head, now)

    return write


def _floorless(_right: Any) -> Any:
    def collect(bucket: str, at_s: int, tx: Any) -> int:
        return int(
            tx.run(
                "DELETE FROM bucket_entry WHERE bucket = ? AND op <> 'P' AND at_s < ?",
                (bucket, at_s),
            )
        )

    return collect


def _no_boot_floor(_right: Any) -> Any:
    return lambda cursor, head: cursor is None or head.floor > cursor[0]


def _no_tombstones(right: Any) -> Any:
    def fill(tx: Any, page: Any, bucket: str, head: Any) -> None:
        right(tx, page, bucket, head)
        page.rows[:] = [entry for entry in page.rows if entry.op != "D"]

    return fill


def _no_conflict(_right: Any) -> Any:
    return lambda _work, _met, uid: uid


def _blind(right: Any) -> Any:
    def merge(kind: Any, current: Any, changes: Any, *, mine: Any, theirs: Any) -> Any:
        forced = {
            name: each if each.new is UNSET else Change(old=current.get(name), new=each.new)
            for name, each in changes.items()
        }
        return right(kind, current, forced, mine=mine, theirs=theirs)

    return merge


def _poison_blocks(right: Any) -> Any:
    def judge(judge_: Any, group: Any) -> Any:
        verdicts = right(judge_, group)
        if any(each.status == "rejected" for each in verdicts):
            raise Unavailable("An edit cannot be made.")
        return verdicts

    return judge


def _no_groups(right: Any) -> Any:
    def judge(judge_: Any, group: Any) -> Any:
        return [verdict for each in group for verdict in right(judge_, [each])]

    return judge


def _no_op_bumps(_right: Any) -> Any:
    return lambda _before, _after: True


def _any_bucket(right: Any) -> Any:
    every = [f"acct:{territory}" for territory in TERRITORIES]
    return lambda principal, existing: sorted({*right(principal, existing), *every})


def _nothing_mastered(_right: Any) -> Any:
    return lambda _kind, _field: False


def _no_claims(_right: Any) -> Any:
    return lambda _work, _before, after: (after, [])


def _children_stay(_right: Any) -> Any:
    return lambda _work, _before, _after, _moves, _moved: None


def _as_the_desk_says(right: Any) -> Any:
    return lambda edited_at, _offset_ms, now: right(edited_at, None, now)


def _all_known(_right: Any) -> Any:
    from loyaldesk.protocol.messages import Known

    return lambda _hub, _principal, asked: Known(list(asked.uuids))


FAULTS: dict[str, tuple[str, Any, str]] = {
    "uuids are not remembered": ("hub.engine.push:answered_before", _no_uuids, "P2 P9"),
    "a number is answered for any uuid": (
        "hub.engine.push:answered_before", _no_fork_check, "P3"),
    "the last number is not kept with the edit": (
        "hub.engine.push:write_answers", _last_no_apart, "P9 P15 P2 P3"),
    "outcomes are not kept": ("hub.engine.push:write_answers", _no_outcome, "P2"),
    "tombstones go without a floor": ("hub.engine.housekeeping:_collect", _floorless, "P1 P6"),
    "a floor without the start of reading": ("hub.engine.pull:_must_restart", _no_boot_floor,
                                             "P9 P11 P15"),
    "tombstones are not told": ("hub.engine.pull:_fill", _no_tombstones, "P1 P6"),
    "no conflict is written down": ("hub.engine.judging:keep_clash", _no_conflict, "P3"),
    "edits overwrite blindly": ("hub.engine.judging:merge_edit", _blind, "P3"),
    "a refused edit blocks the queue": ("hub.engine.push:judge_group", _poison_blocks, "P9"),
    "groups are not made whole": ("hub.engine.push:judge_group", _no_groups, "P2 P3"),
    "no change counts as one": ("hub.engine.flush:_differs", _no_op_bumps, "P11"),
    "everybody reads every bucket": ("hub.engine.pull:buckets_granted", _any_bucket, "P7 P6"),
    "anybody changes what the ERP masters": ("hub.engine.mastering:is_mastered", _nothing_mastered,
                                             "P3 P4"),
    "two rows share a number": ("hub.engine.judging:claim_unique", _no_claims, "P1"),
    "rows do not follow their customer": (
        "hub.engine.flush:_move_account", _children_stay, "P1 P7"),
    "the desk's clock is believed": ("hub.engine.push:corrected", _as_the_desk_says, "P12"),
    "a restored hub claims to know all": ("hub.engine.answering:answer_known", _all_known, "P3"),
}  # fmt: skip

"""How does each conflict, refused edit, waiting action and merge stand in its list?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from loyaldesk.ui.sync.field_words import field_words, record_words
from loyaldesk.ui.sync.state_words import ago
from loyaldesk.ui.sync.who_words import winner_words
from loyaldesk.ui.widgets.item_list import Item, ItemAction
from loyaldesk.ui.widgets.spans import Span
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from datetime import datetime

    from loyaldesk.queries.sync_conflicts import FieldConflict, RecordConflicts
    from loyaldesk.queries.sync_edits import RefusedEdit, WaitingGroup
    from loyaldesk.queries.sync_records import RecordName
    from loyaldesk.ui.desk import Desk

__all__ = ["conflict_item", "merge_item", "merge_words", "refused_item", "waiting_item"]

translate = QCoreApplication.translate
UNDO = "undo"
_ICONS = {
    "customer": "building-2",
    "contact": "user",
    "address": "map-pin",
    "sales_order": "package",
    "invoice": "receipt-text",
    "payment": "wallet",
    "document": "file-text",
    "activity": "message-square",
    "letter": "mail-check",
    "mail": "mail",
    "setting": "settings",
    "product": "tag",
}


def conflict_item(found: RecordConflicts, desk: Desk) -> Item:
    """Return the row of a record that somebody has to decide about."""
    count = len(found.conflicts)
    one, many = translate("Sync", "1 field to choose"), translate("Sync", "{0} fields to choose")
    second = one if count == 1 else many.format(desk.formats.number(count))
    title = found.record.customer_name or record_words(found.record)
    if title != record_words(found.record):
        second = f"{record_words(found.record)} · {second}"
    return Item(
        ("conflict", found.record.kind, found.record.uid),
        [Span(title)],
        second=second,
        right=_day_or_time(found.conflicts[0].found_at, desk),
        icon="git-compare",
        icon_tone=Tone.WARN,
        tip=_whole_name(found.record),
    )


def refused_item(refused: RefusedEdit, desk: Desk) -> Item:
    """Return the row of an edit that the hub did not take, with its reason."""
    del desk
    return Item(
        ("refused", refused.uuid),
        [Span(refused.label)],
        second=refused.reason,
        icon="circle-alert",
        icon_tone=Tone.WARN,
        tip=refused.reason,
    )


def waiting_item(group: WaitingGroup, desk: Desk) -> Item:
    """Return the row of an action that waits: what, when, and the last answer."""
    when = ago(group.edited_at, desk.now(), desk.formats)
    told = translate("Sync", "{0} · not sent yet").format(when)
    if group.tries:
        tries = desk.formats.number(group.tries)
        told = translate("Sync", "{0} · tried {1} times").format(when, tries)
        if group.tries == 1:
            told = translate("Sync", "{0} · tried once").format(when)
    second = f"{told}, {group.answer}" if group.answer else told
    return Item(
        ("waiting", group.grp),
        [Span(group.label)],
        second=second,
        icon=_ICONS.get(group.record.kind, "pencil"),
        tip=second,
    )


def merge_item(merge: FieldConflict, desk: Desk) -> Item:
    """Return the row of a merge that was made without a question."""
    field, title = field_words(merge.field), _whole_name(merge.record)
    name = translate("Sync", "Undo the merge of {0}").format(field)
    actions = () if merge.keeps_both else (ItemAction(UNDO, "undo-2", name),)
    return Item(
        ("merge", merge.id),
        [Span(title)],
        second=f"{field}: {merge_words(merge, desk)}",
        icon="git-compare",
        actions=actions,
        tip=title,
    )


def merge_words(merge: FieldConflict, desk: Desk) -> str:
    """Return how two edits became one."""
    if merge.keeps_both:
        return translate("Sync", "both were kept")
    return winner_words(merge, desk)


def _day_or_time(at: datetime, desk: Desk) -> str:
    """Return the time of today, or the day of what is older: both are short."""
    day = at.astimezone().date()
    return desk.formats.time(at) if day == desk.today() else desk.formats.date_day(day)


def _whole_name(record: RecordName) -> str:
    own, customer = record_words(record), record.customer_name
    return own if own == customer or not customer else f"{customer} · {own}"

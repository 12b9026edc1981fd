"""Whose is a value, seen by whoever looks: yours on this desk, or somebody else's, and when?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from loyaldesk.queries.conflict_sides import typed_by
from loyaldesk.ui.sync.field_words import field_words
from loyaldesk.ui.sync.value_words import ValueWords

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from loyaldesk.queries.sync_conflicts import FieldConflict
    from loyaldesk.ui.desk import Desk

__all__ = ["all_words", "captions", "met_words", "standing_words", "winner_words"]

translate = QCoreApplication.translate


def captions(conflict: FieldConflict, desk: Desk) -> tuple[str, str]:
    """Return who typed each of the two values and when: Yours, Wed 18 Nov 17:20, this desk."""
    is_first_own, is_second_own = _typed_here(conflict, desk)
    first = _whose(conflict.my_user, is_own=is_first_own)
    words = _at(first, conflict.my_edited_at, desk)
    if is_first_own and conflict.my_desk:
        is_here = conflict.my_desk == desk.news.sync.desk
        place = translate("Sync", "this desk") if is_here else conflict.my_desk
        words = f"{words}, {place}"
    second = _whose(conflict.their_user, is_own=is_second_own)
    return words, _at(second, conflict.their_edited_at, desk)


def met_words(conflict: FieldConflict, desk: Desk) -> str:
    """Return who met, and that nothing is lost."""
    is_first_own, is_second_own = _typed_here(conflict, desk)
    if is_first_own or is_second_own:
        other = conflict.their_user if is_first_own else conflict.my_user
        words = translate("Sync", "You and {0} changed this at the same time.").format(other)
        if (is_first_own and is_second_own) or not other:
            words = translate("Sync", "You changed this on two desks at the same time.")
    else:
        both = translate("Sync", "{0} and {1} changed this at the same time.")
        words = both.format(conflict.my_user, conflict.their_user)
    return f"{words} {_safe(conflict)}"


def all_words(conflicts: Sequence[FieldConflict], desk: Desk) -> tuple[str, str]:
    """Return what the buttons say that pick every first, or every second value: whose they are."""
    typed = [_typed_here(each, desk) for each in conflicts]
    first = {_whose(c.my_user, is_own=own) for c, (own, _) in zip(conflicts, typed, strict=True)}
    second = {
        _whose(c.their_user, is_own=own) for c, (_, own) in zip(conflicts, typed, strict=True)
    }
    if first == second or len(first) > 1 or len(second) > 1:
        return translate("Sync", "Pick all first values"), translate("Sync", "Pick all second ones")
    words = translate("Sync", "Pick all: {0}")
    return words.format(*first), words.format(*second)


def standing_words(conflicts: Sequence[FieldConflict], desk: Desk) -> str:
    """Return which values stand if nobody picks, a line for each field."""
    lines = [
        f"{field_words(each.field)}: "
        + ValueWords(desk.formats, each.record, each.names).say(each.field, each.winner)
        for each in conflicts
    ]
    return "\n".join([translate("Sync", "What stands now:"), *lines])


def winner_words(merge: FieldConflict, desk: Desk) -> str:
    """Return whose value stands after a merge."""
    is_first = merge.winner == merge.mine
    if _typed_here(merge, desk)[0 if is_first else 1]:
        return translate("Sync", "yours stands")
    who = merge.my_user if is_first else merge.their_user
    return translate("Sync", "the value of {0} stands").format(who)


def _safe(conflict: FieldConflict) -> str:
    """Return what becomes of the value that does not stand."""
    if conflict.status == "auto":
        return translate("Sync", "Nothing is lost: both values are kept here for 30 days.")
    return translate(
        "Sync", "Until you pick nothing is lost, and Undo brings the question back afterwards."
    )


def _typed_here(conflict: FieldConflict, desk: Desk) -> tuple[bool, bool]:
    state = desk.news.sync
    return typed_by(conflict, name=state.name or state.user or desk.actor, desk=state.desk)


def _whose(user: str, *, is_own: bool) -> str:
    if is_own:
        return translate("Sync", "Yours")
    return user or translate("Sync", "At the hub")


def _at(who: str, at: datetime | None, desk: Desk) -> str:
    if at is None:
        return who
    local = at.astimezone()
    return f"{who}, {desk.formats.date_step(local.date())} {desk.formats.time(at)}"

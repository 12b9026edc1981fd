"""Whose is a value, seen by whoever looks: yours on this desk, or somebody else's, and when?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from loyaldesk.queries.conflict_sides import typed_by

if TYPE_CHECKING:
    from datetime import datetime

    from loyaldesk.queries.sync_conflicts import FieldConflict
    from loyaldesk.ui.desk import Desk

__all__ = ["captions", "met_words", "winner_words"]

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
    safe = translate("Sync", "Nothing is lost: what you do not pick stays in the history.")
    return f"{words} {safe}"


def winner_words(merge: FieldConflict, desk: Desk) -> str:
    """Return whose value stands after a merge."""
    is_first = merge.winner == merge.mine
    if _typed_here(merge, desk)[0 if is_first else 1]:
        return translate("Sync", "yours stands")
    who = merge.my_user if is_first else merge.their_user
    return translate("Sync", "the value of {0} stands").format(who)


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

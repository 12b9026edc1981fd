"""Whose is a value, seen by whoever looks: yours on this desk, or somebody else's, and when?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from datetime import datetime

    from loyaldesk.queries.sync_conflicts import FieldConflict
    from loyaldesk.ui.desk import Desk

__all__ = ["captions", "met_words", "whose_desk"]

translate = QCoreApplication.translate


def captions(conflict: FieldConflict, desk: Desk) -> tuple[str, str]:
    """Return who typed each of the two values and when: Yours, Wed 18 Nov 17:20, this desk."""
    me = whose_desk(desk)
    first = _whose(conflict.my_user, me)
    words = _at(first, conflict.my_edited_at, desk)
    if conflict.my_user == me and conflict.my_desk:
        is_here = conflict.my_desk == desk.news.sync.desk
        place = translate("Sync", "this desk") if is_here else conflict.my_desk
        words = f"{words}, {place}"
    return words, _at(_whose(conflict.their_user, me), conflict.their_edited_at, desk)


def met_words(conflict: FieldConflict, desk: Desk) -> str:
    """Return who met, and that nothing is lost."""
    me = whose_desk(desk)
    if me in {conflict.my_user, conflict.their_user}:
        other = conflict.their_user if conflict.my_user == me else conflict.my_user
        words = translate("Sync", "You and {0} changed this at the same time.").format(other)
        if other in {me, ""}:
            words = translate("Sync", "You changed this on two desks at the same time.")
    else:
        both = translate("Sync", "{0} and {1} changed this at the same time.")
        words = both.format(conflict.my_user, conflict.their_user)
    safe = translate("Sync", "Nothing is lost: what you do not pick stays in the history.")
    return f"{words} {safe}"


def whose_desk(desk: Desk) -> str:
    """Return the user at the hub who sits here."""
    return desk.news.sync.user or desk.actor


def _whose(user: str, me: str) -> str:
    if user == me:
        return translate("Sync", "Yours")
    return user or translate("Sync", "At the hub")


def _at(who: str, at: datetime | None, desk: Desk) -> str:
    if at is None:
        return who
    local = at.astimezone()
    return f"{who}, {desk.formats.date_step(local.date())} {desk.formats.time(at)}"

"""How does the register say how a letter left, and what became of it?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from loyaldesk.domain.acknowledgement_queue import QueueState

if TYPE_CHECKING:
    from datetime import datetime

    from loyaldesk.ui.desk import Desk

__all__ = ["channel_icon", "instant_words", "short_hash", "way_words"]

translate = QCoreApplication.translate
SHORT_HASH = 4
_ICONS = {"print": "printer", "email": "mail", "file": "save"}


def channel_icon(channel: str) -> str:
    """Return the icon of a way; a letter whose way nobody recorded has none."""
    return _ICONS.get(channel, "")


def way_words(channel: str, state: QueueState | None) -> str:
    """Return how a letter left and what is known of it: printed, confirmed; e-mail, accepted."""
    if not channel or state is None:
        return translate("Register", "not recorded")
    ways = {
        "print": translate("Register", "printed"),
        "email": translate("Register", "e-mail"),
        "file": translate("Register", "file"),
    }
    return f"{ways[channel]}, {_became(channel, state)}"


def _became(channel: str, state: QueueState) -> str:
    words = {
        QueueState.CONFIRM: translate("Register", "not confirmed"),
        QueueState.WAITING: translate("Register", "waiting"),
        QueueState.FAILED: translate("Register", "failed"),
        QueueState.READY: translate("Register", "taken back"),
        QueueState.SENT: translate("Register", "confirmed"),
        QueueState.NEEDS_LOOK: "",
    }
    if state is QueueState.SENT and channel != "print":
        known = {
            "email": translate("Register", "accepted"),
            "file": translate("Register", "written"),
        }
        return known[channel]
    return words[state]


def short_hash(sha256: bytes) -> str:
    """Return the beginning of a hash, as it is told over the phone: 8f2c 19ab."""
    digits = sha256[:SHORT_HASH].hex()
    return f"{digits[:4]} {digits[4:]}"


def instant_words(desk: Desk, instant: datetime) -> str:
    """Return a day with its hour, or of today the hour alone."""
    local = instant.astimezone()
    formats = desk.formats
    if local.date() == desk.today():
        return formats.time(local)
    return f"{formats.date(local.date())} {formats.time(local)}"

"""How is each way of being in touch called, and by which sign is it known?"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

__all__ = ["KINDS", "kind_icon", "kind_title", "kind_word"]

translate = QCoreApplication.translate
KINDS = ("call", "email", "meeting", "visit", "note")
_ICONS = {
    "call": "phone-incoming",
    "email": "mail",
    "meeting": "users",
    "visit": "handshake",
    "note": "sticky-note",
}


def kind_icon(kind: str) -> str:
    """Return the icon of a call, mail, meeting, visit or note."""
    return _ICONS.get(kind, "message-square")


def kind_word(kind: str) -> str:
    """Return the name of a way of being in touch."""
    words = {
        "call": translate("Contact", "Call"),
        "email": translate("Contact", "E-mail"),
        "meeting": translate("Contact", "Meeting"),
        "visit": translate("Contact", "Visit"),
        "note": translate("Contact", "Note"),
    }
    return words.get(kind, kind)


def kind_title(kind: str) -> str:
    """Return what the composer is called while one of them is written."""
    words = {
        "call": translate("Contact", "Call note"),
        "email": translate("Contact", "E-mail note"),
        "meeting": translate("Contact", "Meeting note"),
        "visit": translate("Contact", "Visit note"),
        "note": translate("Contact", "Note"),
    }
    return words.get(kind, kind)

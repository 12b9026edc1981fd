"""What are the sorts of paper called, and which icon has each?"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

__all__ = ["KINDS", "icon_of_kind", "kind_words"]

ICONS = {
    "purchase_order": "file-text",
    "acknowledgement": "file-check",
    "delivery_note": "truck",
    "invoice": "receipt-text",
    "statement": "file-clock",
    "reminder": "message-circle-warning",
    "contract": "file-pen",
    "price_list": "tag",
    "correspondence": "mail",
    "other": "paperclip",
}
# In the order in which they are offered; the keys are those of `DocumentKind`, which is not
# imported here because it needs SQLAlchemy.
KINDS = tuple(ICONS)


def kind_words(kind: str) -> str:
    """Return what a sort of paper is called in the user's language."""
    translate = QCoreApplication.translate
    words = {
        "purchase_order": translate("Kinds", "Purchase order"),
        "acknowledgement": translate("Kinds", "Acknowledgement"),
        "delivery_note": translate("Kinds", "Delivery note"),
        "invoice": translate("Kinds", "Invoice"),
        "statement": translate("Kinds", "Statement"),
        "reminder": translate("Kinds", "Reminder"),
        "contract": translate("Kinds", "Contract"),
        "price_list": translate("Kinds", "Price list"),
        "correspondence": translate("Kinds", "Correspondence"),
    }
    return words.get(kind, translate("Kinds", "Other paper"))


def icon_of_kind(kind: str) -> str:
    """Return the icon of a sort of paper."""
    return ICONS.get(kind, ICONS["other"])

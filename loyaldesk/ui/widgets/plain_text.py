"""How is text from a customer kept from being read as markup? (threat T3)

Qt guesses whether a label's text is rich text, and rich text loads files: a customer named
`<img src="//host/share/x">` would make Windows send a password hash. Nothing here is ever rich.
"""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QLabel, QMessageBox, QWidget

__all__ = ["PlainTextDefault", "plain_label", "plain_tooltip"]


class PlainTextDefault(QObject):
    """An application-wide event filter that makes every label plain before it is first shown."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is _POLISH:
            make_plain(watched)
        return False


def make_plain(widget: QObject) -> None:
    """Make a label or message box show its text letter by letter; others are left alone."""
    if isinstance(widget, QLabel | QMessageBox) and widget.textFormat() is _AUTO:
        widget.setTextFormat(Qt.TextFormat.PlainText)


def plain_label(text: str = "", parent: QWidget | None = None) -> QLabel:
    """Return a label that shows its text letter by letter, whatever is in it."""
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setText(text)
    return label


def plain_tooltip(text: str) -> str:
    """Return a tooltip that shows `text` letter by letter where a tip may be read as markup."""
    return f"<qt>{escape(text).replace(chr(10), '<br>')}</qt>" if text else ""


_POLISH = QEvent.Type.Polish
_AUTO = Qt.TextFormat.AutoText

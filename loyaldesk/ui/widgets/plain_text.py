"""How is text from a customer kept from being read as markup (threat T3)?

Qt guesses whether a label's text is rich text, and rich text loads files: a customer named
`<img src="//host/share/x">` would make Windows send a password hash. Nothing here is ever rich.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QLabel, QMessageBox

__all__ = ["make_plain", "plain_tooltip"]


def make_plain(target: QObject) -> None:
    """Make a label or message box show its text letter by letter; others are left alone.

    The style calls this for every widget before it is first measured or shown, tooltips and the
    insides of Qt's own dialogs too. One call a widget: an event filter on the application sees
    every event instead and made a window of 400 widgets take twice as long to open.
    """
    if isinstance(target, QLabel | QMessageBox) and target.textFormat() is _AUTO:
        target.setTextFormat(Qt.TextFormat.PlainText)


def plain_tooltip(text: str) -> str:
    """Return a tooltip that is never read as markup and still looks like `text`.

    A word joiner behind each `<` makes it no tag for Qt, also where our style is not in force.
    """
    return text.replace("<", "<\u2060")


_AUTO = Qt.TextFormat.AutoText

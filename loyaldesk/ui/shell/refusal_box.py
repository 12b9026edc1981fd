"""What is shown when there cannot be a window at all?"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

__all__ = ["show_refusal"]


def show_refusal(sentence: str) -> None:
    """Show the sentence in a box of its own and wait until it was read."""
    box = QMessageBox(QMessageBox.Icon.Warning, "LoyalDesk", sentence)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.exec()

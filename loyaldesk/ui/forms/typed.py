"""What stands in an editor, as text that a draft keeps, and back again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QWidget

if TYPE_CHECKING:
    from PySide6.QtCore import SignalInstance

__all__ = ["Drafted", "show_typed", "signal_of_change", "typed_in"]


@runtime_checkable
class Drafted(Protocol):
    """An editor of several values that knows how to keep and show them itself."""

    changed: SignalInstance

    def draft(self) -> Any:
        """Return what is typed, as JSON can say it."""

    def show_draft(self, kept: Any) -> None:
        """Show what was kept."""


def typed_in(editor: QWidget) -> Any:
    """Return what is typed in an editor, as JSON can say it."""
    if isinstance(editor, Drafted):
        return editor.draft()
    if isinstance(editor, QLineEdit):
        return editor.text()
    if isinstance(editor, QComboBox):
        return editor.currentText()
    if isinstance(editor, QPlainTextEdit):
        return editor.toPlainText()
    return editor.isChecked() if isinstance(editor, QCheckBox) else None


def show_typed(editor: QWidget, kept: Any) -> None:
    """Show in an editor what was kept of it; anything else is left alone."""
    if isinstance(editor, Drafted):
        editor.show_draft(kept)
    elif isinstance(editor, QCheckBox):
        editor.setChecked(kept is True)
    elif isinstance(kept, str):
        if isinstance(editor, QLineEdit):
            editor.setText(kept)
        elif isinstance(editor, QComboBox):
            editor.setCurrentText(kept)
        elif isinstance(editor, QPlainTextEdit):
            editor.setPlainText(kept)


def signal_of_change(editor: QWidget) -> SignalInstance:
    """Return the signal that tells of every input."""
    if isinstance(editor, Drafted):
        return editor.changed
    if isinstance(editor, QComboBox):
        return editor.currentTextChanged
    if isinstance(editor, (QLineEdit, QPlainTextEdit)):
        return editor.textChanged
    if isinstance(editor, QCheckBox):
        return editor.toggled
    raise TypeError(f"{type(editor).__name__} tells of no change")

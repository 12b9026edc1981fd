"""How is a plain text shown and searched?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QTextEdit

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from loyaldesk.ui.widgets.theme import Theme

__all__ = ["TextSheet"]

MOST_HITS = 500


class TextSheet(QPlainTextEdit):
    """A text that can be read, chosen and copied, never changed; hits are marked."""

    def __init__(self, theme: Theme, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._hits: list[QTextCursor] = []
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.document().setDocumentMargin(16)
        theme.changed.connect(self._mark)

    def show_text(self, text: str) -> None:
        """Show a text from its beginning."""
        self._hits = []
        self.setPlainText(text)

    def find_all(self, words: str) -> int:
        """Mark where the words stand, upper or lower case, and return how often (500 at most)."""
        self._hits = []
        cursor = self.document().find(words) if words else QTextCursor()
        while not cursor.isNull() and len(self._hits) < MOST_HITS:
            self._hits.append(cursor)
            cursor = self.document().find(words, cursor)
        self._mark()
        if self._hits:
            self.show_hit(0)
        return len(self._hits)

    def show_hit(self, number: int) -> None:
        """Bring a hit (from 0) into sight."""
        self.setTextCursor(self._hits[number])
        self.centerCursor()

    def _mark(self) -> None:
        look = QTextCharFormat()
        look.setBackground(self._theme.tokens.mark)
        look.setForeground(self._theme.tokens.text)
        marks = []
        for cursor in self._hits:
            mark = QTextEdit.ExtraSelection()
            mark.cursor, mark.format = cursor, look
            marks.append(mark)
        self.setExtraSelections(marks)

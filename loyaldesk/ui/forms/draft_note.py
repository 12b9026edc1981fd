"""How does a form say that what was typed before came back, and how is it thrown away?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from loyaldesk.ui.widgets.announce import announce
from loyaldesk.ui.widgets.buttons import LinkButton
from loyaldesk.ui.widgets.labels import SpanLabel
from loyaldesk.ui.widgets.spans import Span

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from loyaldesk.ui.desk import Desk

__all__ = ["DraftNote"]


class DraftNote(QWidget):
    """Hidden until something came back; `discard` puts the form back as it opens."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._put_back: Callable[[], None] | None = None
        self._words = SpanLabel(desk.theme, icon="history")
        self.discard = LinkButton(desk.theme, self.tr("Discard"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._words)
        row.addWidget(self.discard)
        row.addStretch(1)
        self.discard.clicked.connect(self._discard)
        self.hide()

    @property
    def text(self) -> str:
        """The sentence that is shown, or nothing."""
        return "" if self.isHidden() else self._words.text

    def tell(self, kept_at: datetime | None, put_back: Callable[[], None]) -> None:
        """Say since when it is kept; `put_back` empties the form of it."""
        self._put_back = put_back
        sentence = self.tr("Kept from before, not saved yet.")
        if kept_at is not None:
            sentence = self.tr("Kept from {0}, not saved yet.").format(self._when(kept_at))
        self._words.set_spans([Span.small(sentence)], icon="history")
        self.show()
        announce(self, sentence)

    def _when(self, instant: datetime) -> str:
        formats, local = self._desk.formats, instant.astimezone()
        is_today = local.date() == self._desk.now().astimezone().date()
        return formats.time(local) if is_today else formats.datetime_local(local)

    @Slot()
    def _discard(self) -> None:
        if self._put_back is not None:
            self._put_back()
        self.hide()

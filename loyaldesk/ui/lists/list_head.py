"""What stands over a long list: its title, how many it shows, and what can be done with it?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu

from loyaldesk.ui.widgets.buttons import Button, ButtonKind
from loyaldesk.ui.widgets.labels import SpanLabel, TextLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.panel import Ground, Sheet
from loyaldesk.ui.widgets.spans import Span
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from loyaldesk.ui.widgets.theme import Theme

__all__ = ["ListHead"]


class ListHead(Sheet):
    """The title with its counts at the left, the buttons at the right."""

    views_wanted = Signal()
    columns_wanted = Signal()
    export_wanted = Signal()

    def __init__(self, theme: Theme, title: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, Ground.WINDOW, parent)
        self.views = Button(theme, self.tr("Saved views"), icon="bookmark")
        self.columns = Button(theme, self.tr("Columns"), icon="columns-3")
        self.export = Button(theme, self.tr("Export…"), icon="download")
        self.counts = SpanLabel(theme)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 10, 16, 8)
        self._row.setSpacing(8)
        self._row.addWidget(TextLabel(theme, title, TextStyle.LIST_TITLE))
        self._row.addSpacing(4)
        self._row.addWidget(self.counts, 1)
        for button in (self.views, self.columns, self.export):
            self._row.addWidget(button)
        self.views.clicked.connect(self.views_wanted)
        self.columns.clicked.connect(self.columns_wanted)
        self.export.clicked.connect(self.export_wanted)

    def add_primary(self, theme: Theme, text: str, icon: str) -> Button:
        """Add the one filled button and return it."""
        button = Button(theme, text, kind=ButtonKind.PRIMARY, icon=icon)
        self._row.addWidget(button)
        return button

    def add_button(self, button: Button) -> Button:
        """Add another button behind the others and return it."""
        self._row.addWidget(button)
        return button

    def show_counts(self, counts: str, filter_words: str) -> None:
        """Show how many rows there are and by which filter."""
        spans = [Span(counts, Tone.SECONDARY)]
        if filter_words:
            spans += [Span(self.tr(" · filter: "), Tone.SECONDARY)]
            spans += [Span(filter_words, Tone.TEXT, TextStyle.NAME)]
        self.counts.set_spans(spans)

    @staticmethod
    def open_menu(menu: QMenu, button: Button) -> None:
        """Open a menu under a button; it goes when it closes."""
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(button.mapToGlobal(QPoint(0, button.height())))

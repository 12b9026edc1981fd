"""What the pages of an invoice and of a payment share: head, facts, lists that lead on."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from loyaldesk.ui.widgets.buttons import Button, ButtonKind, LinkButton
from loyaldesk.ui.widgets.chips import Chip, ChipLabel
from loyaldesk.ui.widgets.item_list import Item, ItemList
from loyaldesk.ui.widgets.labels import TextLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.panel import Ground, Hairline, Sheet
from loyaldesk.ui.widgets.section_head import SectionHead
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from loyaldesk.store.changes import Changes
    from loyaldesk.ui.desk import Desk

__all__ = ["RecordPage"]


class RecordPage(Sheet):
    """A paper's page inside its customer's tab; it reads itself again when it changed.

    Qt's classes take no ABCMeta: that a page says what it reads is seen to by the type checker.
    """

    TABLES: tuple[str, ...] = ()

    def __init__(self, desk: Desk, record_id: int, parent: QWidget | None = None) -> None:
        super().__init__(desk.theme, Ground.BASE, parent=parent)
        self._desk = desk
        self.record_id = record_id
        self.customer_id = 0
        theme = desk.theme
        self.trail = LinkButton(theme, "")
        self.title = TextLabel(theme, "", TextStyle.PAGE_TITLE)
        self.chip = ChipLabel(theme, Chip("", Tone.NEUTRAL))
        self.facts = TextLabel(theme, "", TextStyle.BODY, Tone.SECONDARY, wrap=True)
        self.amount = TextLabel(theme, "", TextStyle.PAGE_TITLE)
        self.buttons = QHBoxLayout()
        self._sections = QVBoxLayout()
        self._lay_out()
        self.trail.clicked.connect(self._go_to_customer)
        desk.news.changed.connect(self._changed)

    @abstractmethod
    def read(self) -> None:
        """Ask for the record; its answer is shown by the subclass."""

    def page_title(self) -> str:
        """What the window is called."""
        return self.title.text()

    def refresh(self) -> None:
        """Read the record again."""
        self.read()

    def focus_first(self) -> None:
        """Put the keyboard on the way back to the customer."""
        self.trail.setFocus()

    def add_button(self, words: str, work: Callable[[], object], icon: str = "") -> Button:
        """Add a button to the head."""
        button = Button(self._desk.theme, words, kind=ButtonKind.PLAIN, icon=icon)
        button.clicked.connect(work)
        self.buttons.addWidget(button)
        return button

    def add_section(self, title: str) -> tuple[SectionHead, ItemList]:
        """Add a headed list below and return both."""
        head = SectionHead(self._desk.theme, title)
        rows = ItemList(self._desk.theme, name=title)
        self._sections.insertWidget(self._sections.count() - 1, head)
        self._sections.insertWidget(self._sections.count() - 1, rows)
        return head, rows

    def add_below(self, section: tuple[SectionHead, ItemList], widget: QWidget) -> None:
        """Put something of a section's own between its head and its list."""
        self._sections.insertWidget(self._sections.indexOf(section[1]), widget)

    def show_items(self, section: tuple[SectionHead, ItemList], items: Sequence[Item]) -> None:
        """Fill a section; an empty one is hidden."""
        head, rows = section
        head.set_count(str(len(items)))
        rows.show_items(items)
        head.setVisible(bool(items))
        rows.setVisible(bool(items))

    def show_customer(self, customer_id: int, name: str) -> None:
        """Show whose record it is, as the way back."""
        self.customer_id = customer_id
        self.trail.setText(name)
        self.trail.setAccessibleName(name)

    def fail(self, error: Exception) -> None:
        """Say why the record cannot be shown."""
        self.title.setText(str(error))

    def _lay_out(self) -> None:
        theme = self._desk.theme
        head = QVBoxLayout()
        head.setContentsMargins(16, 10, 16, 10)
        head.setSpacing(4)
        first = QHBoxLayout()
        first.setSpacing(12)
        for part in (self.title, self.chip):
            first.addWidget(part)
        first.addStretch(1)
        first.addWidget(self.amount)
        first.addLayout(self.buttons)
        head.addWidget(self.trail)
        head.addLayout(first)
        head.addWidget(self.facts)
        body = QWidget()
        self._sections.setContentsMargins(16, 8, 16, 16)
        self._sections.addStretch(1)
        body.setLayout(self._sections)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(body)
        area.viewport().setAutoFillBackground(False)
        body.setAutoFillBackground(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(Hairline(theme))
        column.addWidget(area, 1)

    @Slot()
    def _go_to_customer(self) -> None:
        if self.customer_id:
            self._desk.ways.customer_wanted.emit(self.customer_id)

    def _changed(self, changes: Changes) -> None:
        if changes.touches(*self.TABLES):
            self.refresh()

    def run(self, operation: Any, words: str, **arguments: Any) -> None:
        """Run an operation on the record and say that it was done."""
        self._desk.jobs.write(
            operation,
            owner=self,
            then=lambda _: self._desk.news.said.emit(words, True),
            **arguments,
        )

"""Which open invoices an amount is set against: one row each, the oldest due first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from loyaldesk.domain.money import Money
from loyaldesk.ui.widgets.labels import TextLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.tokens import Tone
from loyaldesk.ui.widgets.typed_edits import MoneyEdit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyaldesk.queries.customer_page import OpenItem
    from loyaldesk.ui.desk import Desk

__all__ = ["AllocationTable"]

MOST_ROWS = 100
HEIGHT = 220


class AllocationTable(QWidget):
    """Proposes oldest first whenever the amount changes, until the person types a part."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._items: list[OpenItem] = []
        self._parts: list[MoneyEdit] = []
        self._amount: Money | None = None
        self._is_own = False
        self._kept: dict[str, Any] = {}
        self._rest = TextLabel(desk.theme, "", TextStyle.SMALL_MEDIUM, Tone.SECONDARY)
        self._grid_home = QScrollArea()
        self._grid_home.setWidgetResizable(True)
        self._grid_home.setFrameShape(QScrollArea.Shape.NoFrame)
        self._grid_home.setMinimumHeight(desk.theme.px(HEIGHT))
        self._grid_home.setAccessibleName(self.tr("Open invoices"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._grid_home, 1)
        column.addWidget(self._rest)

    def show_items(self, items: Sequence[OpenItem], currency: str) -> None:
        """Offer the open invoices of that currency; those in dispute come last."""
        mine = [i for i in items if i.kind == "invoice" and i.open.currency == currency]
        self._items = sorted(mine, key=lambda i: (i.disputed_on is not None, i.due_on))[:MOST_ROWS]
        self._parts = []
        grid_widget = QWidget()
        grid = QGridLayout(grid_widget)
        grid.setContentsMargins(0, 0, 8, 0)
        heads = (self.tr("Invoice"), self.tr("Due"), self.tr("Open"), self.tr("Set now"))
        for place, head in enumerate(heads):
            grid.addWidget(self._label(head, TextStyle.SMALL_MEDIUM, Tone.SECONDARY), 0, place)
        for row, item in enumerate(self._items, 1):
            self._add_row(grid, row, item)
        grid.setRowStretch(len(self._items) + 1, 1)
        self._grid_home.setWidget(grid_widget)
        self._fill_kept()
        self._grid_home.viewport().setAutoFillBackground(False)
        grid_widget.setAutoFillBackground(False)
        self.propose(self._amount)

    def propose(self, amount: Money | None) -> None:
        """Spread an amount over the invoices from the top, unless parts were typed by hand."""
        self._amount = amount
        if not self._is_own:
            left = amount.minor if amount else 0
            for item, edit in zip(self._items, self._parts, strict=True):
                part = min(left, item.open.minor)
                edit.blockSignals(True)
                edit.set_money(Money(part, item.open.currency) if part else None)
                edit.blockSignals(False)
                left -= part
        self._tell_rest()

    def allocations(self) -> list[tuple[int, Money]]:
        """Return the invoices with the part set against each, zero left out."""
        return [
            (item.id, part)
            for item, edit in zip(self._items, self._parts, strict=True)
            if (part := edit.money()) is not None and part.minor
        ]

    def draft(self) -> dict[str, str]:
        """Return the parts typed by hand, by invoice number."""
        pairs = zip(self._items, self._parts, strict=True)
        return {item.number: edit.text() for item, edit in pairs} if self._is_own else {}

    def show_draft(self, kept: Any) -> None:
        """Show parts that were typed by hand; invoices settled meanwhile are left out."""
        if isinstance(kept, dict):
            self._kept, self._is_own = kept, False
            self._fill_kept()
            self.propose(self._amount)

    def _fill_kept(self) -> None:
        for item, edit in zip(self._items, self._parts, strict=True):
            if isinstance(self._kept.get(item.number), str):
                self._is_own = True
                edit.setText(self._kept[item.number])

    def problem(self) -> str:
        """Return what is wrong with the parts, or nothing."""
        for item, edit in zip(self._items, self._parts, strict=True):
            part = edit.money()
            if part is not None and not 0 <= part.minor <= item.open.minor:
                return self.tr("More than is open of {number}.").format(number=item.number)
        if self._rest_minor() < 0:
            return self.tr("More is set against invoices than was received.")
        return ""

    def _add_row(self, grid: QGridLayout, row: int, item: OpenItem) -> None:
        formats = self._desk.formats
        part = MoneyEdit(self._desk.theme, currency=item.open.currency)
        part.setAccessibleName(self.tr("Set against {number}").format(number=item.number))
        part.value_changed.connect(self._typed)
        self._parts.append(part)
        tone = Tone.BAD if item.due_on < self._desk.today() else Tone.TEXT
        name = item.number
        if item.disputed_on is not None:
            name = self.tr("{number} (in dispute)").format(number=item.number)
        grid.addWidget(self._label(name, TextStyle.BODY), row, 0)
        grid.addWidget(self._label(formats.date(item.due_on), TextStyle.BODY, tone), row, 1)
        grid.addWidget(self._label(formats.amount(item.open), TextStyle.BODY), row, 2)
        grid.addWidget(part, row, 3)

    def _label(self, text: str, style: TextStyle, tone: Tone = Tone.TEXT) -> TextLabel:
        return TextLabel(self._desk.theme, text, style, tone)

    def _typed(self) -> None:
        self._is_own = True
        self._tell_rest()
        self.changed.emit()

    def _rest_minor(self) -> int:
        spread = sum(part.minor for _, part in self.allocations())
        return (self._amount.minor if self._amount else 0) - spread

    def _tell_rest(self) -> None:
        if self._amount is None:
            self._rest.setText("")
            return
        rest = Money(self._rest_minor(), self._amount.currency)
        words = self.tr("Stays unapplied: {amount}")
        self._rest.setText(words.format(amount=self._desk.formats.money(rest)))

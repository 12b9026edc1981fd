"""How the lines of an order or invoice are typed, with the sums worked out while typing."""

from __future__ import annotations

from dataclasses import asdict, fields
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from loyaldesk.domain.money import Money, exponent_of
from loyaldesk.domain.order_totals import line_net, order_totals
from loyaldesk.ui.forms.line_row import HEADS, LineRow, TypedLine
from loyaldesk.ui.widgets.buttons import Button
from loyaldesk.ui.widgets.labels import TextLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from loyaldesk.domain.order_totals import OrderTotals
    from loyaldesk.queries.products import FoundProduct
    from loyaldesk.ui.desk import Desk

__all__ = ["LinesEditor"]

HEIGHT = 200
INVOICE_COLUMNS = 7
WIDTHS = (76, 150, 62, 44, 80, 68, 48, 112, 80, 68, 80, 88)


class LinesEditor(QWidget):
    """Lines below each other; a new empty one is always there to type into."""

    changed = Signal()

    def __init__(
        self,
        desk: Desk,
        currency: str,
        *,
        is_order: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._currency, self._is_order = desk, currency, is_order
        self.rows: list[LineRow] = []
        self._freight: dict[str, int] = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(4)
        self._sums = TextLabel(desk.theme, "", TextStyle.STRONG)
        self._lay_out()
        self._add_heads()
        self.add_row()

    @property
    def sums(self) -> str:
        """Net, tax and total in words, as shown below the lines."""
        return self._sums.text()

    def set_currency(self, currency: str) -> None:
        """Work the amounts out in another currency."""
        self._currency = currency
        self._work_out()

    def set_freight(self, minor: int, tax_ppm: int) -> None:
        """Add freight to the sums: minor units, and its rate of tax in parts per million."""
        self._freight = {"freight_minor": minor, "freight_tax_ppm": tax_ppm}
        self._work_out()

    def add_row(self) -> LineRow:
        """Add an empty line and put the keyboard into it."""
        row = LineRow(self._desk, len(self.rows) + 1, is_order=self._is_order)
        self.rows.append(row)
        place = self._grid.rowCount()
        for column, editor in enumerate((*row.editors, row.amount, row.remove)):
            self._grid.addWidget(editor, place, column)
        for edit in (row.item, row.description, row.unit):
            edit.textChanged.connect(self._work_out)
        for number in (row.quantity, row.price, row.discount, row.tax):
            number.value_changed.connect(self._work_out)
        for finder in row.finders:
            finder.chosen.connect(partial(self._take_product, row))
        row.remove.clicked.connect(lambda: self._remove(row))
        row.item.setFocus()
        return row

    def lines(self) -> list[TypedLine]:
        """Return the lines that were typed; empty ones do not count."""
        return [row.typed() for row in self.rows if not row.is_empty]

    def show_lines(self, lines: list[TypedLine]) -> None:
        """Show these lines instead of what is there."""
        for row in list(self.rows):
            self._remove(row)
        for line in lines:
            self.add_row().show(line)
        if not lines:
            self.add_row()
        self._work_out()

    def draft(self) -> list[dict[str, Any]]:
        """Return the lines as JSON can say them."""
        return [
            {**asdict(line), "promised_on": line.promised_on and line.promised_on.isoformat()}
            for line in self.lines()
        ]

    def show_draft(self, kept: Any) -> None:
        """Show lines that were kept; what does not fit any more is left out."""
        names = {field.name for field in fields(TypedLine)}
        lines = []
        for each in kept if isinstance(kept, list) else []:
            if isinstance(each, dict) and set(each) == names:
                day = each["promised_on"]
                each = {**each, "promised_on": date.fromisoformat(day) if day else None}
                lines.append(TypedLine(**each))
        if lines or kept == []:
            self.show_lines(lines)

    def problem(self) -> str:
        """Return what is wrong with the lines, or nothing."""
        if not self.lines():
            return self.tr("At least one line is needed.")
        wrong = next((row.problem() for row in self.rows if row.problem()), "")
        return wrong or self._quantity_problem()

    def _quantity_problem(self) -> str:
        typed = (row for row in self.rows if not row.is_empty)
        for number, row in enumerate(typed, 1):
            quantity = row.quantity.value()
            if quantity is not None and quantity <= 0:
                return self.tr("Line {0}: the quantity must be above zero.").format(number)
        return ""

    def _lay_out(self) -> None:
        home = QWidget()
        column = QVBoxLayout(home)
        column.setContentsMargins(0, 0, 8, 0)
        column.addLayout(self._grid)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setMinimumHeight(self._desk.theme.px(HEIGHT))
        area.setWidget(home)
        area.viewport().setAutoFillBackground(False)
        home.setAutoFillBackground(False)
        add = Button(self._desk.theme, self.tr("Add line"), icon="plus", small=True)
        add.clicked.connect(self.add_row)
        foot = QHBoxLayout()
        foot.addWidget(add)
        foot.addStretch(1)
        foot.addWidget(self._sums)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area, 1)
        whole.addLayout(foot)

    def _add_heads(self) -> None:
        count = len(HEADS) if self._is_order else INVOICE_COLUMNS
        for place, head in enumerate((*HEADS[:count], self.tr("Amount"))):
            words = QCoreApplication.translate("Lines", head)
            label = TextLabel(self._desk.theme, words, TextStyle.SMALL_MEDIUM, Tone.SECONDARY)
            self._grid.addWidget(label, 0, place)
        self._grid.setColumnStretch(1, 1)
        for place, width in enumerate(WIDTHS[:count]):
            self._grid.setColumnMinimumWidth(place, self._desk.theme.px(width))

    def _remove(self, row: LineRow) -> None:
        self.rows.remove(row)
        for widget in (*row.editors, row.amount, row.remove):
            self._grid.removeWidget(widget)
            widget.deleteLater()
        self._work_out()

    def _take_product(self, row: LineRow, product: FoundProduct) -> None:
        row.take_product(product, currency=self._currency)
        self._work_out()

    def _work_out(self) -> None:
        exponent, nets = exponent_of(self._currency), []
        for row in self.rows:
            line = row.typed()
            net = line_net(
                line.unit_price_micro, line.quantity_milli, line.discount_ppm, exponent=exponent
            )
            nets.append((net, line.tax_ppm))
            amount = Money(net, self._currency)
            row.amount.setText("–" if row.is_empty else self._desk.formats.amount(amount))
        totals = order_totals(nets, **self._freight)
        self._sums.setText(self._sum_words(totals))
        self.changed.emit()

    def _sum_words(self, totals: OrderTotals) -> str:
        freight = self.tr("freight {0}") if totals.freight_minor else ""
        parts = (
            (self.tr("Net {0}"), totals.net_minor),
            (freight, totals.freight_minor),
            (self.tr("tax {0}"), totals.tax_minor),
            (self.tr("total {0}"), totals.total_minor),
        )
        write = self._desk.formats.money
        return " · ".join(
            words.format(write(Money(minor, self._currency))) for words, minor in parts if words
        )

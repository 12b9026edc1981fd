"""How the lines of an order or invoice are typed, with the sums worked out while typing."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from loyaldesk.domain.money import Money, exponent_of, round_half_up
from loyaldesk.domain.order_totals import line_net, order_totals
from loyaldesk.ui.widgets.buttons import Button, IconButton
from loyaldesk.ui.widgets.fields import LineEdit
from loyaldesk.ui.widgets.labels import TextLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.tokens import Tone
from loyaldesk.ui.widgets.typed_edits import NumberEdit

if TYPE_CHECKING:
    from loyaldesk.ui.desk import Desk

__all__ = ["LineRow", "LinesEditor", "TypedLine"]

HEIGHT = 200
PER_CENT_TO_PPM = 10_000
MILLI, MICRO = 1_000, 1_000_000


@dataclass(frozen=True, slots=True)
class TypedLine:
    """A line as it was typed: thousandths, millionths and parts per million."""

    item_number: str
    description: str
    quantity_milli: int
    unit: str
    unit_price_micro: int
    discount_ppm: int
    tax_ppm: int


class LineRow:
    """The editors of one line."""

    def __init__(self, desk: Desk, number: int) -> None:
        theme = desk.theme
        self.item = LineEdit(theme)
        self.description = LineEdit(theme)
        self.quantity = NumberEdit(theme, decimals=3)
        self.unit = LineEdit(theme)
        self.price = NumberEdit(theme, decimals=4)
        self.discount = NumberEdit(theme, decimals=2)
        self.tax = NumberEdit(theme, decimals=2)
        self.amount = TextLabel(theme, "–", TextStyle.BODY, Tone.SECONDARY)
        self.remove = IconButton(theme, "x", "", small=True)
        self._name(number)
        self.unit.setText("pcs")

    @property
    def editors(self) -> tuple[QWidget, ...]:
        """The editors from left to right."""
        return (
            self.item, self.description, self.quantity, self.unit, self.price, self.discount,
            self.tax,
        )  # fmt: skip

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed that makes a line."""
        return not self.description.text().strip() and self.quantity.value() is None

    def typed(self) -> TypedLine:
        """Return the line; what was left out is zero."""
        return TypedLine(
            item_number=self.item.text().strip(),
            description=self.description.text().strip(),
            quantity_milli=_scaled(self.quantity.value(), MILLI),
            unit=self.unit.text().strip(),
            unit_price_micro=_scaled(self.price.value(), MICRO),
            discount_ppm=_scaled(self.discount.value(), PER_CENT_TO_PPM),
            tax_ppm=_scaled(self.tax.value(), PER_CENT_TO_PPM),
        )

    def show(self, line: TypedLine) -> None:
        """Fill the editors from a line."""
        self.item.setText(line.item_number)
        self.description.setText(line.description)
        self.quantity.set_value(Decimal(line.quantity_milli) / MILLI)
        self.unit.setText(line.unit)
        self.price.set_value(Decimal(line.unit_price_micro) / MICRO)
        self.discount.set_value(_percent(line.discount_ppm))
        self.tax.set_value(_percent(line.tax_ppm))

    def problem(self) -> str:
        """Return what is wrong with a number, or nothing."""
        numbers = (self.quantity, self.price, self.discount, self.tax)
        return next((p for p in (edit.problem() for edit in numbers) if p), "")

    def _name(self, number: int) -> None:
        names = ("Item", "Description", "Quantity", "Unit", "Unit price", "Discount %", "Tax %")
        for name, editor in zip(names, self.editors, strict=True):
            editor.setAccessibleName(f"{name}, {number}")
        self.remove.set_name(f"Remove line {number}")


class LinesEditor(QWidget):
    """Lines below each other; a new empty one is always there to type into."""

    changed = Signal()

    def __init__(self, desk: Desk, currency: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._currency = desk, currency
        self.rows: list[LineRow] = []
        self.freight_minor = 0
        self._grid = QGridLayout()
        home = QWidget()
        column = QVBoxLayout(home)
        column.setContentsMargins(0, 0, 8, 0)
        column.addLayout(self._grid)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setMinimumHeight(desk.theme.px(HEIGHT))
        area.setWidget(home)
        self._sums = TextLabel(desk.theme, "", TextStyle.STRONG)
        add = Button(desk.theme, self.tr("Add line"), icon="plus", small=True)
        add.clicked.connect(self.add_row)
        foot = QHBoxLayout()
        foot.addWidget(add)
        foot.addStretch(1)
        foot.addWidget(self._sums)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area, 1)
        whole.addLayout(foot)
        self._add_heads()
        self.add_row()

    def set_currency(self, currency: str) -> None:
        """Work the amounts out in another currency."""
        self._currency = currency
        self._work_out()

    def add_row(self) -> LineRow:
        """Add an empty line and put the keyboard into it."""
        row = LineRow(self._desk, len(self.rows) + 1)
        self.rows.append(row)
        place = self._grid.rowCount()
        for column, editor in enumerate((*row.editors, row.amount, row.remove)):
            self._grid.addWidget(editor, place, column)
        for edit in (row.item, row.description, row.unit):
            edit.textChanged.connect(self._work_out)
        for number in (row.quantity, row.price, row.discount, row.tax):
            number.value_changed.connect(self._work_out)
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

    def problem(self) -> str:
        """Return what is wrong with the lines, or nothing."""
        if not self.lines():
            return self.tr("At least one line is needed.")
        return next((row.problem() for row in self.rows if row.problem()), "")

    def _add_heads(self) -> None:
        heads = (
            self.tr("Item"), self.tr("Description"), self.tr("Quantity"), self.tr("Unit"),
            self.tr("Unit price"), self.tr("Discount %"), self.tr("Tax %"), self.tr("Amount"),
        )  # fmt: skip
        for place, head in enumerate(heads):
            label = TextLabel(self._desk.theme, head, TextStyle.SMALL_MEDIUM, Tone.SECONDARY)
            self._grid.addWidget(label, 0, place)
        self._grid.setColumnStretch(1, 1)
        for place, width in ((0, 90), (2, 80), (3, 60), (4, 96), (5, 80), (6, 64)):
            self._grid.setColumnMinimumWidth(place, self._desk.theme.px(width))

    def _remove(self, row: LineRow) -> None:
        self.rows.remove(row)
        for widget in (*row.editors, row.amount, row.remove):
            self._grid.removeWidget(widget)
            widget.deleteLater()
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
        totals = order_totals(nets, freight_minor=self.freight_minor)
        self._sums.setText(self._sum_words(totals.net_minor, totals.tax_minor, totals.total_minor))
        self.changed.emit()

    def _sum_words(self, net: int, tax: int, total: int) -> str:
        write = self._desk.formats.money
        words = self.tr("Net {net} · tax {tax} · total {total}")
        parts = (Money(minor, self._currency) for minor in (net, tax, total))
        written = dict(zip(("net", "tax", "total"), map(write, parts), strict=True))
        return words.format(**written)


def _scaled(value: Decimal | None, scale: int) -> int:
    return round_half_up((value or Decimal()) * scale)


def _percent(ppm: int) -> Decimal | None:
    return Decimal(ppm) / PER_CENT_TO_PPM if ppm else None

"""The editors of one line of an order or invoice."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from loyaldesk.domain.money import round_half_up
from loyaldesk.ui.forms.product_finder import ProductFinder
from loyaldesk.ui.widgets.buttons import IconButton
from loyaldesk.ui.widgets.fields import LineEdit
from loyaldesk.ui.widgets.labels import TextLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.tokens import Tone
from loyaldesk.ui.widgets.typed_edits import DateEdit, NumberEdit

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from loyaldesk.queries.products import FoundProduct
    from loyaldesk.ui.desk import Desk

__all__ = ["HEADS", "LineRow", "TypedLine"]

PER_CENT_TO_PPM = 10_000
MILLI, MICRO = 1_000, 1_000_000
HEADS = (
    "Item", "Description", "Quantity", "Unit", "Unit price", "Discount %", "Tax %", "Promised",
    "Asked item", "Asked for", "Asked price", "Reason",
)  # fmt: skip


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
    promised_on: date | None = None
    asked_item: str = ""
    asked_quantity_milli: int | None = None
    asked_price_micro: int | None = None
    reason: str = ""
    product_id: int | None = None


class LineRow:
    """The editors of one line."""

    def __init__(self, desk: Desk, number: int, *, is_order: bool = False) -> None:
        theme = desk.theme
        self._is_order = is_order
        self.item = LineEdit(theme)
        self.description = LineEdit(theme)
        self.quantity = NumberEdit(theme, decimals=3, least=0)
        self.unit = LineEdit(theme)
        self.price = NumberEdit(theme, decimals=4, least=2)
        self.discount = NumberEdit(theme, decimals=2, least=0)
        self.tax = NumberEdit(theme, decimals=2, least=0)
        self.promised = DateEdit(theme, today=desk.today)
        self.asked_item = LineEdit(theme)
        self.asked_quantity = NumberEdit(theme, decimals=3, least=0)
        self.asked_price = NumberEdit(theme, decimals=4, least=2)
        self.reason = LineEdit(theme)
        self.amount = TextLabel(theme, "–", TextStyle.BODY, Tone.SECONDARY)
        self.remove = IconButton(theme, "x", "", small=True)
        self._product_id: int | None = None
        self.finders = (ProductFinder(desk, self.item), ProductFinder(desk, self.description))
        self.item.textEdited.connect(self._let_product_go)
        self._name(number)
        self.unit.setText("pcs")

    @property
    def editors(self) -> tuple[QWidget, ...]:
        """The editors from left to right."""
        usual: tuple[QWidget, ...] = (
            self.item, self.description, self.quantity, self.unit, self.price, self.discount,
            self.tax,
        )  # fmt: skip
        more = (
            self.promised, self.asked_item, self.asked_quantity, self.asked_price, self.reason,
        )  # fmt: skip
        return (*usual, *more) if self._is_order else usual

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
            promised_on=self.promised.value(),
            asked_item=self.asked_item.text().strip(),
            asked_quantity_milli=_scaled_or_none(self.asked_quantity.value(), MILLI),
            asked_price_micro=_scaled_or_none(self.asked_price.value(), MICRO),
            reason=self.reason.text().strip(),
            product_id=self._product_id,
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
        self.promised.set_value(line.promised_on)
        self.asked_item.setText(line.asked_item)
        self.asked_quantity.set_value(_unscaled(line.asked_quantity_milli, MILLI))
        self.asked_price.set_value(_unscaled(line.asked_price_micro, MICRO))
        self.reason.setText(line.reason)
        self._product_id = line.product_id

    def take_product(self, product: FoundProduct, *, currency: str) -> None:
        """Fill the line from a product; its price only if it is in the line's currency."""
        self._product_id = product.id
        self.item.setText(product.number)
        self.description.setText(product.name)
        self.unit.setText(product.unit)
        self.tax.set_value(_percent(product.tax_ppm))
        if product.currency == currency:
            self.price.set_value(Decimal(product.unit_price_micro) / MICRO)
        self.quantity.setFocus()

    def problem(self) -> str:
        """Return what is wrong with a number, or nothing."""
        numbers = (
            self.quantity, self.price, self.discount, self.tax, self.promised,
            self.asked_quantity, self.asked_price,
        )  # fmt: skip
        return next((p for p in (edit.problem() for edit in numbers) if p), "")

    def _let_product_go(self) -> None:
        # Another number is another thing, until a product is chosen again.
        self._product_id = None

    def _name(self, number: int) -> None:
        for name, editor in zip(HEADS, self.editors, strict=False):
            editor.setAccessibleName(f"{name}, {number}")
        self.remove.set_name(f"Remove line {number}")


def _scaled(value: Decimal | None, scale: int) -> int:
    return round_half_up((value or Decimal()) * scale)


def _percent(ppm: int) -> Decimal | None:
    return Decimal(ppm) / PER_CENT_TO_PPM if ppm else None


def _scaled_or_none(value: Decimal | None, scale: int) -> int | None:
    return None if value is None else _scaled(value, scale)


def _unscaled(value: int | None, scale: int) -> Decimal | None:
    return None if value is None else Decimal(value) / scale

"""How are amounts in several currencies typed into one field, such as “40.00 EUR; 35 GBP”?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale

from loyaldesk.domain.money import Money
from loyaldesk.errors import Refused
from loyaldesk.ui.widgets.fields import LineEdit
from loyaldesk.ui.widgets.typed_edits import parse_number

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from loyaldesk.ui.widgets.theme import Theme

__all__ = ["AmountsEdit"]

BETWEEN = ";"


class AmountsEdit(LineEdit):
    """Amounts with their currency codes, apart by a semicolon; empty is none."""

    def __init__(
        self, theme: Theme, *, locale: QLocale | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, parent=parent)
        self._where = locale or QLocale()
        self.setPlaceholderText(self._written(Money(40_00, "EUR")))

    def amounts(self) -> tuple[Money, ...] | None:
        """Return the amounts, or None if one is not understood."""
        parts = [part.strip() for part in self.text().split(BETWEEN) if part.strip()]
        read = [self._read(part) for part in parts]
        found = tuple(amount for amount in read if amount is not None)
        return found if len(found) == len(read) else None

    def show_amounts(self, amounts: tuple[Money, ...]) -> None:
        """Show amounts; an edit that says the same already is left as it is."""
        if self.amounts() != amounts:
            self.setText(f"{BETWEEN} ".join(map(self._written, amounts)))

    def problem(self) -> str:
        """Return what is wrong as a sentence, or nothing."""
        if self.amounts() is not None:
            return ""
        example = f"{BETWEEN} ".join(map(self._written, (Money(40_00, "EUR"), Money(35_00, "GBP"))))
        return self.tr("Type amounts with their currency, such as {0}.").format(example)

    def _read(self, typed: str) -> Money | None:
        number, _, code = typed.rpartition(" ")
        amount = parse_number(number, self._where) if number else None
        try:
            return None if amount is None else Money.of(amount, code.upper())
        except Refused:
            return None

    def _written(self, amount: Money) -> str:
        return f"{amount} {amount.currency}".replace(".", self._where.decimalPoint())

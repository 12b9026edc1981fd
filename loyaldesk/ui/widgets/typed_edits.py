"""Which fields understand a day, an amount or a number the way a person types it?"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLocale, Qt, Signal, Slot

from loyaldesk.domain.money import Money, exponent_of, parse_decimal
from loyaldesk.errors import Refused
from loyaldesk.ui.widgets.fields import LineEdit
from loyaldesk.ui.widgets.typed_days import day_hint, parse_day, show_day

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from loyaldesk.ui.widgets.theme import Theme

__all__ = ["DateEdit", "MoneyEdit", "NumberEdit", "parse_number"]

_SPACES = re.compile(r"[\s\u00a0\u202f'’]")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:[.,]\d{3})+")


def parse_number(text: str, locale: QLocale) -> Decimal | None:
    """Return the number that was typed in this country's way or with a decimal point, or None."""
    plain = _SPACES.sub("", text).replace("−", "-")
    decimal, group = locale.decimalPoint(), locale.groupSeparator()
    if group in {".", ","} and plain.count(decimal) <= 1:
        whole, point, fraction = plain.partition(decimal)
        if group in whole and not _GROUPED.fullmatch(whole):
            whole, point, fraction = plain.partition(group)  # "1.5" where the comma is usual
        else:
            whole = whole.replace(group, "")
        plain = f"{whole}{'.' if point else ''}{fraction}"
    else:
        plain = plain.replace(decimal, ".")
    try:
        return parse_decimal(plain)
    except Refused:
        return None


class _TypedEdit(LineEdit):
    """A field whose text is read and rewritten tidily when it is left."""

    value_changed = Signal()

    def __init__(
        self,
        theme: Theme,
        *,
        read: Callable[[str], Any],
        write: Callable[[Any], str],
        complaint: Callable[[str], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent=parent)
        self._read, self._write, self._complaint = read, write, complaint
        self.textEdited.connect(self.value_changed)
        self.editingFinished.connect(self._tidy)

    def problem(self) -> str:
        """Return what is wrong with the text as a sentence, or nothing."""
        typed = self.text().strip()
        return self._complaint(typed) if typed and self._read(typed) is None else ""

    def _typed(self) -> Any:
        return self._read(self.text().strip())

    def _show(self, value: Any) -> None:
        self.setText("" if value is None else self._write(value))

    @Slot()
    def _tidy(self) -> None:
        value = self._typed()
        if value is not None and self._write(value) != self.text():
            self._show(value)


class DateEdit(_TypedEdit):
    """A day, typed as "tue", "+3", "2 wk", "tomorrow", ISO or in the country's way."""

    def __init__(
        self,
        theme: Theme,
        *,
        today: Callable[[], date],
        locale: QLocale | None = None,
        parent: QWidget | None = None,
    ) -> None:
        self._today, self._where = today, locale or QLocale()
        super().__init__(
            theme, read=self._day, write=self._written, complaint=self._not_a_day, parent=parent
        )
        self.setPlaceholderText(day_hint(self._where))
        self.add_end_button("calendar", self.tr("Today")).clicked.connect(self._take_today)

    def value(self) -> date | None:
        """Return the day, or None while the field is empty or not understood."""
        day: date | None = self._typed()
        return day

    def set_value(self, day: date | None) -> None:
        """Show a day, or nothing."""
        self._show(day)

    def _day(self, typed: str) -> date | None:
        return parse_day(typed, today=self._today(), locale=self._where)

    def _written(self, day: date) -> str:
        return show_day(day, self._where)

    def _not_a_day(self, typed: str) -> str:
        words = self.tr("“{0}” is not a day. Type {1}, tue, +3 or 2 wk.")
        return words.format(typed, self._written(self._today()))

    @Slot()
    def _take_today(self) -> None:
        self.set_value(self._today())
        self.value_changed.emit()


class NumberEdit(_TypedEdit):
    """A number with at most so many decimals, at the right of its field.

    Zeros at its end are left out down to `least` decimals; without it all decimals are shown.
    """

    def __init__(
        self,
        theme: Theme,
        *,
        decimals: int = 0,
        least: int | None = None,
        locale: QLocale | None = None,
        parent: QWidget | None = None,
    ) -> None:
        self._decimals, self._least, self._where = decimals, least, locale or QLocale()
        super().__init__(
            theme, read=self._number, write=self._written, complaint=self._no_number, parent=parent
        )
        self.setAlignment(Qt.AlignmentFlag.AlignRight)

    def value(self) -> Decimal | None:
        """Return the number, or None while the field is empty or not understood."""
        number: Decimal | None = self._typed()
        return number

    def set_value(self, number: Decimal | int | None) -> None:
        """Show a number with its decimals, or nothing."""
        self._show(number)

    def _number(self, typed: str) -> Decimal | None:
        found = parse_number(typed, self._where)
        return found if found is not None and found == round(found, self._decimals) else None

    def _written(self, number: Decimal | int) -> str:
        plain = f"{Decimal(number):.{self._decimals}f}"
        if self._least is not None and self._least < self._decimals:
            whole, _, places = plain.partition(".")
            places = places.rstrip("0").ljust(self._least, "0")
            plain = f"{whole}.{places}" if places else whole
        return plain.replace(".", self._where.decimalPoint())

    def _no_number(self, typed: str) -> str:
        example = self._written(Decimal("1234.5") if self._decimals else 12)
        return self.tr("“{0}” is not a number such as {1}.").format(typed, example)


class MoneyEdit(NumberEdit):
    """An amount in one currency, shown beside it; its value is Money."""

    def __init__(
        self,
        theme: Theme,
        *,
        currency: str,
        locale: QLocale | None = None,
        parent: QWidget | None = None,
    ) -> None:
        self._currency = currency
        super().__init__(theme, decimals=exponent_of(currency), locale=locale, parent=parent)
        self.setPlaceholderText(currency)

    def set_currency(self, currency: str) -> None:
        """Take amounts in another currency from now on."""
        self._currency, self._decimals = currency, exponent_of(currency)
        self.setPlaceholderText(currency)

    def money(self) -> Money | None:
        """Return the amount, or None while the field is empty or not understood."""
        amount = self.value()
        return None if amount is None else Money.of(amount, self._currency)

    def set_money(self, money: Money | None) -> None:
        """Show an amount and take its currency, or show nothing."""
        if money is not None:
            self.set_currency(money.currency)
        self.set_value(None if money is None else money.amount)

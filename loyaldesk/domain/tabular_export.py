"""How rows are written as CSV so that no spreadsheet takes a text for a formula (threat T4)."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from loyaldesk.domain.money import Money

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["csv_text", "safe_text"]

# Excel, LibreOffice and Numbers start a formula with one of these, also after spaces and quotes.
TRIGGERS = frozenset("=+-@\t\r\n|%＝＋－＠")
BEFORE_A_TRIGGER = " \t\r\n\"'\u00a0\ufeff"


def safe_text(text: str) -> str:
    """Return a text that a spreadsheet shows instead of running: `'` goes before a formula."""
    start = text.lstrip(BEFORE_A_TRIGGER)
    if text[:1] in TRIGGERS or start[:1] in TRIGGERS:
        return f"'{text}"
    return text


def csv_text(rows: Iterable[Sequence[object]]) -> str:
    """Return rows as CSV: numbers with a point, days as ISO, texts made safe, lines end CRLF.

    Money stands as its amount alone; its currency belongs into a column of its own.
    """
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\r\n")
    writer.writerows([_cell(value) for value in row] for row in rows)
    return lines.getvalue()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Money):
        return str(value.amount)
    if isinstance(value, int | Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    return safe_text(str(value))

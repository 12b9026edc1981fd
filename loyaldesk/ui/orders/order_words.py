"""How is an order's state said: one chip, one word for how it came, days in short?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from loyaldesk.ui.widgets.chips import Chip
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from datetime import date

    from loyaldesk.formats import Formats

__all__ = ["UNFINISHED", "days", "short_day", "status_chip"]

translate = QCoreApplication.translate
UNFINISHED = frozenset({"draft", "submitted", "acknowledged", "part_delivered"})
_CHIPS = {
    "draft": ("Draft", Tone.NEUTRAL, "file-pen"),
    "submitted": ("To acknowledge", Tone.WARN, "clock"),
    "acknowledged": ("Acknowledged", Tone.INFO, "file-check"),
    "part_delivered": ("Part shipped", Tone.INFO, "truck"),
    "delivered": ("Shipped", Tone.OK, "package-check"),
    "invoiced": ("Invoiced", Tone.OK, "receipt-text"),
    "closed": ("Closed", Tone.NEUTRAL, "check-check"),
    "cancelled": ("Cancelled", Tone.NEUTRAL, "circle-x"),
}


def status_chip(status: str) -> Chip:
    """Return an order's status as icon and word."""
    words, tone, icon = _CHIPS[status]
    return Chip(translate("OrderStatus", words), tone, icon)


def short_day(formats: Formats, day: date, today: date) -> str:
    """Return 24 Nov, or a day of another year with its year."""
    return formats.date_day(day) if day.year == today.year else formats.date(day)


def days(formats: Formats, count: int) -> str:
    """Return a number of days in short: 5 d."""
    return translate("OrderStatus", "{0} d").format(formats.number(count))

"""How is a value said that two people typed, or that waits to go out?"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from loyaldesk.domain.money import Money
from loyaldesk.protocol.kinds import KINDS
from loyaldesk.ui.sync.field_words import choice_words, field_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loyaldesk.protocol.kinds import Field
    from loyaldesk.queries.sync_records import RecordName
    from loyaldesk.ui.screen_formats import ScreenFormats

__all__ = ["CHOSEN", "ValueWords", "field_of"]

translate = QCoreApplication.translate
# Texts of which there are only a few; everything else was typed and is shown as it is.
CHOSEN = frozenset({
    "status", "state", "credit_status", "statement_type", "letters_by", "statement_scope", "use",
    "acknowledgement_policy", "channel", "preferred_channel",
})  # fmt: skip


def field_of(kind: str, field: str) -> Field | None:
    """Return what is known of a field, or of that field of a line."""
    if kind not in KINDS:
        return None
    *_, name = field.split(".")
    return (KINDS[kind].lines if "." in field else KINDS[kind].fields).get(name)


class ValueWords:
    """Says the values of one record, with its currency and with references by name."""

    def __init__(
        self, formats: ScreenFormats, record: RecordName, names: Mapping[str, str]
    ) -> None:
        self._formats, self._record, self._names = formats, record, names

    def say(self, field: str, value: Any) -> str:
        """Return a value that travelled, in words."""
        if not field:
            return self._whole(value)
        if value is None or value in ("", []):
            return translate("Values", "nothing")
        known = field_of(self._record.kind, field)
        if known is None:
            return str(value)
        if known.refers:
            unknown = translate("Values", "a record that is not on this computer")
            return self._names.get(str(value)) or unknown
        return self._typed(known, value)

    def _typed(self, known: Field, value: Any) -> str:
        formats = self._formats
        if known.type == "bool":
            return translate("Values", "yes") if value else translate("Values", "no")
        if known.type == "day":
            return formats.date(date.fromisoformat(value))
        if known.type == "instant":
            return formats.datetime_local(datetime.fromisoformat(value))
        if known.type == "int":
            return self._number(known.name, int(value))
        if known.type == "lines":
            return "\n".join(self._line(line) for line in value)
        return choice_words(value) if known.name in CHOSEN else str(value)

    def _number(self, name: str, value: int) -> str:
        formats, currency = self._formats, self._record.currency
        if name.endswith("_minor"):
            return formats.money(Money(value, currency)) if currency else formats.number(value)
        if name.endswith("_micro"):
            return formats.unit_price(value, currency or "EUR", code=bool(currency))
        if name.endswith("_milli"):
            return formats.quantity(value)
        return formats.percent(value) if name.endswith("_ppm") else formats.number(value)

    def _line(self, line: Mapping[str, Any]) -> str:
        quantity = self._number("quantity_milli", line.get("quantity_milli") or 0)
        price = self._number("unit_price_micro", line.get("unit_price_micro") or 0)
        words = translate("Values", "{0}. {1} × {2} at {3}")
        return words.format(line.get("position"), quantity, line.get("description"), price)

    def _whole(self, value: Any) -> str:
        """Return what becomes of a whole record: deleted, or kept with what was changed."""
        if value is None:
            return translate("Values", "deleted")
        fields = ", ".join(field_words(name) for name in value)
        if not fields:
            return translate("Values", "kept")
        return translate("Values", "kept; changed: {0}").format(fields)

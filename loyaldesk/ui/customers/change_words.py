"""How is a recorded change said: which field, what it was, what it became?"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from loyaldesk.domain.money import Money
from loyaldesk.ui.widgets.spans import Span
from loyaldesk.ui.widgets.timeline_entries import BodyLine
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loyaldesk.queries.timeline import FieldChange
    from loyaldesk.ui.customers.wording import Wording

__all__ = ["change_lines", "change_summary", "field_name"]

translate = QCoreApplication.translate
_ISO_DAY = len("2026-11-21")
_HIDDEN = {"customer_id", "id", "source_key", "name_key", "number_key", "uid"}


def field_name(field: str) -> str:
    """Return the name of a field as the forms call it."""
    return _names().get(field) or field.replace("_", " ").capitalize()


def change_summary(changes: Iterable[FieldChange]) -> str:
    """Return which fields changed, in one line."""
    return ", ".join(field_name(change.field) for change in _shown(changes))


def change_lines(changes: Iterable[FieldChange], say: Wording, currency: str) -> list[BodyLine]:
    """Return one line per field: name, old value, new value."""
    return [_line(change, say, currency) for change in _shown(changes)]


def _shown(changes: Iterable[FieldChange]) -> list[FieldChange]:
    return [c for c in changes if c.field not in _HIDDEN and (c.old or None) != (c.new or None)]


def _line(change: FieldChange, say: Wording, currency: str) -> BodyLine:
    name = Span(f"{field_name(change.field)}: ", Tone.SECONDARY)
    new = Span.strong(_value(change.field, change.new, say, currency))
    if change.old in {None, ""}:
        return BodyLine([name, new])
    old = Span(f"{_value(change.field, change.old, say, currency)} → ", Tone.SECONDARY)
    return BodyLine([name, old, new])


def _value(field: str, value: Any, say: Wording, currency: str) -> str:
    if value in {None, ""}:
        return translate("Changes", "nothing")
    if field.startswith(("is_",)):
        return translate("Changes", "yes") if value else translate("Changes", "no")
    if field.endswith("_minor") and isinstance(value, int):
        return say.money(Money(value, currency))
    if field.endswith("_on") or field == "birthday":
        return _day(value, say)
    return str(value)


def _day(value: Any, say: Wording) -> str:
    try:
        return say.formats.date(date.fromisoformat(str(value)[:_ISO_DAY]))
    except ValueError:
        return str(value)


def _names() -> dict[str, str]:
    return {
        "name": translate("Fields", "Name"),
        "number": translate("Fields", "Number"),
        "trading_name": translate("Fields", "Trading name"),
        "status": translate("Fields", "Status"),
        "parent_id": translate("Fields", "Belongs to"),
        "account_manager": translate("Fields", "Account manager"),
        "language": translate("Fields", "Language of letters"),
        "currency": translate("Fields", "Currency"),
        "phone": translate("Fields", "Telephone"),
        "email": translate("Fields", "E-mail"),
        "website": translate("Fields", "Web site"),
        "tax_id": translate("Fields", "Tax number"),
        "terms_days": translate("Fields", "Payment terms, days"),
        "credit_limit_minor": translate("Fields", "Credit limit"),
        "credit_status": translate("Fields", "Credit"),
        "is_key_account": translate("Fields", "Key account"),
        "statement_type": translate("Fields", "Statement of account"),
        "envelope": translate("Fields", "Envelope"),
        "customer_since": translate("Fields", "Customer since"),
        "last_contact_on": translate("Fields", "Last contact"),
        "status_since": translate("Fields", "Status since"),
        "notes": translate("Fields", "Know them"),
        "given_name": translate("Fields", "Given name"),
        "family_name": translate("Fields", "Family name"),
        "preferred_channel": translate("Fields", "Best reached by"),
        "preferred_time": translate("Fields", "Best time"),
        "consent_on": translate("Fields", "Consent given"),
        "is_primary": translate("Fields", "First contact"),
        "is_default": translate("Fields", "Used by default"),
        "recipient": translate("Fields", "Addressed to"),
        "extra": translate("Fields", "Department or building"),
        "postcode": translate("Fields", "Postcode"),
        "source_system": translate("Fields", "Source system"),
    }

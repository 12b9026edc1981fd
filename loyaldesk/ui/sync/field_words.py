"""What is a field called, and what a record, when two edits of it are told side by side?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from loyaldesk.ui.widgets.marked import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from loyaldesk.queries.sync_records import RecordName

__all__ = ["choice_words", "field_words", "record_words"]

translate = QCoreApplication.translate
# Only what cannot be read off the field's own name.
_FIELDS = {
    "": QT_TRANSLATE_NOOP("Fields", "Whole record"),
    "parent_id": QT_TRANSLATE_NOOP("Fields", "Belongs to"),
    "language": QT_TRANSLATE_NOOP("Fields", "Language of letters"),
    "phone": QT_TRANSLATE_NOOP("Fields", "Telephone"),
    "email": QT_TRANSLATE_NOOP("Fields", "E-mail"),
    "website": QT_TRANSLATE_NOOP("Fields", "Web site"),
    "tax_id": QT_TRANSLATE_NOOP("Fields", "Tax number"),
    "terms_days": QT_TRANSLATE_NOOP("Fields", "Payment terms, days"),
    "credit_limit_minor": QT_TRANSLATE_NOOP("Fields", "Credit limit"),
    "credit_status": QT_TRANSLATE_NOOP("Fields", "Credit"),
    "is_key_account": QT_TRANSLATE_NOOP("Fields", "Key account"),
    "statement_type": QT_TRANSLATE_NOOP("Fields", "Statement of account"),
    "last_contact_on": QT_TRANSLATE_NOOP("Fields", "Last contact"),
    "letters_by": QT_TRANSLATE_NOOP("Fields", "Letters"),
    "letters_email": QT_TRANSLATE_NOOP("Fields", "E-mail for letters"),
    "preferred_channel": QT_TRANSLATE_NOOP("Fields", "Best reached by"),
    "preferred_time": QT_TRANSLATE_NOOP("Fields", "Best time"),
    "consent_on": QT_TRANSLATE_NOOP("Fields", "Consent given"),
    "is_primary": QT_TRANSLATE_NOOP("Fields", "First contact"),
    "is_default": QT_TRANSLATE_NOOP("Fields", "Used by default"),
    "recipient": QT_TRANSLATE_NOOP("Fields", "Addressed to"),
    "extra": QT_TRANSLATE_NOOP("Fields", "Department or building"),
    "customer_id": QT_TRANSLATE_NOOP("Fields", "Customer"),
    "contact_id": QT_TRANSLATE_NOOP("Fields", "Person"),
    "order_id": QT_TRANSLATE_NOOP("Fields", "Order"),
    "freight_minor": QT_TRANSLATE_NOOP("Fields", "Freight"),
    "customer_po": QT_TRANSLATE_NOOP("Fields", "Their order no."),
    "quantity_milli": QT_TRANSLATE_NOOP("Fields", "Quantity"),
    "shipped_milli": QT_TRANSLATE_NOOP("Fields", "Shipped"),
    "unit_price_micro": QT_TRANSLATE_NOOP("Fields", "Price"),
    "discount_ppm": QT_TRANSLATE_NOOP("Fields", "Discount"),
    "tax_ppm": QT_TRANSLATE_NOOP("Fields", "Tax"),
    "body": QT_TRANSLATE_NOOP("Fields", "Text"),
}
_ENDINGS = ("_id", "_on", "_at", "_minor", "_milli", "_micro", "_ppm")
_KINDS = {
    "setting": QT_TRANSLATE_NOOP("Kinds", "Setting"),
    "time_frame": QT_TRANSLATE_NOOP("Kinds", "Time frame"),
    "product": QT_TRANSLATE_NOOP("Kinds", "Product"),
    "customer": QT_TRANSLATE_NOOP("Kinds", "Customer"),
    "contact": QT_TRANSLATE_NOOP("Kinds", "Contact"),
    "address": QT_TRANSLATE_NOOP("Kinds", "Address"),
    "sales_order": QT_TRANSLATE_NOOP("Kinds", "Order"),
    "invoice": QT_TRANSLATE_NOOP("Kinds", "Invoice"),
    "payment": QT_TRANSLATE_NOOP("Kinds", "Payment"),
    "allocation": QT_TRANSLATE_NOOP("Kinds", "Allocation"),
    "document": QT_TRANSLATE_NOOP("Kinds", "Document"),
    "document_link": QT_TRANSLATE_NOOP("Kinds", "Document"),
    "activity": QT_TRANSLATE_NOOP("Kinds", "Note"),
    "letter": QT_TRANSLATE_NOOP("Kinds", "Letter"),
    "reminder_item": QT_TRANSLATE_NOOP("Kinds", "Reminder"),
    "mail": QT_TRANSLATE_NOOP("Kinds", "Mail"),
    "dispatch": QT_TRANSLATE_NOOP("Kinds", "Letter"),
    "customer_merge": QT_TRANSLATE_NOOP("Kinds", "Merged customers"),
    "edit_conflict": QT_TRANSLATE_NOOP("Kinds", "Conflict"),
    "paper_use": QT_TRANSLATE_NOOP("Kinds", "Use of a document"),
}
_CHOICES = {
    "good": QT_TRANSLATE_NOOP("Choices", "Good"),
    "watch": QT_TRANSLATE_NOOP("Choices", "On watch"),
    "hold": QT_TRANSLATE_NOOP("Choices", "On hold"),
    "open-item": QT_TRANSLATE_NOOP("Choices", "Open items"),
    "print": QT_TRANSLATE_NOOP("Choices", "On paper"),
    "email": QT_TRANSLATE_NOOP("Choices", "By e-mail"),
    "own": QT_TRANSLATE_NOOP("Choices", "This customer’s items"),
    "parent": QT_TRANSLATE_NOOP("Choices", "Nothing; they stand on the parent’s"),
}


def field_words(field: str) -> str:
    """Return the name of a field as the forms call it; of a line with the line's position."""
    name, _, of_line = field.partition(".")
    if of_line:
        position, _, name = of_line.partition(".")
        line = translate("Fields", "Line {0}").format(position)
        return f"{line}, {field_words(name).lower()}"
    if name in _FIELDS:
        return translate("Fields", _FIELDS[name])
    for ending in _ENDINGS:
        name = name.removesuffix(ending)
    return name.replace("_", " ").capitalize()


def record_words(record: RecordName) -> str:
    """Return what a record is called: a customer by name, others by their kind and number."""
    if record.kind == "customer" and record.id is not None:
        return record.customer_name
    kind = translate("Kinds", _KINDS[record.kind]) if record.kind in _KINDS else record.kind
    return f"{kind} {record.name}".strip()


def choice_words(value: str) -> str:
    """Return a state or kind in words."""
    if value in _CHOICES:
        return translate("Choices", _CHOICES[value])
    return value.replace("_", " ").replace("-", " ").capitalize()

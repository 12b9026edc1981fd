"""Which values can status, credit, language and envelope have, and how are they called?"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from loyaldesk.pdf.envelopes import envelope, envelope_names
from loyaldesk.ui.customers.identity_words import language_name

__all__ = [
    "channels", "credit_states", "currencies", "envelopes", "languages", "letter_ways", "policies",
    "statement_scopes", "statement_types", "statuses", "uses",
]  # fmt: skip

translate = QCoreApplication.translate
Choices = list[tuple[str, str]]
_LANGUAGES = ("en", "de", "fr", "es")
_CURRENCIES = (
    "EUR", "USD", "GBP", "CHF", "DKK", "NOK", "SEK", "PLN", "CZK", "HUF", "CAD", "JPY", "KWD",
)  # fmt: skip


def statuses() -> Choices:
    """Return where a relationship can stand."""
    return [
        ("active", translate("Choices", "Active")),
        ("prospect", translate("Choices", "Prospect")),
        ("lost", translate("Choices", "Lost")),
    ]


def credit_states() -> Choices:
    """Return whether orders may go out on account."""
    return [
        ("good", translate("Choices", "Good")),
        ("watch", translate("Choices", "On watch")),
        ("hold", translate("Choices", "On hold")),
    ]


def statement_types() -> Choices:
    """Return the four kinds of statement."""
    return [
        ("open-item", translate("Choices", "Open items")),
        ("balance-forward", translate("Choices", "Balance forward")),
        ("activity", translate("Choices", "Activity")),
        ("detailed", translate("Choices", "Detailed activity")),
    ]


def letter_ways() -> Choices:
    """Return how a customer gets letters."""
    return [
        ("print", translate("Choices", "On paper")),
        ("email", translate("Choices", "By e-mail")),
    ]


def policies() -> Choices:
    """Return what a customer's acknowledgements may say."""
    return [
        ("", translate("Choices", "As the company does")),
        ("acceptance", translate("Choices", "Acceptance")),
        ("receipt", translate("Choices", "Receipt only")),
    ]


def statement_scopes() -> Choices:
    """Return on whose statement the items of a member stand."""
    return [
        ("own", translate("Choices", "This customer’s items")),
        ("parent", translate("Choices", "Nothing; they stand on the parent’s")),
    ]


def envelopes() -> Choices:
    """Return the windows a letter can be folded for."""
    return [
        ("", translate("Choices", "As usual in our country")),
        *((name, envelope(name).name) for name in envelope_names()),
    ]


def languages(*, inherit: bool = False) -> Choices:
    """Return the languages of letters; a person may have the customer's."""
    first = [("", translate("Choices", "As the customer"))] if inherit else []
    return first + [(tag, language_name(tag)) for tag in _LANGUAGES]


def currencies() -> Choices:
    """Return the usual currencies by their codes."""
    return [(code, code) for code in _CURRENCIES]


def channels() -> Choices:
    """Return how a person likes to be reached."""
    return [
        ("", translate("Choices", "No wish")),
        ("phone", translate("Choices", "Telephone")),
        ("e-mail", translate("Choices", "E-mail")),
        ("letter", translate("Choices", "Letter")),
    ]


def uses() -> Choices:
    """Return what a place is used for."""
    return [
        ("billing", translate("Choices", "Billing")),
        ("delivery", translate("Choices", "Delivery")),
    ]

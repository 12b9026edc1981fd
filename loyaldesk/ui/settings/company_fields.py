"""Which fields has the company, and how does it become text in them and come back out?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loyaldesk.domain.letter import Sender

__all__ = ["ADDRESS_PARTS", "LINES", "company_texts", "company_titles", "typed_company"]

translate = QCoreApplication.translate

LINES = ("address", "tax_ids", "register", "bank_lines", "remit_to")
ADDRESS_PARTS = ("street", "house_number", "postcode", "town")
BANK = {"bank_name": "name", "iban": "iban", "bic": "bic", "bank_lines": "lines"}


def company_titles() -> tuple[tuple[str, str], ...]:
    """Return each field with what stands above it, in reading order."""
    return (
        ("name", translate("CompanyForm", "Name")),
        ("country", translate("CompanyForm", "Country, two letters")),
        ("address", translate("CompanyForm", "Address, a line each")),
        ("register", translate("CompanyForm", "Register, managing directors")),
        ("phone", translate("CompanyForm", "Phone")),
        ("email", translate("CompanyForm", "E-mail")),
        ("website", translate("CompanyForm", "Website")),
        ("fax", translate("CompanyForm", "Fax")),
        ("tax_ids", translate("CompanyForm", "Tax ids, a line each")),
        ("conditions", translate("CompanyForm", "Conditions of sale")),
        ("bank_name", translate("CompanyForm", "Bank")),
        ("iban", translate("CompanyForm", "IBAN")),
        ("bic", translate("CompanyForm", "BIC")),
        ("return_line", translate("CompanyForm", "Small line above the addressee")),
        ("street", translate("CompanyForm", "Street, for QR-bills")),
        ("house_number", translate("CompanyForm", "House number, for QR-bills")),
        ("postcode", translate("CompanyForm", "Postcode, for QR-bills")),
        ("town", translate("CompanyForm", "Town, for QR-bills")),
        ("bank_lines", translate("CompanyForm", "Account without IBAN, a line each")),
        ("remit_to", translate("CompanyForm", "Cheques go to, a line each")),
        ("accent", translate("CompanyForm", "Colour of letters")),
        ("signature_name", translate("CompanyForm", "Letters are signed by")),
        ("signature_role", translate("CompanyForm", "Role of the signer")),
    )


def company_texts(sender: Sender) -> dict[str, str]:
    """Return what stands in each field of a company; a line that letters make stays empty."""
    texts = {}
    for name, _ in company_titles():
        value = getattr(sender.bank, BANK[name]) if name in BANK else getattr(sender, name)
        texts[name] = "\n".join(value) if name in LINES else str(value)
    if sender.return_line == made_return_line(sender):
        texts["return_line"] = ""
    return texts


def typed_company(texts: Mapping[str, str], kept: Sender) -> Sender:
    """Return the company as it is typed; what has no field stays as it is kept."""
    values: dict[str, Any] = {
        name: _lines(text) if name in LINES else text.strip() for name, text in texts.items()
    }
    bank: dict[str, Any] = {part: values.pop(name) for name, part in BANK.items()}
    values["country"] = values["country"].upper()
    values["accent"] = values["accent"].lstrip("#")
    return replace(kept, **values, bank=replace(kept.bank, **bank))


def made_return_line(sender: Sender) -> str:
    """Return the small line in the window that is made of name and address."""
    return " · ".join(part for part in (sender.name, *sender.address[:2]) if part)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())

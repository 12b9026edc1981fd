"""What is wrong with the company as it is typed, field by field?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from loyaldesk.errors import Refused
from loyaldesk.pdf.style import accent_colour

if TYPE_CHECKING:
    from loyaldesk.domain.letter import Sender

__all__ = ["company_problems"]

translate = QCoreApplication.translate
_COUNTRY = re.compile(r"[A-Z]{2}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_BIC = re.compile(r"[A-Z0-9]{8}([A-Z0-9]{3})?")


def company_problems(sender: Sender) -> dict[str, str]:
    """Return a sentence for each field that letters could not use; check digits come later."""
    found = {
        "name": "" if sender.name else translate("Company", "Letters need a name to come from."),
        "country": _unless(
            sender.country, _COUNTRY, translate("Company", "Two letters, such as DE or US.")
        ),
        "email": _unless(
            sender.email, _EMAIL, translate("Company", "An address looks like name@company.com.")
        ),
        "bic": _unless(
            sender.bank.bic.replace(" ", ""),
            _BIC,
            translate("Company", "A BIC has 8 or 11 letters and digits."),
        ),
        "accent": _colour_problem(sender.accent),
    }
    return {field: sentence for field, sentence in found.items() if sentence}


def _unless(text: str, form: re.Pattern[str], sentence: str) -> str:
    return "" if not text or form.fullmatch(text) else sentence


def _colour_problem(text: str) -> str:
    try:
        accent_colour(text)
    except Refused as error:
        return error.message
    return ""

"""What is wrong with a company as it was typed, field by field?"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from loyaldesk.domain.contrast import READABLE, contrast_on_white

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loyaldesk.domain.letter import Sender

__all__ = ["sender_problems", "with_kept"]

_COUNTRY = re.compile(r"[A-Z]{2}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_BIC = re.compile(r"[A-Z0-9]{8}([A-Z0-9]{3})?")
_COLOUR = re.compile(r"[0-9A-Fa-f]{6}")
_OF_BANK = frozenset({"iban", "bic"})


def sender_problems(sender: Sender) -> dict[str, str]:
    """Return a sentence for each field that letters could not use; check digits come later."""
    rules = (
        ("country", sender.country, _COUNTRY, "Two letters, such as DE or US."),
        ("email", sender.email, _EMAIL, "An address looks like name@company.com."),
        ("bic", sender.bank.bic.replace(" ", ""), _BIC, "A BIC has 8 or 11 letters and digits."),
    )
    wrong = {
        field: sentence
        for field, text, form, sentence in rules
        if text and not form.fullmatch(text)
    }
    if accent := _accent_problem(sender.accent):
        wrong["accent"] = accent
    return wrong if sender.name.strip() else {"name": "Letters need a name to come from."} | wrong


def _accent_problem(accent: str) -> str:
    if not _COLOUR.fullmatch(accent):
        return "A colour is six digits such as 17506B."
    if contrast_on_white(accent) < READABLE:
        return "This colour is too pale to read on white paper; choose a darker one."
    return ""


def with_kept(sender: Sender, kept: Sender, wrong: Iterable[str]) -> Sender:
    """Return the company as typed, its wrong fields as they were kept before."""
    fields = set(wrong)
    values: dict[str, Any] = {name: getattr(kept, name) for name in fields - _OF_BANK}
    of_bank: dict[str, Any] = {name: getattr(kept.bank, name) for name in fields & _OF_BANK}
    return replace(sender, **values, bank=replace(sender.bank, **of_bank))

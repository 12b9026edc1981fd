"""The company that uses LoyalDesk: its letterhead, its bank, its letter texts."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from loyaldesk.domain.letter import BankAccount, Sender

if TYPE_CHECKING:
    from loyaldesk.store.reader import Source

__all__ = [
    "COMPANY_KEY", "LETTER_TEXTS_KEY", "company_values", "own_texts", "read_company",
    "read_letter_texts", "read_setting",
]  # fmt: skip

COMPANY_KEY = "company"
LETTER_TEXTS_KEY = "letter_texts"


def read_setting(source: Source, *, key: str) -> Any:
    """Return the value of a setting, or None."""
    found = source.value("SELECT value FROM setting WHERE key = ?", [key])
    return None if found is None else json.loads(found)


def read_company(source: Source) -> Sender | None:
    """Return the company as its letters print it, or None before anybody typed it in."""
    kept = read_setting(source, key=COMPANY_KEY)
    if kept is None:
        return None
    known = {field.name for field in fields(Sender)}
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in kept.items()
        if name in known and name not in {"bank", "logo"}
    }
    bank: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in kept.get("bank", {}).items()
    }
    logo = Path(kept["logo"]) if kept.get("logo") else None
    return Sender(**values, bank=BankAccount(**bank), logo=logo)


def read_letter_texts(source: Source) -> dict[str, dict[str, str]]:
    """Return the company's own words by language, such as `de`, and name of the text."""
    kept: dict[str, dict[str, str]] = read_setting(source, key=LETTER_TEXTS_KEY) or {}
    return kept


def own_texts(source: Source, *, locale: str) -> tuple[tuple[str, str], ...]:
    """Return the company's own words for letters in a locale, by name."""
    return tuple(sorted(read_letter_texts(source).get(locale.partition("-")[0], {}).items()))


def company_values(sender: Sender) -> dict[str, Any]:
    """Return the company as the setting keeps it."""
    values = asdict(sender)
    values["logo"] = str(sender.logo) if sender.logo else ""
    return values

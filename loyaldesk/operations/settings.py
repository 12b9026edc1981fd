"""Ways to change the settings of the company."""

from __future__ import annotations

from typing import Any, NamedTuple

from loyaldesk.domain.letter import Sender
from loyaldesk.domain.letter_texts import text_problem
from loyaldesk.domain.sender_check import sender_problems, with_kept
from loyaldesk.errors import Refused
from loyaldesk.models import Setting
from loyaldesk.operations import operation
from loyaldesk.queries.company import (
    COMPANY_KEY,
    LETTER_TEXTS_KEY,
    company_values,
    read_company,
    read_letter_texts,
)
from loyaldesk.store.gate import Transaction, as_json
from loyaldesk.store.uids import setting_uid

__all__ = [
    "KeptCompany", "change_company", "change_letter_text", "change_setting", "keep_sound_company",
]  # fmt: skip


class KeptCompany(NamedTuple):
    """The company as it is kept now, and a sentence for each field that was not taken."""

    sender: Sender
    wrong: dict[str, str]


@operation("Change setting")
def change_setting(tx: Transaction, *, key: str, value: Any) -> None:
    """Keep a setting under its key; the value is anything that JSON can say."""
    found = tx.value("SELECT id FROM setting WHERE key = ?", [key])
    if found is None:
        tx.insert(Setting, key=key, value=as_json(value), uid=setting_uid(key))
    else:
        tx.update(Setting, found, value=as_json(value))


@operation("Change company")
def change_company(tx: Transaction, *, sender: Sender) -> None:
    """Keep the company's letterhead and bank; letters made from now on show it."""
    for field, sentence in _problems(sender).items():
        raise Refused(f"{sentence} Nothing was saved.", field=field)
    change_setting(tx, key=COMPANY_KEY, value=company_values(sender))


@operation("Change company")
def keep_sound_company(tx: Transaction, *, sender: Sender) -> KeptCompany:
    """Keep each field that letters could use; a wrong one stays as it was and is named.

    Before there is a company nothing is kept without a name.
    """
    kept = read_company(tx) or Sender(name="")
    wrong = _problems(sender)
    sound = with_kept(sender, kept, wrong)
    if not sound.name or sound == kept:
        return KeptCompany(kept, wrong)
    change_setting(tx, key=COMPANY_KEY, value=company_values(sound))
    return KeptCompany(sound, wrong)


@operation("Change letter text")
def change_letter_text(tx: Transaction, *, language: str, key: str, text: str, ours: str) -> None:
    """Keep the company's own words for a text in a language such as `de`; ours again if they agree.

    `ours` is the text that we ship: its fields are those that own words may use.
    """
    kept = read_letter_texts(tx)
    of_language = {name: words for name, words in kept.get(language, {}).items() if name != key}
    if text.strip() and text != ours:
        if problem := text_problem(text, ours):
            raise Refused(f"{problem} Nothing was saved.", field="text")
        of_language[key] = text
    change_setting(tx, key=LETTER_TEXTS_KEY, value=kept | {language: of_language})


def _problems(sender: Sender) -> dict[str, str]:
    found = sender_problems(sender)
    if sender.country and "country" not in found and not _is_country(sender.country):
        found["country"] = f"No country has the code “{sender.country}”; type one such as DE or US."
    if sender.bank.iban and not _is_iban(sender.bank.iban):
        found["iban"] = f"“{sender.bank.iban}” is not a valid IBAN; check its digits."
    return found


def _is_country(code: str) -> bool:
    import pycountry  # Reads its list of ISO 3166; only this check needs it.

    return pycountry.countries.get(alpha_2=code) is not None


def _is_iban(iban: str) -> bool:
    from schwifty import IBAN  # Costs 0.2 s to import; only this check needs it.
    from schwifty.exceptions import SchwiftyException

    try:
        IBAN(iban)
    except SchwiftyException:
        return False
    return True

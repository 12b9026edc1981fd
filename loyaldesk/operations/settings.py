"""Ways to change the settings of the company."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from loyaldesk.domain.sender_check import sender_problems
from loyaldesk.errors import Refused
from loyaldesk.models import Setting
from loyaldesk.operations import operation
from loyaldesk.queries.company import COMPANY_KEY, company_values
from loyaldesk.store.gate import Transaction, as_json

if TYPE_CHECKING:
    from loyaldesk.domain.letter import Sender

__all__ = ["change_company", "change_setting"]


@operation("Change setting")
def change_setting(tx: Transaction, *, key: str, value: Any) -> None:
    """Keep a setting under its key; the value is anything that JSON can say."""
    found = tx.value("SELECT id FROM setting WHERE key = ?", [key])
    if found is None:
        tx.insert(Setting, key=key, value=as_json(value))
    else:
        tx.update(Setting, found, value=as_json(value))


@operation("Change company")
def change_company(tx: Transaction, *, sender: Sender) -> None:
    """Keep the company's letterhead and bank; letters made from now on show it."""
    for field, sentence in sender_problems(sender).items():
        raise Refused(f"{sentence} Nothing was saved.", field=field)
    if sender.bank.iban:
        _check_iban(sender.bank.iban)
    change_setting(tx, key=COMPANY_KEY, value=company_values(sender))


def _check_iban(iban: str) -> None:
    from schwifty import IBAN  # Costs 0.2 s to import; only this check needs it.
    from schwifty.exceptions import SchwiftyException

    try:
        IBAN(iban)
    except SchwiftyException as error:
        raise Refused(
            f"“{iban}” is not a valid IBAN. Nothing was saved; check its digits.", field="iban"
        ) from error

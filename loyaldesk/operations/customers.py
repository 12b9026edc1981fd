"""Ways to change a customer, its people and its places."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from loyaldesk.domain.mail_words import address_problem
from loyaldesk.domain.money import exponent_of
from loyaldesk.errors import Refused
from loyaldesk.models import (
    Activity,
    Address,
    AddressUse,
    Contact,
    CreditStatus,
    Customer,
    LetterWay,
    SalesOrder,
    StatementScope,
    StatementType,
)
from loyaldesk.operations import operation
from loyaldesk.operations.numbers import require_free, take_number

if TYPE_CHECKING:
    from loyaldesk.store.gate import Transaction

__all__ = [
    "add_address", "add_contact", "create_customer", "delete_address", "delete_contact",
    "edit_address", "edit_contact", "edit_customer",
]  # fmt: skip

CUSTOMER_SERIES = "C"
LONGEST_TEXT = 400
LONGEST_NOTES = 20_000
KINDS = {
    "credit_status": CreditStatus,
    "statement_type": StatementType,
    "letters_by": LetterWay,
    "statement_scope": StatementScope,
}
POLICIES = frozenset({"", "receipt", "acceptance"})
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_LANGUAGE = re.compile(r"[a-z]{2}(-[A-Z]{2})?")
_COUNTRY = re.compile(r"[A-Z]{2}")


@operation("Create customer")
def create_customer(tx: Transaction, *, name: str, number: str = "", **fields: Any) -> int:
    """Create a customer and return its id; without a number the next free one is taken."""
    values = _checked_customer({"name": name, **fields})
    taken = take_number(tx, Customer, CUSTOMER_SERIES, number)
    tx.describe(f"Create {values['name']}")
    return tx.insert(Customer, number=taken, customer_since=tx.today, **values)


@operation("Edit customer")
def edit_customer(tx: Transaction, *, customer_id: int, **fields: Any) -> None:
    """Change fields of a customer; only what really differs is recorded."""
    current = tx.row("SELECT number, name FROM customer WHERE id = ?", [customer_id])
    if current is None:
        raise Refused("This customer no longer exists. Nothing was saved.")
    values = _checked_customer(fields)
    if values.get("number", current[0]) != current[0]:
        require_free(tx, Customer, values["number"])
    _refuse_circle(tx, customer_id, values.get("parent_id"))
    tx.describe(f"Edit {values.get('name', current[1])}")
    tx.update(Customer, customer_id, **values)


@operation("Add contact")
def add_contact(tx: Transaction, *, customer_id: int, family_name: str, **fields: Any) -> int:
    """Add a person to a customer and return its id; the first one is the primary contact."""
    values = _checked_person({"family_name": family_name, **fields})
    if tx.value("SELECT 1 FROM contact WHERE customer_id = ?", [customer_id]) is None:
        values["is_primary"] = True
    _make_only_primary(tx, customer_id, values, None)
    tx.describe(f"Add contact {values['family_name']}")
    return tx.insert(Contact, customer_id=customer_id, **values)


@operation("Edit contact")
def edit_contact(tx: Transaction, *, contact_id: int, **fields: Any) -> None:
    """Change fields of a person."""
    values = _checked_person(fields)
    found = tx.row("SELECT customer_id, family_name FROM contact WHERE id = ?", [contact_id])
    if found is None:
        raise Refused("This contact no longer exists. Nothing was saved.")
    _make_only_primary(tx, found[0], values, contact_id)
    tx.describe(f"Edit contact {values.get('family_name', found[1])}")
    tx.update(Contact, contact_id, **values)


@operation("Delete contact")
def delete_contact(tx: Transaction, *, contact_id: int) -> None:
    """Delete a person; orders and notes keep standing without the name behind them."""
    for model in (Activity, SalesOrder):
        sql = f"SELECT id FROM {model.__tablename__} WHERE contact_id = ?"
        for (row_id,) in tx.rows(sql, [contact_id]):
            tx.update(model, row_id, contact_id=None)
    tx.delete(Contact, contact_id)


@operation("Add address")
def add_address(tx: Transaction, *, customer_id: int, use: AddressUse, **fields: Any) -> int:
    """Add a place to a customer and return its id."""
    values = _checked_place({"street": "", "town": "", **fields})
    same_use = "SELECT 1 FROM address WHERE customer_id = ? AND use = ?"
    if tx.value(same_use, [customer_id, use]) is None:
        values["is_default"] = True
    _make_only_default(tx, customer_id, use, values, None)
    address_id = tx.insert(Address, customer_id=customer_id, use=use, **values)
    _show_main_town(tx, customer_id)
    return address_id


@operation("Edit address")
def edit_address(tx: Transaction, *, address_id: int, **fields: Any) -> None:
    """Change fields of a place."""
    found = tx.row("SELECT customer_id, use, street, town FROM address WHERE id = ?", [address_id])
    if found is None:
        raise Refused("This address no longer exists. Nothing was saved.")
    values = _checked_place({"street": found[2], "town": found[3], **fields})
    use = AddressUse(values.get("use") or found[1])
    _make_only_default(tx, found[0], use, values, address_id)
    tx.update(Address, address_id, **values)
    _show_main_town(tx, found[0])


@operation("Delete address")
def delete_address(tx: Transaction, *, address_id: int) -> None:
    """Delete a place; orders keep their own copy of where they went."""
    found = tx.row("SELECT customer_id FROM address WHERE id = ?", [address_id])
    tx.delete(Address, address_id)
    if found is not None:
        _show_main_town(tx, found[0])


def _clean(fields: dict[str, Any]) -> dict[str, Any]:
    values = {k: v.strip() if isinstance(v, str) else v for k, v in fields.items()}
    for field, value in values.items():
        limit = LONGEST_NOTES if field == "notes" else LONGEST_TEXT
        if isinstance(value, str) and (len(value) > limit or "\x00" in value):
            raise Refused(
                f"This text is longer than {limit} characters or holds a character that cannot be "
                "kept. Nothing was saved; shorten it.",
                field=field,
            )
    return values


def _checked_customer(fields: dict[str, Any]) -> dict[str, Any]:
    values = _clean(fields)
    if values.get("name", "x") == "":
        raise Refused("A customer needs a name. Nothing was saved; type one.", field="name")
    _check_email(values)
    _check_country_and_language(values)
    if "currency" in values:
        values["currency"] = values["currency"].upper()
        exponent_of(values["currency"])
    if not 0 <= values.get("terms_days", 0) <= 999:
        raise Refused("Terms are between 0 and 999 days. Nothing was saved.", field="terms_days")
    if (values.get("credit_limit_minor") or 0) < 0:
        raise Refused(
            "A credit limit is not below zero. Nothing was saved.", field="credit_limit_minor"
        )
    if values.get("acknowledgement_policy", "") not in POLICIES:
        raise Refused(
            "An acknowledgement is a receipt or an acceptance. Nothing was saved.",
            field="acknowledgement_policy",
        )
    for field, kind in KINDS.items():
        if field in values:
            values[field] = kind(values[field])
    return values


def _checked_person(fields: dict[str, Any]) -> dict[str, Any]:
    values = _clean(fields)
    if values.get("family_name", "x") == "":
        raise Refused("A contact needs a family name. Nothing was saved.", field="family_name")
    _check_email(values)
    _check_country_and_language(values)
    birthday = values.get("birthday")
    if isinstance(birthday, date) and birthday.year < 1900:
        raise Refused("This birthday is too long ago. Nothing was saved.", field="birthday")
    return values


def _checked_place(fields: dict[str, Any]) -> dict[str, Any]:
    values = _clean(fields)
    _check_country_and_language(values)
    if not (values["street"] or values["town"]):
        raise Refused("An address needs a street or a town. Nothing was saved.", field="town")
    return values


def _check_email(values: dict[str, Any]) -> None:
    email = values.get("email", "")
    if email and not _EMAIL.fullmatch(email):
        raise Refused(f"“{email}” is not an e-mail address. Nothing was saved.", field="email")
    # Letters really go there, so it must be one that a mail server understands.
    letters_email = values.get("letters_email", "")
    if letters_email and (problem := address_problem(letters_email)):
        raise Refused(f"{problem} Nothing was saved.", field="letters_email")


def _check_country_and_language(values: dict[str, Any]) -> None:
    if "country" in values:
        values["country"] = values["country"].upper()
    country, language = values.get("country", ""), values.get("language", "")
    if country and not _COUNTRY.fullmatch(country):
        raise Refused(
            f"“{country}” is not a country code such as DE. Nothing was saved.", field="country"
        )
    if language and not _LANGUAGE.fullmatch(language):
        raise Refused(
            f"“{language}” is not a language code such as de or en-US. Nothing was saved.",
            field="language",
        )


def _refuse_circle(tx: Transaction, customer_id: int, parent_id: int | None) -> None:
    seen = {customer_id}
    while parent_id is not None:
        if parent_id in seen:
            raise Refused(
                "A customer cannot belong to itself, not even through others. Nothing was saved.",
                field="parent_id",
            )
        seen.add(parent_id)
        parent_id = tx.value("SELECT parent_id FROM customer WHERE id = ?", [parent_id])


def _make_only_primary(
    tx: Transaction, customer_id: int, values: dict[str, Any], contact_id: int | None
) -> None:
    if not values.get("is_primary"):
        return
    sql = "SELECT id FROM contact WHERE customer_id = ? AND is_primary = 1 AND id IS NOT ?"
    for (row_id,) in tx.rows(sql, [customer_id, contact_id]):
        tx.update(Contact, row_id, is_primary=False)


def _make_only_default(
    tx: Transaction,
    customer_id: int,
    use: AddressUse,
    values: dict[str, Any],
    address_id: int | None,
) -> None:
    if not values.get("is_default"):
        return
    sql = (
        "SELECT id FROM address WHERE customer_id = ? AND use = ? AND is_default = 1"
        " AND id IS NOT ?"
    )
    for (row_id,) in tx.rows(sql, [customer_id, use, address_id]):
        tx.update(Address, row_id, is_default=False)


def _show_main_town(tx: Transaction, customer_id: int) -> None:
    main = tx.row(
        "SELECT town, country FROM address WHERE customer_id = ?"
        " ORDER BY use = 'billing' DESC, is_default DESC, id LIMIT 1",
        [customer_id],
    )
    town, country = main or ("", "")
    tx.update(Customer, customer_id, town=town, country=country)

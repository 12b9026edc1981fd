"""Statements that read one record into a form."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from loyaldesk.models import Address, Contact, Customer
from loyaldesk.queries.field_names import ADDRESS_FIELDS, CONTACT_FIELDS, CUSTOMER_FIELDS
from loyaldesk.queries.statements import statement
from loyaldesk.queries.statements.parts import param

Parent = aliased(Customer, name="parent")


def _columns(model: Any, names: tuple[str, ...]) -> list[Any]:
    return [getattr(model, name) for name in (*names, "source_system", "source_key")]


@statement("form.customer")
def customer() -> sa.Executable:
    """One customer's fields with its parent's number and name."""
    return (
        sa.select(*_columns(Customer, CUSTOMER_FIELDS), Parent.number, Parent.name)
        .select_from(Customer)
        .outerjoin(Parent, Parent.id == Customer.parent_id)
        .where(Customer.id == param("record_id"))
    )


@statement("form.contact")
def contact() -> sa.Executable:
    """One person's fields."""
    return sa.select(*_columns(Contact, CONTACT_FIELDS)).where(Contact.id == param("record_id"))


@statement("form.address")
def address() -> sa.Executable:
    """One place's fields."""
    return sa.select(*_columns(Address, ADDRESS_FIELDS)).where(Address.id == param("record_id"))


@statement("form.parent")
def parent() -> sa.Executable:
    """One customer by its number, as a field names it."""
    return sa.select(Customer.id, Customer.number, Customer.name).where(
        Customer.number == param("number")
    )

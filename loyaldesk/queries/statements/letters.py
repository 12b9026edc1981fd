"""Statements that letters are made from."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from loyaldesk.models import Address, AddressUse, Contact, Customer, Letter, LetterKind
from loyaldesk.queries.statements import statement
from loyaldesk.queries.statements.parts import param


@statement("letter.addressee")
def addressee() -> sa.Executable:
    """One customer with its best billing address and its primary contact."""
    place = aliased(Address, name="place")
    someone = aliased(Contact, name="someone")
    address = (
        sa.select(place.id)
        .where(place.customer_id == Customer.id)
        .order_by((place.use == AddressUse.BILLING).desc(), place.is_default.desc(), place.id)
        .limit(1)
        .scalar_subquery()
    )
    person = (
        sa.select(someone.id)
        .where(someone.customer_id == Customer.id)
        .order_by(someone.is_primary.desc(), someone.id)
        .limit(1)
        .scalar_subquery()
    )
    return (
        sa.select(
            Customer.id,
            Customer.number,
            Customer.name,
            Customer.language,
            Customer.currency,
            Customer.tax_id,
            Customer.envelope,
            Customer.statement_type,
            Customer.terms_days,
            Customer.account_manager,
            Address.recipient,
            Address.street,
            Address.postcode,
            Address.town,
            Address.region,
            Address.country,
            Address.extra,
            Contact.salutation,
            Contact.given_name,
            Contact.family_name,
        )
        .select_from(Customer)
        .outerjoin(Address, Address.id == address)
        .outerjoin(Contact, Contact.id == person)
        .where(Customer.id == param("customer_id"))
    )


@statement("letter.last_of_order")
def last_of_order() -> sa.Executable:
    """The newest revision of an order's acknowledgement."""
    return (
        sa.select(
            Letter.id,
            Letter.number,
            Letter.revision,
            Letter.issued_at,
            Letter.data_sha256,
            Letter.document_id,
        )
        .where(Letter.order_id == param("order_id"), Letter.kind == LetterKind.ACKNOWLEDGEMENT)
        .order_by(Letter.revision.desc())
        .limit(1)
    )

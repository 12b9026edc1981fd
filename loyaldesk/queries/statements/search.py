"""Statements that find records and letters by number, by phone and by a misspelt word."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from loyaldesk.domain.misspelling import LONGEST_PREFIX
from loyaldesk.models import Contact, Customer, Document, Invoice, Letter, LetterKind, SalesOrder
from loyaldesk.queries.statements import statement
from loyaldesk.queries.statements.parts import param
from loyaldesk.store.search_entries import CONTACTS

PHONE = sa.table("search_phone", sa.column("run"), sa.column("kind"), sa.column("record_id"))
WORD = sa.table("search_word", sa.column("word"))
MISSPELLING = sa.table("search_misspelling", sa.column("deletion"), sa.column("prefix"))

AFTER_ANY_LETTER = sa.func.char(1114111)


def _keys() -> Any:
    return sa.func.json_each(param("keys")).table_valued("key", "value")


def _begins(column: Any, key: Any) -> sa.ColumnElement[bool]:
    return sa.and_(column >= key, column < key.op("||")(AFTER_ANY_LETTER))


def _numbered(
    kind: str, entity: Any, key_column: Any, *, customer: Any, day: Any, given: bool = False
) -> Any:
    """One arm: the records whose key begins with one of the keys, in the order of their keys."""
    keys = _keys()
    conditions = [_begins(key_column, keys.c.value)]
    if given:
        # In the words of the partial index over numbers that not every record has.
        conditions.append(key_column != "")
    status = entity.status if hasattr(entity, "status") else entity.kind
    po = entity.customer_po if hasattr(entity, "customer_po") else sa.literal_column("''")
    found = (
        sa.select(
            sa.literal_column(f"'{kind}'").label("kind"),
            entity.id.label("record_id"),
            customer.label("customer_id"),
            entity.number.label("number"),
            po.label("customer_po"),
            day.label("day"),
            status.label("status"),
            keys.c.key.label("which"),
            (key_column == keys.c.value).label("is_exact"),
        )
        .select_from(keys)
        .join(entity, sa.and_(*conditions))
        .limit(param("limit"))
    )
    return sa.select(found.subquery())


@statement("search.numbers")
def numbers() -> sa.Executable:
    """Customers, orders, customers' order numbers and invoices that begin with one of `:keys`."""
    order: dict[str, Any] = {"customer": SalesOrder.customer_id, "day": SalesOrder.ordered_on}
    found = sa.union_all(
        _numbered_customers(),
        _numbered("order", SalesOrder, SalesOrder.number_key, **order),
        _numbered("customer_po", SalesOrder, SalesOrder.customer_po_key, **order, given=True),
        _numbered(
            "invoice", Invoice, Invoice.number_key,
            customer=Invoice.customer_id, day=Invoice.invoiced_on,
        ),
    )  # fmt: skip
    return _with_customer(found)


@statement("search.customer_numbers")
def customer_numbers() -> sa.Executable:
    """Customers whose number begins with one of `:keys`."""
    return _with_customer(_numbered_customers())


def _numbered_customers() -> Any:
    day = Customer.last_contact_on
    return _numbered("customer", Customer, Customer.number_key, customer=Customer.id, day=day)


def _with_customer(numbered: Any) -> sa.Executable:
    found = numbered.subquery("found")
    return (
        sa.select(
            *found.c,
            Customer.number.label("customer_number"),
            Customer.name,
            Customer.name_key,
            Customer.town,
        )
        .select_from(found)
        .join(Customer, Customer.id == found.c.customer_id)
    )


@statement("search.letters")
def letters() -> sa.Executable:
    """The papers of letters numbered as one of `:keys`, in every revision."""
    return (
        sa.select(
            Letter.number,
            Letter.revision,
            Document.id,
            Document.customer_id,
            Customer.number,
            Customer.name,
            Document.name,
            Document.kind,
            Document.filed_on,
        )
        .select_from(Letter)
        .join(Document, Document.id == Letter.document_id)
        .join(Customer, Customer.id == Document.customer_id)
        # Of every kind, since the index over numbers begins with it.
        .where(Letter.kind.in_(tuple(LetterKind)), Letter.number.in_(sa.select(_keys().c.value)))
    )


@statement("search.phones")
def phones() -> sa.Executable:
    """Customers and people with a phone whose digits run on from one of `:keys`."""
    keys = _keys()
    found = (
        sa.select(keys.c.key.label("which"), keys.c.value.label("digits"), PHONE)
        .select_from(keys)
        .join(PHONE, _begins(PHONE.c.run, keys.c.value))
        .limit(param("limit"))
        .subquery("found")
    )
    is_contact = sa.and_(found.c.kind == CONTACTS.number, Contact.id == found.c.record_id)
    of_customer = sa.func.coalesce(Contact.customer_id, found.c.record_id)
    return (
        sa.select(
            found.c.which,
            found.c.digits,
            found.c.kind,
            found.c.record_id,
            Customer.id,
            Customer.number,
            Customer.name,
            Customer.town,
            Customer.phone,
            Contact.given_name,
            Contact.family_name,
            Contact.phone,
            Contact.mobile,
            Customer.last_contact_on,
            Customer.is_key_account,
            Customer.account_manager,
        )
        .select_from(found)
        .outerjoin(Contact, is_contact)
        .join(Customer, Customer.id == of_customer)
    )


@statement("search.rows")
def found_rows() -> sa.Executable:
    """What is shown of `:customers`, `:contacts` and `:documents`, in the same columns."""
    importance = (Customer.last_contact_on, Customer.is_key_account, Customer.account_manager)
    nothing: sa.ColumnClause[str] = sa.literal_column("''")
    customers = _listed("customers", Customer).add_columns(
        Customer.name_key, Customer.trading_name, Customer.town, Customer.email, *importance
    )
    contacts = _listed("contacts", Contact).add_columns(
        Contact.given_name, Contact.family_name, Contact.role, Contact.email, *importance
    )
    documents = _listed("documents", Document).add_columns(
        Document.name, nothing, Document.kind, nothing,
        Document.filed_on, sa.literal_column("0"), nothing,
    )  # fmt: skip
    return sa.union_all(customers, contacts, documents)


def _listed(kind: str, entity: Any) -> sa.Select[*tuple[Any, ...]]:
    listed = sa.func.json_each(param(kind)).table_valued("value")
    found = sa.select(
        sa.literal_column(f"'{kind[:-1]}'").label("kind"),
        entity.id.label("record_id"),
        Customer.id.label("customer_id"),
        Customer.number,
        Customer.name,
    ).select_from(listed)
    found = found.join(entity, entity.id == listed.c.value)
    return found if entity is Customer else found.join(Customer, Customer.id == entity.customer_id)


@statement("search.words")
def longer_words() -> sa.Executable:
    """The words in use that begin with one of `:keys`, and with which."""
    keys = _keys()
    return (
        sa.select(keys.c.value, WORD.c.word)
        .select_from(keys)
        .join(WORD, _begins(WORD.c.word, keys.c.value))
        .limit(param("limit"))
    )


@statement("search.misspelt")
def misspelt() -> sa.Executable:
    """Beginnings of words that share one of `:keys`; those of 7 letters with the whole words."""
    keys = _keys()
    prefix = MISSPELLING.c.prefix
    goes_on = sa.and_(sa.func.length(prefix) == LONGEST_PREFIX, _begins(WORD.c.word, prefix))
    return (
        sa.select(prefix, WORD.c.word)
        .distinct()
        .select_from(keys)
        .join(MISSPELLING, MISSPELLING.c.deletion == keys.c.value)
        .outerjoin(WORD, goes_on)
    )

"""Statements for the long lists: which ids, in which order, under which filters."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from loyaldesk.models import (
    CreditStatus,
    Customer,
    CustomerStatus,
    Document,
    DocumentKind,
    DocumentLink,
    Invoice,
    InvoiceKind,
    LinkedKind,
    OrderLine,
    OrderStatus,
    SalesOrder,
    StoredFile,
)
from loyaldesk.queries.statements import statement
from loyaldesk.queries.statements.parts import UNFINISHED, AnySelect, due_day, ids_in, param

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["customer_ids", "document_ids", "order_ids"]

# Each sort column has an index that ends in the id, so the order costs no sorting.
CUSTOMER_SORTS: dict[str, Any] = {
    "name": Customer.name_key,
    "number": Customer.number_key,
    "town": Customer.town,
    "last_contact": Customer.last_contact_on,
}
ORDER_SORTS: dict[str, Any] = {
    "number": SalesOrder.number_key,
    "ordered_on": SalesOrder.ordered_on,
    "total": SalesOrder.total_minor,
}
DOCUMENT_SORTS: dict[str, Any] = {"filed_on": Document.filed_on}


def _overdue_since() -> sa.ColumnElement[bool]:
    """Hold for customers with an invoice due before a day, found from the open items alone."""
    late = sa.select(Invoice.customer_id).where(
        Invoice.open_minor != 0,
        Invoice.kind == InvoiceKind.INVOICE,
        due_day() < param("overdue_before"),
    )
    return Customer.id.in_(late)


def _heard_from() -> sa.ColumnElement[bool]:
    """Hold for customers in touch since a day, found from the index of that day alone.

    Quiet is who is not among them: those who never called are most, and reading each one's row
    in the order of the names takes a minute for a million.
    """
    lately = aliased(Customer)
    found: sa.ColumnElement[bool] = Customer.id.in_(
        sa.select(lately.id).where(lately.last_contact_on >= param("quiet_before"))
    )
    return found


CUSTOMER_FILTERS: dict[str, Any] = {
    "mine": lambda: Customer.account_manager == param("mine"),
    "credit_hold": lambda: Customer.credit_status != CreditStatus.GOOD,
    "quiet": lambda: ~_heard_from(),
    "overdue": _overdue_since,
    "open_orders": lambda: Customer.id.in_(
        sa.select(SalesOrder.customer_id).where(SalesOrder.status.in_(UNFINISHED))
    ),
    "key_account": lambda: Customer.is_key_account == sa.literal_column("1"),
    "segment": lambda: Customer.segment == param("segment"),
    "active": lambda: Customer.status == CustomerStatus.ACTIVE,
    "found": lambda: ids_in(Customer.id, "found"),
}


def _unfinished(*conditions: Callable[[Any], sa.ColumnElement[bool]]) -> sa.ColumnElement[bool]:
    """Hold for unfinished orders, found from the few of their own index, whatever the history."""
    order = aliased(SalesOrder)
    found: sa.ColumnElement[bool] = SalesOrder.id.in_(
        sa.select(order.id).where(
            order.status.in_(UNFINISHED), *(condition(order) for condition in conditions)
        )
    )
    return found


def _has_late_line(order: Any) -> sa.ColumnElement[bool]:
    return sa.exists().where(
        OrderLine.order_id == order.id,
        OrderLine.promised_on < param("today"),
        OrderLine.shipped_milli < OrderLine.quantity_milli,
    )


def _is_held(order: Any) -> sa.ColumnElement[bool]:
    held: sa.ColumnElement[bool] = order.hold_reason != ""
    return held


ORDER_FILTERS: dict[str, Any] = {
    "open": _unfinished,
    "to_acknowledge": lambda: SalesOrder.status == OrderStatus.SUBMITTED,
    "late": lambda: _unfinished(_has_late_line),
    "on_hold": lambda: _unfinished(_is_held),
    "customer": lambda: SalesOrder.customer_id == param("customer_id"),
    "found": lambda: sa.or_(
        ids_in(SalesOrder.id, "found"), ids_in(SalesOrder.customer_id, "found_customers")
    ),
}


def _is_of(*kinds: str) -> sa.ColumnElement[bool]:
    return Document.kind.in_(kinds)


DOCUMENT_FILTERS: dict[str, Any] = {
    "customer": lambda: Document.customer_id == param("customer_id"),
    "kind": lambda: Document.kind == param("kind"),
    "order": lambda: Document.id.in_(
        sa.select(DocumentLink.document_id).where(
            DocumentLink.linked_kind == LinkedKind.ORDER,
            DocumentLink.linked_id == param("order_id"),
        )
    ),
    "found": lambda: sa.or_(
        ids_in(Document.id, "found"), ids_in(Document.customer_id, "found_customers")
    ),
    **{f"kind_{kind}": partial(_is_of, kind) for kind in DocumentKind},
}


def _ids(
    entity: Any, sort: Any, descending: bool, conditions: list[sa.ColumnElement[bool]]
) -> AnySelect:
    keys = (sort.desc(), entity.id.desc()) if descending else (sort, entity.id)
    return sa.select(entity.id).where(*conditions).order_by(*keys).limit(param("most"))


def customer_ids(sort: str, descending: bool, *filters: str) -> AnySelect:
    """Return the ids of the customers under all the filters, in that order."""
    conditions = [CUSTOMER_FILTERS[name]() for name in filters]
    return _ids(Customer, CUSTOMER_SORTS[sort], descending, conditions)


def order_ids(sort: str, descending: bool, *filters: str) -> AnySelect:
    """Return the ids of the orders under all the filters, in that order."""
    conditions = [ORDER_FILTERS[name]() for name in filters]
    return _ids(SalesOrder, ORDER_SORTS[sort], descending, conditions)


def document_ids(sort: str, descending: bool, *filters: str) -> AnySelect:
    """Return the ids of the documents under all the filters, of any of their kinds, in order."""
    # A paper is of one kind only, so of several kinds any will do.
    kinds = [name.removeprefix("kind_") for name in filters if name.startswith("kind_")]
    conditions = [DOCUMENT_FILTERS[name]() for name in filters if not name.startswith("kind_")]
    conditions += [_is_of(*kinds)] if kinds else []
    return _ids(Document, DOCUMENT_SORTS[sort], descending, conditions)


@statement("customer.ids_by_name")
def customer_ids_by_name() -> sa.Executable:
    """What the window shows first, so it must not wait for SQLAlchemy."""
    return customer_ids("name", False)


@statement("order.ids_of_customer")
def order_ids_of_customer() -> sa.Executable:
    """The orders of one customer, the newest first."""
    return order_ids("ordered_on", True, "customer")


@statement("document.rows")
def document_rows() -> sa.Executable:
    """The columns of the list for some documents."""
    first_order = (
        sa.select(SalesOrder.number)
        .join(
            DocumentLink,
            sa.and_(
                DocumentLink.linked_id == SalesOrder.id,
                DocumentLink.linked_kind == LinkedKind.ORDER,
            ),
        )
        .where(DocumentLink.document_id == Document.id)
        .limit(1)
        .scalar_subquery()
    )
    return (
        sa.select(
            Document.id,
            Document.name,
            Document.kind,
            Document.filed_on,
            Document.filed_by,
            Document.customer_id,
            Customer.name,
            Customer.number,
            first_order,
            Document.pages,
            StoredFile.size,
            StoredFile.mime,
            StoredFile.sha256,
            Document.is_pinned,
            Document.source_system,
            Document.replaces_id,
        )
        .join(Customer, Customer.id == Document.customer_id)
        .join(StoredFile, StoredFile.id == Document.file_id)
        .where(ids_in(Document.id))
    )

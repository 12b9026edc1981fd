"""The long lists: the ids under a sort and filters, and the columns of the rows in sight."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from loyaldesk.domain.money import Money
from loyaldesk.queries.book import composed, ids, json_ids, rows, sql_of
from loyaldesk.queries.values import day_or_none

if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterable

    from loyaldesk.queries.paper_whereabouts import PaperPlace
    from loyaldesk.store.reader import Source

__all__ = [
    "CustomerRow", "DocumentRow", "ListQuery", "OrderRow", "list_customer_ids",
    "list_document_ids", "list_order_ids", "list_orders_of_customer", "read_customer_rows",
    "read_document_rows", "read_order_rows",
]  # fmt: skip

ALL = -1
QUIET_DAYS = 60
OVERDUE_DAYS = 30


@dataclass(frozen=True, slots=True)
class ListQuery:
    """What a list shows: a sort column, its direction, and filters that must all hold.

    `values` holds what some filters need: mine, segment, kind, customer_id, order_id.
    """

    sort: str
    descending: bool = False
    filters: tuple[str, ...] = ()
    values: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """One customer in the list."""

    id: int
    number: str
    name: str
    town: str
    country: str
    contact: str
    last_contact_on: date | None
    open_orders: int
    overdue: Money
    account_manager: str
    segment: str
    credit_status: str
    status: str
    is_key_account: bool
    phone: str


@dataclass(frozen=True, slots=True)
class OrderRow:
    """One order in the list."""

    id: int
    number: str
    customer_name: str
    customer_po: str
    ordered_on: date
    promised_on: date | None
    status: str
    hold_reason: str
    total: Money
    customer_id: int


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One document in the list."""

    id: int
    name: str
    kind: str
    filed_on: date
    filed_by: str
    customer_id: int
    customer_name: str
    customer_number: str
    order_number: str | None
    pages: int | None
    size: int
    mime: str
    sha256: bytes
    is_pinned: bool
    source_system: str | None
    replaces_id: int | None
    # Where its content is; asked only on a desk with a hub.
    place: PaperPlace | None = None


def list_customer_ids(
    source: Source, *, query: ListQuery, today: date, most: int = ALL
) -> array[int]:
    """Return the ids of customers in order; `most` limits them for the first paint."""
    if query == ListQuery("name"):
        return ids(source, sql_of("customer.ids_by_name"), most=most)
    return _listed(source, "customer_ids", query, today, most)


def list_order_ids(source: Source, *, query: ListQuery, today: date, most: int = ALL) -> array[int]:
    """Return the ids of orders in order."""
    return _listed(source, "order_ids", query, today, most)


def list_orders_of_customer(
    source: Source, *, customer_id: int, most: int = ALL
) -> tuple[OrderRow, ...]:
    """Return the orders of one customer, open or not, the newest first."""
    found = ids(source, sql_of("order.ids_of_customer"), customer_id=customer_id, most=most)
    by_id = read_order_rows(source, ids=found)
    return tuple(by_id[order_id] for order_id in found)


def list_document_ids(
    source: Source, *, query: ListQuery, today: date, most: int = ALL
) -> array[int]:
    """Return the ids of documents in order."""
    return _listed(source, "document_ids", query, today, most)


def _listed(source: Source, builder: str, query: ListQuery, today: date, most: int) -> array[int]:
    sql = composed("lists", builder, query.sort, query.descending, *query.filters)
    values = {
        "today": today,
        "quiet_before": today - timedelta(days=QUIET_DAYS),
        "overdue_before": today - timedelta(days=OVERDUE_DAYS),
        **dict(query.values),
        "most": most,
    }
    return ids(source, sql, **values)


def read_customer_rows(
    source: Source, *, ids: Iterable[int], today: date
) -> dict[int, CustomerRow]:
    """Return the columns of some customers by id."""
    found = rows(source, "customer.rows", ids=json_ids(ids), today=today)
    return {r[0]: _customer_row(r) for r in found}


def read_order_rows(source: Source, *, ids: Iterable[int]) -> dict[int, OrderRow]:
    """Return the columns of some orders by id."""
    found = rows(source, "order.rows", ids=json_ids(ids))
    return {r[0]: _order_row(r) for r in found}


def read_document_rows(source: Source, *, ids: Iterable[int]) -> dict[int, DocumentRow]:
    """Return the columns of some documents by id."""
    found = rows(source, "document.rows", ids=json_ids(ids))
    return {
        r[0]: DocumentRow(*[*r[:3], date.fromisoformat(r[3]), *r[4:13], bool(r[13]), r[14], r[15]])
        for r in found
    }


def _customer_row(found: tuple[Any, ...]) -> CustomerRow:
    return CustomerRow(
        id=found[0],
        number=found[1],
        name=found[2],
        town=found[3],
        country=found[4],
        contact=(found[5] or "").strip(),
        last_contact_on=day_or_none(found[6]),
        open_orders=found[7],
        overdue=Money(found[8], found[9]),
        account_manager=found[10],
        segment=found[11],
        credit_status=found[12],
        status=found[13],
        is_key_account=bool(found[14]),
        phone=found[15],
    )


def _order_row(found: tuple[Any, ...]) -> OrderRow:
    key, number, name, customer_po, ordered, promised, status, hold, currency, total, owner = found
    return OrderRow(
        id=key,
        number=number,
        customer_name=name,
        customer_po=customer_po,
        ordered_on=date.fromisoformat(ordered),
        promised_on=day_or_none(promised),
        status=status,
        hold_reason=hold,
        total=Money(total, currency),
        customer_id=owner,
    )

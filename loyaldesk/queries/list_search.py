"""The long lists under words typed into them: what the search finds, in the list's own order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyaldesk.queries.book import json_ids
from loyaldesk.queries.lists import (
    ALL,
    ListQuery,
    list_customer_ids,
    list_document_ids,
    list_order_ids,
)
from loyaldesk.queries.search_hits import HitKind

if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterable
    from datetime import date

    from loyaldesk.store.reader import Source

__all__ = [
    "count_customers", "count_documents", "count_orders", "search_customer_ids",
    "search_document_ids", "search_order_ids",
]  # fmt: skip

MOST_FOUND = 500


def search_customer_ids(
    source: Source, *, wanted: ListQuery, text: str, today: date, most: int = ALL
) -> array[int]:
    """Return the ids of the customers whose names, numbers, phones or people match the text.

    Of more than 500 matches the best are shown; without a text every customer matches.
    """
    if text.strip():
        wanted = _among(wanted, found=_customers(source, text))
    return list_customer_ids(source, query=wanted, today=today, most=most)


def search_order_ids(
    source: Source, *, wanted: ListQuery, text: str, today: date, most: int = ALL
) -> array[int]:
    """Return the ids of the orders whose number or customer's order matches, or whose customer."""
    if text.strip():
        orders = _hits(source, text, {HitKind.ORDER})
        wanted = _among(wanted, found=orders, found_customers=_customers(source, text))
    return list_order_ids(source, query=wanted, today=today, most=most)


def search_document_ids(
    source: Source, *, wanted: ListQuery, text: str, today: date, most: int = ALL
) -> array[int]:
    """Return the ids of the documents whose name matches the text, or whose customer does."""
    if text.strip():
        documents = _hits(source, text, {HitKind.DOCUMENT})
        wanted = _among(wanted, found=documents, found_customers=_customers(source, text))
    return list_document_ids(source, query=wanted, today=today, most=most)


def count_customers(source: Source) -> int:
    """Return how many customers there are."""
    return int(source.value("SELECT count(*) FROM customer"))


def count_orders(source: Source) -> int:
    """Return how many orders there are."""
    return int(source.value("SELECT count(*) FROM sales_order"))


def count_documents(source: Source) -> int:
    """Return how many documents are on file."""
    return int(source.value("SELECT count(*) FROM document"))


def _customers(source: Source, text: str) -> set[int]:
    from loyaldesk.queries.search import search  # only who types needs it

    kinds = {HitKind.CUSTOMER, HitKind.CONTACT}
    hits = search(source, text, limit=MOST_FOUND, kinds=kinds).hits
    return {hit.customer_id for hit in hits}


def _hits(source: Source, text: str, kinds: set[HitKind]) -> set[int]:
    from loyaldesk.queries.search import search

    return {hit.record_id for hit in search(source, text, limit=MOST_FOUND, kinds=kinds).hits}


def _among(query: ListQuery, **found: Iterable[int]) -> ListQuery:
    values = tuple((name, json_ids(sorted(ids))) for name, ids in found.items())
    return ListQuery(
        query.sort, query.descending, (*query.filters, "found"), (*query.values, *values)
    )

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

if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterable, Sequence
    from datetime import date

    from loyaldesk.queries.search_hits import Hit
    from loyaldesk.store.reader import Source

__all__ = [
    "count_customers", "count_documents", "count_orders", "found_customers",
    "search_customer_ids", "search_document_ids", "search_order_ids",
]  # fmt: skip

MOST_FOUND = 500


def search_customer_ids(
    source: Source, *, wanted: ListQuery, text: str, today: date, most: int = ALL
) -> array[int]:
    """Return the ids of the customers whose names, numbers, phones or people match the text.

    Of more than 500 matches the best are shown; without a text every customer matches.
    """
    if text.strip():
        wanted = _among(wanted, found=found_customers(source, text))
    return list_customer_ids(source, query=wanted, today=today, most=most)


def search_order_ids(
    source: Source, *, wanted: ListQuery, text: str, today: date, most: int = ALL
) -> array[int]:
    """Return the ids of the orders whose number or customer's order matches, or whose customer."""
    if text.strip():
        orders = _records(source, text, "order")
        wanted = _among(wanted, found=orders, found_customers=found_customers(source, text))
    return list_order_ids(source, query=wanted, today=today, most=most)


def search_document_ids(
    source: Source, *, wanted: ListQuery, text: str, today: date, most: int = ALL
) -> array[int]:
    """Return the ids of the documents whose name matches the text, or whose customer does."""
    if text.strip():
        documents = _records(source, text, "document")
        wanted = _among(wanted, found=documents, found_customers=found_customers(source, text))
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


def found_customers(source: Source, text: str) -> set[int]:
    """Return the ids of the customers whom the words may mean, by themselves or by a person."""
    return {hit.customer_id for hit in _hits(source, text, "customer", "contact")}


def _records(source: Source, text: str, kind: str) -> set[int]:
    return {hit.record_id for hit in _hits(source, text, kind)}


def _hits(source: Source, text: str, *kinds: str) -> Sequence[Hit]:
    # Only who types needs the search: the first list does not wait for it.
    from loyaldesk.queries.search import search
    from loyaldesk.queries.search_hits import HitKind

    wanted = {HitKind(kind) for kind in kinds}
    return search(source, text, limit=MOST_FOUND, kinds=wanted).hits


def _among(query: ListQuery, **found: Iterable[int]) -> ListQuery:
    values = tuple((name, json_ids(sorted(ids))) for name, ids in found.items())
    return ListQuery(
        query.sort, query.descending, (*query.filters, "found"), (*query.values, *values)
    )

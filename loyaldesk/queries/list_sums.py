"""What the rows of a long list come to, one sum per currency, the largest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyaldesk.domain.money import Money
from loyaldesk.queries.book import json_ids

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from loyaldesk.store.reader import Source

__all__ = ["sum_orders", "sum_overdue"]

_AMONG = "{0} IN (SELECT value FROM json_each(:ids)) AND"
# An invoice without a due day is due after its terms, as `due_day` has it for the statements.
_OVERDUE = (
    "SELECT currency, sum(open_minor) AS owed FROM invoice WHERE {among} open_minor <> 0"
    " AND kind = 'invoice' AND coalesce(due_on,"
    " date(invoiced_on, '+' || coalesce(terms_days, 0) || ' days')) < :today"
    " GROUP BY currency ORDER BY owed DESC"
)
_ORDERS = (
    "SELECT currency, sum(total_minor) AS value FROM sales_order WHERE {among}"
    " status <> 'cancelled' GROUP BY currency ORDER BY value DESC"
)


def sum_overdue(source: Source, *, ids: Iterable[int] | None, today: date) -> list[Money]:
    """Return what these customers owe past its due day, or all of them without ids."""
    return _sums(source, _OVERDUE, "customer_id", ids, today=today)


def sum_orders(source: Source, *, ids: Iterable[int] | None, today: date) -> list[Money]:
    """Return the value of these orders; without ids nothing, for that would read every order."""
    del today
    return [] if ids is None else _sums(source, _ORDERS, "id", ids)


def _sums(
    source: Source, sql: str, column: str, ids: Iterable[int] | None, **values: object
) -> list[Money]:
    among = "" if ids is None else _AMONG.format(column)
    if ids is not None:
        values["ids"] = json_ids(ids)
    found = source.rows(sql.format(among=among), values)
    return [Money(minor, currency) for currency, minor in found]

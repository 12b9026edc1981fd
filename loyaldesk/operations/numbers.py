"""How new papers get their numbers: one series per sort and year, never given twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyaldesk.domain.paper_number import paper_number
from loyaldesk.errors import Refused
from loyaldesk.models import Base, NumberSeries

if TYPE_CHECKING:
    from loyaldesk.store.gate import Transaction

__all__ = ["next_number", "require_free", "take_number"]


def next_number(tx: Transaction, series: str) -> str:
    """Return the next number of a series this year, such as “A-2026-00421”.

    Each desk of a hub counts for itself: its code stands in the number, “A-2026-B7-00012”.
    """
    year = tx.today.year
    found = tx.row(
        "SELECT id, next_number FROM number_series WHERE series = ? AND year = ?", [series, year]
    )
    if found is None:
        number = 1
        tx.insert(NumberSeries, series=series, year=year, next_number=2)
    else:
        row_id, number = found
        tx.update(NumberSeries, row_id, next_number=number + 1)
    return paper_number(series, year, number, desk_code=tx.link.desk_code if tx.link else "")


def take_number(tx: Transaction, model: type[Base], series: str, wanted: str = "") -> str:
    """Return the wanted number if it is free, or the next free one of the series."""
    if wanted.strip():
        return require_free(tx, model, wanted.strip())
    while True:
        number = next_number(tx, series)
        if not _is_taken(tx, model, number):
            return number


def require_free(tx: Transaction, model: type[Base], number: str) -> str:
    """Return the number, or refuse it when another record has it."""
    if not number.strip():
        raise Refused("A number is needed. Nothing was saved; type one.", field="number")
    if _is_taken(tx, model, number):
        raise Refused(
            f"The number “{number}” is already taken. Nothing was saved; choose another.",
            field="number",
        )
    return number


def _is_taken(tx: Transaction, model: type[Base], number: str) -> bool:
    sql = f"SELECT 1 FROM {model.__tablename__} WHERE number = ?"
    return tx.value(sql, [number]) is not None

"""Pieces that several statements share."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from loyaldesk.models import Invoice, OrderStatus

__all__ = ["UNFINISHED", "AnySelect", "due_day", "ids_in", "is_open", "own_desk", "param"]

AnySelect = sa.Select[*tuple[Any, ...]]

# In the words of the partial index `ix_sales_order_unfinished`.
UNFINISHED = (
    OrderStatus.DRAFT,
    OrderStatus.SUBMITTED,
    OrderStatus.ACKNOWLEDGED,
    OrderStatus.PART_DELIVERED,
)


def param(name: str) -> sa.BindParameter[Any]:
    """Return a parameter that is given when the statement runs."""
    return sa.bindparam(name, required=False)


def own_desk() -> sa.ColumnElement[str]:
    """Return the code that this desk has at its hub; empty for a desk without one."""
    kept = sa.table("sync_state", sa.column("key", sa.Text), sa.column("value", sa.Text))
    linked = kept.alias("linked")
    is_linked = sa.exists().where(linked.c.key == "client")
    code = sa.select(kept.c.value).where(kept.c.key == "desk_code", is_linked)
    return sa.func.coalesce(code.scalar_subquery(), "")


def is_open() -> sa.ColumnElement[bool]:
    """Return the condition that an invoice has an amount open, read from the open ones alone.

    Every currency is more than nothing; without saying so SQLite takes the index of all invoices
    of the customer, the whole history.
    """
    return sa.and_(Invoice.open_minor != 0, Invoice.currency > sa.literal(""))


def ids_in(column: Any, name: str = "ids") -> sa.ColumnElement[bool]:
    """Return the condition that the column is among the JSON list `:ids`, or another's name."""
    listed = sa.func.json_each(param(name)).table_valued("value")
    among: sa.ColumnElement[bool] = column.in_(sa.select(listed.c.value))
    return among


def due_day() -> sa.ColumnElement[str]:
    """Return the day an invoice is due; without a due date, its own day plus its terms."""
    by_terms = sa.func.date(
        Invoice.invoiced_on,
        sa.literal("+") + sa.cast(sa.func.coalesce(Invoice.terms_days, 0), sa.Text) + " days",
    )
    return sa.func.coalesce(sa.type_coerce(Invoice.due_on, sa.Text), by_terms)

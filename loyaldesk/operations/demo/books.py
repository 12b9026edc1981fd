"""How the demo's records are collected, numbered by day, and written through the gate."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from loyaldesk.models import (
    Activity,
    Address,
    Allocation,
    Base,
    Contact,
    Customer,
    Invoice,
    InvoiceLine,
    OrderLine,
    Payment,
    Product,
    SalesOrder,
)
from loyaldesk.store.connection import to_sql

if TYPE_CHECKING:
    from loyaldesk.store.gate import Transaction

__all__ = ["Books", "Calendar", "Row", "blank_row", "instant_of"]

Row = dict[str, Any]

# Parents before what refers to them: the file checks every reference at once.
_ORDER_OF_TABLES: tuple[type[Base], ...] = (
    Customer, Contact, Address, Product, SalesOrder, OrderLine, Invoice, InvoiceLine, Payment,
    Allocation, Activity,
)  # fmt: skip
_NEWEST_ORDER, _NEWEST_INVOICE = 4799, 20989


def blank_row(model: type[Base]) -> Row:
    """Return a row of the table with nothing but the columns' defaults."""
    own = {"id", "uid", *model.derived}
    return {
        column.name: _default_of(column)
        for column in model.__table__.columns
        if column.name not in own
    }


def _default_of(column: sa.ColumnElement[Any]) -> Any:
    """Return the Python value of a column's default: a text, a number, true, false or None."""
    default = getattr(getattr(column, "server_default", None), "arg", None)
    if default is None or isinstance(column.type, sa.Text):
        return default
    return int(str(default) == "true") if isinstance(column.type, sa.Boolean) else _number(default)


def _number(default: str) -> int | str:
    return int(default) if default.isdecimal() else default


def instant_of(day: date, at: str = "17:00") -> datetime:
    """Return the instant when clocks here show that time of the day."""
    return datetime.combine(day, time.fromisoformat(at)).astimezone()


class Calendar:
    """The days of the demo, counted from today; nothing happens at a weekend."""

    def __init__(self, today: date) -> None:
        self.today = today

    def day(self, offset: int) -> date:
        """Return the working day that many days from today; a weekend moves away from today."""
        day = self.today + timedelta(days=offset)
        beyond = max(0, day.weekday() - 4)
        if offset < 0:
            return day - timedelta(days=beyond)
        return day + timedelta(days=(7 - day.weekday()) if beyond and offset else 0)


class Books:
    """The rows of one demo company in the making; a row is a dict that knows its future id."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._blank = {model: blank_row(model) for model in _ORDER_OF_TABLES}
        self._rows: dict[type[Base], list[Row]] = {model: [] for model in _ORDER_OF_TABLES}
        self._first = {model: self._next_id(model) for model in _ORDER_OF_TABLES}

    def add(self, model: type[Base], **values: Any) -> Row:
        """Add a row with these values, defaults elsewhere, and return it; it may still change."""
        blank = self._blank[model]
        if unknown := values.keys() - blank.keys():
            raise KeyError(f"{model.__tablename__} has no column {sorted(unknown)}")
        row = {"id": self._first[model] + len(self._rows[model]), **blank, **values}
        self._rows[model].append(row)
        return row

    def rows(self, model: type[Base]) -> list[Row]:
        """Return the rows added to a table so far."""
        return self._rows[model]

    def write(self) -> None:
        """Give every paper without a number its own, and write all tables."""
        self._number_backwards(SalesOrder, "ordered_on", _NEWEST_ORDER)
        self._number_backwards(Invoice, "invoiced_on", _NEWEST_INVOICE)
        self._number_payments()
        for model, rows in self._rows.items():
            columns = list(self._blank[model])
            self._tx.insert_many(
                model, columns, ([to_sql(row[name]) for name in columns] for row in rows)
            )

    def _next_id(self, model: type[Base]) -> int:
        sql = f"SELECT coalesce(max(id), 0) + 1 FROM {model.__tablename__}"
        return int(self._tx.value(sql))

    def _number_backwards(self, model: type[Base], day: str, newest: int) -> None:
        rows = self._rows[model]
        taken = {row["number"] for row in rows}
        free = (str(number) for number in range(newest, 0, -1) if str(number) not in taken)
        unnumbered = [row for row in rows if row["number"] is None]
        for row in sorted(unnumbered, key=lambda row: (row[day], row["id"]), reverse=True):
            row["number"] = next(free)

    def _number_payments(self) -> None:
        by_id = {row["id"]: row["number"] for row in self._rows[Invoice]}
        settled: dict[int, list[str]] = {}
        for part in self._rows[Allocation]:
            if part["payment_id"] is not None:
                settled.setdefault(part["payment_id"], []).append(by_id[part["invoice_id"]])
        payments = sorted(self._rows[Payment], key=lambda row: (row["received_on"], row["id"]))
        for position, row in enumerate(payments, 1):
            row["number"] = f"Z-{position:05d}"
            row["reference"] = row["reference"] or ", ".join(settled.get(row["id"], ()))

"""All reads of the page of a customer with a long history, against the same statements, raw."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from benchmarks.clock import compare
from benchmarks.data import TODAY, Data
from benchmarks.rows import Row
from loyaldesk.queries.customer_page import read_customer_page
from loyaldesk.store.reader import Reads, bound

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loyaldesk.store.connection import Parameters

__all__ = ["measure"]

_ROUNDS = 60


class _Recorder(Reads):
    """Reads, and remembers what was asked."""

    def __init__(self, connection: Any) -> None:
        super().__init__(connection)
        self.asked: list[tuple[str, Parameters]] = []

    def rows(self, sql: str, parameters: Parameters = (), /) -> list[tuple[Any, ...]]:
        """Return all rows."""
        self.asked.append((sql, bound(parameters)))
        return super().rows(sql, parameters)

    def row(self, sql: str, parameters: Parameters = (), /) -> tuple[Any, ...] | None:
        """Return the first row."""
        self.asked.append((sql, bound(parameters)))
        return super().row(sql, parameters)


def measure(data: Data, *, is_quick: bool) -> Iterator[Row]:
    """Yield the one row of the page's reads."""
    customer = data.heavy_customer()
    reader, raw = data.reader(), data.raw()
    orders = reader.value("SELECT count(*) FROM sales_order WHERE customer_id = ?", [customer])
    recorder = _Recorder(raw)
    read_customer_page(recorder, customer_id=customer, today=TODAY)
    statements = recorder.asked

    def run_raw() -> None:
        for sql, parameters in statements:
            raw.execute(sql, parameters).fetchall()

    ours, limit = compare(
        lambda: read_customer_page(reader, customer_id=customer, today=TODAY),
        run_raw,
        rounds=_ROUNDS // 3 if is_quick else _ROUNDS,
    )
    reader.close()
    raw.close()
    yield Row(
        name=f"customer page, all reads, {orders:,} orders", unit="ms CPU", ours=ours, raw=limit,
        target=1.5,
    )  # fmt: skip

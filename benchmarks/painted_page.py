"""The page of a customer with a long history: read, built and painted, all on one thread."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from benchmarks.clock import cpu_ms, quiet
from benchmarks.inline_desk import application, make_desk, settle
from benchmarks.rows import Row
from loyaldesk.ui.shell.customer_stack import CustomerStack

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QStackedWidget

    from benchmarks.data import Data
    from loyaldesk.ui.desk import Desk

__all__ = ["measure"]

_LIMIT_MS = 100.0
_TIMES, _QUICK_TIMES = 11, 5
_SIZE = (1260, 780)


def measure(data: Data, *, is_quick: bool) -> Iterator[Row]:
    """Yield the one row; the first page, which imports and warms everything, is not counted."""
    application()
    reader = data.reader()
    desk, customer = make_desk(reader), data.heavy_customer()
    opened = [_open(desk, customer + 1)]
    with quiet():
        times = [
            cpu_ms(lambda: opened.append(_open(desk, customer)))
            for _ in range(_QUICK_TIMES if is_quick else _TIMES)
        ]
    for page in opened:
        page.close()
    reader.close()
    yield Row(
        name="customer page, painted, against 100 ms", unit="ms CPU", ours=median(times),
        raw=_LIMIT_MS, target=1.0,
    )  # fmt: skip


def _open(desk: Desk, customer_id: int) -> QStackedWidget:
    page = CustomerStack(desk, customer_id)
    page.resize(*_SIZE)
    page.show()
    settle()
    return page

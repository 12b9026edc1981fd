"""What do tests read off the queue's page, and how do they press its keys?"""

from __future__ import annotations

from PySide6.QtTest import QTest

__all__ = ["numbers", "press", "settle", "shown", "state_of"]

COLUMNS = ("mark", "age", "customer", "order", "po", "value", "letter", "by", "state")


def shown(page):
    """Return the rows as dictionaries of words."""
    rows = page.table.rows
    return [
        dict(zip(COLUMNS, (cell.words for cell in rows.cells(at)), strict=True))
        for at in range(rows.rowCount())
    ]


def numbers(page):
    return [row["order"] for row in shown(page)]


def press(page, *keys):
    for key in keys:
        QTest.keyClick(page.table, key)


def settle(page, qtbot):
    """Wait until the run is over and the queue was read again."""
    qtbot.waitUntil(lambda: page.deeds.run is None, timeout=20_000)
    page.refresh()


def state_of(page, number):
    return next(row.state for row in page.queue.rows if row.order_number == number)

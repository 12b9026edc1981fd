"""A frame of the order list while it scrolls, against a pure C++ model in QTableView."""

from __future__ import annotations

from functools import partial
from statistics import median
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyleFactory,
    QTableView,
    QWidget,
)

from benchmarks.clock import cpu_ms, quiet
from benchmarks.data import TODAY
from benchmarks.inline_desk import application, settle
from benchmarks.rows import Row
from loyaldesk.formats import Formats
from loyaldesk.queries.lists import ListQuery, list_order_ids, read_order_rows
from loyaldesk.ui.tables.column import Column, ColumnKind
from loyaldesk.ui.tables.model import PagedTableModel
from loyaldesk.ui.tables.view import PagedTableView
from loyaldesk.ui.widgets.chips import Chip
from loyaldesk.ui.widgets.dress import dress_application
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from PySide6.QtWidgets import QApplication

    from benchmarks.data import Data
    from loyaldesk.queries.lists import OrderRow
    from loyaldesk.store.reader import Reader

__all__ = ["measure"]

_FRAMES, _QUICK_FRAMES = 240, 120
_SIZE = (1400, 900)
_CPP_ROWS = 2_000


def measure(data: Data, *, is_quick: bool) -> Iterator[Row]:
    """Yield the one row; three rows of the list pass with every frame."""
    app = application()
    reader = data.reader()
    ours = _our_table(app, reader)
    raw = _bare_table(ours)
    frames = _QUICK_FRAMES if is_quick else _FRAMES
    ours_ms, raw_ms = _scroll(ours, raw, frames)
    count = ours.model().rowCount()
    for table in (ours, raw):
        table.close()
    reader.close()
    yield Row(
        name=f"table of {count:,} orders, a frame while scrolling", unit="ms CPU", ours=ours_ms,
        raw=raw_ms, target=1.0,
    )  # fmt: skip


def _our_table(app: QApplication, reader: Reader) -> PagedTableView:
    theme = dress_application(app)

    def fetch(ids: list[int], then: Callable[[Mapping[int, Any]], None]) -> None:
        then(read_order_rows(reader, ids=ids))

    model = PagedTableModel(_columns(), fetch)
    view = PagedTableView(theme, model, name="Orders")
    model.setParent(view)
    view.show_ids(list_order_ids(reader, query=ListQuery("ordered_on", True), today=TODAY))
    view.resize(*_SIZE)
    view.show()
    settle()
    return view


def _columns() -> list[Column]:
    formats = Formats("en-GB")

    def show_day(name: str, row: OrderRow) -> str:
        day = getattr(row, name)
        return formats.date(day) if day else ""

    return [
        Column("number", "Order", width=100),
        Column("customer_name", "Customer", width=300),
        Column("customer_po", "PO", width=140),
        Column("ordered_on", "Ordered", ColumnKind.DATE, 130, show=partial(show_day, "ordered_on")),
        Column("promised_on", "Promised", ColumnKind.DATE, 130,
               show=partial(show_day, "promised_on")),
        Column("status", "Status", ColumnKind.CHIP, 140,
               show=lambda row: Chip(row.status, Tone.OK)),
        Column("currency", "Currency", width=90, show=lambda row: row.total.currency),
        Column("total", "Total", ColumnKind.MONEY, 140,
               show=lambda row: formats.amount(row.total)),
    ]  # fmt: skip


def _bare_table(ours: PagedTableView) -> QTableView:
    """Return Qt's own table and model with the same texts, sizes and scrolling."""
    shown = ours.model()
    model = QStandardItemModel(_CPP_ROWS, shown.columnCount())
    texts = [
        [shown.index(row, column).data() or "" for column in range(shown.columnCount())]
        for row in range(40)
    ]
    for row in range(_CPP_ROWS):
        for column, text in enumerate(texts[row % len(texts)]):
            model.setItem(row, column, QStandardItem(text))
    view = QTableView()
    model.setParent(view)
    view.setModel(model)
    view.verticalHeader().hide()
    view.verticalHeader().setDefaultSectionSize(ours.row_height())
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    for column in range(shown.columnCount()):
        view.setColumnWidth(column, ours.columnWidth(column))
    # Our style is written in Python: the bare table keeps Qt's own.
    fusion = QStyleFactory.create("Fusion")
    for part in (view, *view.findChildren(QWidget)):
        part.setStyle(fusion)
    view.resize(*_SIZE)
    view.show()
    settle()
    return view


def _scroll(ours: PagedTableView, raw: QTableView, frames: int) -> tuple[float, float]:
    """Return the median CPU milliseconds of a frame of both, by turns."""
    step = 3 * ours.row_height()
    taken: tuple[list[float], list[float]] = ([], [])
    with quiet():
        for frame in range(1, frames + 1):
            for times, view in zip(taken, (ours, raw), strict=True):
                times.append(cpu_ms(partial(_show_frame, view, frame * step)))
            # The rows ahead come on another thread in the window; here they come between frames.
            settle()
    return median(taken[0]), median(taken[1])


def _show_frame(view: QTableView, at: int) -> None:
    view.verticalScrollBar().setValue(at)
    view.viewport().repaint()

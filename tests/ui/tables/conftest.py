"""Which table do these tests look at? A million customers whose rows come when they are let in."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from loyaldesk.ui.tables.column import Cell, Column, ColumnKind
from loyaldesk.ui.tables.model import PagedTableModel
from loyaldesk.ui.tables.view import PagedTableView
from loyaldesk.ui.widgets.chips import Chip
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """A row as a query would return it."""

    name: str
    town: str
    overdue: int


@dataclass(slots=True)
class Source:
    """Stands in for the read lane: it keeps questions until `answer` lets the rows in."""

    asked: list[list[int]] = field(default_factory=list)
    open_questions: list[tuple[list[int], Callable[[Mapping[int, CustomerRow]], None]]] = field(
        default_factory=list
    )
    gone: set[int] = field(default_factory=set)
    town: str = "Bristol"

    def fetch(self, ids: list[int], then: Callable[[Mapping[int, CustomerRow]], None]) -> None:
        self.asked.append(ids)
        self.open_questions.append((ids, then))

    def answer(self) -> None:
        questions, self.open_questions = self.open_questions, []
        for ids, then in questions:
            then({i: self.row(i) for i in ids if i not in self.gone})

    def row(self, customer: int) -> CustomerRow:
        return CustomerRow(f"Customer {customer}", self.town, customer % 3 * 100)


COLUMNS = (
    Column("name", "Name", width=160),
    Column("town", "Town", width=80, tone=Tone.SECONDARY),
    Column(
        "overdue",
        "Overdue",
        ColumnKind.MONEY,
        width=90,
        show=lambda row: Cell(f"€{row.overdue}.00", tone=Tone.BAD) if row.overdue else None,
    ),
    Column(
        "standing",
        "Standing",
        ColumnKind.CHIP,
        sortable=False,
        show=lambda row: Chip("Late", Tone.BAD, "clock-alert") if row.overdue else None,
    ),
    Column("note", "Note", hidden=True, show=lambda row: "x"),
)


@pytest.fixture
def source() -> Source:
    """Return where the rows come from."""
    return Source()


@pytest.fixture
def model(source) -> PagedTableModel:
    """Return an empty table model."""
    return PagedTableModel(COLUMNS, source.fetch)


@pytest.fixture
def view(theme, model, qtbot) -> PagedTableView:
    """Return a table of three hundred customers on the screen, ten rows high."""
    view = PagedTableView(theme, model, name="Customers")
    qtbot.addWidget(view)
    view.resize(600, 28 + 10 * 30)
    view.show()
    view.show_ids(array("q", range(1, 301)))
    return view


@pytest.fixture
def filled(view, source, qapp) -> PagedTableView:
    """Return the table with its visible rows in place."""
    qapp.processEvents()
    source.answer()
    qapp.processEvents()
    return view

"""What came of each customer of a run, as a file for a spreadsheet."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from loyaldesk.queries.statement_run_lists import list_run_item_ids
from loyaldesk.queries.statement_runs import read_run_items
from loyaldesk.ui.lists.export import Export, ask_for_file
from loyaldesk.ui.statements.run_words import outcome_chip, way_words

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable, Sequence
    from datetime import date
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from loyaldesk.queries.statement_runs import RunItem
    from loyaldesk.store.reader import Source
    from loyaldesk.ui.desk import Desk

__all__ = ["export_register"]

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class RunRegister:
    """The items of a run as the export wants them."""

    nouns: tuple[str, str]
    headings: Sequence[str]
    read_rows: Callable[..., Any]
    values: Callable[[Any], Sequence[object]]

    def counted(self, count: int, written: str) -> str:
        """Return a number of customers with its noun."""
        return f"{written} {self.nouns[0] if count == 1 else self.nouns[1]}"


def export_register(desk: Desk, parent: QWidget, *, run_id: int) -> None:
    """Ask for a file and write a line for each customer of the run into it."""
    suggested = f"statement-run-{run_id}.csv"
    ask_for_file(parent, suggested, partial(_read_ids, desk, parent, run_id))


def _read_ids(desk: Desk, parent: QWidget, run_id: int, path: Path) -> None:
    desk.jobs.read(
        list_run_item_ids, owner=parent, then=partial(_export, desk, path), run_id=run_id
    )


def _export(desk: Desk, path: Path, ids: array[int]) -> None:
    Export(desk, _register(), ids, path).start()


def _register() -> RunRegister:
    def words(text: str) -> str:
        return translate("StatementRun", text)

    return RunRegister(
        nouns=(words("customer"), words("customers")),
        headings=(
            words("No."), words("Customer"), words("Balance"), words("By"), words("Result"),
            words("Why"), words("Statement"),
        ),
        read_rows=_read_rows,
        values=_values,
    )  # fmt: skip


def _read_rows(source: Source, *, ids: list[int], today: date) -> dict[int, RunItem]:
    del today
    return read_run_items(source, ids=ids)


def _values(item: RunItem) -> Sequence[object]:
    balances = ", ".join(f"{each} {each.currency}" for each in item.balances)
    way, result = way_words(item.letters_by), outcome_chip(item.outcome).text
    told = (item.number, item.name, balances, way, result)
    return (*told, item.reason, item.letter_number)

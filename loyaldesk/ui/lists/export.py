"""How does a list of any length become a CSV file, with progress, cancel and no half file?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from loyaldesk.domain.tabular_export import csv_text
from loyaldesk.settings import disk_trouble
from loyaldesk.ui.errand import Errand

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable, Sequence
    from datetime import date

    from loyaldesk.errors import LoyalDeskError
    from loyaldesk.store.reader import Source
    from loyaldesk.ui.desk import Desk

__all__ = ["Export", "Exportable", "ask_for_file"]

ROWS_A_SLICE = 2_000


class Exportable(Protocol):
    """What an export needs of a list: its words, its rows by id and their plain values."""

    @property
    def nouns(self) -> tuple[str, str]:
        """One of them, and several."""

    @property
    def headings(self) -> Sequence[str]:
        """What stands above the columns."""

    @property
    def read_rows(self) -> Callable[..., Any]:
        """Reads `(source, ids=, today=)` rows by id."""

    @property
    def values(self) -> Callable[[Any], Sequence[object]]:
        """Returns the values of a row, unformatted."""

    def counted(self, count: int, written: str) -> str:
        """Return a number of rows with its noun."""


class Export(Errand):
    """Writes rows by the slice on a read lane, so that other reading goes ahead in between.

    The file gets its name when the last row is in it; a cancelled or failed export leaves nothing.
    """

    def __init__(self, desk: Desk, plan: Exportable, ids: array[int], path: Path) -> None:
        super().__init__(desk)
        self._plan, self._ids, self._path = plan, ids, path
        self._part = path.with_name(f"{path.name}.part")
        self._done = 0

    def start(self) -> None:
        """Begin with the first slice."""
        words = self.tr("Exporting {0}").format(self._plan.nouns[1])
        self.tell_begin(words)
        self._write_slice()

    def _write_slice(self) -> None:
        self._desk.jobs.read(
            write_slice,
            owner=self,
            then=self._go_on,
            failed=self._fail,
            path=self._part,
            ids=self._ids[self._done : self._done + ROWS_A_SLICE].tolist(),
            headings=None if self._done else self._plan.headings,
            read_rows=self._plan.read_rows,
            values=self._plan.values,
            today=self._desk.today(),
        )

    def _go_on(self, written: int) -> None:
        self._done += written
        self.tell_how_far(self._done, len(self._ids))
        if self.is_cancelled:
            self._clear_up(self.tr("Export cancelled; no file was written"))
        elif self._done < len(self._ids):
            self._write_slice()
        else:
            self._desk.jobs.read(
                _name_file, owner=self, then=self._finish, failed=self._fail,
                part=self._part, path=self._path,
            )  # fmt: skip

    def _finish(self, _: object) -> None:
        count = self._desk.formats.number(self._done)
        said = self.tr("{0} written to {1}")
        self._end(said.format(self._plan.counted(self._done, count), self._path.name))

    def _fail(self, error: LoyalDeskError) -> None:
        self._clear_up(str(error))

    def _clear_up(self, said: str) -> None:
        self._desk.jobs.read(
            _remove, owner=self, then=lambda _: self._end(said), failed=lambda _: self._end(said),
            path=self._part,
        )  # fmt: skip

    def _end(self, said: str) -> None:
        self._desk.news.said.emit(said, False)
        self.tell_end()


def ask_for_file(parent: QWidget, suggested: str, then: Callable[[Path], object]) -> QFileDialog:
    """Open the system's dialog for saving; `then` gets the file that was named."""
    dialog = QFileDialog(parent, parent.tr("Export the list"))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter(parent.tr("Table as text (*.csv)"))
    dialog.setDefaultSuffix("csv")
    dialog.selectFile(suggested)
    dialog.fileSelected.connect(lambda name: then(Path(name)))
    dialog.open()
    return dialog


def write_slice(
    source: Source,
    *,
    path: Path,
    ids: list[int],
    headings: Sequence[str] | None,
    read_rows: Callable[..., Any],
    values: Callable[[Any], Sequence[object]],
    today: date,
) -> int:
    """Write the rows with these ids to the file, the first time under headings; count the ids."""
    found = read_rows(source, ids=ids, today=today)
    rows = [values(found[row_id]) for row_id in ids if row_id in found]
    text = csv_text([headings, *rows] if headings else rows)
    # The mark tells a spreadsheet that the text is UTF-8.
    encoding = "utf-8-sig" if headings else "utf-8"
    with disk_trouble(), path.open("wb" if headings else "ab") as file:
        file.write(text.encode(encoding))
    return len(ids)


def _name_file(_source: Source, *, part: Path, path: Path) -> None:
    with disk_trouble():
        part.replace(path)


def _remove(_source: Source, *, path: Path) -> None:
    with disk_trouble():
        path.unlink(missing_ok=True)

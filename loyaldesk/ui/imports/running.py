"""How does an import run behind the window, and how is told what became of it?"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from loyaldesk.ui.errand import Errand
from loyaldesk.ui.imports import work
from loyaldesk.ui.imports.result_dialog import ResultDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from loyaldesk.background.job import Job
    from loyaldesk.connectors.results import ImportResult
    from loyaldesk.errors import LoyalDeskError
    from loyaldesk.ui.desk import Desk
    from loyaldesk.ui.imports.source_form import ImportWish

__all__ = ["ImportRun"]


class ImportRun(Errand):
    """One import under way; a toast tells the end and offers undo.

    Stopped or failed it leaves nothing behind.
    """

    def __init__(self, desk: Desk, over: QWidget | None) -> None:
        super().__init__(desk)
        self._over = over
        self._job: Job | None = None

    def start(self, wish: ImportWish, label: str) -> None:
        """Begin on the write lane; `label` is the source as it may be shown."""
        self.tell_begin(self.tr("Importing {0}").format(label))
        self._job = self._desk.jobs.run(
            work.run,
            owner=self,
            then=self._tell,
            failed=self._refuse,
            cancelled=self._stop,
            progress=self.tell_how_far,
            wish=wish,
            errors=self._desk.temporary / f"{secrets.token_hex(8)}.errors.csv",
        )

    def cancel(self) -> None:
        """Stop the job; nothing of it is kept."""
        super().cancel()
        if self._job is not None:
            self._job.cancel()

    def _tell(self, result: ImportResult) -> None:
        nothing = self.tr("There was nothing new; nothing was written")
        self._desk.news.said.emit(result.label or nothing, bool(result.label))
        if result.refused_rows:
            ResultDialog(self._desk, result, parent=self._over).open()
        customers = result.counts.get("customer")
        if customers is None or not customers.new:
            self.tell_end()
            return
        self._desk.jobs.read(work.count_doubles, owner=self, then=self._tell_doubles)

    def _tell_doubles(self, pairs: int) -> None:
        if pairs:
            one = self.tr("A new customer may be here twice")
            many = self.tr("{0} pairs with a new customer may be the same").format(
                self._desk.formats.number(pairs)
            )
            wanted = self._desk.ways.duplicates_wanted
            self._desk.news.offered.emit(one if pairs == 1 else many, self.tr("Look"), wanted.emit)
        self.tell_end()

    def _refuse(self, error: LoyalDeskError) -> None:
        self.tell_end()
        self._desk.news.said.emit(str(error), False)

    def _stop(self) -> None:
        self.tell_end()
        self._desk.news.said.emit(self.tr("The import was stopped. Nothing was written."), False)

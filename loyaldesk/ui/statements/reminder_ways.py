"""How do marked reminders leave: on a printer, by e-mail, or as files in a folder?"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from loyaldesk.models import DispatchChannel
from loyaldesk.operations.dispatches import start_print_batch
from loyaldesk.runs.acknowledgement_run import HandingWay, take_back
from loyaldesk.runs.joined import JOIN
from loyaldesk.ui.papers.printing import PrintRun, PrintWish, ask_printer
from loyaldesk.ui.statements.reminder_errand import ReminderErrand

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from loyaldesk.documents.shapes import DocumentShape
    from loyaldesk.queries.dunning import Candidate
    from loyaldesk.runs.acknowledgement_run import HandedLetter
    from loyaldesk.ui.desk import Desk
    from loyaldesk.ui.statements.reminder_errand import ReminderProblem

__all__ = ["ReminderWays"]

DESCRIBE = "loyaldesk.documents.pages:describe"
KIND, MOST_PAGES = "reminder", 9999


class ReminderWays(QObject):
    """Asks what must be asked, begins an errand, and says what became of it.

    `ended(problems)` names those who got no letter, each with the reason.
    """

    ended = Signal(object)

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page

    def print_letters(self, candidates: Sequence[Candidate]) -> None:
        """Ask for the printer, issue the letters as one batch, then print them in one go."""
        wish = ask_printer(self._desk.state, kind=KIND, count=MOST_PAGES, parent=self._page)
        if wish is not None:
            printer = wish.printer.printerName()
            self._desk.jobs.write(
                start_print_batch,
                owner=self,
                then=partial(self._issue_batch, candidates, wish),
                failed=self._say,
                printer=printer,
            )

    def mail_letters(self, candidates: Sequence[Candidate]) -> None:
        """Issue the letters and put each into the outbox, where it can be taken back at first."""
        errand = ReminderErrand(self._desk, candidates, way=HandingWay(DispatchChannel.EMAIL))
        errand.ended.connect(self._mailed)
        errand.start()

    def save_letters(self, candidates: Sequence[Candidate]) -> None:
        """Ask for a folder and write each letter into it as it is issued."""
        kept = self._desk.state.get("letters_folder", str(Path.home()))
        words = self.tr("Save the reminders in a folder")
        folder = QFileDialog.getExistingDirectory(self._page, words, str(kept))
        if folder:
            self._desk.state.put("letters_folder", folder)
            errand = ReminderErrand(self._desk, candidates, folder=Path(folder))
            errand.ended.connect(partial(self._saved, folder))
            errand.start()

    def _issue_batch(self, candidates: Sequence[Candidate], wish: PrintWish, batch_id: int) -> None:
        way = HandingWay(DispatchChannel.PRINT, wish.printer.printerName(), print_batch_id=batch_id)
        errand = ReminderErrand(self._desk, candidates, way=way)
        errand.ended.connect(partial(self._join, wish))
        errand.start()

    def _join(
        self, wish: PrintWish, handed: list[HandedLetter], problems: list[ReminderProblem]
    ) -> None:
        self.ended.emit(problems)
        if handed:
            self._desk.jobs.child(
                JOIN,
                owner=self,
                then=partial(self._describe, wish),
                failed=self._say,
                parts=[letter.pdf for letter in handed],
            )

    def _describe(self, wish: PrintWish, pdf: bytes) -> None:
        self._desk.jobs.child(
            DESCRIBE,
            owner=self,
            then=partial(self._print, wish, pdf),
            failed=self._say,
            source=pdf,
        )

    def _print(self, wish: PrintWish, pdf: bytes, shape: DocumentShape) -> None:
        pages = tuple(range(len(shape.sizes)))
        PrintRun(self._desk, replace(wish, pages=pages), pdf, shape.sizes).start()

    def _mailed(self, handed: list[HandedLetter], problems: list[ReminderProblem]) -> None:
        self.ended.emit(problems)
        mail_ids = [letter.mail_id for letter in handed if letter.mail_id is not None]
        if mail_ids:
            words = self.tr("{n} reminders are in the outbox").format(n=len(mail_ids))
            back = partial(self._take_back, mail_ids)
            self._desk.news.offered.emit(words, self.tr("Don't send"), back)

    def _take_back(self, mail_ids: list[int]) -> None:
        self._desk.jobs.run(
            take_back, owner=self, then=self._taken_back, failed=self._say, mail_ids=mail_ids
        )

    def _taken_back(self, count: int) -> None:
        words = self.tr("{n} mails withdrawn; the letters stay on record").format(n=count)
        self._desk.news.said.emit(words, False)

    def _saved(self, folder: str, handed: list[Path], problems: list[ReminderProblem]) -> None:
        self.ended.emit(problems)
        if handed:
            words = self.tr("{n} reminders issued, in {folder}")
            self._desk.news.said.emit(words.format(n=len(handed), folder=folder), False)

    def _say(self, error: Any) -> None:
        self._desk.news.said.emit(str(error), False)

"""How do the made letters of a run leave from the window: mailed, printed and counted, saved?"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog

from loyaldesk.runs.joined import JOIN
from loyaldesk.runs.statement_hand_over import Way, check_way
from loyaldesk.runs.statement_printing import gather_pile
from loyaldesk.ui.papers.printing import PrintRun, ask_printer
from loyaldesk.ui.statements.hand_over import (
    answer_pile,
    mail_letters,
    print_letters,
    save_letters,
)
from loyaldesk.ui.statements.pile_banner import PileBanner

if TYPE_CHECKING:
    from PySide6.QtWidgets import QVBoxLayout, QWidget

    from loyaldesk.documents.shapes import DocumentShape
    from loyaldesk.queries.statement_runs import ReadyLetter
    from loyaldesk.runs.statement_printing import PrintPile
    from loyaldesk.ui.desk import Desk
    from loyaldesk.ui.papers.printing import PrintWish

__all__ = ["Handing"]

KIND = "statement"


class Handing(QObject):
    """Hands the letters of one run over; `done` tells that something changed on record."""

    done = Signal()
    refused = Signal(object)

    def __init__(self, desk: Desk, window: QWidget, banners: QVBoxLayout) -> None:
        super().__init__(window)
        self._desk, self._window, self._banners = desk, window, banners
        self._run_id = 0

    def take(self, run_id: int) -> None:
        """Hand over the letters of this run from now on."""
        self._run_id = run_id

    @Slot()
    def mail(self) -> None:
        """Put the letters of who gets theirs by mail into the outbox, if there is a server."""
        self._desk.jobs.read(
            check_way,
            owner=self,
            then=lambda _: self._mail_now(),
            failed=self.refused.emit,
            way=Way(by_mail=True),
        )

    def _mail_now(self) -> None:
        words = self.tr("{0} statements put into the outbox")
        self._desk.jobs.run(
            mail_letters,
            owner=self,
            then=partial(self._say, words),
            failed=self.refused.emit,
            files=self._desk.files,
            run_id=self._run_id,
        )

    @Slot()
    def save(self) -> None:
        """Ask for a folder and write the letters that are still in the house into it."""
        begin = self._desk.state.get("letters_folder", str(Path.home()))
        title = self.tr("Folder for the statements")
        chosen = QFileDialog.getExistingDirectory(self._window, title, begin)
        if not chosen:
            return
        self._desk.state.put("letters_folder", chosen)
        self._desk.jobs.run(
            save_letters,
            owner=self,
            then=partial(self._say, self.tr("{0} statements saved")),
            failed=self.refused.emit,
            files=self._desk.files,
            run_id=self._run_id,
            folder=Path(chosen),
            in_one_file=False,
        )

    @Slot()
    def print_pile(self) -> None:
        """Gather the next pile of letters, ask for the printer, print them as one job."""
        self._desk.jobs.read(
            gather_pile,
            owner=self,
            then=self._join,
            failed=self.refused.emit,
            files=self._desk.files,
            run_id=self._run_id,
        )

    def _join(self, pile: PrintPile) -> None:
        if pile.letters:
            self._desk.jobs.child(
                JOIN,
                owner=self,
                then=partial(self._measure, pile.letters),
                failed=self.refused.emit,
                parts=pile.parts,
            )

    def _measure(self, letters: tuple[ReadyLetter, ...], pdf: bytes) -> None:
        self._desk.jobs.child(
            "loyaldesk.documents.pages:describe",
            owner=self,
            then=partial(self._ask, letters, pdf),
            failed=self.refused.emit,
            source=pdf,
        )

    def _ask(self, letters: tuple[ReadyLetter, ...], pdf: bytes, shape: DocumentShape) -> None:
        count = len(shape.sizes)
        wish = ask_printer(self._desk.state, kind=KIND, count=count, parent=self._window)
        if wish is not None:
            self._desk.jobs.run(
                print_letters,
                owner=self,
                then=partial(self._print, letters, pdf, shape, wish),
                failed=self.refused.emit,
                letters=letters,
                printer=wish.printer.printerName(),
            )

    def _print(
        self,
        letters: tuple[ReadyLetter, ...],
        pdf: bytes,
        shape: DocumentShape,
        wish: PrintWish,
        batch_id: int,
    ) -> None:
        """Print what is on record as handed over, then ask whether all came out."""
        run = PrintRun(self._desk, wish, pdf, shape.sizes)
        run.ended.connect(lambda _pages: self._question(letters, batch_id))
        run.start()

    def _question(self, letters: tuple[ReadyLetter, ...], batch_id: int) -> None:
        banner = PileBanner(self._desk, count=len(letters))
        banner.answered.connect(partial(self._answer, banner, letters, batch_id))
        self._banners.addWidget(banner)
        banner.speak()

    def _answer(
        self,
        banner: PileBanner,
        letters: tuple[ReadyLetter, ...],
        batch_id: int,
        position: int | None,
    ) -> None:
        def settled(count: int) -> None:
            banner.hide()
            banner.deleteLater()
            self._say(self.tr("{0} statements printed"), count)
            if position is not None:
                self.print_pile()

        self._desk.jobs.run(
            answer_pile,
            owner=self,
            then=settled,
            failed=self.refused.emit,
            run_id=self._run_id,
            batch_id=batch_id,
            letters=letters,
            position=position,
            reason=self.tr("did not come out of the printer"),
        )

    def _say(self, words: str, count: int) -> None:
        self._desk.news.said.emit(words.format(self._desk.formats.number(count)), False)
        self.done.emit()

"""What can be done with the letters of the queue: sent, confirmed, printed again, taken back?"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from loyaldesk.domain.acknowledgement_queue import QueueState
from loyaldesk.ui.acknowledgements import run_steps
from loyaldesk.ui.acknowledgements.letter_run import LetterRun, RunItem
from loyaldesk.ui.papers.printing import ask_printer, kept_printer, kept_printer_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtPrintSupport import QPrinter
    from PySide6.QtWidgets import QWidget

    from loyaldesk.errors import LoyalDeskError
    from loyaldesk.queries.acknowledgements import QueueRow
    from loyaldesk.ui.acknowledgements.letter_run import RunReport
    from loyaldesk.ui.desk import Desk

__all__ = ["PAPER_KIND", "Deeds"]

PAPER_KIND = "acknowledgement"


class Deeds(QObject):
    """One run at a time; `ended` carries its report."""

    began = Signal()
    printer_chosen = Signal()
    ended = Signal(object)

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page
        self.run: LetterRun | None = None

    @property
    def printer_name(self) -> str:
        """The printer that letters of this sort went to last, with its tray, or nothing."""
        return kept_printer_words(self._desk.state, PAPER_KIND)

    def choose_printer(self) -> QPrinter | None:
        """Ask for printer, tray and copies, which are remembered."""
        wish = ask_printer(self._desk.state, kind=PAPER_KIND, count=1, parent=self._page)
        self.printer_chosen.emit()
        return wish.printer if wish else None

    def send(self, items: Sequence[RunItem]) -> None:
        """Send these letters; a printer is asked for where none is remembered."""
        if self.run is not None or not items:
            return
        printer = None
        if any(item.channel == "print" for item in items):
            printer = self.find_printer()
            if printer is None:
                return
        self.run = LetterRun(self._desk, items, printer)
        self.run.ended.connect(self._tell)
        self.began.emit()
        self.run.start()

    def find_printer(self) -> QPrinter | None:
        """Return the remembered printer, or the one that is chosen now."""
        return kept_printer(self._desk.state, PAPER_KIND) or self.choose_printer()

    def print_again(self, rows: Sequence[QueueRow]) -> None:
        """Print letters once more: what left as a copy, what nobody holds as it was issued."""
        items = []
        for row in rows:
            if row.letter is None:
                continue
            is_gone = row.state is QueueState.SENT
            items.append(RunItem(row.order_id, "print", row.letter.letter_id if is_gone else None))
            if row.state is QueueState.CONFIRM:
                self._fail(row.letter.dispatch_id)
        if items:
            self.send(items)
        else:
            said = self.tr("Nothing of these was printed yet; P prints what is marked")
            self._desk.news.said.emit(said, False)

    def confirm_batch(self, batch_id: int) -> None:
        """Put on record that the whole batch came out."""
        from loyaldesk.operations.dispatches import confirm_batch

        self._write(confirm_batch, self.tr("{0} letters came out"), print_batch_id=batch_id)

    def confirm(self, rows: Sequence[QueueRow]) -> None:
        """Put on record that these letters left: came out, or were sent from the mail program."""
        from loyaldesk.operations.dispatches import settle_dispatches

        ids = [row.letter.dispatch_id for row in rows if row.letter is not None]
        said = self.tr("{0} confirmed").format(len(ids))
        self._write(settle_dispatches, said, dispatch_ids=ids)

    def reprint_from(self, batch_id: int, position: int, rows: Sequence[QueueRow]) -> None:
        """Print what did not come out again, from that number of the batch on."""
        from loyaldesk.operations.dispatches import fail_batch_from

        order_of = {row.letter.letter_id: row.order_id for row in rows if row.letter is not None}
        self._desk.jobs.write(
            fail_batch_from,
            owner=self,
            then=lambda missing: self.send(
                [RunItem(order_of[key], "print") for key in missing if key in order_of]
            ),
            failed=self._refuse,
            print_batch_id=batch_id,
            position=position,
            reason=self.tr("Did not come out"),
        )

    def take_back(self, mail_ids: Sequence[int]) -> None:
        """Withdraw mails that still wait."""
        self._desk.jobs.run(
            run_steps.take_back,
            owner=self,
            then=partial(self._tell_taken_back, len(mail_ids)),
            failed=self._refuse,
            mail_ids=list(mail_ids),
        )

    def _fail(self, dispatch_id: int) -> None:
        from loyaldesk.operations.dispatches import fail_dispatch

        reason = self.tr("Printed again")
        self._desk.jobs.write(fail_dispatch, owner=self, dispatch_id=dispatch_id, reason=reason)

    def _write(self, operation: Any, said: str, **arguments: Any) -> None:
        self._desk.jobs.write(
            operation,
            owner=self,
            then=lambda count: self._desk.news.said.emit(said.format(count), False),
            failed=self._refuse,
            **arguments,
        )

    def _refuse(self, error: LoyalDeskError) -> None:
        self._desk.news.said.emit(str(error), False)

    def _tell(self, report: RunReport) -> None:
        self.run = None
        words = " · ".join(self._parts(report))
        if report.mail_ids:
            undo = partial(self.take_back, tuple(report.mail_ids))
            self._desk.news.offered.emit(words, self.tr("Take mails back"), undo)
        else:
            self._desk.news.said.emit(words, False)
        self.ended.emit(report)

    def _parts(self, report: RunReport) -> list[str]:
        """Return what the toast says: what went, what stayed and why."""
        number = self._desk.formats.number
        counted = (
            (report.printed, self.tr("{0} handed to the printer")),
            (len(report.mail_ids), self.tr("{0} in the outbox")),
            (len(report.left_out), self.tr("{0} left out, see why in the list")),
            (report.not_begun, self.tr("{0} stay in the queue")),
        )
        said = [words.format(number(count)) for count, words in counted if count]
        return [*said, report.trouble] if report.trouble else said or [self.tr("Nothing was sent")]

    def _tell_taken_back(self, wanted: int, taken: int) -> None:
        number = self._desk.formats.number
        said = self.tr("{0} mails taken back; their letters are ready to go").format(number(taken))
        if taken < wanted:
            gone = self.tr("{0} were on their way already").format(number(wanted - taken))
            said = f"{said} · {gone}"
        self._desk.news.said.emit(said, False)

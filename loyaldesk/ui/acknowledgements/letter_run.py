"""How do many letters leave, one after the other: issued once, then printed or put in the outbox?

A letter is on record, together with how it leaves, before the printer gets it: whatever happens
then, the queue asks whether it came out, and it is never issued twice.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal, Slot

from loyaldesk.ui.acknowledgements import run_steps
from loyaldesk.ui.errand import Errand
from loyaldesk.ui.papers.paper_printer import PaperPrinter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtPrintSupport import QPrinter

    from loyaldesk.documents.shapes import DocumentShape
    from loyaldesk.errors import LoyalDeskError
    from loyaldesk.ui.desk import Desk

__all__ = ["LetterRun", "RunItem", "RunReport"]


@dataclass(frozen=True, slots=True)
class RunItem:
    """One letter of a run: of this order, by print or email; or a copy of a letter that left."""

    order_id: int
    channel: str
    copy_of: int | None = None


@dataclass(slots=True)
class RunReport:
    """What became of a run: papers handed to the printer, mails by id, and why others stayed.

    `not_begun` are those that were left when it was cancelled or the printer gave up.
    """

    printed: int = 0
    mail_ids: list[int] = field(default_factory=list)
    left_out: dict[int, str] = field(default_factory=dict)
    not_begun: int = 0
    trouble: str = ""


class LetterRun(Errand):
    """A batch on its way; the status bar shows it and can stop it after the current letter."""

    ended = Signal(object)

    def __init__(self, desk: Desk, items: Sequence[RunItem], printer: QPrinter | None) -> None:
        super().__init__(desk)
        self._items, self._total = deque(items), len(items)
        self._printer = printer
        self._batch_id: int | None = None
        self._file = Path(printer.outputFileName()) if printer else Path()
        self.report = RunReport()

    def start(self) -> None:
        """Begin; papers that must be confirmed later make a batch of their own."""
        self.tell_begin(self.tr("Sending {0} letters").format(self._total))
        is_batch = any(item.channel == "print" and item.copy_of is None for item in self._items)
        if not is_batch or self._printer is None:
            self._next()
            return
        from loyaldesk.operations.dispatches import start_print_batch

        self._desk.jobs.write(
            start_print_batch,
            owner=self,
            then=self._begin_batch,
            failed=self._stop,
            printer=self._printer.printerName() or self._file.name,
        )

    def _begin_batch(self, batch_id: int) -> None:
        self._batch_id = batch_id
        self._next()

    @Slot()
    def _next(self) -> None:
        self.tell_how_far(self._total - len(self._items), self._total)
        if self.is_cancelled or not self._items:
            self._end()
            return
        item = self._items.popleft()
        if item.copy_of is not None:
            self._run(item, run_steps.copy, letter_id=item.copy_of)
            return
        self._desk.jobs.read(
            run_steps.prepare,
            owner=self,
            then=partial(self._draw, item),
            failed=partial(self._leave_out, item),
            order_id=item.order_id,
            now=self._desk.now(),
        )

    def _draw(self, item: RunItem, prepared: Any) -> None:
        """Draw what is to be issued; a letter on record already goes as it is."""
        if prepared.kept_letter_id is not None:
            self._run(item, run_steps.hand_over, prepared=prepared, pages=None)
            return
        self._desk.jobs.child(
            "loyaldesk.pdf.issuing:draw_pages",
            owner=self,
            then=lambda pages: self._run(item, run_steps.hand_over, prepared=prepared, pages=pages),
            failed=partial(self._leave_out, item),
            composed=prepared.composed,
        )

    def _run(self, item: RunItem, work: Any, **arguments: Any) -> None:
        name = (self._printer.printerName() or self._file.name) if self._printer else ""
        self._desk.jobs.run(
            work,
            owner=self,
            then=partial(self._handed, item),
            failed=partial(self._leave_out, item),
            files=self._desk.files,
            way=run_steps.Way(item.channel, name, self._batch_id),
            **arguments,
        )

    def _handed(self, item: RunItem, handed: Any) -> None:
        if item.channel == "email":
            self.report.mail_ids.append(handed.mail_id)
            self._go_on()
            return
        self._desk.jobs.child(
            "loyaldesk.documents.pages:describe",
            owner=self,
            then=partial(self._print, handed),
            failed=partial(self._not_printed, handed.dispatch_id),
            source=handed.pdf,
        )

    def _print(self, handed: Any, shape: DocumentShape) -> None:
        if self._printer is None:
            raise RuntimeError("a run with papers was begun without a printer")
        self._number_file(self._printer)
        pages = range(len(shape.sizes))
        paper = PaperPrinter(
            self._desk, self._printer, handed.pdf, shape.sizes, pages=pages, parent=self
        )
        troubles: list[str] = []
        paper.failed.connect(troubles.append)
        paper.ended.connect(lambda _: self._printed(handed.dispatch_id, troubles))
        paper.start()

    def _printed(self, dispatch_id: int, troubles: list[str]) -> None:
        if troubles:
            self._not_printed(dispatch_id, troubles[0])
        else:
            self.report.printed += 1
            self._go_on()

    def _not_printed(self, dispatch_id: int, why: object) -> None:
        """Put on record that the paper did not get through, and print no more."""
        from loyaldesk.operations.dispatches import fail_dispatch

        self.report.trouble = str(why)
        self._drop_papers()
        self._desk.jobs.write(
            fail_dispatch,
            owner=self,
            then=lambda _: self._go_on(),
            failed=self._stop,
            dispatch_id=dispatch_id,
            reason=str(why),
        )

    def _drop_papers(self) -> None:
        kept = [item for item in self._items if item.channel != "print"]
        self.report.not_begun += len(self._items) - len(kept)
        self._items = deque(kept)

    def _leave_out(self, item: RunItem, error: LoyalDeskError) -> None:
        self.report.left_out[item.order_id] = str(error)
        self._go_on()

    def _go_on(self) -> None:
        # In a turn of its own: hundreds of letters must neither pile up calls nor hold the window.
        QTimer.singleShot(0, self, self._next)

    def _number_file(self, printer: QPrinter) -> None:
        """Give each letter a file of its own where the printer is a file."""
        if printer.outputFileName():
            number = self._total - len(self._items)
            name = f"{self._file.stem}-{number:03d}{self._file.suffix}"
            printer.setOutputFileName(str(self._file.with_name(name)))

    def _stop(self, error: LoyalDeskError) -> None:
        self.report.trouble = str(error)
        self._end()

    def _end(self) -> None:
        self.report.not_begun += len(self._items)
        self._items.clear()
        self.ended.emit(self.report)
        self.tell_end()

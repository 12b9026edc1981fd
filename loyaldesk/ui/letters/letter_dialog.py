"""What both letter dialogs share: choices at the left, the letter as it will be at the right."""

from __future__ import annotations

from abc import abstractmethod
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from loyaldesk.errors import Conflict
from loyaldesk.pdf.issuing import DrawnPages, drawn_letter
from loyaldesk.ui.letters.issue import issue_and_save
from loyaldesk.ui.letters.mail_button import MailButton
from loyaldesk.ui.letters.ready_letter import ReadyLetter
from loyaldesk.ui.papers.printing import PrintRun, ask_printer
from loyaldesk.ui.papers.reader import PaperReader
from loyaldesk.ui.widgets.banner import Banner, BannerKind
from loyaldesk.ui.widgets.buttons import Button
from loyaldesk.ui.widgets.dialog import Dialog, DialogWidth

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyaldesk.documents.shapes import DocumentShape
    from loyaldesk.ui.desk import Desk

__all__ = ["LetterDialog", "ReadyLetter"]

WIDTH, HEIGHT, CHOICES = 1080, 760, 300


class LetterDialog(Dialog):
    """Composes on a read lane, draws in the child process, shows exactly what would be issued.

    Nothing is numbered before it is printed or saved; closing leaves no trace. Qt's classes take
    no ABCMeta: that a letter says how it is composed is seen to by the type checker.
    """

    KIND = "letter"

    def __init__(self, desk: Desk, *, title: str, parent: QWidget | None = None) -> None:
        super().__init__(
            desk.theme,
            title=title,
            verb=self.tr("Print…"),
            cancel=self.tr("Close"),
            width=DialogWidth.LARGE,
            parent=parent,
        )
        self._desk = desk
        self._ready: ReadyLetter | None = None
        self._shape: DocumentShape | None = None
        self.choices = QVBoxLayout()
        self.banners = QVBoxLayout()
        self.reader = PaperReader(desk, name=self.tr("The letter as it will be"))
        self.mail_button = MailButton(desk)
        self.save_button = Button(desk.theme, self.tr("Save as PDF…"))
        self._lay_out()
        self.reader.shape_known.connect(self._keep_shape)
        self.mail_button.written.connect(self.reject)
        self.mail_button.failed.connect(self._not_issued)
        self.save_button.clicked.connect(self._choose_file)
        self._enable(able=False)

    @abstractmethod
    def compose(self) -> Callable[..., Any]:
        """Return the query that composes the letter; its arguments are in `wishes`."""

    @abstractmethod
    def wishes(self) -> dict[str, Any]:
        """Return what the query needs besides the source."""

    @Slot()
    def preview(self) -> None:
        """Compose and draw the letter anew, as it stands now."""
        self.withhold()
        self._desk.jobs.read(
            self.compose(),
            owner=self,
            then=self._composed,
            failed=self.show_refusal,
            replaces="compose",
            **self.wishes(),
        )

    def withhold(self) -> None:
        """Let nothing be printed or saved: what is on screen answers an older wish."""
        self._ready = None
        self._enable(able=False)

    def show_refusal(self, error: Exception) -> None:
        """Say above the choices why there is no letter."""
        self._ready = None
        self.reader.show_nothing()
        self._show_banner(error)

    def _show_banner(self, error: Exception) -> None:
        self._clear_banners()
        banner = Banner(self._desk.theme, BannerKind.WARN, happened=str(error))
        self.banners.addWidget(banner)
        banner.speak()

    def accept(self) -> None:
        """Ask the printer, put the letter on record, then print what is on record."""
        ready, shape = self._ready, self._shape
        if ready is None or shape is None or not self.verb_button.isEnabled():
            return
        count = len(shape.sizes)
        wish = ask_printer(self._desk.state, kind=self.KIND, count=count, parent=self)
        if wish is not None:
            run = PrintRun(self._desk, wish, ready.pdf, shape.sizes)
            printer = wish.printer.printerName()
            self._put_on_record(ready, None, printer=printer, then=run.start)

    def composed(self, composed: Any) -> None:
        """Draw what was composed; a dialog may show something else instead."""
        self._desk.jobs.child(
            "loyaldesk.pdf.issuing:draw_pages",
            owner=self,
            then=partial(self._show_drawn, composed),
            failed=self.show_refusal,
            replaces="draw",
            composed=composed,
        )

    def tell_facts(self, composed: Any) -> None:
        """Show beside the letter what the person should know of it."""

    def show_ready(self, ready: ReadyLetter) -> None:
        """Show a letter that can be printed or saved as it is."""
        self._ready = ready
        self.mail_button.show_ready(ready)
        self.reader.show_source(ready.pdf)

    def _lay_out(self) -> None:
        px = self._desk.theme.px
        left = QWidget()
        left.setFixedWidth(px(CHOICES))
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self.banners)
        column.addLayout(self.choices)
        column.addStretch(1)
        column.addWidget(self.mail_button)
        column.addWidget(self.save_button)
        row = QHBoxLayout()
        row.setSpacing(px(16))
        row.addWidget(left)
        row.addWidget(self.reader, 1)
        self.content.addLayout(row, 1)
        self.resize(px(WIDTH), px(HEIGHT))

    def _composed(self, composed: Any) -> None:
        self._clear_banners()
        self.tell_facts(composed)
        self.composed(composed)

    def _show_drawn(self, composed: Any, pages: DrawnPages) -> None:
        drawn = drawn_letter(composed, pages)
        words = self.tr("{number} issued and kept as sent").format(number=drawn.number)
        ready = ReadyLetter(pages.pdf, drawn.file_name, words, issue_and_save, {"drawn": drawn})
        self.show_ready(ready)

    @Slot(object)
    def _keep_shape(self, shape: DocumentShape) -> None:
        self._shape = shape
        self._enable(able=self._ready is not None)
        if self.cancel_button.hasFocus():
            self.verb_button.setFocus()

    def _enable(self, *, able: bool) -> None:
        for button in (self.verb_button, self.mail_button, self.save_button):
            button.setEnabled(able)

    def _clear_banners(self) -> None:
        while (item := self.banners.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()

    @Slot()
    def _choose_file(self) -> None:
        ready = self._ready
        if ready is None:
            return
        folder = self._desk.state.get("letters_folder", str(Path.home()))
        chosen, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Save the letter"),
            str(Path(folder) / ready.file_name),
            self.tr("PDF (*.pdf)"),
        )
        if chosen:
            self._desk.state.put("letters_folder", str(Path(chosen).parent))
            self._put_on_record(ready, Path(chosen), then=lambda: None)

    def _put_on_record(
        self,
        ready: ReadyLetter,
        target: Path | None,
        *,
        printer: str = "",
        then: Callable[[], object],
    ) -> None:
        """Put exactly what was shown on record, and into the file if one was chosen."""
        self._enable(able=False)
        self._desk.jobs.run(
            ready.work,
            owner=self,
            then=lambda _: self._done(ready, then),
            failed=self._not_issued,
            files=self._desk.files,
            target=target,
            printer=printer,
            **ready.arguments,
        )

    def _done(self, ready: ReadyLetter, then: Callable[[], object]) -> None:
        self._ready = None
        self._desk.news.said.emit(ready.words, False)
        then()
        super().accept()

    def _not_issued(self, error: Exception) -> None:
        """Another letter took the number meanwhile: draw this one again with the next."""
        if isinstance(error, Conflict):
            words = self.tr(
                "Another letter took this number meanwhile. Nothing was issued; this letter now "
                "has the next number."
            )
            self._desk.news.said.emit(words, False)
            self.preview()
        else:
            self._show_banner(error)
            self._enable(able=True)

"""What both letter dialogs share: choices at the left, the letter as it will be at the right."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from loyaldesk.errors import Conflict
from loyaldesk.pdf.issuing import DrawnLetter, DrawnPages, drawn_letter
from loyaldesk.ui.letters.issue import issue_and_save
from loyaldesk.ui.papers.printing import PrintRun, ask_printer
from loyaldesk.ui.papers.reader import PaperReader
from loyaldesk.ui.widgets.banner import Banner, BannerKind
from loyaldesk.ui.widgets.buttons import Button
from loyaldesk.ui.widgets.dialog import Dialog, DialogWidth

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyaldesk.documents.shapes import DocumentShape
    from loyaldesk.ui.desk import Desk

__all__ = ["LetterDialog"]

WIDTH, HEIGHT, CHOICES = 1080, 760, 300


class LetterDialog(Dialog):
    """Composes on a read lane, draws in the child process, shows exactly what would be issued.

    Nothing is numbered before it is printed or saved; closing leaves no trace.
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
        self._drawn: DrawnLetter | None = None
        self._shape: DocumentShape | None = None
        self.choices = QVBoxLayout()
        self.banners = QVBoxLayout()
        self.reader = PaperReader(desk, name=self.tr("The letter as it will be"))
        self.save_button = Button(desk.theme, self.tr("Save as PDF…"))
        self._lay_out()
        self.reader.shape_known.connect(self._keep_shape)
        self.save_button.clicked.connect(self._choose_file)
        self._enable(able=False)

    def compose(self) -> Callable[..., Any]:
        """Return the query that composes the letter; its arguments are in `wishes`."""
        raise NotImplementedError

    def wishes(self) -> dict[str, Any]:
        """Return what the query needs besides the source."""
        raise NotImplementedError

    @Slot()
    def preview(self) -> None:
        """Compose and draw the letter anew, as it stands now."""
        self._enable(able=False)
        self._desk.jobs.read(
            self.compose(),
            owner=self,
            then=self._composed,
            failed=self.show_refusal,
            replaces="compose",
            **self.wishes(),
        )

    def show_refusal(self, error: Exception) -> None:
        """Say above the choices why there is no letter."""
        self._clear_banners()
        banner = Banner(self._desk.theme, BannerKind.WARN, happened=str(error))
        self.banners.addWidget(banner)
        banner.speak()

    def accept(self) -> None:
        """Ask the printer, put the letter on record, then print what is on record."""
        drawn, shape = self._drawn, self._shape
        if drawn is None or shape is None:
            return
        wish = ask_printer(self._desk.state, kind=self.KIND, count=len(shape.sizes), parent=self)
        if wish is not None:
            run = PrintRun(self._desk, wish, drawn.pdf, shape.sizes)
            self._issue(None, then=run.start)

    def _lay_out(self) -> None:
        px = self._desk.theme.px
        left = QWidget()
        left.setFixedWidth(px(CHOICES))
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self.banners)
        column.addLayout(self.choices)
        column.addStretch(1)
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

    def _show_drawn(self, composed: Any, pages: DrawnPages) -> None:
        self._drawn = drawn_letter(composed, pages)
        self.reader.show_source(pages.pdf)

    @Slot(object)
    def _keep_shape(self, shape: DocumentShape) -> None:
        self._shape = shape
        self._enable(able=True)

    def _enable(self, *, able: bool) -> None:
        self.verb_button.setEnabled(able)
        self.save_button.setEnabled(able)

    def _clear_banners(self) -> None:
        while (item := self.banners.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()

    @Slot()
    def _choose_file(self) -> None:
        if self._drawn is None:
            return
        folder = self._desk.state.get("letters_folder", str(Path.home()))
        chosen, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Save the letter"),
            str(Path(folder) / self._drawn.file_name),
            self.tr("PDF (*.pdf)"),
        )
        if chosen:
            self._desk.state.put("letters_folder", str(Path(chosen).parent))
            self._issue(Path(chosen), then=lambda: None)

    def _issue(self, target: Path | None, *, then: Callable[[], object]) -> None:
        """Put exactly what was shown on record."""
        drawn = self._drawn
        if drawn is None:
            return
        self._enable(able=False)
        self._desk.jobs.run(
            issue_and_save,
            owner=self,
            then=partial(self._issued, drawn, target, then),
            failed=self._not_issued,
            files=self._desk.files,
            drawn=drawn,
            target=target,
        )

    def _issued(
        self, drawn: DrawnLetter, target: Path | None, then: Callable[[], object], _letter: int
    ) -> None:
        words = self.tr("{number} issued and kept as sent")
        if target is not None:
            words = self.tr("{number} issued, kept as sent and saved")
        self._desk.news.said.emit(words.format(number=drawn.number), False)
        then()
        super().accept()

    def _not_issued(self, error: Exception) -> None:
        """Another letter took the number meanwhile: draw this one again with the next."""
        if isinstance(error, Conflict):
            self.preview()
        else:
            self.show_refusal(error)
            self._enable(able=True)

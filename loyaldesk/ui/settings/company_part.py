"""The company with its letter beside it, drawn anew whenever a field changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from loyaldesk.domain.postal import letter_locale
from loyaldesk.ui.papers.reader import PaperReader
from loyaldesk.ui.settings.company_form import CompanyForm
from loyaldesk.ui.settings.form_column import FormColumn
from loyaldesk.ui.widgets.panel import Hairline

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QResizeEvent

    from loyaldesk.domain.letter import Sender
    from loyaldesk.ui.desk import Desk

__all__ = ["CompanyPart"]

LEAST_WITH_LETTER = 780
PREVIEW_MS = 250


class CompanyPart(QWidget):
    """The fields scroll at the left; the letter at the right goes where there is no room."""

    def __init__(self, desk: Desk, profile: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._sender: Sender | None = None
        self.form = CompanyForm(desk, profile)
        self.preview = PaperReader(desk, name=self.tr("How letters look"))
        self._pause = QTimer(self, interval=PREVIEW_MS, singleShot=True)
        self._edge = Hairline(desk.theme, vertical=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(FormColumn(desk.theme, self.tr("Company"), self.form), 1)
        row.addWidget(self._edge)
        row.addWidget(self.preview, 1)
        self._pause.timeout.connect(self.draw)
        self.form.company_changed.connect(self._take_company)
        desk.theme.changed.connect(self._fold)
        self._take_company(self.form.kept)

    @Slot(object)
    def _take_company(self, sender: Sender) -> None:
        self._sender = sender
        self._pause.start()

    @Slot()
    def draw(self) -> None:
        """Draw a sample letter of the company as it is kept, once there is one."""
        sender = self._sender
        if sender is None or not sender.name:
            return
        self._desk.jobs.child(
            "loyaldesk.pdf.sample_letter:draw_sample_letter",
            owner=self,
            then=self.preview.show_source,
            failed=self.preview.show_refusal,
            sender=sender,
            locale=letter_locale(self._desk.formats.tag, sender.country),
            printed_at=self._desk.now().astimezone(),
        )

    @Slot()
    def _fold(self) -> None:
        """Hide the letter where there is no room for it beside the fields."""
        is_wide = self.width() >= self._desk.theme.px(LEAST_WITH_LETTER)
        self._edge.setVisible(is_wide)
        self.preview.setVisible(is_wide)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

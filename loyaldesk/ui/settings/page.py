"""Settings: the company with its letter beside it, the look, and where the data lies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from loyaldesk.domain.postal import letter_locale
from loyaldesk.ui.papers.reader import PaperReader
from loyaldesk.ui.settings.appearance_form import AppearanceForm
from loyaldesk.ui.settings.company_form import CompanyForm
from loyaldesk.ui.widgets.labels import TextLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.panel import Ground, Hairline, Sheet
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from loyaldesk.domain.letter import Sender
    from loyaldesk.ui.desk import Desk

__all__ = ["SettingsPage"]

FORM_WIDTH = 640
PREVIEW_MS = 150


class SettingsPage(Sheet):
    """One scrolling page; nothing has to be applied."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk.theme, Ground.BASE, parent=parent)
        self._desk = desk
        self._sender: Sender | None = None
        self.company = CompanyForm(desk)
        self.appearance = AppearanceForm(desk)
        self.preview = PaperReader(desk, name=self.tr("How letters look"))
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(PREVIEW_MS)
        self._clock.timeout.connect(self._draw)
        self._lay_out()
        self.company.company_changed.connect(self._company_changed)

    def page_title(self) -> str:
        """What the window is called."""
        return self.tr("Settings")

    def refresh(self) -> None:
        """Draw the letter again."""
        self._draw()

    def focus_first(self) -> None:
        """Put the keyboard into the company's name."""
        self.company.fields["name"].editor.setFocus()

    def _lay_out(self) -> None:
        theme = self._desk.theme
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(16, 12, 16, 24)
        column.setSpacing(12)
        where = self.tr(
            "Everything lies encrypted in {folder}. The key is kept by this computer's keyring, or "
            "comes from LOYALDESK_KEY. Copy the whole folder to back it up."
        ).format(folder=self._desk.temporary.parent.parent)
        data = TextLabel(theme, where, TextStyle.BODY, Tone.SECONDARY, wrap=True)
        for title, part in (
            (self.tr("Company"), self.company),
            (self.tr("Appearance"), self.appearance),
            (self.tr("Your data"), data),
        ):
            column.addWidget(TextLabel(theme, title, TextStyle.LIST_TITLE))
            column.addWidget(part)
            column.addWidget(Hairline(theme))
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(body)
        area.viewport().setAutoFillBackground(False)
        body.setAutoFillBackground(False)
        area.setMinimumWidth(theme.px(FORM_WIDTH))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(area, 1)
        row.addWidget(Hairline(theme, vertical=True))
        row.addWidget(self.preview, 1)

    def _company_changed(self, sender: Sender) -> None:
        self._sender = sender
        self._clock.start()

    def _draw(self) -> None:
        sender = self._sender
        if sender is None or not sender.name:
            return
        language = self._desk.formats.tag
        self._desk.jobs.child(
            "loyaldesk.pdf.sample_letter:draw_sample_letter",
            owner=self,
            then=self.preview.show_source,
            failed=lambda error: self._desk.news.said.emit(str(error), False),
            replaces="sample",
            sender=sender,
            locale=letter_locale(language, sender.country),
            printed_at=self._desk.now().astimezone(),
        )

"""Settings: the company with its letter beside it, the look, printers, where the data lies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from loyaldesk.domain.postal import letter_locale
from loyaldesk.ui.papers.reader import PaperReader
from loyaldesk.ui.settings.appearance_form import AppearanceForm
from loyaldesk.ui.settings.company_form import CompanyForm
from loyaldesk.ui.settings.data_panel import DataPanel
from loyaldesk.ui.settings.printers_form import PrintersForm
from loyaldesk.ui.widgets.labels import TextLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.panel import Ground, Hairline, Sheet

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from loyaldesk.domain.letter import Sender
    from loyaldesk.ui.desk import Desk

__all__ = ["SettingsPage"]

LEAST_WITH_LETTER = 960
PREVIEW_MS = 250


class SettingsPage(Sheet):
    """One scrolling page; every setting acts at once, so nothing has to be applied."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk.theme, Ground.BASE, parent=parent)
        self._desk = desk
        # This run's private folder lies two steps below the profile.
        profile = desk.temporary.parent.parent
        self._sender: Sender | None = None
        self.company = CompanyForm(desk, profile)
        self.appearance = AppearanceForm(desk)
        self.printers = PrintersForm(desk)
        self.data = DataPanel(desk, profile)
        self.preview = PaperReader(desk, name=self.tr("How letters look"))
        self._pause = QTimer(self, interval=PREVIEW_MS, singleShot=True)
        self._edge = Hairline(desk.theme, vertical=True)
        self._lay_out()
        self._pause.timeout.connect(self._draw)
        self.company.company_changed.connect(self._take_company)
        desk.theme.changed.connect(self._fold)
        self._take_company(self.company.kept)

    def page_title(self) -> str:
        """Return what the window is called."""
        return self.tr("Settings")

    @Slot()
    def refresh(self) -> None:
        """Draw the letter again."""
        self._draw()

    def focus_first(self) -> None:
        """Put the keyboard into the company's name."""
        self.company.fields["name"].editor.setFocus()

    @Slot()
    def find(self) -> None:  # type: ignore[override]  # the menu's word; nobody asks Qt's by it
        """Look for words in the letter."""
        self.preview.go_to_find()

    def _lay_out(self) -> None:
        theme = self._desk.theme
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(16, 10, 16, 24)
        column.setSpacing(12)
        for title, part in (
            (self.tr("Company"), self.company),
            (self.tr("Appearance"), self.appearance),
            (self.tr("Printers"), self.printers),
            (self.tr("Your data"), self.data),
        ):
            column.addWidget(TextLabel(theme, title, TextStyle.LIST_TITLE))
            column.addWidget(part)
            if part is not self.data:
                column.addWidget(Hairline(theme))
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setAccessibleName(self.tr("Settings"))
        area.setWidget(body)
        for ground in (body, area.viewport()):
            ground.setAutoFillBackground(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(area, 1)
        row.addWidget(self._edge)
        row.addWidget(self.preview, 1)

    @Slot(object)
    def _take_company(self, sender: Sender) -> None:
        self._sender = sender
        self._pause.start()

    @Slot()
    def _draw(self) -> None:
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

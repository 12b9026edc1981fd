"""The left side of a statement run: who and as of, the check, and what it found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from loyaldesk.ui.statements.check_panel import CheckPanel
from loyaldesk.ui.statements.choice_form import ChoiceForm
from loyaldesk.ui.widgets.buttons import Button, ButtonKind
from loyaldesk.ui.widgets.labels import TextLabel
from loyaldesk.ui.widgets.metrics import TextStyle

if TYPE_CHECKING:
    from loyaldesk.ui.desk import Desk

__all__ = ["ChoicePane"]

WIDTH = 288


class ChoicePane(QScrollArea):
    """Form, button and check below one another, as wide as the text needs."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = desk.theme
        self.form = ChoiceForm(desk)
        self.button = Button(desk.theme, self.tr("Check"), kind=ButtonKind.PRIMARY)
        self.check = CheckPanel(desk)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(16, 10, 16, 16)
        column.setSpacing(10)
        column.addWidget(TextLabel(desk.theme, self.tr("Statement run"), TextStyle.LIST_TITLE))
        for part in (self.form, self.button, self.check):
            column.addWidget(part)
        column.addStretch(1)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Who and as of"))
        self.setWidget(body)
        for ground in (body, self.viewport()):
            ground.setAutoFillBackground(False)
        # What is chosen now is another run than the one that was checked.
        self.form.changed.connect(self.check.clear)
        desk.theme.changed.connect(self._fit)
        self._fit()

    @Slot()
    def _fit(self) -> None:
        self.setFixedWidth(self._theme.px(WIDTH))

"""How does one part of the settings stand on the page: its title above a form that scrolls?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from loyaldesk.ui.widgets.labels import TextLabel
from loyaldesk.ui.widgets.metrics import TextStyle

if TYPE_CHECKING:
    from loyaldesk.ui.widgets.theme import Theme

__all__ = ["FormColumn"]


class FormColumn(QScrollArea):
    """A title and a form, from the top, as wide as there is room."""

    def __init__(
        self, theme: Theme, title: str, form: QWidget, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.form = form
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(16, 10, 16, 24)
        column.setSpacing(12)
        column.addWidget(TextLabel(theme, title, TextStyle.LIST_TITLE))
        column.addWidget(form)
        column.addStretch(1)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setAccessibleName(title)
        self.setWidget(body)
        for ground in (body, self.viewport()):
            ground.setAutoFillBackground(False)

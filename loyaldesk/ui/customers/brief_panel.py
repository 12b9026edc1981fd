"""How does the call brief stand: a panel with a blue edge and one line for each thing to know?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from loyaldesk.ui.customers.brief_list import BriefList
from loyaldesk.ui.customers.brief_words import brief_lines
from loyaldesk.ui.widgets.labels import TextLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.panel import Panel
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from datetime import datetime

    from loyaldesk.queries.customer_page import CustomerPage
    from loyaldesk.ui.customers.wording import Wording
    from loyaldesk.ui.widgets.theme import Theme

__all__ = ["BriefPanel"]


class BriefPanel(Panel):
    """The call brief; Enter or a double click on a line leads to what it speaks of."""

    line_opened = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, accent_edge=True, parent=parent)
        self._as_of = TextLabel(theme, "", TextStyle.SMALL, Tone.SECONDARY)
        self.lines = BriefList(theme, name=self.tr("Call brief"))
        head = QHBoxLayout()
        head.addWidget(TextLabel(theme, self.tr("Call brief"), TextStyle.SMALL_STRONG))
        head.addStretch(1)
        head.addWidget(self._as_of)
        self.body.setSpacing(4)
        self.body.addLayout(head)
        self.body.addWidget(self.lines)
        self.lines.row_activated.connect(self.line_opened)

    def show_brief(self, page: CustomerPage, as_of: datetime, say: Wording) -> None:
        """Show what is known about this customer right now."""
        self._as_of.setText(self.tr("as of {0}").format(say.time(as_of)))
        self.lines.show_items(brief_lines(page, say))

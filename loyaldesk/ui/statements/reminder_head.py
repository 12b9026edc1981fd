"""What stands over the list of reminders: which part is shown, and what is done with the marked?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout

from loyaldesk.ui.widgets.buttons import Button, ButtonKind, LinkButton
from loyaldesk.ui.widgets.choices import Segment
from loyaldesk.ui.widgets.labels import TextLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.panel import Ground, Sheet

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from loyaldesk.ui.widgets.theme import Theme

__all__ = ["ReminderHead"]


class ReminderHead(Sheet):
    """Title and choice at the left, the ways out at the right; printing is the filled one."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, Ground.WINDOW, parent)
        choices = (("due", self.tr("Due")), ("held", self.tr("Held")))
        self.shown = Segment(theme, choices, name=self.tr("Which reminders are shown"))
        self.shown.choose("due")
        self.mark_all = LinkButton(theme, self.tr("Mark all"))
        self.save = Button(theme, self.tr("Save…"), icon="download")
        self.mail = Button(theme, self.tr("E-mail"), icon="mail")
        self.print = Button(
            theme, self.tr("Print marked…"), kind=ButtonKind.PRIMARY, icon="printer"
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 16, 8)
        row.setSpacing(8)
        row.addWidget(TextLabel(theme, self.tr("Payment reminders"), TextStyle.LIST_TITLE))
        row.addSpacing(8)
        row.addWidget(self.shown)
        row.addWidget(self.mark_all)
        row.addStretch(1)
        for button in (self.save, self.mail, self.print):
            row.addWidget(button)
        self.show_marked(0)

    def show_counts(self, due: str, held: str) -> None:
        """Show how many letters are due and how many are held back."""
        self.shown.set_text("due", self.tr("Due {0}").format(due))
        self.shown.set_text("held", self.tr("Held {0}").format(held))

    def show_marked(self, count: int) -> None:
        """Let the ways out be used once something is marked."""
        for button in (self.save, self.mail, self.print):
            button.setEnabled(count > 0)

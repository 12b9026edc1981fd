"""How does a page tell what did not go, and of whom?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from loyaldesk.ui.widgets.banner import Banner, BannerKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyaldesk.ui.desk import Desk
    from loyaldesk.ui.statements.reminder_errand import ReminderProblem

__all__ = ["ProblemNotes"]

MOST_NAMED = 3


class ProblemNotes(QWidget):
    """A banner over the list, as long as there is something to tell."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.banner: Banner | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 0, 16, 8)
        self.hide()

    def tell(self, problems: Sequence[ReminderProblem]) -> None:
        """Say who got no letter, the first few by name."""
        named = [f"{each.customer_name}: {each.reason}" for each in problems[:MOST_NAMED]]
        if len(problems) > MOST_NAMED:
            more = self._desk.formats.number(len(problems) - MOST_NAMED)
            named.append(self.tr("and {0} more.").format(more))
        self.say(" ".join(named))

    def say(self, words: str) -> None:
        """Say this in place of what was said before; nothing takes the banner away."""
        if self.banner is not None:
            self._column.removeWidget(self.banner)
            self.banner.deleteLater()
            self.banner = None
        self.setVisible(bool(words))
        if words:
            self.banner = Banner(self._desk.theme, BannerKind.WARN, happened=words)
            self._column.addWidget(self.banner)
            self.banner.speak()

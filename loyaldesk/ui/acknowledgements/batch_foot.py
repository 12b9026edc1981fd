"""What stands under the queue: what is about to go, and what left and waits for a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout

from loyaldesk.ui.acknowledgements.batch_banner import BatchBanner
from loyaldesk.ui.acknowledgements.check_panel import CheckPanel
from loyaldesk.ui.acknowledgements.checker import Checker
from loyaldesk.ui.acknowledgements.recent_letters import RecentLetters
from loyaldesk.ui.widgets.panel import Ground, Sheet

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from loyaldesk.queries.acknowledgements import Queue
    from loyaldesk.ui.acknowledgements.commands import QueueCommands
    from loyaldesk.ui.acknowledgements.deeds import Deeds
    from loyaldesk.ui.desk import Desk

__all__ = ["BatchFoot"]

LEAST_HEIGHT = 840


class BatchFoot(Sheet):
    """The check of the marked letters over the question about the last batch."""

    def __init__(
        self, desk: Desk, commands: QueueCommands, deeds: Deeds, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk.theme, Ground.WINDOW, parent)
        self._commands, self._deeds = commands, deeds
        self._queue: Queue | None = None
        self.checks, self.banner = CheckPanel(desk), BatchBanner(desk)
        self.checker = Checker(desk, self)
        self.recent = RecentLetters(desk)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 10)
        column.setSpacing(8)
        column.addWidget(self.checks)
        column.addWidget(self.banner)
        column.addWidget(self.recent)
        self._connect()
        self.plan_again()

    def show_queue(self, queue: Queue) -> None:
        """Ask about the newest batch that nobody answered for."""
        self._queue = queue
        batches = queue.batches
        self.banner.show_batch(batches[0] if batches else None, max(len(batches) - 1, 0))
        self.fold()

    def fold(self) -> None:
        """Leave out what says nothing now, and on a low page what left today."""
        is_low = self.window().height() < self._theme.px(LEAST_HEIGHT)
        if is_low or self._queue is None:
            self.recent.hide()
        else:
            self.recent.show_queue(self._queue)
        parts = (self.checks, self.banner, self.recent)
        self.setVisible(not all(part.isHidden() for part in parts))

    @Slot()
    def plan_again(self) -> None:
        """Say what would go now, and check it behind the window."""
        plan = self._commands.plan()
        self.checks.show_plan(plan, self._deeds.printer_name)
        self.checks.setEnabled(self._deeds.run is None)
        self.checks.setVisible(plan.marked > 0)
        self.checker.check(plan.to_go)
        self.fold()

    def _connect(self) -> None:
        deeds = self._deeds
        self.checks.wanted.connect(self._commands.run)
        self.checks.printer_wanted.connect(deeds.choose_printer)
        self.checker.went.connect(self.checks.show_check)
        self.banner.confirmed.connect(deeds.confirm_batch)
        self.banner.missing_from.connect(self._reprint_from)
        deeds.printer_chosen.connect(self.plan_again)
        deeds.began.connect(self.plan_again)

    @Slot(int, int)
    def _reprint_from(self, batch_id: int, number: int) -> None:
        if self._queue is not None:
            self._deeds.reprint_from(batch_id, number, self._queue.rows)

"""What stands under the queue: what is about to go, and what left and waits for a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout

from loyaldesk.ui.acknowledgements.batch_banner import BatchBanner
from loyaldesk.ui.acknowledgements.check_panel import CheckPanel
from loyaldesk.ui.acknowledgements.checker import Checker
from loyaldesk.ui.widgets.panel import Ground, Sheet

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from loyaldesk.queries.acknowledgements import Queue
    from loyaldesk.ui.acknowledgements.commands import QueueCommands
    from loyaldesk.ui.acknowledgements.deeds import Deeds
    from loyaldesk.ui.desk import Desk

__all__ = ["BatchFoot"]


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
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 10)
        column.setSpacing(8)
        column.addWidget(self.checks)
        column.addWidget(self.banner)
        self._connect()
        self.plan_again()

    def show_queue(self, queue: Queue) -> None:
        """Ask about the newest batch that nobody answered for."""
        self._queue = queue
        batches = queue.batches
        self.banner.show_batch(batches[0] if batches else None, max(len(batches) - 1, 0))
        self._fold()

    @Slot()
    def plan_again(self) -> None:
        """Say what would go now, and check it behind the window."""
        plan = self._commands.plan()
        self.checks.show_plan(plan, self._deeds.printer_name)
        self.checks.setEnabled(self._deeds.run is None)
        self.checks.setVisible(plan.marked > 0)
        self.checker.check(plan.to_go)
        self._fold()

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

    def _fold(self) -> None:
        self.setVisible(not (self.checks.isHidden() and self.banner.isHidden()))

"""Which orders are still to be acknowledged, and how do their letters go in one batch?"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from loyaldesk.queries.acknowledgements import Queue, read_queue
from loyaldesk.ui.acknowledgements.batch_foot import BatchFoot
from loyaldesk.ui.acknowledgements.commands import QueueCommands
from loyaldesk.ui.acknowledgements.deeds import Deeds
from loyaldesk.ui.acknowledgements.letter_pane import LetterPane
from loyaldesk.ui.acknowledgements.queue_empty import explain_empty
from loyaldesk.ui.acknowledgements.queue_head import QueueHead
from loyaldesk.ui.acknowledgements.queue_table import QueueTable
from loyaldesk.ui.widgets.empty_state import EmptyState
from loyaldesk.ui.widgets.panel import Hairline, Sheet

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent, QShowEvent
    from PySide6.QtWidgets import QWidget

    from loyaldesk.errors import LoyalDeskError
    from loyaldesk.store.changes import Changes
    from loyaldesk.ui.acknowledgements.letter_run import RunReport
    from loyaldesk.ui.desk import Desk

__all__ = ["AcknowledgementsPage"]

# What a letter is made of, and what becomes of it.
MADE_OF = ("sales_order", "order_line", "customer", "contact", "address", "setting")
BECOMES = ("letter", "dispatch", "mail", "print_batch")
PAUSE_MS, AGE_MS = 250, 60_000
PREVIEW, LEAST_PREVIEW, LEAST_LIST = 392, 320, 830


class AcknowledgementsPage(Sheet):
    """The queue at the left, the letter under the cursor at the right, the batch below."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk.theme, parent=parent)
        self._desk = desk
        self.queue: Queue | None = None
        self.head = QueueHead(desk)
        self.table = QueueTable(desk)
        self.empty = EmptyState(desk.theme)
        self.pane = LetterPane(desk)
        self.deeds = Deeds(desk, self)
        self.commands = QueueCommands(desk, self.table, self.deeds, self)
        self.foot = BatchFoot(desk, self.commands, self.deeds)
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._ageing = QTimer(self, interval=AGE_MS)
        self._lay_out()
        self._connect()

    def page_title(self) -> str:
        """Return the page's name."""
        return self.tr("Acknowledgements")

    @Slot()
    def refresh(self) -> None:
        """Read the queue again; what is on screen stays until the new rows are here."""
        self._desk.jobs.read(
            read_queue,
            owner=self,
            then=self._show,
            failed=self._explain,
            replaces="queue",
            now=self._desk.now(),
        )

    def focus_first(self) -> None:
        """Put the cursor into the list."""
        self.table.setFocus()

    @Slot()
    def mark(self) -> None:
        """Mark the chosen orders, or take their marks away."""
        self.table.toggle_marks()

    @Slot()
    def mark_ready(self) -> None:
        """Mark every listed order whose letter can go."""
        self.commands.mark_ready()

    @Slot()
    def print_marked(self) -> None:
        """Print every marked letter, or without a mark the one under the cursor."""
        self.commands.send_as("print")

    @Slot()
    def mail_marked(self) -> None:
        """Mail every marked letter, or without a mark the one under the cursor."""
        self.commands.send_as("email")

    @Slot()
    def reprint(self) -> None:
        """Print once more what is marked or under the cursor."""
        self.commands.reprint()

    def _lay_out(self) -> None:
        theme = self._desk.theme
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.table, 1)
        left.addWidget(Hairline(theme))
        left.addWidget(self.foot)
        content = QHBoxLayout()
        content.setSpacing(0)
        content.addLayout(left, 1)
        content.addWidget(Hairline(theme, vertical=True))
        content.addWidget(self.pane)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(Hairline(theme))
        column.addLayout(content, 1)
        self.table.set_empty(self.empty)

    def _connect(self) -> None:
        head, table, ways = self.head, self.table, self._desk.ways
        head.filter_changed.connect(self._list)
        head.register.clicked.connect(partial(ways.section_wanted.emit, "register"))
        head.test_page.clicked.connect(ways.envelope_test_wanted)
        head.letter.toggled.connect(self._fold)
        head.all_ready.clicked.connect(self.mark_ready)
        head.target_wanted.connect(self.commands.ask_target)
        table.row_activated.connect(ways.order_wanted)
        table.current_changed.connect(self._follow)
        table.marks_changed.connect(self.foot.plan_again)
        table.command_wanted.connect(lambda name: getattr(self, name)())
        table.context_wanted.connect(self.commands.open_menu)
        self.pane.wanted.connect(lambda what: self.commands.do_with_one(self.pane.row, what))
        self.pane.refused.connect(lambda order_id, why: self._refuse({order_id: why}))
        self.foot.checker.refused.connect(self._refuse)
        self.deeds.ended.connect(self._end_run)
        self.empty.action_chosen.connect(head.clear)
        self._pause.timeout.connect(self.refresh)
        self._ageing.timeout.connect(self.refresh)
        self._desk.news.changed.connect(self._hear)
        self._desk.theme.changed.connect(self._fold)

    def _show(self, queue: Queue) -> None:
        self.queue = queue
        self._list()
        self.foot.show_queue(queue)

    @Slot()
    def _list(self) -> None:
        """List what the filters let through."""
        if self.queue is None:
            return
        head, table = self.head, self.table
        head.show_queue(self.queue, table.refusals)
        explain_empty(self.empty, is_narrowed=head.is_narrowed)
        table.show_rows([row for row in self.queue.rows if head.lists(row, table.refusals)])
        self.foot.plan_again()
        self._follow()

    @Slot()
    def _follow(self) -> None:
        row = self.table.current_row()
        self.pane.show_row(row, self.table.refusals.get(row.order_id, "") if row else "")

    @Slot(object)
    def _refuse(self, refusals: dict[int, str]) -> None:
        self.table.refuse(refusals)
        if self.queue is not None:
            self.head.show_queue(self.queue, self.table.refusals)
        self._follow()

    @Slot(object)
    def _end_run(self, report: RunReport) -> None:
        self.table.refuse(report.left_out)
        self.table.mark_only(())
        self.refresh()

    def _explain(self, error: LoyalDeskError) -> None:
        explain_empty(self.empty, is_narrowed=False, trouble=str(error))
        self._desk.news.said.emit(str(error), False)

    @Slot(object)
    def _hear(self, changes: Changes) -> None:
        if not changes.touches(*MADE_OF, *BECOMES):
            return
        # An order that was refused may be in order now; a run only touches what it sends.
        if self.deeds.run is None and changes.touches(*MADE_OF):
            self.table.forget_refusals()
            self.foot.checker.forget()
            self.pane.read_again()
        if self.isVisible():
            self._pause.start()

    @Slot()
    def _fold(self) -> None:
        """Give the letter what room the list leaves; on a narrow page it is hidden till asked."""
        px, button = self._desk.theme.px, self.head.letter
        width = min(px(PREVIEW), max(self.width() - px(LEAST_LIST), 0))
        is_roomy = width >= px(LEAST_PREVIEW)
        button.setVisible(not is_roomy)
        button.setText(self.tr("Hide letter") if button.isChecked() else self.tr("Show letter"))
        self.pane.setFixedWidth(width if is_roomy else max(self.width() * 3 // 5, 1))
        self.pane.setVisible(is_roomy or button.isChecked())
        self.foot.fold()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ageing.start()
        self.refresh()
        QTimer.singleShot(0, self, self.focus_first)

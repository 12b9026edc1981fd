"""What do the keys, buttons and menus of the queue mean for what is marked or under the cursor?"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Slot
from PySide6.QtWidgets import QMenu

from loyaldesk.domain.acknowledgement_queue import QueueState
from loyaldesk.ui.acknowledgements.check_panel import BatchPlan
from loyaldesk.ui.acknowledgements.letter_run import RunItem

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from loyaldesk.queries.acknowledgements import QueueRow
    from loyaldesk.ui.acknowledgements.deeds import Deeds
    from loyaldesk.ui.acknowledgements.queue_table import QueueTable
    from loyaldesk.ui.desk import Desk

__all__ = ["QueueCommands"]


class QueueCommands(QObject):
    """Chooses the letters; what happens with them is in `Deeds`."""

    def __init__(self, desk: Desk, table: QueueTable, deeds: Deeds, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._table, self._deeds, self._page = desk, table, deeds, page

    def plan(self) -> BatchPlan:
        """Return what would go now, each by its customer's way, and what would stay."""
        marked = self._table.rows_of(self._table.marked)
        going = [row for row in marked if self._can_go(row)]
        return BatchPlan(
            tuple(row.order_id for row in going if row.letters_by != "email"),
            tuple(row.order_id for row in going if row.letters_by == "email"),
            len(marked) - len(going),
        )

    def mark_ready(self) -> None:
        """Mark every listed order whose letter can go, or none if all of them are marked."""
        ready = {row.order_id for row in self._table.listed if self._can_go(row)}
        self._table.mark_only(set() if ready == self._table.marked else ready)

    def send_as(self, channel: str) -> None:
        """Send every marked letter by print or email, or without a mark the one at the cursor."""
        going = [row for row in self._chosen() if self._can_go(row)]
        if going:
            self._deeds.send([RunItem(row.order_id, channel) for row in going])
        else:
            said = self.tr("Nothing here is ready to go; mark orders that are ready")
            self._desk.news.said.emit(said, False)

    @Slot(str)
    def run(self, wanted: str) -> None:
        """Send what is marked, each by its customer's way: all of it, or by one way only."""
        plan = self.plan()
        papers = [RunItem(order_id, "print") for order_id in plan.to_print]
        mails = [RunItem(order_id, "email") for order_id in plan.to_mail]
        items = {"send": papers + mails, "print": papers, "email": mails}
        self._deeds.send(items[wanted])

    @Slot()
    def reprint(self) -> None:
        """Print once more what is marked or under the cursor."""
        self._deeds.print_again(self._chosen())

    def do_with_one(self, row: QueueRow | None, wanted: str) -> None:
        """Open, print or mail one order, whatever its customer's way is."""
        if row is None:
            return
        if wanted == "edit":
            self._desk.ways.order_wanted.emit(row.order_id)
        else:
            self._deeds.send([RunItem(row.order_id, wanted)])

    @Slot(int, QPoint)
    def open_menu(self, order_id: int, at: QPoint) -> None:
        """Offer what can be done with an order."""
        rows = self._table.rows_of([order_id])
        if not rows:
            return
        row, ways, one = rows[0], self._desk.ways, partial(self.do_with_one, rows[0])
        can_go = self._can_go(row)
        choices: list[tuple[str, Callable[[], object], bool]] = [
            (self.tr("Open order"), partial(ways.order_wanted.emit, order_id), True),
            (
                self.tr("Show the letter…"),
                partial(ways.acknowledgement_wanted.emit, order_id),
                row.letter is None,
            ),
            (self.tr("Mark or unmark\tSpace"), self._table.toggle_marks, True),
            (self.tr("Print"), partial(one, "print"), can_go),
            (self.tr("E-mail"), partial(one, "email"), can_go),
            (self.tr("Print again…\tR"), partial(self._deeds.print_again, rows), _has_left(row)),
            (
                self.tr("E-mail with a word of yours…"),
                partial(ways.letter_mail_wanted.emit, row.letter.letter_id if row.letter else 0),
                row.letter is not None,
            ),
            (
                self.tr("It left: confirm"),
                partial(self._deeds.confirm, rows),
                row.state is QueueState.CONFIRM,
            ),
            (self.tr("Open customer"), partial(ways.customer_wanted.emit, row.customer_id), True),
            (self.tr("Copy rows"), self._table.copy_rows, True),
        ]
        menu = QMenu(self._page)
        for words, command, is_able in choices:
            action = menu.addAction(words)
            action.setEnabled(is_able)
            action.triggered.connect(lambda _=False, c=command: c())
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    @Slot()
    def ask_target(self) -> None:
        """Ask within how many working days orders are to be acknowledged."""
        from loyaldesk.ui.acknowledgements.target_dialog import TargetDialog

        TargetDialog(self._desk, parent=self._page).open()

    def _can_go(self, row: QueueRow) -> bool:
        return row.state.can_go and row.order_id not in self._table.refusals

    def _chosen(self) -> list[QueueRow]:
        current = self._table.current_row()
        return self._table.rows_of(self._table.marked) or ([current] if current else [])


def _has_left(row: QueueRow) -> bool:
    return row.letter is not None and row.state is not QueueState.WAITING

"""What can be done to an order and its lines? Buttons, keys and menus come here; all undoes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from loyaldesk.errors import LoyalDeskError
    from loyaldesk.queries.order_page import OrderLineRow
    from loyaldesk.queries.order_view import OrderView
    from loyaldesk.ui.desk import Desk

__all__ = ["OrderActions"]

Choice = tuple[str, "Callable[[], object]", bool]


class OrderActions(QObject):
    """Acts on the order that the page shows; nothing happens while none is shown."""

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page
        self.shown: OrderView | None = None

    def acknowledge(self) -> None:
        """Open the letter that confirms the order."""
        if self.shown is not None:
            self._desk.ways.acknowledgement_wanted.emit(self.shown.page.head.id)

    def invoice(self) -> None:
        """Post an invoice over what has shipped and is not invoiced yet."""
        from loyaldesk.operations.fulfilment import invoice_order

        if self.shown is not None:
            head = self.shown.page.head
            said = self.tr("Order {0} invoiced").format(head.number)
            self._write(invoice_order, said, order_id=head.id)

    def hold(self) -> None:
        """Ask why to hold the order, or release it if it is held or waits for its release."""
        if self.shown is None:
            return
        head = self.shown.page.head
        if head.hold_reason or head.released_on is None:
            self.release()
        else:
            self.ask_hold()

    def release(self) -> None:
        """Let the order go."""
        from loyaldesk.operations.orders import release_order

        if self.shown is not None:
            head = self.shown.page.head
            self._write(
                release_order, self.tr("Order {0} released").format(head.number), order_id=head.id
            )

    def ask_hold(self) -> None:
        """Ask why the order is held."""
        from loyaldesk.ui.orders.talk_dialogs import HoldDialog

        if self.shown is not None:
            HoldDialog(self._desk, self.shown.page.head, parent=self._page).open()

    def cancel(self) -> None:
        """Cancel the order; undo brings it back."""
        from loyaldesk.operations.orders import cancel_order

        if self.shown is not None:
            head = self.shown.page.head
            self._write(
                cancel_order, self.tr("Order {0} cancelled").format(head.number), order_id=head.id
            )

    def follow_up(self) -> None:
        """Record that somebody asked after the delivery today."""
        from loyaldesk.operations.orders import follow_up_order

        if self.shown is not None:
            head = self.shown.page.head
            said = self.tr("Order {0} followed up").format(head.number)
            self._write(follow_up_order, said, order_id=head.id)

    def write_note(self) -> None:
        """Write down a call about the order."""
        from loyaldesk.ui.orders.talk_dialogs import OrderNoteDialog

        if self.shown is not None:
            OrderNoteDialog(self._desk, self.shown.page.head, parent=self._page).open()

    def promise(self, line_id: int) -> None:
        """Ask for the day a line is promised for."""
        from loyaldesk.ui.orders.line_dialogs import PromiseDialog

        line = self._line(line_id)
        if line is not None:
            PromiseDialog(self._desk, line, parent=self._page).open()

    def ship(self, line_id: int) -> None:
        """Ask how much of a line has shipped."""
        from loyaldesk.ui.orders.line_dialogs import ShipDialog

        line = self._line(line_id)
        if line is not None and line.balance_milli:
            ShipDialog(self._desk, line, parent=self._page).open()

    def change_order(self) -> None:
        """Open what stands above the lines to be typed over."""
        from loyaldesk.ui.orders.change_order_dialog import ChangeOrderDialog

        if self.shown is not None:
            ChangeOrderDialog(self._desk, self.shown.page.head, parent=self._page).open()

    def change_lines(self) -> None:
        """Open the lines to be typed over."""
        from loyaldesk.ui.orders.change_lines_dialog import ChangeLinesDialog

        if self.shown is not None:
            ChangeLinesDialog(self._desk, self.shown.page, parent=self._page).open()

    def choose_files(self) -> None:
        """Choose files and file them with the order."""
        from loyaldesk.ui.papers.attach import choose_files

        if self.shown is not None:
            head = self.shown.page.head
            choose_files(self._desk, self._page, customer_id=head.customer_id, order_id=head.id)

    def file_dropped(self, paths: list[Path]) -> None:
        """File what was dropped with the order."""
        from loyaldesk.ui.papers.attach import attach_files

        if self.shown is not None and paths:
            head = self.shown.page.head
            attach_files(
                self._desk, self._page, paths, customer_id=head.customer_id, order_id=head.id
            )

    def open_more(self, at: QPoint) -> None:
        """Offer what has no button of its own."""
        if self.shown is None:
            return
        head = self.shown.page.head
        can_cancel = head.status in {"draft", "submitted", "acknowledged"}
        has_shipped = any(line.shipped_milli for line in self.shown.page.lines)
        ways = self._desk.ways
        self._offer(
            [
                (self.tr("Change order…"), self.change_order, head.status != "cancelled"),
                (self.tr("Change lines…"), self.change_lines, can_cancel),
                (self.tr("Hold…"), self.ask_hold, not head.hold_reason),
                (self.tr("Release"), self.release, True),
                (self.tr("Mark as followed up"), self.follow_up, has_shipped),
                (self.tr("Attach documents…"), self.choose_files, True),
                (
                    self.tr("Statement of account…"),
                    partial(ways.statement_wanted.emit, head.customer_id),
                    True,
                ),
                (
                    self.tr("New order for this customer…"),
                    partial(ways.new_order_wanted.emit, head.customer_id),
                    True,
                ),
                (self.tr("Cancel order"), self.cancel, can_cancel),
            ],
            at,
        )

    def open_line_menu(self, line_id: int, at: QPoint) -> None:
        """Offer what can be done to a line."""
        line = self._line(line_id)
        if line is not None:
            owed = bool(line.balance_milli)
            self._offer(
                [
                    (self.tr("Promise a day…\tF2"), partial(self.promise, line_id), True),
                    (self.tr("Record shipment…"), partial(self.ship, line_id), owed),
                ],
                at,
            )

    def _line(self, line_id: int) -> OrderLineRow | None:
        lines = self.shown.page.lines if self.shown else ()
        return next((line for line in lines if line.id == line_id), None)

    def _offer(self, choices: list[Choice], at: QPoint) -> None:
        menu = QMenu(self._page)
        for words, command, is_able in choices:
            action = menu.addAction(words)
            action.setEnabled(is_able)
            action.triggered.connect(lambda _=False, c=command: c())
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    def _write(self, operation: Any, said: str, **arguments: Any) -> None:
        self._desk.jobs.write(
            operation,
            owner=self,
            then=lambda _: self._desk.news.said.emit(said, True),
            failed=self._tell,
            **arguments,
        )

    def _tell(self, error: LoyalDeskError) -> None:
        self._desk.news.said.emit(str(error), False)

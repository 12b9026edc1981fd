"""One order from the first call to the last payment, each step with its paper."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QStackedWidget, QVBoxLayout

from loyaldesk.queries.order_view import read_order_view
from loyaldesk.ui.orders.order_actions import OrderActions
from loyaldesk.ui.orders.order_body import OrderBody
from loyaldesk.ui.orders.order_head import OrderHead
from loyaldesk.ui.orders.step_words import steps_of, way_of
from loyaldesk.ui.papers.drop import DropTarget
from loyaldesk.ui.record_line import RecordLine
from loyaldesk.ui.widgets.empty_state import EmptyReason, EmptyState
from loyaldesk.ui.widgets.panel import Ground, Hairline, Sheet
from loyaldesk.ui.widgets.step_bar import StepBar

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent, QShowEvent
    from PySide6.QtWidgets import QWidget

    from loyaldesk.errors import LoyalDeskError
    from loyaldesk.queries.order_view import OrderView
    from loyaldesk.store.changes import Changes
    from loyaldesk.ui.desk import Desk

__all__ = ["OrderPage"]

REREAD_MS = 50
TABLES = (
    "order_line", "invoice", "payment", "allocation", "document", "document_link", "letter",
    "activity", "customer",
)  # fmt: skip


class OrderPage(Sheet):
    """The page of one order; it reads itself again when its rows may have changed."""

    def __init__(self, desk: Desk, order_id: int, parent: QWidget | None = None) -> None:
        super().__init__(desk.theme, parent=parent)
        self._desk, self.order_id = desk, order_id
        self.view: OrderView | None = None
        self._is_stale = False
        self.record_line = RecordLine(desk, "order", order_id)
        self.head = OrderHead(desk)
        self.steps = StepBar(desk.theme, name=self.tr("Steps of the order"))
        self.body = OrderBody(desk)
        self.do = OrderActions(desk, self)
        self._gone = EmptyState(desk.theme)
        self._stack = QStackedWidget()
        self._reread = QTimer(self, interval=REREAD_MS, singleShot=True)
        self._lay_out()
        self._connect()
        self.refresh()

    def page_title(self) -> str:
        """Return the order's number."""
        if self.view is None:
            return self.tr("Order")
        return self.tr("Order {0}").format(self.view.page.head.number)

    @Slot()
    def refresh(self) -> None:
        """Read the order again."""
        self._is_stale = False
        self._desk.jobs.read(
            read_order_view,
            owner=self,
            then=self._show,
            failed=self._explain,
            replaces="order",
            order_id=self.order_id,
        )

    def focus_first(self) -> None:
        """Put the focus on the lines."""
        view = self.body.lines.view
        # Before the focus, or Qt would make the first row current without choosing it.
        if view.current_id() < 0 and view.model().rowCount():
            view.setCurrentIndex(view.model().index(0, 0))
        view.setFocus()

    @Slot()
    def acknowledge(self) -> None:
        """Open the letter that confirms the order."""
        self.do.acknowledge()

    @Slot()
    def attach(self) -> None:
        """Choose files and file them with this order."""
        self.do.choose_files()

    @Slot()
    def write_note(self) -> None:
        """Write down a call about this order."""
        self.do.write_note()

    @Slot()
    def print(self) -> None:
        """Open the last acknowledgement, which prints from there; without one, make it."""
        letters = self.view.page.acknowledgements if self.view else ()
        if letters:
            self._desk.ways.document_wanted.emit(letters[-1].document_id)
        else:
            self.acknowledge()

    def _lay_out(self) -> None:
        theme = self._desk.theme
        page = Sheet(theme)
        bar = Sheet(theme, Ground.WINDOW)
        in_bar = QVBoxLayout(bar)
        in_bar.setContentsMargins(0, 0, 0, 0)
        in_bar.addWidget(_scrolled(self.steps))
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.record_line, self.head, Hairline(theme), bar, Hairline(theme)):
            column.addWidget(part)
        column.addWidget(self.body, 1)
        self._stack.addWidget(page)
        self._stack.addWidget(self._gone)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)

    def _connect(self) -> None:
        body, ways = self.body, self._desk.ways
        self.head.wanted.connect(self._run)
        self.head.step_wanted.connect(self._step)
        self.steps.step_opened.connect(self._open_step)
        body.lines.promise_wanted.connect(self.do.promise)
        body.lines.line_context.connect(self.do.open_line_menu)
        body.record_wanted.connect(self._open_record)
        body.pane.acknowledge_wanted.connect(self.acknowledge)
        body.pane.letter_wanted.connect(ways.document_wanted)
        body.attach_wanted.connect(self.attach)
        words = self.tr("Drop to file it with this order")
        DropTarget(self._desk.theme, self, words=words, on_files=self.do.file_dropped)
        self.record_line.watch(self)
        self._desk.news.changed.connect(self._hear)
        self._reread.timeout.connect(self.refresh)
        for keys, by in (("Ctrl+Up", -1), ("Ctrl+Down", 1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self._step, by))

    def _show(self, view: OrderView) -> None:
        is_first = self.view is None
        self.view = self.do.shown = view
        self.head.show_order(view)
        self.steps.show_steps(steps_of(view, self._desk.formats, self._desk.today()))
        self.body.show_order(view)
        self._stack.setCurrentIndex(0)
        if is_first and self.isVisible():
            self.focus_first()

    def _explain(self, error: LoyalDeskError) -> None:
        title = self.tr("This order cannot be shown")
        self._gone.explain(EmptyReason.NOTHING_YET, title, str(error), icon="circle-x")
        self._stack.setCurrentIndex(1)

    @Slot(str)
    def _run(self, command: str) -> None:
        if self.view is None:
            return
        if command == "customer":
            self._desk.ways.customer_wanted.emit(self.view.page.head.customer_id)
        elif command == "orders":
            self._desk.ways.section_wanted.emit("orders")
        elif command == "more":
            button = self.head.more
            self.do.open_more(button.mapToGlobal(QPoint(0, button.height())))
        else:
            getattr(self.do, command)()

    @Slot(int)
    def _step(self, by: int) -> None:
        if self.view is not None:
            near = self.view.neighbours
            wanted = near.before if by < 0 else near.after
            if wanted is not None:
                self._desk.ways.order_wanted.emit(wanted)

    @Slot(int)
    def _open_step(self, number: int) -> None:
        if self.view is None:
            return
        kind, record_id = way_of(number, self.view.page)
        commands = {
            "received": self.attach,
            "acknowledged": self.acknowledge,
            "released": self.do.hold,
            "shipped": self.focus_first,
            "invoiced": self.do.invoice,
            "followed_up": self.write_note,
        }
        if kind == "paid":
            self._desk.ways.new_payment_wanted.emit(self.view.page.head.customer_id)
        elif kind in commands:
            commands[kind]()
        else:
            self._open_record(kind, record_id)

    @Slot(str, int)
    def _open_record(self, kind: str, record_id: int) -> None:
        wish: Any = getattr(self._desk.ways, f"{kind}_wanted", None)
        if wish is not None and (kind, record_id) != ("order", self.order_id):
            wish.emit(record_id)

    @Slot(object)
    def _hear(self, changes: Changes) -> None:
        if not (changes.touches_row("sales_order", self.order_id) or changes.touches(*TABLES)):
            return
        if self.isVisible():
            self._reread.start()
        else:
            self._is_stale = True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self.refresh()


class _StepArea(QScrollArea):
    """Lets the steps scroll sideways where large text leaves no room for all seven."""

    def sizeHint(self) -> QSize:
        steps = self.widget()
        return steps.sizeHint() if steps else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        steps = self.widget()
        if steps is not None:
            steps.setMinimumWidth(max(self.width(), steps.sizeHint().width()))


def _scrolled(steps: StepBar) -> _StepArea:
    area = _StepArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    area.viewport().setAutoFillBackground(False)
    steps.setAutoFillBackground(False)
    area.setWidget(steps)
    steps.setAutoFillBackground(False)
    return area

"""Everything about one customer on one page: who, what happened, what is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QVBoxLayout

from loyaldesk.queries.customer_page import read_customer_page
from loyaldesk.ui.customers.counter_bar import CounterBar
from loyaldesk.ui.customers.counter_ways import CounterWays
from loyaldesk.ui.customers.counter_words import counters_of
from loyaldesk.ui.customers.folding import folding_for
from loyaldesk.ui.customers.identity_bar import IdentityBar
from loyaldesk.ui.customers.left_column import LeftColumn
from loyaldesk.ui.customers.middle_column import MiddleColumn
from loyaldesk.ui.customers.page_body import PageBody
from loyaldesk.ui.customers.record_actions import RecordActions
from loyaldesk.ui.customers.record_menus import RecordMenus
from loyaldesk.ui.customers.right_column import RightColumn
from loyaldesk.ui.customers.timeline_rows import RowMaker
from loyaldesk.ui.customers.wording import Wording
from loyaldesk.ui.papers.attach import attach_files, choose_files
from loyaldesk.ui.papers.drop import DropTarget
from loyaldesk.ui.record_line import RecordLine
from loyaldesk.ui.widgets.empty_state import EmptyReason, EmptyState
from loyaldesk.ui.widgets.panel import Hairline, Sheet

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent, QShowEvent
    from PySide6.QtWidgets import QWidget

    from loyaldesk.errors import LoyalDeskError
    from loyaldesk.queries.customer_page import CustomerPage as PageRows
    from loyaldesk.store.changes import Changes
    from loyaldesk.ui.desk import Desk

__all__ = ["CustomerPage"]

READING_WORDS_MS, REREAD_MS = 150, 50
NAV_WIDTH, FRAME_HEIGHT = 184, 107
TABLES = (
    "contact", "address", "sales_order", "order_line", "invoice", "payment", "allocation",
    "document", "letter", "mail", "activity",
)  # fmt: skip


class CustomerPage(Sheet):
    """The page of one customer; it reads itself again when its rows may have changed."""

    title_changed = Signal(str)
    unsaved_changed = Signal(bool)

    def __init__(self, desk: Desk, customer_id: int, parent: QWidget | None = None) -> None:
        super().__init__(desk.theme, parent=parent)
        self._desk, self.customer_id = desk, customer_id
        self._rows: PageRows | None = None
        self._is_stale = False
        self.identity = IdentityBar(desk.theme)
        self.counters = CounterBar(desk.theme)
        self.record_line = RecordLine(desk, "customer", customer_id)
        self.left = LeftColumn(desk)
        self.middle = MiddleColumn(desk, customer_id)
        self.right = RightColumn(desk, customer_id)
        self.body = PageBody(desk, self.left, self.middle, self.right)
        self._gone = EmptyState(desk.theme)
        self._stack = QStackedWidget()
        self.actions_of_records = RecordActions(desk, self, customer_id)
        self._menus = RecordMenus(desk, self, self.actions_of_records)
        self._counter_ways = CounterWays(desk, self.body)
        self._reread = QTimer(self)
        self._reread.setSingleShot(True)
        self._reread.setInterval(REREAD_MS)
        self._lay_out()
        self._connect()
        self.refresh()

    @property
    def rows(self) -> PageRows | None:
        """What is shown, or None before the first answer."""
        return self._rows

    @property
    def gone_words(self) -> tuple[str, str]:
        """Why the page cannot be shown, as title and sentence."""
        return self._gone.words

    def page_title(self) -> str:
        """Return the customer's name."""
        return self._rows.head.name if self._rows else ""

    @Slot()
    def refresh(self) -> None:
        """Read the customer again."""
        self._is_stale = False
        self._desk.jobs.read(
            read_customer_page,
            owner=self,
            then=self._show,
            failed=self._explain,
            replaces="page",
            customer_id=self.customer_id,
            today=self._desk.today(),
            shown=self.middle.timeline.shown,
        )

    def focus_first(self) -> None:
        """Put the focus where a call starts: into the note, or else into the timeline."""
        note = self.middle.composer
        (note.text if note.isVisible() else self.middle.timeline.view).setFocus()

    @Slot()
    def write_note(self) -> None:
        """Start to write down a call."""
        self.middle.write_note()

    @Slot(str)
    def edit_customer(self, field: str = "") -> None:
        """Open the customer's form, at one field if it is named."""
        from loyaldesk.ui.customers.customer_dialog import CustomerDialog

        dialog = CustomerDialog(self._desk, self.customer_id, parent=self)
        dialog.start_at(field)
        dialog.open()

    @Slot()
    def add_contact(self) -> None:
        """Open the form of a new person."""
        self.actions_of_records.edit_contact(None)

    @Slot()
    def add_address(self) -> None:
        """Open the form of a new place."""
        self.actions_of_records.edit_address(None)

    @Slot()
    def attach(self) -> None:
        """Choose files and file them with this customer."""
        choose_files(self._desk, self, customer_id=self.customer_id)

    @Slot()
    def find(self) -> None:  # type: ignore[override]  # the menu's word; nobody asks Qt's by it
        """Find in the timeline."""
        self.middle.show_side(side=False)
        self.middle.timeline.focus_find()

    def _lay_out(self) -> None:
        page = Sheet(self._desk.theme)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.record_line, self.identity, Hairline(self._desk.theme), self.counters):
            column.addWidget(widget)
        column.addWidget(self.body, 1)
        ignored = QSizePolicy.Policy.Ignored  # what is hidden must not ask for room
        self._gone.setSizePolicy(ignored, ignored)
        self._stack.addWidget(page)
        self._stack.addWidget(self._gone)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)

    def _connect(self) -> None:
        do, menus = self.actions_of_records, self._menus
        for part in (self.identity, self.left, self.right):
            part.wanted.connect(self._run)
        self.counters.counter_chosen.connect(self._counter_ways.go)
        self.left.brief.line_opened.connect(self._counter_ways.go)
        self._counter_ways.edit_wanted.connect(self.edit_customer)
        self.left.person_wanted.connect(do.on_person)
        self.left.person_context.connect(menus.person_menu)
        self.left.place_wanted.connect(do.on_place)
        self.left.place_context.connect(menus.place_menu)
        self.right.document_context.connect(menus.document_menu)
        self.middle.composer.unsaved_changed.connect(self.unsaved_changed)
        self.middle.timeline.opened.connect(do.open_record)
        self.middle.timeline.context_wanted.connect(menus.entry_menu)
        self.record_line.watch(self)
        self._desk.news.changed.connect(self._hear)
        self._desk.theme.changed.connect(self._fold)
        self._reread.timeout.connect(self.refresh)
        DropTarget(
            self._desk.theme,
            self,
            words=self.tr("File with this customer"),
            on_files=lambda paths: attach_files(
                self._desk, self, paths, customer_id=self.customer_id
            ),
        )

    @Slot(str)
    def _run(self, command: str) -> None:
        ways, customer_id = self._desk.ways, self.customer_id
        wishes = {
            "new_order": ways.new_order_wanted,
            "new_invoice": ways.new_invoice_wanted,
            "new_payment": ways.new_payment_wanted,
            "statement": ways.statement_wanted,
        }
        if command in wishes:
            wishes[command].emit(customer_id)
        elif command == "call" and self._rows is not None:
            self.actions_of_records.call(self._rows.head.phone)
        elif command == "mail" and self._rows is not None:
            self.actions_of_records.write_mail(self._rows.head.email)
        elif command == "edit_notes":
            self.edit_customer("notes")
        elif command == "acknowledge":
            self._counter_ways.acknowledge()
        else:
            getattr(self, command)()

    def _show(self, rows: PageRows) -> None:
        first = self._rows is None
        self._rows = self.actions_of_records.shown = self._counter_ways.shown = rows
        say, as_of = Wording(self._desk.formats, rows.as_of), self._desk.now()
        waiting = [order.id for order in rows.open_orders if order.status == "submitted"]
        self.identity.show_customer(rows, as_of, say)
        self.counters.show_counters(counters_of(rows, say))
        self.left.show_customer(rows, as_of, say)
        self.right.show_customer(rows, say)
        self.middle.composer.show_choices(rows)
        maker = RowMaker(say, currency=rows.head.currency, waiting=waiting)
        self.middle.timeline.show_newest(rows.timeline, maker)
        self._stack.setCurrentIndex(0)
        self.title_changed.emit(rows.head.name)
        if first:
            self._fold()

    def _explain(self, error: LoyalDeskError) -> None:
        title = self.tr("This page cannot be shown")
        self._gone.explain(EmptyReason.NOTHING_YET, title, str(error), icon="circle-x")
        self._stack.setCurrentIndex(1)

    @Slot(object)
    def _hear(self, changes: Changes) -> None:
        if not (changes.touches_row("customer", self.customer_id) or changes.touches(*TABLES)):
            return
        if self.isVisible():
            self._reread.start()
        else:
            self._is_stale = True

    @Slot()
    def _fold(self) -> None:
        window, scale = self.window(), self._desk.theme.px(100) / 100
        width, height = window.width(), window.height()
        if window is self:
            width, height = width + NAV_WIDTH, height + FRAME_HEIGHT
        folding = folding_for(width / scale, height / scale)
        self.identity.fold(one_line=folding.one_meta_line, is_narrow=folding.left_is_tab)
        self.counters.fold(is_low=folding.is_low)
        self.body.fold(folding)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self.refresh()

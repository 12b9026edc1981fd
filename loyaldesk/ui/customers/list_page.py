"""All customers in one list, with the call brief of the one under the cursor beside it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout

from loyaldesk.queries.list_search import count_customers, search_customer_ids
from loyaldesk.queries.list_sums import sum_overdue
from loyaldesk.queries.lists import read_customer_rows
from loyaldesk.ui.customers.list_columns import customer_columns, export_headings, export_values
from loyaldesk.ui.lists.list_page import ListPage
from loyaldesk.ui.lists.plan import FilterChoice, ListPlan, ListWish
from loyaldesk.ui.widgets.panel import Ground, Hairline, Sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QWidget

    from loyaldesk.ui.customers.list_preview import CustomerPreview
    from loyaldesk.ui.desk import Desk

__all__ = ["CustomersPage"]

LEAST_WITH_PREVIEW, PREVIEW_WIDTH = 960, 320
_STATE = "customers.preview"
TABLES = ("customer", "contact", "address", "sales_order", "invoice", "allocation", "activity")

translate = QCoreApplication.translate


class CustomersPage(ListPage):
    """The list of customers; Enter opens one, Space shows or hides the preview."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, _plan(desk), parent)
        self.preview: CustomerPreview | None = None
        self._is_wanted: bool = desk.state.get(_STATE, True) is not False
        self._is_forced = False
        self._place = Sheet(desk.theme, Ground.WINDOW)
        self._place_column = QVBoxLayout(self._place)
        self._place_column.setContentsMargins(0, 0, 0, 0)
        self._line = Hairline(desk.theme, vertical=True)
        self.content.addWidget(self._line)
        self.content.addWidget(self._place)
        new = self.head.add_primary(desk.theme, self.tr("New customer"), "plus")
        new.clicked.connect(self.begin)
        self.opened.connect(desk.ways.customer_wanted)
        # Queued: who waits for the first rows goes first.
        self.rows_shown.connect(self._begin_preview, Qt.ConnectionType.QueuedConnection)
        self.list.view.current_changed.connect(self._follow)
        self.list.ids_shown.connect(self._choose_first)
        self.list.view.installEventFilter(self)
        desk.theme.changed.connect(self._fold)
        desk.news.changed.connect(self._hear)

    @Slot()
    def begin(self) -> None:
        """Open the form of a new customer."""
        self._desk.ways.new_customer_wanted.emit()

    def choices(self, row_id: int) -> Sequence[tuple[str, Callable[[], object]]]:
        """Offer the papers that can be made for a customer."""
        ways = self._desk.ways
        return (
            (self.tr("Statement of account…"), partial(ways.statement_wanted.emit, row_id)),
            (self.tr("New order…"), partial(ways.new_order_wanted.emit, row_id)),
            (self.tr("New invoice…"), partial(ways.new_invoice_wanted.emit, row_id)),
            (self.tr("Record payment…"), partial(ways.new_payment_wanted.emit, row_id)),
        )

    @Slot()
    def _begin_preview(self) -> None:
        # Imported here: the first rows do not wait for what the preview needs.
        from loyaldesk.ui.customers.list_preview import CustomerPreview

        self.preview = CustomerPreview(self._desk)
        self._place_column.addWidget(self.preview)
        self._choose_first()
        self._follow(self.list.view.current_id())

    @Slot()
    def _choose_first(self) -> None:
        view = self.list.view
        if self.preview is not None and view.current_id() < 0 and self.list.model.rowCount():
            view.setCurrentIndex(self.list.model.index(0, 0))

    @Slot(int)
    def _follow(self, customer_id: int) -> None:
        if self.preview is not None and self._place.isVisible():
            self.preview.show_customer(customer_id)

    @Slot(object)
    def _hear(self, changes: Any) -> None:
        if changes.touches(*TABLES) and self.isVisible():
            self._follow(self.list.view.current_id())

    @Slot()
    def _fold(self) -> None:
        theme = self._desk.theme
        roomy = self.width() >= theme.px(LEAST_WITH_PREVIEW)
        shown = self._is_forced or (self._is_wanted and roomy)
        was_shown = not self._place.isHidden()
        self._place.setFixedWidth(theme.px(PREVIEW_WIDTH))
        self._place.setVisible(shown)
        self._line.setVisible(shown)
        if shown and not was_shown:
            self._follow(self.list.view.current_id())

    def _toggle_preview(self) -> None:
        roomy = self.width() >= self._desk.theme.px(LEAST_WITH_PREVIEW)
        if roomy:
            self._is_wanted = self._place.isHidden()
            self._is_forced = False
            self._desk.state.put(_STATE, self._is_wanted)
        else:
            self._is_forced = self._place.isHidden()
        self._fold()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.list.view and _is_space(event):
            self._toggle_preview()
            return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()


def _is_space(event: QEvent) -> bool:
    if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
        return False
    return event.key() == Qt.Key.Key_Space and not event.modifiers()


def _plan(desk: Desk) -> ListPlan:
    def words(text: str) -> str:
        return translate("CustomersPage", text)

    return ListPlan(
        key="customers",
        title=words("Customers"),
        nouns=(words("customer"), words("customers")),
        columns=customer_columns(desk),
        filters=(
            FilterChoice("credit_hold", words("Credit hold or watch"), "hand"),
            FilterChoice("quiet", words("No contact > 60 d"), "clock"),
            FilterChoice("overdue", words("Overdue > 30"), "circle-alert"),
            FilterChoice("open_orders", words("Open orders"), "package"),
            FilterChoice("key_account", words("Key accounts"), "star"),
        ),
        first=ListWish("name"),
        list_ids=search_customer_ids,
        read_rows=read_customer_rows,
        count=count_customers,
        sums=sum_overdue,
        sum_words=words("Overdue in this list: {0}"),
        headings=export_headings(),
        values=export_values,
        tables=TABLES,
        nothing=(
            words("No customers yet"),
            words("Customers that you enter or import are listed here."),
            words("New customer"),
            "users",
        ),
        whose=(("mine", words("Mine")), ("", words("All"))),
    )

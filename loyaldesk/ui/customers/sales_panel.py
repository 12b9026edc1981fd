"""What did this customer buy: by month and by product, in a period of choice?"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from loyaldesk.queries.sales_history import read_month_sales, read_product_sales
from loyaldesk.ui.customers.side_list import SideList
from loyaldesk.ui.widgets.choices import Segment
from loyaldesk.ui.widgets.item_list import Item
from loyaldesk.ui.widgets.labels import TextLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.spans import Span
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from loyaldesk.queries.sales_history import MonthSales, ProductSales
    from loyaldesk.ui.customers.wording import Wording
    from loyaldesk.ui.desk import Desk

__all__ = ["SalesPanel", "period_start"]

MOST_PRODUCTS = 30
FIRST_DAY = date(1900, 1, 1)


def period_start(period: str, today: date) -> date:
    """Return the first day of “year” (twelve months), “this” (this year) or “all”."""
    if period == "this":
        return today.replace(month=1, day=1)
    return today - timedelta(days=365) if period == "year" else FIRST_DAY


class SalesPanel(QWidget):
    """The sales history; nothing is read before it is first unfolded."""

    def __init__(self, desk: Desk, customer_id: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._customer_id = desk, customer_id
        self._say: Wording | None = None
        self._is_wanted = False
        periods = [
            ("year", self.tr("12 months")),
            ("this", self.tr("This year")),
            ("all", self.tr("All")),
        ]
        self._period = Segment(desk.theme, periods, name=self.tr("Period"))
        self._products = SideList(desk.theme, name=self.tr("Sales by product"))
        self._months = SideList(desk.theme, name=self.tr("Sales by month"))
        self._state = TextLabel(desk.theme, "", TextStyle.SMALL, Tone.SECONDARY, wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._period)
        column.addWidget(self._state)
        for title, rows in (
            (self.tr("By product"), self._products),
            (self.tr("By month"), self._months),
        ):
            column.addWidget(TextLabel(desk.theme, title, TextStyle.SMALL_MEDIUM, Tone.SECONDARY))
            column.addWidget(rows)
        self._period.chosen_changed.connect(self._read)

    @property
    def shown(self) -> tuple[list[str], list[str]]:
        """The rows by product and by month, as they are read out."""
        products, months = self._products.entries, self._months.entries
        return [row.spoken for row in products], [row.spoken for row in months]

    def unfold(self, *, shown: bool) -> None:
        """Read when first shown, and again when something changed meanwhile."""
        self._is_wanted = shown
        if shown:
            self._read()

    def show_wording(self, say: Wording) -> None:
        """Say figures this way, and read again if the history is on screen."""
        self._say = say
        if self._is_wanted:
            self._read()

    @Slot()
    def _read(self) -> None:
        if not self._is_wanted or self._say is None:
            return
        today = self._say.today
        since = period_start(self._period.chosen, today)
        self._state.setText(self.tr("Reading the sales…"))
        self._state.show()
        for query, then, key in (
            (read_product_sales, self._show_products, "products"),
            (read_month_sales, self._show_months, "months"),
        ):
            self._desk.jobs.read(
                query,
                owner=self,
                then=then,
                replaces=key,
                customer_id=self._customer_id,
                since=since,
                until=today,
            )

    def _show_products(self, found: list[ProductSales]) -> None:
        say = self._say
        if say is None:
            return
        self._products.show_items([_product_item(row, say) for row in found[:MOST_PRODUCTS]])
        words = "" if found else self.tr("Nothing was ordered in this period.")
        if len(found) > MOST_PRODUCTS:
            words = self.tr("The {0} largest of {1} products").format(MOST_PRODUCTS, len(found))
        self._state.setText(words)
        self._state.setVisible(bool(words))

    def _show_months(self, found: list[MonthSales]) -> None:
        say = self._say
        if say is None:
            return
        self._months.show_items(
            [
                Item(
                    (row.month, row.net.currency),
                    [Span(_month_name(row.month, say))],
                    right=say.formats.money(row.net),
                    right_tone=Tone.TEXT,
                )
                for row in reversed(found)
            ]
        )


def _month_name(month: date, say: Wording) -> str:
    day = QDate(month.year, month.month, month.day)
    return QLocale(say.formats.tag).toString(day, "MMM yyyy")


def _product_item(row: ProductSales, say: Wording) -> Item:
    quantity = f"{say.formats.quantity(row.quantity_milli)} {row.unit}"
    return Item(
        (row.item_number, row.net.currency),
        [Span(row.description or row.item_number)],
        second=" · ".join(
            part for part in (row.item_number, quantity, say.day(row.last_on)) if part
        ),
        right=say.formats.money(row.net),
        right_tone=Tone.TEXT,
        tip=row.description,
    )

"""Is the order checked, was it acknowledged by phone, was the process explained?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from loyaldesk.operations.acknowledging import tick_phoned, tick_process_reviewed
from loyaldesk.ui.widgets.labels import SpanLabel
from loyaldesk.ui.widgets.marks import CheckBox
from loyaldesk.ui.widgets.spans import Span
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from datetime import date

    from loyaldesk.domain.verification import Verification
    from loyaldesk.errors import LoyalDeskError
    from loyaldesk.queries.order_page import OrderHead
    from loyaldesk.queries.order_view import OrderView
    from loyaldesk.ui.desk import Desk

__all__ = ["ToldPanel"]


class ToldPanel(QWidget):
    """The checks in one line, two ticks with their days, and how long such orders take."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._order_id = 0
        theme = desk.theme
        self.checks = SpanLabel(theme, wrap=True)
        self.usual = SpanLabel(theme, wrap=True)
        self.phone = CheckBox(theme)
        self.process = CheckBox(theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for part in (self.checks, self.phone, self.process, self.usual):
            column.addWidget(part)
        self.phone.clicked.connect(lambda on: self._tick(tick_phoned, is_done=on))
        self.process.clicked.connect(lambda on: self._tick(tick_process_reviewed, is_done=on))

    def show_order(self, view: OrderView) -> None:
        """Show what was ticked, and what an order like this takes."""
        head = view.page.head
        self._order_id = head.id
        self._show_checks(head, view.verification)
        self._show_tick(self.phone, self.tr("Acknowledged by phone"), head.phoned_on)
        words = self.tr("Explained: steps, dates, payment")
        self._show_tick(self.process, words, head.process_reviewed_on)
        usual = view.usual
        self.usual.setVisible(usual is not None)
        if usual is not None:
            ships, arrives = self._working_days(usual.lead_days), usual.transit_days
            words = self.tr("Usual: ships in {0}, arrives {1} later").format(
                ships, self._working_days(arrives)
            )
            self.usual.set_spans([Span.small(words)], icon="clock")

    def _show_checks(self, head: OrderHead, found: Verification) -> None:
        waits = head.status in {"draft", "submitted"}
        open_ones = (*found.stops, *found.open_looks)
        self.checks.setVisible(waits or bool(open_ones and head.shipped_on is None))
        if not open_ones:
            checked = Span.small(self.tr("Checked: it may be accepted"))
            self.checks.set_spans([checked], icon="check", icon_tone=Tone.OK)
            return
        more = self.tr(" (and {0} more)").format(len(open_ones) - 1) if len(open_ones) > 1 else ""
        self.checks.set_spans(
            [Span.small(open_ones[0].words + more)],
            icon="circle-x" if found.stops else "triangle-alert",
            icon_tone=Tone.BAD if found.stops else Tone.WARN,
        )

    def _tick(self, operation: Any, *, is_done: bool) -> None:
        said = self.tr("Ticked off") if is_done else self.tr("Tick taken away")
        self._desk.jobs.write(
            operation,
            owner=self,
            then=lambda _: self._desk.news.said.emit(said, True),
            failed=self._tell,
            order_id=self._order_id,
            is_done=is_done,
        )

    def _tell(self, error: LoyalDeskError) -> None:
        self._desk.news.said.emit(str(error), False)

    def _show_tick(self, box: CheckBox, words: str, on: date | None) -> None:
        day = f" · {self._desk.formats.date(on)}" if on else ""
        box.setText(words + day)
        box.setChecked(on is not None)
        box.updateGeometry()

    def _working_days(self, count: int) -> str:
        if count == 1:
            return self.tr("1 working day")
        return self.tr("{0} working days").format(self._desk.formats.number(count))

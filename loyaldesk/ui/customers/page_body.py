"""How do the three columns share the page, and where do they go when there is no room?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from loyaldesk.ui.widgets.panel import Ground, Hairline, Sheet

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from loyaldesk.ui.customers.folding import Folding
    from loyaldesk.ui.customers.left_column import LeftColumn
    from loyaldesk.ui.customers.middle_column import MiddleColumn
    from loyaldesk.ui.customers.right_column import RightColumn
    from loyaldesk.ui.desk import Desk

__all__ = ["PageBody"]

_STATE = "customer.columns"
_HANDLE = 6


class PageBody(QWidget):
    """Left, middle and right with movable borders; the right one may become a drawer."""

    def __init__(
        self, desk: Desk, left: LeftColumn, middle: MiddleColumn, right: RightColumn
    ) -> None:
        super().__init__()
        self._desk = desk
        self.left, self.middle, self.right = left, middle, right
        self._folding: Folding | None = None
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(_HANDLE)
        self.splitter.setChildrenCollapsible(False)
        for column in (left, middle, right):
            self.splitter.addWidget(column)
        self.splitter.setStretchFactor(1, 1)
        self._drawer = Sheet(desk.theme, Ground.WINDOW, self)
        row = QHBoxLayout(self._drawer)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(Hairline(desk.theme, vertical=True))
        self._drawer.hide()
        column_layout = QVBoxLayout(self)
        column_layout.setContentsMargins(0, 0, 0, 0)
        column_layout.addWidget(self.splitter)
        self.splitter.splitterMoved.connect(self._keep_widths)

    @property
    def is_drawer_open(self) -> bool:
        """Whether the right column lies over the others."""
        return self._drawer.isVisibleTo(self)

    def fold(self, folding: Folding) -> None:
        """Arrange the columns for a window of another size."""
        before, self._folding = self._folding, folding
        if before is None or before.right_is_drawer != folding.right_is_drawer:
            self._move_right(drawer=folding.right_is_drawer)
        if before is None or before.left_is_tab != folding.left_is_tab:
            self._move_left(tab=folding.left_is_tab)
        self.middle.set_low(is_low=folding.is_low, is_narrow=folding.left_is_tab)
        if before is None or (before.left, before.right) != (folding.left, folding.right):
            self._restore_widths()
        self.left.fit(is_low=folding.is_low)
        self.right.fit(is_low=folding.is_low)

    def show_right(self, section: str) -> None:
        """Bring a section of the right column into sight, opening the drawer if there is one."""
        if self._folding is not None and self._folding.right_is_drawer:
            self._drawer.show()
            self._drawer.raise_()
            self._place_drawer()
        self.right.show_section(section)

    def show_left(self, section: str) -> None:
        """Bring a section of the left column into sight, wherever the column stands."""
        self.middle.show_side(side=True)
        self.left.show_section(section)

    @Slot()
    def close_drawer(self) -> None:
        """Put the drawer away."""
        self._drawer.hide()

    def _move_right(self, *, drawer: bool) -> None:
        self._drawer.hide()
        layout = self._drawer.layout()
        if drawer and layout is not None:
            layout.addWidget(self.right)
        elif self.right.parentWidget() is not self.splitter:
            self.splitter.addWidget(self.right)
        self.right.show()

    def _move_left(self, *, tab: bool) -> None:
        if tab:
            self.middle.take_side(self.left)
        elif self.left.parentWidget() is not self.splitter:
            self.middle.give_back_side()
            self.splitter.insertWidget(0, self.left)
            self.left.show()

    def _restore_widths(self) -> None:
        folding = self._folding
        if folding is None:
            return
        kept = self._desk.state.get(_STATE, {})
        px = self._desk.theme.px
        left = px(kept.get("left", folding.left))
        right = px(kept.get("right", folding.right))
        shown = [self.splitter.widget(index) for index in range(self.splitter.count())]
        rest = max(self.width() - left - right, px(320))
        widths = {self.left: left, self.right: right, self.middle: rest}
        self.splitter.setSizes([widths[column] for column in shown])  # type: ignore[index]

    @Slot()
    def _keep_widths(self) -> None:
        if self.splitter.count() == len(("left", "middle", "right")):
            scale = self._desk.theme.px(100) / 100
            left, _, right = self.splitter.sizes()
            widths = {"left": round(left / scale), "right": round(right / scale)}
            self._desk.state.put(_STATE, widths)

    def _place_drawer(self) -> None:
        width = min(self._desk.theme.px(self._folding.right if self._folding else 336),
                    self.width())  # fmt: skip
        self._drawer.setGeometry(QRect(self.width() - width, 0, width, self.height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_drawer()
        if not event.oldSize().isValid() or event.oldSize().width() <= 0:
            self._restore_widths()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.is_drawer_open:
            self.close_drawer()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._restore_widths()

"""How do the sections of a side column stand, fold and remember, and what folds when it is low?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from loyaldesk.ui.widgets.panel import Ground, Hairline, Sheet
from loyaldesk.ui.widgets.section_head import SectionHead

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from loyaldesk.settings import UiState
    from loyaldesk.ui.widgets.theme import Theme

__all__ = ["SideColumn", "SideSection"]

_FOLDED = "customer.folded"
_SPACE = 6


class SideSection(QWidget):
    """A head, what it heads, and a line below; whether it is folded is remembered by its key."""

    def __init__(
        self, theme: Theme, state: UiState, key: str, title: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.key = key
        self._state = state
        self._by_itself, self._usually_folded = False, False
        self.head = SectionHead(theme, title)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.head)
        self._space = QWidget()
        self._space.setFixedHeight(_SPACE)
        self._column.addWidget(self._space)
        self._column.addWidget(Hairline(theme))
        self.head.add_body(self._space)
        self.head.folded_changed.connect(self._remember)
        if self.wish is not None:
            self.head.fold(self.wish)

    @property
    def wish(self) -> bool | None:
        """What the person chose: folded, open, or nothing yet."""
        wish: bool | None = self._state.get(_FOLDED, {}).get(self.key)
        return wish

    def add_body(self, body: QWidget) -> None:
        """Put a widget under the head; it hides while the section is folded."""
        self._column.insertWidget(self._column.count() - 2, body)
        self.head.add_body(body)

    def start_folded(self) -> None:
        """Be folded until the person opens it, however high the window is."""
        self._usually_folded = True
        self.fold_by_itself(True)

    @property
    def is_usually_folded(self) -> bool:
        """Whether it stands folded without anybody's wish."""
        return self._usually_folded

    def fold_by_itself(self, folded: bool) -> None:
        """Fold or open without taking it for the person's wish."""
        self._by_itself = True
        self.head.fold(folded)
        self._by_itself = False

    @Slot(bool)
    def _remember(self, folded: bool) -> None:
        if not self._by_itself:
            self._state.put(_FOLDED, {**self._state.get(_FOLDED, {}), self.key: folded})


class SideColumn(QScrollArea):
    """A column of sections; in a low window those nobody touched fold from the bottom up."""

    def __init__(self, theme: Theme, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._sections: list[SideSection] = []
        self._widgets: list[QWidget] = []
        self._is_low = False
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        sheet = Sheet(theme, Ground.WINDOW)
        self.content = QVBoxLayout(sheet)
        self.content.setContentsMargins(12, 10, 12, 12)
        self.content.setSpacing(6)
        self.content.addStretch(1)
        self.setWidget(sheet)

    @property
    def sections(self) -> list[SideSection]:
        """The sections from top to bottom."""
        return list(self._sections)

    def add_widget(self, widget: QWidget) -> None:
        """Put something that never folds under what is there."""
        self._widgets.append(widget)
        self.content.insertWidget(self.content.count() - 1, widget)

    def add_section(self, section: SideSection) -> None:
        """Put a section under what is there."""
        self._sections.append(section)
        self.add_widget(section)

    def show_section(self, key: str) -> None:
        """Open a section and scroll to it."""
        section = next((s for s in self._sections if s.key == key), None)
        if section is not None:
            section.fold_by_itself(False)
            self.content.activate()
            self.ensureWidgetVisible(section, 0, 0)

    def fit(self, *, is_low: bool) -> None:
        """Fold from the bottom up in a low window until all fits; open them again in a high one."""
        self._is_low = is_low
        free = [s for s in self._sections if s.wish is None and not s.is_usually_folded]
        for section in free:
            section.fold_by_itself(False)
        if not is_low:
            return
        for section in reversed(free):
            if self._needed() <= self.viewport().height():
                return
            section.fold_by_itself(True)

    def _needed(self) -> int:
        """Return the height of everything; asked anew, as Qt answers only after the next event."""
        margins = self.content.contentsMargins()
        width = self.viewport().width() - margins.left() - margins.right()
        shown = [widget for widget in self._widgets if not widget.isHidden()]
        heights = [_height_of(widget, width) for widget in shown]
        gaps = self.content.spacing() * len(heights)
        return sum(heights) + gaps + margins.top() + margins.bottom()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(300), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(200), self._theme.px(80))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._is_low and event.size().height() != event.oldSize().height():
            self.fit(is_low=True)


def _height_of(widget: QWidget, width: int) -> int:
    layout = widget.layout()
    if layout is None:
        return widget.sizeHint().height()
    layout.invalidate()
    if layout.hasHeightForWidth():
        return layout.totalHeightForWidth(width)
    return layout.totalSizeHint().height()

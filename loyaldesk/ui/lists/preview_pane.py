"""How does a page show beside its list what is under the cursor, where there is room for it?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout

from loyaldesk.ui.widgets.panel import Ground, Hairline, Sheet

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QShowEvent
    from PySide6.QtWidgets import QWidget

    from loyaldesk.ui.desk import Desk
    from loyaldesk.ui.lists.list_page import ListPage

__all__ = ["PreviewPane"]

LEAST_PAGE = 960


class PreviewPane(Sheet):
    """The right side of a list's page; Space in the list shows or hides it.

    `make` returns what stands in it, once the first rows are on the screen; `show_current` puts
    the record under the cursor there and is called only while it can be seen. What the person
    wants is remembered; on a narrow page it is hidden until asked for. `width` is in pixels at
    100 %.
    """

    def __init__(
        self,
        desk: Desk,
        page: ListPage,
        *,
        width: int,
        make: Callable[[], QWidget],
        show_current: Callable[[], object],
    ) -> None:
        super().__init__(desk.theme, Ground.WINDOW, page)
        self._desk, self._page, self._pixels = desk, page, width
        self._make, self._show_current = make, show_current
        self._key = f"{page.plan.key}.preview"
        self._is_wanted = desk.state.get(self._key, True) is not False
        self._is_forced = self._is_made = False
        self._line = Hairline(desk.theme, vertical=True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        page.content.addWidget(self._line)
        page.content.addWidget(self)
        self._connect(page)
        self._fold()

    @Slot()
    def follow(self) -> None:
        """Show the record under the cursor, if the pane can be seen."""
        if self._is_made and self.isVisible():
            self._show_current()

    def _connect(self, page: ListPage) -> None:
        # Queued: who waits for the first rows goes first.
        page.rows_shown.connect(self._begin, Qt.ConnectionType.QueuedConnection)
        page.list.view.current_changed.connect(self.follow)
        page.list.ids_shown.connect(self._choose_first)
        page.list.view.installEventFilter(self)
        page.installEventFilter(self)
        self._desk.theme.changed.connect(self._fold)

    @Slot()
    def _begin(self) -> None:
        made = self._make()
        self._column.addWidget(made)
        # Qt would show it in the next turn only.
        made.show()
        self._is_made = True
        self._choose_first()
        self.follow()

    @Slot()
    def _choose_first(self) -> None:
        if self._is_made:
            self._page.list.choose_first()

    @Slot()
    def _fold(self) -> None:
        width = min(self._desk.theme.px(self._pixels), max(self._page.width() // 2, 1))
        shown = self._is_forced or (self._is_wanted and self._is_roomy())
        self.setFixedWidth(width)
        self.setVisible(shown)
        self._line.setVisible(shown)

    def _is_roomy(self) -> bool:
        return self._page.width() >= self._desk.theme.px(LEAST_PAGE)

    def _toggle(self) -> None:
        if self._is_roomy():
            self._is_wanted, self._is_forced = self.isHidden(), False
            self._desk.state.put(self._key, self._is_wanted)
        else:
            self._is_forced = self.isHidden()
        self._fold()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._page and event.type() is QEvent.Type.Resize:
            self._fold()
        elif watched is self._page.list.view and _is_space(event):
            self._toggle()
            return True
        return super().eventFilter(watched, event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.follow()


def _is_space(event: QEvent) -> bool:
    if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
        return False
    return event.key() == Qt.Key.Key_Space and not event.modifiers()

"""How is a list narrowed: words typed, whose, and filters that are on or off?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout

from loyaldesk.ui.widgets.choices import FilterChip, Segment
from loyaldesk.ui.widgets.fields import LineEdit
from loyaldesk.ui.widgets.flow_layout import FlowLayout
from loyaldesk.ui.widgets.panel import Ground, Sheet

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from loyaldesk.ui.lists.plan import ListPlan, ListWish
    from loyaldesk.ui.widgets.theme import Theme

__all__ = ["FilterBar"]

_WIDTH = 232
_TO_LIST = {Qt.Key.Key_Down, Qt.Key.Key_PageDown}
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class FilterBar(Sheet):
    """A box for words and one chip per filter; `wish` is what is chosen, but for the order."""

    wish_changed = Signal()
    list_wanted = Signal()
    opening_wanted = Signal()

    def __init__(self, theme: Theme, plan: ListPlan, parent: QWidget | None = None) -> None:
        super().__init__(theme, Ground.WINDOW, parent)
        self._plan, self._is_filling = plan, False
        self._theme = theme
        self.box = LineEdit(
            theme,
            placeholder=self.tr("Type to filter this list"),
            icon="search",
            clearable=True,
            name=self.tr("Filter {0}").format(plan.title),
        )
        self.box.installEventFilter(self)
        self.chips = {c.key: FilterChip(theme, c.text, icon=c.icon) for c in plan.filters}
        self.whose = Segment(theme, plan.whose, name=self.tr("Whose")) if plan.whose else None
        if self.whose is not None:
            self.whose.choose("")
        self._lay_out()
        self._fit_box()
        theme.changed.connect(self._fit_box)
        self.box.textChanged.connect(self._tell)
        for chip in self.chips.values():
            chip.toggled.connect(self._tell)
        if self.whose is not None:
            self.whose.chosen_changed.connect(self._tell)

    def wish(self, order: ListWish) -> ListWish:
        """Return what is chosen, in the order of another wish."""
        filters = frozenset(key for key, chip in self.chips.items() if chip.isChecked())
        whose = self.whose.chosen if self.whose is not None else ""
        return replace(order, filters=filters, whose=whose, text=self.box.text())

    def show_wish(self, wish: ListWish) -> None:
        """Choose what a kept view asks for, as one change."""
        self._is_filling = True
        self.box.setText(wish.text)
        for key, chip in self.chips.items():
            chip.setChecked(key in wish.filters)
        if self.whose is not None:
            self.whose.choose(wish.whose)
        self._is_filling = False
        self.wish_changed.emit()

    def words(self, wish: ListWish) -> list[str]:
        """Return the filters of a wish in words, for the foot and the empty list."""
        said = [f"“{wish.text.strip()}”"] if wish.text.strip() else []
        said += [text for key, text in self._plan.whose if key and key == wish.whose]
        return said + [c.text for c in self._plan.filters if c.key in wish.filters]

    def type_into(self, text: str) -> None:
        """Go on in the box with what was typed into the list."""
        self.box.setFocus()
        self.box.insert(text)

    def _lay_out(self) -> None:
        flow = FlowLayout()
        flow.addWidget(self.box)
        if self.whose is not None:
            flow.addWidget(self.whose)
        for chip in self.chips.values():
            flow.addWidget(chip)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 0, 16, 8)
        column.addLayout(flow)

    @Slot()
    def _fit_box(self) -> None:
        self.box.setFixedWidth(self._theme.px(_WIDTH))

    @Slot()
    def _tell(self) -> None:
        if not self._is_filling:
            self.wish_changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress
        if watched is self.box and pressed and self._take_key(cast("QKeyEvent", event)):
            return True
        return super().eventFilter(watched, event)

    def _take_key(self, event: QKeyEvent) -> bool:
        if event.key() in _TO_LIST:
            self.list_wanted.emit()
        elif event.key() in _ENTER:
            self.opening_wanted.emit()
        elif event.key() == Qt.Key.Key_Escape and self.box.text():
            self.box.clear()
        elif event.key() == Qt.Key.Key_Escape:
            self.list_wanted.emit()
        else:
            return False
        return True

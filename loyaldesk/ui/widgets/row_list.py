"""What do the lists with painted rows share: entries, hover, keys and what is read out?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from loyaldesk.ui.widgets.plain_text import plain_tooltip
from loyaldesk.ui.widgets.strokes import paint_ring

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from loyaldesk.ui.widgets.theme import Theme

__all__ = ["Entry", "RowDelegate", "RowList", "RowState"]

_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
_TIP = int(Qt.ItemDataRole.ToolTipRole)
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_STEPS: dict[int, Qt.Key] = {Qt.Key.Key_J: Qt.Key.Key_Down, Qt.Key.Key_K: Qt.Key.Key_Up}
_Index = QModelIndex | QPersistentModelIndex


class Entry(Protocol):
    """A row that a painted list can show."""

    @property
    def key(self) -> Hashable:
        """What the row is known by."""

    @property
    def spoken(self) -> str:
        """The row as a sentence."""

    @property
    def is_choosable(self) -> bool:
        """Whether the cursor can stand on it."""


class _Rows(QAbstractListModel):
    """The entries of a painted list."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[Any] = []

    def replace(self, entries: Sequence[Entry]) -> None:
        """Show other entries."""
        self.beginResetModel()
        self.entries = list(entries)
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: _Index, role: int = _DISPLAY) -> Any:
        if role in {_DISPLAY, _SPOKEN}:
            return self.entries[index.row()].spoken
        if role == _TIP:
            return plain_tooltip(getattr(self.entries[index.row()], "tip", ""))
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if not index.isValid() or not self.entries[index.row()].is_choosable:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class RowState:
    """How a row stands at the moment it is painted."""

    __slots__ = ("focused", "hovered", "selected")

    def __init__(self, option: QStyleOptionViewItem) -> None:
        state = option.state
        self.selected = bool(state & QStyle.StateFlag.State_Selected)
        self.hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        self.focused = bool(state & QStyle.StateFlag.State_HasFocus)


class RowDelegate(QStyledItemDelegate):
    """Hands a row's entry to `paint_entry` and asks `entry_height` for its height."""

    def __init__(self, theme: Theme, rows: RowList) -> None:
        super().__init__(rows)
        self._theme, self._list = theme, rows

    def paint_entry(
        self, painter: QPainter, option: QStyleOptionViewItem, entry: Any, state: RowState
    ) -> None:
        """Paint one row into `option.rect`."""

    def entry_height(self, entry: Any) -> int:
        """Return the height of a row in pixels."""
        del entry
        return self._theme.metrics.list_row

    def paint_edge(self, painter: QPainter, option: QStyleOptionViewItem, state: RowState) -> None:
        """Paint ground and edge of a hovered or selected row, right across the list."""
        tokens, rect = self._theme.tokens, option.rect
        if state.selected:
            painter.fillRect(rect, tokens.sel)
            edge = tokens.accent if self._list.hasFocus() else tokens.line2
            painter.fillRect(rect.left(), rect.top(), 3, rect.height(), edge)
        elif state.hovered:
            painter.fillRect(rect, tokens.hover)
        elif state.focused:
            paint_ring(painter, rect, tokens.accent)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        painter.save()
        entry = self._list.entries[index.row()]
        self.paint_entry(painter, option, entry, RowState(option))
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(0, self.entry_height(self._list.entries[index.row()]))


class RowList(QListView):
    """A list of painted rows that keeps its cursor by key when the rows change."""

    row_activated = Signal(object)
    row_chosen = Signal(object)
    row_context = Signal(object, QPoint)

    def __init__(self, theme: Theme, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows = _Rows()
        self._scrolling = True
        self.setModel(self._rows)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.doubleClicked.connect(self._activate)
        self.selectionModel().currentChanged.connect(self._tell_chosen)
        theme.changed.connect(self._fit_theme)

    @property
    def entries(self) -> list[Any]:
        """The rows from first to last."""
        return self._rows.entries

    @property
    def chosen_key(self) -> Any:
        """The key of the row under the cursor, or None."""
        row = self.currentIndex().row()
        return self.entries[row].key if 0 <= row < len(self.entries) else None

    def choose(self, key: Hashable) -> bool:
        """Put the cursor on a row; False if there is no such row."""
        for row, entry in enumerate(self.entries):
            if entry.key == key:
                self.setCurrentIndex(self._rows.index(row))
                return True
        return False

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show other rows; the cursor stays on its row if it is still there."""
        key, scrolled = self.chosen_key, self.verticalScrollBar().value()
        self.selectionModel().blockSignals(True)
        self._rows.replace(entries)
        kept = key is not None and self.choose(key)
        self.selectionModel().blockSignals(False)
        self.verticalScrollBar().setValue(scrolled)
        self._fit_theme()
        if key is not None and not kept:
            self.row_chosen.emit(None)

    def set_scrolling(self, *, scrolling: bool) -> None:
        """Let the list scroll, or grow to its rows inside a column that scrolls."""
        self._scrolling = scrolling
        policy = QSizePolicy.Policy.Expanding if scrolling else QSizePolicy.Policy.Fixed
        self.setSizePolicy(QSizePolicy.Policy.Preferred, policy)
        off, needed = Qt.ScrollBarPolicy.ScrollBarAlwaysOff, Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.setVerticalScrollBarPolicy(needed if scrolling else off)
        self.updateGeometry()

    @Slot()
    def _fit_theme(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.updateGeometry()
        self.viewport().update()

    @Slot(QModelIndex)
    def _activate(self, index: QModelIndex) -> None:
        if index.isValid():
            self.row_activated.emit(self.entries[index.row()].key)

    @Slot(QModelIndex)
    def _tell_chosen(self, index: QModelIndex) -> None:
        if index.isValid():
            self.row_chosen.emit(self.entries[index.row()].key)

    def _content_height(self) -> int:
        delegate = self.itemDelegate()
        if not isinstance(delegate, RowDelegate):
            return 0
        return sum(delegate.entry_height(entry) for entry in self.entries)

    def sizeHint(self) -> QSize:
        height = super().sizeHint().height() if self._scrolling else self._content_height()
        return QSize(self._theme.px(160), height)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(48), 0 if self._scrolling else self._content_height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(event.key())
        if event.key() in _ENTER:
            self._activate(self.currentIndex())
        elif step is not None and not event.modifiers():
            super().keyPressEvent(QKeyEvent(event.type(), step, event.modifiers()))
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
        index = self.indexAt(event.pos()) if by_mouse else self.currentIndex()
        if index.isValid():
            below = self.viewport().mapToGlobal(self.visualRect(index).bottomLeft())
            at = event.globalPos() if by_mouse else below
            self.row_context.emit(self.entries[index.row()].key, at)

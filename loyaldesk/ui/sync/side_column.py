"""What needs somebody, what waits, what was merged: four short lists below each other."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from loyaldesk.ui.sync.side_items import conflict_item, merge_item, refused_item, waiting_item
from loyaldesk.ui.sync.side_rows import SideRows
from loyaldesk.ui.widgets.labels import TextLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.panel import Ground, Sheet
from loyaldesk.ui.widgets.section_head import SectionHead
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from loyaldesk.queries.sync_page import SyncPageRows
    from loyaldesk.ui.desk import Desk
    from loyaldesk.ui.widgets.item_list import Item

__all__ = ["SideColumn"]


class SideColumn(QScrollArea):
    """The lists; the cursor is in one of them, and `chosen` carries its row's key.

    Tab stops at the list with the cursor alone, and the arrows lead from list to list. `entered`
    tells that the person wants into what is shown beside.
    """

    chosen = Signal(object)
    entered = Signal()
    undo_wanted = Signal(int)
    context_wanted = Signal(object, QPoint)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.lists: dict[str, SideRows] = {}
        self.heads: dict[str, SectionHead] = {}
        self._nothing: dict[str, TextLabel] = {}
        content = Sheet(desk.theme, Ground.WINDOW)
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(12, 8, 12, 8)
        self._column.setSpacing(4)
        for key, title, nothing in self._sections():
            self._add(key, title, nothing)
        self._column.addStretch(1)
        self.setAccessibleName(self.tr("What waits and what met"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(content)

    @property
    def chosen_key(self) -> Any:
        """The key of the row under the cursor, or None."""
        keys = (each.chosen_key for each in self.lists.values() if each.chosen_key is not None)
        return next(keys, None)

    def show_rows(self, rows: SyncPageRows) -> None:
        """Show what there is; the cursor stays on its row if that is still there."""
        desk, number = self._desk, self._desk.formats.number
        self._fill("conflict", [conflict_item(each, desk) for each in rows.conflicts])
        self._fill("refused", [refused_item(each, desk) for each in rows.refused])
        self._fill("waiting", [waiting_item(each, desk) for each in rows.waiting])
        self._fill("merge", [merge_item(each, desk) for each in rows.merges])
        if rows.waiting_count > len(rows.waiting):
            self.heads["waiting"].set_answer(
                self.tr("the first {0} are shown").format(number(len(rows.waiting)))
            )
        self.heads["waiting"].set_count(number(rows.waiting_count) if rows.waiting_count else "")
        self._let_tab_in()

    def choose(self, key: Hashable) -> bool:
        """Put the cursor on a row, in whichever list it stands; False if it stands in none."""
        return any(each.choose(key) for each in self.lists.values())

    def choose_first(self) -> bool:
        """Put the cursor on the first row there is; False if there is none."""
        for each in self.lists.values():
            if each.entries:
                return each.choose(each.entries[0].key)
        return False

    def focus_first(self) -> None:
        """Put the keyboard into the list with the cursor."""
        self._with_cursor().setFocus()

    def _sections(self) -> Sequence[tuple[str, str, str]]:
        return (
            ("conflict", self.tr("Conflicts"), self.tr("No two edits wait for a decision.")),
            ("refused", self.tr("Not taken by the hub"), self.tr("Everything was taken.")),
            ("waiting", self.tr("Waiting to go out"), self.tr("Everything has gone out.")),
            (
                "merge",
                self.tr("Merged for you, 30 days"),
                self.tr("Nobody else changed what you changed."),
            ),
        )

    def _add(self, key: str, title: str, nothing: str) -> None:
        theme = self._desk.theme
        head = self.heads[key] = SectionHead(theme, title, foldable=False)
        rows = self.lists[key] = SideRows(theme, name=title)
        words = TextLabel(theme, nothing, TextStyle.SMALL, Tone.MUTED, wrap=True)
        self._nothing[key] = words
        # Said once the rows were read.
        words.hide()
        for part in (head, rows, words):
            self._column.addWidget(part)
        self._column.addSpacing(theme.px(8))
        rows.row_chosen.connect(partial(self._tell, key))
        rows.row_activated.connect(partial(self._enter, key))
        rows.left.connect(partial(self._step, key))
        rows.row_context.connect(self.context_wanted)
        rows.item_action.connect(self._act)

    def _fill(self, key: str, items: Sequence[Item]) -> None:
        rows = self.lists[key]
        rows.show_items(items)
        rows.setVisible(bool(items))
        self._nothing[key].setVisible(not items)
        self.heads[key].set_count(self._desk.formats.number(len(items)) if items else "")
        self.heads[key].set_answer("")

    def _tell(self, section: str, key: object) -> None:
        if key is None:
            return
        for name, rows in self.lists.items():
            if name != section:
                rows.selectionModel().clear()
        self._let_tab_in()
        self.chosen.emit(key)

    def _enter(self, section: str, key: object) -> None:
        self._tell(section, key)
        self.entered.emit()

    def _step(self, section: str, by: int) -> None:
        """Go on in the next list that has rows, below or above."""
        names = list(self.lists)
        at = names.index(section)
        beyond = names[at + 1 :] if by > 0 else reversed(names[:at])
        following = next((self.lists[name] for name in beyond if self.lists[name].entries), None)
        if following is not None:
            following.choose_end(last=by < 0)

    def _with_cursor(self) -> SideRows:
        kept = (each for each in self.lists.values() if each.chosen_key is not None)
        return next(kept, self.lists["conflict"])

    def _let_tab_in(self) -> None:
        # A list that Tab enters takes the cursor: it would move while somebody only passes by.
        holder = self._with_cursor()
        for rows in self.lists.values():
            is_stop = rows is holder
            rows.setFocusPolicy(
                Qt.FocusPolicy.StrongFocus if is_stop else Qt.FocusPolicy.ClickFocus
            )

    def _act(self, key: tuple[str, int], _action: str) -> None:
        self.undo_wanted.emit(key[1])

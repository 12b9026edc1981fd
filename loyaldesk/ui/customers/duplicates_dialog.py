"""Which customers may be here twice, and which were made one?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedWidget

from loyaldesk.queries.duplicates import list_merged, list_pairs
from loyaldesk.queries.record_fields import ParentName
from loyaldesk.ui.customers.duplicate_words import place_words, shared_words
from loyaldesk.ui.widgets.dialog import Dialog, DialogWidth
from loyaldesk.ui.widgets.empty_state import EmptyReason, EmptyState
from loyaldesk.ui.widgets.item_list import Item, ItemAction, ItemList
from loyaldesk.ui.widgets.labels import TextLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.spans import Span

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from loyaldesk.queries.duplicates import Merged, Pair
    from loyaldesk.ui.desk import Desk

__all__ = ["DuplicatesDialog"]

PAIRS_HEIGHT, MERGED_HEIGHT = 320, 132
TABLES = ("customer", "customer_merge")


class DuplicatesDialog(Dialog):
    """The likely pairs above, the merges below; a pair opens the question which one stays."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk.theme,
            title=self.tr("Customers who may be here twice"),
            body=self.tr(
                "They share a name, telephone, e-mail or tax number. Nothing is merged by itself: "
                "Enter on a pair asks which one stays."
            ),
            verb=self.tr("Close"),
            width=DialogWidth.LARGE,
            parent=parent,
        )
        self.cancel_button.hide()
        self._desk = desk
        self._pairs: dict[tuple[int, int], Pair] = {}
        self.pairs = self._list(self.tr("Pairs"), PAIRS_HEIGHT)
        self.nothing = EmptyState(desk.theme)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.pairs)
        self._stack.addWidget(self.nothing)
        self.merged_title = TextLabel(desk.theme, self.tr("Made one"), TextStyle.PANEL_TITLE)
        self.merged = self._list(self.tr("Made one"), MERGED_HEIGHT)
        for widget in (self._stack, self.merged_title, self.merged):
            self.content.addWidget(widget)
        self.pairs.row_activated.connect(self._ask)
        self.merged.row_activated.connect(self._open_kept)
        self.merged.item_action.connect(self._part)
        desk.news.changed.connect(self._hear)
        self.pairs.setFocus()
        self._read()

    def _list(self, name: str, height: int) -> ItemList:
        made = ItemList(self._desk.theme, name=name)
        made.set_scrolling(scrolling=True)
        made.setMinimumHeight(self._desk.theme.px(height))
        return made

    def _read(self) -> None:
        self._desk.jobs.read(list_pairs, owner=self, then=self._show_pairs, replaces="pairs")
        self._desk.jobs.read(list_merged, owner=self, then=self._show_merged, replaces="merged")

    def _show_pairs(self, pairs: list[Pair]) -> None:
        self._pairs = {(pair.first.id, pair.second.id): pair for pair in pairs}
        self.pairs.show_items([self._pair_item(pair) for pair in pairs])
        if pairs and self.pairs.chosen_key is None:
            self.pairs.choose(self.pairs.entries[0].key)
        self.nothing.explain(
            EmptyReason.NOTHING_YET,
            self.tr("Nobody seems to be here twice"),
            self.tr("New and imported customers are compared as they come in."),
            icon="users",
        )
        self._stack.setCurrentWidget(self.pairs if pairs else self.nothing)

    def _show_merged(self, merged: list[Merged]) -> None:
        standing = [each for each in merged if each.undone_at is None]
        self.merged.show_items([self._merged_item(each) for each in standing])
        for widget in (self.merged_title, self.merged):
            widget.setVisible(bool(standing))

    def _pair_item(self, pair: Pair) -> Item:
        first, second = pair.first, pair.second
        both = self.tr("{0} and {1}")
        return Item(
            (first.id, second.id),
            [Span(both.format(first.name, second.name), style=TextStyle.NAME)],
            second=both.format(place_words(first), place_words(second)),
            right=shared_words(first),
            icon="users",
            tip=both.format(first.name, second.name),
        )

    def _merged_item(self, merged: Merged) -> Item:
        formats = self._desk.formats
        return Item(
            (merged.id, merged.customer_id),
            [Span(merged.gone_name, style=TextStyle.NAME)],
            second=self.tr("{0} went into {1} {2}").format(
                merged.gone_number, merged.kept_number, merged.kept_name
            ),
            right=formats.date(merged.merged_at.astimezone().date()),
            right_second=merged.merged_by,
            icon="users",
            actions=(ItemAction("part", "undo-2", self.tr("Part them again")),),
        )

    @Slot(object)
    def _ask(self, key: tuple[int, int]) -> None:
        from loyaldesk.ui.customers.merge_dialog import MergeDialog

        second = self._pairs[key].second
        gone = ParentName(second.id, second.number, second.name)
        MergeDialog(self._desk, key[0], gone, parent=self).open()

    @Slot(object)
    def _open_kept(self, key: tuple[int, int]) -> None:
        self._desk.ways.customer_wanted.emit(key[1])
        self.accept()

    @Slot(object, str)
    def _part(self, key: tuple[int, int], _action: str) -> None:
        from loyaldesk.operations.merging import part_customers

        self._desk.jobs.write(
            part_customers,
            owner=self,
            then=lambda _: self._desk.news.said.emit(self.tr("Two customers again"), True),
            failed=lambda error: self._desk.news.said.emit(str(error), False),
            merge_id=key[0],
        )

    @Slot(object)
    def _hear(self, changes: Any) -> None:
        if changes.touches(*TABLES):
            self._read()

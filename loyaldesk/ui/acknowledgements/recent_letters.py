"""Which letters left last today, under the queue, with the way to all of them?"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from loyaldesk.domain.acknowledgement_queue import QueueState
from loyaldesk.ui.acknowledgements.register_words import channel_icon, short_hash, way_words
from loyaldesk.ui.widgets.buttons import LinkButton
from loyaldesk.ui.widgets.item_list import Item, ItemList
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.section_head import SectionHead
from loyaldesk.ui.widgets.spans import Span
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from loyaldesk.queries.acknowledgements import Queue, QueueLetter, QueueRow
    from loyaldesk.ui.desk import Desk

__all__ = ["RecentLetters"]

MOST_SHOWN = 2


class RecentLetters(QWidget):
    """The newest two of today; Enter opens the order of one."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        theme = desk.theme
        head = SectionHead(theme, self.tr("Register today"), foldable=False)
        self.all = LinkButton(theme, self.tr("Open register"), style=TextStyle.SMALL_MEDIUM)
        head.add_action(self.all)
        self.list = ItemList(theme, name=self.tr("Letters that left today"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self.list)
        self.all.clicked.connect(partial(desk.ways.section_wanted.emit, "register"))
        self.list.row_activated.connect(lambda key: desk.ways.order_wanted.emit(key))
        self.hide()

    def show_queue(self, queue: Queue) -> None:
        """Show what left last, if anything did."""
        sent = [
            self._item(row, row.letter)
            for row in queue.rows
            if row.letter is not None and row.state is QueueState.SENT
        ]
        self.list.show_items(sent[:MOST_SHOWN])
        self.setVisible(bool(sent))

    def _item(self, row: QueueRow, letter: QueueLetter) -> Item:
        time = self._desk.formats.time(letter.handed_at.astimezone())
        revision = self.tr("rev {0}").format(letter.revision)
        said = (way_words(letter.channel, row.state), revision, short_hash(letter.sha256))
        return Item(
            row.order_id,
            [
                Span(f"{time}   ", Tone.SECONDARY),
                Span(letter.number, Tone.TEXT, TextStyle.NAME),
                Span(f"   {row.customer_name}"),
            ],
            right=" · ".join(said),
            icon=channel_icon(letter.channel),
        )

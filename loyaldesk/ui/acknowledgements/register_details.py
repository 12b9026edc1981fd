"""What should one see of a letter of the register: every time it left, its hash, its pages?"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from loyaldesk.domain.acknowledgement_queue import QueueState
from loyaldesk.queries.letters_register import read_dispatches
from loyaldesk.ui.acknowledgements.letter_pane import seal_of
from loyaldesk.ui.acknowledgements.register_words import channel_icon, instant_words, way_words
from loyaldesk.ui.papers.reader import PaperReader
from loyaldesk.ui.widgets.buttons import Button, ButtonKind
from loyaldesk.ui.widgets.item_list import Item, ItemList
from loyaldesk.ui.widgets.labels import ElidedLabel, TextLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.panel import Ground, Hairline, Sheet
from loyaldesk.ui.widgets.spans import Span
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from loyaldesk.documents.sealing import SealedFile
    from loyaldesk.errors import LoyalDeskError
    from loyaldesk.queries.letters_register import DispatchRow, RegisterRow
    from loyaldesk.ui.desk import Desk

__all__ = ["RegisterDetails"]

PAUSE_MS, MOST_SHOWN, HASH_BREAK = 150, 5, 32


class RegisterDetails(Sheet):
    """One letter; `copy_wanted` carries its row, `opened` the id of its document."""

    copy_wanted = Signal(object)
    opened = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk.theme, Ground.WINDOW, parent)
        self._desk = desk
        self._row: RegisterRow | None = None
        theme = desk.theme
        self.title = ElidedLabel(theme, "", TextStyle.PANEL_TITLE)
        self.whose = ElidedLabel(theme, "", TextStyle.BODY, Tone.SECONDARY)
        self.open = Button(theme, self.tr("Open"), kind=ButtonKind.PRIMARY)
        self.copy = Button(theme, self.tr("Print a copy…"), icon="printer")
        self.hash = TextLabel(theme, "", TextStyle.SMALL, Tone.SECONDARY)
        self.hash.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.ways = ItemList(theme, name=self.tr("Every time it left"))
        self.reader = PaperReader(desk, name=self.tr("The letter as issued"))
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._read)
        self._lay_out()
        self.open.clicked.connect(lambda: self._row and self.opened.emit(self._row.document_id))
        self.copy.clicked.connect(lambda: self._row and self.copy_wanted.emit(self._row))
        self.show_letter(None)

    @property
    def letter(self) -> RegisterRow | None:
        """The letter that is shown or on its way."""
        return self._row

    def show_letter(self, row: RegisterRow | None) -> None:
        """Show a letter as soon as the cursor rests; None shows an empty ground."""
        if row is not None and row == self._row:
            self._pause.start()
            return
        is_same = row is not None and self._row is not None and row.sha256 == self._row.sha256
        self._row = row
        for button in (self.open, self.copy):
            button.setEnabled(row is not None)
        self.title.set_full_text(f"{row.number} · rev {row.revision}" if row else "")
        self.whose.set_full_text(row.customer_name if row else "")
        digits = row.sha256.hex() if row else ""
        self.hash.setText(f"SHA-256\n{digits[:HASH_BREAK]}\n{digits[HASH_BREAK:]}" if row else "")
        if not is_same:
            self.ways.show_items(())
            self.reader.show_nothing()
        if row is not None:
            self._pause.start()

    @Slot()
    def _read(self) -> None:
        row = self._row
        if row is None:
            return
        self._desk.jobs.read(
            read_dispatches,
            owner=self,
            then=partial(self._list, row),
            replaces="ways",
            letter_id=row.id,
        )
        if self._desk.formats.hides_amounts:
            self.reader.show_nothing()
        elif self.reader.source is None:
            self._desk.jobs.read(
                seal_of,
                owner=self,
                then=partial(self._show, row),
                failed=partial(self._refuse, row),
                replaces="seal",
                files=self._desk.files,
                sha256=row.sha256,
            )

    def _list(self, row: RegisterRow, found: tuple[DispatchRow, ...]) -> None:
        if row is self._row:
            self.ways.show_items([self._item(each) for each in found[-MOST_SHOWN:]])

    def _item(self, each: DispatchRow) -> Item:
        said = way_words(each.channel, each.state)
        if each.is_copy:
            said = self.tr("copy {0}").format(way_words(each.channel, each.state).split(",")[0])
        is_bad = each.state is QueueState.FAILED
        parts = (each.recipient, each.dispatched_by, each.reason)
        return Item(
            each.id,
            [Span(said, Tone.BAD if is_bad else Tone.TEXT)],
            second=" · ".join(part for part in parts if part),
            right=instant_words(self._desk, each.dispatched_at),
            icon=channel_icon(each.channel),
            is_choosable=True,
        )

    def _show(self, row: RegisterRow, sealed: SealedFile) -> None:
        if row is self._row:
            self.reader.show_source(sealed)

    def _refuse(self, row: RegisterRow, error: LoyalDeskError) -> None:
        if row is self._row:
            self.reader.show_refusal(error)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.open)
        buttons.addWidget(self.copy)
        buttons.addStretch(1)
        head = QVBoxLayout()
        head.setContentsMargins(16, 12, 16, 8)
        head.setSpacing(4)
        for part in (self.title, self.whose):
            head.addWidget(part)
        head.addSpacing(4)
        head.addLayout(buttons)
        head.addSpacing(4)
        head.addWidget(self.ways)
        head.addWidget(self.hash)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(Hairline(self._desk.theme))
        column.addWidget(self.reader, 1)

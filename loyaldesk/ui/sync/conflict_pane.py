"""What is to be decided about one record: field below field, kept together at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from loyaldesk.ui.sync.conflict_row import ConflictRow
from loyaldesk.ui.sync.pane_head import PaneHead
from loyaldesk.ui.sync.who_words import all_words, met_words, standing_words
from loyaldesk.ui.widgets.buttons import Button, ButtonKind
from loyaldesk.ui.widgets.flow_layout import FlowLayout
from loyaldesk.ui.widgets.labels import TextLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.panel import Hairline
from loyaldesk.ui.widgets.plain_text import plain_tooltip
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from loyaldesk.operations.teamwork_choices import Pick
    from loyaldesk.queries.sync_conflicts import RecordConflicts
    from loyaldesk.ui.desk import Desk

__all__ = ["ConflictPane"]

MINE, THEIRS = 1, 2


class ConflictPane(QWidget):
    """`keep_wanted` carries what was picked, `leave_wanted` the conflicts to let be."""

    keep_wanted = Signal(list)
    leave_wanted = Signal(list)

    def __init__(self, desk: Desk, found: RecordConflicts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self.found = desk, found
        theme = desk.theme
        self.head = PaneHead(desk, found.record)
        self.keep = Button(theme, "", kind=ButtonKind.PRIMARY, icon="check")
        mine, theirs = all_words(found.conflicts, desk)
        self.all_mine = Button(theme, mine, small=True)
        self.all_theirs = Button(theme, theirs, small=True)
        self.leave = Button(theme, self.tr("Leave it as it stands"), small=True)
        stands = standing_words(found.conflicts, desk)
        self.leave.setToolTip(plain_tooltip(stands))
        self.leave.setAccessibleDescription(stands)
        self.rows = [ConflictRow(desk, conflict) for conflict in found.conflicts]
        self._lay_out()
        self._connect()
        self._look()

    @property
    def picks(self) -> list[Pick]:
        """What is picked so far."""
        return [row.pick for row in self.rows if row.pick is not None]

    def focus_first(self) -> None:
        """Put the keyboard on the first value."""
        self.rows[0].cards[0].setFocus()

    def _lay_out(self) -> None:
        theme = self._desk.theme
        self.head.add_button(self.keep)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 12, 20, 12)
        column.setSpacing(4)
        column.addWidget(self.head)
        words = met_words(self.found.conflicts[0], self._desk)
        column.addWidget(TextLabel(theme, words, TextStyle.BODY, Tone.SECONDARY, wrap=True))
        beside = QWidget()
        flow = FlowLayout(beside, spacing=8)
        several = len(self.rows) > 1
        for button in (self.all_mine, self.all_theirs) if several else ():
            flow.addWidget(button)
        flow.addWidget(self.leave)
        column.addSpacing(theme.px(4))
        column.addWidget(beside)
        for row in self.rows:
            column.addSpacing(theme.px(4))
            column.addWidget(Hairline(theme))
            column.addWidget(row)
        column.addStretch(1)

    def _connect(self) -> None:
        self.keep.clicked.connect(self._keep)
        self.all_mine.clicked.connect(lambda: self._choose_all(MINE))
        self.all_theirs.clicked.connect(lambda: self._choose_all(THEIRS))
        ids = [conflict.id for conflict in self.found.conflicts]
        self.leave.clicked.connect(lambda: self.leave_wanted.emit(ids))
        for row in self.rows:
            row.changed.connect(self._look)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self._keep)

    def _choose_all(self, number: int) -> None:
        for row in self.rows:
            row.choose(number)

    @Slot()
    def _look(self) -> None:
        """Name on the button how many choices it keeps."""
        count = len(self.picks)
        many = self.tr("Keep {0} choices").format(self._desk.formats.number(count))
        self.keep.setText(self.tr("Keep 1 choice") if count == 1 else many)
        if not count:
            self.keep.setText(self.tr("Keep choices"))
        self.keep.setEnabled(bool(count))
        self.keep.updateGeometry()

    @Slot()
    def _keep(self) -> None:
        problems = [row.check() for row in self.rows]
        if self.picks and not any(problems):
            self.keep_wanted.emit(self.picks)

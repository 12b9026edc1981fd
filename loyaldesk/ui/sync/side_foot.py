"""Below the lists: the switch to work offline, the log, the password, and the way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from loyaldesk.sync.state import Phase
from loyaldesk.ui.widgets.buttons import Button
from loyaldesk.ui.widgets.flow_layout import FlowLayout
from loyaldesk.ui.widgets.panel import Ground, Sheet

if TYPE_CHECKING:
    from loyaldesk.ui.desk import Desk

__all__ = ["SideFoot"]

TARGET = 24


class SideFoot(Sheet):
    """Offline is a choice like any other: ticked, nothing is sent until it is taken back."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk.theme, Ground.WINDOW, parent)
        self._desk = desk
        self.offline = QCheckBox(self.tr("Work offline"))
        self.offline.setMinimumHeight(desk.theme.px(TARGET))
        self.log = Button(desk.theme, self.tr("Log…"), icon="list", small=True)
        self.password = Button(desk.theme, self.tr("Password…"), small=True)
        self.leave = Button(desk.theme, self.tr("Disconnect…"), small=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(8)
        for parts in ((self.offline, self.log), (self.password, self.leave)):
            flow = FlowLayout(holder := QWidget(), spacing=8)
            column.addWidget(holder)
            for part in parts:
                flow.addWidget(part)
        self.offline.clicked.connect(desk.ways.work_offline_wanted)
        self.log.clicked.connect(desk.ways.sync_log_wanted)
        self.password.clicked.connect(desk.ways.password_wanted)
        self.leave.clicked.connect(desk.ways.disconnect_wanted)

    def show_state(self) -> None:
        """Show whether this desk works offline by choice."""
        phase = self._desk.news.sync.phase
        is_signed_in = phase not in {Phase.SIGNED_OUT, Phase.REVOKED}
        self.offline.setChecked(phase is Phase.BY_CHOICE)
        for part in (self.offline, self.password, self.leave):
            part.setEnabled(is_signed_in)

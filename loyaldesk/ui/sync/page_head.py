"""The head of the page: which hub as whom, and the button that exchanges now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout

from loyaldesk.sync.state import Phase
from loyaldesk.ui.sync.state_words import hub_name
from loyaldesk.ui.widgets.buttons import Button, ButtonKind
from loyaldesk.ui.widgets.labels import ElidedLabel, KeyCap, TextLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.panel import Ground, Sheet
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from loyaldesk.ui.desk import Desk

__all__ = ["PageHead"]


class PageHead(Sheet):
    """Title, hub and user; without a hub the title alone. Signed out, its button signs in."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk.theme, Ground.WINDOW, parent)
        self._desk = desk
        theme = desk.theme
        self.hub = ElidedLabel(theme, "", TextStyle.BODY, Tone.SECONDARY)
        self.sync_now = Button(theme, self.tr("Sync now"), icon="refresh-cw")
        self.sign_in = Button(theme, self.tr("Sign in…"), kind=ButtonKind.PRIMARY, icon="log-in")
        self._cap = KeyCap(theme, "F5")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 16, 8)
        row.setSpacing(8)
        row.addWidget(TextLabel(theme, self.tr("Sync"), TextStyle.LIST_TITLE))
        row.addWidget(self.hub, 1)
        for part in (self._cap, self.sync_now, self.sign_in):
            row.addWidget(part)
        self.sync_now.clicked.connect(desk.ways.sync_wanted)
        self.sign_in.clicked.connect(desk.ways.connect_wanted)

    def show_state(self) -> None:
        """Show whose desk of which hub this is."""
        state = self._desk.news.sync
        words = ""
        if state.hub:
            words = hub_name(state)
            if state.user:
                words = self.tr("{0}, signed in as {1}").format(words, state.user)
        self.hub.set_full_text(words)
        needs_sign_in = state.phase is Phase.SIGNED_OUT
        self.sign_in.setVisible(needs_sign_in)
        self._show_button(state.phase)
        for part in (self.sync_now, self._cap):
            part.setVisible(bool(state.hub) and not needs_sign_in)

    def _show_button(self, phase: Phase) -> None:
        """Offer to try now while the hub is away, and nothing while offline is wished."""
        is_wished = phase is Phase.BY_CHOICE
        now, again = self.tr("Sync now"), self.tr("Try now")
        why = self.tr("You chose to work offline. Untick “Work offline” below the lists first.")
        self.sync_now.setText(again if phase is Phase.OFFLINE else now)
        self.sync_now.setEnabled(not is_wished)
        self.sync_now.setToolTip(why if is_wished else "")

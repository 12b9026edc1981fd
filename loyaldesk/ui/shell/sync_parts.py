"""What does the window do by itself about the hub: a banner, a log, the way to a conflict?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Slot

from loyaldesk.store.changes import Changes
from loyaldesk.sync.state import Phase
from loyaldesk.ui.sync.state_words import hub_name
from loyaldesk.ui.sync.sync_log import SyncLog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from loyaldesk.sync.state import SyncState
    from loyaldesk.ui.desk import Desk
    from loyaldesk.ui.shell.banners import BannerPlace
    from loyaldesk.ui.shell.guide import Guide

__all__ = ["SyncParts"]


class SyncParts(QObject):
    """Tells what a person has to know about the hub once, when it begins."""

    def __init__(self, desk: Desk, guide: Guide, banners: BannerPlace, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._guide, self._banners = desk, guide, banners
        self._window = window
        self._phase, self._attention = Phase.ALONE, 0
        self.log = SyncLog(desk, self)
        desk.ways.conflicts_wanted.connect(self._show_conflict)
        desk.ways.sync_log_wanted.connect(self._show_log)
        desk.news.sync_changed.connect(self._hear)

    def tell_rebuilt(self, sentence: str) -> None:
        """Say that a damaged copy was made anew, in the words of whoever did it."""
        self._banners.tell_news(sentence, self.tr("Show"), self._show_page)

    @Slot(object)
    def _hear(self, state: SyncState) -> None:
        if state.attention != self._attention:
            self._attention = state.attention
            self._desk.news.changed.emit(Changes("Sync", {"attention": ()}))
        before, self._phase = self._phase, state.phase
        if state.phase is not before:
            self._tell(state)

    def _tell(self, state: SyncState) -> None:
        if state.phase is Phase.SIGNED_OUT:
            words = self.tr(
                "{0} wants you to sign in again. Your records are here and you can go on working; "
                "changes wait on this computer."
            )
            connect = self._desk.ways.connect_wanted.emit
            self._banners.tell_news(words.format(hub_name(state)), self.tr("Sign in…"), connect)
        elif state.phase is Phase.REVOKED:
            words = self.tr(
                "{0} ended this computer’s access. Nothing you typed is thrown away; ask whoever "
                "runs the hub."
            )
            said = state.problem or words.format(hub_name(state))
            self._banners.tell_news(said, self.tr("Show"), self._show_page)
        elif state.phase is Phase.TROUBLE and state.problem:
            self._banners.tell_news(state.problem, self.tr("Show"), self._show_page)

    @Slot(str, str)
    def _show_conflict(self, kind: str, uid: str) -> None:
        self._show_page()
        page: Any = self._guide.page
        page.show_record(kind, uid)

    def _show_page(self) -> None:
        self._guide.go_to_section("sync")

    @Slot()
    def _show_log(self) -> None:
        from loyaldesk.ui.sync.log_dialog import LogDialog

        dialog = LogDialog(self._desk, self.log, parent=self._window)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

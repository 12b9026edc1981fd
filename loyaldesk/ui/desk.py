"""What every page is given: how to look, whom to ask, where to go, whom to tell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from loyaldesk.store.changes import Changes
from loyaldesk.sync.state import SyncState

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime
    from pathlib import Path

    from loyaldesk.background.jobs import Jobs
    from loyaldesk.documents.file_store import FileStore
    from loyaldesk.settings import UiState
    from loyaldesk.ui.screen_formats import ScreenFormats
    from loyaldesk.ui.widgets.theme import Theme

__all__ = ["Desk", "News", "Ways"]


class Ways(QObject):
    """Where a page may send the person; the main window knows the way.

    `sync_wanted` and `work_offline_wanted(on)` are for whoever drives the exchange with the hub,
    `conflicts_wanted(kind, uid)` leads to what has to be decided about a record, or about any.
    """

    customer_wanted = Signal(int)
    order_wanted = Signal(int)
    invoice_wanted = Signal(int)
    payment_wanted = Signal(int)
    document_wanted = Signal(int)
    acknowledgement_wanted = Signal(int)
    statement_wanted = Signal(int)
    document_mail_wanted = Signal(int)
    letter_mail_wanted = Signal(int)
    section_wanted = Signal(str)
    new_customer_wanted = Signal()
    new_order_wanted = Signal(int)
    new_invoice_wanted = Signal(int)
    new_payment_wanted = Signal(int)
    import_wanted = Signal()
    merge_wanted = Signal(int)
    duplicates_wanted = Signal()
    history_wanted = Signal(str, int)
    envelope_test_wanted = Signal()
    letter_texts_wanted = Signal()
    search_wanted = Signal(str)
    connect_wanted = Signal()
    sync_wanted = Signal()
    work_offline_wanted = Signal(bool)
    sync_log_wanted = Signal()
    disconnect_wanted = Signal()
    password_wanted = Signal()
    conflicts_wanted = Signal(str, str)


class News(QObject):
    """What happened: rows that changed, words for the toast, work that takes long.

    `history_changed(undo, redo)` names what can be taken back and repeated, or is empty;
    `said(text, can_undo)` shows a toast, `offered(text, action, then)` one with a way back of its
    own; `work_began(words, cancel)`, `work_went(done, total)`
    and `work_ended()` drive the status bar, for one long job at a time; `sync_changed(state)` tells
    how it is between desk and hub, and `sync` is what it told last; `hub_changed` tells whoever
    drives the exchange that the profile was connected, signed in anew or signed out.
    """

    changed = Signal(Changes)
    history_changed = Signal(str, str)
    said = Signal(str, bool)
    offered = Signal(str, str, object)
    work_began = Signal(str, object)
    work_went = Signal(int, object)
    work_ended = Signal()
    sync_changed = Signal(object)
    hub_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.sync = SyncState()

    def tell_sync(self, state: SyncState) -> None:
        """Tell how it is between desk and hub now; on the main thread."""
        self.sync = state
        self.sync_changed.emit(state)


@dataclass(frozen=True, slots=True)
class Desk:
    """The collaborators of every page, made once by the composition root."""

    theme: Theme
    jobs: Jobs
    formats: ScreenFormats
    state: UiState
    files: Callable[[], FileStore]
    today: Callable[[], date]
    now: Callable[[], datetime]
    actor: str
    ways: Ways
    news: News
    temporary: Path
    open_outside: Callable[[Any], None]

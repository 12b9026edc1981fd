"""How is the content of a document got at: from this disk, or else from the hub?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from loyaldesk.errors import Unavailable
from loyaldesk.queries.paper_whereabouts import PaperPlace, Whereabouts, read_whereabouts
from loyaldesk.sync.state import Phase
from loyaldesk.ui.papers.whereabouts import is_connected, place_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyaldesk.documents.file_store import FileStore
    from loyaldesk.documents.sealing import SealedFile
    from loyaldesk.store.changes import Changes
    from loyaldesk.store.reader import Source
    from loyaldesk.ui.desk import Desk

__all__ = ["PaperOpening", "ensure_here", "open_paper"]

_AWAY = {Phase.OFFLINE, Phase.BY_CHOICE, Phase.SIGNED_OUT, Phase.REVOKED, Phase.TROUBLE}


def open_paper(
    source: Source, *, files: Callable[[], FileStore], sha256: bytes, connected: bool
) -> SealedFile | PaperPlace:
    """Return the content on this disk, or where else it is; on a lane: it reads the disk."""
    store = files()
    if connected and not store.has(sha256):
        return read_whereabouts(source, contents=[sha256], has=store.has)[sha256]
    return store.sealed(sha256)


def ensure_here(files: FileStore, sha256: bytes, *, connected: bool) -> None:
    """Refuse to go on with a content that is still at the hub, with the way to get it."""
    if connected and not files.has(sha256):
        raise Unavailable(
            "This document is not on this computer yet. Nothing was written. Open it once, so that "
            "it comes from the hub; then try again."
        )


class PaperOpening(QObject):
    """Gets at one content after another; what is at the hub comes, and is opened when it is here.

    `found` carries the sealed file, `waits` a title and a sentence while it is not here, `refused`
    why it cannot be had.
    """

    found = Signal(object)
    waits = Signal(str, str)
    refused = Signal(Exception)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._sha256, self._filed_by = b"", ""
        self._is_waiting = False
        desk.news.changed.connect(self._hear)
        desk.news.sync_changed.connect(self._look_again)

    def open(self, sha256: bytes, *, filed_by: str = "") -> None:
        """Get at a content; one asked for before is not told of any more."""
        self._sha256, self._filed_by, self._is_waiting = sha256, filed_by, False
        self._look()

    def forget(self) -> None:
        """Tell of nothing until the next content."""
        self._sha256, self._is_waiting = b"", False

    def _look(self) -> None:
        sha256 = self._sha256
        self._desk.jobs.read(
            open_paper,
            owner=self,
            then=lambda got: self._take(sha256, got),
            failed=lambda error: self._fail(sha256, error),
            replaces="open",
            files=self._desk.files,
            sha256=sha256,
            connected=is_connected(self._desk),
        )

    def _take(self, sha256: bytes, got: SealedFile | PaperPlace) -> None:
        if sha256 != self._sha256:
            return
        if isinstance(got, PaperPlace):
            if not self._is_waiting:
                self._is_waiting = True
                self._desk.jobs.run(_want, owner=self, sha256=sha256)
            self._say(got)
            return
        self._is_waiting = False
        self.found.emit(got)

    def _fail(self, sha256: bytes, error: Exception) -> None:
        if sha256 == self._sha256:
            self.refused.emit(error)

    def _say(self, place: PaperPlace) -> None:
        if self._desk.news.sync.phase in _AWAY:
            title = self.tr("Not on this computer")
            words = self.tr(
                "This document is at the hub, which cannot be reached now. Nothing is lost; it "
                "comes by itself when the hub answers again."
            )
        elif place.where is Whereabouts.ELSEWHERE:
            title = self.tr("Not at the hub yet")
            words = self.tr("{0}. It comes by itself once it was sent.").format(
                place_words(place, self._filed_by)
            )
        else:
            title = self.tr("Comes from the hub")
            words = self.tr("It is on its way, {0} %, and opens by itself.").format(place.percent)
        self.waits.emit(title, words)

    @Slot(object)
    def _hear(self, changes: Changes) -> None:
        if self._is_waiting and changes.touches("stored_file"):
            self._look()

    @Slot()
    def _look_again(self) -> None:
        if self._is_waiting:
            self._look()


def _want(store: Any, *, sha256: bytes) -> None:
    # Imported on the write lane: the window starts without the half that speaks with a hub.
    from loyaldesk.sync.contents.wants import want_content

    want_content(store, sha256=sha256)

"""The collaborators of a page without threads: a job is answered inside the call that asks."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtWidgets import QApplication

from benchmarks.data import TODAY
from loyaldesk.settings import UiState
from loyaldesk.ui.desk import Desk, News, Ways
from loyaldesk.ui.screen_formats import ScreenFormats
from loyaldesk.ui.widgets.dress import dress_application

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyaldesk.background.jobs import Jobs
    from loyaldesk.documents.file_store import FileStore
    from loyaldesk.store.reader import Reader

__all__ = ["application", "make_desk", "settle"]


class _InlineReads:
    """Runs reads at once, on this thread, so that their CPU is counted with the painting."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def read(
        self,
        query: Callable[..., Any],
        *,
        then: Callable[[Any], object],
        owner: object = None,
        failed: Callable[[Any], object] | None = None,
        replaces: str | None = None,
        **arguments: Any,
    ) -> None:
        """Answer the query."""
        then(query(self._reader, **arguments))


def application() -> QApplication:
    """Return the application of this process."""
    known = QApplication.instance()
    return known if isinstance(known, QApplication) else QApplication([])


def make_desk(reader: Reader) -> Desk:
    """Return what pages are given, reading from that reader."""
    app = application()
    folder = Path(tempfile.mkdtemp(prefix="benchmark-desk-"))
    return Desk(
        theme=dress_application(app),
        jobs=cast("Jobs", _InlineReads(reader)),
        formats=ScreenFormats("en-GB"),
        state=UiState(folder / "window.json"),
        files=_no_files,
        today=lambda: TODAY,
        now=lambda: datetime(2026, 11, 19, 9, 0, tzinfo=UTC),
        actor="Ana Kovač",
        ways=Ways(),
        news=News(),
        temporary=folder,
        open_outside=lambda target: None,
    )


def _no_files() -> FileStore:
    raise RuntimeError("nothing measured here opens a document")


def settle() -> None:
    """Let everything be painted that waits for it."""
    for _ in range(3):
        QApplication.sendPostedEvents()
        QApplication.processEvents()

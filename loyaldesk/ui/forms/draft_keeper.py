"""How does nothing typed get lost: a draft kept 400 ms after each input, read back on opening?"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from loyaldesk.queries.drafts import KeptDraft, read_kept_draft

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from PySide6.QtWidgets import QWidget

    from loyaldesk.ui.desk import Desk

__all__ = ["DraftKeeper"]

KEEP_MS = 400


class DraftKeeper(QObject):
    """Keeps what `content` returns under a key; None means that there is nothing to keep.

    The clock does not start anew with each letter, so that long typing is kept as well.
    """

    kept = Signal()

    def __init__(
        self,
        desk: Desk,
        key: str,
        content: Callable[[], Mapping[str, Any] | None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._desk, self._key, self._content = desk, key, content
        self._kept: str | None = None
        self.kept_at: datetime | None = None
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(KEEP_MS)
        self._clock.timeout.connect(self.flush)

    def read(self, then: Callable[[dict[str, Any]], None]) -> None:
        """Read the kept draft; `then` is called only if there is one."""

        def show(draft: KeptDraft | None) -> None:
            found = _understood(draft.content if draft else None)
            if draft and found:
                self._kept, self.kept_at = draft
                then(found)

        self._desk.jobs.read(read_kept_draft, owner=self.parent(), then=show, key=self._key)

    @Slot()
    def touch(self) -> None:
        """Keep what is typed within 400 ms."""
        if not self._clock.isActive():
            self._clock.start()

    @Slot()
    def flush(self) -> None:
        """Keep what is typed now, if it is not kept yet."""
        self._clock.stop()
        content = self._content()
        if content is None:
            self.drop()
            return
        text = json.dumps(content, ensure_ascii=False, sort_keys=True)
        if text == self._kept:
            return
        # Imported here: writing needs the tables, which the first window does not wait for.
        from loyaldesk.operations.activities import keep_draft

        self._kept = text
        self._desk.jobs.write(
            keep_draft, owner=self, then=self._tell_kept, key=self._key, content=text
        )

    def flush_if_touched(self) -> None:
        """Keep what is typed now, if something was typed since the last time."""
        if self._clock.isActive():
            self.flush()

    def drop(self) -> None:
        """Forget the draft: it was saved, or emptied."""
        self._clock.stop()
        if self._kept is None:
            return
        from loyaldesk.operations.activities import drop_draft

        self._kept = None
        self._desk.jobs.write(drop_draft, owner=self, key=self._key)

    def _tell_kept(self, _: object) -> None:
        self.kept.emit()


def _understood(text: str | None) -> dict[str, Any]:
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}

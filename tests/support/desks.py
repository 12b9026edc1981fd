"""What does a page under test stand on? A desk whose jobs are answered at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from loyaldesk.documents.file_store import FileStore
from loyaldesk.settings import UiState
from loyaldesk.ui.desk import Desk, News, Ways
from loyaldesk.ui.screen_formats import ScreenFormats
from tests.support.inline_workers import InlineWorkers

if TYPE_CHECKING:
    from pathlib import Path

    from loyaldesk.store.store import Store
    from loyaldesk.ui.widgets.theme import Theme

__all__ = ["NOW", "Heard", "desk_of", "hear"]

NOW = datetime(2026, 11, 20, 9, 42, tzinfo=UTC)
TODAY = NOW.date()


@dataclass
class Heard:
    """What the pages said and where they wanted to go, in order; `opened` is what went outside."""

    said: list[tuple[str, bool]] = field(default_factory=list)
    wished: list[tuple[str, Any]] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)


def desk_of(
    theme: Theme,
    store: Store,
    folder: Path,
    *,
    opened: list[str],
) -> Desk:
    """Return a desk on the store; commits become news, and links end in `opened`."""
    news = News()
    store.on_commit(news.changed.emit)
    key = bytes(range(32))
    return Desk(
        theme=theme,
        jobs=InlineWorkers(store),  # type: ignore[arg-type]
        formats=ScreenFormats("en-GB"),
        state=UiState(folder / "window.json"),
        files=lambda: FileStore(folder / "files", key),
        today=lambda: TODAY,
        now=lambda: NOW,
        actor="Ana",
        ways=Ways(),
        news=news,
        temporary=folder,
        open_outside=lambda target: opened.append(target.url),
    )


def hear(desk: Desk, opened: list[str]) -> Heard:
    """Listen to a desk and return what is heard from now on."""
    heard = Heard(opened=opened)
    desk.news.said.connect(lambda words, can_undo: heard.said.append((words, can_undo)))
    for name in (
        "customer", "order", "invoice", "payment", "document", "acknowledgement", "statement",
        "new_order", "new_invoice", "new_payment",
    ):  # fmt: skip
        wish = getattr(desk.ways, f"{name}_wanted")
        wish.connect(lambda record_id, n=name: heard.wished.append((n, record_id)))
    return heard

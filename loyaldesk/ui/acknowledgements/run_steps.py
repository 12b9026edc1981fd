"""What does a run do away from the main thread? The steps of one letter, imported where they run.

Each needs the models, and so SQLAlchemy, which the window's main thread never imports.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from loyaldesk.documents.file_store import FileStore
    from loyaldesk.store.reader import Source
    from loyaldesk.store.store import Store

__all__ = ["Way", "copy", "hand_over", "prepare", "take_back"]


class Way(NamedTuple):
    """By what a letter leaves: the name of its channel, the printer and the batch."""

    channel: str
    printer: str
    batch_id: int | None


def prepare(source: Source, *, order_id: int, now: datetime) -> Any:
    """Return the order's letter composed, or the one on record that says the same."""
    from loyaldesk.runs.acknowledgement_run import prepare_order

    return prepare_order(source, order_id=order_id, now=now)


def hand_over(
    store: Store, *, files: Callable[[], FileStore], prepared: Any, pages: Any, way: Way
) -> Any:
    """Issue the letter, or take the one on record, and record how it leaves."""
    from loyaldesk.runs import acknowledgement_run as run

    return run.hand_over(store, files=files, prepared=prepared, pages=pages, way=_way(way))


def copy(store: Store, *, files: Callable[[], FileStore], letter_id: int, way: Way) -> Any:
    """Count a copy of a letter that left, and record how the copy leaves."""
    from loyaldesk.runs.acknowledgement_run import hand_copy

    return hand_copy(store, files=files, letter_id=letter_id, way=_way(way))


def take_back(store: Store, *, mail_ids: Sequence[int]) -> int:
    """Withdraw the mails that still wait and return how many."""
    from loyaldesk.runs import acknowledgement_run as run

    return run.take_back(store, mail_ids=mail_ids)


def _way(way: Way) -> Any:
    from loyaldesk.models import DispatchChannel
    from loyaldesk.runs.acknowledgement_run import HandingWay

    return HandingWay(DispatchChannel(way.channel), way.printer, way.batch_id)

"""How is it said, and marked, where the content of a document is?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from loyaldesk.queries.paper_whereabouts import PaperPlace, Whereabouts, read_whereabouts
from loyaldesk.sync.state import Phase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from loyaldesk.documents.file_store import FileStore
    from loyaldesk.store.reader import Source
    from loyaldesk.ui.desk import Desk

__all__ = [
    "is_connected", "keep_document", "place_icon", "place_words", "with_places",
]  # fmt: skip

translate = QCoreApplication.translate

_ICONS = {
    Whereabouts.AT_HUB: "cloud-download",
    Whereabouts.COMING: "cloud-download",
    Whereabouts.GOING_UP: "upload",
    Whereabouts.ONLY_HERE: "cloud-off",
    Whereabouts.ELSEWHERE: "clock",
    Whereabouts.DAMAGED: "triangle-alert",
}


def is_connected(desk: Desk) -> bool:
    """Tell whether this desk has a hub; without one nothing is asked and nothing marked."""
    return desk.news.sync.phase is not Phase.ALONE


def place_icon(place: PaperPlace | None) -> str:
    """Return the mark of a content that is not simply here and at the hub; else nothing."""
    return "" if place is None else _ICONS.get(place.where, "")


def place_words(place: PaperPlace, filed_by: str = "") -> str:
    """Return where a content is, in a few words."""
    said = _words(place, filed_by)
    return (
        translate("Whereabouts", "{0} · kept for offline").format(said) if place.is_kept else said
    )


def with_places(
    source: Source, rows: dict[int, Any], *, files: Callable[[], FileStore]
) -> dict[int, Any]:
    """Return the rows of documents with the places of their contents; for a worker."""
    found = read_whereabouts(source, contents=_contents(rows.values()), has=files().has)
    return {key: replace(row, place=found[row.sha256]) for key, row in rows.items()}


def keep_document(
    desk: Desk, sha256: bytes, *, kept: bool, owner: object, failed: Callable[[Any], object]
) -> None:
    """Keep a document on this computer, or let it leave when room is needed; and say so."""
    said = (
        translate("Whereabouts", "Kept on this computer")
        if kept
        else translate("Whereabouts", "It may leave this computer when room is needed")
    )
    desk.jobs.run(
        _keep_paper,
        owner=owner,
        then=lambda _: desk.news.said.emit(said, False),
        failed=failed,
        sha256=sha256,
        kept=kept,
    )


def _keep_paper(store: Any, *, sha256: bytes, kept: bool) -> None:
    # Imported on the write lane: the window starts without the half that speaks with a hub.
    from loyaldesk.sync.contents.wants import keep_paper

    keep_paper(store, sha256=sha256, kept=kept)


def _contents(rows: Iterable[Any]) -> list[bytes]:
    return [row.sha256 for row in rows]


def _words(place: PaperPlace, filed_by: str) -> str:
    def say(text: str) -> str:
        return translate("Whereabouts", text)

    who = filed_by or say("whoever filed it")
    return {
        Whereabouts.BOTH: say("Here and at the hub"),
        Whereabouts.AT_HUB: say("At the hub; it comes when you open it"),
        Whereabouts.COMING: say("On its way from the hub, {0} %").format(place.percent),
        Whereabouts.GOING_UP: say("On its way to the hub, {0} %").format(place.percent),
        Whereabouts.ONLY_HERE: say("Only on this computer"),
        Whereabouts.ELSEWHERE: say("Not at the hub yet; still with {0}").format(who),
        Whereabouts.DAMAGED: say("Damaged on this computer; attach it again"),
    }[place.where]

"""How does a command get at the content of a paper: from this disk, or else from the hub?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyaldesk.errors import Refused, Unavailable

if TYPE_CHECKING:
    from loyaldesk.cli.context import Context
    from loyaldesk.documents.file_store import FileStore
    from loyaldesk.sync.contents.download import Fetched
    from loyaldesk.sync.contents.steps import Stopped

__all__ = ["files_with"]

_SIZE = "SELECT size FROM stored_file WHERE sha256 = ?"
_ONLY_THERE = "This document is not on this computer, only at the hub."
_LATER = "Nothing was written, and nothing is lost."


def files_with(context: Context, sha256: bytes) -> FileStore:
    """Return the file store once the content is in it; on a desk of a hub it is fetched from there.

    A desk without a hub has nowhere to fetch from: reading says what is wrong.
    """
    files = context.files()
    if not files.has(sha256) and context.hub_access() is not None:
        _fetch(context, sha256)
    return files


def _fetch(context: Context, sha256: bytes) -> None:
    from loyaldesk.store.sync_state import StateKey
    from loyaldesk.sync.contents.steps import Stopped

    size = int(context.reader().value(_SIZE, [sha256]))
    _take_the_profile(context)
    with context.hub_line() as line:
        if line.desk.state(StateKey.WORK_OFFLINE):
            raise Unavailable(
                f"{_ONLY_THERE} This desk works offline by choice. {_LATER} End that with "
                "`loyaldesk sync run --once --online`, then try again."
            )
        try:
            fetched = line.contents.fetch(sha256, size)
        except Stopped as stop:
            if stop.problem.err == "wipe":
                line.once()
            raise _stopped(stop) from stop
    _check(fetched)


def _take_the_profile(context: Context) -> None:
    try:
        context.open_store()
    except Refused as error:
        raise Refused(f"{_ONLY_THERE} To fetch it, the data must be free. {error}") from error


def _stopped(stop: Stopped) -> Unavailable:
    from loyaldesk.sync.reach.refusals import refusal_sentence

    # What is offline was said by this desk itself.
    is_ours = stop.problem.err == "offline"
    sentence = stop.problem.sentence if is_ours else refusal_sentence(stop.problem)
    return Unavailable(f"{_ONLY_THERE} {sentence} {_LATER} Try again when the hub can be reached.")


def _check(fetched: Fetched) -> None:
    from loyaldesk.sync.contents.download import Fetched

    if fetched is Fetched.NOT_THERE:
        raise Unavailable(
            "This document is not on this computer, and the hub does not give it. It may not have "
            f"been sent yet by the computer it was filed on. {_LATER} Try again later."
        )
    if fetched is Fetched.SPOILT:
        raise Unavailable(
            "What came from the hub is not what was filed. It was thrown away. "
            f"{_LATER} Try again, and tell whoever runs the hub if it happens again."
        )

"""`loyaldesk hub segments`: what new desks load first is made ready."""

from __future__ import annotations

import atexit
import hashlib
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from loyaldesk.cli.hub_context import add_data, place_of
from loyaldesk.errors import Refused

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable
    from pathlib import Path

    from loyaldesk.cli.context import Context
    from loyaldesk.hub.access import Principal
    from loyaldesk.hub.contents.segment_shelf import SegmentShelf
    from loyaldesk.hub.http.chores import Chore
    from loyaldesk.hub.http.service import Hub
    from loyaldesk.hub.opening import HubPlace
    from loyaldesk.hub.store import HubStore
    from loyaldesk.protocol.messages import Call
    from loyaldesk.protocol.segments import SegmentSet
    from loyaldesk.sync.engine.exchange import Answer

__all__ = ["add_parser", "chore", "keep_segments", "make_segments"]

FOLDER_NAME = "segments"
MAKER = "segments"
EVERYTHING = "the whole company"
# So few rows are read in pages about as fast as files are fetched.
FEWEST_ROWS = 20_000
LONGEST_S = 6 * 3600
LOOK_S = 3600.0


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = add_data(subparsers.add_parser("segments", help="make ready what new desks load"))
    parser.add_argument(
        "--territory",
        metavar="NAME",
        action="append",
        help="only these; otherwise the whole company and every territory with many rows",
    )
    parser.set_defaults(run=_run)


def _run(args: argparse.Namespace, context: Context) -> int:
    place = place_of(args)
    from loyaldesk.hub.contents.segment_shelf import SegmentShelf
    from loyaldesk.hub.contents.store import open_contents
    from loyaldesk.hub.opening import open_store

    store = open_store(place)
    try:
        _refuse_unknown(store, args.territory or [])
        shelf = SegmentShelf(store, open_contents(place.folder))
        made = [
            (territory, make_segments(store, shelf, place.folder, territory))
            for territory in args.territory or [None, *_large_territories(store)]
        ]
    finally:
        store.close()
    data = [
        {"territory": territory, "rows": each.rows, "segments": len(each.segments),
         "bytes": sum(one.size for one in each.segments)}
        for territory, each in made
    ]  # fmt: skip
    lines = [
        f"{EVERYTHING if each['territory'] is None else each['territory']}: {each['rows']:,} rows "
        f"in {_counted(each['segments'])}, {each['bytes']:,} bytes"
        for each in data
    ]
    context.show(data, "\n".join(lines))
    return 0


def _counted(segments: int) -> str:
    return "1 segment" if segments == 1 else f"{segments} segments"


def _refuse_unknown(store: HubStore, territories: list[str]) -> None:
    from loyaldesk.hub.accounts.users import is_territory

    with store.snapshot(MAKER) as tx:
        unknown = [name for name in territories if not is_territory(tx.connection, name)]
    if unknown:
        raise Refused(
            f"No customer has the territory “{unknown[0]}”. Nothing was made. Name it as it stands "
            "in the customers."
        )


def make_segments(
    store: HubStore, shelf: SegmentShelf, folder: Path, territory: str | None
) -> SegmentSet:
    """Bring the hub's own copy of a territory in step (None: of all), cut it, and offer that."""
    from loyaldesk.hub.access import Principal, Role
    from loyaldesk.hub.state import epoch_of
    from loyaldesk.sync.first.cutting import cut_segments
    from loyaldesk.sync.first.mirror import bring_in_step, open_mirror

    territories = None if territory is None else frozenset({territory})
    reader = Principal(MAKER, "", MAKER, "", Role.OFFICE, territories)
    place = folder / FOLDER_NAME / hashlib.sha256(repr(territory).encode()).hexdigest()[:16]
    mirror = open_mirror(place, f"{MAKER}-{place.name}")
    cut = place / "cut"
    try:
        bring_in_step(mirror, _answering(store, reader))
        with store.snapshot(MAKER) as tx:
            epoch = epoch_of(tx)
        made = cut_segments(mirror, cut, epoch=epoch)
        shelf.publish(made, cut, now=datetime.now(UTC))
    finally:
        mirror.close()
        shutil.rmtree(cut, ignore_errors=True)
    return made


def chore(place: HubPlace, hub: Hub) -> Chore:
    """Return what a serving hub does about segments: it looks every hour whether any are due."""
    from loyaldesk.hub.contents.segment_shelf import SegmentShelf
    from loyaldesk.hub.http.chores import Chore

    shelf = SegmentShelf(hub.store, hub.contents)
    return Chore("segments", LOOK_S, lambda: keep_segments(place, shelf), is_short=False)


def keep_segments(place: HubPlace, shelf: SegmentShelf) -> None:
    """Make segments in a process of its own if those that there are lie a day back."""
    if not shelf.are_due(now=datetime.now(UTC), rows=FEWEST_ROWS):
        return
    words = [sys.executable, "-m", "loyaldesk", "hub", "segments", "--data", str(place.folder)]
    # Another process: cutting would take the turns of the requests.
    with subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as child:  # noqa: S603 - ourselves
        atexit.register(child.terminate)
        try:
            child.wait(timeout=LONGEST_S)
        finally:
            child.terminate()
            atexit.unregister(child.terminate)


def _answering(store: HubStore, reader: Principal) -> Callable[[Call], Answer]:
    from loyaldesk.hub.engine.answering import answer
    from loyaldesk.hub.state import epoch_of
    from loyaldesk.sync.engine.exchange import Answer

    def answered(call: Call) -> Answer:
        now = datetime.now(UTC)
        reply = answer(store, reader, call, now=now)
        with store.snapshot(MAKER) as tx:
            epoch = epoch_of(tx)
        return Answer(reply, epoch, now.isoformat())

    return answered


def _large_territories(store: HubStore) -> list[str]:
    from loyaldesk.protocol.buckets import account_bucket

    prefix = account_bucket("")
    with store.snapshot(MAKER) as tx:
        found = tx.rows(
            "SELECT bucket FROM bucket_head WHERE live >= ? ORDER BY bucket", (FEWEST_ROWS,)
        )
    return [name.removeprefix(prefix) for (name,) in found if name.startswith(prefix)]

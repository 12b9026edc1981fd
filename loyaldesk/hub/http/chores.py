"""What does a hub do by itself while it serves? It notes how far it came, and forgets in time."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from threading import Event, Thread
from typing import TYPE_CHECKING

from loyaldesk.hub.contents.sweep import sweep_blobs
from loyaldesk.hub.engine.housekeeping import TOMBSTONES_DAYS, collect_tombstones, forget_answers
from loyaldesk.hub.http.gate import LOG, where_in
from loyaldesk.hub.opening import keep_mark

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from loyaldesk.hub.http.service import Hub
    from loyaldesk.hub.opening import HubPlace

__all__ = ["Chore", "Chores", "usual_chores"]

MARK_S = 10.0
SWEEP_S = 3600.0
FORGET_S = 6 * 3600.0


@dataclass(frozen=True, slots=True)
class Chore:
    """Something to be done from time to time while the hub serves, and if short, at its end."""

    name: str
    every_s: float
    work: Callable[[], object]
    is_short: bool = True


class Chores:
    """A thread for each chore, ended with the block; short work is done once more at the end."""

    def __init__(self, chores: Sequence[Chore]) -> None:
        self._end = Event()
        self._threads = [
            Thread(target=self._run, args=(chore,), name=chore.name, daemon=True)
            for chore in chores
        ]

    def __enter__(self) -> None:
        for thread in self._threads:
            thread.start()

    def __exit__(self, *_: object) -> None:
        self._end.set()
        for thread in self._threads:
            thread.join(timeout=30)

    def _run(self, chore: Chore) -> None:
        is_last = False
        while not is_last:
            is_last = self._end.wait(chore.every_s)
            if is_last and not chore.is_short:
                return
            try:
                chore.work()
            except Exception as error:
                # Whatever it is, the chore comes again; the words stay out of the log.
                noted = {"chore": chore.name, "error": where_in(error)}
                LOG.error(json.dumps(noted))


def usual_chores(place: HubPlace, hub: Hub) -> list[Chore]:
    """Return the chores of a hub; several processes may do them at once."""

    def forget() -> None:
        collect_tombstones(hub.store, before=hub.now() - timedelta(days=TOMBSTONES_DAYS))
        forget_answers(hub.store, hub.now())

    return [
        Chore("mark", MARK_S, lambda: keep_mark(place, hub.store, hub.identity)),
        Chore("sweep", SWEEP_S, lambda: sweep_blobs(hub.store, hub.contents, now=hub.now())),
        Chore("forget", FORGET_S, forget),
    ]

"""How is it between this desk and its hub right now, as one value that a window can show?"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

__all__ = ["SHUT_OUT_WORDS", "Phase", "Progress", "SyncState"]

SHUT_OUT_WORDS = (
    "The hub has taken this computer's access away, so edits no longer leave. Your records and "
    "edits are safe on this computer. Ask whoever runs the hub."
)


class Phase(enum.StrEnum):
    """What the desk does about its hub; the words for it are the window's work."""

    ALONE = "alone"  # connected to no hub
    IN_STEP = "in-step"  # the last exchange ended well and nothing waits
    WAITING = "waiting"  # edits wait, and the next exchange is near
    SENDING = "sending"  # edits are on their way
    RECEIVING = "receiving"  # changes of others come in
    FIRST = "first"  # the records come in for the first time
    UPDATING = "updating"  # what came in is being put in place
    OFFLINE = "offline"  # the hub cannot be reached; it is tried again
    BY_CHOICE = "by-choice"  # the person chose to work offline
    SIGNED_OUT = "signed-out"  # the hub wants the person to sign in again
    REVOKED = "revoked"  # the hub took this desk's access away
    TROUBLE = "trouble"  # something else is wrong; `problem` says what


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a first download is: rows that came, of how many (None: not known yet)."""

    done: int
    total: int | None


@dataclass(frozen=True, slots=True)
class SyncState:
    """How it is between desk and hub.

    `waiting` counts edits that were not sent, `attention` edits that the hub refused, `conflicts`
    open conflicts; `problem` is a sentence for the person, `detail` the hub's own words, plain and
    clipped. `next_try_at` is when the hub is asked again by itself. `user` signs in, `name` is what
    the hub calls them.
    """

    phase: Phase = Phase.ALONE
    waiting: int = 0
    attention: int = 0
    conflicts: int = 0
    last_success_at: datetime | None = None
    next_try_at: datetime | None = None
    progress: Progress | None = None
    problem: str = ""
    detail: str = ""
    hub: str = ""
    user: str = ""
    name: str = ""
    desk: str = ""

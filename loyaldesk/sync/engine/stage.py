"""How far has the pull under way come? It survives the end of the process with the tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from loyaldesk.protocol.messages import HeadOf
from loyaldesk.store.sync_state import StateKey

if TYPE_CHECKING:
    from loyaldesk.sync.engine.desk import Tx

__all__ = ["PHASES", "Stage", "read_stage", "write_stage"]

# In which order what is staged is put in place; "" while pages still come in.
PHASES = ("mark", "put", "void", "sweep", "leave", "show", "flip")


class Stage(msgspec.Struct, omit_defaults=True):
    """The place in the work: `phase`, and within it bucket, kind, uid and `k`.

    `k` is the key of the inbox, or 1 while the bucket is worked on and 0 when it is done. `rows`
    were staged, `moved` are those this pass has moved, `heads` are what each bucket must come to.
    `held` names what is in memory (`Inbox.name`), if it is there.
    """

    rows: int = 0
    held: str = ""
    phase: str = ""
    bucket: str = ""
    kind: str = ""
    uid: str = ""
    k: int = 0
    moved: int = 0
    heads: dict[str, HeadOf] = {}

    def enter(self, phase: str) -> None:
        """Go to the beginning of a phase."""
        self.phase, self.bucket, self.kind, self.uid = phase, "", "", ""
        self.k = self.moved = 0

    def enter_bucket(self, bucket: str) -> None:
        """Begin with a bucket."""
        self.bucket, self.kind, self.uid, self.k = bucket, "", "", 1


def read_stage(tx: Tx) -> Stage:
    """Return the work under way, or an empty one."""
    text = tx.state(StateKey.STAGE)
    return msgspec.json.decode(text, type=Stage) if text else Stage()


def write_stage(tx: Tx, stage: Stage) -> None:
    """Remember the work under way."""
    tx.remember(StateKey.STAGE, "" if stage == Stage() else msgspec.json.encode(stage).decode())

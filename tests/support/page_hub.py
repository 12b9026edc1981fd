"""A hub of nothing but pages, for what a real one does only on its worst day."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec

from loyaldesk.protocol.digest import digest_of
from loyaldesk.protocol.messages import Entry, Problem, Pull, Pulled, Verified, Verify
from loyaldesk.sync.engine.rounds import Answer

if TYPE_CHECKING:
    from loyaldesk.protocol.kinds import Row
    from loyaldesk.protocol.messages import Call, HeadOf

__all__ = ["PageHub"]


@dataclass
class PageHub:
    """Buckets of entries; `lies` are heads it tells instead of the true ones."""

    buckets: dict[str, dict[tuple[str, str], Entry]] = field(default_factory=dict)
    lies: dict[str, HeadOf] = field(default_factory=dict)
    seq: int = 0
    epoch: str = "e1"

    def put(self, bucket: str, kind: str, uid: str, row: Row, rv: int = 1) -> None:
        """List a version of a row in a bucket."""
        self._enter(Entry(bucket, 0, "P", kind, uid, rv, msgspec.Raw(msgspec.json.encode(row))))

    def take(self, bucket: str, kind: str, uid: str, rv: int, op: str = "L") -> None:
        """Take a row out of a bucket, or (D) delete it."""
        self._enter(Entry(bucket, 0, op, kind, uid, rv))  # type: ignore[arg-type]

    def forget(self, bucket: str, kind: str, uid: str) -> None:
        """Lose a row without a trace, as no hub should."""
        del self.buckets[bucket][kind, uid]

    def answer(self, call: Call) -> Answer:
        """Answer a pull or a verify; nothing can be pushed here."""
        if isinstance(call.body, Pull):
            return Answer(self._page(call.body), self.epoch)
        if isinstance(call.body, Verify):
            rows = [(each.kind, each.id, each.rv) for each in self._live(call.body.bucket)]
            return Answer(Verified(rows, self._head(call.body.bucket)), self.epoch)
        return Answer(Problem(err="malformed", sentence="Nothing can be pushed."), self.epoch)

    def _enter(self, entry: Entry) -> None:
        self.seq += 1
        entry.seq = self.seq
        self.buckets.setdefault(entry.bucket, {})[entry.kind, entry.id] = entry

    def _page(self, asked: Pull) -> Pulled:
        left, rows, cursors = asked.limit, [], {}
        resets = [name for name in sorted(self.buckets) if name not in asked.cur]
        for name in sorted(self.buckets):
            seq, floor = asked.cur.get(name, (0, self._head(name)[0]))
            for entry in sorted(self.buckets[name].values(), key=lambda each: each.seq):
                is_old = entry.op != "P" and entry.seq <= floor
                if entry.seq > seq and left:
                    seq, left = entry.seq, left - (not is_old)
                    rows += [] if is_old else [entry]
            cursors[name] = (seq, floor)
        done = all(cursors[name][0] == self._head(name)[0] for name in cursors)
        revoked = sorted(asked.cur.keys() - self.buckets.keys())
        heads = {name: self._head(name) for name in self.buckets} if done else {}
        return Pulled(
            rows=rows, cur=cursors, done=done, resets=resets, revoked=revoked, heads=heads
        )

    def _live(self, bucket: str) -> list[Entry]:
        return [each for each in self.buckets[bucket].values() if each.op == "P"]

    def _head(self, bucket: str) -> HeadOf:
        live = self._live(bucket)
        digest = digest_of((each.kind, each.id, each.rv) for each in live)
        last = max((each.seq for each in self.buckets[bucket].values()), default=0)
        return self.lies.get(bucket, (last, len(live), digest))

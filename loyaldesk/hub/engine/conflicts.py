"""How is a value kept that does not stand? As a record of its own, which travels like any other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loyaldesk.hub.engine.records import Entity, as_json
from loyaldesk.hub.engine.uniqueness import holder_of
from loyaldesk.protocol.kinds import KINDS
from loyaldesk.protocol.stamps import as_kept

if TYPE_CHECKING:
    from loyaldesk.hub.engine.workset import Workset
    from loyaldesk.protocol.merge import Clash
    from loyaldesk.protocol.stamps import Stamp

__all__ = ["Meeting", "keep_clash", "who_met"]

_KIND = KINDS["edit_conflict"]


@dataclass(frozen=True, slots=True)
class Meeting:
    """A clash in a record, whose edit came later to the hub, and whose was there, if known."""

    entity: Entity
    clash: Clash
    mine: Stamp
    theirs: Stamp | None


def who_met(work: Workset, entity: Entity, clash: Clash) -> Stamp | None:
    """Return who wrote what an edit met, by the stamps from before the edit put its own on."""
    met = holder_of(work, entity, clash) if clash.rule == "number" else entity
    if met is None:
        return None
    name = clash.field.partition(".")[0]
    return met.stamps.get(name) or met.stamps.get("")


def keep_clash(work: Workset, met: Meeting, uid: str) -> str:
    """Write the conflict down under this uid, with the record's customer; return the uid."""
    clash, theirs = met.clash, met.theirs
    kind, record = met.entity.key
    row = {
        "customer_id": met.entity.account or None,
        "record_kind": kind,
        "record_uid": record,
        "field": clash.field,
        "rule": clash.rule,
        "base": as_json(clash.base),
        "mine": as_json(clash.mine),
        "theirs": as_json(clash.theirs),
        "my_user": met.mine.user,
        "my_desk": met.mine.desk,
        "my_edited_at": as_kept(met.mine.at),
        "their_user": theirs.user if theirs else "",
        "their_edited_at": as_kept(theirs.at) if theirs else None,
        "mutation_uid": met.mine.uuid,
        "found_at": as_kept(work.now),
        "status": clash.status,
        "winner": as_json(clash.winner),
        "resolved_by": "",
        "resolved_at": None,
    }
    work.put(Entity(_KIND, uid, 0, met.entity.account, row, stamps={"": met.mine}))
    return uid

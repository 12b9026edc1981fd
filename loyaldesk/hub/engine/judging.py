"""What becomes of one edit: made, merged, kept as a conflict, or refused with its group?

`Refused` is raised for the whole group. Who may not see a record hears the same as if there were
none.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from msgspec import UNSET

from loyaldesk.errors import Refused
from loyaldesk.hub.access import UNKNOWN, Principal, Verb, authorise
from loyaldesk.hub.engine.audit import notes_of
from loyaldesk.hub.engine.belonging import account_of, move_followers, needed_by
from loyaldesk.hub.engine.conflicts import Meeting, keep_clash, who_met
from loyaldesk.hub.engine.mastering import as_master, refuse_mastered, sign
from loyaldesk.hub.engine.merging_customers import follow_alias, note_merge
from loyaldesk.hub.engine.records import Entity
from loyaldesk.hub.engine.uniqueness import claim_unique, release_unique
from loyaldesk.protocol.checks import problems_of
from loyaldesk.protocol.derive import derive
from loyaldesk.protocol.kinds import KINDS, Kind, Merge, Row
from loyaldesk.protocol.merge import Clash, changes_of_create, merge_edit

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from loyaldesk.hub.engine.clients import Status
    from loyaldesk.hub.engine.workset import Workset
    from loyaldesk.protocol.messages import Change, Mutation
    from loyaldesk.protocol.stamps import Stamp

__all__ = ["Judge", "Verdict"]

_CREATED = ""
# What counts elsewhere may be taken back once only.
_COUNTED = frozenset({"allocation"})
_TAKEN_BACK = (
    "Somebody else took this back or deleted it meanwhile. Nothing was booked; what you entered is"
    " kept here, so look at the account first."
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a mutation, and the conflicts that were written down."""

    mutation: Mutation
    status: Status
    reason: str = ""
    conflicts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges the edits of one push, on the records of a workset, for who sent it."""

    work: Workset
    principal: Principal
    stamp_of: Callable[[Mutation], Stamp]
    new_uid: Callable[[], str]

    def judge(self, mutation: Mutation) -> Verdict:
        """Make the edit in the workset as far as it can be made, and say what became of it."""
        problems = problems_of(mutation)
        if problems:
            raise Refused(" ".join(problems))
        if mutation.op == "create":
            return self._create(mutation)
        entity = self._reachable(mutation)
        if entity.kind.is_upward:
            # What happened stays on record, also when a desk takes the paper off file.
            return Verdict(mutation, "applied")
        if mutation.op == "delete":
            return self._delete(mutation, entity)
        return self._edit(mutation, entity, mutation.ch)

    def _reachable(self, mutation: Mutation) -> Entity:
        entity = self.work.get(mutation.kind, mutation.id)
        if entity is None:
            raise Refused(UNKNOWN)
        self._allow(Verb.DELETE if mutation.op == "delete" else Verb.WRITE, entity)
        return entity

    def _allow(self, verb: Verb, entity: Entity) -> None:
        """Refuse what the principal may not do to the record where it lies now."""
        if entity.kind.is_upward:
            customer = self.work.get("customer", entity.account)
            if customer is None or not self._may(Verb.READ, customer):
                raise Refused(UNKNOWN)
            return
        if entity.kind.name == "edit_conflict":
            verb = Verb.RESOLVE
        if not self._may(verb, entity):
            raise Refused(UNKNOWN)

    def _may(self, verb: Verb, entity: Entity) -> bool:
        return authorise(self.principal, verb, self.work.buckets(entity))

    def _create(self, mutation: Mutation) -> Verdict:
        kind = KINDS[mutation.kind]
        given = mutation.row or {}
        row = follow_alias(self.work, kind, {name: given.get(name) for name in kind.fields})
        row = sign(kind, row, self.principal)
        existing = self.work.get(kind.name, mutation.id)
        if existing is not None and not existing.is_deleted:
            self._allow(Verb.WRITE, existing)
            return self._edit(mutation, existing, changes_of_create(row))
        return self._make(mutation, kind, row, existing)

    def _make(self, mutation: Mutation, kind: Kind, row: Row, gone: Entity | None) -> Verdict:
        """Make the record, or bring back one that was deleted, as its author asks."""
        if kind.name == "edit_conflict":
            raise Refused("Conflicts are written down by the hub alone.")
        if gone is not None:
            self._allow(Verb.WRITE, gone)
        stamp = self.stamp_of(mutation)
        account = account_of(self.work, kind, mutation.id, row)
        entity = Entity(
            kind, mutation.id, gone.rv if gone else 0, account, row,
            origin=as_master(self.principal, kind, gone), stamps={_CREATED: stamp},
        )  # fmt: skip
        return self._settled(mutation, gone, entity, [], is_concurrent=False)

    def _edit(self, mutation: Mutation, entity: Entity, given: Mapping[str, Change]) -> Verdict:
        if entity.is_deleted:
            return self._edit_of_deleted(mutation, entity)
        changes = follow_alias(self.work, entity.kind, given, current=entity.row)
        changes = refuse_mastered(
            self.principal, entity, sign(entity.kind, changes, self.principal)
        )
        stamp = self.stamp_of(mutation)
        merged = merge_edit(entity.kind, entity.row, changes, mine=stamp, theirs=entity.stamps)
        row = derive(entity.kind, merged.row) if merged.is_concurrent else merged.row
        after = replace(
            entity,
            row=row,
            account=account_of(self.work, entity.kind, entity.id, row),
            origin=as_master(self.principal, entity.kind, entity),
            stamps={**entity.stamps, **dict.fromkeys(merged.stamped, stamp)},
        )
        return self._settled(
            mutation, entity, after, merged.clashes, is_concurrent=merged.is_concurrent
        )

    def _settled(
        self,
        mutation: Mutation,
        before: Entity | None,
        after: Entity,
        clashes: list[Clash],
        *,
        is_concurrent: bool,
    ) -> Verdict:
        """Put the record in place, with everything that follows from it."""
        after, more = claim_unique(self.work, before, after)
        self.work.put(after)
        self._allow_where_it_lies_now(before, after)
        self._allow_references(after)
        move_followers(self.work, before, after)
        note_merge(self.work, after)
        stamp = self.stamp_of(mutation)
        for note in notes_of(mutation.op, before, after, stamp):
            self.work.note(note)
        clashes = clashes + more
        met = replace(after, stamps=before.stamps if before else {})
        conflicts = tuple(self._keep(mutation, met, clash) for clash in clashes)
        if any(clash.status == "open" for clash in clashes):
            return Verdict(mutation, "conflict", conflicts=conflicts)
        return Verdict(mutation, "merged" if is_concurrent else "applied", conflicts=conflicts)

    def _allow_where_it_lies_now(self, before: Entity | None, after: Entity) -> None:
        """Refuse to put a record where its author cannot see it, unless they may."""
        is_moved = before is not None and not before.is_deleted
        if is_moved and authorise(self.principal, Verb.TRANSFER):
            return
        self._allow(Verb.WRITE, after)

    def _allow_references(self, entity: Entity) -> None:
        """Refuse to hang a record on one that its author cannot see."""
        for field in entity.kind.references:
            if field.is_nullable or field.refers is None:
                continue
            target = self.work.get(field.refers, entity.row[field.name])
            if target is not None and not self._may(Verb.READ, target):
                raise Refused(UNKNOWN)

    def _edit_of_deleted(self, mutation: Mutation, entity: Entity) -> Verdict:
        """Keep what was entered into a record that is gone; nobody brings it back unasked."""
        if any(change.inc is not UNSET for change in mutation.ch.values()):
            raise Refused(_TAKEN_BACK)
        mine = {name: change.new for name, change in mutation.ch.items()}
        clash = Clash("", "delete", entity.row, mine, None, None, "open")
        return Verdict(mutation, "conflict", conflicts=(self._keep(mutation, entity, clash),))

    def _delete(self, mutation: Mutation, entity: Entity) -> Verdict:
        if entity.is_deleted:
            if entity.kind.name in _COUNTED:
                raise Refused(_TAKEN_BACK)
            return Verdict(mutation, "applied")
        refuse_mastered(self.principal, entity, None)
        unseen = _unseen(entity, mutation.ch)
        if unseen or needed_by(self.work, entity):
            saw = {name: mutation.ch[name].old for name in unseen}
            now = {name: entity.row.get(name) for name in unseen}
            clash = Clash("", "delete", saw, None, now, now, "open")
            return Verdict(mutation, "conflict", conflicts=(self._keep(mutation, entity, clash),))
        stamp = self.stamp_of(mutation)
        gone = replace(entity, is_deleted=True, stamps={**entity.stamps, _CREATED: stamp})
        release_unique(self.work, entity)
        self.work.put(gone)
        for note in notes_of("delete", entity, gone, stamp):
            self.work.note(note)
        return Verdict(mutation, "applied")

    def _keep(self, mutation: Mutation, entity: Entity, clash: Clash) -> str:
        """Write the conflict down; the stamps of the record are those that the edit met."""
        theirs = who_met(self.work, entity, clash)
        met = Meeting(entity, clash, self.stamp_of(mutation), theirs)
        return keep_clash(self.work, met, self.new_uid())


def _unseen(entity: Entity, saw: Mapping[str, Change]) -> list[str]:
    """Return the fields that are no longer as the author of a delete saw them."""
    return [
        name
        for name, change in saw.items()
        if entity.kind.fields[name].merge is not Merge.DERIVED
        and entity.row.get(name) != change.old
    ]

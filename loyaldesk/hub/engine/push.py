"""What becomes of the edits that a desk sends? Each is answered once and for good.

Effect, outcome and the number of the last answered edit are one transaction, so that a push whose
reply was lost can simply be sent again.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loyaldesk.hub.access import Verb, authorise
from loyaldesk.hub.engine.audit import write_notes
from loyaldesk.hub.engine.clients import Answered, answered_before, lock_client, write_answers
from loyaldesk.hub.engine.flush import flush_records, write_moves
from loyaldesk.hub.engine.groups import judge_group
from loyaldesk.hub.engine.judging import Judge, Verdict
from loyaldesk.hub.engine.locking import lock_of, lock_rows, locks_wanted
from loyaldesk.hub.engine.pull import wrong_epoch
from loyaldesk.hub.engine.workset import Workset
from loyaldesk.hub.store import Raced
from loyaldesk.protocol.checks import is_uid
from loyaldesk.protocol.kinds import KINDS, SCHEMA, kind_named
from loyaldesk.protocol.messages import Outcome, Problem, Pushed
from loyaldesk.protocol.stamps import Stamp, corrected, instant_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from loyaldesk.hub.access import Principal
    from loyaldesk.hub.engine.clients import Client
    from loyaldesk.hub.engine.records import Entity, Key
    from loyaldesk.hub.store import HubStore
    from loyaldesk.hub.transaction import Tx
    from loyaldesk.protocol.messages import Head, Mutation, Push, Reply

__all__ = ["MOST_MUTATIONS", "answer_push"]

# Of several groups at once; a single group may be larger, for it cannot be halved.
MOST_MUTATIONS = 500
_CLIENT = re.compile(r"[0-9A-Za-z-]{1,64}")
_UPDATE_AFTER_S = 3600.0


def answer_push(
    hub: HubStore, principal: Principal, head: Head, push: Push, now: datetime
) -> Reply:
    """Return what became of the mutations, in their order, once all of it is kept."""
    problem = _unfit(head, push.muts)
    if problem:
        return problem
    locks: set[Key] = set()
    return hub.repeat("push", lambda tx: _Push(hub, tx, principal, head, now).answer(push, locks))


def _unfit(head: Head, mutations: Sequence[Mutation]) -> Problem | None:
    """Return why a push cannot be taken as it is, whatever is in its edits."""
    if head.schema > SCHEMA:
        sentence = (
            "The hub runs an older version than this desk and has to be updated first. Nothing is"
            " lost: your changes wait here."
        )
        return Problem(err="busy", sentence=sentence, retry_after_s=_UPDATE_AFTER_S)
    if not _CLIENT.fullmatch(head.client):
        return Problem(err="malformed", sentence="The desk gave no name that a client can have.")
    if not all(is_uid(each.uuid) and is_uid(each.id) and each.no > 0 for each in mutations):
        return Problem(err="malformed", sentence="An edit has no identity that an edit can have.")
    if len({each.uuid for each in mutations}) < len(mutations):
        return Problem(err="malformed", sentence="An edit was sent twice at once.")
    if len(mutations) > MOST_MUTATIONS and len({each.grp for each in mutations}) > 1:
        sentence = f"No more than {MOST_MUTATIONS} edits can be sent at once."
        return Problem(err="too-large", sentence=sentence)
    return None


@dataclass(slots=True)
class _Push:
    """One push within its transaction."""

    hub: HubStore
    tx: Tx
    principal: Principal
    head: Head
    now: datetime

    def answer(self, push: Push, locks: set[Key]) -> Reply:
        """Answer the groups in turn until one cannot be; then write everything at once."""
        now = instant_text(self.now)
        problem = wrong_epoch(self.tx, self.head)
        if problem:
            return problem
        client = lock_client(self.tx, self.principal, self.head, now)
        if not client.belongs_to(self.principal):
            return _forked()
        if self.tx.is_postgres:
            locks |= locks_wanted(self.tx, push.muts)
            lock_rows(self.tx, locks)
        work = Workset(self.tx, now)
        work.preload(_named(push.muts))
        answers, problem = self._answer_groups(work, client, push.muts)
        self._hold(work, locks)
        moves = flush_records(work)
        write_notes(self.tx, work.notes, self.principal, now)
        write_answers(self.tx, client, self.head, now)
        outcomes = [self._told(work, answer) for answer in answers]
        write_moves(self.tx, moves, int(self.now.timestamp()))
        if problem:
            problem.res = outcomes
            return problem
        return Pushed(last=client.last_no, chain=client.chain, res=outcomes)

    def _answer_groups(
        self, work: Workset, client: Client, mutations: Sequence[Mutation]
    ) -> tuple[list[Answered], Problem | None]:
        by_number, by_uuid = answered_before(self.tx, client, mutations)
        judge = Judge(work, self.principal, self._stamp, self.hub.new_uid)
        answers: list[Answered] = []
        for _, group in itertools.groupby(mutations, key=lambda mutation: mutation.grp):
            fresh: list[Mutation] = []
            for mutation in group:
                stored = by_number.get(mutation.no)
                if mutation.no > client.last_no + len(fresh):
                    fresh.append(mutation)
                elif stored is not None and stored.uuid == mutation.uuid:
                    answers.append(stored)
                else:
                    return answers, _forked()
            expected = client.last_no + 1
            if [each.no for each in fresh] != list(range(expected, expected + len(fresh))):
                return answers, _gap(expected)
            for answer in self._answer_group(judge, fresh, by_uuid):
                client.answer(answer, is_first=answer.uuid not in by_uuid)
                by_uuid[answer.uuid] = answer
                answers.append(answer)
        return answers, None

    def _answer_group(
        self, judge: Judge, group: Sequence[Mutation], by_uuid: dict[str, Answered]
    ) -> list[Answered]:
        """Judge what no client has sent before; copy the outcome of what one has."""
        new = [mutation for mutation in group if mutation.uuid not in by_uuid]
        verdicts = {each.mutation.uuid: each for each in judge_group(judge, new)}
        return [
            _answered(verdicts[mutation.uuid])
            if mutation.uuid in verdicts
            else by_uuid[mutation.uuid].under(mutation.no)
            for mutation in group
        ]

    def _stamp(self, mutation: Mutation) -> Stamp:
        at = corrected(mutation.edited_at, mutation.offset_ms, self.now)
        return Stamp(at, mutation.uuid, self.principal.name, self.principal.desk)

    def _hold(self, work: Workset, locks: set[Key]) -> None:
        """Begin again if a record was changed whose customer was not locked from the start."""
        if not self.tx.is_postgres:
            return
        stored = [entity for entity in work.entities.stored.values() if entity is not None]
        touched = [entity for entity in stored if entity.key in work.entities.kept]
        missing = {lock_of(entity) for entity in touched} - locks
        if missing:
            locks |= missing
            raise Raced

    def _told(self, work: Workset, answer: Answered) -> Outcome:
        """Return the outcome with the row as it is now, if its author may see it."""
        entity = work.get(answer.kind, answer.id) if answer.kind in KINDS else None
        outcome = Outcome(
            no=answer.no, uuid=answer.uuid, st=answer.status, reason=answer.reason,
            conflicts=list(answer.conflicts),
        )  # fmt: skip
        if entity is not None and self._may_see(work, entity):
            outcome.rv, outcome.row = entity.rv, entity.row
        return outcome

    def _may_see(self, work: Workset, entity: Entity) -> bool:
        return not entity.is_deleted and authorise(
            self.principal, Verb.READ, work.buckets(entity)
        )  # fmt: skip


def _named(mutations: Sequence[Mutation]) -> Iterator[Key]:
    """Yield the records that the edits are about, and those that new ones hang on."""
    for mutation in mutations:
        kind = kind_named(mutation.kind)
        if kind is None:
            continue
        yield kind.name, mutation.id
        for field in kind.references:
            uid = (mutation.row or {}).get(field.name)
            if field.refers and not field.is_nullable and isinstance(uid, str):
                yield field.refers, uid


def _answered(verdict: Verdict) -> Answered:
    made = verdict.mutation
    return Answered(
        made.no, made.uuid, made.kind, made.id, verdict.status, verdict.reason, verdict.conflicts
    )  # fmt: skip


def _forked() -> Problem:
    sentence = "Another copy of this desk has sent changes; this one goes on under a new name."
    return Problem(err="forked", sentence=sentence)


def _gap(expect: int) -> Problem:
    sentence = "Changes are missing before these; the desk sends from there."
    return Problem(err="gap", sentence=sentence, expect=expect)

"""Is a group of edits made as a whole? If one of them cannot be, none is."""

from __future__ import annotations

import logging
import traceback
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

from loyaldesk.errors import Refused
from loyaldesk.hub.engine.judging import Verdict
from loyaldesk.hub.engine.rules import Facts, broken_rule
from loyaldesk.hub.store import Raced

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyaldesk.hub.engine.judging import Judge
    from loyaldesk.protocol.messages import Mutation

__all__ = ["judge_group"]

_LOG = logging.getLogger("loyaldesk.hub")


def judge_group(judge: Judge, group: Sequence[Mutation]) -> list[Verdict]:
    """Return what becomes of the edits, made in the judge's workset if all of them can be.

    An error in the program refuses the group too: it must not block a desk's queue for ever.
    """
    try:
        verdicts = [judge.judge(mutation) for mutation in group]
        _check_rules(judge)
    except (SQLAlchemyError, Raced):
        raise
    except Refused as refused:
        reason = refused.message
    except Exception as error:
        reason = _ticket(error, judge.new_uid()[-8:])
    else:
        judge.work.keep()
        return verdicts
    judge.work.drop()
    return [Verdict(mutation, "rejected", reason) for mutation in group]


def _check_rules(judge: Judge) -> None:
    """Refuse the group if what it comes to breaks a rule."""
    work = judge.work
    for key, after in list(work.entities.group.items()):
        if after is None or after.is_deleted:
            continue
        before = work.entities.before_group(key)
        customer = work.get("customer", after.account) if after.account else None
        facts = Facts(
            kind=after.kind.name,
            before=before.row if before else None,
            after=after.row,
            customer=customer.row if customer else None,
            role=judge.principal.role,
        )
        broken = broken_rule(facts)
        if broken:
            raise Refused(broken)


def _ticket(error: Exception, ticket: str) -> str:
    """Log where the program failed, without the values it failed on; return the sentence."""
    frames = "".join(traceback.format_tb(error.__traceback__))
    _LOG.error("ticket %s: %s in a push\n%s", ticket, type(error).__name__, frames)
    return (
        f"The hub could not take this change because of an error in its program (ticket {ticket})."
        " What you entered is kept here; tell whoever looks after the hub."
    )

"""What does the hub know of who changed a record, and of who looked at a paper?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyaldesk.protocol.stamps import instant_of
from loyaldesk.protocol.wire import History
from loyaldesk.queries.paper_uses import PaperUseRow
from loyaldesk.queries.record_history import FieldChanged
from loyaldesk.sync.reach.one_call import end_never, hub_caller

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["HubHistory", "fetch_history"]

HubHistory = tuple[list[FieldChanged], list[PaperUseRow]]
PATH = "history/{kind}/{uid}"


def fetch_history(
    profile: Path,
    database_key: bytes,
    *,
    kind: str,
    uid: str,
    end_with: Callable[[Callable[[], None]], object] = end_never,
) -> HubHistory:
    """Return the newest changes of a record, and for a document its uses, from all desks.

    `end_with` is given what stops the waiting from another thread. Raises Unreachable or Refused.
    """
    with hub_caller(profile, database_key, end_with) as caller:
        found: History = caller.read(PATH.format(kind=kind, uid=uid), History)
    changes = [
        FieldChanged(instant_of(e.at), e.actor, e.op, e.field, e.old, e.new) for e in found.entries
    ]
    uses = [PaperUseRow(instant_of(u.at), u.actor, u.verb, u.recipient) for u in found.uses]
    return changes, uses

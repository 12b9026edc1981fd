"""What does the hub know of who changed a record, and of who looked at a paper?"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from loyaldesk.errors import Refused
from loyaldesk.protocol.wire import History
from loyaldesk.queries.paper_uses import PaperUseRow
from loyaldesk.queries.record_history import FieldChanged
from loyaldesk.sync.access_file import read_access
from loyaldesk.sync.address import HubAddress
from loyaldesk.sync.calls import Caller
from loyaldesk.sync.clock import SystemClock
from loyaldesk.sync.session import Session
from loyaldesk.sync.transport import HubTransport

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
    end_with: Callable[[Callable[[], None]], object] = lambda _: None,
) -> HubHistory:
    """Return the newest changes of a record, and for a document its uses, from all desks.

    `end_with` is given what stops the waiting from another thread. Raises Unreachable or Refused.
    """
    access = read_access(profile, database_key)
    if access is None:
        raise Refused("This profile is connected to no hub. Nothing was changed.")
    transport = HubTransport(HubAddress.parse(access.url), hub=access.hub)
    end_with(transport.stop)
    try:
        caller = Caller(transport, Session(transport, access, clock=SystemClock()))
        found: History = caller.read(PATH.format(kind=kind, uid=uid), History)
    finally:
        transport.close()
    changes = [
        FieldChanged(datetime.fromisoformat(e.at), e.actor, e.op, e.field, e.old, e.new)
        for e in found.entries
    ]
    uses = [
        PaperUseRow(datetime.fromisoformat(u.at), u.actor, u.verb, u.recipient) for u in found.uses
    ]
    return changes, uses

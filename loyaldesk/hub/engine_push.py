"""What becomes of the edits that a desk sends? Each is answered once and for good.

Effect, outcome and the number of the last answered edit are one transaction, so that a push whose
reply was lost can simply be sent again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyaldesk.errors import Unavailable

if TYPE_CHECKING:
    from datetime import datetime

    from loyaldesk.hub.access import Principal
    from loyaldesk.hub.store import HubStore
    from loyaldesk.protocol.messages import Head, Push, Reply

__all__ = ["answer_push"]


def answer_push(
    hub: HubStore, principal: Principal, head: Head, push: Push, now: datetime
) -> Reply:
    """Return what became of the mutations, in their order, once all of it is kept."""
    raise Unavailable("This hub only reads.")

"""How does somebody ask the hub one thing, beside the steady exchange?"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from loyaldesk.errors import Refused
from loyaldesk.sync.reach.access_file import read_access
from loyaldesk.sync.reach.address import HubAddress
from loyaldesk.sync.reach.calls import Caller
from loyaldesk.sync.reach.clock import SystemClock
from loyaldesk.sync.reach.session import Session
from loyaldesk.sync.reach.transport import HubTransport

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

__all__ = ["end_never", "hub_caller"]


def end_never(_: Callable[[], None]) -> None:
    """Let the waiting end by itself."""


@contextmanager
def hub_caller(
    profile: Path, database_key: bytes, end_with: Callable[[Callable[[], None]], object]
) -> Iterator[Caller]:
    """Yield the signed-in device of a profile; Refused where the profile has no hub.

    `end_with` is given what stops the waiting from another thread.
    """
    access = read_access(profile, database_key)
    if access is None:
        raise Refused("This profile is connected to no hub. Nothing was changed.")
    transport = HubTransport(HubAddress.parse(access.url), hub=access.hub)
    end_with(transport.stop)
    try:
        yield Caller(transport, Session(transport, access, clock=SystemClock()))
    finally:
        transport.close()

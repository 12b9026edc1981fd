"""What does a running hub have at hand, and whom does a request come from?"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from loyaldesk import __version__
from loyaldesk.hub.access import Principal
from loyaldesk.hub.accounts.devices import DeviceStatus, find_device
from loyaldesk.hub.accounts.tokens import AccessTokens
from loyaldesk.hub.accounts.users import find_user, granted_territories
from loyaldesk.hub.http.limits import Limits
from loyaldesk.hub.refusals import Refusal
from loyaldesk.hub.state import epoch_of, hub_name
from loyaldesk.protocol.kinds import SCHEMA
from loyaldesk.protocol.recovery import recovery_public
from loyaldesk.protocol.wire import HubInfo, OidcWay

if TYPE_CHECKING:
    from collections.abc import Callable

    import sqlalchemy as sa

    from loyaldesk.hub.accounts.devices import Device
    from loyaldesk.hub.accounts.oidc import Oidc
    from loyaldesk.hub.accounts.tokens import Bearer
    from loyaldesk.hub.accounts.users import User
    from loyaldesk.hub.identity import Identity
    from loyaldesk.hub.store import HubStore

__all__ = ["Hub", "HubSettings", "check_welcome", "signed_out"]


@dataclass(frozen=True, slots=True, kw_only=True)
class HubSettings:
    """How much a hub does at once: threads, requests that wait for one, long polls."""

    threads: int = 8
    most_waiting: int = 64
    most_polls: int = 2000


@dataclass(kw_only=True)
class Hub:
    """A hub in service; `clock` counts seconds and `now` tells the time.

    `contents` keeps the contents of documents (`hub.blob_store`). `epoch` is the one last read, for
    the headers of answers that do not look it up. With `is_ending` nobody is kept waiting any more.
    """

    store: HubStore
    identity: Identity
    contents: Any = None
    oidc: Oidc | None = None
    settings: HubSettings = HubSettings()
    is_ending: bool = False
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    clock: Callable[[], float] = time.monotonic
    hub: str = field(init=False)
    epoch: str = field(init=False)
    limits: Limits = field(init=False)
    tokens: AccessTokens = field(init=False)

    def __post_init__(self) -> None:
        with self.store.snapshot("hub") as tx:
            self.hub, self.epoch = hub_name(tx), epoch_of(tx)
        self.limits = Limits(self.clock)
        self.tokens = AccessTokens(self.hub, self.identity.signing_key)

    def info(self) -> HubInfo:
        """Return what anybody may know."""
        oidc = self.oidc and OidcWay(self.oidc.issuer, self.oidc.client_id)
        return HubInfo(
            hub=self.hub,
            name=self.identity.name,
            version=__version__,
            schema=SCHEMA,
            oidc=oidc or None,
            recovery=recovery_public(self.identity.signing_key),
        )

    def bearer_of(self, authorization: str, now: datetime) -> Bearer:
        """Return whom the header speaks for; raises Refusal."""
        scheme, _, token = authorization.partition(" ")
        bearer = self.tokens.read(token, now) if scheme.lower() == "bearer" else None
        if bearer is None:
            raise signed_out()
        return bearer

    def principal(self, bearer: Bearer) -> Principal:
        """Return who asks, with the rights of this moment; raises Refusal when not welcome."""
        with self.store.snapshot("who") as tx:
            self.epoch = epoch_of(tx)
            user = find_user(tx.connection, id=bearer.user_id)
            device = find_device(tx.connection, bearer.device_id)
            if user is None or device is None or device.user_id != user.id:
                raise signed_out()
            check_welcome(user, device)
            return _principal(tx.connection, user, device)


def signed_out() -> Refusal:
    """Return the answer to who cannot be told from anybody."""
    return Refusal(
        "signed-out", "The hub does not know who asks. Nothing was changed. Sign in again."
    )


def check_welcome(user: User, device: Device) -> None:
    """Raise Refusal if the device was shut out or shall erase its records, or the user is out."""
    if device.status is DeviceStatus.WIPE:
        raise Refusal("wipe", "The company asks this computer to erase its copy of the records.")
    if device.status is DeviceStatus.REVOKED or user.is_disabled:
        raise Refusal("revoked", "This computer or its user has no access to the hub any more.")


def _principal(connection: sa.Connection, user: User, device: Device) -> Principal:
    return Principal(
        user=user.login,
        name=user.name,
        device=device.id,
        desk=device.desk,
        role=user.role,
        territories=granted_territories(connection, user),
    )

"""How does a profile become a desk of a hub, and how does it leave it?

An empty profile gets what the hub has; a profile with records brings them to an empty hub, when
the person says so. Records on both sides are refused: nobody can tell which of them are the same.
"""

from __future__ import annotations

import platform
from collections.abc import Callable
from dataclasses import dataclass, replace
from math import ceil
from typing import TYPE_CHECKING

import msgspec

from loyaldesk.errors import Refused
from loyaldesk.protocol import wire
from loyaldesk.protocol.kinds import KINDS, SCHEMA
from loyaldesk.protocol.messages import Call, Head, Problem, Pull, Pulled
from loyaldesk.store.capture import queue_everything
from loyaldesk.store.connection import to_sql
from loyaldesk.store.sync_state import StateKey, read_state, write_state
from loyaldesk.store.uids import new_uid
from loyaldesk.sync.reach.access_file import HubAccess, keep_access, read_access
from loyaldesk.sync.reach.address import HubAddress
from loyaldesk.sync.reach.calls import Caller
from loyaldesk.sync.reach.clock import SystemClock, machine_fingerprint
from loyaldesk.sync.reach.refusals import HubRefusal
from loyaldesk.sync.reach.session import Session, ask_signed, decoded
from loyaldesk.sync.reach.signing import DeviceKey
from loyaldesk.sync.reach.transport import HubRequest, HubTransport

if TYPE_CHECKING:
    from pathlib import Path

    from loyaldesk.store.store import Store
    from loyaldesk.sync.reach.clock import Clock

__all__ = ["Connected", "Connecting", "SignIn", "disconnect", "password_sign_in"]

LONGEST_NAME = 100
# What a new profile has of its own accord, or nobody works with by itself.
_NOT_OWN = frozenset({"setting", "time_frame", "paper_use", "edit_conflict"})

_NOT_IN = {
    "signed-out": "The hub did not take this name and password. Nothing was changed. Type them "
    "again, or ask whoever runs the hub.",
    "refused": "This password was good for one sign-in, which has taken place on another computer. "
    "Nothing was changed. Use the password that you chose then, or ask for a new one.",
    "forbidden": "The hub does not know your company's account. Nothing was changed. Ask whoever "
    "runs the hub to invite you.",
    "clock": "The clock of this computer is far off. Nothing was changed. Set it right, then try "
    "again.",
}

# Given the hub and the device's public key, returns the request that signs this device in.
SignIn = Callable[[wire.HubInfo, str], wire.DeviceAsked]


@dataclass(frozen=True, slots=True)
class Connected:
    """What came of connecting; `shared` counts the edits that now wait to go up."""

    access: HubAccess
    is_again: bool
    shared: int


def password_sign_in(user: str, password: str) -> SignIn:
    """Return the sign-in by user name and password."""

    def sign_in(_: wire.HubInfo, key: str) -> wire.DeviceAsked:
        return wire.DeviceAsked(key=key, name=device_name(), user=user, password=password)

    return sign_in


def device_name() -> str:
    """Return what the hub's administrators see of this computer: its name in the network."""
    name = "".join(sign for sign in platform.node() if sign.isprintable()).strip()
    return name[:LONGEST_NAME] or "computer"


class Connecting:
    """Connects one open profile; `may_share` is asked before its records go to an empty hub."""

    def __init__(
        self,
        store: Store,
        *,
        profile: Path,
        database_key: bytes,
        may_share: Callable[[], bool],
        clock: Clock | None = None,
    ) -> None:
        self._store, self._profile, self._database_key = store, profile, database_key
        self._may_share = may_share
        self._clock = clock or SystemClock()

    def connect(self, url: str, sign_in: SignIn) -> Connected:
        """Sign in at the hub and link the profile to it; doing it again is harmless."""
        address = HubAddress.parse(url)
        transport = HubTransport(address)
        try:
            return self._connect(address, transport, sign_in)
        finally:
            transport.close()

    def _connect(self, address: HubAddress, transport: HubTransport, sign_in: SignIn) -> Connected:
        info = decoded(transport.ask(HubRequest("GET", "hub")), wire.HubInfo)
        known = self._known(info)
        # The same key again: a password that is good for one sign-in stays good for this computer.
        key = DeviceKey.from_hex(known.key) if known else DeviceKey.new()
        made = _signed_in(transport, key, sign_in(info, key.public_hex), clock=self._clock)
        is_again = known is not None and self._store.link is not None
        if known and is_again and known.user != made.user:
            raise Refused(
                f"This profile belongs to {known.user}. Nothing was changed. Sign in as "
                f"{known.user}, or choose another folder with --profile for {made.user}.",
                field="user",
            )
        access = HubAccess(
            url=address.url,
            hub=info.hub,
            hub_name=info.name,
            user=made.user,
            desk=made.desk,
            device=made.device,
            recovery=info.recovery,
            refresh=made.refresh,
            key=key.private_hex,
        )
        keep_access(self._profile, self._database_key, access)
        shares = not is_again and self._shares(transport, access)
        return Connected(access, is_again, self._link(access, shares=shares))

    def _known(self, info: wire.HubInfo) -> HubAccess | None:
        """Return how the profile came into this very hub before; refused if into another one."""
        known = read_access(self._profile, self._database_key)
        if known is None or known.hub == info.hub:
            return known
        if self._store.link is None:
            return None
        raise Refused(
            f"This profile belongs to the hub “{known.hub_name}” ({known.url}). Nothing was "
            "changed. Choose another folder with --profile for another hub."
        )

    def _shares(self, transport: HubTransport, access: HubAccess) -> bool:
        """Tell whether this profile's records go up; refused where both sides have some."""
        if self._store.link or not _has_records(self._store):
            return False
        if not self._hub_is_empty(transport, access):
            raise Refused(
                "This profile has records of its own, and so has the hub. Nothing was changed, as "
                "nobody can tell which of them are the same. Connect an empty profile (a new "
                "folder with --profile), then import there what the hub lacks."
            )
        if not self._may_share():
            raise Refused(
                "The hub is empty and this profile has records. Nothing was changed. To share "
                "these records with everybody at the hub, connect with --share."
            )
        return True

    def _hub_is_empty(self, transport: HubTransport, access: HubAccess) -> bool:
        caller = Caller(transport, Session(transport, access, clock=self._clock))
        reply = caller.answer(self._first_page("")).reply
        if isinstance(reply, Problem) and reply.err == "epoch":
            reply = caller.answer(self._first_page(reply.epoch)).reply
        if isinstance(reply, Problem):
            raise HubRefusal(reply)
        return isinstance(reply, Pulled) and not reply.rows

    def _first_page(self, epoch: str) -> Call:
        now = self._clock.now()
        head = Head(client=new_uid(now).hex(), epoch=epoch, schema=SCHEMA, now=to_sql(now))
        return Call("sync/pull", head, Pull(cur={}, limit=1))

    def _link(self, access: HubAccess, *, shares: bool) -> int:
        """Note in one transaction whose desk this is, and queue what is shared."""
        with self._store.remote_transaction("Connect") as tx:
            connection = self._store.connection
            now = self._clock.now()
            client = read_state(connection, StateKey.CLIENT) or new_uid(now).hex()
            for key, value in (
                (StateKey.CLIENT, client),
                (StateKey.HUB, access.url),
                (StateKey.USER, access.user),
                (StateKey.DESK_CODE, access.desk),
                (StateKey.MACHINE, machine_fingerprint()),
                (StateKey.NEXT_AT, to_sql(now)),
                (StateKey.SHUT_OUT, ""),
            ):
                write_state(connection, key, value)
            if shares:
                queue_everything(tx, actor=access.user, label="Share with the hub")
            waiting = int(tx.value("SELECT count(*) FROM outbox"))
        self._store.act_as(access.user)
        return waiting


def disconnect(store: Store, *, profile: Path, database_key: bytes) -> HubAccess:
    """Sign this computer out; records stay readable and editable, what waits stays to be sent."""
    access = read_access(profile, database_key)
    if access is None or store.link is None:
        raise Refused("This profile is connected to no hub. Nothing was changed.")
    keep_access(profile, database_key, replace(access, refresh=""))
    return access


def _has_records(store: Store) -> bool:
    tables = [kind.table for kind in KINDS.values() if kind.name not in _NOT_OWN]
    with store.reader() as reader:
        return any(reader.value(f"SELECT 1 FROM {table} LIMIT 1") for table in tables)


def _signed_in(
    transport: HubTransport, key: DeviceKey, asked: wire.DeviceAsked, *, clock: Clock
) -> wire.DeviceMade:
    try:
        answer = ask_signed(transport, key, "devices", asked, clock=clock)
        return decoded(answer, wire.DeviceMade)
    except HubRefusal as refusal:
        if refusal.problem.err == "busy":
            raise Refused(_too_often(refusal.problem.retry_after_s), field="password") from refusal
        if refusal.problem.err not in _NOT_IN:
            raise
        raise Refused(_NOT_IN[refusal.problem.err], field="password") from refusal
    except msgspec.MsgspecError as error:
        raise Refused("What was typed cannot be sent. Nothing was changed.") from error


def _too_often(wait_s: float) -> str:
    """Return what to do where the hub lets nobody of this name or network sign in for a while."""
    seconds = max(1, ceil(wait_s))
    when = "1 second" if seconds == 1 else f"{seconds} seconds"
    return (
        "The hub takes no sign-in just now: there were too many attempts. Nothing was changed. "
        f"Try again in {when}."
    )

"""How does a desk that is known to the hub stay signed in?

An access token is good for ten minutes and is fetched with the device's key shortly before the
last one ends. It is kept in memory only. A login that ended never touches data.
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, TypeVar

import msgspec

from loyaldesk.protocol import wire
from loyaldesk.protocol.messages import Problem
from loyaldesk.sync.reach.refusals import HubRefusal, problem_in
from loyaldesk.sync.reach.signing import DeviceKey
from loyaldesk.sync.reach.trouble import Cause, Unreachable

if TYPE_CHECKING:
    from loyaldesk.sync.reach.access_file import HubAccess
    from loyaldesk.sync.reach.clock import Clock
    from loyaldesk.sync.reach.transport import HubAnswer, HubTransport

__all__ = ["Session", "ask_signed", "decoded"]

T = TypeVar("T")
# So long before its end a token is not used any more: a request may be under way for a while.
SPARE_S = 60.0


class Session:
    """The access token of one device; several threads may ask for it."""

    def __init__(self, transport: HubTransport, access: HubAccess, *, clock: Clock) -> None:
        self._transport, self._access, self._clock = transport, access, clock
        self._guard = Lock()
        self._token, self._good_until = "", 0.0

    def bearer(self) -> str:
        """Return the value of `Authorization`; raises Unreachable or HubRefusal."""
        with self._guard:
            if self._clock.monotonic() >= self._good_until:
                self._fetch()
            return f"Bearer {self._token}"

    def forget_token(self) -> None:
        """Fetch a new one next time: the hub did not take this one."""
        with self._guard:
            self._good_until = 0.0

    def _fetch(self) -> None:
        access = self._access
        if not access.refresh:
            raise HubRefusal(Problem(err="signed-out"))
        asked = wire.TokenAsked(device=access.device, refresh=access.refresh)
        answer = ask_signed(
            self._transport, DeviceKey.from_hex(access.key), "token", asked, clock=self._clock
        )
        made = decoded(answer, wire.TokenMade)
        self._token = made.token
        self._good_until = self._clock.monotonic() + max(0.0, made.expires_s - SPARE_S)


def ask_signed(
    transport: HubTransport, key: DeviceKey, path: str, message: object, *, clock: Clock
) -> HubAnswer:
    """Return the answer to a signed request; with the hub's time where this clock is far off."""
    body = msgspec.json.encode(message)
    answer = transport.ask(key.signed(path, body, now=clock.now()))
    hub_now = answer.headers.get("ld-now", "")
    if answer.status >= 400 and hub_now and problem_in(answer).err == "clock":
        answer = transport.ask(key.signed(path, body, now=hub_now))
    return answer


def decoded(answer: HubAnswer, kind: type[T]) -> T:
    """Return the message in the hub's answer, or raise its refusal."""
    if answer.status >= 300:
        raise HubRefusal(problem_in(answer))
    try:
        return msgspec.json.decode(answer.body, type=kind)
    except msgspec.MsgspecError as error:
        raise Unreachable(
            Cause.GARBLED,
            "The hub's answer cannot be read. Your edits are safe on this computer and go out by "
            "themselves later.",
        ) from error

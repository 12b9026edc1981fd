"""What is a request to the hub made of, and what does a route say of itself?"""

from __future__ import annotations

import enum
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from starlette.responses import Response

from loyaldesk.hub.refusals import malformed, unknown

if TYPE_CHECKING:
    from datetime import datetime

    from loyaldesk.hub.access import Principal
    from loyaldesk.hub.accounts.tokens import Bearer
    from loyaldesk.hub.http.service import Hub

__all__ = ["READ_S", "SMALL_BODY", "Access", "Answer", "Asked", "Handler", "Route"]

SMALL_BODY = 64 << 10
READ_S = 30.0


class Access(enum.Enum):
    """Whom a route serves: anybody, or a signed-in device."""

    OPEN = "anybody"
    DEVICE = "a signed-in device"


@dataclass(slots=True, kw_only=True)
class Asked:
    """A request on its way to its handler: read, unpacked, decoded, and of a known asker.

    `body` is the message of the route's type, or bytes; `raw` is what came over the wire, which is
    what a device signs. `params` are the words in the path, `query` those behind it.
    """

    hub: Hub
    method: str
    path: str
    address: str
    headers: Mapping[str, str]
    params: Mapping[str, str]
    query: Mapping[str, str]
    now: datetime
    raw: bytes = b""
    body: Any = None
    bearer: Bearer | None = None
    principal: Principal | None = None

    @property
    def asker(self) -> Principal:
        """Who asks, at a route that serves signed-in devices only."""
        if self.principal is None:
            raise unknown()
        return self.principal

    def number(self, name: str, default: int, *, most: int) -> int:
        """Return a number from the query, from 0 to `most`; refuses other words."""
        word = self.query.get(name, str(default))
        if not word.isascii() or not word.isdecimal() or len(word) > len(str(most)):
            raise malformed(f"“{name}” is a number")
        return min(int(word), most)


# A message of `msgspec`, which is sent as JSON, or an answer made by the handler itself.
Answer = Any
Handler = Callable[[Asked], Answer]


@dataclass(frozen=True, kw_only=True)
class Route:
    """One way to ask the hub; the server, the OpenAPI document and the tests all read this.

    `path` follows `/v1/` and may hold `{words}`. `body` is the type of the message, `bytes` for a
    content, None where nothing is sent; `limit` is how long it may be on the wire, `within_s` how
    many seconds it may take to arrive. `reply` is the
    type of the answer; None is a content. The handler runs on a thread, `waits` on the loop.
    """

    method: str
    path: str
    summary: str
    reply: type | None
    handler: Handler = Response
    body: type | None = None
    limit: int = SMALL_BODY
    within_s: float = READ_S
    access: Access = Access.DEVICE
    query: tuple[str, ...] = ()
    status: int = 200
    waits: Callable[..., Awaitable[Answer]] | None = field(default=None)

    @property
    def name(self) -> str:
        """The route in one word, for the log and the OpenAPI document."""
        return f"{self.method} {self.path}"

"""What is true of every answer of a hub? It says whose it is, is noted in the log, and ends.

The log has one line of JSON for each request: a number, the route, the status, the milliseconds
and the device's id. Bodies, tokens, names and the words of errors never get there.
"""

from __future__ import annotations

import json
import logging
import secrets
import traceback
from typing import TYPE_CHECKING, Any

import anyio

from loyaldesk.protocol.wire import EPOCH_HEADER, HUB_HEADER, NOW_HEADER

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from loyaldesk.hub.http.service import Hub

__all__ = ["LOG", "REQUEST_HEADER", "Gate", "note", "where_in"]

LOG = logging.getLogger("loyaldesk.hub")
REQUEST_HEADER = "LD-Request"
# An answer that nobody takes off the wire is given up.
SEND_S = 120.0
_NOTES = "loyaldesk.notes"


def note(scope: Any, **words: str) -> None:
    """Add the words to the line that the log will have of this request."""
    scope[_NOTES].update(words)


class Gate:
    """The application behind what every request passes."""

    def __init__(self, app: ASGIApp, hub: Hub, *, send_s: float = SEND_S) -> None:
        self._app, self._hub, self._send_s = app, hub, send_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or the start and end of the server."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = self._hub.clock()
        noted: dict[str, Any] = {"id": secrets.token_hex(6), "route": "", "status": 0}
        scope[_NOTES] = noted

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start":
                noted["status"] = message["status"]
                message = {**message, "headers": [*message["headers"], *self._headers(noted["id"])]}
            with anyio.fail_after(self._send_s):
                await send(message)

        try:
            await self._app(scope, receive, told)
        except Exception as error:
            LOG.error(json.dumps({**noted, "error": where_in(error)}))  # noqa: TRY400 - no words of it
        finally:
            LOG.info(json.dumps({**noted, "ms": round((self._hub.clock() - began) * 1000, 1)}))

    def _headers(self, number: str) -> list[tuple[bytes, bytes]]:
        hub = self._hub
        values = {
            HUB_HEADER: hub.hub,
            EPOCH_HEADER: hub.epoch,
            NOW_HEADER: hub.now().isoformat(timespec="milliseconds"),
            REQUEST_HEADER: number,
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
        }
        return [(name.lower().encode(), value.encode()) for name, value in values.items()]


def where_in(error: BaseException) -> str:
    """Return the kind of error and where it arose, without its words: they may hold data."""
    frames = traceback.extract_tb(error.__traceback__)
    places = [
        f"{frame.filename.rpartition('loyaldesk')[2]}:{frame.lineno}" for frame in frames[-4:]
    ]
    return f"{type(error).__name__} at {' < '.join(reversed(places))}"

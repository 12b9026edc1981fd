"""How does a request become an answer? Counted, known, read, unpacked, decoded, served, packed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import anyio
import msgspec
from anyio import to_thread
from sqlalchemy.exc import OperationalError
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route as StarletteRoute

from loyaldesk.errors import Unavailable
from loyaldesk.hub.http.bodies import decoded, packed, read_body, unpacked
from loyaldesk.hub.http.exchange import Access, Asked
from loyaldesk.hub.http.gate import Gate, note
from loyaldesk.hub.http.routes import ROUTES
from loyaldesk.hub.http.waiting import Heads
from loyaldesk.hub.refusals import Refusal, busy, unknown
from loyaldesk.protocol.wire import PREFIX

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from starlette.requests import Request
    from starlette.types import ASGIApp

    from loyaldesk.hub.http.exchange import Answer, Route
    from loyaldesk.hub.http.service import Hub

__all__ = ["build_app"]

RETRY_S = 2.0
JSON = "application/json"


def build_app(hub: Hub, routes: Sequence[Route] = ROUTES) -> ASGIApp:
    """Return the hub as an ASGI application."""
    server = _Server(hub)
    app = Starlette(
        routes=[
            StarletteRoute(PREFIX + route.path, server.endpoint(route), methods=[route.method])
            for route in routes
        ],
        exception_handlers={
            Refusal: _refused,
            HTTPException: _strange,
            Unavailable: _unavailable,
            OperationalError: _unavailable,
            Exception: _failed,
        },
    )
    app.router.redirect_slashes = False
    return Gate(app, hub)


class _Server:
    """The work that all routes share."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._heads = Heads(hub.store)
        self._turns: anyio.CapacityLimiter | None = None

    def endpoint(self, route: Route) -> Callable[[Request], Awaitable[Response]]:
        """Return what serves a route."""

        async def serve(request: Request) -> Response:
            asked = self._asked(route, request)
            if route.waits is not None:
                await self._on_thread(_know, asked)
                reply = await route.waits(asked, self._heads, most=self._hub.settings.most_polls)
                return _response(asked, reply)
            if route.body is not None:
                _check_type(route, request)
                asked.raw = await read_body(request, route.limit, within_s=route.within_s)
            response: Response = await self._on_thread(_served, route, asked)
            return response

        return serve

    def _asked(self, route: Route, request: Request) -> Asked:
        hub = self._hub
        asked = Asked(
            hub=hub,
            method=request.method,
            path=request.url.path,
            address=request.client.host if request.client else "",
            headers=request.headers,
            params=request.path_params,
            query=dict(request.query_params),
            now=hub.now(),
        )
        note(request.scope, route=route.name)
        if route.access is Access.OPEN:
            hub.limits.count_stranger(asked.address)
            return asked
        asked.bearer = hub.bearer_of(request.headers.get("authorization", ""), asked.now)
        note(request.scope, device=asked.bearer.device_id)
        hub.limits.count_device(asked.bearer.device_id)
        return asked

    async def _on_thread(self, work: Callable[..., Any], *arguments: Any) -> Any:
        """Do the work on one of a few threads; refused when too many wait for one already."""
        if self._turns is None:
            self._turns = anyio.CapacityLimiter(self._hub.settings.threads)
        if self._turns.statistics().tasks_waiting >= self._hub.settings.most_waiting:
            raise busy(RETRY_S)
        return await to_thread.run_sync(work, *arguments, limiter=self._turns)


def _know(asked: Asked) -> None:
    """Find out who speaks through the token, with the rights of this moment."""
    if asked.bearer is not None:
        asked.principal = asked.hub.principal(asked.bearer)


def _served(route: Route, asked: Asked) -> Response:
    _know(asked)
    if route.body is not None:
        plain = unpacked(asked.raw, asked.headers.get("content-encoding", ""))
        asked.body = plain if route.body is bytes else decoded(plain, route.body)
    return _response(asked, route.handler(asked), status=route.status)


def _response(asked: Asked, reply: Answer, *, status: int = 200) -> Response:
    if isinstance(reply, Response):
        return reply
    body, headers = packed(msgspec.json.encode(reply), asked.headers.get("accept-encoding", ""))
    return Response(body, status, headers, media_type=JSON)


def _check_type(route: Route, request: Request) -> None:
    said = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if route.body is not bytes and said != JSON:
        raise Refusal("encoding", f"The hub reads {JSON}. Nothing was changed.")


async def _refused(_: Request, refusal: Exception) -> Response:
    if not isinstance(refusal, Refusal):
        raise refusal
    problem = refusal.problem
    headers = {}
    if problem.retry_after_s:
        headers["Retry-After"] = str(max(1, round(problem.retry_after_s)))
    if refusal.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return Response(msgspec.json.encode(problem), refusal.status, headers, media_type=JSON)


async def _strange(request: Request, error: Exception) -> Response:
    is_other_method = isinstance(error, HTTPException) and error.status_code == 405
    refusal = unknown()
    if is_other_method:
        refusal = Refusal("method", "This is not asked of the hub in that way.")
    answer = await _refused(request, refusal)
    if is_other_method and isinstance(error, HTTPException):
        answer.headers.update(error.headers or {})
    return answer


async def _unavailable(request: Request, _: Exception) -> Response:
    return await _refused(request, busy(RETRY_S))


async def _failed(request: Request, _: Exception) -> Response:
    sentence = "The hub failed at this request and has noted it. Nothing was changed."
    return await _refused(request, Refusal("internal", sentence))

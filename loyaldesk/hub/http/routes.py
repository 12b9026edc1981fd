"""What can be asked of a hub? Every route, in the order of the OpenAPI document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from starlette.responses import Response

from loyaldesk.hub.http.blob_routes import BLOB_ROUTES
from loyaldesk.hub.http.exchange import Access, Asked, Route
from loyaldesk.hub.http.openapi import openapi_document
from loyaldesk.hub.http.segment_routes import SEGMENT_ROUTES
from loyaldesk.hub.http.sign_in import answer_device, answer_me, answer_password, answer_token
from loyaldesk.hub.http.sync_routes import answer_history, answer_sync
from loyaldesk.hub.http.waiting import wait_for_news
from loyaldesk.hub.refusals import busy
from loyaldesk.hub.state import epoch_of
from loyaldesk.protocol.messages import (
    Known,
    KnownAsked,
    Pull,
    Pulled,
    Push,
    Pushed,
    Verified,
    Verify,
)
from loyaldesk.protocol.wire import (
    PUSH_BYTES,
    DeviceAsked,
    DeviceMade,
    Health,
    History,
    HubInfo,
    Me,
    PasswordChange,
    TokenAsked,
    TokenMade,
    Waited,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["ROUTES"]

RETRY_S = 5.0


def _info(asked: Asked) -> HubInfo:
    return asked.hub.info()


def _live(_: Asked) -> Health:
    return Health("live")


def _ready(asked: Asked) -> Health:
    with asked.hub.store.snapshot("ready") as tx:
        if not epoch_of(tx):
            raise busy(RETRY_S)
    return Health("ready")


def _openapi(_: Asked) -> Response:
    document = openapi_document(ROUTES)
    return Response(msgspec.json.encode(document), media_type="application/json")


def _open(method: str, path: str, summary: str, handler: Any, reply: type, **rest: Any) -> Route:
    return Route(
        method=method,
        path=path,
        summary=summary,
        handler=handler,
        reply=reply,
        access=Access.OPEN,
        **rest,
    )


def _sync(word: str, summary: str, body: type, reply: type, limit: int = PUSH_BYTES) -> Route:
    return Route(
        method="POST",
        path=f"sync/{word}",
        summary=summary,
        handler=answer_sync,
        body=body,
        reply=reply,
        limit=limit,
    )


ROUTES: Sequence[Route] = (
    _open("GET", "hub", "Which hub is this, and how does one sign in?", _info, HubInfo),
    _open("POST", "devices", "Sign in from a device", answer_device, DeviceMade, body=DeviceAsked),
    _open("POST", "token", "Fetch an access token", answer_token, TokenMade, body=TokenAsked),
    Route(method="GET", path="me", summary="Who is signed in", handler=answer_me, reply=Me),
    Route(
        method="POST",
        path="me/password",
        summary="Change the own password",
        handler=answer_password,
        body=PasswordChange,
        reply=Me,
    ),
    _sync("push", "Send edits", Push, Pushed),
    _sync("pull", "Read what changed", Pull, Pulled),
    _sync("known", "Ask which edits the hub remembers", KnownAsked, Known),
    _sync("verify", "Compare the rows of one bucket", Verify, Verified),
    Route(
        method="GET",
        path="sync/wait",
        summary="Wait until something moved",
        waits=wait_for_news,
        reply=Waited,
        query=("seen",),
    ),
    Route(
        method="GET",
        path="history/{kind}/{uid}",
        summary="Who changed which field of a record",
        handler=answer_history,
        reply=History,
        query=("before",),
    ),
    *SEGMENT_ROUTES,
    *BLOB_ROUTES,
    _open("GET", "health/live", "Does the process live?", _live, Health),
    _open("GET", "health/ready", "Can the hub serve?", _ready, Health),
    Route(
        method="GET",
        path="openapi.json",
        summary="This description",
        handler=_openapi,
        reply=None,
        access=Access.OPEN,
    ),
)

"""What does the hub's OpenAPI document say? It is made of the table of routes and the messages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec

from loyaldesk import __version__
from loyaldesk.hub.http.exchange import Access, Route
from loyaldesk.protocol.messages import Problem
from loyaldesk.protocol.wire import (
    CLIENT_HEADER,
    EPOCH_HEADER,
    NONCE_HEADER,
    NOW_HEADER,
    PREFIX,
    PROTOCOL_HEADER,
    SCHEMA_HEADER,
    SIGNATURE_HEADER,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["openapi_document"]

_REFS = "#/components/schemas/{name}"
_PROBLEMS = {
    400: "The body is no JSON.",
    401: "Nobody is signed in, or the signature is not of this moment.",
    403: "The device or user has no access any more, or the role may not do this.",
    404: "There is nothing here that the asker may see.",
    408: "The body took too long to arrive.",
    409: "The desk and the hub do not agree on where they stand.",
    413: "The body is too large.",
    415: "The body is of another type or encoding.",
    422: "The body is not the message that belongs here.",
    426: "The desk speaks another version.",
    429: "There were too many requests.",
    503: "The hub is busy.",
}
_WORD = re.compile(r"\{(\w+)(?::\w+)?\}")
_HEADS = {
    PROTOCOL_HEADER: "the version of the protocol",
    CLIENT_HEADER: "the numbering of the desk's edits",
    EPOCH_HEADER: "the hub's epoch as the desk knows it",
    SCHEMA_HEADER: "the version of the records",
    NOW_HEADER: "the desk's clock",
}
_SIGNS = {
    NOW_HEADER: "the desk's clock",
    NONCE_HEADER: "a random word, used once",
    SIGNATURE_HEADER: "the device's Ed25519 signature",
}


def openapi_document(routes: Sequence[Route]) -> dict[str, Any]:
    """Return the OpenAPI 3.1 document of these routes."""
    said = [kind for route in routes for kind in (route.body, route.reply)]
    types = {kind for kind in (*said, Problem) if kind is not None and _is_message(kind)}
    ordered = sorted(types, key=lambda kind: kind.__name__)
    schemas, components = msgspec.json.schema_components(ordered, ref_template=_REFS)
    named = dict(zip(ordered, schemas, strict=True))
    paths: dict[str, dict[str, Any]] = {}
    for route in routes:
        path = PREFIX + _WORD.sub(r"{\1}", route.path)
        paths.setdefault(path, {})[route.method.lower()] = _operation(route, named)
    return {
        "openapi": "3.1.0",
        "info": {"title": "LoyalDesk hub", "version": __version__},
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {"device": {"type": "http", "scheme": "bearer"}},
        },
    }


def _operation(route: Route, named: dict[type, Any]) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": route.name,
        "summary": route.summary,
        "parameters": _parameters(route),
        "responses": _responses(route, named),
    }
    if route.body is not None:
        operation["requestBody"] = {"required": True, "content": _content(route.body, named)}
    if route.access is Access.DEVICE:
        operation["security"] = [{"device": []}]
    return operation


def _parameters(route: Route) -> list[dict[str, Any]]:
    heads: dict[str, str] = {}
    if route.path.startswith("sync/") and route.body is not None:
        heads = _HEADS
    elif route.path in {"devices", "token"}:
        heads = _SIGNS
    words = [(name, "path", True, "") for name in _WORD.findall(route.path)]
    words += [(name, "query", False, "") for name in route.query]
    words += [(name, "header", True, text) for name, text in heads.items()]
    return [
        {
            "name": name,
            "in": place,
            "required": is_needed,
            "schema": {"type": "string"},
            **({"description": text} if text else {}),
        }
        for name, place, is_needed, text in words
    ]


def _responses(route: Route, named: dict[type, Any]) -> dict[str, Any]:
    good = {"description": "Done.", "content": _content(route.reply, named)}
    problem = {"application/json": {"schema": named[Problem]}}
    bad = {
        str(status): {"description": words, "content": problem}
        for status, words in _PROBLEMS.items()
    }
    return {str(route.status): good, **bad}


def _content(kind: type | None, named: dict[type, Any]) -> dict[str, Any]:
    if kind is not None and _is_message(kind):
        return {"application/json": {"schema": named[kind]}}
    if kind is None:
        return {"application/json": {"schema": {}}, "application/octet-stream": {"schema": {}}}
    return {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}


def _is_message(kind: type) -> bool:
    return issubclass(kind, msgspec.Struct)

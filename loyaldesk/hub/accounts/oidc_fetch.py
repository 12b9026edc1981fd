"""How does the hub read what a sign-in provider publishes? Over TLS, or on this computer alone."""

from __future__ import annotations

import ipaddress
import json
import ssl
from typing import Any
from urllib.parse import urlsplit

import truststore
import urllib3

from loyaldesk.errors import Refused, Unavailable

__all__ = ["checked_address", "fetch_json", "is_this_computer"]

WAIT_S = 5.0
MOST_BYTES = 1 << 20
FOUND = 200


def checked_address(address: str) -> str:
    """Return the address if it is https, or http to this computer; refused otherwise."""
    parts = urlsplit(address)
    is_safe = parts.scheme == "https" or (
        parts.scheme == "http" and is_this_computer(parts.hostname or "")
    )
    if not is_safe or not parts.hostname or parts.username:
        raise Refused(
            f"“{address[:200]}” is no address of a sign-in provider: it begins with https://. "
            "The hub asks no other."
        )
    return address


def is_this_computer(host: str) -> bool:
    """Tell whether a host is this computer itself, by its usual name or a loopback address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def fetch_json(address: str) -> dict[str, Any]:
    """Return the JSON object at the address; raises Unavailable when it cannot be had."""
    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    try:
        with urllib3.PoolManager(ssl_context=context) as pool:
            answer = pool.request(
                "GET",
                address,
                timeout=urllib3.Timeout(total=WAIT_S),
                retries=False,
                redirect=False,
                preload_content=False,
            )
            try:
                body = answer.read(MOST_BYTES + 1, decode_content=True)
            finally:
                answer.release_conn()
        return _object(answer.status, body)
    except (urllib3.exceptions.HTTPError, OSError, ValueError, TypeError, RecursionError) as error:
        raise Unavailable(
            "The hub cannot reach the sign-in provider of your company. Nothing was changed. Try "
            "again in a minute."
        ) from error


def _object(status: int, body: bytes) -> dict[str, Any]:
    if status != FOUND or len(body) > MOST_BYTES:
        raise ValueError(f"status {status}, {len(body)} bytes")
    found = json.loads(body)
    return dict(found)

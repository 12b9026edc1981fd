"""How is the provider of the company's accounts asked? Over TLS as the system trusts it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from loyaldesk.errors import Unavailable
from loyaldesk.sync.reach.address import HubAddress
from loyaldesk.sync.reach.transport import system_trust
from loyaldesk.sync.reach.trouble import network_trouble

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["ask_provider"]

WHOLE_S = 20.0
LARGEST_BYTES = 1 << 20


def ask_provider(url: str, form: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return the JSON object at an address of the provider, a form being sent if there is one."""
    from urllib3 import PoolManager
    from urllib3.exceptions import HTTPError

    HubAddress.parse(url.partition("?")[0])
    try:
        with PoolManager(ssl_context=system_trust(), retries=False, timeout=WHOLE_S) as pool:
            more: dict[str, Any] = (
                {} if form is None else {"fields": dict(form), "encode_multipart": False}
            )
            answer = pool.request(
                "GET" if form is None else "POST",
                url,
                redirect=False,
                preload_content=False,
                **more,
            )
            raw = answer.read(LARGEST_BYTES)
            answer.release_conn()
    except (HTTPError, OSError) as error:
        raise network_trouble(error, urlsplit(url).hostname or "") from error
    return _object(raw, answer.status)


def _object(raw: bytes, status: int) -> dict[str, Any]:
    try:
        found = json.loads(raw)
    except ValueError:
        found = None
    if status != 200 or not isinstance(found, dict):
        raise Unavailable(
            "The company's account did not answer as it should. Nothing was changed. Try again, or "
            "ask whoever runs the hub."
        )
    return found

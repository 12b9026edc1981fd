"""Who may reach the hub without encryption? This computer itself, and a proxy that was named."""

from __future__ import annotations

import ipaddress
import ssl
from typing import TYPE_CHECKING

from loyaldesk.errors import Refused
from loyaldesk.hub.accounts.oidc_fetch import is_this_computer

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from starlette.types import ASGIApp, Receive, Scope, Send

__all__ = ["OnlyFrom", "check_binding", "check_certificate"]


def check_binding(host: str, *, has_certificate: bool, proxies: Sequence[str]) -> None:
    """Refuse to listen where records could be read on their way."""
    for proxy in proxies:
        try:
            ipaddress.ip_address(proxy)
        except ValueError:
            raise Refused(
                f"“{proxy}” is no address of a proxy: give it as numbers, such as 10.0.0.5. The "
                "hub was not started."
            ) from None
    if not (has_certificate or proxies or is_this_computer(host)):
        raise Refused(
            f"Others than this computer could reach the hub at {host}, and what they say could be "
            "read on its way. The hub was not started. Give --certificate and --private-key, or "
            "--behind-proxy with the address of the proxy that does TLS."
        )
    if has_certificate and proxies:
        raise Refused(
            "Either the hub does TLS (--certificate) or the proxy in front of it "
            "(--behind-proxy). The hub was not started."
        )


def check_certificate(certificate: Path, private_key: Path) -> None:
    """Refuse files that do not belong together, or are no certificate and key."""
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(
            certificate, private_key, password=lambda: ""
        )
    except (OSError, ValueError) as error:
        raise Refused(
            f"“{certificate}” and “{private_key}” cannot be used for TLS: both must be PEM files "
            "that belong together, the key without a password. The hub was not started."
        ) from error


class OnlyFrom:
    """The application for the named proxies alone, and for what reached them by TLS."""

    def __init__(self, app: ASGIApp, proxies: Sequence[str]) -> None:
        self._app = app
        self._proxies = frozenset(str(ipaddress.ip_address(proxy)) for proxy in proxies)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request of a proxy; others are turned away without a word of the hub."""
        if scope["type"] != "http" or self._is_welcome(scope):
            await self._app(scope, receive, send)
            return
        await send({"type": "http.response.start", "status": 403, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    def _is_welcome(self, scope: Scope) -> bool:
        client = scope.get("client")
        said = [value for name, value in scope["headers"] if name == b"x-forwarded-proto"]
        came_safely = all(value.strip().lower() == b"https" for value in said)
        return came_safely and client is not None and _plain(client[0]) in self._proxies


def _plain(address: str) -> str:
    """Return the address as it is usually written; one of IPv4 may come dressed as IPv6."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    inner = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    return str(inner or found)

"""Where is the hub, and may a desk talk to what was typed in?"""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from loyaldesk.errors import Refused

__all__ = ["HubAddress"]

SCHEMES = {"https": 443, "http": 80}
LONGEST = 300


@dataclass(frozen=True, slots=True)
class HubAddress:
    """A hub's address: scheme, host, port and the path before `/v1`."""

    scheme: str
    host: str
    port: int
    path: str

    @classmethod
    def parse(cls, typed: str) -> HubAddress:
        """Return the address that was typed; one without encryption only on this computer."""
        text = typed.strip()
        parts = urlsplit(text if "://" in text else f"https://{text}")
        if parts.scheme not in SCHEMES or len(text) > LONGEST or not text.isprintable():
            raise _not_understood(typed)
        if parts.username is not None or parts.query or parts.fragment:
            raise _not_understood(typed)
        try:
            host, port = parts.hostname or "", parts.port or SCHEMES[parts.scheme]
        except ValueError:
            raise _not_understood(typed) from None
        if not host or " " in text:
            raise _not_understood(typed)
        made = cls(parts.scheme, host, port, parts.path.rstrip("/").removesuffix("/v1"))
        if made.scheme == "http" and not made.is_here:
            raise Refused(
                f"“{host}” would be asked without encryption, so anybody on the way could read "
                "along. Nothing was sent. Type an address that begins with https://.",
                field="url",
            )
        return made

    @property
    def is_here(self) -> bool:
        """Whether the hub runs on this computer."""
        if self.host == "localhost":
            return True
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return False

    @property
    def url(self) -> str:
        """The address as it is shown and kept."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == SCHEMES[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}{self.path}"


def _not_understood(typed: str) -> Refused:
    return Refused(
        f"“{typed[:80]}” is not the address of a hub. Nothing was changed. Type it as "
        "https://hub.company.com.",
        field="url",
    )

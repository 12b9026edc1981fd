"""How does a desk prove that it is the device that the hub knows?"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from loyaldesk.protocol import wire
from loyaldesk.store.connection import to_sql
from loyaldesk.sync.reach.transport import HubRequest

if TYPE_CHECKING:
    from datetime import datetime

__all__ = ["DeviceKey"]

NONCE_BYTES = 16


class DeviceKey:
    """An Ed25519 key; the hub knows its public half, the private one never leaves the desk."""

    def __init__(self, key: Any) -> None:
        self._key = key

    @classmethod
    def new(cls) -> DeviceKey:
        """Make a key."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return cls(Ed25519PrivateKey.generate())

    @classmethod
    def from_hex(cls, kept: str) -> DeviceKey:
        """Return the key that was kept."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return cls(Ed25519PrivateKey.from_private_bytes(bytes.fromhex(kept)))

    @property
    def private_hex(self) -> str:
        """The private half, to be kept sealed."""
        return str(self._key.private_bytes_raw().hex())

    @property
    def public_hex(self) -> str:
        """The public half."""
        return str(self._key.public_key().public_bytes_raw().hex())

    def signed(self, path: str, body: bytes, *, now: datetime | str) -> HubRequest:
        """Return a signed POST to a path below `/v1/`; `now` is this clock, or the hub's."""
        at = now if isinstance(now, str) else to_sql(now)
        nonce = secrets.token_hex(NONCE_BYTES)
        words = wire.signed_words("POST", f"{wire.PREFIX}{path}", now=at, nonce=nonce, body=body)
        headers = {
            "Content-Type": "application/json",
            wire.PROTOCOL_HEADER: str(wire.PROTOCOL),
            wire.NOW_HEADER: at,
            wire.NONCE_HEADER: nonce,
            wire.SIGNATURE_HEADER: self._key.sign(words).hex(),
        }
        return HubRequest("POST", path, body=body, headers=headers, packs=False)

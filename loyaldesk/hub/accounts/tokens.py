"""Which signed-in device does an access token speak for? Made and checked with the hub's own key.

A token tells the user, the device and when it was made; what the user may do is looked up anew for
each request, so that nothing of it can be out of date.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

from loyaldesk.protocol.wire import ACCESS_S

if TYPE_CHECKING:
    from datetime import datetime

__all__ = ["AccessTokens", "Bearer", "new_signing_key"]

# EdDSA over Curve25519, by the name that RFC 9864 gives it.
ALGORITHM = "Ed25519"


@dataclass(frozen=True, slots=True)
class Bearer:
    """Whom a token speaks for: ids of user and device."""

    user_id: str
    device_id: str


class AccessTokens:
    """Access tokens of one hub; `secret` is its signing key, 32 bytes in hexadecimal."""

    def __init__(self, hub: str, secret: str) -> None:
        self._hub = hub
        self._key = _imported(secret)

    def make(self, bearer: Bearer, now: datetime) -> str:
        """Return a token for ten minutes from now."""
        made = int(now.timestamp())
        claims = {
            "iss": self._hub,
            "aud": self._hub,
            "sub": bearer.user_id,
            "device": bearer.device_id,
            "auth_time": made,
            "exp": made + ACCESS_S,
        }
        return jwt.encode({"alg": ALGORITHM}, claims, self._key, algorithms=[ALGORITHM])

    def read(self, token: str, now: datetime) -> Bearer | None:
        """Return whom the token speaks for, or None unless it is ours and of these ten minutes."""
        try:
            claims = jwt.decode(token, self._key, algorithms=[ALGORITHM]).claims
            self._checks(now).validate(claims)
        except (JoseError, ValueError, TypeError):
            return None
        return Bearer(claims["sub"], str(claims["device"]))

    def _checks(self, now: datetime) -> jwt.JWTClaimsRegistry:
        return jwt.JWTClaimsRegistry(
            now=int(now.timestamp()),
            iss={"essential": True, "value": self._hub},
            aud={"essential": True, "value": self._hub},
            sub={"essential": True},
            device={"essential": True},
            exp={"essential": True},
        )


def new_signing_key() -> str:
    """Return a new signing key, 32 bytes in hexadecimal."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.generate().private_bytes_raw().hex()


def _imported(secret: str) -> OKPKey:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import (
        Encoding,
        NoEncryption,
        PrivateFormat,
    )

    private = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(secret))
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return OKPKey.import_key(pem)

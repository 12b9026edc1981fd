"""Whose company account is it? Id tokens of an OIDC provider, checked with the provider's own keys.

`LOYALDESK_HUB_OIDC_ISSUER` and `LOYALDESK_HUB_OIDC_CLIENT` name the provider and the client that
the desks are to it: a public one, with `http://127.0.0.1/…` as where to return to, and PKCE.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from loyaldesk.errors import Refused, Unavailable
from loyaldesk.hub.accounts.oidc_fetch import checked_address, fetch_json
from loyaldesk.hub.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

__all__ = ["CLIENT_VARIABLE", "ISSUER_VARIABLE", "Oidc", "Person", "oidc_from"]

ISSUER_VARIABLE = "LOYALDESK_HUB_OIDC_ISSUER"
CLIENT_VARIABLE = "LOYALDESK_HUB_OIDC_CLIENT"
# No symmetric ones: the client has no secret.
ALGORITHMS = ("RS256", "PS256", "ES256", "Ed25519")
LEEWAY_S = 60
MOST_TOKEN = 16_000
# A key that is not known is looked for at the provider, but not more often than that.
FRESH_S = 60.0
DISCOVERY = "/.well-known/openid-configuration"


@dataclass(frozen=True, slots=True)
class Person:
    """Whom an id token is about; `email` only if the provider has verified it."""

    subject: str
    email: str | None


class Oidc:
    """One provider. Its keys are fetched when first needed, and anew for a key it changed to."""

    def __init__(
        self,
        issuer: str,
        client_id: str,
        *,
        clock: Callable[[], float],
        fetch: Callable[[str], Any] = fetch_json,
    ) -> None:
        """Take the provider; `clock` counts seconds, `fetch` returns the JSON at an address."""
        self.issuer = checked_address(issuer)
        self.client_id = client_id
        self._clock, self._fetch = clock, fetch
        self._keys: KeySet | None = None
        self._fetched_at = 0.0
        self._guard = Lock()

    def person(self, id_token: str, *, nonce: str, now: datetime) -> Person:
        """Return whom the token is about; raises Refusal unless it is good, for us and fresh."""
        try:
            claims = self._claims(id_token)
            self._checks(nonce, now).validate(claims)
        except (JoseError, ValueError, TypeError):
            raise Refusal(
                "signed-out",
                "The sign-in of your company's account is not good for this computer, or too old. "
                "Nothing was changed. Sign in again.",
            ) from None
        except Unavailable as error:
            raise Refusal("busy", str(error), retry_after_s=FRESH_S) from None
        is_verified = claims.get("email_verified") is True
        email = claims.get("email")
        known = email.casefold() if is_verified and isinstance(email, str) else None
        return Person(str(claims["sub"]), known)

    def _claims(self, token: str) -> dict[str, Any]:
        if len(token) > MOST_TOKEN:
            raise ValueError("longer than any id token")
        keys = self._known_keys()
        try:
            return jwt.decode(token, keys, algorithms=ALGORITHMS).claims
        except (JoseError, ValueError):
            fresh = self._fresh_keys()
            if fresh is keys:
                raise
            return jwt.decode(token, fresh, algorithms=ALGORITHMS).claims

    def _checks(self, nonce: str, now: datetime) -> jwt.JWTClaimsRegistry:
        return jwt.JWTClaimsRegistry(
            now=int(now.timestamp()),
            leeway=LEEWAY_S,
            iss={"essential": True, "value": self.issuer},
            aud={"essential": True, "value": self.client_id},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
            nonce={"essential": True, "value": nonce},
            azp={"value": self.client_id},
        )

    def _known_keys(self) -> KeySet:
        with self._guard:
            keys = self._keys
        return keys or self._fresh_keys()

    def _fresh_keys(self) -> KeySet:
        """Return the provider's keys, fetched unless that was done just now."""
        with self._guard:
            now = self._clock()
            if self._keys is None or now - self._fetched_at >= FRESH_S:
                self._keys = self._fetched_keys()
                self._fetched_at = now
            return self._keys

    def _fetched_keys(self) -> KeySet:
        described = self._fetch(self.issuer.rstrip("/") + DISCOVERY)
        if described.get("issuer") != self.issuer:
            raise _strange("names itself otherwise than this hub knows it")
        try:
            address = checked_address(str(described.get("jwks_uri")))
            return KeySet.import_key_set(self._fetch(address))
        except (Refused, JoseError, ValueError, KeyError, TypeError) as error:
            raise _strange("publishes no keys that this hub can use") from error


def _strange(what: str) -> Unavailable:
    return Unavailable(
        f"The sign-in provider {what}. Nothing was changed. Ask whoever runs the hub."
    )


def oidc_from(
    environ: Mapping[str, str] = os.environ, *, clock: Callable[[], float]
) -> Oidc | None:
    """Return the provider that the environment names, or None; refused where half is missing."""
    issuer, client_id = environ.get(ISSUER_VARIABLE, ""), environ.get(CLIENT_VARIABLE, "")
    if bool(issuer) != bool(client_id):
        raise Refused(
            f"{ISSUER_VARIABLE} and {CLIENT_VARIABLE} go together, and one is missing. The hub was "
            "not started."
        )
    return Oidc(issuer, client_id, clock=clock) if issuer else None

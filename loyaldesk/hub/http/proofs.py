"""Does a request come from the holder of a device key, made just now and for the first time?"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from loyaldesk.hub.accounts.devices import use_nonce
from loyaldesk.hub.http.service import signed_out
from loyaldesk.hub.refusals import Refusal, malformed
from loyaldesk.protocol.wire import (
    CLOCK_S,
    NONCE_HEADER,
    NOW_HEADER,
    SIGNATURE_HEADER,
    signed_words,
)

if TYPE_CHECKING:
    import sqlalchemy as sa

    from loyaldesk.hub.http.exchange import Asked

__all__ = ["check_signature", "use_up_nonce"]

_NONCE = re.compile(r"[0-9A-Za-z_-]{16,64}")
_SIGNATURE = re.compile(r"[0-9a-f]{128}")


def check_signature(asked: Asked, key: str) -> None:
    """Raise Refusal unless the device key signed exactly this request, a moment ago."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    nonce, signature = (asked.headers.get(name, "") for name in (NONCE_HEADER, SIGNATURE_HEADER))
    if not _NONCE.fullmatch(nonce) or not _SIGNATURE.fullmatch(signature):
        raise malformed("it must be signed by the device")
    now = asked.headers.get(NOW_HEADER, "")
    words = signed_words(asked.method, asked.path, now=now, nonce=nonce, body=asked.raw)
    try:
        public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(key))
        public.verify(bytes.fromhex(signature), words)
    except (InvalidSignature, ValueError):
        raise signed_out() from None
    if abs(_instant(now) - asked.now) > timedelta(seconds=CLOCK_S):
        raise _sign_again()


def use_up_nonce(connection: sa.Connection, asked: Asked, key: str) -> None:
    """Raise Refusal if this signed request was here before."""
    if not use_nonce(connection, key, asked.headers[NONCE_HEADER], asked.now):
        raise _sign_again()


def _instant(word: str) -> datetime:
    try:
        found = datetime.fromisoformat(word)
    except ValueError:
        raise malformed("its time is no instant") from None
    if found.tzinfo is None:
        raise malformed("its time has no zone")
    return found


def _sign_again() -> Refusal:
    return Refusal(
        "clock",
        "The request is not of this moment, or was here before. Nothing was changed. Sign it anew "
        "with the time of the hub.",
    )

"""How are the few things beside the database kept, so that only its key opens them?

AES-256-GCM with a random nonce, under a key derived from the database's for one purpose. Whoever
can open the database can open these, and nobody else: there is one secret to keep, in the system's
keyring or in the environment.
"""

from __future__ import annotations

import secrets

from loyaldesk.errors import Unavailable

__all__ = ["DamagedSeal", "derived_key", "sealed", "unsealed"]

NONCE_BYTES = 12


class DamagedSeal(Unavailable):
    """What was sealed was changed, cut off, or sealed under another key."""


def derived_key(database_key: bytes, purpose: str) -> bytes:
    """Return the 32 bytes of the key for one purpose."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    info = f"loyaldesk {purpose}".encode()
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(database_key)


def sealed(key: bytes, plain: bytes, *, bound: bytes = b"") -> bytes:
    """Return the sealed bytes; they open only together with what they are bound to."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, bound)


def unsealed(key: bytes, raw: bytes, *, bound: bytes = b"") -> bytes:
    """Return what was sealed."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(key).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], bound)
    except (InvalidTag, ValueError) as error:
        raise DamagedSeal(
            "A file of this profile is damaged or belongs to another key. Your records are safe."
        ) from error

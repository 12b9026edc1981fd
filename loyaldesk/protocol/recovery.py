"""How is something sealed on a desk so that only the hub's owner can open it?

A desk that has to erase its records seals what it never sent with the hub's recovery key (X25519,
HKDF-SHA-256, AES-256-GCM). The private half follows from the hub's signing key, so whoever restores
a backup of the hub can open it as well. No randomness here: the ephemeral key is brought along.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

__all__ = ["open_box", "recovery_public", "seal_box"]

MAGIC = b"LDR1"
KEY_BYTES = 32
# Each key seals one thing only, so the nonce may be fixed.
_NONCE = bytes(12)


def recovery_public(signing_key: str) -> str:
    """Return the public recovery key of the hub with that signing key, both in hexadecimal."""
    return str(_private(signing_key).public_key().public_bytes_raw().hex())


def seal_box(plain: bytes, public: str, *, ephemeral: bytes) -> bytes:
    """Return the sealed bytes; `ephemeral` are 32 random bytes that are used once."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

    own = X25519PrivateKey.from_private_bytes(ephemeral)
    head = MAGIC + own.public_key().public_bytes_raw()
    shared = own.exchange(X25519PublicKey.from_public_bytes(bytes.fromhex(public)))
    return head + _cipher(shared, head).encrypt(_NONCE, plain, head)


def open_box(raw: bytes, signing_key: str) -> bytes | None:
    """Return what was sealed for the hub with that signing key, or None if it was not."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

    head, sealed = raw[: len(MAGIC) + KEY_BYTES], raw[len(MAGIC) + KEY_BYTES :]
    if not head.startswith(MAGIC) or len(head) < len(MAGIC) + KEY_BYTES:
        return None
    their = X25519PublicKey.from_public_bytes(head.removeprefix(MAGIC))
    try:
        shared = _private(signing_key).exchange(their)
        return _cipher(shared, head).decrypt(_NONCE, sealed, head)
    except (InvalidTag, ValueError):
        return None


def _private(signing_key: str) -> X25519PrivateKey:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    return X25519PrivateKey.from_private_bytes(_derived(bytes.fromhex(signing_key), b"recovery"))


def _cipher(shared: bytes, head: bytes) -> AESGCM:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(_derived(shared, head))


def _derived(secret: bytes, info: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"loyaldesk " + info).derive(secret)

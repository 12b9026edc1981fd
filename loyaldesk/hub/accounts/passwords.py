"""Is this the user's password? Kept as argon2id; it takes as long where there is no such user."""

from __future__ import annotations

import secrets
from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from loyaldesk.errors import Refused
from loyaldesk.protocol.wire import LONGEST_PASSWORD, SHORTEST_PASSWORD

__all__ = ["check_new_password", "hash_password", "is_password", "one_time_password"]

# Without the signs that look like one another.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_HASHER = PasswordHasher()
# Each takes 64 MiB: guesses from many sides must not take the machine's memory.
_TURNS = BoundedSemaphore(4)


def check_new_password(password: str) -> None:
    """Raise Refused unless the password is long enough to be one."""
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise Refused(
            f"A password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters. Nothing was "
            "changed. A few words in a row are easy to remember and hard to guess.",
            field="password",
        )


def hash_password(password: str) -> str:
    """Return the password as the hub keeps it."""
    with _TURNS:
        return _HASHER.hash(password)


def is_password(password: str, kept: str | None) -> bool:
    """Tell whether that is the password; takes as long where there is none."""
    with _TURNS:
        try:
            return _HASHER.verify(kept or _nobodys(), password[:LONGEST_PASSWORD]) and bool(kept)
        except (VerificationError, InvalidHashError):
            return False


def one_time_password() -> str:
    """Return a password to hand out: 16 signs in groups of four, 79 bits."""
    signs = [secrets.choice(ALPHABET) for _ in range(16)]
    return "-".join("".join(signs[at : at + 4]) for at in range(0, 16, 4))


@cache
def _nobodys() -> str:
    return _HASHER.hash(secrets.token_hex(16))

"""How is a number of our own written on a paper?"""

from __future__ import annotations

import hashlib

__all__ = ["forked_code", "paper_number"]

# No hub gives a code with this letter in it, so no code behind it is one that a hub gives.
_FORK = "S"
# Letters and digits that nobody takes for one another, as the hub's codes have them.
_SIGNS = "ABCDEFGHJKLMNPQRTUVWXYZ2346789"
_FORK_SIGNS = 5


def paper_number(series: str, year: int, number: int, *, desk_code: str = "") -> str:
    """Return the number of a series, such as “A-2026-00421”.

    A desk that shares its records has a code, such as “B7”, and counts for itself: what it prints
    is final, and no other desk ever gives the same number.
    """
    return "-".join(part for part in (series, str(year), desk_code, f"{number:05d}") if part)


def forked_code(desk_code: str, client: str) -> str:
    """Return the code of a copy of that desk, such as “B7SK4M2Q”; `client` is its own new id.

    A copy of a copy gets a code as long as the first one's.
    """
    rest = int.from_bytes(hashlib.blake2b(client.encode(), digest_size=8).digest())
    signs = ""
    for _ in range(_FORK_SIGNS):
        rest, place = divmod(rest, len(_SIGNS))
        signs += _SIGNS[place]
    return desk_code.partition(_FORK)[0] + _FORK + signs

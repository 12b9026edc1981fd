"""What do desk and hub say to each other about the content of a document?

A desk names a content (`BlobNamed`) and is told where to put it (`BlobPlace`); parts are numbered
from 1 and all as long as the first says, but the last. A content that fits into one request goes
in one.
"""

from __future__ import annotations

from msgspec import Struct

__all__ = ["BlobNamed", "BlobPlace"]


class BlobNamed(Struct, forbid_unknown_fields=True):
    """A content that somebody wants to bring: its hash in hexadecimal, and its bytes."""

    sha256: str
    size: int


class BlobPlace(Struct, omit_defaults=True, kw_only=True):
    """Where a content stands: it is there, or goes to an upload of which some parts are there."""

    present: bool
    upload: str = ""
    part_size: int = 0
    have: list[int] = []

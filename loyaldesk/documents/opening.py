"""What may leave LoyalDesk for another program, and how?

Every file and every link that is opened outside goes through `open_external`. A document comes
from a stranger: it is opened only when its name and its content agree on a harmless kind, and it
keeps the mark that the system gives to files from outside.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit

from loyaldesk.documents.content_types import HEAD_BYTES, OPENABLE, agrees, content_type
from loyaldesk.documents.names import safe_name
from loyaldesk.documents.origin import mark_as_foreign
from loyaldesk.errors import Refused, Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from loyaldesk.documents.file_store import FileStore

__all__ = ["OpenableTarget", "check_link", "copy_for_opening", "open_external"]

LINK_SCHEMES = frozenset({"https", "mailto", "tel"})
LONGEST_LINK = 2_000
_UNSAFE_IN_LINK = re.compile(r"[\x00-\x20\x7f-\x9f\\<>\"`{}|^\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class OpenableTarget:
    """A URL that was found safe; made by `check_link` and `copy_for_opening` only."""

    url: str


def check_link(link: str) -> OpenableTarget:
    """Return the link to open, or refuse what is not a plain https, mailto or tel link."""
    parts = _split(link)
    if parts is None or parts.scheme.lower() not in LINK_SCHEMES:
        raise Refused(
            "This link is not opened, because only web (https), e-mail and telephone links are "
            "safe. Copy it if you trust it."
        )
    if parts.scheme.lower() == "https" and (not parts.hostname or "@" in parts.netloc):
        raise Refused("This link is not opened, because its address is not clear. Copy it instead.")
    return OpenableTarget(link)


def copy_for_opening(sha256: bytes, name: str, *, files: FileStore, folder: Path) -> OpenableTarget:
    """Put a marked copy of a stored content into the private folder and return it, if harmless.

    Reads and writes files: for a worker.
    """
    clean = safe_name(name)
    mime = content_type(next(files.chunks(sha256), b"")[:HEAD_BYTES])
    if not agrees(clean, mime):
        allowed = ", ".join(sorted(OPENABLE))
        raise Refused(
            f"“{clean}” is not opened, because its name and its content are not a kind that is "
            f"safe to open ({allowed}). Save it instead, if you trust where it came from."
        )
    place = folder / secrets.token_hex(4)
    place.mkdir(mode=0o700)
    files.export(sha256, place / clean)
    if not mark_as_foreign(place / clean):
        raise Unavailable(
            f"“{clean}” stays closed, because it could not be marked as a file from outside. "
            "Save it to another disk and open it there."
        )
    return OpenableTarget((place / clean).as_uri())


def open_external(target: OpenableTarget, *, opener: Callable[[str], bool]) -> None:
    """Hand the target to the system; `opener` takes a URL and tells whether somebody took it.

    This is the only way out: no other code opens files or links.
    """
    if not opener(target.url):
        raise Unavailable(
            "No program on this computer opens this. Nothing was changed. Save the document and "
            "open it by hand, or install a program for it."
        )


def _split(link: str) -> SplitResult | None:
    if len(link) > LONGEST_LINK or _UNSAFE_IN_LINK.search(link):
        return None
    try:
        return urlsplit(link)
    except ValueError:
        return None

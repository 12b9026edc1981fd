"""How does the company's logo come into the profile, so that it is there when letters need it?"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from loyaldesk.documents.content_types import HEAD_BYTES, content_type
from loyaldesk.errors import Refused, Unavailable
from loyaldesk.settings import write_atomically

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["MOST_BYTES", "keep_logo"]

MOST_BYTES = 5_000_000
ENDINGS = {"image/png": ".png", "image/jpeg": ".jpg"}


def keep_logo(_source: Any, *, path: Path, profile: Path) -> Path:
    """Copy a picture into the profile and return the copy's place; for a lane.

    Each picture has a name of its own, so undo finds the one before.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Refused(
                f"“{path.name}” is larger than {MOST_BYTES // 1_000_000} MB. The logo was not "
                "changed. Choose a smaller picture.",
                field="logo",
            )
        content = path.read_bytes()
        ending = ENDINGS.get(content_type(content[:HEAD_BYTES]))
        if ending is None:
            raise Refused(
                f"“{path.name}” is neither a PNG nor a JPEG picture. The logo was not changed. "
                "Save it as PNG, then choose it again.",
                field="logo",
            )
        kept = profile / f"logo-{hashlib.sha256(content).hexdigest()[:16]}{ending}"
        write_atomically(kept, content)
    except OSError as error:
        raise Unavailable(
            f"“{path.name}” could not be copied: {error.strerror}. The logo was not changed. Check "
            "that the file can be read, then choose it again."
        ) from error
    return kept

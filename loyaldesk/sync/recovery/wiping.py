"""What happens when the company wants its records erased from this computer?

The edits that the hub never got are sealed for the company first; then the keys are destroyed and
the files removed. Only what the hub's owner can open stays behind.
"""

from __future__ import annotations

import json
import secrets
import shutil
from contextlib import suppress
from typing import TYPE_CHECKING

from loyaldesk.credentials import forget_database_key
from loyaldesk.documents.file_store import FOLDER_NAME
from loyaldesk.errors import LoyalDeskError
from loyaldesk.protocol.recovery import seal_box
from loyaldesk.settings import TEMPORARY_NAME, disk_trouble, write_atomically
from loyaldesk.store.connection import to_sql
from loyaldesk.store.schema import FILE_NAME
from loyaldesk.sync.reach.access_file import ACCESS_NAME
from loyaldesk.sync.recovery.side_file import SIDE_NAME
from loyaldesk.sync.recovery.unsent import UNSENT, unsent_entries

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from loyaldesk.store.reader import Source
    from loyaldesk.sync.reach.access_file import HubAccess

__all__ = ["ERASED_NAME", "INCOMING_NAME", "RECOVERY_SUFFIX", "erase_records", "erase_rest"]

ERASED_NAME = "erased.txt"
# There as long as something of the records is left.
PENDING_NAME = "erase.pending"
RECOVERY_SUFFIX = ".ldrecovery"
DAMAGED_FOLDER = "damaged"
FILES = (ACCESS_NAME, SIDE_NAME, FILE_NAME, f"{FILE_NAME}-wal", f"{FILE_NAME}-shm")
# Where a part of a first copy lies while it is put in place.
INCOMING_NAME = "incoming"
FOLDERS = (FOLDER_NAME, "kept", DAMAGED_FOLDER, TEMPORARY_NAME, INCOMING_NAME)
NOTE = """The company has asked this computer to erase its copy of the records, and it was erased.
What had not been sent by then is in the files unsent-*.ldrecovery here; only the company can open
them: give them to whoever runs the hub.
"""


def erase_records(
    profile: Path, source: Source, access: HubAccess, *, now: datetime
) -> Path | None:
    """Seal what was not sent, destroy the keys, remove the files; return the sealed file.

    A system that keeps open files (Windows) lets go of them later: `erase_rest` ends the work.
    """
    entries = [entry for table in UNSENT for entry in unsent_entries(source, table)]
    sealed = _seal(profile, entries, access, now) if entries and access.recovery else None
    with disk_trouble():
        write_atomically(profile / PENDING_NAME, b"")
        write_atomically(profile / ERASED_NAME, NOTE.encode())
    with suppress(LoyalDeskError):
        forget_database_key(profile)
    erase_rest(profile)
    return sealed


def erase_rest(profile: Path) -> bool:
    """Remove what is left of records that were to be erased; tell whether there were any."""
    if not (profile / PENDING_NAME).exists():
        return False
    files = [profile / name for name in FILES]
    for path in files:
        with suppress(OSError):
            path.unlink(missing_ok=True)
    for name in FOLDERS:
        shutil.rmtree(profile / name, ignore_errors=True)
    if not any(path.exists() for path in files):
        with suppress(OSError):
            (profile / PENDING_NAME).unlink()
    return True


def _seal(
    profile: Path, entries: list[dict[str, object]], access: HubAccess, now: datetime
) -> Path:
    told = {"user": access.user, "desk": access.desk, "sealed_at": to_sql(now), "edits": entries}
    plain = json.dumps(told, ensure_ascii=False).encode()
    box = seal_box(plain, access.recovery, ephemeral=secrets.token_bytes(32))
    path = profile / f"unsent-{now:%Y%m%dT%H%M%S}{RECOVERY_SUFFIX}"
    with disk_trouble():
        write_atomically(path, box)
    return path

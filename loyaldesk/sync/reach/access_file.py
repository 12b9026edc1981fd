"""Which hub does this profile belong to, and as which device may it come in?

Kept in one sealed file beside the database, not in it: a damaged database is rebuilt from the
hub, and the way there must not be lost with it.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, fields
from typing import TYPE_CHECKING

from loyaldesk.settings import disk_trouble, write_atomically
from loyaldesk.sync.reach.sealed import DamagedSeal, derived_key, sealed, unsealed

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["ACCESS_NAME", "HubAccess", "forget_access", "keep_access", "read_access"]

ACCESS_NAME = "hub.access"
PURPOSE = "hub access"


@dataclass(frozen=True, slots=True)
class HubAccess:
    """How a desk comes into its hub; `key` is the device's private Ed25519 key in hexadecimal.

    `recovery` is the hub's public key for what is sealed before records are erased. An empty
    `refresh` means signed out: address and hub are remembered, the way in is not.
    """

    url: str
    hub: str
    hub_name: str
    user: str
    desk: str
    device: str
    recovery: str
    refresh: str = field(repr=False)
    key: str = field(repr=False)


def read_access(profile: Path, database_key: bytes) -> HubAccess | None:
    """Return how the profile comes into its hub, or None where it has none."""
    path = profile / ACCESS_NAME
    with disk_trouble():
        if not path.exists():
            return None
        raw = path.read_bytes()
    values = json.loads(unsealed(derived_key(database_key, PURPOSE), raw))
    if not isinstance(values, dict) or set(values) != {each.name for each in fields(HubAccess)}:
        raise DamagedSeal(
            "The file of this profile about its hub is of another version. Your records are safe. "
            "Connect to the hub again."
        )
    return HubAccess(**values)


def keep_access(profile: Path, database_key: bytes, access: HubAccess) -> None:
    """Keep how the profile comes into its hub."""
    plain = json.dumps(asdict(access)).encode()
    with disk_trouble():
        write_atomically(profile / ACCESS_NAME, sealed(derived_key(database_key, PURPOSE), plain))


def forget_access(profile: Path) -> None:
    """Forget the hub of this profile; a second time is harmless."""
    with disk_trouble():
        (profile / ACCESS_NAME).unlink(missing_ok=True)

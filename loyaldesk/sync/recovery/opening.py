"""How is a profile opened that may have a hub: rebuilt if damaged, watched, erased if so wished?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyaldesk.errors import Refused
from loyaldesk.store.connection import DamagedStore, WrongKey
from loyaldesk.store.reader import Reads
from loyaldesk.store.schema import FILE_NAME
from loyaldesk.store.store import Store
from loyaldesk.sync.reach.access_file import ACCESS_NAME, read_access
from loyaldesk.sync.reach.clock import SystemClock
from loyaldesk.sync.reach.sealed import DamagedSeal
from loyaldesk.sync.recovery.side_file import SideFile
from loyaldesk.sync.recovery.unsent import UnsentKeeper
from loyaldesk.sync.recovery.wiping import erase_rest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["open_profile"]


def open_profile(
    profile: Path,
    key: bytes,
    *,
    actor: str,
    verify: bool = False,
    told: Callable[[str], object],
) -> Store:
    """Return the open store; a damaged one of a connected profile is made anew, which is `told`."""
    if erase_rest(profile):
        raise Refused(
            "The company has asked this computer to erase its copy of the records, and it was "
            "erased. Nothing is left to open. Connect to the hub again if you were invited anew."
        )
    actor = _known_as(profile, key) or actor
    try:
        store = Store.open(profile, key, actor=actor, verify=verify)
    except (DamagedStore, WrongKey) as error:
        sentence = _rebuilt(profile, key, error)
        store = Store.open(profile, key, actor=actor)
        told(sentence)
    _keep_unsent(store, profile, key)
    return store


def _rebuilt(profile: Path, key: bytes, error: DamagedStore | WrongKey) -> str:
    """Rebuild the database if the damage is certain, or raise the error again."""
    if not (profile / ACCESS_NAME).exists() or not (profile / FILE_NAME).exists():
        raise error
    try:
        # The same key opens this file: then it is not the key that is wrong.
        access = read_access(profile, key)
    except DamagedSeal:
        raise error from None
    if access is None:
        raise error
    # Imported here: hardly anybody ever needs it.
    from loyaldesk.sync.recovery.recovering import rebuild

    return rebuild(profile, key, access, now=SystemClock().now()).sentence


def _known_as(profile: Path, key: bytes) -> str:
    """Return the name that the hub knows the person by: records carry it to the others."""
    try:
        access = read_access(profile, key)
    except DamagedSeal:
        return ""
    return access.user if access else ""


def _keep_unsent(store: Store, profile: Path, key: bytes) -> None:
    keeper = UnsentKeeper(SideFile(profile, key), Reads(store.connection))
    if store.link is not None:
        keeper.look()
    store.on_commit(lambda _: keeper.look())

"""What do the dialogs of signing in and out ask of network, store and keyring?"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from loyaldesk.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from loyaldesk.store.reader import Source

__all__ = [
    "Ending",
    "Joined",
    "Wanted",
    "change_password",
    "connect",
    "count_own_records",
    "disconnect",
    "known_address",
]

_OWN = ("customer", "sales_order", "invoice", "document")
_COUNT = "SELECT count(*) FROM {}"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was typed: without a user the company's sign-in opens in the browser.

    `shares` says that the records that are here may go to an empty hub.
    """

    url: str
    user: str = ""
    password: str = field(default="", repr=False)
    shares: bool = False


@dataclass(frozen=True, slots=True)
class Joined:
    """The hub's name, and whether the password was handed out for this one sign-in."""

    hub: str
    must_choose: bool = False


class Ending:
    """Ends a sign-in that waits for the browser, from any thread, also before it waits."""

    def __init__(self) -> None:
        self._call: Callable[[], object] | None = None
        self._is_wanted = False

    def end_with(self, call: Callable[[], object]) -> None:
        """Name what ends the waiting; it is called at once if an end was wanted before."""
        self._call = call
        if self._is_wanted:
            call()

    def end(self) -> None:
        """End the waiting."""
        self._is_wanted = True
        if self._call is not None:
            self._call()


def connect(store: Any, *, wire: Any, profile: Path, wanted: Wanted, ending: Ending) -> Joined:
    """Sign in at the hub, link this profile to it, and return which hub it is."""
    # Imported on the network lane, so that the window does not stand still meanwhile.
    from loyaldesk.credentials import database_key
    from loyaldesk.sync.reach.connecting import Connecting
    from loyaldesk.sync.reach.password import must_choose_password

    asked: list[bool] = []
    key = database_key(profile)

    def may_share() -> bool:
        asked.append(True)
        return wanted.shares

    connecting = Connecting(store, profile=profile, database_key=key, may_share=may_share)
    try:
        made = connecting.connect(wanted.url, _sign_in(wanted, wire, ending))
    except Refused as refused:
        if not asked or wanted.shares:
            raise
        raise Refused(
            "The hub is empty and this computer has records. Nothing was changed. Tick below that "
            "they may go to the hub, then connect again.",
            field="shares",
        ) from refused
    must_choose = bool(wanted.user) and must_choose_password(profile, key)
    return Joined(made.access.hub_name or made.access.url, must_choose)


def disconnect(store: Any, *, wire: Any, profile: Path) -> None:
    """Sign this computer out; what waits stays here."""
    del wire
    from loyaldesk.credentials import database_key
    from loyaldesk.sync.reach.connecting import disconnect as sign_out

    sign_out(store, profile=profile, database_key=database_key(profile))


def change_password(store: Any, *, wire: Any, profile: Path, old: str, new: str) -> None:
    """Let the hub know this user by the new password."""
    del store
    from loyaldesk.credentials import database_key
    from loyaldesk.sync.reach import password

    password.change_password(
        profile, database_key(profile), old=old, new=new, end_with=wire.end_with
    )


def count_own_records(source: Source) -> int:
    """Return how many customers and papers are here that an empty hub could get."""
    return sum(int(source.value(_COUNT.format(table))) for table in _OWN)


def known_address(source: Source) -> str:
    """Return the address of the hub that this profile belongs to, or nothing."""
    return str(source.value("SELECT value FROM sync_state WHERE key = 'hub'") or "")


def _sign_in(wanted: Wanted, wire: Any, ending: Ending) -> Any:
    if wanted.user:
        from loyaldesk.sync.reach.connecting import password_sign_in

        return password_sign_in(wanted.user, wanted.password)
    from loyaldesk.sync.reach.oidc_sign_in import OidcSignIn

    sign_in = OidcSignIn(show=_tell_nobody)
    ending.end_with(sign_in.stop)
    wire.end_with(ending.end)
    return sign_in


def _tell_nobody(_: str) -> None:
    """Let the browser open by itself."""

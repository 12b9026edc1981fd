"""Which password opens the mail server, and where is it kept?

In the system's own keyring, chosen by the same rule as for the key of the database. Where there
is none it is remembered until LoyalDesk ends, and whoever types it is told so.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from loyaldesk.credentials import LONGEST_SECRET, profile_identity, system_credentials
from loyaldesk.errors import Refused, Unavailable

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from loyaldesk.credentials import Credentials

__all__ = ["MAIL_PASSWORD_VARIABLE", "MailPassword"]

MAIL_PASSWORD_VARIABLE = "LOYALDESK_MAIL_PASSWORD"  # noqa: S105 - the name of a variable
# By profile: what no keyring took, until this process ends.
_remembered: dict[Path, str] = {}


class MailPassword:
    """The mail password of one profile; the environment's comes first (servers, scripts)."""

    def __init__(
        self,
        profile: Path,
        *,
        environ: Mapping[str, str] = os.environ,
        credentials: Credentials | None = None,
    ) -> None:
        self._profile = profile
        self._environ = environ
        self._credentials = credentials

    def read(self) -> str:
        """Return the password, empty if nobody typed one in."""
        if MAIL_PASSWORD_VARIABLE in self._environ:
            return self._environ[MAIL_PASSWORD_VARIABLE]
        if self._profile in _remembered:
            return _remembered[self._profile]
        identity = profile_identity(self._profile, may_make=False)
        return (identity and self._keyring().read(_name(identity))) or ""

    def keep(self, password: str) -> bool:
        """Keep the password and tell whether it outlives this process; an empty one is forgotten.

        Without a keyring it is remembered until LoyalDesk ends.
        """
        if len(password) > LONGEST_SECRET:
            raise Refused(
                "This password is too long for the system's keyring. Nothing was kept. Use one of "
                f"at most {LONGEST_SECRET} characters.",
                field="password",
            )
        _remembered.pop(self._profile, None)
        try:
            name = _name(profile_identity(self._profile, may_make=True))
            if password:
                self._keyring().keep(name, password)
            else:
                self._keyring().forget(name)
        except (Refused, Unavailable):
            if password:
                _remembered[self._profile] = password
            return False
        return True

    def _keyring(self) -> Credentials:
        return self._credentials or system_credentials()


def _name(identity: str) -> str:
    return f"mail {identity}"

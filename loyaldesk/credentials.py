"""Which key opens this profile's database, and which keyring keeps it?"""

from __future__ import annotations

import importlib
import os
import re
import sys
from typing import TYPE_CHECKING, Any, Protocol

from loyaldesk.errors import Refused, Unavailable

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = [
    "KEY_VARIABLE", "LONGEST_SECRET", "Credentials", "SystemCredentials", "database_key",
    "forget_database_key", "profile_identity", "system_credentials",
]  # fmt: skip

KEY_VARIABLE = "LOYALDESK_KEY"
# Windows keeps at most 1,280 UTF-16 characters; whoever comes near keeps the wrong thing here.
LONGEST_SECRET = 512
IDENTITY_NAME = "profile.id"
_KEY = re.compile(r"[0-9a-fA-F]{64}")
_IDENTITY = re.compile(r"[0-9a-f]{16}")

# The only keyrings that are trusted, by `sys.platform`. What keyring would choose by itself may be
# a plain file: installing keyrings.alt is enough for that.
_BACKENDS = {
    "win32": "keyring.backends.Windows.WinVaultKeyring",
    "darwin": "keyring.backends.macOS.Keyring",
    "linux": "keyring.backends.SecretService.Keyring",
}
_HOW_TO_HELP = {
    "win32": "Check that the Windows Credential Manager service is running",
    "darwin": "Open Keychain Access and unlock the login keychain",
    "linux": "Start and unlock GNOME Keyring, KWallet or KeePassXC (Secret Service)",
}


class Credentials(Protocol):
    """A place that keeps short secrets by name, for this person only."""

    def read(self, name: str) -> str | None:
        """Return the secret kept under the name, or None."""

    def keep(self, name: str, secret: str) -> None:
        """Keep a secret of at most `LONGEST_SECRET` characters under the name."""

    def forget(self, name: str) -> None:
        """Forget the secret kept under the name, if there is one."""


class SystemCredentials:
    """The secrets of one application in the system's own keyring.

    Takes a back-end object of the `keyring` package; any that is not the system's own is refused.
    """

    def __init__(self, backend: Any) -> None:
        kind = f"{type(backend).__module__}.{type(backend).__qualname__}"
        if kind not in _BACKENDS.values():
            raise Refused(
                f"LoyalDesk does not keep keys in “{kind}”, because it may be a plain file. "
                f"Nothing was written. {_help()}."
            )
        self._backend = backend

    def read(self, name: str) -> str | None:
        """Return the secret kept under the name, or None."""
        secret: str | None = self._ask("get_password", name)
        return secret

    def keep(self, name: str, secret: str) -> None:
        """Keep a secret under the name and make sure that it can be read again."""
        if len(secret) > LONGEST_SECRET:
            raise Refused(
                "This secret is too long for the system's keyring. Nothing was kept. "
                f"Use one of at most {LONGEST_SECRET} characters."
            )
        self._ask("set_password", name, secret)
        if self.read(name) != secret:
            raise Unavailable(f"The system's keyring did not keep the key. {_help()}.")

    def forget(self, name: str) -> None:
        """Forget the secret kept under the name, if there is one."""
        if self.read(name) is not None:
            self._ask("delete_password", name)

    def _ask(self, verb: str, name: str, *arguments: str) -> Any:
        try:
            # The name is the service: Windows then needs no second entry for a second profile.
            return getattr(self._backend, verb)(f"LoyalDesk {name}", "LoyalDesk", *arguments)
        except Exception as error:
            # Each back-end has its own errors (keyring's, D-Bus's, Windows'); all mean the same.
            raise Unavailable(
                f"The system's keyring did not answer ({type(error).__name__}). "
                f"Your data is safe. {_help()}, then try again."
            ) from error


def system_credentials(platform: str = sys.platform) -> SystemCredentials:
    """Return the keyring of that platform, importing its one back-end and no other."""
    path = _BACKENDS.get(platform)
    if path is None:
        raise Refused(f"No keyring is known for “{platform}”. {_help(platform)}.")
    module, _, name = path.rpartition(".")
    try:
        backend = getattr(importlib.import_module(module), name)()
    except (ImportError, AttributeError) as error:
        raise Refused(f"The system's keyring cannot be used here. {_help(platform)}.") from error
    return SystemCredentials(backend)


def database_key(
    profile: Path,
    *,
    environ: Mapping[str, str] = os.environ,
    credentials: Credentials | None = None,
) -> bytes:
    """Return the 32 bytes that open the profile's database, made at the first use.

    The environment's `LOYALDESK_KEY` comes first (servers, scripts), then the system's keyring.
    A key is never made for a database that exists already: it could not open it.
    """
    if KEY_VARIABLE in environ:
        return _key_from_text(environ[KEY_VARIABLE])
    has_database = any(profile.glob("*.db"))
    name = f"database {_identity(profile, may_make=not has_database)}"
    keyring = credentials or system_credentials()
    secret = keyring.read(name)
    if secret is not None:
        return _key_from_keyring(secret)
    if has_database:
        raise _missing_key()
    key = os.urandom(32)
    keyring.keep(name, key.hex())
    return key


def forget_database_key(profile: Path, *, credentials: Credentials | None = None) -> None:
    """Destroy the profile's key in the keyring; a key of the environment is not ours to destroy."""
    if identity := profile_identity(profile, may_make=False):
        (credentials or system_credentials()).forget(f"database {identity}")


def profile_identity(profile: Path, *, may_make: bool) -> str:
    """Return the profile's random name, under which the keyring keeps its secrets, or nothing."""
    if not may_make and not (profile / IDENTITY_NAME).exists():
        return ""
    return _identity(profile, may_make=may_make)


def _key_from_text(text: str) -> bytes:
    if not _KEY.fullmatch(text):
        raise Refused(
            f"{KEY_VARIABLE} must be 64 hexadecimal characters. Nothing was opened. Correct it, "
            "or remove it to use the system's keyring."
        )
    return bytes.fromhex(text)


def _key_from_keyring(secret: str) -> bytes:
    if not _KEY.fullmatch(secret):
        raise Refused(
            "The entry of this profile in the system's keyring is not a key. Your data is safe. "
            f"Restore the keyring from a backup, or set {KEY_VARIABLE} to the right key."
        )
    return bytes.fromhex(secret)


def _identity(profile: Path, *, may_make: bool) -> str:
    """Return the profile's random name: folders are moved and renamed, this stays."""
    path = profile / IDENTITY_NAME
    try:
        identity = path.read_bytes().decode("ascii", "replace") if path.exists() else ""
        if _IDENTITY.fullmatch(identity):
            return identity
        if not may_make:
            raise _missing_key()
        return _make_identity(path)
    except OSError as error:
        raise Unavailable(
            f"The file “{path}” cannot be read or written. Your data is safe. "
            "Check the disk and the folder's permissions, then try again."
        ) from error


def _make_identity(path: Path) -> str:
    identity = os.urandom(8).hex()
    with path.open("wb") as file:
        file.write(identity.encode("ascii"))
        file.flush()
        # The key is found by this name only, so it is on the disk before there is a key.
        os.fsync(file.fileno())
    path.chmod(0o600)
    return identity


def _missing_key() -> Refused:
    return Refused(
        "The key of this database is not in the system's keyring. Your data is safe but stays "
        "locked. Sign in as the person who made it, restore the keyring, or set "
        f"{KEY_VARIABLE} to the key."
    )


def _help(platform: str = sys.platform) -> str:
    on_servers = f"set {KEY_VARIABLE} to 64 hexadecimal characters"
    return f"{_HOW_TO_HELP.get(platform, 'Use Windows, macOS or Linux')}, or {on_servers}"

"""What stands in for the system's keyring in tests?"""

from __future__ import annotations


class MemoryCredentials:
    """Credentials that live as long as the test."""

    def __init__(self) -> None:
        self.secrets: dict[str, str] = {}

    def read(self, name: str) -> str | None:
        """Return the secret kept under the name, or None."""
        return self.secrets.get(name)

    def keep(self, name: str, secret: str) -> None:
        """Keep a secret under the name."""
        self.secrets[name] = secret

    def forget(self, name: str) -> None:
        """Forget the secret kept under the name, if there is one."""
        self.secrets.pop(name, None)

"""What does somebody type that nobody else should see?"""

from __future__ import annotations

import getpass
import sys

__all__ = ["typed_secret"]


def typed_secret(prompt: str = "Password: ") -> str:
    """Return what is typed, or the next line of standard input; empty when the input ends."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    try:
        return getpass.getpass(prompt)
    except EOFError:
        return ""

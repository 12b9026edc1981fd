"""What does the desktop learn of the system it runs on, and ask of it?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date, datetime

__all__ = ["now", "open_outside", "system_locale", "today", "user_name"]


def now() -> datetime:
    """Return this instant, aware of its zone."""
    from datetime import UTC, datetime

    return datetime.now(UTC)


def today() -> date:
    """Return the day it is here."""
    return now().astimezone().date()


def user_name() -> str:
    """Return the name under which somebody uses this computer."""
    from getpass import getuser

    return getuser()


def system_locale() -> str:
    """Return the system's language with its country, such as `en-US`."""
    from PySide6.QtCore import QLocale

    # With its country, which `bcp47Name` leaves out where it is the usual one: en for the USA.
    name = QLocale.system().name()
    # A system without a language of its own writes as most of Europe does.
    return "en-GB" if name == "C" else name.replace("_", "-")


def open_outside(target: Any) -> None:
    """Have the system open a file or an address with the program it has for it."""
    # Imported when first used: neither belongs to the first window.
    from PySide6.QtCore import QUrl
    from PySide6.QtGui import QDesktopServices

    from loyaldesk.documents.opening import open_external

    def opener(url: str) -> bool:
        return QDesktopServices.openUrl(QUrl(url))

    open_external(target, opener=opener)

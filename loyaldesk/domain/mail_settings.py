"""By which way do mails leave, and in whose name?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from loyaldesk.domain.mail_words import address_problem, checked_word
from loyaldesk.errors import Refused

__all__ = ["MailMethod", "MailSecurity", "MailSettings", "settings_problems"]

_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")
_LOOPBACK = frozenset({"127.0.0.1", "localhost"})


class MailMethod(StrEnum):
    """Who hands mails over: LoyalDesk to a server, or a person in their mail program."""

    DRAFT = "draft"
    SMTP = "smtp"


class MailSecurity(StrEnum):
    """How the way to the server is protected; none is for a server on this computer only."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class MailSettings:
    """How mails leave; the password is not among it, that is in the system's keyring."""

    method: MailMethod = MailMethod.DRAFT
    host: str = ""
    port: int = 587
    security: MailSecurity = MailSecurity.STARTTLS
    user: str = ""
    sender_name: str = ""
    sender: str = ""
    reply_to: str = ""
    copy_to: str = ""

    @property
    def sends(self) -> bool:
        """Whether LoyalDesk hands mails to a server itself."""
        return self.method is MailMethod.SMTP


def settings_problems(settings: MailSettings) -> dict[str, str]:
    """Return a sentence for each field that mails could not be sent with."""
    found = {
        field: address_problem(getattr(settings, field))
        for field in ("sender", "reply_to", "copy_to")
        if getattr(settings, field) or (field == "sender" and settings.sends)
    }
    found["sender_name"] = _word_problem(settings.sender_name)
    found["user"] = _word_problem(settings.user)
    if settings.sends:
        found |= _server_problems(settings)
    return {field: sentence for field, sentence in found.items() if sentence}


def _server_problems(settings: MailSettings) -> dict[str, str]:
    found = {}
    if not _HOST.fullmatch(settings.host):
        found["host"] = "The name of a mail server looks like smtp.company.com."
    if not 1 <= settings.port <= 65_535:
        found["port"] = "A port is a number from 1 to 65535, most often 587 or 465."
    if settings.security is MailSecurity.NONE and settings.host not in _LOOPBACK:
        found["security"] = (
            "Without encryption anybody on the way could read along; this is for a server on this "
            "computer (127.0.0.1) only."
        )
    return found


def _word_problem(word: str) -> str:
    try:
        checked_word(word, "name")
    except Refused:
        return "This holds characters that a mail cannot carry."
    return ""

"""Which fields have the mail settings, and how do they become text and come back out?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from loyaldesk.domain.mail_settings import MailMethod, MailSecurity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loyaldesk.domain.mail_settings import MailSettings

__all__ = ["SERVER_FIELDS", "mail_texts", "mail_titles", "method_choices", "security_choices",
           "typed_settings"]  # fmt: skip

translate = QCoreApplication.translate
SERVER_FIELDS = ("host", "port", "user")


def mail_titles() -> dict[str, str]:
    """Return each field with what stands above it, in reading order."""
    return {
        "sender": translate("MailForm", "Sender’s address"),
        "sender_name": translate("MailForm", "Sender’s name"),
        "reply_to": translate("MailForm", "Answers go to, if elsewhere"),
        "copy_to": translate("MailForm", "A copy of each mail goes to"),
        "host": translate("MailForm", "Mail server"),
        "port": translate("MailForm", "Port"),
        "user": translate("MailForm", "User name"),
    }


def method_choices() -> list[tuple[str, str]]:
    """Return the ways by which mails leave."""
    return [
        (MailMethod.DRAFT.value, translate("MailForm", "As drafts in my mail program")),
        (MailMethod.SMTP.value, translate("MailForm", "LoyalDesk sends them")),
    ]


def security_choices() -> list[tuple[str, str]]:
    """Return how the way to the server is protected."""
    return [
        (MailSecurity.STARTTLS.value, translate("MailForm", "STARTTLS (587)")),
        (MailSecurity.TLS.value, translate("MailForm", "TLS (465)")),
        (MailSecurity.NONE.value, translate("MailForm", "None (this computer only)")),
    ]


def mail_texts(settings: MailSettings) -> dict[str, str]:
    """Return what stands in each field."""
    return {name: str(getattr(settings, name)) for name in mail_titles()}


def typed_settings(
    texts: Mapping[str, str], kept: MailSettings, *, method: str, security: str
) -> MailSettings:
    """Return the settings as they are typed; a port that is no number is 0, which is refused."""
    words = {name: text.strip() for name, text in texts.items() if name != "port"}
    port = texts["port"].strip()
    return replace(
        kept,
        **words,
        port=int(port) if port.isdecimal() and port.isascii() else 0,
        method=MailMethod(method),
        security=MailSecurity(security),
    )

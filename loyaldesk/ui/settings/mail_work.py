"""What does the form of the mail settings ask of keyring, outbox and network?"""

from __future__ import annotations

import secrets
from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from loyaldesk.documents.file_store import FileStore
    from loyaldesk.documents.opening import OpenableTarget
    from loyaldesk.mail.transport import Answer

__all__ = ["has_password", "keep_password", "send_test", "write_test_draft"]


def has_password(_source: object, *, profile: Path) -> bool:
    """Tell whether a password is kept; on a read lane, because a keyring may ask the person."""
    from loyaldesk.mail.password import MailPassword

    return bool(MailPassword(profile).read())


def keep_password(_source: object, *, profile: Path, password: str) -> bool:
    """Keep the password and tell whether it outlives this run of LoyalDesk."""
    from loyaldesk.mail.password import MailPassword

    return MailPassword(profile).keep(password)


def send_test(store: Any, *, wire: Any, profile: Path, now: datetime, words: str) -> Answer:
    """Send a message to ourselves over the server and return its answer."""
    from loyaldesk.mail.sending import send_test_mail

    token = secrets.token_hex(16)
    return send_test_mail(store, wire=wire, profile=profile, now=now, token=token, words=words)


def write_test_draft(
    _source: object,
    *,
    files: Callable[[], FileStore],
    folder: Path,
    recipient: str,
    now: datetime,
    words: str,
) -> OpenableTarget:
    """Return a draft to ourselves that the mail program can open."""
    from loyaldesk.documents.opening import copy_for_opening
    from loyaldesk.mail.message import Message, message_bytes

    subject, _, body = words.partition("\n")
    message = Message(recipient, subject, body, now, attachments=(), is_draft=True)
    kept = files().add(BytesIO(message_bytes(message)))
    return copy_for_opening(kept.sha256, f"{subject}.eml", files=files(), folder=folder)

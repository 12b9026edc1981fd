"""Which mails lie in the outbox when its picture is taken? One in each state."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from loyaldesk.domain.mail_settings import MailMethod, MailSettings

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyaldesk.documents.file_store import FileStore

__all__ = ["write_picture_mails"]

REFUSED = "The mail server refused the address. It was not sent. (550 5.1.1 No such user here)"
TAKEN = "The mail server took the mail. (250 2.0.0 OK: queued as 4711)"


def write_picture_mails(store: Any, *, files: Callable[[], FileStore], document_id: int) -> None:
    """Write mails that carry a document, once, and record what a server might have said."""
    from loyaldesk.mail.letters import document_mail
    from loyaldesk.mail.outbox import queue_letter
    from loyaldesk.operations.mail import (
        accept_mail,
        change_mail_settings,
        claim_mail,
        fail_mail,
        withdraw_mail,
    )

    settings = MailSettings(host="smtp.nordlicht.example", sender="office@nordlicht.example")
    with store.reader() as reader:
        if reader.value("SELECT count(*) FROM mail"):
            return
        mail = replace(
            document_mail(reader, document_id=document_id), recipient="kontakt@mueller.example"
        )
    for method in (MailMethod.DRAFT, MailMethod.SMTP):
        with store.transaction(change_mail_settings.label) as tx:
            change_mail_settings(tx, settings=replace(settings, method=method))
        queue_letter(store, files=files(), mail=mail)
    ids = [queue_letter(store, files=files(), mail=mail, undo_seconds=-2) for _ in range(3)]
    with store.transaction(claim_mail.label, undoable=False) as tx:
        for mail_id in ids[:2]:
            claim_mail(tx, now=tx.now)
            if mail_id == ids[0]:
                accept_mail(tx, mail_id=mail_id, answer=TAKEN, now=tx.now)
            else:
                fail_mail(tx, mail_id=mail_id, answer=REFUSED)
        withdraw_mail(tx, mail_id=ids[2])

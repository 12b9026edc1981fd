"""Mails for tests: a transport that answers what it is told to, and how mails are sent here."""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO

from reportlab.pdfgen.canvas import Canvas

from loyaldesk.domain.mail_settings import MailMethod, MailSecurity, MailSettings
from loyaldesk.mail.transport import Answer, Verdict

__all__ = ["ACCEPTED", "SMTP", "FakeTransport", "paper_of"]

ACCEPTED = Answer(Verdict.ACCEPTED, "The mail server took the mail.", "250 OK: queued as 12")
SMTP = MailSettings(
    method=MailMethod.SMTP,
    host="127.0.0.1",
    port=2525,
    security=MailSecurity.NONE,
    sender_name="Nordlicht Handel GmbH",
    sender="office@nordlicht.example",
)


@dataclass
class FakeTransport:
    """Takes mails in memory; `answers` are given in turn, then all are accepted."""

    answers: list[Answer] = field(default_factory=list)
    sent: list[tuple[bytes, str, tuple[str, ...]]] = field(default_factory=list)

    def send(self, raw, *, sender, recipients):
        """Keep what was handed over and give the next answer."""
        self.sent.append((raw, sender, tuple(recipients)))
        return self.answers.pop(0) if self.answers else ACCEPTED


def paper_of(number: str | None, *, words: str = "Hello") -> bytes:
    """Return a PDF; with a number it is a letter of ours to that customer."""
    page = BytesIO()
    canvas = Canvas(page, invariant=1)
    if number is not None:
        canvas.setCreator("LoyalDesk 0.1.0")
        canvas.setKeywords(f"{number}, A-2024-00001")
    canvas.drawString(72, 700, words)
    canvas.save()
    return page.getvalue()

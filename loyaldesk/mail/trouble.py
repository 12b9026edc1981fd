"""What does it mean when a mail server refuses, breaks off or says nothing?

Every trouble becomes a sentence of ours: what happened, what is safe, what to do. The server's own
words stand behind it, plain and short.
"""

from __future__ import annotations

import smtplib
import socket
import ssl

from loyaldesk.domain.certificates import why_untrusted
from loyaldesk.errors import LoyalDeskError
from loyaldesk.mail.transport import Answer, Verdict, plain_words

__all__ = ["CLOSING", "TOO_LARGE", "NoWay", "connection_trouble", "refusal"]

TOO_LARGE = 552
CLOSING = 421
_NO_ENCRYPTION = (
    "No secure connection to {} came about. Nothing was sent. Check port and encryption in "
    "Settings, E-mail: 587 goes with STARTTLS, 465 with TLS."
)
_NO_SIGNING_IN = (
    "The mail server offers no way to sign in that LoyalDesk knows. Nothing was sent. Ask its "
    "provider for a password for mail programs."
)
_WAITS = "The mail stays in the outbox and goes by itself later."


class NoWay(Exception):  # noqa: N818 - it is an answer on its way up, not a bug
    """No mail can be handed over now, for this reason."""

    def __init__(self, sentence: str, words: str = "") -> None:
        super().__init__(sentence)
        self.answer = Answer(Verdict.UNREACHABLE, sentence, words)


def connection_trouble(error: BaseException, host: str, *, in_time: bool = True) -> Answer:
    """Return what an error on the way to the server means; no mail has left then."""
    if isinstance(error, NoWay):
        return error.answer
    if isinstance(error, LoyalDeskError):
        return Answer(Verdict.UNREACHABLE, f"{error} {_WAITS}")
    # smtplib calls a server that says nothing disconnected, and why is in the context.
    if (
        not in_time
        or isinstance(error, TimeoutError)
        or isinstance(error.__context__, TimeoutError)
    ):
        return Answer(
            Verdict.UNREACHABLE, f"The mail server {host} did not answer in time. {_WAITS}"
        )
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return Answer(
            Verdict.UNREACHABLE,
            "The mail server did not take the user name and password. The mail stays in the "
            "outbox. Correct them in Settings, E-mail.",
            plain_words(error.smtp_error, error.smtp_code),
        )
    return Answer(Verdict.UNREACHABLE, *_words_of(error, host))


def refusal(code: int, said: bytes, what: str) -> Answer:
    """Return what the server's refusal of this one mail means; `what` is what it refused."""
    words = plain_words(said, code)
    if 400 <= code < 500:
        return Answer(Verdict.LATER, f"The mail server asked to try again later. {_WAITS}", words)
    if code == TOO_LARGE:
        return Answer(
            Verdict.REFUSED,
            "The mail is too large for the server. It was not sent. Attach less, or print it.",
            words,
        )
    return Answer(Verdict.REFUSED, f"The mail server refused {what}. It was not sent.", words)


def _words_of(error: BaseException, host: str) -> tuple[str, str]:
    """Return our sentence and the words behind it."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return _certificate_words(error, host), plain_words(error.verify_message)
    if isinstance(error, ssl.SSLError):
        return _NO_ENCRYPTION.format(host), plain_words(error.reason or "")
    if isinstance(error, smtplib.SMTPResponseException):
        said = plain_words(error.smtp_error, error.smtp_code)
        return f"The mail server {host} takes no mail now. {_WAITS}", said
    is_silent = isinstance(error, smtplib.SMTPServerDisconnected)
    if isinstance(error, smtplib.SMTPException) and not is_silent:
        return _NO_SIGNING_IN, plain_words(str(error))
    return f"The mail server {host} {_how_silent(error)}. {_WAITS}", ""


def _how_silent(error: BaseException) -> str:
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return "ended the connection"
    if isinstance(error, socket.gaierror | UnicodeError):
        return "was not found; perhaps you are offline"
    return "cannot be reached"


def _certificate_words(error: ssl.SSLCertVerificationError, host: str) -> str:
    why = why_untrusted(error.verify_code)
    return (
        f"The certificate of {host} {why}, so somebody could be listening. Nothing was sent. Check "
        "the server's name in Settings, E-mail, or ask its provider."
    )

"""How is a mail handed to a mail server over the network, and what did the server say?

Nothing leaves unencrypted except to this computer itself, and a certificate is always checked
against what the system trusts: there is no way to switch that off.
"""

from __future__ import annotations

import re
import smtplib
import socket
from contextlib import contextmanager, suppress
from threading import Timer
from typing import TYPE_CHECKING

from loyaldesk.domain.mail_settings import MailSecurity, settings_problems
from loyaldesk.errors import LoyalDeskError
from loyaldesk.mail.transport import Answer, Verdict, plain_words
from loyaldesk.mail.trouble import CLOSING, TOO_LARGE, NoWay, connection_trouble, refusal

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterator, Sequence

    from loyaldesk.domain.mail_settings import MailSettings

__all__ = ["SmtpTransport"]

CONNECT_S = 10.0
WHOLE_S = 60.0
# What even a slow line carries; a large mail may take longer than a small one.
BYTES_PER_S = 100_000
GRACE_S = 5.0
# Naming ourselves by our own name would ask the network for it, and tell it to the server.
OUR_NAME = "[127.0.0.1]"
READY, DONE, GO_ON = 220, 250, 354
_LEADING_DOT = re.compile(rb"(?m)^\.")
_TROUBLES = (OSError, smtplib.SMTPException, UnicodeError, LoyalDeskError, NoWay)


class SmtpTransport:
    """One connection to a mail server, opened when first needed and used for many mails.

    `password` is asked for when the server wants one. `abort` may be called from any thread.
    """

    def __init__(
        self,
        settings: MailSettings,
        *,
        password: Callable[[], str],
        connect_s: float = CONNECT_S,
        whole_s: float = WHOLE_S,
    ) -> None:
        self._settings = settings
        self._password = password
        self._connect_s, self._whole_s = connect_s, whole_s
        self._smtp: smtplib.SMTP | None = None
        self._socket: socket.socket | None = None
        self._is_late = self._is_aborted = self._awaits_answer = False

    def send(self, raw: bytes, *, sender: str, recipients: Sequence[str]) -> Answer:
        """Hand over the bytes to the first recipient and copies to the others; never raises."""
        with self._in_time(len(raw) / BYTES_PER_S):
            try:
                smtp = self._connected()
            except _TROUBLES as error:
                return self._broken(error)
            return self._hand_over(smtp, raw, sender, recipients)

    def check(self) -> Answer:
        """Connect and sign in without sending anything."""
        with self._in_time(0):
            try:
                self._connected()
            except _TROUBLES as error:
                return self._broken(error)
        return Answer(Verdict.ACCEPTED, "The mail server took the user name and password.")

    def abort(self) -> None:
        """End what is under way; an answer that is awaited gets a few seconds more."""
        if self._is_aborted:
            return
        self._is_aborted = True
        if self._awaits_answer:
            last = Timer(GRACE_S, self._shut)
            last.daemon = True
            last.start()
        else:
            self._shut()

    def close(self) -> None:
        """Take leave of the server."""
        smtp, self._smtp, self._socket = self._smtp, None, None
        if smtp is not None:
            with suppress(OSError, smtplib.SMTPException):
                smtp.quit()
            smtp.close()

    def _connected(self) -> smtplib.SMTP:
        self._go_on()
        if self._smtp is not None:
            with suppress(OSError, smtplib.SMTPException):
                if self._smtp.rset()[0] == DONE:
                    return self._smtp
            self._drop()
        smtp = self._open()
        self._sign_in(smtp)
        return smtp

    def _open(self) -> smtplib.SMTP:
        settings = self._settings
        for sentence in settings_problems(settings).values():
            raise NoWay(f"{sentence} Nothing was sent. Correct Settings, E-mail.")
        smtp = self._smtp = smtplib.SMTP(local_hostname=OUR_NAME)
        place = (settings.host, settings.port)
        wire = self._use(smtp, socket.create_connection(place, timeout=self._connect_s))
        if settings.security is MailSecurity.TLS:
            wire = self._encrypt(smtp, wire)
        code, said = smtp.getreply()
        if code != READY:
            raise smtplib.SMTPConnectError(code, said)
        # The connection stands: from here on only the whole has to be in time.
        wire.settimeout(self._whole_s)
        smtp.ehlo_or_helo_if_needed()
        if settings.security is MailSecurity.STARTTLS:
            self._start_encryption(smtp, wire)
        return smtp

    def _start_encryption(self, smtp: smtplib.SMTP, wire: socket.socket) -> None:
        if not smtp.has_extn("starttls"):
            raise NoWay(
                f"The mail server {self._settings.host} offers no encryption here, so nothing was "
                "sent. Try TLS with port 465 in Settings, E-mail."
            )
        code, said = smtp.docmd("STARTTLS")
        if code != READY:
            raise smtplib.SMTPResponseException(code, said)
        self._encrypt(smtp, wire).settimeout(self._whole_s)
        # What was said before encryption does not count: anybody could have said it.
        smtp.ehlo()

    def _encrypt(self, smtp: smtplib.SMTP, wire: socket.socket) -> socket.socket:
        wire.settimeout(self._connect_s)
        host = self._settings.host
        return self._use(smtp, _system_trust().wrap_socket(wire, server_hostname=host))

    def _use(self, smtp: smtplib.SMTP, wire: socket.socket) -> socket.socket:
        smtp.sock = self._socket = wire
        # The next answer is read from this socket, and nothing that came before it.
        smtp.file = None
        # Who aborted before there was a socket had none to shut.
        self._go_on()
        return wire

    def _go_on(self) -> None:
        if self._is_aborted:
            raise NoWay("LoyalDesk was closed. The mail stays in the outbox.")

    def _sign_in(self, smtp: smtplib.SMTP) -> None:
        user = self._settings.user
        if not user:
            return
        password = self._password()
        if not password:
            raise NoWay(
                "The password of the mail server is missing. The mail stays in the outbox. Type it "
                "in at Settings, E-mail."
            )
        if not (user + password).isascii():
            raise NoWay(
                "The user name or password has letters that mail servers do not agree on. The mail "
                "stays in the outbox. Use a password of plain letters, digits and signs."
            )
        smtp.login(user, password)

    def _hand_over(
        self, smtp: smtplib.SMTP, raw: bytes, sender: str, recipients: Sequence[str]
    ) -> Answer:
        try:
            refused = self._announce(smtp, len(raw), sender, recipients)
            if refused is not None:
                return refused
            text = _LEADING_DOT.sub(b"..", raw)
            smtp.send(text if text.endswith(b"\r\n") else text + b"\r\n")
        except _TROUBLES as error:
            # The end of the mail has not left, so no server can have taken it.
            return self._broken(error)
        return self._final_answer(smtp)

    def _announce(
        self, smtp: smtplib.SMTP, size: int, sender: str, recipients: Sequence[str]
    ) -> Answer | None:
        """Say who writes to whom; return the refusal, or None when the text may follow."""
        options = [f"size={size}"] if smtp.has_extn("size") else []
        code, said = smtp.mail(sender, options)
        if code != DONE:
            return _of_sender(self._refusal(code, said, "the mail"))
        customer, *copies = recipients
        code, said = smtp.rcpt(customer)
        if code not in {DONE, 251}:
            return self._refusal(code, said, f"the address {customer}")
        for copy in copies:
            smtp.rcpt(copy)
        code, said = smtp.docmd("DATA")
        return None if code == GO_ON else self._refusal(code, said, "the mail")

    def _final_answer(self, smtp: smtplib.SMTP) -> Answer:
        self._awaits_answer = True
        try:
            smtp.send(b".\r\n")
            code, said = smtp.getreply()
        except _TROUBLES:
            self._drop()
            return Answer(
                Verdict.UNKNOWN,
                "The connection broke before the mail server said whether it has the mail. It may "
                "have arrived: ask the customer, or send it again.",
            )
        finally:
            self._awaits_answer = False
        if code != DONE:
            return self._refusal(code, said, "the mail")
        words = plain_words(said, code)
        return Answer(Verdict.ACCEPTED, "The mail server took the mail.", words)

    def _refusal(self, code: int, said: bytes, what: str) -> Answer:
        if code == CLOSING or code < 0:
            self._drop()
        return refusal(code if code > 0 else CLOSING, said, what)

    def _broken(self, error: BaseException) -> Answer:
        self._drop()
        return connection_trouble(error, self._settings.host, in_time=not self._is_late)

    @contextmanager
    def _in_time(self, more_s: float) -> Iterator[None]:
        self._is_late = False
        watch = Timer(self._whole_s + more_s, self._be_late)
        watch.daemon = True
        watch.start()
        try:
            yield
        finally:
            watch.cancel()

    def _be_late(self) -> None:
        self._is_late = True
        self._shut()

    def _shut(self) -> None:
        """End the connection under whoever waits for it, whether it is encrypted or not."""
        wire = self._socket
        if wire is not None:
            with suppress(OSError):
                # The plain socket's own: an encrypted one would forget its state meanwhile.
                socket.socket.shutdown(wire, socket.SHUT_RDWR)

    def _drop(self) -> None:
        smtp, self._smtp, self._socket = self._smtp, None, None
        if smtp is not None:
            smtp.close()


def _of_sender(answer: Answer) -> Answer:
    """Return what it means that the server refused the sender: all mails wait, unless too large."""
    if answer.verdict is not Verdict.REFUSED or answer.words.startswith(str(TOO_LARGE)):
        return answer
    return Answer(
        Verdict.UNREACHABLE,
        "The mail server does not let us send in this name. The mail stays in the outbox. Check "
        "the sender, user name and password in Settings, E-mail.",
        answer.words,
    )


def _system_trust() -> ssl.SSLContext:
    """Return what the system trusts: a company's own authority is known to it, too."""
    import ssl

    import truststore

    context: ssl.SSLContext = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context

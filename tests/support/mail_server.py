"""A real mail server on this computer for tests, which takes, refuses, drops, stalls or lies."""

from __future__ import annotations

import asyncio
import ssl
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any

from aiosmtpd.smtp import SMTP, AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Authority", "MailServer"]

LONGEST_S = 20


@dataclass
class MailServer:
    """Answers on a free port of 127.0.0.1 inside a `with` block.

    `rcpt` and `data` are answers to give instead of taking a mail; `drops` ends the connection in
    the middle of the text, or after it but before the answer; `stalls` keeps it open and says
    nothing. With `users` a client has to sign in.
    """

    rcpt: str = ""
    data: str = ""
    drops: str = ""
    stalls: bool = False
    users: dict[str, str] = field(default_factory=dict)
    tls: ssl.SSLContext | None = None
    starttls: ssl.SSLContext | None = None
    received: list[tuple[str, list[str], bytes]] = field(default_factory=list)
    sessions: int = 0
    sign_ins: int = 0
    port: int = 0

    def __enter__(self) -> MailServer:
        self._open_sessions: list[SMTP] = []
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        assert self._ready.wait(LONGEST_S)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(LONGEST_S)

    async def handle_MAIL(self, _server, session, envelope, sender, _options) -> str:  # noqa: N802
        """Answer to a sender: whoever has to sign in must have done so."""
        if self.users and not session.authenticated:
            return "530 5.7.0 Sign in first"
        envelope.mail_from = sender
        return "250 OK"

    async def handle_RCPT(self, _server, _session, envelope, to, _options) -> str:  # noqa: N802
        """Answer to a recipient."""
        if self.rcpt and not envelope.rcpt_tos:
            return self.rcpt
        envelope.rcpt_tos.append(to)
        return "250 OK"

    async def handle_DATA(self, server: Any, _session, envelope) -> str:  # noqa: N802
        """Answer to the text of a mail."""
        if self.drops == "after":
            server.transport.abort()
            return "250 nobody hears this"
        if self.stalls:
            await asyncio.sleep(LONGEST_S)
        if self.data:
            return self.data
        self.received.append((envelope.mail_from, envelope.rcpt_tos, envelope.content))
        return "250 OK: taken as 4711"

    def _run(self) -> None:
        self._loop.run_until_complete(self._serve())
        self._ready.set()
        self._loop.run_forever()
        self._server.close()
        for session in self._open_sessions:
            transport: Any = session.transport
            if transport is not None:
                transport.abort()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0.05))
        self._loop.run_until_complete(self._loop.shutdown_asyncgens())
        self._loop.close()

    async def _serve(self) -> None:
        self._server = await self._loop.create_server(
            self._session, "127.0.0.1", self.port, ssl=self.tls
        )
        self.port = self._server.sockets[0].getsockname()[1]

    def _session(self) -> asyncio.Protocol:
        self.sessions += 1
        protocol = _Dropping if self.drops == "middle" else SMTP
        session = protocol(
            self,
            loop=self._loop,
            hostname="mail.test",
            tls_context=self.starttls,
            require_starttls=self.starttls is not None,
            authenticator=self._sign_in,
            auth_require_tls=False,
            timeout=LONGEST_S,
        )
        self._open_sessions.append(session)
        return session

    def _sign_in(self, _server, _session, _envelope, _mechanism, data) -> AuthResult:
        self.sign_ins += 1
        user, password = data.login.decode(), data.password.decode()
        return AuthResult(success=self.users.get(user) == password, handled=False)


class _Dropping(SMTP):
    """Hangs up when the text of a mail begins to come."""

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802 - aiosmtpd's name
        await self.push("354 go on")
        await self._reader.readline()
        transport: Any = self.transport
        transport.abort()


class Authority:
    """An authority of the test's own that makes certificates; `file` is what a system trusts."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._count = folder, 0
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = _name("Test authority")
        own = _certificate(self._name, self._name, self._key, self._key, is_authority=True)
        self.file = folder / "authority.pem"
        self.file.write_bytes(own.public_bytes(serialization.Encoding.PEM))

    def server(self, *hosts: str, days: int = 30, is_self_signed: bool = False) -> ssl.SSLContext:
        """Return the context of a server whose certificate names the hosts and lives so long."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = _name(hosts[0])
        issuer, signer = (subject, key) if is_self_signed else (self._name, self._key)
        made = _certificate(subject, issuer, key, signer, hosts=hosts, days=days)
        self._count += 1
        chain = self._folder / f"server-{self._count}.pem"
        chain.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
            + made.public_bytes(serialization.Encoding.PEM)
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(chain)
        return context


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _certificate(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    signer: ec.EllipticCurvePrivateKey,
    *,
    hosts: tuple[str, ...] = (),
    days: int = 30,
    is_authority: bool = False,
) -> x509.Certificate:
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=60))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
    )
    if hosts:
        builder = builder.add_extension(
            x509.SubjectAlternativeName([_general(host) for host in hosts]), critical=False
        )
    return builder.sign(signer, hashes.SHA256())


def _general(host: str) -> x509.GeneralName:
    if host[0].isdigit():
        return x509.IPAddress(ip_address(host))
    return x509.DNSName(host)

"""How does the hub run as a server? With TLS or on this computer, within limits, until told to end.

Slow and silent connections end by themselves: a request's head has 15 seconds, its body as long as
`bodies` says, an answer as long as `gate` says.
"""

from __future__ import annotations

import signal
import socket
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import uvicorn
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware
from uvicorn.protocols.http.h11_impl import H11Protocol

from loyaldesk.errors import Refused
from loyaldesk.hub.http.app import build_app
from loyaldesk.hub.http.chores import Chores
from loyaldesk.hub.http.tls import OnlyFrom, check_binding, check_certificate

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from starlette.types import ASGIApp

    from loyaldesk.hub.http.chores import Chore
    from loyaldesk.hub.http.service import Hub

__all__ = ["Binding", "serve_hub"]

# Addresses that mean every one this computer has.
EVERYWHERE = frozenset({"0.0.0.0", "::"})  # noqa: S104 - they are only compared with
MOST_CONNECTIONS = 4000
HEAD_BYTES = 32 << 10
HEAD_S = 15.0
KEEP_ALIVE_S = 30
END_S = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """Where the hub listens and how it is reached; port 0 takes a free one."""

    host: str = "127.0.0.1"
    port: int = 8443
    certificate: Path | None = None
    private_key: Path | None = None
    proxies: Sequence[str] = ()

    def check(self) -> None:
        """Refuse what would send records unencrypted, or a certificate that is none."""
        has_certificate = self.certificate is not None and self.private_key is not None
        check_binding(self.host, has_certificate=has_certificate, proxies=self.proxies)
        if self.certificate is not None and self.private_key is not None:
            check_certificate(self.certificate, self.private_key)
        self._check_port()

    def url(self, port: int) -> str:
        """Return the address to connect to, as far as the hub knows it."""
        scheme = "https" if self.certificate else "http"
        host = socket.getfqdn() if self.host in EVERYWHERE else self.host
        host = f"[{host}]" if ":" in host else host
        return f"{scheme}://{host}:{port}"

    def _check_port(self) -> None:
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        try:
            socket.create_server((self.host, self.port), family=family).close()
        except OSError as error:
            raise Refused(
                f"The hub cannot listen at {self.host}, port {self.port}: {error.strerror or error}"
                ". The hub was not started. Choose another with --host and --port."
            ) from error


def serve_hub(
    hub: Hub, binding: Binding, *, chores: Sequence[Chore], ready: Callable[[str], None]
) -> None:
    """Serve until a signal says to end; `ready` is told the address once it can be reached."""
    binding.check()
    app: ASGIApp = build_app(hub)
    if binding.proxies:
        # The types of uvicorn and Starlette name the same messages differently.
        forwarded: Any = ProxyHeadersMiddleware(cast("Any", app), list(binding.proxies))
        app = OnlyFrom(forwarded, binding.proxies)
    server = _Server(_config(app, binding), hub, lambda port: ready(binding.url(port)))
    with Chores(chores):
        server.run()


def _config(app: ASGIApp, binding: Binding) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        host=binding.host,
        port=binding.port,
        http=_PatientProtocol,
        ws="none",
        lifespan="off",
        proxy_headers=False,
        server_header=False,
        access_log=False,
        log_config=None,
        limit_concurrency=MOST_CONNECTIONS,
        h11_max_incomplete_event_size=HEAD_BYTES,
        timeout_keep_alive=KEEP_ALIVE_S,
        timeout_graceful_shutdown=END_S,
        ssl_certfile=binding.certificate,
        ssl_keyfile=binding.private_key,
    )


class _Server(uvicorn.Server):
    """A server that says when it is ready and where, and ends in good order at a signal."""

    def __init__(self, config: uvicorn.Config, hub: Hub, ready: Callable[[int], None]) -> None:
        super().__init__(config)
        self._hub, self._ready = hub, ready

    async def startup(self, sockets: Any = None) -> None:
        """Begin to listen."""
        await super().startup(sockets)
        if self.started and self.servers:
            self._ready(self.servers[0].sockets[0].getsockname()[1])

    async def shutdown(self, sockets: Any = None) -> None:
        """Answer what is under way, and listen no more."""
        self._hub.is_ending = True
        await super().shutdown(sockets)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """End at Ctrl+C and SIGTERM; uvicorn itself would raise them anew afterwards."""
        kept = {
            number: signal.signal(number, self.handle_exit)
            for number in (signal.SIGINT, signal.SIGTERM)
        }
        try:
            yield
        finally:
            for number, handler in kept.items():
                signal.signal(number, handler)


class _PatientProtocol(H11Protocol):
    """A connection that is ended when the head of a request does not arrive in time."""

    _head_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        self._unwatch()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self.cycle is not None and not self.cycle.response_complete:
            self._unwatch()
        elif self._head_timer is None:
            self._watch()

    def on_response_complete(self) -> None:
        self._unwatch()
        super().on_response_complete()

    def _watch(self) -> None:
        self._head_timer = self.loop.call_later(HEAD_S, self.timeout_keep_alive_handler)

    def _unwatch(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None

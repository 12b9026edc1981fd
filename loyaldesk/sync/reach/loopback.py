"""Where does the browser bring the provider's answer? To a listener on this computer, once."""

from __future__ import annotations

import secrets
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Event, Thread
from typing import TYPE_CHECKING, Self
from urllib.parse import parse_qsl, urlsplit

from loyaldesk.errors import Cancelled, Unavailable

if TYPE_CHECKING:
    from types import TracebackType

__all__ = ["Loopback"]

PAGE = (
    b"<!doctype html><meta charset=utf-8><title>LoyalDesk</title>"
    b"<p>You can close this page and go back to LoyalDesk."
)
LONGEST_TARGET = 8_000


class Loopback:
    """Listens on a free port of 127.0.0.1 inside a `with` block, under a path nobody can guess."""

    def __init__(self) -> None:
        self._path = f"/{secrets.token_urlsafe(16)}"
        self._answer: dict[str, str] = {}
        self._has_come = Event()
        self._is_stopped = False
        self._server = HTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = Thread(target=self._server.serve_forever, name="sign-in", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def url(self) -> str:
        """The address that the provider sends the browser back to."""
        return f"http://127.0.0.1:{self._server.server_port}{self._path}"

    def stop(self) -> None:
        """End the waiting, from another thread."""
        self._is_stopped = True
        self._has_come.set()

    def wait(self, seconds: float) -> dict[str, str]:
        """Return what the browser brought, or raise Unavailable when nothing came.

        Raises Cancelled when the waiting was ended.
        """
        came = self._has_come.wait(seconds)
        if self._is_stopped:
            raise Cancelled
        if not came:
            raise Unavailable(
                "Nobody signed in within five minutes. Nothing was changed. Connect again."
            )
        return self._answer

    def _take(self, target: str) -> bool:
        parts = urlsplit(target)
        if parts.path != self._path or len(target) > LONGEST_TARGET:
            return False
        if not self._has_come.is_set():
            self._answer = dict(parse_qsl(parts.query))
            self._has_come.set()
        return True

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        take = self._take

        class Handler(BaseHTTPRequestHandler):
            timeout = 10

            def do_GET(self) -> None:
                """Take the answer, if it is for us."""
                is_ours = take(self.path)
                self.send_response(200 if is_ours else 404)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(PAGE) if is_ours else 0))
                self.end_headers()
                if is_ours:
                    self.wfile.write(PAGE)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as inherited
                """Say nothing: the address holds a code."""

        return Handler

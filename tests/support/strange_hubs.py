"""Whatever may answer in a hub's place: sign-in pages, silence, bombs, another hub."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ssl

__all__ = ["HUB", "StrangeHub", "answer_of"]

HUB = "a" * 32
LONGEST_S = 20


def answer_of(
    body: bytes = b"{}", *, status: str = "200 OK", hub: str = HUB, more: str = ""
) -> bytes:
    """Return the bytes of an answer; without `hub` it is not from one."""
    head = f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n{more}"
    head += f"LD-Hub: {hub}\r\n" if hub else ""
    return head.encode() + b"\r\n" + body


@dataclass
class StrangeHub:
    """Answers every request on 127.0.0.1 with the same bytes, or the next of several.

    With `drips` it sends a byte every tenth of a second, with `swallows` it says nothing to a
    request that is longer; an empty answer is silence.
    """

    answers: list[bytes]
    tls: ssl.SSLContext | None = None
    drips: bool = False
    swallows: int = 0
    requests: list[bytes] = field(default_factory=list)

    def __enter__(self) -> StrangeHub:
        self._server = socket.create_server(("127.0.0.1", 0))
        self._end = threading.Event()
        self._guard = threading.Lock()
        self.port = self._server.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        # Closed alone it would still take the next one: a thread waits in `accept`.
        with suppress(OSError):
            self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()

    @property
    def url(self) -> str:
        """Its address."""
        return f"{'https' if self.tls else 'http'}://127.0.0.1:{self.port}"

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                wire, _ = self._server.accept()
                threading.Thread(target=self._serve, args=(wire,), daemon=True).start()

    def _serve(self, plain: socket.socket) -> None:
        plain.settimeout(LONGEST_S)
        with suppress(OSError), plain:
            wire = self.tls.wrap_socket(plain, server_side=True) if self.tls else plain
            with wire:
                while request := _request(wire):
                    with self._guard:
                        self.requests.append(request)
                        answer = self.answers[min(len(self.requests), len(self.answers)) - 1]
                    if not answer or 0 < self.swallows < len(request):
                        self._end.wait(LONGEST_S)
                        return
                    self._send(wire, answer)

    def _send(self, wire: socket.socket, answer: bytes) -> None:
        if not self.drips:
            wire.sendall(answer)
            return
        for at in range(len(answer)):
            wire.sendall(answer[at : at + 1])
            if self._end.wait(0.1):
                return


def _request(wire: socket.socket) -> bytes:
    got = b""
    while b"\r\n\r\n" not in got:
        if not (part := wire.recv(1 << 16)):
            return b""
        got += part
    head, _, body = got.partition(b"\r\n\r\n")
    wanted = 0
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            wanted = int(value)
    while len(body) < wanted:
        body += wire.recv(1 << 16)
    return head + b"\r\n\r\n" + body

"""How does a request reach the hub, and is it really the hub that answers?

Nothing leaves unencrypted except to this computer itself, and a certificate is always checked
against what the system trusts: there is no way to switch that off. Only an answer that names the
known hub in `LD-Hub` counts: the sign-in page of a hotel says 200 to everything.
"""

from __future__ import annotations

import socket
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Lock, Timer
from typing import TYPE_CHECKING, Any
from urllib.request import getproxies, proxy_bypass

from loyaldesk.errors import LoyalDeskError
from loyaldesk.sync.reach.bodies import LARGEST_REPLY, BodyError, pack, unpack
from loyaldesk.sync.reach.trouble import Cause, Unreachable, network_trouble, plain_words

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Mapping

    from urllib3 import BaseHTTPResponse, HTTPConnectionPool

    from loyaldesk.sync.reach.address import HubAddress

__all__ = ["HubAnswer", "HubRequest", "HubTransport", "system_trust"]

CONNECT_S = 10.0
SILENT_S = 20.0
WHOLE_S = 60.0
CHUNK_BYTES = 64 << 10
UNSUPPORTED_MEDIA = 415


@dataclass(frozen=True, slots=True)
class HubRequest:
    """One request: the path begins after `/v1/`; `packs` is whether the body may be packed.

    The whole may take `whole_s` seconds (0: as usual); the hub may be silent, and the whole take,
    `patience_s` seconds longer than otherwise.
    """

    method: str
    path: str
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    packs: bool = True
    whole_s: float = 0.0
    patience_s: float = 0.0


@dataclass(frozen=True, slots=True)
class HubAnswer:
    """The hub's answer; the names of its headers are in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def words(self) -> str:
        """What the hub says, plain and clipped, to stand behind a sentence of ours."""
        return plain_words(self.body)


class HubTransport:
    """Connections to one hub, opened when first needed and used again.

    `hub` is the id of the known hub, empty before the first contact. `stop` may be called from any
    thread; the transport cannot be used after it.
    """

    def __init__(
        self,
        address: HubAddress,
        *,
        hub: str = "",
        connect_s: float = CONNECT_S,
        silent_s: float = SILENT_S,
        whole_s: float = WHOLE_S,
    ) -> None:
        self._address, self._hub = address, hub
        self._connect_s, self._silent_s, self._whole_s = connect_s, silent_s, whole_s
        self._encoding = "zstd"
        self._pool: HTTPConnectionPool | None = None
        self._guard = Lock()
        self._sockets: dict[int, Any] = {}
        self._is_stopped = False
        self._was_cut_off = False

    def ask(self, request: HubRequest) -> HubAnswer:
        """Return the hub's answer, whatever its status; raises Unreachable if there is none."""
        answer = self._ask_packed(request)
        if answer.status == UNSUPPORTED_MEDIA and self._encoding == "zstd" and request.packs:
            self._encoding = "gzip"
            answer = self._ask_packed(request)
        return answer

    def stop(self) -> None:
        """End what is under way, from another thread, and let nothing begin any more."""
        self._is_stopped = True
        self._shut()

    def close(self) -> None:
        """Close the connections."""
        if self._pool is not None:
            self._pool.close()
            self._pool = None

    def _ask_packed(self, request: HubRequest) -> HubAnswer:
        body, headers = request.body, {"Accept-Encoding": "zstd, gzip", **request.headers}
        if body is not None and request.packs:
            body, said = pack(body, encoding=self._encoding)
            headers.update(said)
        late = _Watch((request.whole_s or self._whole_s) + request.patience_s, self._shut)
        try:
            with late:
                status, found, raw = self._exchange(request, body, headers, late)
        except LoyalDeskError:
            raise
        except Exception as error:
            if self._is_stopped:
                raise Unreachable(Cause.STOPPED, "The exchange with the hub was ended.") from error
            if not _is_network_error(error):
                raise
            trouble = network_trouble(error, self._address.host, is_late=late.is_over)
            trouble.has_left = self._was_cut_off or not _never_connected(error)
            raise trouble from error
        return HubAnswer(status, found, self._plain(found, raw))

    def _exchange(
        self, request: HubRequest, body: bytes | None, headers: Mapping[str, str], late: _Watch
    ) -> tuple[int, Mapping[str, str], bytes]:
        if self._is_stopped:
            raise Unreachable(Cause.STOPPED, "The exchange with the hub was ended.")
        self._was_cut_off = False
        response = self._sent(request, body, headers, late)
        try:
            found = {name.lower(): value for name, value in response.headers.items()}
            self._check_hub(response.status, found)
            return response.status, found, _read(response)
        finally:
            response.release_conn()

    def _sent(
        self, request: HubRequest, body: bytes | None, headers: Mapping[str, str], late: _Watch
    ) -> BaseHTTPResponse:
        from urllib3 import Timeout
        from urllib3.exceptions import ProtocolError

        def send() -> BaseHTTPResponse:
            return self._opened_pool().urlopen(
                request.method,
                f"{self._address.path}/v1/{request.path}",
                body=body,
                headers=headers,
                retries=False,
                redirect=False,
                assert_same_host=False,
                preload_content=False,
                decode_content=False,
                timeout=Timeout(connect=self._connect_s, read=self._silent_s + request.patience_s),
            )

        try:
            return send()
        except ProtocolError:
            # A kept connection ends unseen. Every request may be sent twice: the hub knows it.
            if self._is_stopped or late.is_over:
                raise
            self._was_cut_off = True
            return send()

    def _check_hub(self, status: int, headers: Mapping[str, str]) -> None:
        hub = headers.get("ld-hub", "")
        if not hub:
            raise Unreachable(
                Cause.STRANGER,
                "Something else than the hub answered, perhaps the sign-in page of this network. "
                "Your edits are safe on this computer. Open a web page once to sign in there.",
                f"status {status}",
            )
        if self._hub and hub != self._hub:
            raise Unreachable(
                Cause.OTHER_HUB,
                f"At {self._address.host} another hub answers than the one that this computer is "
                "connected to. Nothing was sent; your edits are safe on this computer. Ask whoever "
                "runs the hub.",
            )

    def _plain(self, headers: Mapping[str, str], raw: bytes) -> bytes:
        try:
            return unpack(raw, headers.get("content-encoding", ""))
        except BodyError as error:
            raise Unreachable(
                Cause.GARBLED,
                "The hub's answer cannot be read. Your edits are safe on this computer and go out "
                "by themselves later.",
                plain_words(str(error)),
            ) from error

    def _opened_pool(self) -> HTTPConnectionPool:
        if self._pool is None:
            self._pool = _pool_for(self._address, self._keep)
        return self._pool

    def _keep(self, wire: Any) -> None:
        with self._guard:
            self._sockets = {
                number: each for number, each in self._sockets.items() if _descriptor(each) >= 0
            }
            self._sockets[id(wire)] = wire
        if self._is_stopped:
            self._shut()

    def _shut(self) -> None:
        with self._guard:
            wires = list(self._sockets.values())
        for wire in wires:
            with suppress(OSError):
                # The plain socket's own: an encrypted one would forget its state meanwhile.
                socket.socket.shutdown(wire, socket.SHUT_RDWR)


def _never_connected(error: Exception) -> bool:
    from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

    return isinstance(error, NewConnectionError | ConnectTimeoutError)


class _Watch:
    """Ends what takes longer than it may as a whole; a silence of seconds is watched elsewhere."""

    def __init__(self, whole_s: float, shut: Callable[[], None]) -> None:
        self.is_over = False
        self._shut = shut
        self._timer = Timer(whole_s, self._end)
        self._timer.daemon = True

    def __enter__(self) -> None:
        self._timer.start()

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()

    def _end(self) -> None:
        self.is_over = True
        self._shut()


def _pool_for(address: HubAddress, keep: Callable[[Any], None]) -> HTTPConnectionPool:
    from urllib3 import PoolManager, ProxyManager

    options: dict[str, Any] = {"ssl_context": system_trust(), "maxsize": 2, "retries": False}
    proxy = _proxy_for(address)
    manager = ProxyManager(proxy, **options) if proxy else PoolManager(**options)
    pool = manager.connection_from_host(address.host, address.port, address.scheme)
    pool.ConnectionCls = _watched(pool.ConnectionCls, keep)
    return pool


def _watched(kind: Any, keep: Callable[[Any], None]) -> Any:
    """Return a maker of such connections, which hands every open socket to `keep`."""

    def make(**options: Any) -> Any:
        connection = kind(**options)
        connect = connection.connect

        def connect_and_keep() -> None:
            connect()
            keep(connection.sock)

        connection.connect = connect_and_keep
        return connection

    return make


def _proxy_for(address: HubAddress) -> str | None:
    """Return the system's proxy on the way to the hub; to this computer there is none."""
    if address.is_here or proxy_bypass(address.host):
        return None
    found = getproxies().get(address.scheme) or getproxies().get("all")
    return None if found is None or "://" not in found else found


def system_trust() -> ssl.SSLContext:
    """Return what the system trusts: a company's own authority is known to it, too."""
    import ssl

    import truststore

    context: ssl.SSLContext = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _read(response: BaseHTTPResponse) -> bytes:
    parts: list[bytes] = []
    size = 0
    while part := response.read1(CHUNK_BYTES, decode_content=False):
        size += len(part)
        if size > LARGEST_REPLY:
            raise Unreachable(
                Cause.GARBLED,
                "The hub's answer is larger than any that a hub sends. Your edits are safe on this "
                "computer. Ask whoever runs the hub.",
            )
        parts.append(part)
    return b"".join(parts)


def _descriptor(wire: Any) -> int:
    return int(wire.fileno()) if wire is not None else -1


def _is_network_error(error: Exception) -> bool:
    from urllib3.exceptions import HTTPError

    return isinstance(error, OSError | HTTPError | UnicodeError)

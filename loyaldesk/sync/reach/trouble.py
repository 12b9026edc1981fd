"""What does it mean when the hub cannot be reached, or something else answers in its place?

Every trouble becomes a sentence of ours: what happened, what is safe, what to do. What the other
side said stands behind it, plain and short.
"""

from __future__ import annotations

import enum
import re
import socket
import ssl

from loyaldesk.domain.certificates import why_untrusted
from loyaldesk.errors import Unavailable

__all__ = ["Cause", "Unreachable", "network_trouble", "plain_words"]

LONGEST_WORDS = 300
MOST_WRAPPINGS = 8
_MARKUP = re.compile(r"<[^<>]*>")
_SAFE = "Your edits are safe on this computer"


class Cause(enum.Enum):
    """Why there is no answer of the hub."""

    SILENT = "nobody answers there"
    LATE = "the answer did not come in time"
    UNTRUSTED = "the certificate or the encryption is not good enough"
    STRANGER = "something else answered"
    OTHER_HUB = "another hub answered"
    GARBLED = "the answer cannot be read"
    STOPPED = "the waiting was ended from here"


class Unreachable(Unavailable):
    """No answer of the hub; `sentence` is for the person, `detail` what the other side said.

    `has_left` is False where the request certainly reached nobody, since no connection was made.
    """

    has_left = True

    def __init__(self, cause: Cause, sentence: str, detail: str = "") -> None:
        super().__init__(sentence)
        self.cause = cause
        self.sentence = sentence
        self.detail = detail


def network_trouble(error: BaseException, host: str, *, is_late: bool = False) -> Unreachable:
    """Return what an error on the way to the hub means."""
    root = _root(error)
    if isinstance(root, ssl.SSLCertVerificationError):
        return Unreachable(Cause.UNTRUSTED, _certificate(root, host), _said(root.verify_message))
    if is_late or isinstance(root, TimeoutError):
        return Unreachable(
            Cause.LATE, f"The hub {host} did not answer in time. {_SAFE} and go out by themselves."
        )
    if isinstance(root, ssl.SSLError) and not isinstance(root, ssl.SSLEOFError):
        return Unreachable(
            Cause.UNTRUSTED,
            f"No secure connection to {host} came about. Nothing was sent; your edits are safe on "
            "this computer. Ask whoever runs the hub whether it speaks TLS 1.2 or newer.",
            _said(root.reason or ""),
        )
    return Unreachable(Cause.SILENT, f"The hub {host} {_how_silent(root)}. {_SAFE}.")


def plain_words(said: bytes | str) -> str:
    """Return what another side said as one short line without markup or steering characters."""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    text = _MARKUP.sub(" ", text[: LONGEST_WORDS * 10])
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= LONGEST_WORDS else f"{line[: LONGEST_WORDS - 1]}…"


def _said(words: object) -> str:
    return plain_words(str(words))


def _root(error: BaseException) -> BaseException:
    """Return the system's own error under those of the HTTP library, which only wrap it."""
    for _ in range(MOST_WRAPPINGS):
        below = _below(error)
        if isinstance(error, OSError) or below is None:
            break
        error = below
    return error


def _below(error: BaseException) -> BaseException | None:
    wrapped = [*error.args, getattr(error, "reason", None), error.__cause__, error.__context__]
    return next((each for each in wrapped if isinstance(each, BaseException)), None)


def _how_silent(error: BaseException) -> str:
    if isinstance(error, socket.gaierror | UnicodeError):
        return "was not found; perhaps you are offline"
    if isinstance(error, ConnectionRefusedError):
        return "is not running, or a firewall keeps it away"
    return "cannot be reached"


def _certificate(error: ssl.SSLCertVerificationError, host: str) -> str:
    why = why_untrusted(error.verify_code)
    return (
        f"The certificate of {host} {why}, so somebody could be listening. Nothing was sent; your "
        "edits are safe on this computer. Check the address, or ask whoever runs the hub."
    )

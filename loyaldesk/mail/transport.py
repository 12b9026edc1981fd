"""What does a mail server answer, and who carries mails to it?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Answer", "Transport", "Verdict", "plain_words"]

LONGEST_WORDS = 300
_MARKUP = re.compile(r"<[^<>\s@][^<>@]*>")


class Verdict(StrEnum):
    """What follows from an answer for the mail."""

    ACCEPTED = "accepted"
    # This mail later, others now: it was asked to come again.
    LATER = "later"
    # This mail never, as it is.
    REFUSED = "refused"
    # Nobody can tell whether it arrived.
    UNKNOWN = "unknown"
    # No mail at all, for now: the server, the way to it or our name is the trouble.
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True)
class Answer:
    """Our sentence about what happened, and the server's own words, plain and short."""

    verdict: Verdict
    sentence: str
    words: str = ""

    @property
    def told(self) -> str:
        """The sentence and, behind it, what the server said."""
        return f"{self.sentence} ({self.words})" if self.words else self.sentence


class Transport(Protocol):
    """A way to hand over the bytes of a mail."""

    def send(self, raw: bytes, *, sender: str, recipients: Sequence[str]) -> Answer:
        """Hand over the bytes and return the answer; never raises because of the network."""


def plain_words(said: bytes | str, code: int | None = None) -> str:
    """Return what a server said as one short line without markup or steering characters."""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    text = _MARKUP.sub(" ", text[: LONGEST_WORDS * 10])
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    if len(line) > LONGEST_WORDS:
        line = f"{line[: LONGEST_WORDS - 1]}…"
    return f"{code} {line}".strip() if code else line
